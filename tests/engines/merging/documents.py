"""Generated documents: few keys, names and values, so that the sides often meet.

Everything is made from a `random.Random`: Hypothesis gives one that it can shrink, and a loop over
seeds gives many quickly.
"""

from copy import deepcopy
from random import Random

from hypothesis import strategies as st

from karvan.engines.merging import changes_between

KEYS = ("days", "title", "note")
NAMES = ("p", "q", "r", "s")
NEW_NAMES = ("p", "q", "t", "u", "v")
PLAIN = (0, 1, 1, 2, True, 1.0, "", "a", "b", None)


def is_sound(document):
    try:
        changes_between(document, document)
    except ValueError:
        return False
    return True


def value(rng, depth):
    """Any value of a document, at most so deep."""
    kind = rng.randrange(6) if depth else 0
    if kind == 1:
        return [rng.choice(PLAIN) for _ in range(rng.randrange(3))]
    if kind == 2:
        return mapping(rng, depth)
    if kind in (3, 4):
        return named_list(rng, depth)
    if kind == 5:
        return [mapping(rng, depth) for _ in range(rng.randrange(1, 4))]
    return rng.choice(PLAIN)


def mapping(rng, depth):
    keys = rng.sample(KEYS, rng.randrange(4))
    return {key: value(rng, depth - 1) for key in keys}


def named_list(rng, depth):
    key = rng.choice(("id", "code"))
    names = rng.sample(NAMES, rng.randrange(5))
    return [{key: name, **mapping(rng, depth)} for name in names]


def document(rng):
    return rng.choice((mapping, named_list, named_list, value))(rng, 2)


def edited(rng, held, most=4):
    """A copy of the document after a few edits, as a side would make them."""
    for _ in range(100):
        side = deepcopy(held)
        for _ in range(rng.randrange(most + 1)):
            side = edited_once(rng, side)
        if is_sound(side):
            return side
    return deepcopy(held)


def edited_once(rng, held):
    if isinstance(held, dict):
        if held and rng.randrange(4):
            key = rng.choice(sorted(held))
            held[key] = edited_once(rng, held[key])
        else:
            edit_mapping(rng, held)
        return held
    if isinstance(held, list) and rng.randrange(12):
        if held and not rng.randrange(3):
            at = rng.randrange(len(held))
            held[at] = edited_once(rng, held[at])
        else:
            edit_list(rng, held)
        return held
    return value(rng, 1)


def edit_mapping(rng, held):
    key = rng.choice((*KEYS, *held, "code"))
    if key in held and (key in KEYS or not rng.randrange(4)):
        del held[key]
    else:
        held[key] = value(rng, 1) if key in KEYS else rng.choice(NEW_NAMES)


def edit_list(rng, held):
    act = rng.choice(("add", "take", "move"))
    if act == "add":
        item = {rng.choice(("id", "id", "code")): rng.choice(NEW_NAMES), **mapping(rng, 1)}
        held.insert(rng.randrange(len(held) + 1), item)
    elif held:
        item = held.pop(rng.randrange(len(held)))
        if act == "move":
            held.insert(rng.randrange(len(held) + 1), item)


def made_sides(rng, count):
    """A document and what several sides made of it; now and then something unrelated."""
    base = sound(rng)
    if not rng.randrange(8):
        return base, *(sound(rng) for _ in range(count))
    return base, *(edited(rng, base) for _ in range(count))


def sound(rng):
    return next(made for made in (document(rng) for _ in iter(int, 1)) if is_sound(made))


_rngs = st.randoms(use_true_random=False)
documents = _rngs.map(sound)


def sides(count):
    return _rngs.map(lambda rng: made_sides(rng, count))


def many_sides(count, seeds):
    """So many documents with sides, the same on every run."""
    return (made_sides(Random(seed), count) for seed in range(seeds))
