#!/usr/bin/env bash
# Measures everything and writes the result into README.md, between the two marks: DATA=... bench/figures.sh
# ROWS names a file that keeps what is measured, part by part, so that a run that was stopped goes on after its last whole part.
set -euo pipefail
cd "$(dirname "$0")/.."

rows=${ROWS:-$(mktemp)}
[ -n "${ROWS:-}" ] || trap 'rm -f "$rows"' EXIT
touch "$rows"
for part in accuracy embedder long training latency streams; do
    grep -qx "# $part" "$rows" && continue
    measured=$(./bench.sh "$part")
    printf '%s\n# %s\n' "$measured" "$part" | tee -a "$rows"
done

processor=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)
bench/between-marks.sh figures "$(
    echo "Measured with \`bench/figures.sh\` on $(date -u +%F), commit $(git rev-parse --short HEAD), $(nproc) cores of ${processor:-$(uname -m)}, at the default settings."
    echo
    echo "| what | result |"
    echo "|---|---|"
    awk -F'\t' 'NF == 2 { print "| " $1 " | " $2 " |" }' "$rows"
)"
echo "README.md: figures written."
