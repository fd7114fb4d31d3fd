"""Prints outputs and sizes of the networks that exist for imported weights, written here in PyTorch with our names, for ImportedTrunkParityTests.cs. Needs torch."""
from collections import OrderedDict

import torch
import torch.nn as nn
import torch.nn.functional as F
from make_reference import Block, features, fill
from make_trunk_reference import ChannelGate


class HalfResNet34(nn.Module):
    def __init__(self, pooling, size, bins=64, channels=(32, 64, 128, 256), blocks=(3, 4, 6, 3), hidden=128):
        super().__init__()
        self.pooling, self.normalise = pooling, nn.InstanceNorm1d(bins)
        self.conv1, self.bn1 = nn.Conv2d(1, channels[0], 3, 1, 1), nn.BatchNorm2d(channels[0])
        before = channels[0]
        for s, stride in enumerate((1, 2, 2, 2)):
            setattr(self, f"layer{s + 1}", nn.Sequential(*[Block(before if b == 0 else channels[s], channels[s], stride if b == 0 else 1) for b in range(blocks[s])]))
            before = channels[s]
        frame = before * bins // 8
        self.attention = nn.Sequential(nn.Conv1d(frame, hidden, 1), nn.ReLU(), nn.BatchNorm1d(hidden), nn.Conv1d(hidden, frame, 1))
        self.fc = nn.Linear(2 * frame if pooling == "ASP" else frame, size)

    def forward(self, x):
        x = self.bn1(F.relu(self.conv1(self.normalise(x)[:, None])))
        x = self.layer4(self.layer3(self.layer2(self.layer1(x)))).flatten(1, 2)
        w = torch.softmax(self.attention(x), 2)
        mean = (x * w).sum(2)
        if self.pooling == "SAP":
            return self.fc(mean)
        return self.fc(torch.cat([mean, ((x * x * w).sum(2) - mean * mean).clamp(min=1e-5).sqrt()], 1))


class Plain(nn.Module):
    def __init__(self, i, o, stride):
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(i, o, 3, stride, 1, bias=False), nn.BatchNorm2d(o)
        self.conv2, self.bn2 = nn.Conv2d(o, o, 3, 1, 1, bias=False), nn.BatchNorm2d(o)
        self.shortcut = nn.Sequential(nn.Conv2d(i, o, 1, stride, bias=False), nn.BatchNorm2d(o)) if stride != 1 or i != o else None

    def forward(self, x):
        return F.relu(self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x))))) + (x if self.shortcut is None else self.shortcut(x)))


