#!/usr/bin/env python3
"""Takes the pictures of docs/page.md: the real daemon in out/ plays the bundled conversation, headless Chromium looks at its page. Takes two minutes."""
import base64
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

DOCS = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(DOCS.parent / "bench"))

from common import DIARIZER, SAMPLE  # noqa: E402
from devtools import Chromium  # noqa: E402

BEFORE_END = 72  # seconds of the conversation that have been heard when the pictures are taken


def start(folder):
    key = pathlib.Path(folder, "enrolment.key")
    key.write_text(base64.b64encode(os.urandom(32)).decode())
    key.chmod(0o600)
    environment = {**os.environ, "STATE_DIRECTORY": folder, "DIARIZER__WEB__PORT": "0", "DIARIZER__MQTT__NODE": "office", "DIARIZER__ENROLMENT__KEYFILE": str(key)}
    daemon = subprocess.Popen([DIARIZER, "run", "--source", f"meeting-room={SAMPLE}", "--realtime"], stderr=subprocess.PIPE, text=True, env=environment)
    for line in daemon.stderr:
        if found := re.search(r"Live page at (\S+)", line):
            return daemon, found[1]
    raise SystemExit("the daemon did not start")


def visit(browser, address, width, height, scheme, scale=1, mobile=False):
    page = browser.open(width, height, scale, mobile)
    page.prefer(scheme)
    page.go(address)
    page.wait("document.querySelector('.status')?.textContent === 'listening'")
    return page


def take(page, name):
    """Only as much of the window as the page fills; a window in the background is not painted."""
    page.call("Page.bringToFront")
    time.sleep(1.5)
    height = page.evaluate("Math.ceil(document.querySelector('footer').getBoundingClientRect().bottom + 16)")
    data = page.call("Page.captureScreenshot", format="png", clip={"x": 0, "y": 0, "width": page.evaluate("innerWidth"), "height": height, "scale": 1})["data"]
    write(name, data)


def write(name, data):
    (DOCS / name).write_bytes(base64.b64decode(data))
    print(f"docs/{name}: {(DOCS / name).stat().st_size / 1000:.0f} kB")


def main():
    with tempfile.TemporaryDirectory() as folder, Chromium() as browser:
        daemon, address = start(folder)
        light = visit(browser, address, 1200, 800, "light")
        dark = visit(browser, address, 1200, 900, "dark")
        phone = visit(browser, address, 390, 844, "light", scale=2, mobile=True)
        room = "[...(await import('/js/main.js')).rooms.values()][0]"
        while light.evaluate(f"(async () => {room}.session.now())()") < BEFORE_END * 1000:
            time.sleep(0.5)
        light.evaluate("import('/js/connection.js').then(m => m.command('speaker/rename', { speaker: 's2', name: 'Ann Lee' }))")
        take(light, "page-light.png")
        take(phone, "page-phone.png")
        dark.evaluate("document.querySelector('.all').click(); document.querySelector('.table summary').click()")
        take(dark, "page-dark.png")
        light.call("Page.bringToFront")
        light.evaluate("document.querySelectorAll('button.lane')[2].click(); document.querySelector('.enrol summary').click()")
        time.sleep(1)
        write("page-speaker.png", light.call("Page.captureScreenshot", format="png")["data"])
        daemon.terminate()
        daemon.wait()


if __name__ == "__main__":
    main()
