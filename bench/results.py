#!/usr/bin/env python3
"""Trains every system of the papers under one budget and writes docs/results.md: results.py DATA [--runs FOLDER] [--only NAME...] [--write]

A system is a file of training/systems; its budget, the same for all, is 16,000 crops of 1 s (of 0.5 s for the siamese network, which is made for such segments, twice as many). What is finished
is not trained again, and what was stopped goes on, as long as its configuration stays the same. --write puts the tables into docs/results.md; without it they are printed. --finished trains nothing and tells what
there is already.
"""
import argparse
import hashlib
import json
import pathlib
import platform
import resource
import subprocess
import sys

from common import ROOT, TRAINER, note, quiet

CROPS = (1, 2, 4)
SYSTEMS = ROOT / "training" / "systems"
DOCUMENT = ROOT / "docs" / "results.md"

# What a claim of the papers is read off: the claim, the runs that are to be better, those that are to be worse.
CLAIMS = (
    ("Angular prototypical beats softmax on Fast ResNet-34 (C)", ["c-fast"], ["c-fast-softmax"]),
    ("… AM-softmax", ["c-fast"], ["c-fast-am"]),
    ("… AAM-softmax", ["c-fast"], ["c-fast-aam"]),
    ("… triplet", ["c-fast"], ["c-fast-triplet"]),
    ("… GE2E", ["c-fast"], ["c-fast-ge2e"]),
    ("… prototypical", ["c-fast"], ["c-fast-prototypical"]),
    ("Batches of 200 crops help the angular prototypical loss over 20 (C, Table 3)", ["c-fast-batch-200"], ["c-fast-batch-20"]),
    ("Batches of 20 are as good as 200 for softmax (C, Table 3)", ["c-fast-softmax-batch-20"], ["c-fast-softmax-batch-200"]),
    ("Hard negatives after softmax pre-training beat random ones (B)", ["b-rescnn"], ["b-rescnn-random"]),
    ("Removing silence helps Deep Speaker (B)", ["b-rescnn"], ["b-rescnn-silence"]),
    ("The siamese network as meant beats the one as asked (A)", ["a-siamese"], ["a-siamese-asked"]),
    *(
        (f"Attention with a clean teacher's frequencies beats {text} on {network} (D)", [f"{run}-clean"], [f"{run}{other}"])
        for network, run in (("ResCNN-16", "d-rescnn-16"), ("ResCNN-32", "d-rescnn-32"), ("TDNN-s", "d-tdnn-s"))
        for text, other in (("none", ""), ("those of the mel scale", "-mel"), ("an augmented teacher's", "-aug"))
    ),
)

# Networks that are claimed to learn, or not to: the claim, the run, whether it is to be away from chance.
CHANCE = (
    ("The GRU of Deep Speaker converges (B)", "b-gru", True),
    ("The siamese network as asked stays near chance (A)", "a-siamese-asked", False),
    ("The siamese network as meant does not (A)", "a-siamese", True),
)

# Saliency methods that the paper calls the best.
BEST_SALIENCY = ("integrated-gradients", "expected-gradients")


# Whose gradients weigh the frequencies for a network with attention from this source.
TEACHERS = {"clean": "d-rescnn-64", "aug": "d-rescnn-64-aug"}


def configuration(name):
    """The files that describe a system, from its own to the base of all."""
    files = [SYSTEMS / f"{name}.json"]
    while base := json.loads(files[-1].read_text()).get("base"):
        files.append(SYSTEMS / base)
    return files


def weights(name):
    """The file of the frequency weights that a system needs; None for one without attention, or with that of the mel scale."""
    source = json.loads((SYSTEMS / f"{name}.json").read_text()).get("embedder", {}).get("attention", {}).get("source")
    return SYSTEMS / "attention" / f"{source}.json" if source in TEACHERS else None


def fingerprint(name):
    """Of everything that decides what a run becomes."""
    files = configuration(name)[::-1] + ([weights(name)] if weights(name) else [])
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:16]


def silence(name):
    """Utterances are measured as they were trained on."""
    return ["--remove-silence"] if any("removeSilence" in json.loads(file.read_text()).get("data", {}) for file in configuration(name)) else []


def teach(file, data, runs, threads):
    """Takes frequency weights from a teacher, which is trained first."""
    if not file.is_file():
        teacher = TEACHERS[file.stem]
        model, _ = train(teacher, data, runs, threads)
        file.parent.mkdir(exist_ok=True)
        note(f"{teacher}: frequency weights")
        quiet([TRAINER, "attention", "extract", "--run", model.parent.parent / "run", "--data", data, "--cache", ROOT / "cache" / "pcm", "--out", file, *(["--augment"] if file.stem == "aug" else [])])


