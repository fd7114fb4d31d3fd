"""Compares imported networks with the public implementations that they come from: bench/parity.py SOURCES [--audio DIR] [--work DIR] [--only NAME...]

SOURCES is a folder with checkouts of voxceleb_trainer (clovaai), ECAPA-TDNN (TaoRuijie), speechbrain and wespeaker (wenet-e2e); what is absent is
skipped with a message. Each network is built by its own code with random weights and statistics and saved as its trainer saves it; `diarizer-train import`
makes a model of the file; then compared are the network's outputs on random features, and the embeddings (of length 1) of recordings. Needs
PyTorch, NumPy and torchaudio, and the programs in out/ (./build.sh).
"""
import argparse
import contextlib
import importlib
import pathlib
import re
import subprocess
import sys
import tempfile
import types
import wave

import numpy as np
import torch

from common import TRAINER, note

LIMIT = 1e-4
SECONDS = (2.0, 3.37, 1.013)


def stub(*names):
    """Stands in for modules that the networks import but do not use here."""
    for name in names:
        if name not in sys.modules:
            module = types.ModuleType(name)
            module.__getattr__ = lambda attribute: type(attribute, (), {})
            module.__path__ = []
            sys.modules[name] = module


def package(name, path):
    """Names a folder as a package without running its __init__, which would import half of the world."""
    module = types.ModuleType(name)
    module.__path__ = [str(path)]
    sys.modules[name] = module


def forget(*roots):
    for name in [n for n in sys.modules if n.split(".")[0] in roots]:
        del sys.modules[name]


def shake(network, seed, gain):
    """Random statistics and shifts where a fresh network has zeros and ones; a gain on the weights keeps what the input says alive to the end."""
    generator = torch.Generator().manual_seed(seed)
    for name, value in network.state_dict().items():
        if name.endswith("running_mean") or (name.endswith("bias") and value.dim() == 1):
            value.copy_(0.1 * torch.randn(value.shape, generator=generator))
        elif name.endswith("running_var"):
            value.copy_(0.5 + torch.rand(value.shape, generator=generator))
        elif name.endswith("weight") and value.dim() == 1:
            value.copy_(0.8 + 0.4 * torch.rand(value.shape, generator=generator))
        elif value.dim() > 1 and "torchfb" not in name:
            value.mul_(gain)
    return network.eval()


class Case:
    """One network: how it is saved, what it makes of features [N, frames, bins], and of samples [1, n]."""

    def __init__(self, name, layout, state, bins, on_features, on_samples):
        self.name, self.layout, self.state, self.bins = name, layout, state, bins
        self.on_features, self.on_samples = on_features, on_samples


class Given(torch.nn.Module):
    """In the place of a front end: hands over features as they are."""

    def forward(self, features):
        return features


def voxceleb_trainer(root):
    sys.path.insert(0, str(root))
    if not hasattr(torch, "amp") or not hasattr(torch.amp, "autocast"):
        torch.amp = types.SimpleNamespace(autocast=torch.autocast)
    torch.amp.autocast = lambda device, enabled: torch.autocast("cpu", enabled=False)  # as on a machine without CUDA
    for file, options in (
        ("ResNetSE34L", dict(nOut=512, encoder_type="SAP", n_mels=40)),
        ("ResNetSE34L", dict(nOut=512, encoder_type="ASP", n_mels=64)),
        ("ResNetSE34V2", dict(nOut=512, encoder_type="ASP", n_mels=64)),
        ("VGGVox", dict(nOut=1024, encoder_type="TAP")),
        ("VGGVox", dict(nOut=512, encoder_type="SAP")),
    ):
        torch.manual_seed(1)
        with contextlib.redirect_stdout(sys.stderr):
            network = shake(importlib.import_module(f"models.{file}").MainModel(log_input=True, **options), 2, gain=2 if file == "VGGVox" else 1.1)
        state = {f"__S__.{k}": v for k, v in network.state_dict().items()} | {"__L__.w": torch.tensor(10.0), "__L__.b": torch.tensor(-5.0)}

        def on_features(features, network=network):
            front_end, network.torchfb, network.log_input = network.torchfb, Given(), False
            # The network adds 1e-6 to what it takes for mel energies.
            output = network(torch.as_tensor(features).transpose(1, 2) - 1e-6)
            network.torchfb, network.log_input = front_end, True
            return output

        yield Case(f"{file} {options['encoder_type']}", "voxceleb_trainer", {"model_state_dict": state, "epoch": 1}, options.get("n_mels", 40), on_features, network)
    forget("models", "utils")
    sys.path.remove(str(root))


