"""The edits of a text: where entries and items begin and end in it, and what is put or dropped."""

from __future__ import annotations

from typing import Any

from .dumping import in_lines, in_one_line
from .marked import CannotEdit, Marked

_SHORT = 100

Edit = tuple[int, int, str]  # from, to, what stands there instead


class Editor:
    """Collects edits of one text, none of which may overlap another."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.edits: list[Edit] = []

    def text_with_edits(self) -> str:
        return self._applied(0, len(self.text), self.edits)

    def replace(self, node: Marked, value: Any, slot: tuple[int, int] | None) -> None:
        """Put a value in the place of another; `slot` is None inside `{…}` or `[…]`."""
        words = in_one_line(value, node.style)
        is_short = not isinstance(value, dict | list) or not value or len(words) <= _SHORT
        if slot is None or (node.is_flow and is_short):
            self._edit(node.start, node.end, words)
            return
        after, indent = slot
        is_block = node.kind in ("map", "seq") and not node.is_flow
        if is_short and not is_block and node.end > node.start:
            self._edit(node.start, node.end, words)
        elif is_short:
            self._edit(after, max(after, node.end), f" {words}")
        else:
            self._edit(after, max(after, node.end), self._below(value, after, indent))

    def slot_of_key(self, key: Marked) -> tuple[int, int]:
        """Where the value of a key in a block begins, and how far it is indented."""
        colon = self.text.find(":", key.end)
        if colon < 0 or self.text[key.end : colon].strip():
            raise CannotEdit
        return colon + 1, self._column(key.start) + 2

    def slot_of_item(self, item: Marked) -> tuple[int, int]:
        """Where an item of a block list begins behind its dash, and how far it is indented."""
        dash = self._dash(item)
        return dash + 1, self._column(dash) + 2

    def drop_entries(self, node: Marked, gone: list[int]) -> None:
        """Take keys with their values out of a mapping that keeps others."""
        spans = [(key.start, value.end) for key, value in node.pairs]
        for first, last in _runs(gone):
            if node.is_flow:
                self._drop_in_flow(spans, first, last)
            elif first == 0 and self._follows_a_dash(spans[0][0]):
                self._edit(spans[0][0], spans[last + 1][0], "")
            else:
                self._edit(self._line_start(spans[first][0]), self._line_end(spans[last][1]), "")

    def add_entry(self, node: Marked, at: int, key: str, value: Any) -> None:
        """Put a key with its value after the entry at this position."""
        first, last = node.pairs[at]
        words = in_one_line(value)
        name = in_one_line(key)
        if node.is_flow:
            self._edit(last.end, last.end, f", {name}: {words}")
            return
        indent = self._column(first.start)
        if isinstance(value, dict | list) and len(words) > _SHORT:
            words = "\n" + in_lines(value, indent + 2)
        else:
            words = f" {words}"
        self._insert_line(last.end, f"{' ' * indent}{name}:{words}")

    def drop_items(self, node: Marked, gone: list[int]) -> None:
        """Take items out of a list that keeps others."""
        spans = [(item.start, item.end) for item in node.items]
        for first, last in _runs(gone):
            if node.is_flow:
                self._drop_in_flow(spans, first, last)
            else:
                start = self._line_start(self._own_dash(node.items[first]))
                self._edit(start, self._line_end(spans[last][1]), "")

    def add_item(self, node: Marked, at: int | None, value: Any, first: int) -> None:
        """Put an item after the one at this position, or before the first that stays."""
        beside = node.items[first if at is None else at]
        if node.is_flow:
            words = in_one_line(value)
            place = beside.start if at is None else beside.end
            self._edit(place, place, f"{words}, " if at is None else f", {words}")
            return
        line = self._item_line(value, beside)
        if at is None:
            start = self._line_start(self._own_dash(beside))
            self._edit(start, start, f"{line}\n")
        else:
            self._insert_line(beside.end, line)

    def reorder(
        self, node: Marked, pairs: list[tuple[int | None, Any]], inside: list[Edit]
    ) -> None:
        """Items change places, with the edits inside them; what stands between them does not."""
        spans = [self._item_span(node, item) for item in node.items]
        gaps = [
            self.text[here[1] : there[0]] for here, there in zip(spans, spans[1:], strict=False)
        ]
        chunks = [
            self._new_chunk(node, value) if at is None else self._applied(*spans[at], inside)
            for at, value in pairs
        ]
        between = ", " if node.is_flow else ""
        woven = ""
        for at, chunk in enumerate(chunks):
            is_last = at == len(chunks) - 1
            woven += chunk + ("" if is_last else gaps[at] if at < len(gaps) else between)
        if not node.is_flow:
            woven += "".join(gaps[len(chunks) - 1 :])
        self._edit(spans[0][0], spans[-1][1], woven)

    def _item_span(self, node: Marked, item: Marked) -> tuple[int, int]:
        if node.is_flow:
            return item.start, item.end
        return self._line_start(self._own_dash(item)), self._line_end(item.end)

    def _new_chunk(self, node: Marked, value: Any) -> str:
        if node.is_flow:
            return in_one_line(value)
        return f"{self._item_line(value, node.items[0])}\n"

    def _item_line(self, value: Any, beside: Marked) -> str:
        """A new item in the style of the one beside it: in one line where that one is."""
        indent = self._column(self._dash(beside))
        words = in_one_line(value)
        is_plain = not isinstance(value, dict | list) or not value
        if is_plain or beside.is_flow or beside.kind == "scalar":
            return f"{' ' * indent}- {words}"
        return f"{' ' * indent}- {in_lines(value, indent + 2).lstrip()}"

    def _below(self, value: Any, after: int, indent: int) -> str:
        if self.text[after - 1] == "-":
            return f" {in_lines(value, indent).lstrip()}"
        return "\n" + in_lines(value, indent)

    def _drop_in_flow(self, spans: list[tuple[int, int]], first: int, last: int) -> None:
        if first > 0:
            self._edit(spans[first - 1][1], spans[last][1], "")
        else:
            self._edit(spans[0][0], spans[last + 1][0], "")

    def _insert_line(self, after: int, line: str) -> None:
        place = self._line_end(after)
        if place == len(self.text) and not self.text.endswith("\n"):
            self._edit(place, place, f"\n{line}")
        else:
            self._edit(place, place, f"{line}\n")

    def _dash(self, item: Marked) -> int:
        at = item.start - 1
        while at >= 0 and self.text[at].isspace():
            at -= 1
        if at < 0 or self.text[at] != "-":
            raise CannotEdit
        return at

    def _own_dash(self, item: Marked) -> int:
        """The dash of an item that begins its own line."""
        dash = self._dash(item)
        if self.text[self._line_start(dash) : dash].strip():
            raise CannotEdit
        return dash

    def _follows_a_dash(self, start: int) -> bool:
        return bool(self.text[self._line_start(start) : start].strip())

    def _line_start(self, at: int) -> int:
        return self.text.rfind("\n", 0, at) + 1

    def _line_end(self, at: int) -> int:
        end = self.text.find("\n", at)
        return len(self.text) if end < 0 else end + 1

    def _column(self, at: int) -> int:
        return at - self._line_start(at)

    def _edit(self, start: int, end: int, words: str) -> None:
        self.edits.append((start, end, words))

    def _applied(self, start: int, end: int, edits: list[Edit]) -> str:
        """The text from `start` to `end` with those edits that lie in it."""
        woven, at = "", start
        for first, last, words in sorted(
            (one for one in edits if start <= one[0] and one[1] <= end),
            key=lambda one: (one[0], one[1]),
        ):
            if first < at:
                raise CannotEdit
            woven += self.text[at:first] + words
            at = last
        return woven + self.text[at:end]


def _runs(positions: list[int]) -> list[tuple[int, int]]:
    """Positions that follow each other, as first and last."""
    runs: list[tuple[int, int]] = []
    for at in positions:
        if runs and runs[-1][1] == at - 1:
            runs[-1] = (runs[-1][0], at)
        else:
            runs.append((at, at))
    return runs
