"""One document that holds problem and answer, byte for byte the same, and can be replayed."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version
from typing import Any

import numpy
import ortools
import scipy

from .answer import Cohort, Infeasible
from .assign import assign_reviews
from .assigned import Assignment
from .calibrate import calibrate
from .calibrated import Calibration
from .choose import WORK, choose_cohort
from .form_teams import form_teams
from .leximin import choose_by_lottery
from .lottery import Lottery, draw_panel
from .marks import CalibrationProblem
from .match import match_stable
from .matched import Matching
from .plain import plain, read
from .preferences import MatchProblem
from .problem import ChoiceProblem
from .reading import AssignmentProblem
from .teams import TeamProblem, Teams

ENGINE_VERSION = "2"

Problem = ChoiceProblem | AssignmentProblem | CalibrationProblem | MatchProblem | TeamProblem
Answer = Cohort | Infeasible | Lottery | Assignment | Calibration | Matching | Teams


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of question: what asks it, what answers it, and how it is answered again.

    slack: by how much the whole numbers of two machines may differ. Estimates come from
           fractions, whose last digits are a processor's own; a choice has none.
    asked: what is asked of the problem, where it can be asked more than one thing.
    """

    problem: type
    answers: tuple[type, ...]
    solve: Callable[[Any, int], Any]
    slack: int = 0
    asked: str = ""


KINDS = (
    Kind(
        ChoiceProblem, (Cohort, Infeasible), lambda problem, work: choose_cohort(problem, work=work)
    ),
    Kind(
        ChoiceProblem,
        (Lottery, Infeasible),
        lambda problem, work: choose_by_lottery(problem),
        asked="lottery",
    ),
    Kind(MatchProblem, (Matching,), lambda problem, work: match_stable(problem)),
    Kind(TeamProblem, (Teams,), lambda problem, work: form_teams(problem)),
    Kind(CalibrationProblem, (Calibration,), lambda problem, work: calibrate(problem), slack=1),
    Kind(AssignmentProblem, (Assignment,), lambda problem, work: assign_reviews(problem)),
)


# What has to be the same whichever engine answers; an answer of another kind in all it says.
OUTCOMES = {"Cohort": ("chosen", "waiting", "value", "tickets"), "Infeasible": ()}


def canonical_document(
    problem: Problem,
    answer: Answer,
    *,
    work: int = WORK,
    asked: str = "",
    earlier: Sequence[tuple[Problem, Answer]] = (),
) -> bytes:
    """Return problem and answer as canonical JSON, UTF-8, with the hash of the rest inside.

    Keys and sets are sorted, numbers whole, nothing is spaced: the same
    problem gives the same bytes in any order of input. Versions of the engine
    and its libraries are kept, since another version may find another
    certificate for the same cohort.

    Args:
        problem: any kind of question the engine answers.
        answer: what the engine returned for it.
        work: as given to ``choose_cohort``.
        asked: ``"lottery"`` where ``choose_by_lottery`` answered; the document then names
            who is drawn by the problem's seed (``draw_panel``), as ``drawn``.
        earlier: questions answered on the way, such as the marks corrected
            before the cohort was chosen; each is replayed too.

    Raises:
        ValueError: a text that is not valid Unicode, an answer of another kind.

    Cost: O(size); 1,000 candidates take 0.02 CPU s, 10,000 take 0.25.

    Source: the form follows RFC 8785, JSON Canonicalization Scheme, for the
        whole numbers and texts used here. doi:10.17487/RFC8785
    """
    content = {"engine": {**_versions(), "work": work}, **_step(problem, answer, asked)}
    if earlier:
        content["earlier"] = [_step(*one) for one in earlier]
    return _dumped({**content, "sha256": sha256(_dumped(content)).hexdigest()})


def document_hash(document: bytes) -> str:
    """Return the SHA-256 of the document's bytes, in hexadecimal."""
    return sha256(document).hexdigest()


def replay(document: bytes) -> Answer:
    """Return the answer found again from the document's problem, once all of it was found again.

    Raises:
        ValueError: the document was changed, or an answer found again is not
            the one it holds; then the versions that differ are named.

    Cost: one run of the engine for each question the document holds.
    """
    content = _opened(document)
    problem = _problem_of(content)
    for step in content.get("earlier", ()):
        answer = _replayed(step, content, document)
        if isinstance(answer, Calibration) and isinstance(problem, ChoiceProblem):
            _require_marks(problem, step["answer"]["marks"])
    return _replayed(content, content, document)


def read_problem(document: bytes) -> Problem:
    """Return the problem a document holds.

    Raises:
        ValueError: the document was changed or is of another kind.
    """
    return _problem_of(_opened(document))


def read_lottery(document: bytes) -> Lottery:
    """Return the lottery a document holds, as it was published; it is not held again.

    Raises:
        ValueError: the document was changed or holds no lottery.
    """
    answer = dict(_opened(document)["answer"])
    if answer.pop("type", None) != Lottery.__name__:
        raise ValueError(f"document {document_hash(document)} holds no lottery")
    lottery: Lottery = read(Lottery, answer)
    return lottery