def tao_ruijie(root):
    sys.path.insert(0, str(root))
    model = importlib.import_module("model")
    for channels in (512, 1024):
        torch.manual_seed(3)
        network = shake(model.ECAPA_TDNN(C=channels), 4, gain=2)
        state = {f"speaker_encoder.{k}": v for k, v in network.state_dict().items()} | {"speaker_loss.weight": torch.randn(10, 192)}

        def on_features(features, network=network):
            front_end, network.torchfbank = network.torchfbank, Given()
            output = network(torch.as_tensor(features).transpose(1, 2).exp() - 1e-6, aug=False)
            network.torchfbank = front_end
            return output

        yield Case(f"ECAPA_TDNN C={channels}", "taoruijie-ecapa", state, 80, on_features, lambda x, network=network: network(x, aug=False))
    forget("model")
    sys.path.remove(str(root))


def speechbrain(root):
    for name in ("speechbrain", "speechbrain.utils", "speechbrain.dataio", "speechbrain.nnet", "speechbrain.processing", "speechbrain.lobes", "speechbrain.lobes.models"):
        package(name, root / pathlib.Path(*name.split(".")))
    stub("tqdm", "hyperpyyaml", "sentencepiece", "joblib", "huggingface_hub")
    if not hasattr(torch.optim.lr_scheduler, "LRScheduler"):  # its name before PyTorch 2
        torch.optim.lr_scheduler.LRScheduler = torch.optim.lr_scheduler._LRScheduler
    ecapa = importlib.import_module("speechbrain.lobes.models.ECAPA_TDNN")
    front_end = fbank(importlib.import_module("speechbrain.processing.features"))
    for channels in ([1024] * 4 + [3072], [512] * 4 + [1536]):
        torch.manual_seed(5)
        network = shake(ecapa.ECAPA_TDNN(80, lin_neurons=192, channels=channels, attention_channels=128), 6, gain=2)
        run = lambda features, network=network: network(features - features.mean(1, keepdim=True)).squeeze(1)
        yield Case(f"ECAPA_TDNN {channels[0]}", "speechbrain-ecapa", network.state_dict(), 80, lambda f, run=run: run(torch.as_tensor(f)), lambda x, run=run: run(front_end(x)))
    forget("speechbrain")


def fbank(features):
    """The steps of speechbrain.lobes.features.Fbank, whose own file imports much more, with its defaults."""
    transform = features.STFT(sample_rate=16_000, n_fft=400, win_length=25, hop_length=10)
    filters = features.Filterbank(sample_rate=16_000, n_fft=400, n_mels=80, f_min=0, f_max=8_000)
    return lambda x: filters(features.spectral_magnitude(transform(x)))


def wespeaker(root):
    package("wespeaker", root / "wespeaker")
    package("wespeaker.models", root / "wespeaker" / "models")
    resnet, ecapa = (importlib.import_module(f"wespeaker.models.{name}") for name in ("resnet", "ecapa_tdnn"))
    kaldi = importlib.import_module("torchaudio.compliance.kaldi")

    def front_end(x):
        features = kaldi.fbank(x * (1 << 15), num_mel_bins=80, frame_length=25, frame_shift=10, sample_frequency=16_000, window_type="hamming", use_energy=False)
        return (features - features.mean(0))[None]

    for name, make in (
        ("ResNet34 TSTP", lambda: resnet.ResNet34(80, 256)),
        ("ResNet34 TSTP, two layers", lambda: resnet.ResNet34(80, 256, two_emb_layer=True)),
        ("ResNet18 TSTP", lambda: resnet.ResNet18(80, 256)),
        ("ECAPA_TDNN_GLOB_c512", lambda: ecapa.ECAPA_TDNN_GLOB_c512(80, 192)),
        ("ECAPA_TDNN_GLOB_c1024", lambda: ecapa.ECAPA_TDNN_GLOB_c1024(80, 192)),
        ("ECAPA_TDNN_c512, emb_bn", lambda: ecapa.ECAPA_TDNN_c512(80, 192, emb_bn=True)),
    ):
        torch.manual_seed(7)
        network = shake(make(), 8, gain=1.6 if name.startswith("ResNet") else 2)
        state = network.state_dict() | {"projection.weight": torch.randn(10, 256)}
        run = lambda features, network=network: network(features - features.mean(1, keepdim=True))[-1]
        layout = "wespeaker-resnet34" if name.startswith("ResNet") else "wespeaker-ecapa"
        yield Case(name, layout, state, 80, lambda f, run=run: run(torch.as_tensor(f)), lambda x, run=run: run(front_end(x)))
    forget("wespeaker")


PUBLIC = {"voxceleb_trainer": voxceleb_trainer, "ECAPA-TDNN": tao_ruijie, "speechbrain": speechbrain, "wespeaker": wespeaker}


