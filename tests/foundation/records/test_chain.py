"""The chain of records: it verifies, it refuses change, and it names where it was broken."""

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from karvan.foundation.records import triggers
from karvan.foundation.records.models import ChainHead, Record
from karvan.foundation.records.queries import history_of, verify_chain
from karvan.foundation.records.services import Act, record, record_many
from tests import make

pytestmark = pytest.mark.django_db


def three_records():
    officer = make.person("Officer")
    party = make.party("ministry")
    record("created", party, by=officer, after={"code": "ministry"})
    record("renamed", party, by=officer, before={"name": "A"}, after={"name": "B"}, reason="typo")
    record("checked", party, by=None)
    return party


def test_an_untouched_chain_verifies_and_counts_its_records():
    three_records()

    report = verify_chain()

    assert (report.checked, report.broken_at) == (3, None)


def test_an_empty_chain_verifies():
    assert verify_chain().checked == 0


def test_records_written_together_are_chained_in_their_order():
    party = make.party()

    rows = record_many([Act("first", party), Act("second", party)], by=None)

    assert [row.number for row in rows] == [1, 2]
    assert rows[1].previous_hash == rows[0].hash
    assert verify_chain().broken_at is None


def test_history_is_of_one_subject_only():
    party = three_records()
    record("created", make.party("another"), by=None)

    assert [one.act for one in history_of(party)] == ["created", "renamed", "checked"]


@pytest.mark.parametrize(
    "attempt",
    [
        lambda: Record.objects.filter(number=2).update(reason="another"),
        lambda: Record.objects.filter(number=2).delete(),
        lambda: ChainHead.objects.update(number=2),
        lambda: ChainHead.objects.all().delete(),
    ],
    ids=["change a record", "delete a record", "turn the head back", "delete the head"],
)
def test_the_database_refuses_to(attempt):
    three_records()

    with pytest.raises(DatabaseError, match=triggers.REFUSAL), transaction.atomic():
        attempt()

    assert verify_chain() == verify_chain().__class__(checked=3)


def test_a_changed_record_is_named_as_the_first_broken_link():
    three_records()
    triggers.remove(connection)

    Record.objects.filter(number=2).update(reason="another")

    report = verify_chain()
    assert (report.broken_at, report.checked) == (2, 1)
    assert report.why == "record 2 was changed after it was written"


def test_a_missing_record_is_named():
    three_records()
    triggers.remove(connection)

    Record.objects.filter(number=2).delete()

    assert verify_chain().broken_at == 2


def test_a_cut_tail_is_found_although_what_is_left_fits():
    three_records()
    triggers.remove(connection)

    Record.objects.filter(number=3).delete()

    report = verify_chain()
    assert (report.broken_at, report.checked) == (3, 2)
    assert "there were 3" in report.why


def test_a_forged_record_put_in_the_place_of_another_is_found():
    three_records()
    triggers.remove(connection)

    Record.objects.filter(number=3).update(previous_hash="f" * 64)

    assert verify_chain().broken_at == 3


def test_installing_the_triggers_again_changes_nothing():
    triggers.install(connection)
    three_records()

    with pytest.raises(DatabaseError), transaction.atomic():
        Record.objects.filter(number=1).delete()


def test_the_command_says_how_many_records_are_sound(capsys):
    three_records()

    call_command("verify_records")

    assert "3 records, none broken" in capsys.readouterr().out


def test_the_command_fails_at_the_first_broken_link():
    three_records()
    triggers.remove(connection)
    Record.objects.filter(number=2).update(act="forged")

    with pytest.raises(CommandError, match="record 2 was changed .*1 records before it are sound"):
        call_command("verify_records")


def test_an_unknown_database_is_refused():
    class Oracle:
        vendor = "oracle"

        def cursor(self):
            return connection.cursor()

    with pytest.raises(ValueError, match="oracle"):
        triggers.install(Oracle())


@pytest.mark.django_db(transaction=True)
def test_a_transactional_test_can_write_records_and_be_cleaned_up():
    three_records()

    with pytest.raises(DatabaseError):
        Record.objects.filter(number=1).update(act="forged")


def test_after_a_transactional_test_the_triggers_are_back():
    three_records()

    with pytest.raises(DatabaseError), transaction.atomic():
        Record.objects.filter(number=1).update(act="forged")
