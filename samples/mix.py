"""Places synthesised turns on one time line, adds a quiet room, and writes the reference beside it.

usage: mix.py TURNS.tsv OUT.wav OUT.rttm      (TURNS: gap in seconds, speaker, 16 kHz mono WAV)
"""
import array
import math
import random
import sys
import wave

RATE = 16000
FRAME = RATE // 100            # the resolution of the reference: 10 ms
SPEECH_BELOW_PEAK_DB = 42.0    # a frame this far below the turn's loudest frame is silence
LONGEST_INNER_PAUSE = 0.3      # seconds; a longer pause ends a reference segment
SPEECH_DBFS = -28.0            # level of everybody's speech before the distance to the microphone
DISTANCE_DB = {"ada": 0.0, "boris": -2.5, "callum": -1.0, "dora": -3.5}
NOISE_DBFS = -67.0
TAIL = 1.0                     # seconds of room after the last turn
# Early reflections of a small room: delay in milliseconds, gain in dB.
REFLECTIONS = [(7, -13.0), (13, -16.0), (19, -18.0), (31, -22.0), (47, -27.0)]


def gain(db):
    return 10.0 ** (db / 20.0)


def read(path):
    with wave.open(path) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (RATE, 1, 2), path
        return array.array("h", file.readframes(file.getnframes()))


def active_frames(samples):
    power = [sum(s * s for s in samples[i:i + FRAME]) / FRAME for i in range(0, len(samples) - FRAME + 1, FRAME)]
    floor = max(power) * 10.0 ** (-SPEECH_BELOW_PEAK_DB / 10.0)
    return [p > floor for p in power], power


def trim(samples):
    """Cuts the silence at both ends; returns the speech scaled to full scale 1 and its segments in frames."""
    active, power = active_frames(samples)
    first, last = active.index(True), len(active) - 1 - active[::-1].index(True)
    spoken = [p for p, a in zip(power, active) if a]
    scale = gain(SPEECH_DBFS) / math.sqrt(sum(spoken) / len(spoken))
    segments, start, pause = [], 0, 0
    for frame, speech in enumerate(active[first:last + 1] + [False]):
        if speech:
            if pause * FRAME > LONGEST_INNER_PAUSE * RATE:
                segments.append((start, frame - pause))
                start = frame
            pause = 0
        else:
            pause += 1
    segments.append((start, last + 1 - first))
    return [s * scale for s in samples[first * FRAME:(last + 1) * FRAME]], segments


def main(turns_path, wav_path, rttm_path):
    placed, rows, end = [], [], 0
    with open(turns_path, encoding="utf-8") as file:
        for line in file:
            gap, speaker, path = line.rstrip("\n").split("\t")
            speech, segments = trim(read(path))
            begin = max(0, end + round(float(gap) * 100))
            placed.append((begin * FRAME, gain(DISTANCE_DB[speaker]), speech))
            rows += [(begin + a, begin + b, speaker) for a, b in segments]
            end = max(end, begin + len(speech) // FRAME)

    dice = random.Random(2024)
    mix, brown = [], 0.0
    for _ in range(end * FRAME + round(TAIL * RATE)):
        white = dice.gauss(0.0, 1.0)
        brown = 0.97 * brown + white * math.sqrt(1.0 - 0.97 ** 2)
        mix.append(gain(NOISE_DBFS) * (0.9 * brown + 0.44 * white))
    echoes = [(0, 1.0)] + [(ms * RATE // 1000, gain(db)) for ms, db in REFLECTIONS]
    for begin, level, speech in placed:
        for delay, reflection in echoes:
            at, factor = begin + delay, level * reflection
            for i, s in enumerate(speech, at):
                mix[i] += factor * s

    assert max(map(abs, mix)) < 1.0, "the mix clips"
    with wave.open(wav_path, "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        file.writeframes(array.array("h", (round(s * 32767) for s in mix)).tobytes())
    with open(rttm_path, "w", encoding="utf-8") as file:
        for start, stop, speaker in sorted(rows):
            file.write(f"SPEAKER conversation 1 {start / 100:.2f} {(stop - start) / 100:.2f} <NA> <NA> {speaker} <NA> <NA>\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
