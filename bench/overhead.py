#!/usr/bin/env python3
"""What watching costs: processor time of one stream in real time with page, metrics and logs, over one without: overhead.py [--seconds S] [--pairs N]

With: a page open that gets every event, /metrics scraped every 5 s, /health/ready every 5 s, logs at level Debug. Without: no HTTP, no metrics, no logs.
Both run after one another, N times; the median counts. Processor time, so that a busy machine disturbs little.
"""
import argparse
import os
import signal
import statistics
import subprocess
import tempfile
import threading
import time
import urllib.error
import urllib.request

from common import DIARIZER, SAMPLE, figure, note

TICKS = os.sysconf("SC_CLK_TCK")
WARM_UP = 15

ROOM = {"DIARIZER__STREAMS__0__SOURCE": str(SAMPLE), "DIARIZER__STREAMS__0__REALTIME": "true", "DIARIZER__STREAMS__0__LOOP": "true"}
WITHOUT = {"DIARIZER__WEB__ENABLED": "false", "DIARIZER__METRICS__ENABLED": "false", "LOGGING__LOGLEVEL__DEFAULT": "None"}
WITH = {"DIARIZER__WEB__PORT": "0", "LOGGING__LOGLEVEL__DEFAULT": "Debug"}


def processor(pid):
    """Seconds of processor that the process used so far."""
    with open(f"/proc/{pid}/stat", encoding="ascii") as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def address(daemon):
    """Where the daemon says that its page is."""
    for line in daemon.stderr:
        if "http://" in line:
            return line[line.index("http://"):].split()[0]
    raise SystemExit("The daemon did not say where its page is.")


def ask_for_ever(url, stop):
    while not stop.wait(5):
        for path in ("metrics", "health/ready"):
            with urllib.request.urlopen(url + path, timeout=5) as answer:
                answer.read()


def follow(url, stop):
    """Reads the page's stream of events, as an open page does."""
    try:
        with urllib.request.urlopen(url + "api/events", timeout=60) as answer:
            while not stop.is_set() and answer.readline():
                pass
    except (urllib.error.URLError, TimeoutError) as error:
        note(f"the page's events were not followed: {error}")


def share(environment, seconds):
    """Processor time for each second of audio, start-up left out."""
    watched = environment is WITH
    with tempfile.TemporaryDirectory() as state:
        daemon = subprocess.Popen([DIARIZER, "run"], env={**os.environ, **ROOM, **environment, "STATE_DIRECTORY": state}, text=True,
                                  stdout=subprocess.DEVNULL, stderr=subprocess.PIPE if watched else subprocess.DEVNULL)
        stop = threading.Event()
        try:
            if watched:
                url = address(daemon).rstrip("/") + "/"
                tasks = [threading.Thread(target=task, daemon=True, args=arguments) for task, arguments in ((daemon.stderr.read, ()), (ask_for_ever, (url, stop)), (follow, (url, stop)))]
                for task in tasks:
                    task.start()
            time.sleep(WARM_UP)
            before, began = processor(daemon.pid), time.monotonic()
            time.sleep(seconds)
            return (processor(daemon.pid) - before) / (time.monotonic() - began)
        finally:
            stop.set()
            daemon.send_signal(signal.SIGTERM)
            daemon.wait(20)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--seconds", type=float, default=92)
    arguments.add_argument("--pairs", type=int, default=3)
    given = arguments.parse_args()
    pairs = [(share(WITHOUT, given.seconds), share(WITH, given.seconds)) for _ in range(given.pairs)]
    without, watched = (statistics.median(column) for column in zip(*pairs))
    figure("one stream, share of a core without page, metrics and logs", f"{100 * without:.2f} %")
    figure("one stream, share of a core with page, metrics and logs", f"{100 * watched:.2f} %")
    figure("page, metrics and logs, share of a core", f"{100 * statistics.median(b - a for a, b in pairs):.2f} %")


if __name__ == "__main__":
    main()
