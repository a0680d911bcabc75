"""sigrok sessions (.sr), versions 1 and 2: a zip of an ini file and chunks of samples."""

from __future__ import annotations

import configparser
import io
import re
import zipfile
import zlib
from collections.abc import Mapping

import numpy as np

from .recording import (
    BY_RATE,
    HELD,
    LOGIC,
    MOST_SAMPLES,
    BadRecording,
    Channel,
    Doubt,
    Recording,
    Samples,
    named_apart,
)

LARGEST = 512 * 1024 * 1024
RATE = re.compile(r"^\s*([\d.]+)\s*([kMG]?)Hz\s*$|^\s*(\d+)\s*$")
SCALES = {"": 1.0, "k": 1e3, "M": 1e6, "G": 1e9}


def is_sigrok(data: bytes) -> bool:
    """True for a zip that holds a session."""
    return data[:4] == b"PK\x03\x04" and b"metadata" in data[-8192:]


def read_sigrok(data: bytes) -> Recording:
    """A session as a recording; logic channels keep only the moments where they change.

    Raises:
        BadRecording: "bad_zip", "no_metadata", "unknown_version", "no_rate", "no_samples",
            "too_many_samples", "bad_chunk".
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as broken:
        raise BadRecording("bad_zip", text=str(broken)[:80]) from None
    with archive:
        sizes = {one.filename: one.file_size for one in archive.infolist()}
        if sum(sizes.values()) > LARGEST:
            raise BadRecording("too_many_samples", most=MOST_SAMPLES)
        files = {name: _unpacked(archive, name) for name in sizes}
    version = files.get("version", b"").strip().decode("latin-1")
    if version not in ("1", "2"):
        raise BadRecording("unknown_version", "version", version=version)
    if "metadata" not in files:
        raise BadRecording("no_metadata")
    return _session(files)


def _unpacked(archive: zipfile.ZipFile, name: str) -> bytes:
    try:
        return archive.read(name)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, ValueError, OSError, EOFError):
        raise BadRecording("bad_chunk", name) from None


def _session(files: Mapping[str, bytes]) -> Recording:
    told = configparser.ConfigParser(strict=False, interpolation=None, delimiters=("=",))
    try:
        told.read_string(files["metadata"].decode("utf-8", "replace"))
    except configparser.Error:
        raise BadRecording("no_metadata", "metadata") from None
    channels: list[Channel] = []
    doubts: list[Doubt] = []
    notes: list[str] = []
    for section in told.sections():
        if section.startswith("device"):
            channels += _device(dict(told[section]), files, doubts)
        elif told[section]:
            notes += [f"{key}: {value}" for key, value in told[section].items()]
    if not channels:
        raise BadRecording("no_samples")
    return Recording("sigrok_sr", named_apart(channels), (), "", tuple(doubts), tuple(notes))


def _device(
    told: Mapping[str, str], files: Mapping[str, bytes], doubts: list[Doubt]
) -> list[Channel]:
    rate = _rate(told.get("samplerate", ""))
    size = _whole(told.get("unitsize", "1"), "unitsize")
    prefix = told.get("capturefile", "logic-1")
    channels: list[Channel] = []
    data = b"".join(files[name] for name in _chunks(files, prefix))
    if data and size:
        channels += _logic(data, size, rate, told)
        if len(data) % size:
            doubts.append(Doubt("cut_sample", prefix, {"bytes": len(data) % size}))
    number = prefix.rpartition("-")[2]
    for key, name in told.items():
        found = re.fullmatch(r"analog(\d+)", key)
        if found:
            parts = _chunks(files, f"analog-{number}-{found[1]}")
            values = np.frombuffer(b"".join(_whole_floats(files[one]) for one in parts), "<f4")
            if not len(values):
                doubts.append(Doubt("empty_channel", name))
                continue
            channels.append(Channel(name, values.astype(float), base=BY_RATE, rate=rate))
    return channels


def _whole_floats(data: bytes) -> bytes:
    return data[: len(data) // 4 * 4]


def _chunks(files: Mapping[str, bytes], prefix: str) -> list[str]:
    """The chunks of one capture in the order of their numbers: 2 comes before 10."""
    if prefix in files:
        return [prefix]
    numbered = [(name, re.fullmatch(rf"{re.escape(prefix)}-(\d+)", name)) for name in files]
    return [name for name, found in sorted(
        ((name, found) for name, found in numbered if found), key=lambda pair: int(pair[1][1])
    )]  # fmt: skip


def _logic(data: bytes, size: int, rate: float, told: Mapping[str, str]) -> list[Channel]:
    count = len(data) // size
    if count > LARGEST:
        raise BadRecording("too_many_samples", most=MOST_SAMPLES)
    units = np.frombuffer(data, np.uint8, count=count * size).reshape(count, size)
    changed = np.any(units[1:] != units[:-1], axis=1)
    at = np.concatenate([[0], np.flatnonzero(changed) + 1])
    seen = units[at]
    channels = []
    for key, name in told.items():
        found = re.fullmatch(r"probe(\d+)", key)
        bit = int(found[1]) - 1 if found else -1
        if 0 <= bit < 8 * size:
            level = (seen[:, bit // 8] >> (bit % 8)) & 1
            channels.append(_held(name, level, at, rate, count))
    return channels


def _held(name: str, level: Samples, at: Samples, rate: float, count: int) -> Channel:
    keeps = np.concatenate([[True], level[1:] != level[:-1]])
    return Channel(
        name=name,
        values=level[keeps].astype(np.float32),
        kind=LOGIC,
        base=HELD,
        rate=rate,
        times=at[keeps] / rate,
        ends=count / rate,
    )


def _rate(text: str) -> float:
    found = RATE.match(text)
    rate = 0.0
    if found:
        rate = float(found[3]) if found[3] else float(found[1]) * SCALES[found[2]]
    if rate <= 0:
        raise BadRecording("no_rate", "metadata", text=text)
    return rate


def _whole(text: str, where: str) -> int:
    if not text.strip().isdecimal() or not 0 < int(text) <= 64:
        raise BadRecording("no_metadata", where, text=text)
    return int(text)
