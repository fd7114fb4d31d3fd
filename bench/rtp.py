#!/usr/bin/env python3
"""DER of the bundled sample over a bad network, beside that of the file: rtp.py [--loss 0.05] [--reordering 0.05] [--copies 0.05] [--seed 1]

The sample is sent as L16 in packets of 20 ms, in real time, to a daemon that listens to RTP. Some packets are lost, some overtaken by up to two others, some sent
twice; the numbers begin again after 65,535 on the way, and in the middle another sender (SSRC, numbers and timestamps of its own) goes on.
"""
import argparse
import array
import json
import os
import pathlib
import random
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time

from common import DIARIZER, SAMPLE, figure, note, quiet

RATE, PACKET = 16_000, 320
REFERENCE = SAMPLE.with_suffix(".rttm")


def free_port(kind):
    with socket.socket(socket.AF_INET, kind) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def packets(chance, options):
    """(seconds, datagram) in the order of arrival, and how many packets were lost."""
    raw = subprocess.run(["sox", SAMPLE, "-t", "raw", "-e", "signed", "-b", "16", "-r", str(RATE), "-c", "1", "-"], check=True, capture_output=True).stdout
    samples = array.array("h", raw)
    samples.byteswap()
    count = len(samples) // PACKET
    sent, lost = [], 0
    for n in range(count):
        source, number, timestamp = (7, 64_000 + n, 4_294_000_000 + n * PACKET) if n < count // 2 else (8, 500 + n, 12_345 + n * PACKET)
        # The ends are kept: nobody could tell that something is missing there.
        if 0 < n < count - 1 and chance.random() < options.loss:
            lost += 1
            continue
        header = struct.pack(">BBHII", 0x80, 96, number & 0xFFFF, timestamp & 0xFFFFFFFF, source)
        at = n * PACKET / RATE + (chance.uniform(0.021, 0.041) if chance.random() < options.reordering else 0)
        datagram = header + samples[n * PACKET:(n + 1) * PACKET].tobytes()
        sent.append((at, datagram))
        if chance.random() < options.copies:
            sent.append((at + chance.uniform(0, 0.05), datagram))
    return sorted(sent, key=lambda row: row[0]), lost, count


def play(sent, port):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        begun = time.monotonic()
        for at, datagram in sent:
            time.sleep(max(0, begun + at - time.monotonic()))
            sender.sendto(datagram, ("127.0.0.1", port))


def listen(sent, work):
    """Messages (topic, payload) of a daemon that hears the packets."""
    mqtt, port = free_port(socket.SOCK_STREAM), free_port(socket.SOCK_DGRAM)
    config = pathlib.Path(work, "mosquitto.conf")
    config.write_text(f"listener {mqtt} 127.0.0.1\nallow_anonymous true\n")
    mosquitto = "/usr/sbin/mosquitto" if os.path.exists("/usr/sbin/mosquitto") else "mosquitto"
    broker = subprocess.Popen([mosquitto, "-c", config], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        time.sleep(0.5)
        with open(f"{work}/messages", "w+", encoding="utf-8") as messages, open(f"{work}/log", "w+", encoding="utf-8") as log:
            listener = subprocess.Popen(["mosquitto_sub", "-p", str(mqtt), "-t", "diarizer/#", "-F", "%t\t%p"], stdout=messages)
            daemon = subprocess.Popen([DIARIZER, "run", "--source", f"room=rtp://127.0.0.1:{port}?payload=L16&rate={RATE}", "--broker", f"localhost:{mqtt}"],
                                      env=os.environ | {"STATE_DIRECTORY": work}, stdout=subprocess.DEVNULL, stderr=log)
            while "Ready" not in pathlib.Path(log.name).read_text(encoding="utf-8"):
                if daemon.poll() is not None:
                    sys.exit(pathlib.Path(log.name).read_text(encoding="utf-8"))
                time.sleep(0.1)
            play(sent, port)
            time.sleep(1)
            daemon.send_signal(signal.SIGTERM)
            daemon.wait()
            time.sleep(0.5)
            listener.send_signal(signal.SIGTERM)
            listener.wait()
            messages.seek(0)
            return [line.rstrip("\n").split("\t", 1) for line in messages]
    finally:
        broker.terminate()
        broker.wait()


def turns(messages, revised):
    """Rows (start, length, speaker) in seconds from the first packet; as first decided, or as revised last."""
    known, offset = {}, None
    for topic, payload in messages:
        if topic.endswith("/event"):
            event = json.loads(payload)
            if event["event_type"] == "audio_gap" and offset is None:
                offset = event["length_ms"] / 1000
        elif topic.endswith("/turns"):
            turn = json.loads(payload)
            if revised or turn["event_type"] != "turn_revised":
                known[turn["turn_id"]] = turn
    return [((t["start_ms"] / 1000) - offset, (t["end_ms"] - t["start_ms"]) / 1000, t["speaker"]["id"])
            for t in known.values() if t["merged_into"] is None and t["end_ms"] > t["start_ms"]]


def der(rows, work):
    hypothesis = pathlib.Path(work, f"{SAMPLE.stem}.rttm")
    hypothesis.write_text("".join(f"SPEAKER {SAMPLE.stem} 1 {max(0, s):.3f} {d:.3f} <NA> <NA> {who} <NA> <NA>\n" for s, d, who in sorted(rows)))
    return score(hypothesis)


def score(hypothesis):
    rows = map(json.loads, quiet([DIARIZER, "score", REFERENCE, hypothesis, "--collar", 0, "--json"]).splitlines())
    return next(row["der"] for row in rows if row["recording"] == "pooled") * 100


def main(options):
    sent, lost, count = packets(random.Random(options.seed), options)
    note(f"{len(sent)} packets in real time, {count * PACKET / RATE:.0f} s; {lost} of {count} are lost")
    with tempfile.TemporaryDirectory() as work:
        clean, live = pathlib.Path(work, "clean.rttm"), pathlib.Path(work, "live.rttm")
        quiet([DIARIZER, "file", SAMPLE, "--rttm", clean, "--live-rttm", live])
        messages = listen(sent, work)
        for name, file, revised in (("", clean, True), (", as decided within a second", live, False)):
            figure(f"DER of the sample by RTP, {100 * lost / count:.1f} % lost{name}", f"{der(turns(messages, revised), work):.1f} %, of the file {score(file):.1f} %")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("loss", "reordering", "copies"):
        parser.add_argument(f"--{name}", type=float, default=0.05)
    parser.add_argument("--seed", type=int, default=1)
    main(parser.parse_args())
