"""What the benchmarks share: running the daemon, reading references, printing figures."""
import array
import ast
import os
import pathlib
import resource
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
DIARIZER = ROOT / "out" / "diarizer"
TRAINER = ROOT / "out" / "diarizer-train"
SAMPLE = ROOT / "samples" / "conversation.flac"


def figure(what, value):
    """One line of the result: what was measured, a tab, the value."""
    print(f"{what}\t{value}", flush=True)


def note(text):
    print(f"bench: {text}", file=sys.stderr, flush=True)


def quiet(command):
    """Runs a command; its output is shown only when it fails."""
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))} failed with status {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout


def measured(command):
    """Runs a command on one core; gives seconds of processor, seconds of clock and the largest resident memory in MB."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    with subprocess.Popen(["taskset", "-c", "0", *map(str, command)], stdout=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(map(str, command))} failed with status {process.returncode}.")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu, time.monotonic() - started, usage.ru_maxrss / 1024


def read_rttm(path):
    """Segments (start, end, speaker) in seconds, in order of start."""
    rows = [line.split() for line in pathlib.Path(path).read_text().splitlines() if line.startswith("SPEAKER")]
    return sorted((float(r[3]), float(r[3]) + float(r[4]), r[7]) for r in rows)


def read_uem(path):
    return [(float(r[2]), float(r[3])) for r in map(str.split, pathlib.Path(path).read_text().splitlines()) if r]


def read_npy(path):
    """A one-dimensional float32 array."""
    data = pathlib.Path(path).read_bytes()
    assert data[:6] == b"\x93NUMPY" and data[6] == 1, path
    length = int.from_bytes(data[8:10], "little")
    assert ast.literal_eval(data[10:10 + length].decode())["descr"] == "<f4", path
    values = array.array("f")
    values.frombytes(data[10 + length:])
    return values


def quantile(values, q):
    """The smallest value that at least the fraction q of all values does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, -int(-q * len(ordered) // 1) - 1))]