def saliency(data, model):
    """Areas under the insertion and deletion curves of every method, on the clean teacher."""
    folder = model.parent.parent / "saliency"
    if not (folder / "saliency.json").is_file():
        note("saliency: measuring")
        quiet([TRAINER, "saliency", "--run", model.parent.parent / "run", "--data", data, "--cache", ROOT / "cache" / "pcm", "--out", folder, "--utterances", 60])
    return json.loads((folder / "saliency.json").read_text())


def processor_seconds():
    """Of all children that have ended: unlike the clock, it does not depend on what else the machine does."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def train(name, data, runs, threads):
    """Trains what is not trained yet; gives the model and the processor's seconds that it took, over all attempts."""
    if weights(name):
        teach(weights(name), data, runs, threads)
    folder = runs / f"{name}-{fingerprint(name)}"
    model, clock = folder / "model" / f"{name}.safetensors", folder / "seconds"
    if not model.is_file():
        started = folder.is_dir()
        folder.mkdir(parents=True, exist_ok=True)
        begun = processor_seconds()
        run = folder / "run"
        command = [TRAINER, "train", SYSTEMS / f"{name}.json", "--data", data, "--run", run, "--out", folder / "model", "--cache", ROOT / "cache" / "pcm", "--threads", threads]
        note(f"{name}: training")
        status = subprocess.run([str(part) for part in command + (["--resume"] if started and run.is_dir() else [])], check=False).returncode
        clock.write_text(str(float(clock.read_text() if clock.is_file() else 0) + processor_seconds() - begun))
        if status:
            sys.exit(f"Training {name} ended with status {status}.")
    return model, float(clock.read_text())


def is_trained(name, runs):
    return (weights(name) is None or weights(name).is_file()) and (runs / f"{name}-{fingerprint(name)}" / "model" / f"{name}.safetensors").is_file()


def evaluate(name, data, model):
    stored = model.parent / "verification.json"
    if not stored.is_file():
        note(f"{name}: measuring")
        crops = [part for crop in CROPS for part in ("--crop", crop)]
        stored.write_text(quiet([TRAINER, "evaluate", "--manifest", pathlib.Path(data, "speech.tsv"), "--split", "test", *crops, *silence(name), "--intervals", "--json",
                                 "--model", model, "--cache", ROOT / "cache" / "pcm"]))
    return json.loads(stored.read_text())


def clusters(name, data, model):
    """Misclassification rate of the utterances of the test split, clustered with average linkage on cosines."""
    stored = model.parent / "clusters.json"
    if not stored.is_file():
        stored.write_text(quiet([TRAINER, "evaluate", "clusters", "--manifest", pathlib.Path(data, "speech.tsv"), "--split", "test", "--json",
                                 "--model", model, "--cache", ROOT / "cache" / "pcm"]))
    return json.loads(stored.read_text())


def find(rows, corpus, crop):
    return next(row for row in rows if row["corpus"] == corpus and row.get("crop", crop) == crop)


def rate(row):
    interval = row["intervals"]["eer"]
    return f"{100 * row['eer']:.1f} ({100 * interval['low']:.1f}–{100 * interval['high']:.1f})"


def table(results):
    corpora = sorted({row["corpus"] for row in next(iter(results.values()))["rows"]} - {"pooled"})
    heads = ["system", "parameters", "MACs, 2 s", "training, one core", *(f"pooled, {crop} s" for crop in CROPS), "minDCF 0.01, 2 s", *(f"{corpus}, 2 s" for corpus in corpora)]
    lines = [heads, ["---"] * len(heads)]
    for name, result in results.items():
        cost, rows = result["card"]["cost"], result["rows"]
        scale = 200 / cost["frames"]
        lines.append([name, f"{cost['parameters'] / 1e6:.2f} M", f"{scale * cost['multiplyAdds'] / 1e9:.2f} G", f"{result['seconds'] / 60:.0f} min",
                      *(rate(find(rows, "pooled", crop)) for crop in CROPS), f"{find(rows, 'pooled', 2)['minDcf01']:.3f}", *(rate(find(rows, corpus, 2)) for corpus in corpora)])
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def mean(results, names):
    return sum(find(results[name]["rows"], "pooled", 2)["eer"] for name in names) / len(names)


