#!/usr/bin/env bash
# Diarizes in real time, through the daemon and a broker: ./run.sh [INPUT [OPTION...]]
# INPUT is a recording (meeting.flac), a microphone (alsa:default, see `out/diarizer devices`) or stdin:; without one, the bundled sample.
# OPTIONs go to `diarizer run`, for example --broker localhost:1883 or --device cuda.
set -euo pipefail
from=$PWD
cd "$(dirname "$0")"
case ${1:-} in -h | --help) sed -n '2,4s/^# //p' "$0" && exit ;; esac

input=${1:-samples/conversation.flac}
[ $# -eq 0 ] || shift
# A recording is named from where the user stands.
case $input in
    /* | samples/conversation.flac) ;;
    file:/*) ;;
    file:*) input="file:$from/${input#file:}" ;;
    *) [ ! -e "$from/$input" ] || input="$from/$input" ;;
esac

./setup.sh
sources=(src models appsettings.json Directory.Build.props Directory.Packages.props Stack.props)
if [ ! -e out/.built ] || [ -n "$(find "${sources[@]}" -newer out/.built -type f -not -path '*/obj/*' -not -path '*/bin/*' -not -path '*/native/build/*' -print -quit)" ]; then
    ./build.sh
fi
exec out/diarizer run --source "room=$input" --realtime --print "$@"
