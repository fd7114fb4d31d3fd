#!/usr/bin/env python3
"""Draws docs/pipeline.svg: the data flow, and under it half a minute of the bundled conversation with its reference turns.

Needs sox (reads the recording). Look at the result with: rsvg-convert docs/pipeline.svg -o pipeline.png
"""
import array
import pathlib
import subprocess

HERE = pathlib.Path(__file__).resolve().parent
SAMPLES = HERE.parent / "samples"
WIDTH, HEIGHT = 1000, 372
LEFT, RIGHT = 24, 976
FROM, UNTIL = 0.0, 30.0        # seconds of the conversation that are shown
INK, SOFT, LINE, PAPER = "#1d2733", "#5b6875", "#c9d2da", "#ffffff"
COLOURS = {"ada": "#2f6fb2", "boris": "#d9822b", "callum": "#3f8f5f", "dora": "#a0487e"}
STAGES = [
    ("Audio", ["ALSA, files, stdin", "any rate to 16 kHz", "one sample clock"], "#e8eef4"),
    ("Voice activity", ["small streaming net", "every 10 ms", "hysteresis"], "#e4f1ea"),
    ("Embeddings", ["sliding windows", "all rooms batched", "GPU or CPU"], "#e4f1ea"),
    ("Speakers", ["online assignment", "exemplar caches", "provisional, decided"], "#e4f1ea"),
    ("Turns", ["started, updated,", "ended; timed by", "the sample clock"], "#e4f1ea"),
    ("MQTT", ["turns, state, speech", "last will, reconnect", "own broker built in"], "#f6ecdd"),
]

out = []


def put(tag, text=None, **attributes):
    described = " ".join(f'{key.replace("_", "-")}="{value}"' for key, value in attributes.items())
    out.append(f"<{tag} {described}/>" if text is None else f"<{tag} {described}>{text}</{tag}>")


def label(x, y, text, size=13, fill=INK, weight="normal", anchor="start"):
    put("text", text, x=f"{x:.1f}", y=f"{y:.1f}", font_size=size, fill=fill, font_weight=weight, text_anchor=anchor)


def stages():
    gap = 22
    width = (RIGHT - LEFT - gap * (len(STAGES) - 1)) / len(STAGES)
    for index, (title, lines, fill) in enumerate(STAGES):
        x = LEFT + index * (width + gap)
        put("rect", x=f"{x:.1f}", y=48, width=f"{width:.1f}", height=92, rx=8, fill=fill, stroke=LINE)
        label(x + width / 2, 71, title, 15, weight="bold", anchor="middle")
        for row, line in enumerate(lines):
            label(x + width / 2, 92 + 17 * row, line, 12, SOFT, anchor="middle")
        if index:
            put("path", d=f"M{x - gap + 3:.1f} 94h{gap - 9}m-5 -5l6 5l-6 5", fill="none", stroke=INK, stroke_width=1.6)


def envelope(columns):
    raw = subprocess.run(["sox", SAMPLES / "conversation.flac", "-t", "raw", "-e", "signed", "-b", "16", "-", "trim", str(FROM), str(UNTIL - FROM)],
                         check=True, capture_output=True).stdout
    samples = array.array("h", raw)
    step = len(samples) // columns
    return [max(map(abs, samples[i * step:(i + 1) * step])) / 32768 for i in range(columns)]


def place(seconds):
    return LEFT + 76 + (seconds - FROM) / (UNTIL - FROM) * (RIGHT - LEFT - 76)


def time_line():
    peaks = envelope(438)
    loudest = max(peaks)
    width = (place(UNTIL) - place(FROM)) / len(peaks)
    label(LEFT, 194, "audio", 12, SOFT)
    for i, peak in enumerate(peaks):
        height = max(1.0, 46 * peak / loudest)
        put("rect", x=f"{place(FROM) + i * width:.1f}", y=f"{190 - height / 2:.1f}", width=f"{width * 0.7:.2f}", height=f"{height:.1f}", fill="#8595a5")
    rows = [line.split() for line in (SAMPLES / "conversation.rttm").read_text().splitlines()]
    for index, (name, colour) in enumerate(COLOURS.items()):
        y = 230 + 26 * index
        label(LEFT, y + 13, f"speaker {index + 1}", 12, SOFT)
        put("line", x1=place(FROM), x2=place(UNTIL), y1=y + 9, y2=y + 9, stroke="#e3e8ed")
        for row in rows:
            start, length = float(row[3]), float(row[4])
            if row[7] == name and start < UNTIL:
                stop = min(start + length, UNTIL)
                put("rect", x=f"{place(start):.1f}", y=y, width=f"{place(stop) - place(start):.1f}", height=18, rx=4, fill=colour)
    for second in range(int(FROM), int(UNTIL) + 1, 5):
        label(place(second), 352, f"{second} s", 11, SOFT, anchor="middle" if second < UNTIL else "end")


put("rect", width=WIDTH, height=HEIGHT, rx=12, fill=PAPER)
label(LEFT, 32, "Who speaks when, while they speak", 16, weight="bold")
stages()
time_line()
svg = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="DejaVu Sans, Verdana, sans-serif" role="img" '
       'aria-label="Audio flows through voice activity, embeddings, speakers and turns to MQTT; below, half a minute of audio with the turns of four speakers.">']
(HERE / "pipeline.svg").write_text("\n".join(svg + out + ["</svg>"]) + "\n", encoding="utf-8")
