"""The order in which an author wrote a document; a database may not keep it."""

from __future__ import annotations

from typing import Any

from .paths import identity_of, is_named_list


def in_order_of(value: Any, like: Any) -> Any:
    """The value with its keys in the order of another one; keys that only it has come last.

    Lists keep their own order; their items take the order of keys from the item of the same
    identity, else of the same position. Cost: linear in the value.
    """
    if isinstance(value, dict) and isinstance(like, dict):
        keys = [*(key for key in like if key in value), *(key for key in value if key not in like)]
        return {key: in_order_of(value[key], like.get(key)) for key in keys}
    if isinstance(value, list) and isinstance(like, list):
        if is_named_list(value) and is_named_list(like):
            known = {identity_of(item): item for item in like}
            return [in_order_of(item, known.get(identity_of(item))) for item in value]
        pairs = zip(value, [*like, *([None] * len(value))], strict=False)
        return [in_order_of(item, other) for item, other in pairs]
    return value
