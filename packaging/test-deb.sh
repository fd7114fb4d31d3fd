#!/usr/bin/env bash
# Installs, runs, upgrades, removes and purges the package in a fresh Debian 12 root that boots systemd, and tells how long each step takes.
#   sudo packaging/test-deb.sh [--keep]
# Needs debootstrap, systemd-container and a Debian mirror ($MIRROR). Takes some minutes; not part of ./test.sh.
set -euo pipefail
cd "$(dirname "$0")/.."
keep=false
[ "${1:-}" != --keep ] || keep=true
work=$(mktemp -d /var/tmp/diarizer-test.XXXXXX)
# shellcheck source=packaging/fresh-root.sh
. packaging/fresh-root.sh
trap 'finish "$keep"' EXIT
version=$(sed -n 's|.*<Version>\(.*\)</Version>.*|\1|p' Directory.Build.props)
package=artifacts/diarizer_${version}_$(dpkg --print-architecture).deb
[ -e "$package" ] || packaging/build-deb.sh

echo "test-deb: $package in a fresh Debian 12 root"
make_root
install -D -m 644 "$package" "$root/root/old.deb"
# The next version: the same with a higher number.
dpkg-deb --raw-extract "$package" "$work/next"
sed -i "s/^Version: .*/Version: $version+next/" "$work/next/DEBIAN/control"
dpkg-deb --root-owner-group -Zxz -z0 --build "$work/next" "$root/root/new.deb" >/dev/null
rm -rf "$work/next"

# What the package depends on is installed first, so that the package itself can be timed; mosquitto is the broker.
timed "apt-get update" in_root apt-get -qq update
mapfile -t needs < <(dpkg-deb --field "$package" Depends | tr ',' '\n' | sed -E 's/\|.*//; s/\(.*\)//; s/ //g')
timed "download of what it depends on" in_root apt-get -qq --yes --no-install-recommends --download-only install "${needs[@]}" mosquitto mosquitto-clients
timed "installation of what it depends on" in_root apt-get -qq --yes --no-install-recommends -o Dpkg::Options::=--force-unsafe-io install "${needs[@]}" mosquitto mosquitto-clients
# A network of its own: what is needed is in the root already, and no port of this machine is touched.
boot --private-network

echo "test-deb: install, start, first turn"
install_began=$(date +%s.%N)
timed "apt-get install of the package" inside apt-get -qq --yes --no-install-recommends install /root/old.deb
expect "the service is neither enabled nor started by the installation" not inside systemctl is-active diarizer
printf '{ "Diarizer": { "Streams": [ { "Name": "room", "Source": "/usr/share/doc/diarizer/examples/conversation.flac", "Realtime": true, "Loop": true } ], "Mqtt": { "Host": "127.0.0.1" } } }\n' \
    >"$root/etc/diarizer/appsettings.json"
inside sh -c "mosquitto_sub -t 'diarizer/+/streams/room/turns' -C 1 >/root/first-turn" &
start_began=$(date +%s.%N)
expect "the service starts and says READY" inside systemctl start diarizer
expect "the first turn is published" wait_for 60 test -s "$root/root/first-turn"
tell_time "start until the first turn" "$start_began"
tell_time "installation until the first turn" "$install_began"

echo "test-deb: as it runs"
expect "diarizer status says ready" wait_for 10 inside sh -c "diarizer status | grep -q ': ready, up'"
inside diarizer status | sed 's/^/        /'
expect "every command explains itself" inside diarizer run --help
expect "the manual is there" inside test -e /usr/share/man/man1/diarizer-run.1.gz
expect "no library is missing" inside sh -c '! ldd /usr/lib/diarizer/libtorchbridge.so | grep "not found"'
process=$(inside systemctl show -p MainPID --value diarizer)
expect "it does not run as root" test "$(inside stat -c %u "/proc/$process")" != 0
exposure=$(inside systemd-analyze security --no-pager diarizer 2>/dev/null | sed -n 's/.*exposure level for [^:]*: \([0-9.]*\).*/\1/p')
expect "systemd-analyze security: $exposure, below 3" awk -v got="${exposure:-10}" 'BEGIN { exit !(got < 3) }'

echo "test-deb: upgrade"
inside systemctl enable --quiet diarizer
inside sh -c "echo kept >/var/lib/diarizer/marker"
timed "apt-get install of the next version, restart included" inside apt-get -qq --yes install /root/new.deb
expect "the next version is installed" inside sh -c "dpkg-query -W -f='\${Version}' diarizer | grep -q +next"
expect "the service runs again" wait_for 30 inside systemctl is-active diarizer
expect "it is another process" test "$process" != "$(inside systemctl show -p MainPID --value diarizer)"
expect "it is still enabled" inside systemctl is-enabled diarizer
expect "state was kept" inside grep -q kept /var/lib/diarizer/marker
expect "the administrator's configuration was kept" inside grep -q conversation.flac /etc/diarizer/appsettings.json
expect "it publishes again" inside mosquitto_sub -t 'diarizer/+/streams/room/turns' -C 1 -W 60

echo "test-deb: remove and purge"
expect "a key and a password lie in /etc/diarizer" inside sh -c 'umask 077; diarizer key /etc/diarizer/enrolment.key && echo secret >/etc/diarizer/mqtt-password'
timed "apt-get remove" inside apt-get -qq --yes remove diarizer
expect "the service has stopped" not inside systemctl is-active diarizer
expect "configuration and state outlive the removal" inside sh -c 'test -e /etc/diarizer/appsettings.json && test -e /var/lib/diarizer/marker'
timed "apt-get purge" inside apt-get -qq --yes purge diarizer
left=$(inside find /etc /var/lib /var/cache /usr /run /lib/systemd -iname '*diarizer*' -not -path '/var/lib/apt/*' 2>/dev/null || true)
expect "purge leaves nothing: ${left:-no file}" test -z "$left"
expect "purge leaves no user" not inside getent passwd diarizer
expect "it installs again after a purge" inside sh -c 'apt-get -qq --yes --no-install-recommends install /root/old.deb >/dev/null && diarizer --version'
echo "test-deb: $passed passed, 0 failed"
