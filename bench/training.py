#!/usr/bin/env python3
"""Speed of training and of embedding against PyTorch: training.py [VOXCELEB_TRAINER]

Fast ResNet-34 with the angular prototypical loss, batches of 2 x 50 crops of 2 s, features included; embedding of windows of 2 s, one and 32 at a time. The peer is the public
voxceleb_trainer (github.com/clovaai/voxceleb_trainer) in the folder named, on Debian's python3-torch and python3-torchaudio; both take turns in one run. Without it, or
without PyTorch, our own figures are printed alone.
"""
import json
import os
import pathlib
import subprocess
import sys

from common import TRAINER, figure, note, quiet

ROUNDS = 3
REPETITIONS = 5

PEER = r"""
import json, statistics, sys, time
import torch
torch.Tensor.cuda = lambda self, *arguments, **options: self
sys.path.insert(0, sys.argv[1])
from models.ResNetSE34L import MainModel
from loss.angleproto import LossFunction
torch.manual_seed(1)
torch.set_num_threads(int(sys.argv[3]))
repetitions = int(sys.argv[2])

def median(count, action):
    times = []
    for i in range(count + 2):
        started = time.perf_counter()
        action()
        if i >= 2:
            times.append(time.perf_counter() - started)
    return statistics.median(times)

network, loss = MainModel(nOut=512, encoder_type="SAP", log_input=True), LossFunction()
optimiser = torch.optim.Adam([*network.parameters(), *loss.parameters()], lr=0.001)
crops = 0.2 * torch.rand(100, 32000) - 0.1

def step():
    optimiser.zero_grad()
    outputs = network(crops).reshape(2, 50, 512).transpose(1, 0)
    value, _ = loss(outputs, None)
    value.backward()
    optimiser.step()

result = {"training": 100 / median(repetitions, step)}
network.eval()
with torch.no_grad():
    for name, batch, count in (("inferenceOfOne", 1, 10 * repetitions), ("inferenceOf32", 32, repetitions)):
        result[name] = batch / median(count, lambda: network(crops[:batch]))
print(json.dumps(result))
"""


def peer_missing(folder):
    if not folder:
        return "name the folder of voxceleb_trainer to compare with it"
    if not pathlib.Path(folder, "models", "ResNetSE34L.py").is_file():
        return f"{folder} is not voxceleb_trainer"
    tried = subprocess.run(["/usr/bin/python3", "-c", "import torch, torchaudio"], capture_output=True, check=False)
    return None if tried.returncode == 0 else "python3-torch and python3-torchaudio are not installed"


def main(folder):
    threads = os.cpu_count()
    ours, theirs = [], []
    missing = peer_missing(folder)
    if missing:
        note(f"training: the peer is left out: {missing}.")
    for _ in range(ROUNDS):
        ours.append(json.loads(quiet([TRAINER, "speed", "--repetitions", REPETITIONS, "--threads", threads])))
        if not missing:
            theirs.append(json.loads(quiet(["/usr/bin/python3", "-c", PEER, folder, REPETITIONS, threads]).splitlines()[-1]))
    sixteen = json.loads(quiet([TRAINER, "speed", "--repetitions", REPETITIONS, "--threads", threads, "--precision", "BFloat16"]))
    for name, text in (("training", "crops of 2 s a second in training"), ("inferenceOfOne", "windows of 2 s embedded a second, one at a time"),
                       ("inferenceOf32", "windows of 2 s embedded a second, 32 at a time")):
        own = sorted(run[name] for run in ours)[ROUNDS // 2]
        value = f"{own:.1f}"
        if theirs:
            peer = sorted(run[name] for run in theirs)[ROUNDS // 2]
            value += f"; PyTorch {peer:.1f}; ratio {own / peer:.2f}"
        figure(f"Fast ResNet-34, {text}", value)
    figure("Fast ResNet-34, crops of 2 s a second in training, 16-bit convolutions", f"{sixteen['training']:.1f}")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else os.environ.get("VOXCELEB_TRAINER", ""))
