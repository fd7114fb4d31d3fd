#!/usr/bin/env python3
"""How the trainer starts over a large set: manifest.py [ROWS]

Makes a manifest of 1,000,000 utterances of 7,000 speakers in 150,000 files. The files are real ones under names of their own; their content is one excerpt
of the bundled sample, linked. Nothing is decoded beforehand, since the set is larger than data.decodeFirstHours.
"""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

from common import SAMPLE, TRAINER, figure, note, quiet

SPEAKERS, FILES_OF_A_SPEAKER, SECONDS = 7_000, 22, 2.5
LINKS = 50_000  # of one inode; ext4 allows 65,000
STEPS = 50
CONFIGURATION = {
    "name": "large",
    "data": {"noise": ""},
    "embedder": {
        "network": {"options": {"channels": [8, 8, 8, 8], "blocks": [1, 1, 1, 1], "outputSize": 64}},
        "sampling": {"speakers": 32, "cropSeconds": [1, 1]},
        "augmentation": {"room": {"probability": 0}, "noise": {"probability": 0}},
    },
    "loop": {"steps": 1_000_000, "validateEvery": STEPS, "checkpointEvery": STEPS},
}


def make(folder, rows):
    """Writes speech.tsv and its audio; about equally many utterances a file."""
    files = SPEAKERS * FILES_OF_A_SPEAKER
    each = -(-rows // files)
    quiet(["sox", SAMPLE, "-c", "1", "-r", "16000", f"{folder}/0.wav", "trim", "0", each * SECONDS])
    for copy in range(1, -(-files // LINKS)):
        shutil.copy(f"{folder}/0.wav", f"{folder}/{copy}.wav")
    written = linked = 0
    with open(f"{folder}/speech.tsv", "w") as manifest:
        manifest.write("utterance\tspeaker\tcorpus\tsplit\tsession\tfile\tstart_s\tduration_s\n")
        for speaker in range(SPEAKERS):
            os.mkdir(f"{folder}/id{speaker:05}")
            for number in range(FILES_OF_A_SPEAKER):
                path = f"id{speaker:05}/{number:04}.wav"
                os.link(f"{folder}/{linked // LINKS}.wav", f"{folder}/{path}")
                linked += 1
                for part in range(min(each, rows - written)):
                    manifest.write(f"id{speaker:05}-{number:04}-{part:02}\tid{speaker:05}\tlarge\ttrain\tcall{number // 2:02}\t{path}\t{part * SECONDS:.4f}\t{SECONDS:.4f}\n")
                written += min(each, rows - written)
    return linked


def lines(path):
    return len(path.read_text().splitlines()) if path.exists() else 0


def largest(process):
    """The largest resident memory so far, in MB."""
    fields = dict(line.split(":", 1) for line in pathlib.Path(f"/proc/{process.pid}/status").read_text().splitlines())
    return int(fields["VmHWM"].split()[0]) / 1024


def processor(process):
    """Seconds of processor so far."""
    fields = pathlib.Path(f"/proc/{process.pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def until(process, path, count):
    while lines(path) < count:
        if process.poll() is not None:
            sys.exit(f"the trainer ended with status {process.returncode}:\n{process.stdout.read()}")
        time.sleep(0.02)


def main(rows):
    with tempfile.TemporaryDirectory() as folder:
        note(f"making a manifest of {rows:,} rows")
        files = make(folder, rows)
        pathlib.Path(folder, "large.json").write_text(json.dumps(CONFIGURATION))
        run = pathlib.Path(folder, "run")
        started = time.monotonic()
        command = [TRAINER, "train", f"{folder}/large.json", "--data", folder, "--cache", f"{folder}/cache", "--run", run]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
            try:
                until(process, run / "log.csv", 2)
                figure(f"manifest of {rows:,} utterances in {files:,} files: start until the first step is done", f"{time.monotonic() - started:.1f} s")
                figure("processor time by then", f"{processor(process):.1f} s")
                figure("largest resident memory by then", f"{largest(process):.0f} MB")
                until(process, run / "validation.csv", 2)
                figure(f"largest resident memory after {STEPS} steps and a validation", f"{largest(process):.0f} MB")
            finally:
                process.kill()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