def _require_marks(problem: ChoiceProblem, marks: Mapping[str, Any]) -> None:
    """Refuse a cohort chosen by other marks than those that were corrected for it."""
    for candidate in problem.candidates:
        corrected = marks.get(candidate.key, {}).get("corrected")
        if corrected != candidate.merit:
            raise ValueError(
                f"{candidate.key!r} was chosen by {candidate.merit}, but its corrected mark is "
                f"{corrected}"
            )


def _replayed(step: Mapping[str, Any], content: Mapping[str, Any], document: bytes) -> Answer:
    problem = _problem_of(step)
    kind = _kind_of(problem, step.get("asked", ""))
    answer: Answer = kind.solve(problem, content["engine"]["work"])
    found, kept = _typed(answer), step["answer"]
    if content["engine"]["version"] != ENGINE_VERSION and kept["type"] in OUTCOMES:
        # Another engine may prove the same cohort by other prices.
        kept = {name: kept[name] for name in ("type", *OUTCOMES[kept["type"]])}
    # What an older engine did not tell cannot be compared.
    told = {name: found.get(name) for name in kept}
    is_drawn = not isinstance(answer, Lottery) or step.get("drawn") == _drawn(problem, answer)
    if not is_drawn or not _alike(told, kept, kind.slack):
        raise ValueError(
            f"the answer found again differs from that in {document_hash(document)}"
            f"{_other_versions(content['engine'])}"
        )
    return answer


def _alike(found: Any, kept: Any, slack: int) -> bool:
    """Return whether two plain values are the same but for so much in their whole numbers."""
    if isinstance(kept, dict) and isinstance(found, dict):
        return found.keys() == kept.keys() and all(_alike(found[k], kept[k], slack) for k in kept)
    if isinstance(kept, list) and isinstance(found, list):
        return len(found) == len(kept) and all(map(_alike, found, kept, [slack] * len(kept)))
    if type(kept) is int and type(found) is int:
        return abs(found - kept) <= slack
    return bool(found == kept and type(found) is type(kept))


def _other_versions(made_with: Mapping[str, Any]) -> str:
    """Return which versions are not those the document was made with, "" if all are."""
    here = _versions()
    pairs = [("engine", made_with["version"], here["version"])]
    pairs += [(name, made_with["libraries"].get(name), v) for name, v in here["libraries"].items()]
    told = [f"{name} {then}, here {now}" for name, then, now in pairs if then != now]
    return f" (made with {'; '.join(told)})" if told else ""


def _versions() -> dict[str, Any]:
    libraries = {
        "highspy": version("highspy"),
        "numpy": numpy.__version__,
        "ortools": str(vars(ortools)["__version__"]),
        "scipy": scipy.__version__,
    }
    return {
        "libraries": libraries,
        "name": "karvan.engines.selection",
        "version": ENGINE_VERSION,
    }


def _step(problem: Problem, answer: Answer, asked: str = "") -> dict[str, Any]:
    if not isinstance(answer, _kind_of(problem, asked).answers):
        raise ValueError(f"{type(answer).__name__} does not answer a {type(problem).__name__}")
    named: dict[str, Any] = {"asked": asked} if asked else {}
    if isinstance(answer, Lottery):
        named["drawn"] = _drawn(problem, answer)
    return {"problem": _typed(problem), "answer": _typed(answer), **named}


def _drawn(problem: Problem, lottery: Lottery) -> list[str]:
    """Return who is drawn by the problem's own seed, by key."""
    return sorted(draw_panel(lottery, problem.seed)) if isinstance(problem, ChoiceProblem) else []


def _kind_of(problem: Problem, asked: str) -> Kind:
    for kind in KINDS:
        if kind.problem is type(problem) and kind.asked == asked:
            return kind
    raise ValueError(f"a {type(problem).__name__} cannot be asked {asked!r}")


def _problem_of(step: Mapping[str, Any]) -> Problem:
    stored = dict(step["problem"])
    name = stored.pop("type", None)
    for kind in KINDS:
        if kind.problem.__name__ == name:
            problem: Problem = read(kind.problem, stored)
            return problem
    raise ValueError(f"unknown kind of problem {name!r}")


def _typed(value: Problem | Answer) -> dict[str, Any]:
    return {**plain(value), "type": type(value).__name__}


def _opened(document: bytes) -> dict[str, Any]:
    """Return the content, once every byte is known to be as it was written."""
    content = json.loads(document.decode())
    if not isinstance(content, dict) or _dumped(content) != document:
        raise ValueError(f"document {document_hash(document)} is not in canonical form")
    stated = content.pop("sha256", None)
    if stated != sha256(_dumped(content)).hexdigest():
        raise ValueError(f"document was changed: its hash is not the stated {stated!r}")
    return content


def _dumped(value: object) -> bytes:
    text = json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
    return text.encode()
