"""Prints outputs of the two networks, written here in PyTorch from the papers, for ReferenceParityTests.cs. Needs torch."""
import math
import torch
import torch.nn as nn
import torch.nn.functional as F

torch.set_num_threads(1)


class Gate(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.fc = nn.Sequential(nn.Linear(c, c // 8), nn.ReLU(), nn.Linear(c // 8, c), nn.Sigmoid())

    def forward(self, x):
        return x * self.fc(F.adaptive_avg_pool2d(x, 1).flatten(1))[:, :, None, None]


class Block(nn.Module):
    def __init__(self, i, o, stride):
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(i, o, 3, stride, 1, bias=False), nn.BatchNorm2d(o)
        self.conv2, self.bn2 = nn.Conv2d(o, o, 3, 1, 1, bias=False), nn.BatchNorm2d(o)
        self.se = Gate(o)
        self.downsample = nn.Sequential(nn.Conv2d(i, o, 1, stride, bias=False), nn.BatchNorm2d(o)) if stride != 1 or i != o else None

    def forward(self, x):
        y = self.se(self.bn2(self.conv2(self.bn1(F.relu(self.conv1(x))))))
        return F.relu(y + (x if self.downsample is None else self.downsample(x)))


class FastResNet34(nn.Module):
    def __init__(self, pooling, size, channels=(16, 32, 64, 128), blocks=(3, 4, 6, 3)):
        super().__init__()
        self.pooling, self.normalise = pooling, nn.InstanceNorm1d(40)
        self.conv1, self.bn1 = nn.Conv2d(1, channels[0], 7, (2, 1), 3, bias=False), nn.BatchNorm2d(channels[0])
        before = channels[0]
        for s, stride in enumerate((1, 2, 2, 1)):
            stage = [Block(before if b == 0 else channels[s], channels[s], stride if b == 0 else 1) for b in range(blocks[s])]
            setattr(self, f"layer{s + 1}", nn.Sequential(*stage))
            before = channels[s]
        if pooling != "TAP":
            self.sap_linear, self.attention = nn.Linear(before, before), nn.Parameter(torch.zeros(before, 1))
        self.fc = nn.Linear(2 * before if pooling == "ASP" else before, size)

    def forward(self, x):
        x = F.relu(self.bn1(self.conv1(self.normalise(x)[:, None])))
        x = self.layer4(self.layer3(self.layer2(self.layer1(x)))).mean(2)
        if self.pooling == "TAP":
            return self.fc(x.mean(2))
        w = torch.softmax(torch.einsum("btc,co->bto", torch.tanh(self.sap_linear(x.transpose(1, 2))), self.attention)[:, :, 0], 1)[:, None]
        mean = (x * w).sum(2)
        if self.pooling == "SAP":
            return self.fc(mean)
        return self.fc(torch.cat([mean, torch.sqrt(((x * x * w).sum(2) - mean * mean).clamp(min=1e-5))], 1))


class Vad(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1, self.conv2 = nn.Conv1d(40, 64, 5), nn.Conv1d(64, 64, 5)
        self.gru, self.output = nn.GRU(64, 64, 2, batch_first=True), nn.Linear(64, 1)
        self.register_buffer("feature_mean", torch.zeros(40))
        self.register_buffer("feature_std", torch.ones(40))

    def forward(self, x):
        x = F.pad(((x - self.feature_mean) / self.feature_std).transpose(1, 2), (4, 4))
        x = F.relu(self.conv2(F.relu(self.conv1(x)))).transpose(1, 2)
        return self.output(self.gru(x)[0])[:, :, 0]


def wave(count, phase):
    return torch.sin(torch.arange(count, dtype=torch.float64) * 0.7310585 + phase)


def fill(network):
    for k, (name, value) in enumerate(sorted((n, v) for n, v in network.state_dict().items() if v.dtype == torch.float32)):
        w = wave(value.numel(), k)
        if name.endswith("running_var") or name.endswith("feature_std"):
            w = 1 + 0.5 * w
        elif value.dim() > 1:
            w = w * 2 / math.sqrt(value[0].numel())
        elif name.endswith("weight"):
            w = 1 + 0.2 * w
        else:
            w = 0.1 * w
        value.copy_(w.reshape(value.shape))
    return network.eval()


def features(bins, frames):
    return wave(2 * bins * frames, 0.5).reshape(2, bins, frames).float() * torch.linspace(0.5, 2, frames)


if __name__ == "__main__":
    with torch.no_grad():
        x = features(40, 60)
        for pooling in ("TAP", "SAP", "ASP"):
            print(pooling, [f"{v:.6f}f" for v in fill(FastResNet34(pooling, 24))(x)[1, :6].tolist()])
        print("VAD", [f"{v:.6f}f" for v in fill(Vad())(x.transpose(1, 2))[1, ::10].tolist()])
