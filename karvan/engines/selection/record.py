"""One document that holds problem and answer, byte for byte the same, and can be replayed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from hashlib import sha256
from typing import Any

import numpy
import ortools
import scipy

from .answer import Cohort, Infeasible
from .assign import assign_reviews
from .assigned import Assignment
from .choose import WORK, choose_cohort
from .problem import Candidate, ChoiceProblem, Quota
from .reading import Application, AssignmentProblem, Reviewer

ENGINE_VERSION = "1"

Problem = ChoiceProblem | AssignmentProblem
Answer = Cohort | Infeasible | Assignment


def canonical_document(problem: Problem, answer: Answer, *, work: int = WORK) -> bytes:
    """Return problem and answer as canonical JSON, UTF-8, with the hash of the rest inside.

    Keys and sets are sorted, numbers whole, nothing is spaced: the same
    problem gives the same bytes in any order of input. Versions of the engine
    and its libraries are kept, since another version may find another
    certificate for the same cohort.

    Args:
        problem: choice or assignment.
        answer: what the engine returned for it.
        work: as given to ``choose_cohort``.

    Raises:
        ValueError: a text that is not valid Unicode, an answer of another kind.

    Cost: O(size); 1,000 candidates take 0.02 CPU s, 10,000 take 0.25.

    Source: the form follows RFC 8785, JSON Canonicalization Scheme, for the
        whole numbers and texts used here. doi:10.17487/RFC8785
    """
    if isinstance(problem, AssignmentProblem) != isinstance(answer, Assignment):
        raise ValueError(f"{type(answer).__name__} does not answer a {type(problem).__name__}")
    content = {
        "engine": {
            "libraries": {
                "numpy": numpy.__version__,
                "ortools": str(vars(ortools)["__version__"]),
                "scipy": scipy.__version__,
            },
            "name": "karvan.engines.selection",
            "version": ENGINE_VERSION,
            "work": work,
        },
        "problem": _typed(problem),
        "answer": _typed(answer),
    }
    return _dumped({**content, "sha256": sha256(_dumped(content)).hexdigest()})


def document_hash(document: bytes) -> str:
    """Return the SHA-256 of the document's bytes, in hexadecimal."""
    return sha256(document).hexdigest()


def replay(document: bytes) -> Answer:
    """Return the answer found again from the document's problem.

    Raises:
        ValueError: the document was changed, or the answer found again is not
            the one it holds.

    Cost: one run of the engine.
    """
    content = _opened(document)
    problem = read_problem(document)
    answer: Answer
    if isinstance(problem, AssignmentProblem):
        answer = assign_reviews(problem)
    else:
        answer = choose_cohort(problem, work=content["engine"]["work"])
    if _dumped(_typed(answer)) != _dumped(content["answer"]):
        raise ValueError(f"the answer found again differs from that in {document_hash(document)}")
    return answer


def read_problem(document: bytes) -> Problem:
    """Return the problem a document holds.

    Raises:
        ValueError: the document was changed or is of another kind.
    """
    stored = _opened(document)["problem"]
    if stored["type"] == "AssignmentProblem":
        return _assignment_problem(stored)
    if stored["type"] == "ChoiceProblem":
        return _choice_problem(stored)
    raise ValueError(f"unknown kind of problem {stored['type']!r}")


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


def _typed(value: Problem | Answer) -> dict[str, Any]:
    plain: dict[str, Any] = _plain(value)
    return {**plain, "type": type(value).__name__}


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        found = {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
        for name in ("applications", "reviewers", "candidates", "quotas"):
            # Problems forget the order of their input; answers have none of these lists of rows.
            if isinstance(found.get(name), list) and all(isinstance(r, dict) for r in found[name]):
                found[name] = sorted(found[name], key=lambda row: str(row["key"]))
        return found
    if isinstance(value, Mapping):
        if any(isinstance(key, tuple) for key in value):
            return sorted([*key, points] for key, points in value.items())
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, frozenset):
        return sorted(_plain(item) for item in value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value


def _assignment_problem(stored: Mapping[str, Any]) -> AssignmentProblem:
    return AssignmentProblem(
        applications=tuple(
            Application(a["key"], frozenset(a["languages"]), frozenset(a["fields"]))
            for a in stored["applications"]
        ),
        reviewers=tuple(
            Reviewer(
                r["key"],
                frozenset(r["languages"]),
                frozenset(r["fields"]),
                r["load_low"],
                r["load_high"],
            )
            for r in stored["reviewers"]
        ),
        reads_each=stored["reads_each"],
        conflicts=frozenset((a, r) for a, r in stored["conflicts"]),
        kept=frozenset((a, r) for a, r in stored["kept"]),
        # Without any suitability the mapping was empty and is stored as one.
        suitability={(a, r): points for a, r, points in stored["suitability"] or ()},
        seed=stored["seed"],
    )


def _choice_problem(stored: Mapping[str, Any]) -> ChoiceProblem:
    return ChoiceProblem(
        candidates=tuple(
            Candidate(
                c["key"],
                c["merit"],
                c["attributes"],
                c["seats"],
                tuple(c["members"]),
                tuple(c.get("persons", ())),
            )
            for c in stored["candidates"]
        ),
        places=stored["places"],
        quotas=tuple(
            Quota(q["key"], q["attribute"], frozenset(q["values"]), q["floor"], q["ceiling"])
            for q in stored["quotas"]
        ),
        seed=stored["seed"],
    )
