"""Values as YAML, in the style of the library: short parts in one line, long ones a line each."""

from __future__ import annotations

import json
from typing import Any

import yaml

_WIDE = 1_000_000


class _Dumper(yaml.SafeDumper):
    """Indents lists under their key, repeats nothing by aliases, and writes plain decimals."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> Any:
        return super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _decimal(dumper: yaml.SafeDumper, value: float) -> yaml.ScalarNode:
    words = format(value, "f").rstrip("0")
    return dumper.represent_scalar(
        "tag:yaml.org,2002:float", words + ("0" if words[-1] == "." else "")
    )


_Dumper.add_representer(float, _decimal)


def in_one_line(value: Any, style: str = "") -> str:
    """A value in one line, fit to stand inside `{…}` and `[…]` too.

    Args: style: `"` to keep a text in double quotes, as it was.
    """
    if style == '"' and isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    return _dumped([value], flow=True)[1:-1]


def in_lines(value: Any, indent: int = 0) -> str:
    """A mapping or list a line each, without the last line's end; parts of plain values in one."""
    lines = _dumped(value, flow=None).split("\n")
    return "\n".join(f"{' ' * indent}{line}" if line else line for line in lines)


def _dumped(value: Any, *, flow: bool | None) -> str:
    text: str = yaml.dump(
        value,
        Dumper=_Dumper,
        default_flow_style=flow,
        sort_keys=False,
        allow_unicode=True,
        width=_WIDE,
    )
    return text.rstrip("\n")
