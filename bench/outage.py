#!/usr/bin/env python3
"""What a broker, a crash and a crowd do to the daemon: outage.py [--quick] [--kills N] [PART...], where PART is one of stopped, flaps, silent, refused, kills, crowd.

Everything is real: the daemon on the bundled conversation, mosquitto, mosquitto_sub. A relay between daemon and broker can be closed, cut and silenced, so
that a listener is there before the daemon comes back. Lost are turn events that are missing from the numbers of a session or are left in the outbox
after the end; duplicates are ids that came twice. --quick takes minutes instead of an hour.
"""
import argparse
import atexit
import collections
import contextlib
import json
import os
import pathlib
import random
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

from common import DIARIZER, SAMPLE, figure, note

MOSQUITTO = "/usr/sbin/mosquitto" if os.path.exists("/usr/sbin/mosquitto") else "mosquitto"
PATIENCE = 300  # seconds that anything may take before it counts as a failure


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(condition, what, seconds=PATIENCE):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            sys.exit(f"bench: waited in vain for {what}")
        time.sleep(0.01)


def started(command, **how):
    """A process that does not outlive this one."""
    process = subprocess.Popen(command, **how)
    atexit.register(process.kill)
    return process


class Broker:
    """mosquitto on a port of its own."""

    def __init__(self, work, name="broker", *options):
        self.port = free_port()
        self._config = pathlib.Path(work, f"{name}.conf")
        # Unlimited queues for subscribers: what is measured is the daemon.
        lines = [f"listener {self.port} 127.0.0.1", "persistence false", "max_queued_messages 0", *(options or ["allow_anonymous true"])]
        self._config.write_text("\n".join(lines) + "\n", encoding="utf-8")
        self._process = None
        self.start()

    def start(self):
        self._process = started([MOSQUITTO, "-c", self._config], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_until(self._accepts, "the broker")

    def stop(self):
        self._process.kill()
        self._process.wait()

    def _accepts(self):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port)):
            return True
        return False


class Gate:
    """A relay to a broker that can be closed, cut and silenced."""

    def __init__(self, target):
        self.port, self.target, self.silent = free_port(), target, False
        self._sockets, self._listener = [], None
        self.open()

    def open(self):
        self._listener = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def close(self):
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.cut()

    def cut(self):
        for one in self._sockets:
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()
        self._sockets = []

    def _accept(self, listener):
        with contextlib.suppress(OSError):
            while True:
                client, _ = listener.accept()
                self._sockets.append(client)
                if not self.silent:
                    threading.Thread(target=self._connect, args=(client,), daemon=True).start()

    def _connect(self, client):
        try:
            broker = socket.create_connection(("127.0.0.1", self.target))
        except OSError:
            client.close()
            return
        self._sockets.append(broker)
        threading.Thread(target=self._relay, args=(broker, client), daemon=True).start()
        self._relay(client, broker)

    def _relay(self, source, sink):
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                if not self.silent:
                    sink.sendall(data)
        for one in (source, sink):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)


class Listener:
    """mosquitto_sub; keeps (arrival, topic, payload)."""

    def __init__(self, port, node):
        self.messages = []
        self._process = started(["mosquitto_sub", "-p", str(port), "-q", "1", "-t", f"diarizer/{node}/#", "-F", "%t\t%p"], stdout=subprocess.PIPE, text=True)
        threading.Thread(target=self._read, daemon=True).start()
        probe = f"diarizer/{node}/probe"

        def subscribed():
            subprocess.run(["mosquitto_pub", "-p", str(port), "-t", probe, "-m", "x"], check=False)
            time.sleep(0.05)
            return any(topic == probe for _, topic, _ in self.messages)
        wait_until(subscribed, "the subscription")

    def stop(self):
        self._process.terminate()
        self._process.wait()

    def _read(self):
        for line in self._process.stdout:
            topic, _, payload = line.rstrip("\n").partition("\t")
            self.messages.append((time.monotonic(), topic, payload))


