"""WFDB annotation files (.atr, .qrs): beats, rhythms and notes by the number of their sample."""

from __future__ import annotations

from .recording import BadRecording, Event

CODES = {
    1: "N", 2: "L", 3: "R", 4: "a", 5: "V", 6: "F", 7: "J", 8: "A", 9: "S", 10: "E", 11: "j",
    12: "/", 13: "Q", 14: "~", 16: "|", 18: "s", 19: "T", 20: "*", 21: "D", 22: '"', 23: "=",
    24: "p", 25: "B", 26: "^", 27: "t", 28: "+", 29: "u", 30: "?", 31: "!", 32: "[", 33: "]",
    34: "e", 35: "n", 36: "@", 37: "x", 38: "f", 39: "(", 40: ")", 41: "r",
}  # fmt: skip
BEATS = frozenset("NLRBAaJSVrFejnE/fQ?")
SKIP, NUMBER, SUBTYPE, CHANNEL, TEXT, NOTE = 59, 60, 61, 62, 63, 22
RESOLUTION = "## time resolution:"


def read_events(data: bytes, rate: float, name: str = "") -> tuple[Event, ...]:
    """The annotations in the order of the file.

    Raises:
        BadRecording: "cut_annotations" with the byte where it breaks off.
    """
    found: list[list[object]] = []
    sample, at = 0, 0
    while at + 1 < len(data):
        word = data[at] | data[at + 1] << 8
        code, step = word >> 10, word & 0x3FF
        at += 2
        if code == 0 and step == 0:
            break
        if code == SKIP:
            if at + 4 > len(data):
                raise BadRecording("cut_annotations", name, byte=at)
            high, low = data[at] | data[at + 1] << 8, data[at + 2] | data[at + 3] << 8
            skipped = high << 16 | low
            sample += skipped - (1 << 32) if skipped >> 31 else skipped
            at += 4
        elif code == TEXT:
            if at + step > len(data):
                raise BadRecording("cut_annotations", name, byte=at)
            if found:
                text = data[at : at + step].split(b"\0")[0]
                found[-1][2] = text.decode("utf-8", "replace").strip()
            at += step + step % 2
        elif code not in (NUMBER, SUBTYPE, CHANNEL):
            sample += step
            found.append([sample, CODES.get(code, str(code)), ""])
    return _events(found, rate)


def _events(found: list[list[object]], rate: float) -> tuple[Event, ...]:
    events = []
    for sample, code, text in found:
        said = str(text)
        if code == CODES[NOTE] and said.startswith(RESOLUTION):
            try:
                rate = float(said[len(RESOLUTION) :]) or rate
            except ValueError:
                pass
            continue
        if code == CODES[NOTE] and said.startswith("##"):
            continue
        events.append(Event(int(str(sample)) / rate, str(code), said, str(code) in BEATS))
    return tuple(events)
