# shellcheck shell=bash
# What stands around the commands of a page in a test: their own broker, an end, and nobody's password.

# Clients of MQTT talk to the broker of the test, whatever host and port the page names.
mqtt_client() {
    local program=$1 kept=()
    shift
    while [ $# -gt 0 ]; do
        case $1 in
            -h | -p) shift ;;
            *) kept+=("$1") ;;
        esac
        shift
    done
    command "$program" -h 127.0.0.1 -p "$BROKER_PORT" "${kept[@]}"
}
mosquitto_sub() { mqtt_client mosquitto_sub -C 1 -W 60 "$@"; }
mosquitto_pub() { mqtt_client mosquitto_pub "$@"; }
# People have to speak before anything can be done with them, so a command that is refused is tried again for a while.
mosquitto_rr() {
    local answer
    for _ in {1..50}; do
        answer=$(mqtt_client mosquitto_rr -W 20 "$@")
        case $answer in *'"status":"ok"'*) printf '%s\n' "$answer" && return ;; esac
        sleep 0.5
    done
    printf 'refused: %s\n' "$answer"
    return 1
}

# The folders of the system are folders of the test, so that nobody need be root.
sudo() { "$@"; }

# A request that is refused is a fault of the page.
curl() { command curl --fail --silent --show-error --max-time 20 "$@"; }

# Two seconds are enough of a stream that would go on in real time.
ffmpeg() { command ffmpeg -nostdin -loglevel error -t 2 "$@"; }

# A password is typed.
mosquitto_passwd() { command mosquitto_passwd -b "$@" secret; }

# The recogniser is not ours to test: this one "hears" the bundled conversation.
whisper() {
    case "$*" in
        *json*) echo '{"segments": [{"start": 0.68, "end": 4.55, "text": " Good morning everyone."}]}' >meeting.json ;;
        *) cp samples/conversation.srt meeting.srt ;;
    esac
}
