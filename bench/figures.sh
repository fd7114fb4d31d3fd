#!/usr/bin/env bash
# Measures everything and writes the result into README.md, between the two marks: DATA=... bench/figures.sh
set -euo pipefail
cd "$(dirname "$0")/.."

rows=$(mktemp)
trap 'rm -f "$rows"' EXIT
./bench.sh accuracy embedder long latency streams | tee "$rows"

processor=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)
bench/between-marks.sh figures "$(
    echo "Measured with \`bench/figures.sh\` on $(date -u +%F), commit $(git rev-parse --short HEAD), $(nproc) cores of ${processor:-$(uname -m)}, at the default settings."
    echo
    echo "| what | result |"
    echo "|---|---|"
    awk -F'\t' 'NF == 2 { print "| " $1 " | " $2 " |" }' "$rows"
)"
echo "README.md: figures written."
