"""Prints features as other trainers compute them, for ForeignFrontEndTests.cs. Needs torch and torchaudio."""
import math

import torch
import torchaudio
import torchaudio.compliance.kaldi as kaldi
from make_reference import x


def show(name, frames):
    print(f"// {name}: {frames.shape[0]} frames")
    for t in (0, 1, 12, frames.shape[0] - 1):
        print(f"[{', '.join(f'{v:.6f}f' for v in frames[t, ::6].tolist())}],")


def mel_spectrogram(x, window):
    mel = torchaudio.transforms.MelSpectrogram(sample_rate=16_000, n_fft=512, win_length=400, hop_length=160, window_fn=window, n_mels=40)
    return (mel(x) + 1e-6).log().T


def fbank(x, bins=40, points=400):
    """SpeechBrain's Fbank, from its description: a centred transform with zeros around, symmetric triangles, decibels, 80 dB of range."""
    power = torch.stft(x, points, 160, 400, torch.hamming_window(400), center=True, pad_mode="constant", return_complex=True).abs() ** 2
    edges = 700 * (10 ** (torch.linspace(0, 2595 * math.log10(1 + 8_000 / 700), bins + 2) / 2595) - 1)
    slope = (torch.linspace(0, 8_000, points // 2 + 1)[None] - edges[1:-1, None]) / (edges[1:] - edges[:-1])[:-1, None]
    decibels = 10 * torch.log10((torch.minimum(slope + 1, 1 - slope).clamp(min=0) @ power).clamp(min=1e-10))
    return torch.maximum(decibels, decibels.max() - 80).T


show("torchaudio, Hann", mel_spectrogram(x, torch.hann_window))
emphasised = x - 0.97 * torch.cat([x[1:2], x[:-1]])
show("torchaudio after pre-emphasis, Hamming", mel_spectrogram(emphasised, torch.hamming_window))
show("Kaldi", kaldi.fbank(x[None] * 32_768, num_mel_bins=40, window_type="hamming", sample_frequency=16_000) - 2 * math.log(32_768))
quiet = torch.cat([x[:2_000], x[2_000:] * 1e-5])
show("SpeechBrain", fbank(quiet))
