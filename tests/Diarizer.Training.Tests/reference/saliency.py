"""Prints the numbers of SaliencyParityTests.cs: saliency maps of a small ResCNN with a cosine classifier, in PyTorch. Run: python3 saliency.py"""
import math
import os
import sys

import torch
import torch.nn.functional as F

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../Diarizer.Networks.Tests/reference"))
from make_reference import features, fill, wave  # noqa: E402
from make_trunk_reference import ResCnn  # noqa: E402

BINS, FRAMES, CLASSES, SCALE = 161, 45, 5, 30
network = fill(ResCnn(8, 24))
centres = wave(CLASSES * 24, 0.25).reshape(CLASSES, 24).float()
x, targets = features(BINS, FRAMES), torch.tensor([1, 3])


def score(x):
    return (SCALE * F.linear(F.normalize(network(x)), F.normalize(centres))).gather(1, targets[:, None])[:, 0]


def gradient(x):
    x = x.detach().requires_grad_()
    return torch.autograd.grad(score(x).sum(), x)[0]


def show(name, m):
    m = m.detach()
    print(name, ", ".join(f"{v:.6g}f" for v in m[1, ::37, 20].tolist()), "| sums", ", ".join(f"{v:.6g}f" for v in m.sum((1, 2)).tolist()))


baseline = x.mean(2, keepdim=True).expand_as(x)
print("scores", [f"{v:.6f}f" for v in score(x).tolist()], "of the baseline", [f"{v:.6f}f" for v in score(baseline).tolist()])
show("gradient", gradient(x).abs())
show("input x gradient", (x - baseline) * gradient(x))

steps = 8
path = sum(gradient(baseline + (k + 0.5) / steps * (x - baseline)) for k in range(steps)) / steps
show("integrated gradients", (x - baseline) * path)

kept = {}
hook = network.layer3.register_forward_hook(lambda module, given, output: kept.update(a=output))
total = score(x).sum()
hook.remove()
(grads,) = torch.autograd.grad(total, kept["a"])
cam = F.relu((grads.mean((2, 3), keepdim=True) * kept["a"]).sum(1, keepdim=True)).transpose(2, 3)
show("grad-cam", F.interpolate(cam, size=(BINS, FRAMES), mode="bilinear", align_corners=False)[:, 0])

mean = gradient(x).abs().mean(2).sum(0)
print("frequency weights", ", ".join(f"{v:.6f}f" for v in (mean / mean.max())[::37].tolist()))
slope = [(math.log10(1 + (f + 1e-3) / 700) - math.log10(1 + (f - 1e-3) / 700)) for f in (0, 1850, 3700, 5550, 7400)]
print("mel density", ", ".join(f"{v / slope[0]:.6f}f" for v in slope))
