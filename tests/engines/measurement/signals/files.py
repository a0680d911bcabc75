"""Small files of every format, written from the formats' descriptions and not with our readers."""

from __future__ import annotations

import io
import struct
import zipfile

import numpy as np


def wfdb_bytes(form: int, samples: list[int]) -> bytes:
    """Samples in one of WFDB's forms, bit by bit."""
    out = bytearray()
    if form == 8:
        for before, now in zip([0, *samples], samples, strict=False):
            out += struct.pack("b", now - before)
    elif form in (16, 32, 61):
        for one in samples:
            out += struct.pack({16: "<h", 32: "<i", 61: ">h"}[form], one)
    elif form == 24:
        for one in samples:
            out += (one & 0xFFFFFF).to_bytes(3, "little")
    elif form in (80, 160):
        for one in samples:
            out += (one + (128 if form == 80 else 32768)).to_bytes(form // 80, "little")
    elif form == 212:
        for first, second in zip(samples[::2], samples[1::2], strict=True):
            a, b = first & 0xFFF, second & 0xFFF
            out += bytes([a & 0xFF, a >> 8 | (b >> 8) << 4, b & 0xFF])
    else:
        for a, b, c in zip(samples[::3], samples[1::3], samples[2::3], strict=True):
            a, b, c = a & 0x3FF, b & 0x3FF, c & 0x3FF
            if form == 310:
                out += struct.pack("<HH", a << 1 | (c & 0x1F) << 11, b << 1 | (c >> 5) << 11)
            else:
                out += struct.pack("<I", a | b << 10 | c << 20)
    return bytes(out)


def atr_bytes(samples: list[tuple[int, int]], text: str = "") -> bytes:
    """Annotations (sample, code); a long step is written with SKIP, a text with AUX."""
    out, last = bytearray(), 0
    for sample, code in samples:
        step = sample - last
        if step > 1023:
            out += struct.pack("<HHH", 59 << 10, step >> 16, step & 0xFFFF)
            step = 0
        out += struct.pack("<H", code << 10 | step)
        if code == 28 and text:
            said = text.encode() + b"\0"
            out += struct.pack("<H", 63 << 10 | len(said)) + said + b"\0" * (len(said) % 2)
        last = sample
    return bytes(out + b"\0\0")


def matlab4_bytes(rows: np.ndarray, name: str = "val") -> bytes:
    data = np.ascontiguousarray(rows.T).astype("<i2").tobytes()
    head = struct.pack("<5i", 30, rows.shape[0], rows.shape[1], 0, len(name) + 1)
    return head + name.encode() + b"\0" + data


def edf_bytes(
    labels: list[str],
    units: list[str],
    records: list[list[list[int]]],
    *,
    seconds: str = "1",
    kind: str = "",
    notes: list[bytes] | None = None,
    count: int | None = None,
) -> bytes:
    """EDF whose physical range is a tenth of the digital one."""
    per = [len(one) for one in records[0]]
    labels, units = list(labels), list(units)
    if notes is not None:
        labels.append("EDF Annotations")
        units.append("")
        per.append(20)
    n = len(labels)
    head = (
        b"0       " + b"X".ljust(80) + b"X".ljust(80) + b"02.01.20" + b"03.04.05"
        + str(256 * (n + 1)).encode().ljust(8) + kind.encode().ljust(44)
        + str(len(records) if count is None else count).encode().ljust(8)
        + seconds.encode().ljust(8) + str(n).encode().ljust(4)
    )  # fmt: skip
    fields = [
        [one.encode().ljust(16) for one in labels],
        [b"".ljust(80)] * n,
        [one.encode().ljust(8) for one in units],
        [b"-3276.8 "] * n,
        [b"3276.7  "] * n,
        [b"-32768  "] * n,
        [b"32767   "] * n,
        [b"".ljust(80)] * n,
        [str(one).encode().ljust(8) for one in per],
        [b"".ljust(32)] * n,
    ]
    body = b""
    for number, record in enumerate(records):
        for one in record:
            body += struct.pack(f"<{len(one)}h", *one)
        if notes is not None:
            body += notes[number].ljust(40, b"\0")
    return head + b"".join(b"".join(field) for field in fields) + body


def sigrok_bytes(version: int, chunks: dict[str, bytes], metadata: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("version", str(version))
        archive.writestr("metadata", metadata)
        for name, data in chunks.items():
            archive.writestr(name, data)
    return out.getvalue()


def wav_bytes(
    values: np.ndarray, *, rate: int = 8000, code: int = 1, bits: int = 16, size: int | None = None
) -> bytes:
    """Values are the samples as the file holds them, a row a frame."""
    count = values.shape[1]
    if bits == 24:
        data = b"".join(int(one & 0xFFFFFF).to_bytes(3, "little") for one in values.reshape(-1))
    else:
        kind = {8: "u1", 16: "<i2", 32: "<i4" if code == 1 else "<f4", 64: "<f8"}[bits]
        data = values.astype(kind).tobytes()
    form = struct.pack(
        "<HHIIHH", code, count, rate, rate * count * bits // 8, count * bits // 8, bits
    )
    part = b"fmt " + struct.pack("<I", 16) + form + b"LIST" + struct.pack("<I", 4) + b"INFO"
    whole = part + b"data" + struct.pack("<I", len(data) if size is None else size) + data
    return b"RIFF" + struct.pack("<I", len(whole) + 4) + b"WAVE" + whole
