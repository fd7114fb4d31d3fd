"""Prints log-mel values computed by torchaudio for TorchaudioParityTests.cs. Needs torch and torchaudio (any version with melscale_fbanks)."""
import math
import torch
import torchaudio

RATE, WINDOW, HOP, DFT, MELS = 16_000, 400, 160, 512, 40

n = torch.arange(4_000, dtype=torch.float64)
x = (0.3 * torch.sin(2 * math.pi * 440 * n / RATE) + 0.2 * torch.sin(2 * math.pi * 3_000 * n / RATE)
     + 0.1 * torch.sin(2 * math.pi * (100 + n / 4) * n / RATE)).float()


def emphasise(x, a):
    return x - a * torch.cat([x[1:2], x[:-1]])


def log_mel(x):
    mel = torchaudio.transforms.MelSpectrogram(
        sample_rate=RATE, n_fft=DFT, win_length=WINDOW, hop_length=HOP, f_min=20, f_max=7_600, n_mels=MELS,
        window_fn=torch.hamming_window, norm=None, mel_scale="htk", center=False)
    # torch.stft lays a short window in the middle of the DFT; frames that start at HOP * i need half the difference before the first sample.
    side = (DFT - WINDOW) // 2
    padded = torch.nn.functional.pad(x, (side, side))
    return (mel(padded) + 1e-6).log().T


def show(name, frames):
    print(f"// {name}: {frames.shape[0]} frames")
    for t in (0, 1, 22):
        print(f"[{', '.join(f'{v:.6f}f' for v in frames[t, ::6].tolist())}],")


show("pre-emphasis 0.97", log_mel(emphasise(x, 0.97)))
show("no pre-emphasis", log_mel(x))
spectrum = torch.stft(x, 320, 160, 320, torch.hamming_window(320), center=False, return_complex=True)
show("161-bin spectrogram, every 24th", (spectrum.abs() ** 2 + 1e-6).log().T[:, ::4])  # show() takes every sixth of these
