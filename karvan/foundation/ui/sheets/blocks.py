"""What a sheet is made of: a title and blocks from top to bottom, in one language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

LANGUAGES = ("en", "fr", "ar", "az")


@dataclass(frozen=True)
class Heading:
    """A heading; level 2 opens a part, level 3 a section in it. The title is level 1."""

    text: str
    level: int = 2

    def __post_init__(self) -> None:
        if self.level not in (2, 3):
            raise ValueError(f"heading level {self.level} is neither 2 nor 3")


@dataclass(frozen=True)
class Paragraph:
    """Running text; `quiet` sets it as a note, smaller and in the second ink."""

    text: str
    quiet: bool = False


@dataclass(frozen=True)
class Points:
    """A list of short statements, numbered or not."""

    items: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True)
class Facts:
    """Names and values, one pair a line: what a record says at its head."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Column:
    """A column's head; numbers stand at the line's end in figures of one width."""

    head: str
    numeric: bool = False


@dataclass(frozen=True)
class Table:
    """Rows under heads that repeat on each page. `total` sets the last row apart."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    total: bool = False

    def __post_init__(self) -> None:
        wrong = [row for row in self.rows if len(row) != len(self.columns)]
        if wrong or not self.columns:
            raise ValueError(f"row {wrong[:1]} does not have {len(self.columns)} cells")


@dataclass(frozen=True)
class Figure:
    """A picture as SVG text; `alternative` states its finding to those who do not see it.

    `share` is its width in hundredths of the text's.
    """

    svg: str
    alternative: str
    caption: str = ""
    share: int = 100

    def __post_init__(self) -> None:
        if not self.alternative.strip():
            raise ValueError("a figure has no text alternative")
        if not 0 < self.share <= 100:
            raise ValueError(f"a figure takes 1 to 100 hundredths of the width, not {self.share}")


@dataclass(frozen=True)
class Signature:
    name: str
    office: str = ""


@dataclass(frozen=True)
class Signatures:
    """Lines to sign on, side by side."""

    lines: tuple[Signature, ...]


@dataclass(frozen=True)
class NewPage:
    """What follows begins a page."""


Block = Heading | Paragraph | Points | Facts | Table | Figure | Signatures | NewPage


@dataclass(frozen=True)
class Sheet:
    """A letter, a report or a pack.

    `over` stands above the title (who sends it), `under` below it (what and for when), `reference`
    at the head of every page after the first; `made_at` is the document's date in the file, so that
    the same sheet gives the same bytes. `landscape` turns the page for wide tables.
    """

    title: str
    language: str
    blocks: tuple[Block, ...]
    made_at: datetime
    over: str = ""
    under: str = ""
    reference: str = ""
    landscape: bool = False

    def __post_init__(self) -> None:
        if self.language not in LANGUAGES:
            raise ValueError(f"language {self.language!r} is not one of {LANGUAGES}")
        if not self.title.strip():
            raise ValueError("a sheet has no title")
