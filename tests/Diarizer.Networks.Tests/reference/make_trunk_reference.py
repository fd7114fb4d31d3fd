"""Prints outputs and sizes of the papers' networks, written here in PyTorch, for TrunkParityTests.cs. Needs torch."""
import torch
import torch.nn as nn
import torch.nn.functional as F
from make_reference import Block, features, fill


class Vgg(nn.Module):
    def __init__(self, size):
        super().__init__()
        n = nn.BatchNorm2d
        self.netcnn = nn.Sequential(
            nn.Conv2d(1, 96, (5, 7), (1, 2), (2, 2)), n(96), nn.ReLU(), nn.MaxPool2d((1, 3), (1, 2)),
            nn.Conv2d(96, 256, 5, 2, 1), n(256), nn.ReLU(), nn.MaxPool2d(3, 2),
            nn.Conv2d(256, 384, 3, 1, 1), n(384), nn.ReLU(), nn.Conv2d(384, 256, 3, 1, 1), n(256), nn.ReLU(),
            nn.Conv2d(256, 256, 3, 1, 1), n(256), nn.ReLU(), nn.MaxPool2d(3, 2), nn.Conv2d(256, 512, (4, 1)), n(512), nn.ReLU())
        self.fc = nn.Linear(512, size)

    def forward(self, x):
        return self.fc(self.netcnn(F.instance_norm(x)[:, None]).mean((2, 3)))


class ThinResNet34(nn.Module):
    def __init__(self, size, channels=(16, 32, 64, 128), blocks=(3, 4, 6, 3)):
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(1, channels[0], 7, (2, 1), 3, bias=False), nn.BatchNorm2d(channels[0])
        before = channels[0]
        for s, stride in enumerate((1, 2, 2, 2)):
            setattr(self, f"layer{s + 1}", nn.Sequential(*[Block(before if b == 0 else channels[s], channels[s], stride if b == 0 else 1) for b in range(blocks[s])]))
            before = channels[s]
        self.sap_linear, self.attention = nn.Linear(before, before), nn.Parameter(torch.zeros(before, 1))
        self.fc = nn.Linear(before, size)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.bn1(self.conv1(F.instance_norm(x)[:, None]))), 3, (2, 1), 1)
        x = self.layer4(self.layer3(self.layer2(self.layer1(x)))).mean(2).transpose(1, 2)
        return self.fc((x * torch.softmax(torch.tanh(self.sap_linear(x)) @ self.attention, 1)).sum(1))


def clipped(x):
    return x.clamp(0, 20)


