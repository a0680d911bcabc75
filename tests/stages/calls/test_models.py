"""What the database itself refuses, and numbers that can be read out."""

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from karvan.stages.calls.models import Application
from karvan.stages.calls.receipts import ALPHABET, check_digits, new_number, read_number
from tests import make

SIGNS = st.text(ALPHABET, min_size=4, max_size=6)


def written(signs):
    return f"KV-{signs}-{check_digits(signs)}"


@pytest.mark.django_db
def test_two_sent_applications_never_share_an_address_in_a_call():
    call = make.call()
    make.application(call, state="submitted", email="one@example.org")

    with pytest.raises(IntegrityError), transaction.atomic():
        make.application(call, state="ineligible", email="one@example.org")


@pytest.mark.django_db
def test_sent_application_has_a_receipt():
    with pytest.raises(IntegrityError), transaction.atomic():
        make.application(state="submitted", number=None)


@pytest.mark.django_db
def test_an_extension_belongs_to_one_application():
    call = make.call()
    extension = call.extensions.create(code="ABCD2345", until=call.closes_at, reason="Illness")
    make.application(call, extension=extension)

    with pytest.raises(IntegrityError), transaction.atomic():
        make.application(call, extension=extension)
    assert Application.objects.count() == 1


@given(SIGNS)
def test_number_is_read_however_it_is_typed(signs):
    number = written(signs)

    typed = number.lower().replace("0", "o").replace("1", "l").replace("-", " - ")
    # The check digits are digits only, so look-alikes are undone among the signs alone.
    typed = typed[: -len(number[-2:])] + number[-2:]

    assert read_number(typed) == number


@given(SIGNS, st.data())
def test_one_wrong_sign_or_two_swapped_neighbours_are_noticed(signs, data):
    at = data.draw(st.integers(0, len(signs) - 2))
    other = data.draw(st.sampled_from(ALPHABET))
    digits = check_digits(signs)
    wrong = signs[:at] + other + signs[at + 1 :]
    swapped = signs[:at] + signs[at + 1] + signs[at] + signs[at + 2 :]

    for changed in {wrong, swapped} - {signs}:
        assert read_number(f"KV-{changed}-{digits}") == ""


def test_new_numbers_are_numbers():
    assert all(read_number(number) == number for number in (new_number(n) for n in (4, 5, 6)))
    assert read_number("KV-7Q2M-1") == ""
