"""WAV sound: PCM of 8 to 32 bits and floating point. A sample is a share of full scale."""

from __future__ import annotations

import numpy as np

from .recording import BY_RATE, MOST_SAMPLES, BadRecording, Channel, Doubt, Recording, Samples

PCM, FLOAT, EXTENSIBLE = 1, 3, 0xFFFE


def is_wav(data: bytes) -> bool:
    return data[:4] in (b"RIFF", b"RF64") and data[8:12] == b"WAVE"


def read_wav(data: bytes) -> Recording:
    """A WAV file as a recording. Its unit is not in the file: it is asked for.

    Raises:
        BadRecording: "bad_wav" with the byte, "unknown_format", "no_samples".
    """
    form, start, size, doubts = _chunks(data)
    code, count, rate, bits = form
    if count < 1 or rate < 1 or (code, bits) not in {
        (PCM, 8), (PCM, 16), (PCM, 24), (PCM, 32), (FLOAT, 32), (FLOAT, 64)
    }:  # fmt: skip
        raise BadRecording("unknown_format", format=f"{code}/{bits}")
    frame = count * bits // 8
    there = min(size, len(data) - start)
    if there < size:
        doubts.append(
            Doubt("short_file", "", {"samples": there // frame, "expected": size // frame})
        )
    frames = there // frame
    if not 0 < frames * count <= MOST_SAMPLES:
        raise BadRecording("no_samples" if not frames else "too_many_samples", byte=start)
    values = _shares(data[start : start + frames * frame], code, bits).reshape(frames, count)
    names = ["L", "R"] if count == 2 else [str(at + 1) for at in range(count)]
    channels = tuple(
        Channel(name, values[:, at].copy(), base=BY_RATE, rate=float(rate))
        for at, name in enumerate(names)
    )
    doubts.append(Doubt("share_of_full_scale"))
    return Recording("wav", channels, (), "", tuple(doubts))


def _chunks(data: bytes) -> tuple[tuple[int, int, int, int], int, int, list[Doubt]]:
    form, at, doubts = None, 12, list[Doubt]()
    while at + 8 <= len(data):
        name, size = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        if name == b"fmt ":
            form = _form(data[at + 8 : at + 8 + size], at + 8)
        elif name == b"data":
            if form is None:
                raise BadRecording("bad_wav", byte=at)
            return form, at + 8, size, doubts
        at += 8 + size + size % 2
    raise BadRecording("bad_wav", byte=min(at, len(data)))


def _form(part: bytes, at: int) -> tuple[int, int, int, int]:
    if len(part) < 16:
        raise BadRecording("bad_wav", byte=at)
    code, count = (int.from_bytes(part[n : n + 2], "little") for n in (0, 2))
    rate, bits = int.from_bytes(part[4:8], "little"), int.from_bytes(part[14:16], "little")
    if code == EXTENSIBLE and len(part) >= 26:
        code = int.from_bytes(part[24:26], "little")
    return code, count, rate, bits


def _shares(data: bytes, code: int, bits: int) -> Samples:
    if code == FLOAT:
        return np.frombuffer(data, f"<f{bits // 8}").astype(float)
    if bits == 8:
        return (np.frombuffer(data, np.uint8).astype(float) - 128) / 128
    if bits == 24:
        three = np.frombuffer(data, np.uint8).reshape(-1, 3).astype(np.int32)
        whole = ((three[:, 0] | three[:, 1] << 8 | three[:, 2] << 16) ^ 0x800000) - 0x800000
        return np.asarray(whole / float(1 << 23))
    return np.frombuffer(data, f"<i{bits // 8}").astype(float) / float(1 << (bits - 1))
