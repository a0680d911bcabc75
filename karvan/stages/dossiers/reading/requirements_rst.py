"""Requirements in reStructuredText: directives that name a code, options that link to others.

Two forms are known: ``.. item:: CODE caption`` with links as options (``:fulfills: A B``), and
any directive with an ``:id:`` option. The text of an item is what is indented under it or, where
nothing is, the paragraphs that follow up to the next directive, heading or rule.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

DIRECTIVE = re.compile(r"^\.\. +([\w-]+):: *(.*)$", re.M)
_OPTION = re.compile(r"^\s+:([\w -]+):(?: +(.*))?\s*$")
_RULE = re.compile(r"""^([=\-`:'"~^_*+#<>.])\1{2,}\s*$""")
LINKS = (
    "fulfills", "fulfils", "satisfies", "implements", "derives", "derived_from", "derives_from",
    "refines", "traces", "trace", "traces_to", "parent", "parents", "links", "depends_on",
)  # fmt: skip
# Options that say something about how it is shown, nothing about the requirement.
_LAYOUT = {"class", "name", "nocaptions", "hidecaption", "hidetype", "layout", "style", "tags"}
_FIELDS = {
    "rationale": "rationale",
    "priority": "priority",
    "verification": "verification",
    "verification_method": "verification",
    "type": "type",
}

Raw = dict[str, str]
RawDoubt = tuple[str, str, dict[str, Any]]


def from_lines(lines: Sequence[str]) -> tuple[list[Raw], list[RawDoubt]]:
    """Every item with its line, and what was not understood."""
    found: list[Raw] = []
    doubts: list[RawDoubt] = []
    at = 0
    while at < len(lines):
        head = DIRECTIVE.match(lines[at])
        if head is None:
            at += 1
            continue
        options, after = _options(lines, at + 1)
        if head[1] != "item" and "id" not in options:
            at += 1
            continue
        text, end = _text(lines, after)
        raw, more = _raw(head[1], head[2].strip(), options, text, str(at + 1))
        found.append(raw)
        doubts += more
        at = end
    return found, doubts


def _raw(
    kind: str, argument: str, options: dict[str, str], text: str, where: str
) -> tuple[Raw, list[RawDoubt]]:
    if kind == "item":
        code, _space, caption = argument.partition(" ")
    else:
        code, caption = options.get("id", ""), argument
    raw: Raw = {"where": where, "code": code, "type": "" if kind in ("item", "need") else kind}
    raw["statement"] = "\n\n".join(part for part in (caption.strip(), text) if part)
    links, doubts = [], []
    for name, value in options.items():
        if name in LINKS:
            links.append(value)
        elif name in _FIELDS:
            raw[_FIELDS[name]] = value
        elif name not in _LAYOUT and name != "id":
            doubts.append(("unknown_option", where, {"code": code, "option": name}))
    if raw["type"] in ("req", "requirement", "spec", "impl", "test", "story"):
        raw["type"] = ""
    raw["fulfils"] = " ".join(links)
    for word in sorted(set(re.findall(r"\|[\w-]+\|", raw["statement"]))):
        doubts.append(("substitution", where, {"code": code, "word": word}))
    return raw, doubts


def _options(lines: Sequence[str], at: int) -> tuple[dict[str, str], int]:
    """The options under a directive, continued lines joined, and where they end."""
    options: dict[str, str] = {}
    name = ""
    while at < len(lines) and lines[at].strip() and lines[at][0].isspace():
        option = _OPTION.match(lines[at])
        if option:
            name = option[1].strip().lower().replace(" ", "_")
            options[name] = " ".join((options.get(name, ""), option[2] or "")).strip()
        elif name:
            options[name] = f"{options[name]} {lines[at].strip()}".strip()
        else:
            break
        at += 1
    return options, at


def _text(lines: Sequence[str], at: int) -> tuple[str, int]:
    """The text of an item from a line on, its paragraphs parted by a blank line."""
    while at < len(lines) and not lines[at].strip():
        at += 1
    indented = at < len(lines) and lines[at][:1].isspace()
    paragraphs: list[list[str]] = [[]]
    while at < len(lines):
        line = lines[at]
        if not line.strip():
            paragraphs.append([])
        elif _ends(lines, at) or (indented and not line[0].isspace()):
            break
        else:
            paragraphs[-1].append(line.strip())
        at += 1
    return "\n\n".join(" ".join(one) for one in paragraphs if one), at


def _ends(lines: Sequence[str], at: int) -> bool:
    """True where something else begins: a directive, a comment, a heading, a rule."""
    line = lines[at]
    if line.startswith("..") and (len(line) == 2 or line[2].isspace()):
        return True
    if _RULE.match(line):
        return True
    return at + 1 < len(lines) and bool(_RULE.match(lines[at + 1])) and not line[0].isspace()
