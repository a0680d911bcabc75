"""Who reaches what by which role."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404

from karvan.foundation import clock
from karvan.foundation.people import access
from karvan.foundation.people.models import Role
from tests import make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("held", "scope", "reaches"),
    [
        ("", "TVP/AZ-2021/BC3", True),
        ("TVP", "TVP", True),
        ("TVP", "TVP/AZ-2021", True),
        ("TVP/AZ-2021", "TVP/AZ-2021/BC3", True),
        ("TVP/AZ-2021", "TVP", False),
        ("TVP/AZ-2021", "TVP/MA-2022", False),
        ("TVP", "TVPX/AZ-2021", False),
        ("TVP/AZ-2021", "TVP/AZ-20210", False),
    ],
)
def test_a_role_reaches_its_scope_and_what_lies_below_it(held, scope, reaches):
    person = make.role("coordinator", held)

    assert access.holds(person, ["coordinator"], scope) is reaches


def test_a_role_of_another_kind_does_not_count():
    person = make.role("reviewer", "TVP")

    assert not access.holds(person, access.READERS, "TVP")


@pytest.mark.parametrize("stranger", [None, AnonymousUser()], ids=["nobody", "anonymous"])
def test_a_stranger_sees_nothing(stranger):
    make.role("participant", "TVP")

    assert access.scopes_of(stranger, Role.Kind.values) == ()
    assert not Role.objects.filter(access.within(stranger, Role.Kind.values)).exists()
    assert access.parties_of(stranger) == ()
    with pytest.raises(PermissionDenied):
        access.persons_for(stranger)


def test_a_role_holds_on_its_last_day_and_not_on_the_next():
    today = clock.today()
    last_day = make.role("officer", valid_to=today)
    day_after = make.role("officer", valid_to=today - timedelta(days=1))

    assert access.holds_anywhere(last_day, ["officer"])
    assert not access.holds_anywhere(day_after, ["officer"])


def test_an_account_that_is_closed_has_no_roles():
    person = make.role("officer")
    person.is_active = False

    assert not access.holds_anywhere(person, ["officer"])


def test_rows_within_a_scope_are_its_own_and_those_below():
    for scope in ("TVP", "TVP/AZ-2021", "TVP/AZ-2021/BC3", "TVP/MA-2022", "TVP/AZ-20210"):
        make.role("participant", scope)
    coordinator = make.role("coordinator", "TVP/AZ-2021")

    reached = Role.objects.filter(access.within(coordinator, ["coordinator"]), kind="participant")

    assert sorted(reached.values_list("scope", flat=True)) == ["TVP/AZ-2021", "TVP/AZ-2021/BC3"]


def test_an_officer_of_one_programme_looks_up_its_persons_only():
    officer = make.role("officer", "TVP")
    inside, outside = make.role("trainer", "TVP/AZ-2021"), make.role("trainer", "HER")

    assert access.person_for(officer, inside.pk) == inside
    with pytest.raises(Http404):
        access.person_for(officer, outside.pk)


@pytest.mark.parametrize(
    ("giver", "kind", "scope", "may"),
    [
        (("administrator", ""), "administrator", "", True),
        (("officer", ""), "coordinator", "TVP", True),
        (("officer", ""), "administrator", "", False),
        (("officer", ""), "officer", "TVP", False),
        (("officer", "TVP"), "coordinator", "TVP/AZ-2021", True),
        (("officer", "TVP"), "coordinator", "", False),
        (("officer", "TVP"), "coordinator", "HER", False),
        (("coordinator", "TVP"), "reviewer", "TVP", False),
        (("auditor", ""), "auditor", "", False),
    ],
)
def test_nobody_gives_more_than_they_may(giver, kind, scope, may):
    person = make.role(*giver)

    if may:
        assert access.require_may_give(person, kind, scope) is None
    else:
        with pytest.raises(PermissionDenied):
            access.require_may_give(person, kind, scope)


def test_a_partner_speaks_for_a_party_in_the_scope_and_below_and_above_it():
    party = make.party()
    partner = make.role("partner", "TVP/AZ-2021", party=party)

    assert access.parties_of(partner) == (party.pk,)
    assert access.parties_of(partner, "TVP/AZ-2021/BC3") == (party.pk,)
    assert access.parties_of(partner, "TVP/MA-2022") == ()


def test_demo_accounts_exist_only_in_a_demo(settings):
    person = make.role("officer", of=make.person(email="officer@demo.karvan.example"))

    settings.DEMO = False
    with pytest.raises(Http404):
        access.demo_account(person.pk)

    settings.DEMO = True
    assert access.demo_account(person.pk) == person


def test_a_real_account_is_never_a_demo_account(settings):
    settings.DEMO = True
    real = make.role("officer")
    roleless = make.person(email="nobody@demo.karvan.example")

    for person in (real, roleless):
        with pytest.raises(Http404):
            access.demo_account(person.pk)
