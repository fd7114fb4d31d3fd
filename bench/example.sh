#!/usr/bin/env bash
# Runs ./run.sh and writes the beginning and the end of what it printed into README.md, between the two marks.
set -euo pipefail
cd "$(dirname "$0")/.."

printed=$(mktemp)
trap 'rm -f "$printed"' EXIT
./run.sh 2>&1 | grep -vE '^(setup|build): ' | tee "$printed"

# Fifteen lines from the start, then the summary: everything from the last empty line on.
last=$(grep -n '^$' "$printed" | tail -n 1 | cut -d: -f1)
excerpt=$(
    sed -n '1,15s/^\(.\)/    \1/p; 1,15s/^$//p' "$printed"
    echo "    ..."
    echo
    tail -n "+$((last + 1))" "$printed" | sed 's/^\(.\)/    \1/'
)
bench/between-marks.sh example "$excerpt"