class Daemon:
    """diarizer run with a configuration of its own."""

    def __init__(self, work, port, node="bench", streams=2, realtime=True):
        self.state = pathlib.Path(work, f"state-{node}")
        self._log = open(pathlib.Path(work, f"{node}.log"), "w", encoding="utf-8")
        rooms = [{"Name": f"room{i + 1}", "Source": str(SAMPLE), "Realtime": realtime, "Loop": True} for i in range(streams)]
        mqtt = {"Host": "127.0.0.1", "Port": port, "Node": node}
        config = pathlib.Path(work, f"{node}.json")
        config.write_text(json.dumps({"Diarizer": {"StateDirectory": str(self.state), "Streams": rooms, "Mqtt": mqtt}}), encoding="utf-8")
        self._process = started([DIARIZER, "run", "--config", config], stdout=subprocess.DEVNULL, stderr=self._log)

    def wait_until_ready(self):
        wait_until(lambda: "Ready after" in pathlib.Path(self._log.name).read_text(encoding="utf-8"), "the daemon's start")

    def terminate(self):
        """Seconds that a normal end takes."""
        began = time.monotonic()
        self._process.send_signal(signal.SIGTERM)
        if self._process.wait(PATIENCE):
            sys.exit(f"bench: the daemon ended with status {self._process.returncode}; see {self._log.name}")
        return time.monotonic() - began

    def kill(self):
        self._process.kill()
        self._process.wait()

    def recorded(self):
        """Ids of the turn events in the outbox, read from a copy: opening it would change it."""
        with tempfile.TemporaryDirectory() as copy:
            for end in ("", "-wal"):
                with contextlib.suppress(FileNotFoundError):
                    shutil.copy(f"{self.state}/outbox.db{end}", f"{copy}/outbox.db{end}")
            with contextlib.closing(sqlite3.connect(f"{copy}/outbox.db")) as database:
                return {json.loads(payload)["id"] for payload, in database.execute("SELECT payload FROM entries WHERE topic LIKE '%/turns'")}


def turns(messages):
    return [json.loads(payload) for _, topic, payload in messages if topic.endswith("/turns")]


def account(name, events, left):
    """Says what was lost, what came twice and whether the order held."""
    ids = collections.Counter(e["id"] for e in events)
    sessions = collections.defaultdict(list)
    for event in events:
        if event["id"] not in sessions[event["session_id"]]:
            sessions[event["session_id"]].append(event["id"])
    numbers = {e["id"]: e["seq"] for e in events}
    lost = sum(max(numbers[i] for i in session) - len(session) for session in sessions.values()) + len(left - set(ids))
    ordered = all([numbers[i] for i in session] == sorted(numbers[i] for i in session) for session in sessions.values())
    figure(f"{name}: turn events", len(ids))
    figure(f"{name}: lost", lost)
    figure(f"{name}: came twice, recognisable by id", len(events) - len(ids))
    figure(f"{name}: order of each room", "holds" if ordered else "BROKEN")
    figure(f"{name}: replayed", sum(e["replayed"] for e in events))


def trouble(name, work, make_trouble, seconds_after=10):
    """
    Runs the daemon, makes trouble between it and its broker, and accounts for everything. make_trouble(broker, gate, listeners) gives the time at which the
    broker was back; it may add a listener.
    """
    broker = Broker(work)
    gate = Gate(broker.port)
    listeners = [Listener(broker.port, "bench")]
    daemon = Daemon(work, gate.port)

    def messages():
        return [message for listener in listeners for message in listener.messages]

    wait_until(lambda: len(turns(messages())) > 3, "the first turns")
    back = make_trouble(broker, gate, listeners)

    def online():
        return [at for at, topic, payload in messages() if at > back and (topic, payload) == ("diarizer/bench/status", "online")]

    wait_until(online, "online")
    figure(f"{name}: online again after", f"{online()[0] - back:.2f} s")
    time.sleep(seconds_after)
    ended = daemon.terminate()
    time.sleep(1)
    events = turns(messages())
    health = [json.loads(payload) for _, topic, payload in messages() if topic == "diarizer/bench/health"][-1]
    account(name, events, daemon.recorded())
    figure(f"{name}: largest time from audio to event", f"{max(e['latency_ms'] for e in events)} ms")
    figure(f"{name}: gaps in the audio", health["gaps"] + health["xruns"])
    figure(f"{name}: end took", f"{ended:.2f} s")
    for listener in listeners:
        listener.stop()
    gate.close()
    broker.stop()


def stopped(work, quick):
    def make(broker, gate, listeners):
        gate.close()
        broker.stop()
        time.sleep(60 if quick else 600)
        broker.start()
        # The first one connects again by itself and would see everything twice.
        listeners[0].stop()
        listeners.append(Listener(broker.port, "bench"))
        back = time.monotonic()
        gate.open()
        return back
    trouble("broker stopped", work, make)


def flaps(work, quick):
    def make(_, gate, __):
        dice = random.Random(1)
        for _ in range(20 if quick else 100):
            time.sleep(dice.uniform(0.1, 3))
            gate.cut()
        return time.monotonic()
    trouble("20 connections broken" if quick else "100 connections broken", work, make)


