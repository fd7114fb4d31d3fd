#!/usr/bin/env python3
"""Recognition of enrolled people in new sessions: enrolment.py DATA [--split validation|test] [--keep FOLDER] [--seconds 20] [--part TEXT] [--most N]

DATA holds speech.tsv (see README.md), rir/*.flac, and may hold conversations/ of AMI. Half of the people are enrolled with 20 s of recordings each (12 s of speech or so), the other half are strangers; then
the halves change places. A session is a conversation of two enrolled people and two strangers of one corpus, of speech that was not enrolled with, in a room of its own (an impulse
response, noise at 25 dB), or as recorded. With AMI, people are enrolled from one meeting and looked for in another one of the same people. The people of `validation` are those that the trainer
split off (seed 1, share 0.05): the embedder never heard them, and the thresholds were chosen on them; those of `test` were used for nothing but this figure.
"""
import argparse
import csv
import json
import os
import pathlib
import random
import subprocess
import tempfile

import numpy
import soundfile

from common import DIARIZER, figure, note, quiet, read_rttm

RATE = 16000
MASK = (1 << 64) - 1
GOLDEN = 0x9E3779B97F4A7C15
AMI = [("ami_ES2004a_0750", "ami_sdm_ES2004c_2100"), ("ami_sdm_ES2004c_1120", "ami_ES2004a_0750"), ("ami_sdm_ES2004c_2100", "ami_sdm_ES2004c_1120"),
       ("ami_mix_ES2003a_0000", "ami_mix_ES2003b_0000"), ("ami_mix_EN2006b_0000", "ami_mix_EN2006a_0000"), ("ami_mix_EN2001e_0000", "ami_mix_EN2001a_0000")]


def mix(z):
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9 & MASK
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB & MASK
    return z ^ (z >> 31)


def trainers_hash(name, seed=1):
    """The order in which the trainer splits speakers off (ValidationSplit.cs, SeededRandom.cs)."""
    value = 14695981039346656037
    for character in name:
        value = (value ^ ord(character)) * 1099511628211 & MASK
    state = mix(mix(mix((seed + GOLDEN) & MASK) ^ ((value + GOLDEN) & MASK)) ^ GOLDEN)
    return mix((state + GOLDEN) & MASK)


def people(data, split):
    """Utterances (file, start, duration) of each speaker with 40 s of speech or more, by corpus."""
    rows = list(csv.DictReader(open(data / "speech.tsv"), delimiter="\t"))
    speakers = {}
    for row in rows:
        if row["split"] == ("test" if split == "test" else "train"):
            speakers.setdefault((row["corpus"], row["speaker"]), []).append((row["file"], float(row["start_s"]), float(row["duration_s"]), row["session"]))
    corpora = {}
    for (corpus, speaker), utterances in speakers.items():
        if len(utterances) >= 2:
            corpora.setdefault(corpus, []).append((speaker, utterances))
    if split == "validation":
        for corpus, members in corpora.items():
            members.sort(key=lambda m: trainers_hash(m[0]))
            corpora[corpus] = members[:max(round(0.05 * len(members)), 1 if len(members) >= 10 else 0)]
    return {c: m for c in corpora if len(m := [(s, u) for s, u in corpora[c] if sum(x[2] for x in u) >= 35]) >= 4}


def read(data, utterance):
    file, start, duration, _ = utterance
    audio, rate = soundfile.read(data / file, start=round(start * RATE), frames=round(duration * RATE), dtype="float32")
    assert rate == RATE
    return audio


def in_room(dry, rooms, chance):
    room, _ = soundfile.read(chance.choice(rooms), dtype="float32")
    room = room if room.ndim == 1 else room[:, 0]
    size = 1 << (len(dry) + len(room)).bit_length()
    wet = numpy.fft.irfft(numpy.fft.rfft(dry, size) * numpy.fft.rfft(room, size), size)[int(numpy.argmax(abs(room))):][:len(dry)]
    wet *= numpy.sqrt(numpy.mean(dry ** 2) / max(1e-12, numpy.mean(wet ** 2)))
    noise = numpy.cumsum(numpy.random.default_rng(chance.randrange(1 << 30)).standard_normal(len(wet)))
    noise = noise - numpy.convolve(noise, numpy.ones(400) / 400, "same")
    wet += noise * numpy.sqrt(numpy.mean(wet ** 2) / numpy.mean(noise ** 2)) * 10 ** (-25 / 20)
    return (0.5 * wet / max(1e-6, abs(wet).max())).astype("float32")


