#!/usr/bin/env bash
# Replaces what stands in README.md between the marks of a name: between-marks.sh NAME TEXT
set -euo pipefail
cd "$(dirname "$0")/.."
name=$1 changed=$(mktemp)
trap 'rm -f "$changed"' EXIT
grep -q "^<!-- $name: begin" README.md || { echo "README.md has no mark '$name'." >&2 && exit 1; }
NAME=$name TEXT=$2 awk '
    index($0, "<!-- " ENVIRON["NAME"] ": begin") == 1 { print; print ""; print ENVIRON["TEXT"]; print ""; inside = 1 }
    index($0, "<!-- " ENVIRON["NAME"] ": end") == 1 { inside = 0 }
    !inside { print }
' README.md >"$changed"
cat "$changed" >README.md
