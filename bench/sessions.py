#!/usr/bin/env python3
"""Labels over long sessions: sessions.py DATA [--sessions N] [--minutes M] [--cases N] [--out FOLDER]

Simulates sessions of 4 to 6 people whom no model was trained on (the speakers that training splits off for validation), and diarizes them. Tells
- how often somebody who comes back after a minute or more of others keeps the label,
- which share of speech got another speaker after it had been decided (flips),
- after how many seconds of a turn its speaker was the right one, and
- how often a television in the background, 20 dB below two talkers, is taken for a speaker.
What was made stays in FOLDER, when one is given, and is used again.
"""
import argparse
import array
import json
import math
import pathlib
import sys
import tempfile
import wave
from collections import Counter

from common import DIARIZER, ROOT, TRAINER, figure, note, quiet, read_rttm

FRAME = 0.01
AWAY = 60.0
LEAST = 1.0  # seconds of speech without which nobody could know a voice
TELEVISION = -20.0  # dB

SESSION = {"speakers": [4, 6], "nobody": 0, "speeds": [1], "turns": {"turnMedian": 3, "talkSpread": 1, "back": 0.6}}
TALKERS = {"speakers": [2, 2], "nobody": 0, "speeds": [1], "noise": {"probability": 0}, "babble": {"probability": 0}, "telephone": {"probability": 0}}
BROADCAST = {**TALKERS, "speakers": [1, 3], "room": {"probability": 1}, "turns": {"turnMedian": 8, "pauseMean": 0.2, "longPauses": 0, "overlap": 0, "backchannels": 0}}


def simulate(data, folder, conversation, count, minutes, seed):
    """Recordings of conversations; those that are there already are not made again."""
    if len(list(folder.glob("*.wav"))) >= count:
        return sorted(folder.glob("*.wav"))[:count]
    folder.mkdir(parents=True, exist_ok=True)
    configuration = folder / "configuration.json"
    configuration.write_text(json.dumps({"base": str(ROOT / "training" / "segmentation.json"), "segmentation": {"conversation": conversation}}))
    note(f"simulating {count} conversations of {minutes} minutes")
    quiet([TRAINER, "simulate", configuration, "--data", data, "--out", folder, "--count", count, "--minutes", minutes, "--validation-speakers", "--seed", seed, "--cache", ROOT / "cache" / "pcm"])
    return sorted(folder.glob("*.wav"))


def diarize(path):
    """Segments as first decided and as corrected, and the events of turns."""
    live, corrected = path.with_suffix(".live"), path.with_suffix(".corrected")
    events = quiet([DIARIZER, "file", path, "--json", "--updates", "--no-speakers", "--rttm", corrected, "--live-rttm", live])
    return read_rttm(live), read_rttm(corrected), [json.loads(line) for line in events.splitlines()]


def frames(segments, length):
    """For each frame, who talks."""
    marks = [frozenset()] * length
    for start, end, speaker in segments:
        if speaker != "unknown":
            for i in range(round(start / FRAME), min(length, round(end / FRAME))):
                marks[i] |= {speaker}
    return marks


def common(marks, span, hypothesis):
    """Frames of a span in which one person alone talks, by the label they got."""
    person, first, last = span
    return Counter(label for i in range(first, last) if marks[i] == {person} for label in hypothesis[i])


def alone(marks, span):
    person, first, last = span
    return sum(marks[i] == {person} for i in range(first, last)) * FRAME


def returns(reference, marks, hypothesis):
    """(kept, all): returns after a minute or more of others."""
    kept = total = 0
    for person in {speaker for _, _, speaker in reference}:
        own = [(a, b) for a, b, speaker in reference if speaker == person]
        visits = [[own[0][0], own[0][1]]]
        for start, end in own[1:]:
            if start - visits[-1][1] >= AWAY:
                visits.append([start, end])
            else:
                visits[-1][1] = max(end, visits[-1][1])
        for before, after in zip(visits, visits[1:]):
            past = (person, round(visits[0][0] / FRAME), round(before[1] / FRAME))
            # What somebody says in the first ten seconds; later it would be no news.
            now = (person, round(after[0] / FRAME), min(len(marks), round(min(after[1], after[0] + 10) / FRAME)))
            if alone(marks, past) < LEAST or alone(marks, now) < LEAST:
                continue
            labels, label = common(marks, past, hypothesis), common(marks, now, hypothesis)
            total += 1
            kept += bool(labels and label) and labels.most_common(1)[0][0] == label.most_common(1)[0][0]
    return kept, total


def flips(marks, live, corrected):
    """Seconds of speech that went to somebody else after they were decided, and seconds of speech."""
    speech = [i for i, who in enumerate(marks) if who]
    return sum(bool(live[i] and corrected[i] and not live[i] & corrected[i]) for i in speech) * FRAME, len(speech) * FRAME


def label_of(marks, hypothesis):
    """The label of each person: one to one, largest common time first."""
    shared = Counter((label, person) for who, labels in zip(marks, hypothesis) for label in labels for person in who)
    labels, people = {}, set()
    for (label, person), _ in shared.most_common():
        if label not in labels and person not in people:
            labels[label] = person
            people.add(person)
    return labels


