"""The seal of a signed run: one hash over its document, who signed, and who did not agree."""

from __future__ import annotations

import json
from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext as _

from .models import Decision, SelectionRun

SIGNATURES = 2


def seal_of(document_hash: str, signoffs: Iterable[Any], dissents: Iterable[Any]) -> str:
    """The seal, in hexadecimal: SHA-256 of the run's hash and of every signature and dissent.

    Args:
        document_hash: the SHA-256 that the run states of its document.
        signoffs, dissents: rows with ``person_id``, ``statement`` and ``at``; their order
            does not matter.
    """
    sealed = {
        "document": document_hash,
        "signed": _statements(signoffs),
        "dissenting": _statements(dissents),
    }
    text = json.dumps(sealed, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(text.encode()).hexdigest()


def verify_seal(run: SelectionRun) -> list[str]:
    """What is wrong with a signed run, in the reader's words; empty where the seal holds.

    Compares the document with its hash, the columns and the decisions with the document,
    and hash, signatures and dissents with the seal. A run without a seal has nothing to hold.

    Cost: four queries and one reading of the document.
    """
    if not run.seal:
        return []
    document = bytes(run.document)
    signoffs, dissents = list(run.signoffs.all()), list(run.dissents.all())
    wrong = []
    if sha256(document).hexdigest() != run.sha256:
        wrong.append(_("The document is not the one that was signed: its hash is another."))
    if seal_of(run.sha256, signoffs, dissents) != run.seal:
        wrong.append(_("A signature, a dissent or the hash is not as it was sealed."))
    if len({one.person_id for one in signoffs}) < SIGNATURES:
        wrong.append(_("Fewer than two persons have signed."))
    return wrong + _unlike_document(run, document)


def broken_seals() -> list[tuple[SelectionRun, list[str]]]:
    """The signed runs whose seal does not hold, each with what is wrong.

    Cost: a reading of every signed run's document; one run at a time is in memory.
    """
    runs = SelectionRun.objects.exclude(seal="").select_related("call__activity")
    found = ((run, verify_seal(run)) for run in runs.order_by("pk").iterator(chunk_size=1))
    return [(run, faults) for run, faults in found if faults]


def _unlike_document(run: SelectionRun, document: bytes) -> list[str]:
    """Where the rows of a run say something else than its document."""
    try:
        content = json.loads(document)
        answer, problem = content["answer"], content["problem"]
        merits = {one["key"]: one["merit"] for one in problem.get("candidates", ())}
        named = answer.get("chosen", content.get("drawn"))  # a lottery names whom its seed drew
    except (ValueError, KeyError, TypeError, AttributeError):
        return [_("The document cannot be read.")]
    if named is None or not merits:
        return []  # another kind of question, whose answer names nobody by itself
    wrong = []
    if (problem["places"], problem["seed"]) != (run.places, run.seed):
        wrong.append(_("Places or seed are not those of the document."))
    rows = list(run.decisions.values_list("application__number", "outcome", "merit"))
    selected = {number for number, outcome, _merit in rows if outcome == Decision.Outcome.SELECTED}
    if selected != set(named):
        wrong.append(_("The selected applications are not those of the document."))
    told = {number: merit for number, _outcome, merit in rows}
    if merits != {number: told.get(number) for number in merits}:
        wrong.append(_("The marks of the decisions are not those of the document."))
    return wrong


def _statements(rows: Iterable[Any]) -> list[list[object]]:
    # Whole microseconds since 1970 read the same from every database and time zone.
    return sorted([r.person_id, r.statement, round(r.at.timestamp() * 1_000_000)] for r in rows)
