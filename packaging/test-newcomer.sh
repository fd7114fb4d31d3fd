#!/usr/bin/env bash
# What a newcomer does, by the README alone: the commands of its section "As a package" are run as they stand there, in a fresh Debian 12 root,
# until turns are printed and the page is open. Tells how long that takes, downloads included, and how long the reading, at 200 words a minute.
#   sudo packaging/test-newcomer.sh [--keep]
set -euo pipefail
cd "$(dirname "$0")/.."
keep=false
[ "${1:-}" != --keep ] || keep=true
work=$(mktemp -d /var/tmp/diarizer-newcomer.XXXXXX)
# shellcheck source=packaging/fresh-root.sh
. packaging/fresh-root.sh
trap 'finish "$keep"' EXIT
version=$(sed -n 's|.*<Version>\(.*\)</Version>.*|\1|p' Directory.Build.props)
package=artifacts/diarizer_${version}_$(dpkg --print-architecture).deb
[ -e "$package" ] || packaging/build-deb.sh

section=$(sed -n '/^### As a package/,/^### /p' README.md | sed '$d')
mapfile -t commands < <(sed -n 's/^    //p' <<<"$section" | sed -E 's/ +#.*//; s/^sudo //; s/^apt install/apt-get install --yes/')
words=$( (sed -n '1,/^## Use/p' README.md && printf '%s\n' "$section") | sed '/^    /d' | wc -w)
awk -v w="$words" 'BEGIN { printf "test-newcomer: %d words to read before and while doing it: %.1f min\n", w, w / 200 }'
[[ ${commands[0]} == apt-get\ install* && ${commands[1]} == diarizer\ run* ]] || fail "the README's section does not begin with apt install and diarizer run"

make_root
install -m 644 "$package" "$root/root/"
began=$(date +%s.%N)
timed "apt update" in_root apt-get -qq update
# Downloaded before the root boots: booted, it has a network of its own, so that nothing meets the ports of this machine.
timed "the downloads of apt install" in_root sh -c "cd /root && ${commands[0]/install/install --download-only}"
boot --private-network
timed "apt install" inside sh -c "cd /root && ${commands[0]}"
inside sh -c "cd /root && exec ${commands[1]}" >"$work/printed" 2>&1 &
expect "turns are printed" wait_for 120 grep -q 'starts' "$work/printed"
expect "the page is open" wait_for 30 inside bash -c 'exec 3<>/dev/tcp/127.0.0.1/8420 && printf "GET / HTTP/1.0\r\nHost: localhost\r\n\r\n" >&3 && grep -qi "<html" <&3'
tell_time "from the first command to turns and page" "$began"
head -n 12 "$work/printed" | sed 's/^/        /'
echo "test-newcomer: $passed passed, 0 failed"