def times(marks, labels, events):
    """Seconds from the start of each live turn of two seconds or more until its speaker is the right one and stays it; those that never are count with their length."""
    found, never = [], 0
    turns = {}
    for event in events:
        if event["event"] != "revised":
            turns.setdefault(event["turn"], []).append(event)
    for turn in turns.values():
        start, end = turn[-1]["start"], turn[-1]["end"]
        whose = Counter(person for i in range(round(start / FRAME), min(len(marks), round(end / FRAME))) for person in marks[i])
        if end - start < 2 or not whose:
            continue
        right = whose.most_common(1)[0][0]
        wrong = [i for i, event in enumerate(turn) if labels.get(event["speaker"]["id"].upper()) != right]
        first = wrong[-1] + 1 if wrong else 0
        if first == len(turn):
            never += 1
            found.append(end - start)
        else:
            found.append(min(end - start, max(0.0, turn[first]["at"] - start)))
    return found, never


def read_wave(path):
    with wave.open(str(path)) as file:
        return array.array("h", file.readframes(file.getnframes()))


def active_power(samples, segments):
    marked = [i for a, b, _ in segments for i in range(round(a * 16000), min(len(samples), round(b * 16000)), 7)]
    return sum(samples[i] * samples[i] for i in marked) / max(1, len(marked))


def mix(talk, television, target):
    """Writes talkers with a television 20 dB below them."""
    voices, broadcast = read_wave(talk), read_wave(television)
    ratio = active_power(voices, read_rttm(talk.with_suffix(".rttm"))) / max(1e-9, active_power(broadcast, read_rttm(television.with_suffix(".rttm"))))
    scale = math.sqrt(ratio) * 10 ** (TELEVISION / 20)
    mixed = array.array("h", (max(-32768, min(32767, round(a + scale * b))) for a, b in zip(voices, broadcast)))
    with wave.open(str(target), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16000)
        file.writeframes(mixed.tobytes())


def long_sessions(data, folder, count, minutes):
    kept, seen, flipped, spoken, waits, never = {"decided": 0, "corrected": 0}, 0, 0.0, 0.0, [], 0
    for path in simulate(data, folder / "sessions", SESSION, count, minutes, 11):
        live, corrected, events = diarize(path)
        reference = read_rttm(path.with_suffix(".rttm"))
        length = round(minutes * 60 / FRAME)
        marks, first, last = (frames(s, length) for s in (reference, live, corrected))
        here = {}
        for name, hypothesis in (("decided", first), ("corrected", last)):
            right, total = returns(reference, marks, hypothesis)
            kept[name] += right
            here[name] = f"{right} of {total}"
        seen += total
        seconds, speech = flips(marks, first, last)
        flipped, spoken = flipped + seconds, spoken + speech
        found, missed = times(marks, label_of(marks, last), events)
        waits, never = waits + found, never + missed
        people, labels = len({s for _, _, s in reference}), len({s for _, _, s in corrected})
        note(f"{path.stem}: {people} people, {labels} labels; returns kept {here['decided']} as decided, {here['corrected']} corrected; {100 * seconds / speech:.1f} % flipped; {sum(found) / max(1, len(found)):.2f} s to the right speaker")
    figure(f"returns after {AWAY:.0f} s of others that keep the label, {count} sessions of {minutes} min", f"{100 * kept['corrected'] / max(1, seen):.0f} % of {seen} corrected, {100 * kept['decided'] / max(1, seen):.0f} % as first decided")
    figure("flips: speech that got another speaker after it was decided", f"{100 * flipped / spoken:.1f} %")
    figure("seconds until a turn has the right speaker, mean", f"{sum(waits) / max(1, len(waits)):.2f} of {len(waits)} turns of 2 s or more ({100 * never / max(1, len(waits)):.0f} % never, counted with their length)")


def televisions(data, folder, count):
    talkers, broadcasts = simulate(data, folder / "talkers", TALKERS, count, 3, 12), simulate(data, folder / "broadcasts", BROADCAST, count, 3, 13)
    invented = Counter()
    for talk, television in zip(talkers, broadcasts):
        path = folder / f"{talk.stem}-television.wav"
        mix(talk, television, path)
        live, corrected, _ = diarize(path)
        marks = frames(read_rttm(talk.with_suffix(".rttm")), 18000)
        for name, segments in (("decided", live), ("corrected", corrected)):
            heard = frames(segments, 18000)
            times = Counter((label, bool(marks[i])) for i in range(len(marks)) for label in heard[i])
            invented[name] += any(times[label, False] > times[label, True] for label in {label for label, _ in times})
    figure("television 20 dB below two talkers: recordings without a speaker of its own", f"{count - invented['corrected']} of {count} corrected, {count - invented['decided']} as first decided")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("--sessions", type=int, default=4)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--cases", type=int, default=20)
    parser.add_argument("--out", type=pathlib.Path)
    given = parser.parse_args()
    if not (given.data / "speech.tsv").is_file():
        sys.exit(f"{given.data} has no speech.tsv; give a folder of labelled speech.")
    with tempfile.TemporaryDirectory() as temporary:
        folder = (given.out or pathlib.Path(temporary)).resolve()
        long_sessions(given.data.resolve(), folder, given.sessions, given.minutes)
        televisions(given.data.resolve(), folder, given.cases)


if __name__ == "__main__":
    main()
