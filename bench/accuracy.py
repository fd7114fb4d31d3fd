#!/usr/bin/env python3
"""Accuracy on the bundled sample and, where there is a data folder, on its conversations and noises: accuracy.py [DATA]

DATA holds conversations/NAME.{flac,rttm,uem} and noise/**/*.opus. Everything runs at the default settings, as the daemon does.
"""
import json
import pathlib
import shutil
import sys
import tempfile

from common import DIARIZER, SAMPLE, figure, note, quiet, read_npy, read_rttm, read_uem

FRAME = 0.01
WITHOUT_PAUSES = {"pyaa"}  # references of turns only, which do not say where nobody speaks


def kind(name):
    """What is judged together: the headset mixes and the far microphone of AMI are different tasks."""
    first, *rest = name.split("_")
    return (f"{first} headset mix" if rest[0] == "mix" else f"{first} far field") if first == "ami" else first


def score(references, hypotheses, uem, collar):
    command = [DIARIZER, "score", references, hypotheses, "--collar", collar, "--json"] + (["--uem", uem] if uem else [])
    return {row["recording"]: row for row in map(json.loads, quiet(command).splitlines())}


def pooled(rows, names):
    speech = sum(rows[n]["speech_s"] for n in names)
    return sum(rows[n]["miss_s"] + rows[n]["false_alarm_s"] + rows[n]["confusion_s"] for n in names) / speech if speech else 0.0


def counts(references, hypotheses):
    """(exact, within one, all): recordings by how the number of speakers found compares."""
    differences = []
    for path in sorted(pathlib.Path(hypotheses).glob("*.rttm")):
        true, found = ({speaker for _, _, speaker in read_rttm(file)} - {"unknown"} for file in (pathlib.Path(references, path.name), path))
        differences.append(abs(len(true) - len(found)))
    return sum(d == 0 for d in differences), sum(d <= 1 for d in differences), len(differences)


def describe(row):
    parts = [100 * row[key] / row["speech_s"] for key in ("miss_s", "false_alarm_s", "confusion_s")]
    return "{:.1f} % (miss {:.1f}, false alarm {:.1f}, confusion {:.1f}), JER {:.1f} %".format(100 * row["der"], *parts, 100 * row["jer"])


def diarization(audio, references, uem, work):
    """Pooled DER of recordings: corrected without and with a collar, and as first decided without."""
    hypotheses, live = pathlib.Path(work, "hypotheses"), pathlib.Path(work, "live")
    for folder in (hypotheses, live):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
    for path in audio:
        quiet([DIARIZER, "file", path, "--rttm", hypotheses / f"{path.stem}.rttm", "--live-rttm", live / f"{path.stem}.rttm"])
    return score(references, hypotheses, uem, 0), score(references, hypotheses, uem, 0.25), score(references, live, uem, 0)


def auc(pairs):
    """Area under the ROC curve of (score, is speech) pairs, ties counted half."""
    ordered = sorted(pairs)
    positives = sum(speech for _, speech in ordered)
    ranks, index = 0.0, 0
    while index < len(ordered):
        same = index
        while same < len(ordered) and ordered[same][0] == ordered[index][0]:
            same += 1
        ranks += sum(speech for _, speech in ordered[index:same]) * (index + same + 1) / 2
        index = same
    return (ranks - positives * (positives + 1) / 2) / (positives * (len(ordered) - positives))


def voice_activity(path, work):
    frames = pathlib.Path(work, "frames.npy")
    quiet([DIARIZER, "vad", path, "--frames", frames])
    segments, regions = read_rttm(path.with_suffix(".rttm")), read_uem(path.with_suffix(".uem"))
    pairs = []
    for i, probability in enumerate(read_npy(frames)):
        t = (i + 0.5) * FRAME
        if any(a <= t < b for a, b in regions):
            pairs.append((probability, any(a <= t < b for a, b, _ in segments)))
    return pairs


def noise(files):
    silent = 0
    for path in files:
        events = map(json.loads, quiet([DIARIZER, "file", path, "--json"]).splitlines())
        silent += not any(speaks(event) for event in events)
    return silent


def speaks(event):
    speaker = event.get("speaker")
    return isinstance(speaker, dict) and speaker.get("id", "unknown") != "unknown"


def main(data):
    with tempfile.TemporaryDirectory() as work:
        exact, _, live = diarization([SAMPLE], SAMPLE.with_suffix(".rttm"), None, work)
        figure("DER, bundled sample, no collar, overlap scored", describe(exact["pooled"]))
        figure("DER, bundled sample, as decided within a second", describe(live["pooled"]))
        if data is None:
            note("no data folder was given (DATA=... ./bench.sh): only the bundled sample was measured")
            return

        conversations = sorted(pathlib.Path(data, "conversations").glob("*.flac"))
        note(f"diarizing {len(conversations)} conversations")
        exact, collared, live = diarization(conversations, conversations[0].parent, conversations[0].parent, work)
        figure("DER, conversations, no collar, overlap scored", describe(exact["pooled"]))
        figure("DER, conversations, as decided within a second", describe(live["pooled"]))
        figure("DER, conversations, 0.25 s collar", describe(collared["pooled"]))
        right, near, total = counts(conversations[0].parent, pathlib.Path(work, "hypotheses"))
        figure("number of speakers, conversations", f"exact in {right} of {total}, within one in {near}")
        kinds = sorted({kind(path.stem) for path in conversations})
        for name in kinds:
            of_kind = [path.stem for path in conversations if kind(path.stem) == name]
            figure(f"DER, {name}", f"{100 * pooled(exact, of_kind):.1f} % ({len(of_kind)} recordings), {100 * pooled(collared, of_kind):.1f} % with 0.25 s collar; as decided within a second {100 * pooled(live, of_kind):.1f} %")

        note("voice activity")
        for name in kinds:
            if name in WITHOUT_PAUSES:
                continue
            pairs = [pair for path in conversations if kind(path.stem) == name for pair in voice_activity(path, work)]
            figure(f"voice activity, ROC-AUC, {name}", f"{auc(pairs):.4f}")

        noises = sorted(pathlib.Path(data, "noise").rglob("*.opus"))
        note(f"diarizing {len(noises)} noises")
        figure("noise alone: recordings without any speaker", f"{noise(noises)} of {len(noises)}")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else None)
