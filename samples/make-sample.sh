#!/usr/bin/env bash
# Makes conversation.flac and conversation.rttm from conversation.txt with Debian's speech synthesisers:
#   apt-get install --no-install-recommends espeak-ng flite festival festvox-kdlpc16k sox libsox-fmt-base python3
# Every step is deterministic: the same package versions give the same samples.
set -euo pipefail
cd "$(dirname "$0")"

for tool in espeak-ng flite text2wave sox python3; do
    command -v "$tool" >/dev/null || { echo "make-sample.sh: $tool is missing; the first lines of this script name the packages." >&2; exit 1; }
done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# speak VOICE FILE TEXT
speak() {
    case $1 in
        ada) flite -voice slt -t "$3" -o "$2" ;;
        boris) text2wave -eval '(voice_ked_diphone)' -o "$2" <<<"$3" ;;
        callum) flite -voice awb -t "$3" -o "$2" ;;
        dora) espeak-ng -v en-us+f3 -s 165 -w "$2" -- "$3" ;;
        *) echo "make-sample.sh: nobody is called '$1'." >&2; return 1 ;;
    esac
}

turn=0
while read -r gap speaker text; do
    case $gap in '' | '#'*) continue ;; esac
    turn=$((turn + 1))
    name=$(printf '%03d' "$turn")
    speak "$speaker" "$work/raw.wav" "$text"
    sox -R -D "$work/raw.wav" -r 16000 -c 1 -b 16 "$work/$name.wav" gain -3 rate -h highpass 50
    printf '%s\t%s\t%s\n' "$gap" "$speaker" "$work/$name.wav"
done <conversation.txt >"$work/turns.tsv"

python3 mix.py "$work/turns.tsv" "$work/conversation.wav" conversation.rttm
sox -R -D "$work/conversation.wav" -C 8 conversation.flac
echo "conversation.flac: $(soxi -D conversation.flac) s, $(stat -c %s conversation.flac) bytes, $(wc -l <conversation.rttm) segments"
