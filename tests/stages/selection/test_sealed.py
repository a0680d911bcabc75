"""Dissent, the seal, and the blind: what is stated once stays as it was stated."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from karvan.foundation.records.models import Record
from karvan.stages.selection import triggers
from karvan.stages.selection.errors import (
    AlreadyDissented,
    AlreadySigned,
    MayNotDissent,
    MayNotLift,
    ReasonMissing,
    WrongState,
)
from karvan.stages.selection.models import Decision, Dissent, SelectionRun, SignOff
from karvan.stages.selection.sealing import verify_seal
from karvan.stages.selection.services import (
    dissent,
    lift_blind,
    propose_selection,
    set_aside,
    sign_off,
)
from tests import make

from .pool import read_call, signed, women

pytestmark = pytest.mark.django_db


def dissented():
    """A signed run from which one officer dissented."""
    run = propose_selection(read_call((90, "F"), (80, "M"), (70, "F")), by=None)
    dissent(run, statement="Too few from the regions.", by=make.officer())
    sign_off(run, by=make.officer())
    return sign_off(run, by=make.officer())


def tampered(rows, **values):
    """Change rows as somebody could who takes the triggers away."""
    triggers.remove(connection)
    rows.update(**values)
    triggers.install(connection)


def test_dissent_is_on_record_and_under_the_seal():
    run = dissented()

    assert run.dissents.get().statement == "Too few from the regions."
    assert Record.objects.get(act="dissented from selection").reason == "Too few from the regions."
    assert verify_seal(run) == []
    tampered(Dissent.objects.all(), statement="All is well.")
    assert verify_seal(run) == ["A signature, a dissent or the hash is not as it was sealed."]


def test_only_who_could_sign_and_has_not_dissents_once_with_a_statement():
    run = propose_selection(read_call((90, "F")), by=None)
    officer, signer = make.officer(), make.officer()
    sign_off(run, by=signer)

    with pytest.raises(MayNotDissent):
        dissent(run, statement="No.", by=make.role("reviewer", run.scope))
    with pytest.raises(ReasonMissing):
        dissent(run, statement=" ", by=officer)
    with pytest.raises(AlreadySigned):
        dissent(run, statement="No.", by=signer)
    dissent(run, statement="No.", by=officer)
    with pytest.raises(AlreadyDissented):
        dissent(run, statement="Still no.", by=officer)
    with pytest.raises(AlreadyDissented):
        sign_off(run, by=officer)

    assert (run.dissents.count(), run.signoffs.count()) == (1, 1)


def test_nothing_can_be_added_once_it_is_sealed_and_a_run_without_cohort_has_nothing_to_dissent_from():
    run = signed(read_call((90, "F")))
    infeasible = propose_selection(read_call((90, "M")), quotas=[women(floor=2)], by=None)

    for one in (run, infeasible):
        with pytest.raises(WrongState):
            dissent(one, statement="No.", by=make.officer())


@pytest.mark.parametrize(
    ("rows", "values"),
    [
        (SignOff.objects, {"statement": "Other."}),
        (SignOff.objects, {"at": timezone.now()}),
        (Dissent.objects, {"statement": "Other."}),
        (SelectionRun.objects, {"seal": "1" * 64}),
        (SelectionRun.objects, {"seal": ""}),
        (SelectionRun.objects, {"document": b"{}"}),
        (SelectionRun.objects, {"sha256": "1" * 64}),
        (Decision.objects, {"outcome": "declined"}),
    ],
)
def test_database_itself_refuses_to_change_what_was_sealed(rows, values):
    run = dissented()

    with pytest.raises(DatabaseError), transaction.atomic():
        rows.all().update(**values)

    assert verify_seal(SelectionRun.objects.get(pk=run.pk)) == []


@pytest.mark.parametrize(
    ("rows", "values", "wrong"),
    [
        (
            SelectionRun.objects,
            {"document": b"{}"},
            "The document is not the one that was signed: its hash is another.",
        ),
        (SelectionRun.objects, {"seed": "x"}, "Places or seed are not those of the document."),
        (
            Decision.objects,
            {"outcome": "declined"},
            "The selected applications are not those of the document.",
        ),
        (
            Decision.objects,
            {"merit": 100},
            "The marks of the decisions are not those of the document.",
        ),
        (
            SignOff.objects,
            {"statement": "Other."},
            "A signature, a dissent or the hash is not as it was sealed.",
        ),
    ],
)
def test_broken_on_purpose_the_seal_says_what_differs(rows, values, wrong):
    run = dissented()

    tampered(rows.all(), **values)

    assert wrong in verify_seal(SelectionRun.objects.get(pk=run.pk))


def test_signature_that_is_missing_or_added_breaks_the_seal():
    run = dissented()
    SignOff.objects.create(run=run, person=make.officer(), at=timezone.now())
    added = verify_seal(run)
    for one in SignOff.objects.order_by("-pk")[:2]:
        one.delete()

    assert added == ["A signature, a dissent or the hash is not as it was sealed."]
    assert "Fewer than two persons have signed." in verify_seal(run)


def test_blind_is_lifted_by_somebody_who_runs_there_once_with_a_reason_after_signing():
    call = read_call((90, "F"))
    proposed = propose_selection(call, by=None)
    officer = make.officer()

    with pytest.raises(WrongState):
        lift_blind(proposed, reason="Letters by hand.", by=officer)
    for _time in range(2):
        sign_off(proposed, by=make.officer())
    with pytest.raises(MayNotLift):
        lift_blind(proposed, reason="Curious.", by=make.role("auditor"))
    with pytest.raises(MayNotLift):
        lift_blind(proposed, reason="Curious.", by=make.role("coordinator", "TVP/MA-2022"))
    with pytest.raises(ReasonMissing):
        lift_blind(proposed, reason=" ", by=officer)
    lifted = lift_blind(proposed, reason="Badges are printed.", by=officer)
    with pytest.raises(WrongState):
        lift_blind(proposed, reason="Again.", by=officer)

    assert (lifted.blind_lifted_by, lifted.blind_lifted_at is not None) == (officer, True)
    assert Record.objects.get(act="lifted blind").reason == "Badges are printed."


def test_lifting_is_never_undone_not_even_in_the_database():
    run = signed(read_call((90, "F")))
    lift_blind(run, reason="Badges.", by=make.officer())

    with pytest.raises(DatabaseError), transaction.atomic():
        SelectionRun.objects.update(blind_lifted_at=None, blind_lifted_by=None)
    set_aside(run, reason="Wrong places.", by=None)

    assert SelectionRun.objects.get().blind_lifted_at is not None
