"""A guide as it was read, whatever the form of its file: steps, lines, and what is in doubt."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from karvan.stages.dossiers.errors import Unreadable

BULLETS = (
    "black", "red", "orange", "yellow", "green", "light_blue", "blue", "violet",
    "icon_note", "icon_caution", "icon_reminder",
)  # fmt: skip
MOST_LEVEL = 2
MOST_TITLE = 150


@dataclass(frozen=True, slots=True)
class Doubt:
    """What was not taken over as it stands: a code, where, and what the words need."""

    code: str
    where: str = ""
    args: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class LineRead:
    text: str
    bullet: str = "black"
    level: int = 0


@dataclass(frozen=True, slots=True)
class StepRead:
    """One step; ``pictures`` are addresses, of which none is fetched."""

    title: str
    lines: tuple[LineRead, ...]
    pictures: tuple[str, ...] = ()
    tools: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GuideRead:
    title: str
    language: str
    steps: tuple[StepRead, ...]
    doubts: tuple[Doubt, ...]


@dataclass(slots=True)
class Reading:
    doubts: list[Doubt] = field(default_factory=list)

    def doubt(self, code: str, where: str = "", **args: object) -> None:
        self.doubts.append(Doubt(code, where, tuple((k, str(v)) for k, v in args.items())))


def guide_read(
    title: str,
    language: str,
    steps: list[StepRead],
    tools: tuple[str, ...],
    left: dict[str, int],
    reading: Reading,
) -> GuideRead:
    if not steps:
        raise Unreadable(_("This guide has no step."))
    unplaced = tuple(t for t in tools if not any(t in step.tools for step in steps))
    if unplaced:
        first = steps[0]
        steps[0] = StepRead(first.title, first.lines, first.pictures, first.tools + unplaced)
        reading.doubt("tools_of_all", "1", many=len(unplaced))
    for name, many in left.items():
        if many:
            reading.doubt(f"left_{name}", "", many=many)
    return GuideRead(title, language, tuple(steps), tuple(reading.doubts))


def step_read(
    at: int,
    title: str,
    rows: list[tuple[str, str, str]],
    pictures: list[str],
    tools: tuple[str, ...],
    reading: Reading,
) -> StepRead:
    where = str(at)
    lines = []
    for number, (text, bullet, level) in enumerate(rows, 1):
        if not text:
            reading.doubt("empty_line", where, line=number)
            continue
        lines.append(LineRead(text, *_bullet_and_level(where, number, bullet, level, reading)))
    title = " ".join(title.split())
    if not title:
        title = _first_words(lines[0].text) if lines else where
        reading.doubt("no_title", where, title=title)
    elif len(title) > MOST_TITLE:
        reading.doubt("title_cut", where, title=title)
        title = title[: MOST_TITLE - 1] + "…"
    if not lines:
        reading.doubt("no_lines", where)
    known = tuple(one for one in pictures if one)
    if known:
        reading.doubt("pictures", where, many=len(known))
    return StepRead(title, tuple(lines), known, tools)


def _bullet_and_level(
    where: str, line: int, bullet: str, level: str, reading: Reading
) -> tuple[str, int]:
    if bullet not in BULLETS:
        reading.doubt("bullet", where, line=line, bullet=bullet or "–")
        bullet = "black"
    try:
        deep = int(level)
    except ValueError:
        deep = -1
    if not 0 <= deep <= MOST_LEVEL:
        reading.doubt("level", where, line=line, level=level or "–")
        deep = min(max(deep, 0), MOST_LEVEL)
    return bullet, deep


def check_order(numbers: list[str], reading: Reading) -> None:
    """The steps come as the file has them; where its own numbers say otherwise, that is told."""
    given = [int(one) for one in numbers if one.lstrip("-").isdecimal()]
    if given != sorted(set(given)):
        reading.doubt("order")


def _first_words(text: str) -> str:
    if len(text) <= 80:
        return text
    return text[:80].rsplit(" ", 1)[0] + "…"
