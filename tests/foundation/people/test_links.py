"""Sign-in links: once, within 15 minutes, for an account that is open."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from karvan.foundation.people.errors import LinkNotValid
from karvan.foundation.people.services import (
    make_sign_in_token,
    person_of_token,
    use_sign_in_token,
)
from karvan.foundation.records.queries import history_of
from tests import make

pytestmark = pytest.mark.django_db


def test_a_link_works_once_however_often_it_is_looked_at():
    person = make.person()
    token = make_sign_in_token(person)
    assert person_of_token(token) == person_of_token(token) == person

    assert use_sign_in_token(token) == person

    with pytest.raises(LinkNotValid):
        use_sign_in_token(token)
    with pytest.raises(LinkNotValid):
        person_of_token(token)
    assert [one.act for one in history_of(person)] == ["signed_in_by_link"]


def test_two_links_of_one_person_are_two():
    person = make.person()
    first, second = make_sign_in_token(person), make_sign_in_token(person)
    use_sign_in_token(first)

    assert use_sign_in_token(second) == person


@pytest.mark.parametrize(("minutes", "works"), [(14, True), (16, False)])
def test_a_link_lives_for_fifteen_minutes(minutes, works):
    token = make_sign_in_token(make.person())

    with time_machine.travel(timezone.now() + timedelta(minutes=minutes)):
        if works:
            assert use_sign_in_token(token)
        else:
            with pytest.raises(LinkNotValid):
                use_sign_in_token(token)


def test_a_forged_link_is_refused():
    token = make_sign_in_token(make.person())

    with pytest.raises(LinkNotValid):
        use_sign_in_token(token[:-1] + ("A" if token[-1] != "A" else "B"))


@pytest.mark.parametrize(
    "change", [{"is_active": False}, {"email": "new@example.org"}, {"erased_at": timezone.now()}]
)
def test_a_link_dies_with_the_account_or_its_address(change):
    person = make.person()
    token = make_sign_in_token(person)
    type(person).objects.filter(pk=person.pk).update(**change)

    with pytest.raises(LinkNotValid):
        use_sign_in_token(token)
