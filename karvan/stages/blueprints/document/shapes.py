"""What the schema asks of a part: its possible values, and the keys a part may have."""

from __future__ import annotations

from typing import Any

from .paths import split
from .structure import validator


def choices_at(path: str) -> tuple[Any, ...]:
    """The values among which a part, or each entry of a list, must be; () where any may stand."""
    shape = _shape(path)
    inner = _resolved(shape.get("items", {})) if "items" in shape else shape
    return tuple(inner.get("enum", ()))


def keys_at(path: str) -> dict[str, str]:
    """The keys a part may have, each with the kind of what stands under it ("" if it has several)."""
    shape = _shape(path)
    found = shape.get("properties", {})
    return {key: str(_resolved(below).get("type", "")) for key, below in found.items()}


def kind_at(path: str) -> str:
    """What stands at a path: "words" in languages, "object", "array", "integer", "string", …"""
    shape = _shape(path)
    if "propertyNames" in shape:
        return "words"
    return str(shape.get("type", "string" if "enum" in shape else ""))


def required_at(path: str) -> tuple[str, ...]:
    """The keys that a part, or each item of a list, must have."""
    shape = _shape(path)
    inner = _resolved(shape.get("items", {})) if "items" in shape else shape
    return tuple(inner.get("required", ()))


def item_shape(path: str) -> dict[str, str]:
    """The keys an item of the list at this path may have, with their kinds."""
    inner = _resolved(_shape(path).get("items", {}))
    return {
        key: str(_resolved(below).get("type", ""))
        for key, below in inner.get("properties", {}).items()
    }


def _shape(path: str) -> dict[str, Any]:
    shape: dict[str, Any] = dict(validator().schema)  # type: ignore[arg-type]
    for part in split(path):
        shape = _resolved(shape)
        if part in shape.get("properties", {}):
            shape = shape["properties"][part]
        elif "items" in shape:
            shape = shape["items"]
        elif isinstance(shape.get("additionalProperties"), dict):
            shape = shape["additionalProperties"]
        else:
            return {}
    return _resolved(shape)


def _resolved(shape: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in shape:
        name = str(shape["$ref"]).rpartition("/")[2]
        shape = validator().schema["$defs"][name]  # type: ignore[index]
    return shape
