"""What was recorded, within the reader's scopes, and the check of the chain."""

import pytest

from karvan.foundation.records.services import record
from tests import make

pytestmark = pytest.mark.django_db


def test_coordinator_reads_the_records_of_the_own_edition_only(sign_in):
    own, other = make.edition(titles=make.texts("Baku")), make.edition(titles=make.texts("Rabat"))
    for edition in (own, other):
        record("closed", edition, by=None)

    page = sign_in(make.role("coordinator", own.scope)).get("/en/changes/")

    assert "Baku" in page.text
    assert "Rabat" not in page.text
    assert "Check the chain" not in page.text


def test_auditor_has_the_chain_checked(sign_in):
    record("closed", make.edition(), by=None)

    page = sign_in(make.role("auditor")).post("/en/changes/check/", follow=True)

    assert "1 record follows on the other, unchanged." in page.text


@pytest.mark.parametrize("rows", [1, 3])
def test_register_costs_the_same_for_one_row_and_for_three(
    sign_in, django_assert_num_queries, rows
):
    auditor = make.role("auditor")
    edition = make.edition()
    for _number in range(rows):
        record("closed", edition, by=auditor)
    client = sign_in(auditor)

    with django_assert_num_queries(5):
        client.get("/en/changes/")