def silent(work, quick):
    def make(_, gate, __):
        gate.cut()
        gate.silent = True
        time.sleep(20 if quick else 120)
        gate.silent = False
        return time.monotonic()
    trouble("broker that never answers", work, make)
    broker = Broker(work)
    gate = Gate(broker.port)
    gate.silent = True
    daemon = Daemon(work, gate.port)
    time.sleep(8)
    figure("broker that never answers: end took", f"{daemon.terminate():.2f} s")
    gate.close()
    broker.stop()


def refused(work, quick):
    refusing = Broker(work, "refusing", "allow_anonymous false")

    def make(broker, gate, _):
        gate.target = refusing.port
        gate.cut()
        time.sleep(15 if quick else 60)
        gate.target = broker.port
        return time.monotonic()
    trouble("broker that refuses", work, make)
    refusing.stop()


def kills(work, quick, seed=2, times=None):
    """kill -9 at random moments while events flow as fast as the daemon can make them; in every other run the broker's answers get lost before that."""
    broker = Broker(work)
    gate = Gate(broker.port)
    listener = Listener(broker.port, "bench")
    dice = random.Random(seed)
    committed = set()

    def boots():
        return {payload.partition('"boot_id":"')[2][:36] for _, topic, payload in listener.messages if topic.endswith("/turns")}

    times = times or (20 if quick else 200)
    for i in range(times):
        before = len(boots())
        daemon = Daemon(work, gate.port, streams=2, realtime=False)
        wait_until(lambda: len(boots()) > before, "the first turn of a run")
        gate.silent = i % 2 == 1
        time.sleep(dice.uniform(0, 2))
        daemon.kill()
        gate.silent = False
        committed |= daemon.recorded()
    daemon = Daemon(work, gate.port, streams=2)
    daemon.wait_until_ready()
    wait_until(lambda: committed <= {e["id"] for e in turns(listener.messages)}, "what was committed")
    daemon.terminate()
    time.sleep(1)
    figure("killed", f"{times} times")
    figure("killed: turn events committed and not acknowledged at the kill", len(committed))
    account("killed", turns(listener.messages), daemon.recorded() | committed)
    listener.stop()
    gate.close()
    broker.stop()


def crowd(work, quick):
    """Two daemons and 50 subscribers on one broker."""
    broker = Broker(work)
    nodes = ["east", "west"]
    listeners = [(nodes[i % 2], Listener(broker.port, nodes[i % 2])) for i in range(50)]
    daemons = [Daemon(work, broker.port, node) for node in nodes]
    time.sleep(60 if quick else 600)
    for daemon in daemons:
        daemon.terminate()
    time.sleep(2)
    wrong = sum(not t.startswith(f"diarizer/{node}/") for node, listener in listeners for _, t, _ in listener.messages)
    figure("two daemons, 50 subscribers: messages of the other node", wrong)
    for node in nodes:
        heard = [[e["id"] for e in turns(listener.messages)] for name, listener in listeners if name == node]
        figure(f"two daemons, 50 subscribers: turn events of {node}", len(heard[0]))
        figure(f"two daemons, 50 subscribers: all subscribers of {node} alike", "yes" if all(h == heard[0] for h in heard) else "NO")
        listener = next(one for name, one in listeners if name == node)
        health = [json.loads(p) for _, t, p in listener.messages if t.endswith("/health")]
        memory = [next((h["rss"] for h in health if h["uptime"] >= at), None) for at in (60, 120, 300)] + [health[-1]["rss"]]
        figure(f"two daemons, 50 subscribers: memory of {node} after 1, 2, 5 minutes and at the end", ", ".join(f"{m / 1e6:.0f}" for m in memory if m) + " MB")
        figure(f"two daemons, 50 subscribers: lag of {node}, p95", f"{health[-1]['lag_p95_ms']} ms")
    for _, listener in listeners:
        listener.stop()
    broker.stop()


PARTS = {"stopped": stopped, "flaps": flaps, "silent": silent, "refused": refused, "kills": kills, "crowd": crowd}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="shorter outages, 20 kills, one minute of crowd")
    parser.add_argument("--kills", type=int, help="so many kills instead")
    parser.add_argument("--seed", type=int, default=2, help="of the moments of the kills")
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="what to do; all by default")
    options = parser.parse_args()
    for part in options.parts or PARTS:
        note(part)
        with tempfile.TemporaryDirectory() as work:
            if part == "kills":
                kills(work, options.quick, options.seed, options.kills)
            else:
                PARTS[part](work, options.quick)


if __name__ == "__main__":
    main()
