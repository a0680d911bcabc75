"""Two at once: shares never pass the whole, an amount is corrected once. Locks need PostgreSQL."""

from __future__ import annotations

from decimal import Decimal

import pytest

from karvan.foundation import clock
from karvan.foundation.errors import RuleBroken
from karvan.stages.editions.models import BudgetEntry, BudgetShare, PlanLine
from karvan.stages.editions.services import correct_amount, freeze_plan, say_share
from tests import make
from tests.stages.calls.test_races import at_once

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
]


def refused(outcomes):
    return sum(isinstance(one, RuleBroken) for one in outcomes)


def test_two_shares_at_once_never_pass_the_whole():
    line = make.budget_line()
    partners = [make.edition_partner(line.edition) for _one in range(3)]

    outcomes = at_once(
        *[
            lambda partner=partner: say_share(line, partner=partner, percent=Decimal(60), by=None)
            for partner in partners
        ]
    )

    assert refused(outcomes) == 2
    assert BudgetShare.objects.get().part == 6000


def test_amount_corrected_twice_at_once_is_corrected_once():
    entry = make.budget_entry(make.budget_line())
    said = {
        "amount": Decimal(80),
        "currency": "AZN",
        "on": clock.today(),
        "reason": "x",
        "by": None,
    }

    outcomes = at_once(*[lambda: correct_amount(entry, **said)] * 3)

    assert refused(outcomes) == 2
    assert BudgetEntry.objects.count() == 2


def test_two_activities_frozen_at_once_freeze_the_edition_s_own_plan_once():
    edition = make.edition()
    make.edition_partner(edition)
    activities = [make.activity(code, of=edition) for code in ("BC", "AC")]

    outcomes = at_once(*[lambda one=one: freeze_plan(one, by=None) for one in activities])

    assert refused(outcomes) == 0
    assert PlanLine.objects.filter(kind="partner").count() == 1