class SpeakerBlock(nn.Module):
    def __init__(self, c, kernels):
        super().__init__()
        self.convs = nn.ModuleList([nn.Conv2d(c, c, k, 1, k // 2, bias=False) for k in kernels])
        self.bns = nn.ModuleList([nn.BatchNorm2d(c) for _ in kernels])

    def forward(self, x):
        y = x
        for i, (conv, bn) in enumerate(zip(self.convs, self.bns)):
            y = bn(conv(clipped(y) if i else y))
        return clipped(x + y)


class SpeakerStage(nn.Module):
    def __init__(self, i, o, blocks, kernels):
        super().__init__()
        self.conv, self.bn = nn.Conv2d(i, o, 5, 2, 2, bias=False), nn.BatchNorm2d(o)
        self.blocks = nn.Sequential(*[SpeakerBlock(o, kernels) for _ in range(blocks)])

    def forward(self, x):
        return self.blocks(clipped(self.bn(self.conv(x))))


class DeepSpeakerCnn(nn.Module):
    def __init__(self, channels=(64, 128, 256, 512), blocks=3, kernels=(3, 3), size=512):
        super().__init__()
        self.stages = nn.ModuleList([SpeakerStage(i, o, blocks, kernels) for i, o in zip((1, *channels), channels)])
        self.affine = nn.Linear(channels[-1] * (64 >> len(channels)), size)

    def forward(self, x):
        x = x[:, None]
        for stage in self.stages:
            x = stage(x)
        return F.normalize(self.affine(x.mean(3).flatten(1)))


class DeepSpeakerGru(nn.Module):
    def __init__(self, channels=64, hidden=1024, layers=3, size=512):
        super().__init__()
        self.conv, self.bn = nn.Conv2d(1, channels, 5, 2, 2, bias=False), nn.BatchNorm2d(channels)
        widths = [channels * 32] + [hidden] * (layers - 1)
        self.norms = nn.ModuleList([nn.BatchNorm1d(w) for w in widths])
        self.grus = nn.ModuleList([nn.GRU(w, hidden, batch_first=True) for w in widths])
        self.affine = nn.Linear(hidden, size)

    def forward(self, x):
        x = clipped(self.bn(self.conv(x[:, None]))).flatten(1, 2)
        for norm, gru in zip(self.norms, self.grus):
            x = gru(norm(x).transpose(1, 2))[0].transpose(1, 2)
        return F.normalize(self.affine(x.mean(2)))


class Siamese(nn.Module):
    def __init__(self, bins=128, hidden=256, dense=(1024, 512, 256, 128)):
        super().__init__()
        self.blstm1 = nn.LSTM(bins, hidden, batch_first=True, bidirectional=True)
        self.blstm2 = nn.LSTM(2 * hidden, hidden, batch_first=True, bidirectional=True)
        self.dense = nn.ModuleList([nn.Linear(i, o) for i, o in zip((2 * hidden, *dense), dense)])
        self.prelu = nn.ModuleList([nn.PReLU(o) for o in dense[:-1]])

    def forward(self, x):
        x = (x - x.mean((1, 2), keepdim=True)) / x.std((1, 2), unbiased=False, keepdim=True)
        y = self.blstm2(self.blstm1(x.transpose(1, 2))[0])[0]
        half = y.shape[2] // 2
        state = torch.cat([y[:, -1, :half], y[:, 0, half:]], 1)
        x = state
        for dense, prelu in zip(self.dense, self.prelu):
            x = prelu(dense(x))
        return state, torch.softmax(self.dense[-1](x), 1)


class Cbam(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.cov_t, self.cov_f = nn.Conv2d(c, c, (7, 1), 1, (3, 0)), nn.Conv2d(c, c, (1, 7), 1, (0, 3))

    def forward(self, x):
        t, f = torch.sigmoid(self.cov_t(x.mean(3, True))), torch.sigmoid(self.cov_f(x.mean(2, True)))
        return (x * t + x * f) / 2


class AttentionBlock(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(c, c, 3, 1, 1, bias=False), nn.BatchNorm2d(c)
        self.conv2, self.bn2 = nn.Conv2d(c, c, 3, 1, 1, bias=False), nn.BatchNorm2d(c)
        self.CBAM_layer = Cbam(c)

    def forward(self, x):
        return F.relu(x + self.CBAM_layer(self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x)))))))


class ResCnn(nn.Module):
    def __init__(self, w, size=256):
        super().__init__()
        for s, (i, o) in enumerate(((1, w), (w, 2 * w), (2 * w, 4 * w))):
            setattr(self, f"conv{s + 1}", nn.Conv2d(i, o, 5, 2, 2, bias=s == 0))
            setattr(self, f"bn{s + 1}", nn.BatchNorm2d(o))
            setattr(self, f"layer{s + 1}", nn.Sequential(AttentionBlock(o)))
        self.fc1 = nn.Sequential(nn.Linear(16 * w, size), nn.BatchNorm1d(size))

    def forward(self, x):
        x = (x - x.mean(2, True)).transpose(1, 2)[:, None]
        for conv, bn, layer in ((self.conv1, self.bn1, self.layer1), (self.conv2, self.bn2, self.layer2), (self.conv3, self.bn3, self.layer3)):
            x = layer(F.relu(bn(conv(x))))
        return self.fc1(F.adaptive_avg_pool2d(x, (1, 4)).flatten(1))


