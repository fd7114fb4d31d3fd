#!/usr/bin/env bash
# Measures accuracy, speed and latency with the programs in out/: ./bench.sh [accuracy|sessions|embedder|speed|training|manifest|long|latency|streams|page|overhead|outage|outage-quick|rtp|fuzz]...
# DATA names the folder of recordings; without it, what needs recordings is left out (see bench/README.md).
set -euo pipefail
cd "$(dirname "$0")"
./setup.sh --bench
export PYTHONDONTWRITEBYTECODE=1
[ -e out/.built ] || ./build.sh

data=${DATA:-}
[ $# -gt 0 ] || set -- accuracy embedder speed training manifest latency streams
for part in "$@"; do
    case $part in
        accuracy) python3 bench/accuracy.py ${data:+"$data"} ;;
        embedder)
            if [ -n "$data" ]; then python3 bench/embedder.py "$data"; else echo "bench: the embedder needs recordings; it was left out." >&2; fi
            ;;
        sessions)
            if [ -n "$data" ]; then python3 bench/sessions.py "$data"; else echo "bench: sessions are simulated from recordings; they were left out." >&2; fi
            ;;
        speed) python3 bench/speed.py ;;
        training) python3 bench/training.py ;;
        manifest) python3 bench/manifest.py ;;
        long) python3 bench/speed.py --long ;;
        latency) python3 bench/latency.py 1 ;;
        streams) python3 bench/latency.py 4 ;;
        page) ./setup.sh --tests && python3 bench/page.py ;;
        overhead) python3 bench/overhead.py ;;
        outage) python3 bench/outage.py ;;
        outage-quick) python3 bench/outage.py --quick ;;
        rtp) python3 bench/rtp.py ;;
        fuzz) dotnet run --project bench/Diarizer.Fuzz --configuration Release --verbosity quiet ;;
        *) sed -n '2,3s/^# //p' "$0" >&2 && exit 2 ;;
    esac
done
