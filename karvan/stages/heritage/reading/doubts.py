"""What can be doubtful about a line, said in words, and how each doubt can be settled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Words = str | Promise

WORDS: dict[str, Words] = {
    "cells_joined": _("The line holds more cells than there are headings; it is read as if “%(value)s” stood in one cell."),
    "cells_more": _("The line holds %(found)s cells and there are %(wanted)s headings; which belongs where cannot be told."),
    "cells_fewer": _("The line holds %(found)s cells and there are %(wanted)s headings; the last ones are taken as empty."),
    "unreadable": _("Some letters of the line are not of this encoding; another encoding may read them."),
    "number_missing": _("There is no number; one was made from name and place: %(value)s."),
    "number_repeated": _("The number %(value)s stands in line %(first)s already."),
    "number_long": _("The number has more than 60 letters: %(value)s."),
    "name_missing": _("There is no name; the number stands for it."),
    "place_swapped": _("Latitude and longitude seem to have changed places: %(value)s."),
    "place_out": _("This is not a place on earth: %(value)s."),
    "place_zero": _("Latitude and longitude are both nought."),
    "place_half": _("Only one of latitude and longitude is there: %(value)s."),
    "place_far": _("The place %(value)s does not lie in %(country)s."),
    "place_unread": _("The place cannot be read: %(value)s."),
    "places_differ": _("The columns of the place say different things: %(value)s and %(other)s."),
    "date_future": _("The year %(value)s lies ahead of today."),
    "date_kept": _("The year %(value)s lies ahead of today; the cell is kept with its line only."),
    "date_unread": _("The date cannot be read: %(value)s."),
    "years_order": _("The years run backwards: %(value)s."),
    "years_unread": _("The year cannot be read: %(value)s."),
    "importance_unknown": _("This importance is not known here: %(word)s."),
    "country_unknown": _("This country is not known: %(word)s."),
    "condition_unknown": _("This condition is not known here: %(word)s."),
    "conditions_differ": _("Several conditions are named; the worst is taken: %(value)s."),
    "trend_unknown": _("This trend is not known here: %(word)s."),
    "columns_differ": _("Columns of the same name say different things: %(value)s and %(other)s."),
    "list_unread": _("This entry of a list cannot be read: %(value)s."),
    "status_order": _("The status would end before it begins: %(value)s."),
    "too_long": _("The text is longer than %(most)s letters and is cut; the whole is kept with the line."),
    "edited_here": _("It was changed here and in the file: here “%(here)s”, in the file “%(value)s”."),
}  # fmt: skip

PLAIN = pgettext_lazy("how a doubt is settled", "leave it empty")
OPTIONS: dict[str, list[tuple[str, Words]]] = {
    "cells_joined": [("take", _("read it so")), ("leave", _("leave the line out"))],
    "cells_more": [("leave", _("leave the line out")), ("take", _("read the first cells"))],
    "number_missing": [("take", _("take the number made")), ("leave", _("leave the line out"))],
    "number_repeated": [
        ("leave", _("take the first line only")),
        ("both", _("take both, with a letter behind the number")),
    ],
    "name_missing": [("take", _("name it by its number")), ("leave", _("leave the line out"))],
    "place_swapped": [
        ("swap", _("change them back")),
        ("keep", _("keep them as they stand")),
        ("drop", PLAIN),
    ],
    "place_far": [
        ("keep", _("keep the place")),
        ("swap", _("change latitude and longitude")),
        ("drop", PLAIN),
    ],
    "date_future": [("drop", PLAIN), ("keep", _("keep the year"))],
    "years_order": [("swap", _("turn them round")), ("drop", PLAIN)],
    "importance_unknown": [
        ("unknown", _("not known")),
        ("world", _("of world importance")),
        ("national", _("of national importance")),
        ("local", _("of local importance")),
    ],
    "edited_here": [("here", _("keep what stands here")), ("file", _("take it from the file"))],
}
BY_WORD = ("importance_unknown", "country_unknown", "condition_unknown", "trend_unknown")


@dataclass(frozen=True, slots=True)
class Doubt:
    """One doubt. ``line`` is the line's number in the file, ``column`` the heading it is about."""

    code: str
    line: int
    column: str = ""
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def group(self) -> str:
        """Doubts of one group can be settled together: one code, or one code and one word."""
        word = self.values.get("word", "") if self.code in BY_WORD else ""
        return f"{self.code}:{word}" if word else self.code

    def plain(self) -> dict[str, object]:
        """As it is kept in a report."""
        return {
            "code": self.code,
            "line": self.line,
            "column": self.column,
            "values": dict(self.values),
        }


@dataclass(frozen=True)
class Settled:
    """How doubts were settled: ``choices`` maps a group, or "code@line", to an option's key."""

    choices: Mapping[str, str] = field(default_factory=dict)

    def of(self, doubt: Doubt) -> str:
        """The option in force: the line's own, else its group's, else the first; "" without any."""
        options = [key for key, _words in OPTIONS.get(doubt.code, [])]
        for asked in (f"{doubt.code}@{doubt.line}", doubt.group):
            if self.choices.get(asked) in options:
                return self.choices[asked]
        return options[0] if options else ""


def said(code: str, values: Mapping[str, str]) -> str:
    """A doubt in the reader's words; its code where it is not known any more."""
    words = WORDS.get(code)
    if words is None:
        return code
    try:
        return str(words) % values
    except (KeyError, ValueError):
        return str(words)