def recordings(folder, work):
    """16-bit samples as floats, and a manifest of the WAV files that hold them: made-up voices, or pieces of the files in a folder."""
    rows, signals = [], []
    random = np.random.default_rng(9)
    found = sorted(folder.rglob("*.wav"))[: len(SECONDS)] if folder else []
    for i, seconds in enumerate(SECONDS):
        count = int(seconds * 16_000)
        if found:
            with wave.open(str(found[i % len(found)])) as file:
                samples = np.frombuffer(file.readframes(count), "<i2")
        else:
            t = np.arange(count) / 16_000
            voice = sum(np.sin(2 * np.pi * (110 + 40 * i) * k * t + random.uniform(0, 6)) / k for k in range(1, 30)) * (1 + np.sin(2 * np.pi * 3 * t)) ** 2
            samples = (1_500 * voice + 30 * random.standard_normal(count)).clip(-32_768, 32_767).astype("<i2")
        with wave.open(str(work / f"{i}.wav"), "wb") as file:
            file.setparams((1, 2, 16_000, 0, "NONE", ""))
            file.writeframes(samples.tobytes())
        rows.append(f"u{i}\ts{i}\tparity\ttest\t\t{i}.wav\t0\t{len(samples) / 16_000}")
        signals.append(torch.from_numpy(samples.astype(np.float32) / 32_768)[None])
    manifest = work / "parity.tsv"
    manifest.write_text("\n".join(["utterance\tspeaker\tcorpus\tsplit\tsession\tfile\tstart_s\tduration_s", *rows]) + "\n")
    return manifest, signals


def trainer(*arguments):
    done = subprocess.run([str(TRAINER), *map(str, arguments)], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"diarizer-train {' '.join(map(str, arguments))} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def compare(case, legacy, manifest, signals, work):
    checkpoint, model = work / "checkpoint.pt", work / "model.safetensors"
    torch.save(case.state, checkpoint, _use_new_zipfile_serialization=not legacy)
    trainer("import", checkpoint, "--layout", case.layout, "--out", model)
    features = np.random.default_rng(11).standard_normal((2, 173, case.bins)).astype(np.float32)
    np.save(work / "features.npy", features)
    trainer("forward", "--model", model, "--features", work / "features.npy", "--out", work / "outputs.npy", "--threads", 1)
    trainer("embed", "--manifest", manifest, "--model", model, "--out", work / "embeddings.npy", "--cache", work / "cache", "--device", "cpu", "--threads", 1)
    with torch.no_grad():
        outputs = case.on_features(features).numpy()
        embeddings = np.concatenate([torch.nn.functional.normalize(case.on_samples(x)).numpy() for x in signals])
    return (
        (np.abs(outputs - np.load(work / "outputs.npy")).max(), np.abs(outputs).max(), np.abs(outputs[0] - outputs[1]).max()),
        (np.abs(embeddings - np.load(work / "embeddings.npy")).max(), np.abs(embeddings[0] - embeddings[1]).max()),
    )


def list_names(case, folder):
    """Writes a line for each tensor: its name, and its sizes with x between them. Counters of batches, which have none, are left out."""
    state = case.state.get("model_state_dict", case.state)
    lines = [f"{name} {'x'.join(map(str, value.shape))}".rstrip() for name, value in state.items() if not name.endswith("num_batches_tracked")]
    folder.mkdir(parents=True, exist_ok=True)
    name = re.sub("[^a-z0-9]+", "-", f"{case.layout} {case.name}".lower()).strip("-")
    (folder / f"{name}.txt").write_text("\n".join(lines) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sources", type=pathlib.Path)
    parser.add_argument("--only", nargs="+", metavar="NAME", help="only networks whose layout or name contains one of these")
    parser.add_argument("--audio", type=pathlib.Path, help="folder of WAV files, 16 kHz mono, to embed instead of made-up ones")
    parser.add_argument("--work", type=pathlib.Path, help="folder for checkpoints and models, kept")
    parser.add_argument("--names", type=pathlib.Path, dest="listing", help="folder that gets a list of names and shapes for each network; nothing is compared")
    options = parser.parse_args()
    torch.set_num_threads(1)
    worst = 0.0
    with tempfile.TemporaryDirectory() as temporary:
        work = options.work or pathlib.Path(temporary)
        work.mkdir(parents=True, exist_ok=True)
        manifest, signals = recordings(options.audio, work)
        print("| layout | network | file | outputs on features: difference | largest value | between examples | embeddings of audio: difference | between recordings |")
        print("|---|---|---|---|---|---|---|---|", flush=True)
        for folder, cases in PUBLIC.items():
            if not (options.sources / folder).is_dir():
                note(f"{options.sources / folder} is absent; its networks were left out.")
                continue
            for i, case in enumerate(cases(options.sources / folder)):
                if options.only and not any(name in f"{case.layout} {case.name}" for name in options.only):
                    continue
                if options.listing:
                    list_names(case, options.listing)
                    continue
                legacy = i == 1
                output, embedding = compare(case, legacy, manifest, signals, work)
                cells = [f"{output[0]:.0e}", f"{output[1]:.2f}", f"{output[2]:.2f}", f"{embedding[0]:.0e}", f"{embedding[1]:.3f}"]
                print(f"| {' | '.join([case.layout, case.name, 'pickle' if legacy else 'zip', *cells])} |", flush=True)
                worst = max(worst, output[0], embedding[0])
    if worst > LIMIT:
        sys.exit(f"The largest difference is {worst:.1e}, above {LIMIT:.0e}.")


if __name__ == "__main__":
    main()
