"""Tables as text (CSV, TSV, any delimiter): what is heading, what is number, what is time."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .recording import BadRecording, Doubt, Samples

DELIMITERS = ("\t", ";", ",", "|")
LOOKED_AT = 200
NUMBER = re.compile(r"[-+]?(\d+([.,]\d*)?|[.,]\d+)([eE][-+]?\d+)?")
EMPTY = {"", "nan", "na", "n/a", "-", "--", "null", "none", "#n/a", "inf", "-inf", "?"}
CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}(?:[.,]\d+)?))?")
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}")
MOST_DOUBTS = 20


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Columns of numbers; ``headings`` are empty where the file has none."""

    headings: tuple[str, ...]
    units: tuple[str, ...]
    columns: tuple[Samples, ...]
    preamble: tuple[str, ...]
    doubts: tuple[Doubt, ...]
    delimiter: str
    clocks: frozenset[int] = frozenset()


def decoded(data: bytes) -> tuple[str, tuple[Doubt, ...]]:
    """The text of a file. UTF-8 first, then UTF-16 by its mark, else Latin-1 and a doubt.

    Raises:
        BadRecording: "not_text" with the byte where it stops being text.
    """
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace"), ()
    zero = data.find(b"\0")
    if zero >= 0:
        raise BadRecording("not_text", byte=zero)
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError as error:
        return data.decode("latin-1"), (Doubt("encoding", "", {"byte": error.start}),)


def read_table(text: str, doubts: Sequence[Doubt] = ()) -> Table:
    """Find the delimiter, the heading and the numbers.

    Raises:
        BadRecording: "empty", "no_numbers".
    """
    lines = text.splitlines()
    notes = [line.strip("#% \t") for line in lines if line.lstrip()[:1] in ("#", "%")]
    body = [
        (number, line)
        for number, line in enumerate(lines, 1)
        if line.strip() and line.lstrip()[:1] not in ("#", "%")
    ]
    if not body:
        raise BadRecording("empty")
    delimiter = sniffed(body)
    first = _first_row(body, delimiter)
    if first is None:
        raise BadRecording("no_numbers", f"1–{len(lines)}", lines=len(lines))
    heads = [cells(line, delimiter) for _number, line in body[:first]]
    width = len(cells(body[first][1], delimiter))
    names, units, used = _headings(heads, width)
    preamble = [*notes, *(line for _number, line in body[: first - used])]
    columns, found, clocks = _numbers(body[first:], delimiter, width)
    return Table(
        headings=names,
        units=units,
        columns=tuple(columns),
        preamble=tuple(preamble),
        doubts=(*doubts, *found),
        delimiter=delimiter,
        clocks=frozenset(clocks),
    )


