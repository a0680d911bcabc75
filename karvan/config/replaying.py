"""``karvan selection replay FILE``: is the answer in a document the answer to its question?

It needs no database and no settings: whoever has the file and this software can ask.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from karvan.engines import selection

from .console import Trouble, say


def replay_file(path: Path, *, lists_all: bool) -> bool:
    """Answer the document's question again and say what came of it; True if it is the same.

    Raises:
        Trouble: the file cannot be read.

    Cost: one run of the engine; 0.1 s for 1,000 applicants.
    """
    try:
        document = path.read_bytes()
    except OSError as wrong:
        raise Trouble(f"{path} cannot be read: {wrong.strerror}.") from wrong
    say(f"SHA-256 {selection.document_hash(document)}")
    try:
        answer = selection.replay(document)
    except (ValueError, KeyError, TypeError) as wrong:
        say(f"WRONG  {path.name}: {wrong}")
        return False
    say(f"The same answer: {_in_words(answer)}")
    for key in _named(answer, document) if lists_all else ():
        say(key)
    return True


def _named(answer: Any, document: bytes) -> tuple[str, ...]:
    if isinstance(answer, selection.Lottery):
        problem: Any = selection.read_problem(document)
        return selection.draw_panel(answer, problem.seed)
    return getattr(answer, "chosen", ())


def _in_words(answer: Any) -> str:
    if isinstance(answer, selection.Cohort):
        proof = "proved" if answer.proved else f"not proved, {answer.gap} hundredths may be gained"
        return f"{len(answer.chosen)} chosen, {len(answer.waiting)} waiting, {proof}."
    if isinstance(answer, selection.Infeasible):
        return f"no cohort; these quotas clash: {', '.join(answer.clash)}."
    if isinstance(answer, selection.Lottery):
        proof = "proved" if answer.proved else "not proved"
        return f"a lottery in which everybody's chance is {answer.least} in a million or more, {proof}."
    return f"{type(answer).__name__}."
