"""The blueprint's budget lines become the edition's; shares say who bears them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from karvan.foundation.records.models import Record
from karvan.stages.editions.errors import (
    Locked,
    MayNotBear,
    NoSuchLine,
    ShareTooLarge,
    StillBears,
    WrongState,
)
from karvan.stages.editions.models import BudgetLine, BudgetShare, Edition
from karvan.stages.editions.quantities import proposed_quantity
from karvan.stages.editions.queries import document_of
from karvan.stages.editions.services import (
    add_line,
    cancel_edition,
    depart,
    lay_out_budget,
    remove_partner,
    say_share,
    withdraw_share,
)
from tests import make

from .adopted import adopt

pytestmark = pytest.mark.django_db


def line_of(edition, code="VENUE"):
    return edition.budget_lines.get(code=code)


def test_adopting_lays_out_the_blueprint_s_lines_in_their_order():
    edition = adopt()

    lines = list(edition.budget_lines.all())

    assert [one.code for one in lines] == [
        "VENUE", "TRAINERS", "TRAVEL", "CATERING", "MATERIALS", "ACCESS", "LANGUAGE", "SEED",
    ]  # fmt: skip
    assert (lines[0].basis, lines[0].is_own) == ("per_day", False)


def test_older_edition_gets_what_it_lacks_and_the_rest_stays():
    edition = adopt()
    BudgetLine.objects.filter(code__in=["VENUE", "SEED"]).delete()
    kept = line_of(edition, "TRAVEL").pk

    made = lay_out_budget(edition, by=None)
    again = lay_out_budget(edition, by=None)

    assert [one.code for one in made] == ["VENUE", "SEED"]
    assert again == []
    assert line_of(edition, "TRAVEL").pk == kept
    assert Record.objects.get(act="budget laid out").after == {"lines": "VENUE, SEED"}


def test_edition_that_is_over_gets_no_lines():
    edition = adopt()
    BudgetLine.objects.all().delete()
    cancel_edition(edition, reason="No hall", by=None)

    with pytest.raises(WrongState):
        lay_out_budget(edition, by=None)

    assert BudgetLine.objects.count() == 0


def test_country_adds_a_line_of_its_own_which_anybody_may_bear():
    edition = adopt()

    line = add_line(edition, titles={"en": "Handbook"}, basis="lump_sum", by=None)
    share = say_share(line, partner=edition.partners.get(), percent=Decimal(5), by=None)

    assert (line.code, line.is_own, line.position) == ("OWN1", True, 8)
    assert share.part == 500
    assert add_line(edition, titles={"en": "Prizes"}, basis="per_team", by=None).code == "OWN2"


def test_fixed_budget_lines_let_no_line_be_added():
    data = make.small_document("P1") | {"locks": [{"path": "budget_lines", "level": "fixed"}]}
    edition = make.edition(of=make.blueprint(data=data))

    with pytest.raises(Locked):
        add_line(edition, titles={"en": "Handbook"}, basis="lump_sum", by=None)

    assert BudgetLine.objects.count() == 0


def test_line_is_counted_in_a_way_that_is_known():
    edition = adopt()

    with pytest.raises(NoSuchLine):
        add_line(edition, titles={"en": "Handbook"}, basis="per_mile", by=None)


def test_share_said_again_replaces_what_was_said():
    edition = adopt()
    line, host = line_of(edition), edition.partners.get()

    say_share(line, partner=host, percent=Decimal(40), by=None)
    say_share(line, partner=host, percent=Decimal("62.5"), by=None)

    assert [one.part for one in line.shares.all()] == [6250]
    said = Record.objects.filter(act="share said").last()
    assert (said.before["percent"], said.after["percent"]) == ("40", "62.5")


def test_partner_may_bear_a_part_in_money_and_a_part_in_kind():
    edition = adopt()
    line, host = line_of(edition), edition.partners.get()

    say_share(line, partner=host, percent=Decimal(40), by=None)
    say_share(line, partner=host, percent=Decimal(60), in_kind=True, by=None)

    assert sum(one.part for one in line.shares.all()) == 10_000


@pytest.mark.parametrize("percent", ["100.01", "60.01", "0", "-5", "0.001"])
def test_shares_beyond_the_whole_or_of_nothing_are_refused(percent):
    edition = adopt()
    line = line_of(edition)
    say_share(line, partner=edition.partners.get(), percent=Decimal(40), by=None)

    with pytest.raises(ShareTooLarge):
        say_share(
            line, partner=edition.partners.get(), percent=Decimal(percent), in_kind=True, by=None
        )

    assert [one.part for one in line.shares.all()] == [4000]


@pytest.mark.parametrize(
    ("code", "part", "in_kind", "may"),
    [
        ("VENUE", "host", False, True),
        ("VENUE", "partner", False, False),
        ("VENUE", "partner", True, True),
        ("CATERING", "funder", False, True),
        ("CATERING", "venue", False, True),
        ("CATERING", "host", True, False),
        ("TRAINERS", "partner", False, False),
    ],
)
def test_blueprint_says_who_may_bear_a_line(code, part, in_kind, may):
    edition = adopt()
    line, partner = line_of(edition, code), make.edition_partner(edition, part)

    if may:
        say_share(line, partner=partner, percent=Decimal(10), in_kind=in_kind, by=None)
    else:
        with pytest.raises(MayNotBear):
            say_share(line, partner=partner, percent=Decimal(10), in_kind=in_kind, by=None)

    assert line.shares.count() == (1 if may else 0)


def test_owner_of_the_programme_is_its_secretariat():
    edition = adopt()
    owner = make.edition_partner(edition, "funder", party=edition.programme.owner)

    say_share(line_of(edition, "TRAINERS"), partner=owner, percent=Decimal(70), by=None)

    assert BudgetShare.objects.get().partner == owner


def test_partner_of_another_edition_bears_nothing_here():
    edition = adopt()
    stranger = make.edition_partner(make.edition())

    with pytest.raises(MayNotBear):
        say_share(line_of(edition), partner=stranger, percent=Decimal(10), by=None)


def test_share_is_withdrawn_and_the_record_keeps_it():
    edition = adopt()
    share = say_share(
        line_of(edition), partner=edition.partners.get(), percent=Decimal(40), by=None
    )

    withdraw_share(share, by=None)

    assert BudgetShare.objects.count() == 0
    assert Record.objects.get(act="share withdrawn").before["percent"] == "40"


def test_nothing_is_shared_anew_once_the_edition_is_over():
    edition = adopt()
    host = edition.partners.get()
    share = say_share(line_of(edition), partner=host, percent=Decimal(40), by=None)
    Edition.objects.filter(pk=edition.pk).update(state="closed", adopted_at=make.moment(2027, 1, 1))

    with pytest.raises(WrongState):
        withdraw_share(share, by=None)
    with pytest.raises(WrongState):
        say_share(line_of(edition), partner=host, percent=Decimal(50), by=None)

    assert BudgetShare.objects.get().part == 4000


def test_partner_that_bears_a_share_stays_until_somebody_else_does():
    edition = adopt()
    partner = make.edition_partner(edition)
    share = say_share(line_of(edition, "CATERING"), partner=partner, percent=Decimal(40), by=None)

    with pytest.raises(StillBears, match="Meals and local transport"):
        remove_partner(partner, reason="Left", by=None)
    withdraw_share(share, by=None)
    remove_partner(partner, reason="Left", by=None)

    assert edition.partners.count() == 1


def test_partner_that_paid_stays_for_ever():
    edition = adopt()
    partner = make.edition_partner(edition)
    make.budget_entry(line_of(edition), kind="paid", partner=partner)

    with pytest.raises(StillBears, match="name"):
        remove_partner(partner, reason="Left", by=None)

    assert edition.partners.count() == 2


@pytest.mark.parametrize(
    ("basis", "quantity"),
    [
        ("per_participant", 125),
        ("per_team", 25),
        ("per_day", 22),
        ("per_cohort", 2),
        ("lump_sum", 1),
    ],
)
def test_design_proposes_quantities(basis, quantity):
    edition = adopt()

    proposed = proposed_quantity(basis, document_of(edition), edition.activities.all())

    assert proposed.quantity == quantity


def test_days_of_trainers_follow_the_sessions_that_need_them():
    data = make.small_document("P1")
    part = data["activities"][0]
    part["cohort"] = {"max": 20, "team_size": {"min": 4}}
    part["duration"] = {"days": 2}
    part["trainer_roles"] = [
        {"code": "HEAD", "per_cohort": 1},
        {"code": "MENTOR", "per_teams": 3},
        {"code": "JURY", "per_cohort": 5, "sessions_only": ["D1S1"]},
    ]
    edition = make.edition(of=make.blueprint(data=data))
    make.activity(of=edition)

    proposed = proposed_quantity("per_trainer_day", data, edition.activities.all())

    assert proposed.quantity == 1 * 1 + 2 * 2 + 5 * 1


def test_quantity_follows_what_the_country_departs_to():
    edition = adopt()

    depart(edition, path="activities.BC3.duration.days", after=2, reason="Practice", by=None)
    proposed = proposed_quantity("per_day", document_of(edition), edition.activities.all())

    assert proposed.quantity == 21


def test_design_that_says_nothing_proposes_nothing():
    edition = make.edition()

    proposed = proposed_quantity("per_participant", {"activities": []}, edition.activities.all())

    assert proposed.quantity is None
    assert "does not say" in proposed.words
