"""Refusing documents that are made to cost more than they are worth.

Putting RDF in canonical form tries every order of nodes that look alike; a page of a few kilobytes
can ask for years of work. What we sign is a small tree whose nodes differ, so anything else that
strangers hand in to be verified is turned away before that work begins.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

LARGEST_DOCUMENT = 256 * 1024  # characters; a status list that is half full has about 25,000
# Nodes that look alike: their orders are tried one after another, 720 of them for 6.
MOST_ALIKE = 6
PLAIN_KEYWORDS = {"@context", "@id", "@type", "@value", "@language", "@direction"}


def is_bounded(document: Mapping[str, Any]) -> bool:
    """Whether the document's canonical form costs no more than that of one of ours.

    It must be small, a plain tree (no `_:` names, none of JSON-LD's keywords that join or split
    nodes), and at most six of its nodes without a name may look alike from one step away.
    Cost: one walk through the document.
    """
    try:
        text = json.dumps(document)
    except (TypeError, ValueError, RecursionError):
        return False
    if len(text) > LARGEST_DOCUMENT or '"_:' in text:
        return False
    nodes = list(_nodes(document))
    if any(key.startswith("@") and key not in PLAIN_KEYWORDS for node in nodes for key in node):
        return False
    looks = Counter(_look(node) for node in nodes if not {"id", "@id", "@value"} & node.keys())
    return sum(count for count in looks.values() if count > 1) <= MOST_ALIKE


def _nodes(value: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, Mapping):
        yield value
        for inner in value.values():
            yield from _nodes(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _nodes(inner)


def _look(node: Mapping[str, Any]) -> str:
    """The node as its neighbours see it: names and plain values, but not what is inside others."""
    seen = {
        key: sorted({json.dumps(_outside(one)) for one in (v if isinstance(v, list) else [v])})
        for key, v in node.items()
    }
    return json.dumps(seen, sort_keys=True)


def _outside(value: Any) -> Any:
    if isinstance(value, Mapping):
        return value.get("id", value.get("@id", value.get("@value", {})))
    return [] if isinstance(value, list) else value
