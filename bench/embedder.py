#!/usr/bin/env python3
"""Speaker verification on the test split: embedder.py DATA; crops of 2 s, 20,000 pairs of the same and of different speakers within each corpus."""
import json
import pathlib
import sys

from common import ROOT, TRAINER, figure, quiet


def main(data):
    rows = json.loads(quiet([TRAINER, "evaluate", "--manifest", pathlib.Path(data, "speech.tsv"), "--split", "test", "--crop", "2", "--pairs", "20000", "--json",
                             "--model", ROOT / "models" / "embedder.safetensors", "--cache", ROOT / "cache" / "pcm"]))
    for row in rows:
        figure(f"speaker verification, EER, {row['corpus']}", f"{100 * row['eer']:.1f} %, minDCF(0.01) {row['minDcf01']:.3f}, minDCF(0.001) {row['minDcf001']:.3f}")


if __name__ == "__main__":
    main(sys.argv[1])