def sniffed(body: Sequence[tuple[int, str]]) -> str:
    """The delimiter that splits most lines into the same number of cells; blanks at last."""
    tail = [line for _number, line in body[len(body) // 4 :][:LOOKED_AT]] or [body[0][1]]
    best, most = "", 0.0
    for delimiter in DELIMITERS:
        counts = [line.count(delimiter) for line in tail]
        usual = max(set(counts), key=counts.count)
        if usual == 0:
            continue
        score = counts.count(usual) / len(counts)
        if delimiter == "," and _one_column(body[0][1], tail):
            continue
        if score > most + 0.02:
            best, most = delimiter, score
    if not best and all(len(line.split()) > 1 for line in tail):
        return " "
    return best


def _one_column(first: str, tail: Sequence[str]) -> bool:
    """True for single numbers with decimal commas; a heading with a comma makes them two columns."""
    number = re.compile(r"\s*[-+]?\d+,\d+\s*")
    headed = "," in first and not number.fullmatch(first)
    return not headed and all(number.fullmatch(line) for line in tail)


def cells(line: str, delimiter: str) -> list[str]:
    """The cells of a line, without quotes and outer blanks."""
    if not delimiter:
        return [line.strip().strip('"')]
    if delimiter == " ":
        return line.split()
    if '"' not in line:
        return [cell.strip() for cell in line.split(delimiter)]
    found, cell, quoted = [], "", False
    for letter in line:
        if letter == '"':
            quoted = not quoted
        elif letter == delimiter and not quoted:
            found.append(cell.strip())
            cell = ""
        else:
            cell += letter
    return [*found, cell.strip()]


def is_number(cell: str) -> bool:
    return bool(NUMBER.fullmatch(cell)) or cell.lower() in EMPTY


def _numeric(row: Sequence[str]) -> bool:
    """True if at least one cell is a number and half of those filled are."""
    filled = [cell for cell in row if cell]
    right = [cell for cell in filled if NUMBER.fullmatch(cell) or CLOCK.match(cell)]
    return bool(right) and 2 * len(right) >= len(filled)


def _first_row(body: Sequence[tuple[int, str]], delimiter: str) -> int | None:
    """The first line of numbers that the next lines are like."""
    rows = [cells(line, delimiter) for _number, line in body[:LOOKED_AT]]
    for at, row in enumerate(rows):
        after = rows[at + 1 : at + 4]
        if _numeric(row) and all(_numeric(one) and len(one) == len(row) for one in after):
            if at == 0 and len(row) > 1 and not row[0] and all(one[0] for one in after) and after:
                continue  # a heading of numbers above an index without a name
            return at
    found = [at for at, row in enumerate(rows) if _numeric(row)]
    return found[0] if found else None


def _headings(
    heads: Sequence[Sequence[str]], width: int
) -> tuple[tuple[str, ...], tuple[str, ...], int]:
    """Names and units from the lines above the numbers, and how many lines they took."""
    if not heads or len(heads[-1]) < max(1, width - 1):
        return (), ("",) * width, 0
    last = [cell.strip("()[] ") for cell in heads[-1]]
    bracketed = all(re.fullmatch(r"[(\[].*[)\]]", cell) for cell in heads[-1] if cell)
    if len(heads) > 1 and len(heads[-2]) >= width - 1 and (bracketed or _like_units(last)):
        return _wide(heads[-2], width), _wide(last, width), 2
    return _wide(heads[-1], width), ("",) * width, 1


def _like_units(cells_: Sequence[str]) -> bool:
    known = {"s", "ms", "us", "v", "mv", "a", "ma", "volt", "second", "seconds", "volts", "hz"}
    filled = [cell for cell in cells_ if cell]
    return bool(filled) and all(cell.lower() in known for cell in filled)


def _wide(row: Sequence[str], width: int) -> tuple[str, ...]:
    return tuple([*row, *[""] * width][:width])


def _numbers(
    body: Sequence[tuple[int, str]], delimiter: str, width: int
) -> tuple[list[Samples], list[Doubt], set[int]]:
    fast = _fast(body, delimiter, width)
    if fast is not None:
        return list(fast.T), [], set()
    rows = [cells(line, delimiter) for _number, line in body]
    comma = delimiter != "," and _decimal_comma(rows)
    doubts: list[Doubt] = [Doubt("decimal_comma")] if comma else []
    doubts += [
        Doubt("ragged_row", str(number), {"cells": len(row), "expected": width})
        for (number, _line), row in zip(body, rows, strict=True)
        if len(row) != width and any(row[width:])
    ][:MOST_DOUBTS]
    columns, clocks = [], set()
    for at in range(width):
        texts = [row[at] if at < len(row) else "" for row in rows]
        if sum(bool(CLOCK.match(one) or MOMENT.match(one)) for one in texts) > len(texts) / 2:
            columns.append(_clock_column(texts))
            clocks.add(at)
            continue
        values, bad = _column(texts, comma)
        columns.append(values)
        doubts += [
            Doubt("not_a_number", str(body[row][0]), {"column": at + 1, "text": texts[row][:40]})
            for row in bad[: MOST_DOUBTS if 2 * len(bad) < len(texts) else 0]
        ]
    return columns, doubts, clocks


def _fast(body: Sequence[tuple[int, str]], delimiter: str, width: int) -> Samples | None:
    """All numbers at once, where every cell is a plain number."""
    try:
        found = np.loadtxt(
            io.StringIO("\n".join(line for _number, line in body)),
            delimiter=None if delimiter in ("", " ") else delimiter,
            ndmin=2,
            comments=None,
        )
    except ValueError:
        return None
    return found if found.shape == (len(body), width) else None


def _decimal_comma(rows: Sequence[Sequence[str]]) -> bool:
    looked = [cell for row in rows[:LOOKED_AT] for cell in row]
    with_comma = sum("," in cell and is_number(cell) for cell in looked)
    return with_comma > 0 and not any("." in cell and is_number(cell) for cell in looked)


def _column(texts: Sequence[str], comma: bool) -> tuple[Samples, list[int]]:
    values, bad = np.full(len(texts), np.nan), []
    for at, text in enumerate(texts):
        if text.lower() in EMPTY:
            continue
        try:
            values[at] = float(text.replace(",", ".") if comma else text)
        except ValueError:
            bad.append(at)
    return values, bad


def _clock_column(texts: Sequence[str]) -> Samples:
    """Times of day or moments as seconds from the first; over midnight they go on."""
    if all(MOMENT.match(text) for text in texts):
        try:
            moments = np.array(
                [text[:26].replace(" ", "T").rstrip("Z") for text in texts], "datetime64[us]"
            )
        except ValueError:
            return np.full(len(texts), np.nan)
        seconds = (moments - moments[0]) / np.timedelta64(1, "s")
        return np.asarray(seconds, float)
    values = np.full(len(texts), np.nan)
    for at, text in enumerate(texts):
        found = CLOCK.search(text)
        if found:
            hours, minutes, rest = found.groups()
            seconds = float((rest or "0").replace(",", "."))
            values[at] = 3600 * int(hours) + 60 * int(minutes) + seconds
    turns = np.cumsum(np.concatenate([[0.0], np.diff(values) < -43_200]))
    whole = values + 86_400 * turns
    return np.asarray(whole - whole[0], float)