def conversation(data, members, rooms, chance, turns_each):
    """Speakers take turns of 2 s and more; returns the audio and who spoke when."""
    queues = {s: list(u) for s, u in members}
    pieces, truth, at, last = [numpy.zeros(RATE // 2, "float32")], [], 0.5, None
    for _ in range(turns_each):
        order = list(queues)
        chance.shuffle(order)
        if order[0] == last:
            order.append(order.pop(0))
        for speaker in order:
            audio, start = [], at
            while queues[speaker] and sum(map(len, audio)) < 2 * RATE:
                audio.append(read(data, queues[speaker].pop(0)))
            if not audio:
                continue
            audio = numpy.concatenate(audio)
            audio *= 0.05 / max(1e-6, float(numpy.sqrt(numpy.mean(audio ** 2))))
            pause = chance.uniform(0.2, 0.8)
            pieces += [audio, numpy.zeros(round(pause * RATE), "float32")]
            at += len(audio) / RATE
            truth.append((start, at, speaker))
            at += round(pause * RATE) / RATE
            last = speaker
    dry = numpy.concatenate(pieces)
    return (in_room(dry, rooms, chance) if rooms else dry), truth


def make(data, split, seconds, work, rooms):
    """Writes enrolments and sessions; gives a list of folds (people to enrol: {name: file}, sessions: [(file, truth)])."""
    chance = random.Random(7)
    folds = []
    by_corpus = people(data, split)
    for fold in (0, 1):
        enrolled, sessions = {}, []
        for corpus, members in sorted(by_corpus.items()):
            known, strangers = [m for i, m in enumerate(members) if i % 2 == fold], [m for i, m in enumerate(members) if i % 2 != fold]
            rest = {}
            for speaker, utterances in known + strangers:
                taken, length = [], 0.0
                while utterances[len(taken):] and length < seconds:
                    taken.append(utterances[len(taken)])
                    length += taken[-1][2]
                rest[speaker] = utterances[len(taken):]
                if (speaker, utterances) in known:
                    path = work / f"enrol-{fold}-{speaker}.wav"
                    soundfile.write(path, numpy.concatenate([x for u in taken for x in (read(data, u), numpy.zeros(RATE // 4, "float32"))]), RATE)
                    enrolled[speaker] = path
            for number in range(max(len(known), len(strangers))):
                pick = [known[number % len(known)], known[(number + 1) % len(known)], strangers[number % len(strangers)], strangers[(number + 1) % len(strangers)]]
                audio, truth = conversation(data, [(s, rest[s]) for s, _ in dict(pick).items()], rooms, chance, 4)
                path = work / f"session-{len(rooms)}-{fold}-{corpus}-{number}.wav"
                soundfile.write(path, audio, RATE)
                sessions.append((path, truth, corpus))
        folds.append((enrolled, sessions))
    return folds


def alone(segments, speaker):
    """Where a speaker is the only one."""
    others = sorted((a, b) for a, b, s in segments if s != speaker)
    for start, end, _ in (x for x in segments if x[2] == speaker):
        for a, b in others:
            if a < end and b > start:
                if a > start + 0.5:
                    yield start, a
                start = max(start, b)
        if end > start + 0.5:
            yield start, end


def make_ami(data, work):
    """People of one meeting with 8 s alone, and another meeting of them."""
    folds = []
    for first, second in AMI:
        a, b = data / "conversations" / f"{first}.flac", data / "conversations" / f"{second}.flac"
        if not (a.exists() and b.exists()):
            continue
        audio, _ = soundfile.read(a, dtype="float32")
        segments, there = read_rttm(a.with_suffix(".rttm")), read_rttm(b.with_suffix(".rttm"))
        candidates = sorted({s for _, _, s in segments})
        enrolled = {}
        for speaker in candidates[::2] if len(candidates) > 2 else candidates[:1]:
            pieces = [audio[round(s * RATE):round(e * RATE)] for s, e in alone(segments, speaker)]
            if sum(map(len, pieces)) >= 9 * RATE:
                path = work / f"enrol-{first}-{speaker}.wav"
                soundfile.write(path, numpy.concatenate(pieces)[:16 * RATE], RATE)
                enrolled[speaker] = path
        if enrolled:
            folds.append((enrolled, [(b, there, "ami")]))
    return folds


def speaker_of(truth, start, end):
    """Who speaks most of a turn; None when it is more than one person's."""
    shares = {}
    for a, b, s in truth:
        shares[s] = shares.get(s, 0) + max(0, min(b, end) - max(a, start))
    best = max(shares, key=shares.get, default=None)
    return best if best and shares[best] > 0.7 * sum(shares.values()) and shares[best] > 0.5 * (end - start) else None


def outcome(speaker, turn, enrolled, what):
    name = turn["speaker"].get("name")
    return "enrolled" if speaker in enrolled else "stranger", what, "right" if name == speaker else "none" if name is None else "wrong"


def judge(lines, truth, enrolled, count):
    """Counts first decided turns, and seconds after all revisions."""
    first, final = {}, {}
    for turn in lines:
        final[turn["turn"]] = turn
        speaker = speaker_of(truth, turn["start"], turn["end"])
        if speaker and turn["speaker"]["decided"] and speaker not in first:
            first[speaker] = turn
    for speaker, turn in first.items():
        key = outcome(speaker, turn, enrolled, "first")
        count[key] = count.get(key, 0) + 1
    for turn in final.values():
        speaker = speaker_of(truth, turn["start"], turn["end"])
        if speaker and turn["speaker"]["id"] != "unknown":
            key = outcome(speaker, turn, enrolled, "seconds")
            count[key] = count.get(key, 0) + turn["end"] - turn["start"]


def share(count, kind, what, which):
    total = sum(v for (k, w, _), v in count.items() if (k, w) == (kind, what))
    part = count.get((kind, what, which), 0)
    return f"{100 * part / total:.1f} % of {total:.0f}" if total else "nobody"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("--split", choices=["validation", "test"], default="validation")
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--part", default="", help="only the parts with this in their name: same microphone, other rooms, other meetings")
    parser.add_argument("--most", type=int, default=1000, help="sessions of each half at most")
    parser.add_argument("--keep", type=pathlib.Path, help="folder for the audio that is made")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        work = options.keep or pathlib.Path(temporary)
        work.mkdir(exist_ok=True)
        rooms = sorted((options.data / "rir").glob("*.flac"))
        parts = {"same microphone": make(options.data, options.split, options.seconds, work, []), "other rooms": make(options.data, options.split, options.seconds, work, rooms)}
        if options.split == "validation":
            parts["other meetings (AMI)"] = make_ami(options.data, work)
        if options.keep:
            (work / "truth.json").write_text(json.dumps({part: [({k: str(v) for k, v in e.items()}, [(str(f), t, c) for f, t, c in s]) for e, s in folds] for part, folds in parts.items()}))
            return
        for part, folds in parts.items():
            if options.part not in part:
                continue
            count, refused = {}, 0
            for number, (enrolled, sessions) in enumerate(folds):
                state = pathlib.Path(temporary, f"{part}-{number}")
                state.mkdir()
                environment = os.environ | {"STATE_DIRECTORY": str(state), "DIARIZER__ENROLMENT__KEYFILE": str(state / "key")}
                subprocess.run([DIARIZER, "key", str(state / "key")], check=True, capture_output=True)
                for name, path in list(enrolled.items()):
                    done = subprocess.run([DIARIZER, "enroll", name, path, "--purpose", "benchmark", "--given-by", name, "--expires", "1d"], env=environment, capture_output=True, text=True)
                    if done.returncode:
                        note(f"{name} was not enrolled: {done.stderr.strip()}")
                        refused += 1
                        del enrolled[name]
                for path, truth, _ in sessions[:options.most]:
                    out = subprocess.run([DIARIZER, "file", path, "--json"], env=environment, check=True, capture_output=True, text=True).stdout
                    judge(list(map(json.loads, out.splitlines())), truth, enrolled, count)
            people_count = sum(len(e) for e, _ in folds)
            figure(f"enrolled people recognised in their first decided turn, {part}", f"{share(count, 'enrolled', 'first', 'right')} ({people_count} people, {refused} refused)")
            figure(f"enrolled people taken for another one in their first decided turn, {part}", share(count, "enrolled", "first", "wrong"))
            figure(f"strangers given a name in their first decided turn, {part}", share(count, "stranger", "first", "wrong"))
            figure(f"speech of enrolled people with the right name in the end, {part}", f"{share(count, 'enrolled', 'seconds', 'right')} s")
            figure(f"speech of enrolled people with a wrong name in the end, {part}", f"{share(count, 'enrolled', 'seconds', 'wrong')} s")
            figure(f"speech of strangers with a name in the end, {part}", f"{share(count, 'stranger', 'seconds', 'wrong')} s")


if __name__ == "__main__":
    main()