class Delay(nn.Module):
    def __init__(self, i, o, context, dilation):
        super().__init__()
        self.kernel, self.bn = nn.Conv1d(i, o, context, dilation=dilation), nn.BatchNorm1d(o)

    def forward(self, x):
        return self.bn(F.relu(self.kernel(x)))


class Tdnn(nn.Module):
    def __init__(self, channels, bins=161, segment=512, size=256):
        super().__init__()
        for k, (i, o, c, d) in enumerate(zip((bins, *channels), channels, (5, 3, 3, 1, 1), (1, 2, 3, 1, 1))):
            setattr(self, f"frame{k + 1}", Delay(i, o, c, d))
        self.segment6 = nn.Sequential(nn.Linear(2 * channels[-1], segment), nn.ReLU(), nn.BatchNorm1d(segment))
        self.segment7 = nn.Sequential(nn.Linear(segment, size), nn.ReLU(), nn.BatchNorm1d(size))

    def forward(self, x):
        x = x - x.mean(2, True)
        for k in range(5):
            x = getattr(self, f"frame{k + 1}")(x)
        return self.segment7(self.segment6(torch.cat([x.mean(2), (x.var(2, unbiased=False) + 1e-12).sqrt()], 1)))


class ChannelGate(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.se = nn.Sequential(nn.AdaptiveAvgPool1d(1), nn.Conv1d(c, 128, 1), nn.ReLU(), nn.Conv1d(128, c, 1), nn.Sigmoid())

    def forward(self, x):
        return x * self.se(x)


class Res2(nn.Module):
    def __init__(self, c, d, scale=8):
        super().__init__()
        w = c // scale
        self.w, self.conv1, self.bn1 = w, nn.Conv1d(c, c, 1), nn.BatchNorm1d(c)
        self.convs = nn.ModuleList([nn.Conv1d(w, w, 3, dilation=d, padding=d) for _ in range(scale - 1)])
        self.bns = nn.ModuleList([nn.BatchNorm1d(w) for _ in range(scale - 1)])
        self.conv3, self.bn3, self.se = nn.Conv1d(c, c, 1), nn.BatchNorm1d(c), ChannelGate(c)

    def forward(self, x):
        parts = list(self.bn1(F.relu(self.conv1(x))).split(self.w, 1))
        for i, (conv, bn) in enumerate(zip(self.convs, self.bns)):
            parts[i] = bn(F.relu(conv(parts[i] + (parts[i - 1] if i else 0))))
        return x + self.se(self.bn3(F.relu(self.conv3(torch.cat(parts, 1)))))


class Ecapa(nn.Module):
    def __init__(self, c, hidden=128, bins=80, size=192):
        super().__init__()
        self.conv1, self.bn1 = nn.Conv1d(bins, c, 5, padding=2), nn.BatchNorm1d(c)
        self.layer1, self.layer2, self.layer3 = Res2(c, 2), Res2(c, 3), Res2(c, 4)
        self.layer4 = nn.Conv1d(3 * c, 1536, 1)
        self.attention = nn.Sequential(nn.Conv1d(4608, hidden, 1), nn.ReLU(), nn.BatchNorm1d(hidden), nn.Tanh(), nn.Conv1d(hidden, 1536, 1))
        self.bn5, self.fc6, self.bn6 = nn.BatchNorm1d(3072), nn.Linear(3072, size), nn.BatchNorm1d(size)

    def forward(self, x):
        x = self.bn1(F.relu(self.conv1(x - x.mean(2, True))))
        a = self.layer1(x)
        b = self.layer2(x + a)
        c = self.layer3(x + a + b)
        x = F.relu(self.layer4(torch.cat([a, b, c], 1)))
        around = [x.mean(2, True).expand_as(x), x.var(2, keepdim=True).clamp(min=1e-4).sqrt().expand_as(x)]
        w = torch.softmax(self.attention(torch.cat([x, *around], 1)), 2)
        mean = (x * w).sum(2)
        return self.bn6(self.fc6(self.bn5(torch.cat([mean, ((x * x * w).sum(2) - mean * mean).clamp(min=1e-4).sqrt()], 1))))


def show(name, values):
    print(name, ", ".join(f"{v:.6f}f" for v in values[1, :6].tolist()))


def count(name, network):
    print(name, sum(p.numel() for p in network.parameters()))


class Attention(nn.Module):
    """x * sigmoid(w g + b) for each bin, with the first w and b and weights that fall with frequency."""

    def __init__(self, bins):
        super().__init__()
        self.w, self.b = nn.Parameter(torch.zeros(())), nn.Parameter(torch.zeros(()))
        self.register_buffer("g", torch.zeros(bins))

    def first(self):
        self.w.fill_(2)
        self.b.fill_(-1)
        self.g.copy_(1 / (1 + torch.arange(len(self.g)) / 8))

    def forward(self, x):
        return x * torch.sigmoid(self.w * self.g + self.b)[:, None]


class Attended(nn.Module):
    """A network whose input is normalised and weighted; the mean that the network itself takes off is zero by then."""

    def __init__(self, network, mask):
        super().__init__()
        self.inner, self.mask = network, mask

    def forward(self, x):
        return self.inner(self.mask(x - x.mean(2, True)))


def attended(network, bins):
    """Filled as if the layer were the network's own child, named mask_layer."""
    network.mask_layer = Attention(bins)
    fill(network)
    mask = network.mask_layer
    del network.mask_layer
    mask.first()
    return Attended(network, mask).eval()


if __name__ == "__main__":
    with torch.no_grad():
        show("VGG-M-40", fill(Vgg(24))(features(40, 80)))
        show("Thin ResNet-34", fill(ThinResNet34(24))(features(257, 40)))
        show("Deep Speaker CNN", fill(DeepSpeakerCnn((8, 16, 24), 2, (3, 3), 24))(features(64, 37)))
        show("Deep Speaker CNN, bottleneck", fill(DeepSpeakerCnn((8, 16, 24), 2, (1, 3, 1), 24))(features(64, 37)))
        show("Deep Speaker GRU", fill(DeepSpeakerGru(8, 32, 3, 24))(features(64, 37)))
        state, distribution = fill(Siamese(40, 32, (48, 24, 16)))(features(40, 50))
        show("Siamese state", state)
        show("Siamese distribution", distribution)
        show("ResCNN", fill(ResCnn(16, 24))(features(161, 45)))
        show("TDNN", fill(Tdnn((32, 32, 32, 32, 48), 40, 24, 24))(features(40, 30)))
        show("ECAPA-TDNN", fill(Ecapa(64, 32))(features(80, 40)))
        show("ResCNN with attention", attended(ResCnn(16, 24), 161)(features(161, 45)))
        show("TDNN with attention", attended(Tdnn((32, 32, 32, 32, 48), 40, 24, 24), 40)(features(40, 30)))
        show("ECAPA-TDNN with attention", attended(Ecapa(64, 32), 80)(features(80, 40)))
    count("VGG-M-40", Vgg(1024))
    count("Thin ResNet-34", ThinResNet34(512))
    count("Deep Speaker ResCNN", DeepSpeakerCnn())
    count("Deep Speaker simple CNN", DeepSpeakerCnn((64, 128, 256)))
    count("Deep Speaker simple CNN, bottleneck", DeepSpeakerCnn((64, 128, 256), kernels=(1, 3, 1)))
    count("Deep Speaker GRU", DeepSpeakerGru())
    count("Siamese BLSTM", Siamese())
    for width in (64, 32, 16):
        count(f"ResCNN-{width}", ResCnn(width))
    count("TDNN", Tdnn((512, 512, 512, 512, 1500)))
    count("TDNN-s", Tdnn((256, 256, 256, 256, 768)))
    for channels in (1024, 512):
        count(f"ECAPA-TDNN-{channels}", Ecapa(channels))