class ResNet34(nn.Module):
    def __init__(self, size, second, bins=80, channels=(32, 64, 128, 256), blocks=(3, 4, 6, 3)):
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(1, channels[0], 3, 1, 1, bias=False), nn.BatchNorm2d(channels[0])
        before = channels[0]
        for s, stride in enumerate((1, 2, 2, 2)):
            setattr(self, f"layer{s + 1}", nn.Sequential(*[Plain(before if b == 0 else channels[s], channels[s], stride if b == 0 else 1) for b in range(blocks[s])]))
            before = channels[s]
        self.seg_1 = nn.Linear(2 * before * bins // 8, size)
        self.second = second
        if second:
            self.seg_bn_1, self.seg_2 = nn.BatchNorm1d(size, affine=False), nn.Linear(size, size)

    def forward(self, x):
        x = F.relu(self.bn1(self.conv1((x - x.mean(2, True))[:, None])))
        x = self.layer4(self.layer3(self.layer2(self.layer1(x)))).flatten(1, 2)
        x = self.seg_1(torch.cat([x.mean(2), (x.var(2) + 1e-7).sqrt()], 1))
        return self.seg_2(self.seg_bn_1(F.relu(x))) if self.second else x


class Res2(nn.Module):
    """skip: the group of channels that is left alone, the first or the last."""

    def __init__(self, c, d, mode, skip, scale=8):
        super().__init__()
        w = c // scale
        self.w, self.mode, self.skip, self.d = w, mode, skip, d
        self.conv1, self.bn1 = nn.Conv1d(c, c, 1), nn.BatchNorm1d(c)
        self.convs = nn.ModuleList([nn.Conv1d(w, w, 3, dilation=d) for _ in range(scale - 1)])
        self.bns = nn.ModuleList([nn.BatchNorm1d(w) for _ in range(scale - 1)])
        self.conv3, self.bn3, self.se = nn.Conv1d(c, c, 1), nn.BatchNorm1d(c), ChannelGate(c)

    def forward(self, x):
        parts = list(self.bn1(F.relu(self.conv1(x))).split(self.w, 1))
        alone = parts.pop(0 if self.skip == "first" else -1)
        done = []
        for part, conv, bn in zip(parts, self.convs, self.bns):
            seen = part + done[-1] if done else part
            done.append(bn(F.relu(conv(F.pad(seen, (self.d, self.d), mode=self.mode)))))
        done.insert(0 if self.skip == "first" else len(done), alone)
        return x + self.se(self.bn3(F.relu(self.conv3(torch.cat(done, 1)))))


class Ecapa(nn.Module):
    def __init__(self, form, c, hidden, context=True, normalise=False, pooled=1536, bins=80, size=192):
        super().__init__()
        self.form, self.context, brain = form, context, form == "SpeechBrain"
        self.mode = "reflect" if brain else "constant"
        self.conv1, self.bn1 = nn.Conv1d(bins, c, 5), nn.BatchNorm1d(c)
        for k in (1, 2, 3):
            setattr(self, f"layer{k}", Res2(c, k + 1, self.mode, "first" if brain else "last"))
        self.layer4 = nn.Conv1d(3 * c, pooled, 1)
        self.bn4 = nn.BatchNorm1d(pooled) if brain else None
        middle = {"1": nn.ReLU(), "2": nn.BatchNorm1d(hidden)} if brain else {}
        self.attention = nn.Sequential(OrderedDict({"0": nn.Conv1d((3 if context else 1) * pooled, hidden, 1), **middle, "3": nn.Tanh(), "4": nn.Conv1d(hidden, pooled, 1)}))
        self.bn5, self.fc6 = nn.BatchNorm1d(2 * pooled), nn.Linear(2 * pooled, size)
        self.bn6 = nn.BatchNorm1d(size) if normalise else None

    def forward(self, x):
        brain = self.form == "SpeechBrain"
        x = self.bn1(F.relu(self.conv1(F.pad(x - x.mean(2, True), (2, 2), mode=self.mode))))
        a = self.layer1(x)
        b = self.layer2(a)
        x = F.relu(self.layer4(torch.cat([a, b, self.layer3(b)], 1)))
        x = self.bn4(x) if brain else x
        mean = x.mean(2, True)
        deviation = ((x - mean) ** 2).mean(2, True).clamp(min=1e-12).sqrt() if brain else (x.var(2, keepdim=True) + 1e-7).sqrt()
        w = torch.softmax(self.attention(torch.cat([x, mean.expand_as(x), deviation.expand_as(x)], 1) if self.context else x), 2)
        mean = (x * w).sum(2)
        deviation = (((x - mean[:, :, None]) ** 2 * w).sum(2)).clamp(min=1e-12 if brain else 1e-7).sqrt()
        x = self.fc6(self.bn5(torch.cat([mean, deviation], 1)))
        return self.bn6(x) if self.bn6 else x


def show(name, values):
    print(name, ", ".join(f"{v:.6f}f" for v in values[1, :6].tolist()))


with torch.no_grad():
    for pooling in ("SAP", "ASP"):
        show(f"Half ResNet-34 {pooling}", fill(HalfResNet34(pooling, 24, 40, (8, 16, 24, 32), hidden=16))(features(40, 45)))
    for second in (False, True):
        show(f"ResNet-34 {second}", fill(ResNet34(24, second, 40, (8, 16, 24, 32)))(features(40, 45)))
    show("ECAPA-TDNN, SpeechBrain", fill(Ecapa("SpeechBrain", 64, 32))(features(80, 40)))
    show("ECAPA-TDNN, WeSpeaker", fill(Ecapa("WeSpeaker", 64, 32))(features(80, 40)))
    show("ECAPA-TDNN, WeSpeaker, no context, normalised", fill(Ecapa("WeSpeaker", 64, 32, False, True))(features(80, 40)))
for name, network in (
    ("Half ResNet-34", HalfResNet34("ASP", 512)),
    ("ResNet-34", ResNet34(256, False)),
    ("ResNet-34, two layers", ResNet34(256, True)),
    ("ECAPA-TDNN, SpeechBrain, 1,024", Ecapa("SpeechBrain", 1024, 128, pooled=3072)),
    ("ECAPA-TDNN, WeSpeaker, 512", Ecapa("WeSpeaker", 512, 128)),
    ("ECAPA-TDNN, WeSpeaker, 1,024", Ecapa("WeSpeaker", 1024, 128)),
):
    print(name, sum(p.numel() for p in network.parameters()))
