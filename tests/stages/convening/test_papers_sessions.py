"""A session is prepared, its members convoked, opened and closed; what is missing is all named."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from karvan.foundation import clock
from karvan.foundation.messages.models import Message
from karvan.foundation.records.models import Record
from karvan.stages.convening.errors import NotGiven, NumberTaken, WrongState
from karvan.stages.convening.models import StatutorySession
from karvan.stages.convening.services import papers_sessions as services
from karvan.stages.convening.services.papers_agenda import propose_item
from karvan.stages.convening.services.papers_convocation import addressees_of, convoke_session
from karvan.stages.convening.services.papers_credentials import report_on_credentials
from karvan.stages.convening.services.papers_issuing import issue_agenda
from tests import make

pytestmark = pytest.mark.django_db

FACTS = {
    "titles": {"en": "Twelfth session"},
    "starts_on": date(2026, 12, 7),
    "ends_on": date(2026, 12, 9),
}


def on(year, month, day):
    return clock.replaying(datetime(year, month, day, 9, tzinfo=UTC))


@pytest.fixture
def organ():
    return make.organ("gc")


@pytest.fixture
def session(organ):
    """Prepared, with a place and a member, its provisional agenda issued."""
    made = make.statutory_session(organ, place="Baku", slug="gc-12", ordinal=12)
    make.membership(organ, "MA", names={"en": "Morocco"})
    propose_item(made, titles={"en": "Next venue"}, include=True, by=None)
    issue_agenda(made, kind="provisional", by=None)
    return made


def test_a_session_is_prepared_with_its_hijri_date_as_printed(organ):
    made = services.prepare_session(
        organ, slug="gc-12", ordinal=12, kind="ordinary", hijri_printed="7 Jumada II 1414",
        by=None, **FACTS,
    )  # fmt: skip
    services.change_session(made, place="Baku", by=None)

    held = StatutorySession.objects.get(slug="gc-12")
    assert (held.scope, held.place, held.hijri_printed) == (
        "organs/gc/gc-12",
        "Baku",
        "7 Jumada II 1414",
    )
    last = Record.objects.order_by("number").last()
    assert (last.act, last.after) == ("changed", {"place": "Baku"})


@pytest.mark.parametrize(
    ("slug", "ordinal", "kind"),
    [("gc-12", 13, "ordinary"), ("members", 13, "ordinary"), ("other", 12, "ordinary")],
)
def test_an_address_or_number_that_is_taken_is_refused(organ, slug, ordinal, kind):
    make.statutory_session(organ, slug="gc-12", ordinal=12)

    with pytest.raises(NumberTaken):
        services.prepare_session(organ, slug=slug, ordinal=ordinal, kind=kind, by=None, **FACTS)

    assert StatutorySession.objects.count() == 1


def test_an_extraordinary_session_may_have_the_number_of_an_ordinary_one(organ):
    make.statutory_session(organ, slug="gc-1", ordinal=1)

    services.prepare_session(organ, slug="gc-x1", ordinal=1, kind="extraordinary", by=None, **FACTS)

    assert organ.sessions.count() == 2


def test_days_the_wrong_way_round_and_a_foreign_host_agreement_are_refused(organ):
    with pytest.raises(NotGiven, match="begin before"):
        services.prepare_session(
            organ, slug="a", ordinal=1, kind="ordinary", by=None,
            **{**FACTS, "ends_on": date(2026, 12, 1)},
        )  # fmt: skip
    with pytest.raises(NotGiven, match="does not bind"):
        services.prepare_session(
            organ, slug="a", ordinal=1, kind="ordinary", by=None, host=make.party(),
            host_agreement=make.agreement(kind="host"), **FACTS,
        )  # fmt: skip


def test_convoking_names_all_that_is_missing(organ):
    empty = make.statutory_session(organ, place="")

    with on(2027, 1, 1), pytest.raises(WrongState) as refused:
        convoke_session(empty, by=None)

    for words in ("the place", "a member", "provisional agenda", "still ahead"):
        assert words in str(refused.value)
    assert not Message.objects.exists()


def test_members_are_convoked_by_letter_and_those_without_an_address_are_named(organ, session):
    party = make.party("ministry-az")
    spokesman = make.role("partner", party=party, of=make.person("Leyla", language="fr"))
    make.role("partner", party=party, of=make.person(email=None))
    make.membership(organ, "AZ", names={"en": "Azerbaijan", "fr": "Azerbaïdjan"}, party=party)
    make.membership(organ, "SY", status="suspended", status_reason="2012", party=party)

    with on(2026, 9, 1):
        listed = convoke_session(session, by=None)

    assert [(one.member.code, list(one.persons)) for one in listed] == [
        ("AZ", [spokesman]),
        ("MA", []),
    ]
    letter = Message.objects.get()
    assert (letter.to_person, letter.language, letter.scope) == (spokesman, "fr", session.scope)
    assert "Next venue" in letter.body
    assert "/fr/organs/gc/gc-12/delegations/" in letter.body
    session.refresh_from_db()
    assert session.state == "convoked"
    last = Record.objects.filter(act="convoked").get()
    assert (last.after["letters"], last.after["without address"], last.after["days late"]) == (
        1,
        1,
        0,
    )


def test_a_late_convocation_goes_out_and_says_by_how_much(session):
    with on(2026, 11, 1):
        convoke_session(session, by=None)
        with pytest.raises(WrongState, match="once"):
            convoke_session(session, by=None)

    assert Record.objects.get(act="convoked").after["days late"] == 24


def test_a_role_that_has_ended_and_a_former_member_get_no_letter(organ, session):
    party = make.party()
    make.role("partner", party=party, valid_to=date(2026, 1, 1))
    make.membership(organ, "AZ", party=party)
    make.membership(organ, "YU", party=party, ends_on=date(2003, 2, 4))

    with on(2026, 9, 1):
        listed = addressees_of(session)

    assert [(one.member.code, one.persons) for one in listed] == [("AZ", ()), ("MA", ())]


def test_a_session_opens_and_closes_only_with_all_it_needs(organ, session):
    with on(2026, 9, 1):
        with pytest.raises(WrongState, match="once it is convoked"):
            services.open_session(session, by=None)
        convoke_session(session, by=None)
        with pytest.raises(WrongState) as early:
            services.open_session(session, by=None)
    for words in ("first day", "credentials are accepted", "a report on credentials"):
        assert words in str(early.value)

    with on(2026, 12, 7):
        make.delegation(session, membership=organ.memberships.get(code="MA"))
        report_on_credentials(session, by=None)
        services.open_session(session, by=None)
        make.sitting(session, number=1)
        with pytest.raises(WrongState) as unready:
            services.close_session(session, by=None)
    for words in ("adopted agenda", "1 item", "sitting 1"):
        assert words in str(unready.value)

    with on(2026, 12, 9):
        issue_agenda(session, kind="adopted", by=None)
        session.agenda_items.update(state="closed")
        session.sittings.update(closed_at=clock.now())
        services.close_session(session, by=None)
        with pytest.raises(WrongState, match="closed"):
            services.change_session(session, place="Rabat", by=None)

    session.refresh_from_db()
    assert (session.state, session.opened_at.day, session.closed_at.day) == ("closed", 7, 9)
