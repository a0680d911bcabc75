"""Finding the words of a document that a signature would not cover.

A JSON-LD processor drops a key that no context defines, without a word; the signature is then over
a document that lacks it, and anyone may change it later. Other verifiers refuse such documents.
So nothing is signed, and nothing counts as verified, while a word is left that does not expand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pyld import jsonld

from karvan.stages.credentials.signing.contexts import FILES, load_document

MARK = "urn:karvan:mark:"
# PyLD would quietly complete what is relative with an address of its own and sign that.
RELATIVE = "https://relative.invalid/"
# Values of these keys steer the expansion itself; they are checked after it instead of marked.
STEERING = {"@context", "@type", "type", "@language", "@direction"}


def expand(document: Mapping[str, Any]) -> list[Any]:
    """The document with every word replaced by the address that defines it."""
    expanded: list[Any] = jsonld.expand(
        dict(document), {"documentLoader": load_document, "base": RELATIVE}
    )
    return expanded


def unsigned_terms(document: Mapping[str, Any]) -> tuple[str, ...]:
    """The places, such as `credentialSubject.nickname`, that a signature would not cover.

    Method: every value is replaced by a mark of its own and the marked document expanded; a mark
    that is missing afterwards stood under a word nobody defines. Types and identifiers that stay
    relative are dropped later, on the way to RDF, so they count too.
    Raises: ValueError for a context that is not kept here. Cost: two expansions, about 3 ms each.
    """
    foreign = [f"@context: {entry!r}" for entry in _contexts(document) if entry not in FILES]
    if foreign:
        return tuple(foreign)
    places: dict[str, str] = {}
    marked = _mark(document, "", places)
    kept = set(_strings(expand(marked)))
    lost = [place for mark, place in places.items() if mark not in kept]
    return tuple(lost + list(_relative(expand(document))))


def _contexts(node: Any) -> Iterator[Any]:
    """Every context anywhere: one hidden deep inside could redefine a word below it."""
    if isinstance(node, Mapping):
        for key, value in node.items():
            if key == "@context":
                entries = value if isinstance(value, list) else [value]
                yield from (e if isinstance(e, str) else repr(e) for e in entries)
            else:
                yield from _contexts(value)
    elif isinstance(node, list):
        for value in node:
            yield from _contexts(value)


def _mark(node: Any, place: str, places: dict[str, str]) -> Any:
    if isinstance(node, Mapping):
        marked = {
            key: value if key in STEERING else _mark(value, f"{place}.{key}".lstrip("."), places)
            for key, value in node.items()
        }
        # An object that holds only a type would carry no mark; an identifier gives it one.
        if not {"@id", "id", "@value"} & node.keys():
            marked["@id"] = _new_mark(place, places)
        return marked
    if isinstance(node, list):
        return [_mark(value, f"{place}[{at}]", places) for at, value in enumerate(node)]
    mark = _new_mark(place, places)
    # A null says nothing that could be signed; left as it is, its mark counts as missing.
    return None if node is None else mark


def _new_mark(place: str, places: dict[str, str]) -> str:
    mark = f"{MARK}{len(places)}"
    places[mark] = place or "the document"
    return mark


def _strings(node: Any) -> Iterator[str]:
    if isinstance(node, Mapping):
        for key, value in node.items():
            yield key
            yield from _strings(value)
    elif isinstance(node, list):
        for value in node:
            yield from _strings(value)
    elif isinstance(node, str):
        yield node


def _relative(node: Any) -> Iterator[str]:
    if isinstance(node, Mapping):
        if "@value" not in node:
            yield from (
                f"type {name!r}" for name in map(_relative_part, node.get("@type", [])) if name
            )
        if name := _relative_part(node.get("@id", "")):
            yield f"id {name!r}"
        for value in node.values():
            yield from _relative(value)
    elif isinstance(node, list):
        for value in node:
            yield from _relative(value)


def _relative_part(address: str) -> str:
    return address.removeprefix(RELATIVE) if address.startswith(RELATIVE) else ""
