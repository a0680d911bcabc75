"""A formula of the bench is checked on a page: units that come out, numbers that do not fit."""

import pytest
from django.urls import reverse

from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask(client):
    dossier = make.dossier()
    client.force_login(make.member(dossier).enrolment.person)
    address = reverse("dossiers:formula", args=[dossier.activity.edition.slug, dossier.pk])

    def asked(**typed):
        return client.get(address, typed or None).content.decode()

    return asked


def test_the_page_begins_without_a_fault(ask):
    assert "error" not in ask().lower().split("<main")[1].split("</main")[0]


def test_a_relative_centrifugal_force_comes_out_with_its_number(ask):
    text = ask(formula="1.118e-5 * r * n^2", units="r cm\nn rpm", result="g_0")

    assert "The units come out, and the number 1.118e-05 fits them." in text


def test_a_number_that_does_not_fit_is_told_the_one_that_does(ask):
    text = ask(formula="1.118e-6 * r * n^2", units="r cm\nn rpm", result="g_0")

    assert "does not fit them" in text and "1.118e-05" in text


def test_a_force_whose_units_do_not_come_out_is_told_what_it_is(ask):
    text = ask(formula="m * v", units="m kg\nv m/s", result="N")

    assert "The units do not come out" in text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"formula": "p * A", "units": "p kPa", "result": "N"}, "“A” has no unit"),
        ({"formula": "p * (", "units": "", "result": "N"}, "cannot be read"),
        ({"formula": "p", "units": "p kPaa", "result": "N"}, "kPaa"),
        ({"formula": "p", "units": "p", "result": "N"}, "gives “p” no unit"),
        ({"formula": "p + q", "units": "p m\nq s", "result": "m"}, "different kinds"),
        ({"formula": "__import__(1)", "units": "", "result": "1"}, "cannot be read"),
    ],
)
def test_what_cannot_be_read_is_named_and_what_was_typed_stays(ask, typed, said):
    text = ask(**typed)

    assert said in text
    assert typed["formula"] in text
