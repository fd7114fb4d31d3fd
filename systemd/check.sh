#!/usr/bin/env bash
# Checks the units: systemd-analyze verifies both, and the hardening of the system unit scores below 3.
# Exit status: 0 passed, 1 failed, 77 where systemd-analyze is not installed.
set -euo pipefail
cd "$(dirname "$0")"
most_exposure=3.0

command -v systemd-analyze >/dev/null || { echo "systemd-analyze is not installed; the units were not checked."; exit 77; }

# The program need not be installed for the check: the copies start a program that exists everywhere.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/system" "$work/user" "$work/run"
for unit in diarizer.service user/diarizer.service; do
    grep -q '^ExecStart=/opt/diarizer/diarizer run' "$unit" || { echo "systemd/$unit does not start /opt/diarizer/diarizer."; exit 1; }
done
sed 's|^ExecStart=/opt/diarizer/diarizer|ExecStart=/bin/true|' diarizer.service >"$work/system/diarizer.service"
sed 's|^ExecStart=/opt/diarizer/diarizer|ExecStart=/bin/true|' user/diarizer.service >"$work/user/diarizer.service"

failed=0
verify() {
    local name=$1 complaints
    shift
    if ! complaints=$(XDG_RUNTIME_DIR="$work/run" HOME="$work" systemd-analyze --man=no "$@" 2>&1) || [ -n "$complaints" ]; then
        printf '%s does not verify:\n%s\n' "$name" "$complaints"
        failed=1
    fi
}
verify systemd/diarizer.service verify "$work/system/diarizer.service"
verify systemd/user/diarizer.service verify --user "$work/user/diarizer.service"

exposure=$(systemd-analyze security --offline=true --no-pager "$work/system/diarizer.service" 2>/dev/null | sed -n 's/.*exposure level for [^:]*: \([0-9.]*\).*/\1/p')
if awk -v got="${exposure:-10}" -v most="$most_exposure" 'BEGIN { exit !(got < most) }'; then
    [ "$failed" != 0 ] || echo "Both units verify; exposure of the system unit is $exposure (limit $most_exposure)."
else
    echo "The exposure of systemd/diarizer.service is ${exposure:-unknown}; it must be below $most_exposure."
    failed=1
fi
exit "$failed"
