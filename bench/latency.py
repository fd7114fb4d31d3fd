#!/usr/bin/env python3
"""Latency from the onset of speech in the room to the event at an MQTT subscriber: latency.py [STREAMS]

The daemon plays the bundled sample in real time, on one or several streams at once; mosquitto_sub notes when each event arrives. Onsets are those of
the reference that follow at least 0.2 s in which nobody speaks: the time line of the reference is exact, so that this is the whole delay a user sees.
"""
import datetime
import json
import os
import pathlib
import signal
import socket
import subprocess
import sys
import tempfile
import time

from common import DIARIZER, SAMPLE, figure, note, quantile, read_rttm

PAUSE = 0.2            # seconds of silence before an onset that counts
EARLY, LATE = 0.3, 1.5  # an event belongs to an onset when it says that the turn began this much before or after it


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def record(streams):
    """Messages (arrival in UTC seconds, topic, payload) of one run."""
    with tempfile.TemporaryDirectory() as work:
        port = free_port()
        config = pathlib.Path(work, "mosquitto.conf")
        config.write_text(f"listener {port} 127.0.0.1\nallow_anonymous true\n")
        mosquitto = "/usr/sbin/mosquitto" if os.path.exists("/usr/sbin/mosquitto") else "mosquitto"
        broker = subprocess.Popen([mosquitto, "-c", config], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            time.sleep(0.5)
            with open(f"{work}/messages", "w+", encoding="utf-8") as messages:
                listener = subprocess.Popen(["mosquitto_sub", "-p", str(port), "-t", "diarizer/#", "-F", "%U\t%t\t%p"], stdout=messages)
                time.sleep(0.5)
                sources = [part for i in range(streams) for part in ("--source", f"room{i + 1}={SAMPLE}")]
                subprocess.run([DIARIZER, "run", *sources, "--realtime", "--broker", f"localhost:{port}"], check=True,
                               env=os.environ | {"STATE_DIRECTORY": work}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                time.sleep(0.5)
                listener.send_signal(signal.SIGTERM)
                listener.wait()
                messages.seek(0)
                lines = [line.rstrip("\n").split("\t", 2) for line in messages]
        finally:
            broker.terminate()
            broker.wait()
    return [(float(at), topic, payload) for at, topic, payload in lines]


def onsets():
    found, end = [], 0.0
    for start, stop, _ in read_rttm(SAMPLE.with_suffix(".rttm")):
        if start - end >= PAUSE:
            found.append((start, stop))
        end = max(end, stop)
    return found


def of_stream(messages, stream):
    turns = [(at, json.loads(payload)) for at, topic, payload in messages if topic.endswith(f"/streams/{stream}/turns")]
    first = turns[0][1]
    zero = datetime.datetime.fromisoformat(first["start"]).timestamp() - first["start_ms"] / 1000
    speech = [at - zero for at, topic, payload in messages if topic.endswith(f"/streams/{stream}/speech") and payload == "ON"]
    return [(at - zero, turn) for at, turn in turns], speech


def delays(turns, speech):
    """Seconds from onset to speech, to a turn, and to a decided speaker, for the onsets where each came."""
    noticed, begun, decided = [], [], []
    for onset, stop in onsets():
        noticed += [at - onset for at in speech if -EARLY < at - onset < LATE][:1]
        started = [(at, t) for at, t in turns if t["event_type"] == "turn_started" and -EARLY < t["start_ms"] / 1000 - onset < LATE]
        if not started:
            continue
        at, turn = started[0]
        begun.append(at - onset)
        if stop - onset >= 1.5:
            decided += [at - onset for at, t in turns if t["turn_id"] == turn["turn_id"] and t["speaker"]["decided"]][:1]
    return noticed, begun, decided


def story(turns):
    """The events of a stream without what belongs to the run alone."""
    keep = ("event_type", "start_ms", "end_ms", "revision", "final", "end_reason")
    return [tuple(t[k] for k in keep) + (t["speaker"]["id"],) for _, t in turns]


def main(streams):
    length = float(subprocess.run(["soxi", "-D", SAMPLE], check=True, capture_output=True, text=True).stdout)
    note(f"{streams} stream{'s' if streams > 1 else ''} in real time, {length:.0f} s")
    messages = record(streams)
    each = [of_stream(messages, f"room{i + 1}") for i in range(streams)]
    total = len(onsets()) * streams
    suffix = f", {streams} streams at once" if streams > 1 else ""
    for name, values in zip(("speech", "turn, speaker provisional", "speaker decided"), zip(*(delays(*one) for one in each))):
        values = [v for one in values for v in one]
        if values:
            figure(f"latency, {name}{suffix}", f"median {quantile(values, 0.5):.2f} s, p95 {quantile(values, 0.95):.2f} s ({len(values)} of {total} onsets)")
    if streams > 1:
        same = all(story(turns) == story(each[0][0]) for turns, _ in each)
        figure(f"{streams} streams at once: events identical", "yes" if same else "NO")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1)
