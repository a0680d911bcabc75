"""The first check: does the document have the shape the JSON Schema asks for?"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from importlib import resources
from typing import Any

from django.utils.translation import gettext as _
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from .nodes import Finding, Findings
from .problems import did_you_mean

KIND_NAMES: dict[str, Callable[[], str]] = {
    "object": lambda: _("a part with keys of its own"),
    "array": lambda: _("a list"),
    "string": lambda: _("a text"),
    "number": lambda: _("a number"),
    "integer": lambda: _("a whole number"),
    "boolean": lambda: _("true or false"),
}


@cache
def validator() -> Draft202012Validator:
    """The checker for `blueprint/1`; the schema itself is checked once."""
    package = resources.files("karvan.stages.blueprints")
    schema = json.loads((package / "schema" / "blueprint-1.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def structure_findings(data: Any) -> Findings:
    """Every departure from the schema, with its raw path and a sentence about it."""
    for error in validator().iter_errors(data):
        yield from _findings(error)


def _findings(error: ValidationError) -> Findings:
    raw = tuple(error.absolute_path)
    say = _SAYINGS.get(str(error.validator))
    if say is None:
        yield raw, _("“%(value)s” does not fit here.") % {"value": _short(error.instance)}
        return
    for step, message in say(error):
        yield (*raw, *step), message


def _required(error: ValidationError) -> list[Finding]:
    # The library reports one error for each missing key and quotes the key first.
    missing = str(error.message).split("'")[1]
    return [((), _("“%(key)s” is missing.") % {"key": missing})]


def _unknown_keys(error: ValidationError) -> list[Finding]:
    schema: Any = error.schema
    known = list(schema.get("properties", {}))
    return [
        (
            (key,),
            _("The key “%(key)s” is not known here.") % {"key": key} + did_you_mean(key, known),
        )
        for key in _keys(error.instance)
        if key not in known
    ]


def _one_of(error: ValidationError) -> list[Finding]:
    options: Any = error.validator_value
    value, known = _short(error.instance), [str(item) for item in options]
    message = _("“%(value)s” is not one of: %(known)s.") % {
        "value": value,
        "known": ", ".join(known),
    }
    return [((), message + did_you_mean(value, known))]


def _constant(error: ValidationError) -> list[Finding]:
    message = _("This must be “%(wanted)s”, not “%(value)s”.")
    wanted = error.validator_value
    return [((), message % {"wanted": wanted, "value": _short(error.instance)})]


def _kind(error: ValidationError) -> list[Finding]:
    wanted: Any = error.validator_value
    kinds = [wanted] if isinstance(wanted, str) else list(wanted)
    names = _(" or ").join(KIND_NAMES[kind]() for kind in kinds)
    message = _("“%(value)s” must be %(kind)s.")
    return [((), message % {"value": _short(error.instance), "kind": names})]


def _pattern(error: ValidationError) -> list[Finding]:
    message = _("“%(value)s” is not written as it must be (letters, digits, “-” and “_”).")
    return [((), message % {"value": _short(error.instance)})]


def _bound(template: Callable[[], str]) -> Callable[[ValidationError], list[Finding]]:
    def say(error: ValidationError) -> list[Finding]:
        detail = {"value": _short(error.instance), "limit": error.validator_value}
        return [((), template() % detail)]

    return say


def _known_or_not(error: ValidationError) -> list[Finding]:
    message = _("“%(value)s” must be a number, not_collected or unknown.")
    return [((), message % {"value": _short(error.instance)})]


_SAYINGS: dict[str, Callable[[ValidationError], list[Finding]]] = {
    "required": _required,
    "additionalProperties": _unknown_keys,
    "enum": _one_of,
    "const": _constant,
    "type": _kind,
    "pattern": _pattern,
    "anyOf": _known_or_not,
    "minimum": _bound(lambda: _("%(value)s is less than the least, %(limit)s.")),
    "exclusiveMinimum": _bound(lambda: _("%(value)s must be more than %(limit)s.")),
    "maximum": _bound(lambda: _("%(value)s is more than the most, %(limit)s.")),
    "minItems": _bound(lambda: _("The list needs at least %(limit)s.")),
    "maxItems": _bound(lambda: _("The list may have at most %(limit)s.")),
    "minProperties": _bound(lambda: _("This part is empty.")),
    "minLength": _bound(lambda: _("The text is empty.")),
    "maxLength": _bound(lambda: _("The text is longer than %(limit)s characters.")),
}


def _keys(value: Any) -> list[str]:
    return list(value)


def _short(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    shown = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return shown if len(shown) <= 60 else shown[:57] + "…"
