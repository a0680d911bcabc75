"""Documents: planned by symbol, brought in language by language, issued in all, late ones said."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from karvan.foundation import clock
from karvan.foundation.records.models import Record
from karvan.stages.convening.access.papers import documents_for
from karvan.stages.convening.errors import NotGiven, NotOfThisSession, NumberTaken, WrongState
from karvan.stages.convening.models import SessionDocument
from karvan.stages.convening.queries.papers_documents import (
    board_of,
    documents_listed,
    late_days,
    symbol_doubts,
)
from karvan.stages.convening.services.papers_documents import (
    bring_version,
    change_document,
    follow_document,
    issue_document,
    plan_document,
    symbol_offered,
)
from tests import make
from tests.foundation.files import samples

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    organ = make.organ(
        "gc",
        symbol_pattern="{organ} {session}/{year}/{item}{rev}{add}{corr}{status}",
        working_languages=["en", "fr", "ar"],
        official_languages=["en", "fr", "ar", "az"],
        documents_days=42,
    )
    return make.statutory_session(
        organ, ordinal=12, starts_on=date(2015, 11, 26), ends_on=date(2015, 11, 28)
    )


def plan(session, symbol="GC 12/2015/2.3", **more):
    fields = {"kind": "working", "titles": {"en": "Audit report"}, **more}
    return plan_document(session, symbol=symbol, by=None, **fields)


def pdf(name="audit.pdf"):
    return SimpleUploadedFile(name, samples.pdf())


def ready(document, *languages):
    for code in languages:
        bring_version(document, language=code, state="issued", upload=pdf(), by=None)


def test_a_document_is_missing_at_first_and_due_by_the_organs_rule(session):
    made = plan(session)

    assert made.parts == {"organ": "GC", "session": "12", "year": "2015", "item": "2.3"}
    assert made.due_on == date(2015, 10, 15)
    assert sorted(made.versions.values_list("language", "state")) == [
        ("ar", "missing"), ("en", "missing"), ("fr", "missing"),
    ]  # fmt: skip


@pytest.mark.parametrize("typed", ["GC 12/2015/2.3", "gc 12/2015/2.3", " GC  12 / 2015/2.3"])
def test_a_symbol_is_used_once_however_it_is_typed(session, typed):
    plan(session)
    other = plan(session, "GC 12/2015/2.4")

    with pytest.raises(NumberTaken, match="Audit report"):
        plan(session, typed)
    with pytest.raises(NumberTaken):
        change_document(other, symbol=typed, kind="working", titles={"en": "X"}, by=None)

    assert session.documents.count() == 2


def test_a_symbol_that_does_not_fit_is_kept_as_typed_with_its_doubt(session):
    odd = plan(session, "12th GC, paper three")
    other = plan(session, "CE 36/2015/2.3")
    item = make.agenda_item(session, number="4")
    wrong_item = plan(session, "GC 12/2015/2.3", item=item)

    assert (odd.symbol, odd.parts) == ("12th GC, paper three", {})
    assert ["does not fit the pattern" in one for one in symbol_doubts(odd)] == [True]
    assert len(symbol_doubts(other)) == 2
    assert symbol_doubts(wrong_item) == ["“GC 12/2015/2.3” names item 2.3; it is listed under 4."]
    assert symbol_doubts(plan(session, "GC 12/2015/7")) == []


def test_it_is_issued_once_it_is_ready_in_all_working_languages(session):
    document = plan(session)
    ready(document, "en")
    bring_version(document, language="fr", state="translating", by=None)

    with pytest.raises(WrongState, match="Français, العربية"):
        issue_document(document, by=None)
    with pytest.raises(NotGiven, match="once its file is here"):
        bring_version(document, language="fr", state="issued", by=None)
    document.refresh_from_db()
    assert document.issued_at is None

    ready(document, "fr", "ar")
    with clock.replaying(datetime(2015, 10, 20, 9, tzinfo=UTC)):
        issued = issue_document(document, by=None)

    assert late_days(issued) == 5
    assert Record.objects.get(act="document issued").after == {
        "symbol": "GC 12/2015/2.3",
        "days late": 5,
    }


def test_an_issued_document_stays_as_it_is(session):
    document = plan(session)
    ready(document, "en", "fr", "ar")
    issue_document(document, by=None)

    for act in (
        lambda: issue_document(document, by=None),
        lambda: bring_version(document, language="en", state="missing", by=None),
        lambda: change_document(document, symbol="X", kind="list", titles={"en": "X"}, by=None),
    ):
        with pytest.raises(WrongState, match="stays as it is"):
            act()


def test_the_final_report_is_issued_after_the_close(session):
    session.state = "closed"
    session.save()

    report = plan(session, "GC 12/2015/F.R.", kind="final_report")
    ready(report, "en", "fr", "ar")

    assert issue_document(report, by=None).issued_at is not None


def test_a_document_without_a_day_is_due_by_the_rule_again(session):
    document = plan(session, due_on=date(2015, 9, 1))

    changed = change_document(
        document, symbol=document.symbol, kind="working", titles={"en": "Audit"}, by=None
    )

    assert changed.due_on == date(2015, 10, 15)


def test_revisions_addenda_and_corrigenda_follow_with_the_next_number(session):
    document = plan(session)
    with pytest.raises(WrongState, match="not issued"):
        follow_document(document, how="rev", by=None)
    ready(document, "en", "fr", "ar")
    issue_document(document, by=None)

    made = [follow_document(document, how=how, by=None) for how in ("rev", "rev", "add", "corr")]

    assert [one.symbol for one in made] == [
        "GC 12/2015/2.3 Rev.1", "GC 12/2015/2.3 Rev.2", "GC 12/2015/2.3 Add.1",
        "GC 12/2015/2.3 Corr.1",
    ]  # fmt: skip
    assert [one.supersedes for one in made] == [document, document, None, None]
    assert symbol_doubts(made[0]) == []


def test_what_follows_an_odd_symbol_keeps_it(session):
    document = plan(session, "Paper three")
    ready(document, "en", "fr", "ar")
    issue_document(document, by=None)

    assert follow_document(document, how="corr", by=None).symbol == "Paper three Corr.1"


def test_other_languages_come_in_where_they_are_the_organs(session):
    document = plan(session, original_language="az")

    bring_version(document, language="az", state="revising", upload=pdf(), by=None)
    with pytest.raises(NotGiven, match="no language of"):
        bring_version(document, language="ru", state="revising", by=None)

    assert document.versions.count() == 4


def test_foreign_items_and_documents_are_refused(session):
    with pytest.raises(NotOfThisSession):
        plan(session, item=make.agenda_item())
    with pytest.raises(NotOfThisSession):
        plan(session, supersedes=make.session_document())
    with pytest.raises(NotGiven):
        plan(session, " ")

    assert not SessionDocument.objects.filter(session=session).exists()


def test_the_board_shows_late_papers_first_at_one_count_of_queries(
    session, django_assert_num_queries
):
    with clock.replaying(datetime(2015, 11, 1, 9, tzinfo=UTC)):
        plan(session, "GC 12/2015/1", due_on=date(2015, 12, 1))
        late = plan(session, "GC 12/2015/2")
        later = plan(session, "GC 12/2015/3", due_on=date(2015, 10, 1))
        done = plan(session, "GC 12/2015/4")
        ready(done, "en", "fr", "ar")
        issue_document(done, by=None)
        with django_assert_num_queries(2):
            rows = board_of(session, documents_listed(session))

    assert [(one.document.symbol[-1], one.late_days) for one in rows] == [
        (later.symbol[-1], 31), (late.symbol[-1], 17), ("1", 0), ("4", 17),
    ]  # fmt: skip
    marks = [[cell.mark for cell in one.cells] for one in rows]
    assert marks[0] == ["open", "open", "open", "locked"]
    assert marks[-1] == ["done", "done", "done", "locked"]


def test_restricted_papers_are_seen_by_members_and_the_secretariat_only(session):
    papers = {kind: plan(session, f"GC 12/2015/{n}", distribution=kind) for n, kind in enumerate(("general", "restricted"), 1)}  # fmt: skip
    member, observer = make.delegation(session), make.delegation(session, capacity="observer")
    suspended = make.delegation(session)
    suspended.membership.status = "suspended"
    suspended.membership.save()
    seats = [
        make.session_delegate(one, person=make.person()).person
        for one in (member, observer, suspended)
    ]
    officer = make.officer()

    def seen(person):
        return [one.distribution for one in documents_for(person, session).order_by("symbol")]

    assert seen(officer) == ["general", "restricted"]
    assert [seen(one) for one in seats] == [[], [], []]
    for paper in papers.values():
        ready(paper, "en", "fr", "ar")
        issue_document(paper, by=None)

    assert [seen(one) for one in seats] == [["general", "restricted"], ["general"], ["general"]]


def test_the_next_symbol_is_offered_by_the_pattern(session):
    item = make.agenda_item(session, number="2.3")

    assert symbol_offered(session, str(item.pk)) == "GC 12/2015/2.3"
    plan(session, "GC 12/2015/2.3")
    assert symbol_offered(session, str(item.pk)) == ""
    assert symbol_offered(session) == "GC 12/2015/2"
    assert symbol_offered(session, "none") == "GC 12/2015/2"
