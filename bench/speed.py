#!/usr/bin/env python3
"""Speed and memory of one stream on one core: speed.py [--long]

--long adds four hours of audio (the bundled sample over and over), faster than real time.
"""
import os
import pathlib
import signal
import socket
import subprocess
import sys
import tempfile
import time

from common import DIARIZER, SAMPLE, figure, measured, note, quiet

MINUTES = 15


def ready():
    """Seconds from start to READY=1, models loaded and the source open."""
    with tempfile.TemporaryDirectory() as work, socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notify:
        path = os.path.join(work, "notify")
        notify.bind(path)
        notify.settimeout(60)
        started = time.monotonic()
        with subprocess.Popen([DIARIZER, "run", "--source", SAMPLE, "--realtime"], env={**os.environ, "NOTIFY_SOCKET": path, "STATE_DIRECTORY": work},
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as daemon:
            try:
                while b"READY=1" not in notify.recv(4096):
                    pass
                return time.monotonic() - started
            finally:
                daemon.send_signal(signal.SIGTERM)


def looped(path, seconds):
    length = float(quiet(["soxi", "-D", SAMPLE]))
    quiet(["sox", SAMPLE, path, "repeat", int(seconds / length), "trim", 0, seconds])
    return path


def growth(path):
    """MB of resident memory at the end over that after the first ten minutes of audio, of four hours."""
    sizes = []
    with subprocess.Popen(["taskset", "-c", "0", DIARIZER, "file", path], stdout=subprocess.DEVNULL) as process:
        while process.poll() is None:
            fields = dict(line.split(":", 1) for line in pathlib.Path(f"/proc/{process.pid}/status").read_text().splitlines())
            if "VmRSS" in fields:
                sizes.append(int(fields["VmRSS"].split()[0]) / 1024)
            time.sleep(0.5)
    # The speed is even, so that a part of the time is the same part of the audio.
    return sizes[len(sizes) // 24:], max(sizes)


def main(long):
    figure("start until ready", f"{sorted(ready() for _ in range(3))[1]:.1f} s")
    with tempfile.TemporaryDirectory() as work:
        short, audio = looped(f"{work}/short.wav", 60), looped(f"{work}/long.wav", 60 * MINUTES)
        few, _, _ = measured([DIARIZER, "file", short])
        cpu, clock, memory = measured([DIARIZER, "file", audio])
        figure("real-time factor, one core, start-up included", f"{clock / (60 * MINUTES):.4f} ({MINUTES} min of audio in {clock:.1f} s)")
        figure("real-time factor, one core, in the steady state", f"{(cpu - few) / (60 * (MINUTES - 1)):.4f}")
        figure("largest resident memory", f"{memory:.0f} MB")
        few, _, _ = measured([DIARIZER, "vad", short, "--frames", f"{work}/v.npy"])
        cpu, _, _ = measured([DIARIZER, "vad", audio, "--frames", f"{work}/v.npy"])
        figure("voice activity, one core for each 32 ms of audio", f"{32 * (cpu - few) / (60 * (MINUTES - 1)):.3f} ms")
        if long:
            note("four hours of audio")
            later, largest = growth(looped(f"{work}/hours.wav", 4 * 3600))
            figure("four hours: growth of memory after the first ten minutes", f"{max(later) - later[0]:.1f} MB (largest {largest:.0f} MB)")


if __name__ == "__main__":
    main("--long" in sys.argv[1:])