def claims(results):
    """Confirmed when the 95 % intervals of both lie apart; else what the figures say, which may be chance."""
    lines = ["| claim | here, EER at 2 s | verdict |", "|---|---|---|"]
    for text, better, worse in CLAIMS:
        if not all(name in results for name in better + worse):
            continue
        a, b = mean(results, better), mean(results, worse)
        apart = all(find(results[x]["rows"], "pooled", 2)["intervals"]["eer"]["high"] < find(results[y]["rows"], "pooled", 2)["intervals"]["eer"]["low"] for x in better for y in worse)
        verdict = "confirmed" if apart else "in its direction, within the intervals" if a < b else "not confirmed"
        lines.append(f"| {text} | {100 * a:.1f} against {100 * b:.1f} % | {verdict} |")
    for text, name, learns in CHANCE:
        if name not in results:
            continue
        high = find(results[name]["rows"], "pooled", 2)["intervals"]["eer"]["high"]
        verdict = "confirmed" if (high < 0.45) == learns else "not confirmed"
        lines.append(f"| {text} | {rate(find(results[name]['rows'], 'pooled', 2))} % | {verdict} |")
    for name in ("a-siamese", "a-siamese-asked"):
        if name in results:
            pooled = results[name]["clusters"][-1]
            lines.append(f"| Misclassification rate, {name} | {json.dumps({key: pooled[key] for key in ('rate', 'rateAtSpeakers') if key in pooled})} | |")
    return "\n".join(lines)


def maps(report):
    """Areas under the curves of each saliency method."""
    area = {}
    for method in report["methods"]:
        curves = method["curves"]
        area[curves["method"]] = (curves["insertion"]["top1Area"], curves["deletion"]["top1Area"])
    lines = [f"Saliency on {report['network']}, {report['utterances']} utterances: areas under the top-1 curves. Good maps have a large one for insertion, a small one for deletion.", "", "| method | insertion | deletion |", "|---|---|---|"]
    lines += [f"| {method} | {insertion:.3f} | {deletion:.3f} |" for method, (insertion, deletion) in area.items()]
    others = [name for name in area if name not in BEST_SALIENCY]
    for index, curve, best in ((0, "insertion", max), (1, "deletion", min)):
        winner = best(area, key=lambda name: area[name][index])
        lines.append(f"\nIntegrated and expected gradients beat the {len(others)} others in {curve}: {'confirmed' if winner in BEST_SALIENCY else 'not confirmed'}, {winner} is first.")
    return "\n".join(lines)


def write(text):
    begin, end = "<!-- results: begin -->", "<!-- results: end -->"
    document = DOCUMENT.read_text()
    before, rest = document.split(begin)
    DOCUMENT.write_text(before + begin + "\n\n" + text + "\n\n" + end + rest.split(end)[1])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data")
    parser.add_argument("--runs", type=pathlib.Path, default=ROOT / "runs" / "systems")
    parser.add_argument("--threads", type=int, default=0, help="of the tensor library in training; 0 for all cores")
    parser.add_argument("--only", nargs="+", default=[])
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--finished", action="store_true", help="leave out what is not trained yet")
    options = parser.parse_args()
    names = options.only or sorted(path.stem for path in SYSTEMS.glob("*.json") if path.stem != "common")
    results, missing = {}, []
    for name in names:
        if options.finished and not is_trained(name, options.runs):
            missing.append(name)
            continue
        model, seconds = train(name, options.data, options.runs, options.threads)
        results[name] = {"card": json.loads(model.with_suffix(".json").read_text()), "rows": evaluate(name, options.data, model), "seconds": seconds}
        if name.startswith("a-"):
            results[name]["clusters"] = clusters(name, options.data, model)
    commit = quiet(["git", "-C", ROOT, "rev-parse", "--short", "HEAD"]).strip()
    processor = next((line.split(":")[1].strip() for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")), platform.machine())
    text = f"Trained and measured with `bench/results.py` at commit {commit}, on {processor}. EER in % with 95 % intervals by bootstrap over speakers.\n\n{table(results)}\n\n{claims(results)}"
    if missing:
        text += f"\n\nNot trained yet: {', '.join(missing)}."
    teacher = TEACHERS["clean"]
    if teacher in results and not options.finished:
        folder = options.runs / f"{teacher}-{fingerprint(teacher)}" / "model" / f"{teacher}.safetensors"
        text += "\n\n" + maps(saliency(options.data, folder))
    if options.write:
        write(text)
    else:
        print(text)


if __name__ == "__main__":
    main()
