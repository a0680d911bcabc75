"""Two at once: a link signs in once, and two administrators cannot unseat each other."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from karvan.foundation.errors import RuleBroken
from karvan.foundation.people.models import Role
from karvan.foundation.people.services import make_sign_in_token, use_sign_in_token, withdraw_role
from karvan.foundation.records.queries import verify_chain
from tests import make

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def at_once(acts):
    """Run the acts together, each on its own connection; the outcome of each, or its refusal."""
    gate = Barrier(len(acts))

    def run(act):
        gate.wait()
        try:
            return act()
        except RuleBroken as broken:
            return broken
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_of_eight_clicks_on_a_link_one_signs_in():
    token = make_sign_in_token(make.person())

    outcomes = at_once([lambda: use_sign_in_token(token)] * 8)

    assert sum(isinstance(one, RuleBroken) for one in outcomes) == 7
    assert verify_chain().checked == 1


def test_two_administrators_cannot_unseat_each_other():
    roles = [make.role("administrator").roles.get() for _ in range(2)]

    at_once([lambda role=role: withdraw_role(role, by=None) for role in roles])

    assert Role.objects.filter(kind="administrator").count() == 1


def test_records_written_at_once_form_one_chain():
    people = [make.person() for _ in range(8)]
    tokens = [make_sign_in_token(person) for person in people]

    at_once([lambda token=token: use_sign_in_token(token) for token in tokens])

    assert (verify_chain().checked, verify_chain().broken_at) == (8, None)
