#!/usr/bin/env python3
"""The live page in headless Chromium: page.py [--minutes N] [--day-only].

The real daemon plays the sample; measured are the time from an event leaving the core to its picture, what an open page costs the daemon, and what the browser asks for. Then
the page holds eight hours of turns: frames a second while scrolling and zooming, and the memory of the tab.
"""
import argparse
import os
import pathlib
import re
import statistics
import subprocess
import tempfile
import time

from common import DIARIZER, SAMPLE, figure, note
from devtools import Chromium

TICKS = os.sysconf("SC_CLK_TCK")
REPEATS, SECONDS = 4, 20


class Daemon:
    """The daemon on the sample, for ever, in real time, with a free port for the page."""

    def __init__(self, folder):
        settings = pathlib.Path(folder, "settings.json")
        settings.write_text(f'{{"Diarizer": {{"Streams": [{{"Name": "room", "Source": "{SAMPLE}", "Realtime": true, "Loop": true}}], "Web": {{"Port": 0}}}}}}')
        environment = {**os.environ, "STATE_DIRECTORY": folder}
        self.process = subprocess.Popen([DIARIZER, "run", "--config", settings], stderr=subprocess.PIPE, text=True, env=environment)
        for line in self.process.stderr:
            if found := re.search(r"Live page at (\S+)", line):
                self.address = found[1]
            if "Ready after" in line:
                break

    def processor(self, seconds):
        """Share of one core over some seconds."""
        before = self._ticks()
        time.sleep(seconds)
        return (self._ticks() - before) / TICKS / seconds

    def _ticks(self):
        return ticks_of(pathlib.Path(f"/proc/{self.process.pid}"))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()


def processes(browser):
    """Folders in /proc of all processes of a browser."""
    for folder in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            command = (folder / "cmdline").read_bytes()
        except OSError:
            continue
        if browser.profile.encode() in command or int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1]) == browser.process.pid:
            yield folder, command


def renderer_memory(browser):
    """Resident memory that is its own, of the largest renderer process, MB."""
    sizes = [int(re.search(r"RssAnon:\s+(\d+)", (folder / "status").read_text())[1]) / 1024 for folder, command in processes(browser) if b"--type=renderer" in command]
    return max(sizes, default=float("nan"))


def browser_processor(browser):
    """Seconds of processor that a browser has used."""
    return sum(ticks_of(folder) for folder, _ in processes(browser)) / TICKS


def ticks_of(folder):
    fields = (folder / "stat").read_text().rsplit(")", 1)[1].split()
    return int(fields[11]) + int(fields[12])


def visit(daemon, page):
    page.go(daemon.address)
    page.wait("document.querySelector('.status')?.textContent === 'listening'")


def measure_live(daemon, page, minutes):
    visit(daemon, page)
    time.sleep(60 * minutes)
    ordered = sorted(page.evaluate("(async () => (await import('/js/latency.js')).latencies)()"))
    figure("event to picture", f"median {statistics.median(ordered):.0f} ms, p95 {ordered[int(0.95 * (len(ordered) - 1))]:.0f} ms, largest {ordered[-1]:.0f} ms ({len(ordered)} events)")
    # By turns, so that what else the machine does falls on both.
    watched, alone = [], []
    for _ in range(REPEATS):
        watched.append(daemon.processor(SECONDS))
        page.go("about:blank")
        alone.append(daemon.processor(SECONDS))
        visit(daemon, page)
    figure("daemon, one stream, no page open", f"{100 * statistics.mean(alone):.1f} % of one core")
    figure("daemon, one stream, one page open", f"{100 * statistics.mean(watched):.1f} % of one core")
    foreign = [request for request in page.requests if not request.startswith((daemon.address, "about:"))]
    figure("requests of the page", f"{len(page.requests)}, {len(foreign)} of them to elsewhere {' '.join(foreign)}".rstrip())


def measure_day(browser, page):
    script = pathlib.Path(__file__).with_name("page_day.js").read_text().rstrip()
    before = browser_processor(browser)
    result = page.evaluate(f"{script}(8, 6)")
    spent = browser_processor(browser) - before
    for row in result["frames"]:
        figure(f"eight hours ({result['turns']} turns): {row['name']}", f"{row['fps']:.0f} frames a second, 95 % within {row['p95']:.0f} ms")
    figure("eight hours: processor for each frame, all of the browser", f"{1000 * spent / sum(row['count'] for row in result['frames']):.1f} ms")
    figure("eight hours: memory", f"scripts {result['heap'] / 1e6:.0f} MB, whole tab {renderer_memory(browser):.0f} MB")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--minutes", type=float, default=3, help="how long the daemon is watched")
    parser.add_argument("--day-only", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, Daemon(folder) as daemon, Chromium() as browser:
        page = browser.open(1280, 900)
        if not options.day_only:
            note(f"watching the page for {options.minutes:g} minutes")
            measure_live(daemon, page, options.minutes)
        else:
            page.go(daemon.address)
            page.wait("document.querySelector('.status')")
        measure_day(browser, page)


if __name__ == "__main__":
    main()
