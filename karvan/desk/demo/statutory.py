"""November 2015: an Executive Council and a General Conference in Baku; and one that is ahead.

The two of 2015 are entered with their places, days and agendas as report.az printed them on 21
November 2015. What that source does not say stays unknown here: the Hijri dates, who was convoked and
who came, the symbols of the papers, what was decided. The charter was not seen, so quorum and
majorities are the demo's own, and say so. The session that is ahead is invented, as are all persons.
"""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from typing import Any

from django.core.files.base import File

from karvan.foundation.people.models import Person
from karvan.foundation.places.models import Country
from karvan.foundation.ui.sheets import Paragraph, Sheet, render_sheet
from karvan.stages.convening.models import (
    AgendaItem,
    Delegation,
    Organ,
    SessionDocument,
    StatutorySession,
)
from karvan.stages.convening.services.organs import create_organ
from karvan.stages.convening.services.organs_members import add_member, set_member_status
from karvan.stages.convening.services.papers_agenda import propose_item
from karvan.stages.convening.services.papers_convocation import convoke_session
from karvan.stages.convening.services.papers_credentials import (
    decide_credential,
    report_on_credentials,
    submit_credential,
)
from karvan.stages.convening.services.papers_delegations import (
    name_session_delegate,
    register_delegation,
)
from karvan.stages.convening.services.papers_documents import (
    bring_version,
    issue_document,
    plan_document,
)
from karvan.stages.convening.services.papers_issuing import issue_agenda
from karvan.stages.convening.services.papers_sessions import enter_as_held, prepare_session

from .cast import COUNTRIES
from .statutory_items import AHEAD, CONFERENCE, COUNCIL
from .world import World, at, texts

SOURCE = "report.az, 21 November 2015"
NOT_SEEN = "The charter was not seen: quorum and majorities are the demo's own."
INVENTED = "The demo's own: this session is invented."
PATRONAGE = "The President of the Republic of Azerbaijan"
LANGUAGES = ["ar", "en", "fr"]
ENTERED_ON = date(2021, 2, 1)
AHEAD_DAYS = 30
SPOKEN_FOR = {"AZ": "culture-az"}  # the demo's partner speaks for it; others by their commissions


def tell_statutory(world: World) -> StatutorySession:
    """Both organs, the two sessions of 2015, and a session ahead; returns the one ahead."""
    officer = world.people["officer"]
    with at(ENTERED_ON):
        conference, council = _organs(world, officer)
        _members(world, conference, officer)
        _held(
            council, 36, date(2015, 11, 23), date(2015, 11, 24), COUNCIL, officer,
            titles=texts("Executive Council, thirty-sixth session", "Conseil exécutif, trente-sixième session", "المجلس التنفيذي، الدورة السادسة والثلاثون", "İcraiyyə Şurası, otuz altıncı sessiya"),
        )  # fmt: skip
        _held(
            conference, 12, date(2015, 11, 26), date(2015, 11, 27), CONFERENCE, officer,
            patronage=PATRONAGE,
            titles=texts("General Conference, twelfth session", "Conférence générale, douzième session", "المؤتمر العام، الدورة الثانية عشرة", "Baş Konfrans, on ikinci sessiya"),
        )  # fmt: skip
    return _ahead(world, conference, officer)


def _organs(world: World, officer: Person) -> tuple[Organ, Organ]:
    shared: dict[str, Any] = {
        "party": world.parties["organisation"],
        "number_pattern": "{organ} {session}/{year}/R.{number}",
        "working_languages": LANGUAGES,
        "official_languages": LANGUAGES,
        "majorities": {"default": "simple", "charter": "two_thirds", "budget": "two_thirds"},
        "rules_source": NOT_SEEN,
        "quorum_base": "not_suspended",
        "by": officer,
    }
    pattern = "/{item}{rev}{add}{corr}{status} | {organ} {session}/{year}/{kind}"
    conference = create_organ(
        code="gc", abbreviation="GC", symbol_pattern=f"{{organ}} {{session}}/{{year}}{pattern}",
        names=texts("General Conference", "Conférence générale", "المؤتمر العام", "Baş Konfrans"),
        **shared,
    )  # fmt: skip
    council = create_organ(
        code="ce", abbreviation="CE", symbol_pattern=f"{{organ}} {{session}}/{{year2}}{pattern}",
        names=texts("Executive Council", "Conseil exécutif", "المجلس التنفيذي", "İcraiyyə Şurası"),
        **shared,
    )  # fmt: skip
    return conference, council


def _members(world: World, conference: Organ, officer: Person) -> None:
    """The countries of the demo; the sources do not list the members."""
    for code in COUNTRIES:
        party = world.parties[SPOKEN_FOR.get(code, f"commission-{code.lower()}")]
        names = Country.objects.get(pk=code).names
        add_member(conference, code=code, names=names, party=party, by=officer)


def _held(
    organ: Organ,
    ordinal: int,
    starts_on: date,
    ends_on: date,
    items: tuple[dict[str, Any], ...],
    officer: Person,
    **facts: Any,
) -> StatutorySession:
    session = prepare_session(
        organ,
        slug=f"{organ.code}-{ordinal}",
        ordinal=ordinal,
        kind="ordinary",
        starts_on=starts_on,
        ends_on=ends_on,
        place="Baku",
        country=Country.objects.get(pk="AZ"),
        time_zone="Asia/Baku",
        source=SOURCE,
        by=officer,
        **facts,
    )
    _items(session, items, officer)
    issue_agenda(session, kind="provisional", by=officer)
    return enter_as_held(session, by=officer)


def _items(
    session: StatutorySession, items: tuple[dict[str, Any], ...], officer: Person
) -> list[AgendaItem]:
    return [propose_item(session, include=True, by=officer, **one) for one in items]


def _ahead(world: World, conference: Organ, officer: Person) -> StatutorySession:
    """A session in a month: convoked, half of it registered, one paper late."""
    starts_on = world.day(AHEAD_DAYS)
    with at(world.day(-70)):
        session = prepare_session(
            conference,
            slug="gc-x1",
            ordinal=1,
            kind="extraordinary",
            titles=texts("General Conference, extraordinary session", "Conférence générale, session extraordinaire", "المؤتمر العام، دورة استثنائية", "Baş Konfrans, fövqəladə sessiya"),
            starts_on=starts_on,
            ends_on=starts_on + timedelta(days=1),
            place="Rabat",
            country=Country.objects.get(pk="MA"),
            time_zone="Africa/Casablanca",
            host=world.parties["commission-ma"],
            items_until=world.day(-20),
            source=INVENTED,
            by=officer,
        )  # fmt: skip
        items = _items(session, AHEAD, officer)
        issue_agenda(session, kind="provisional", by=officer)
    with at(world.day(-60)):
        convoke_session(session, by=officer)
    with at(world.day(-15)):
        _papers(session, items, officer)
    with at(world.day(-5)):
        _delegations(world, session, officer)
    return session


def _papers(session: StatutorySession, items: list[AgendaItem], officer: Person) -> None:
    """One paper issued in all languages, one in translation and late."""
    year = session.starts_on.year
    for item, ready in ((items[0], tuple(LANGUAGES)), (items[1], ("en",))):
        paper = plan_document(
            session,
            symbol=f"GC 1/{year}/{item.number}",
            kind="working",
            titles=item.titles,
            item=item,
            original_language="en",
            by=officer,
        )
        for code in LANGUAGES:
            if code in ready:
                file = _printed(paper, code)
                bring_version(paper, language=code, state="issued", upload=file, by=officer)
            else:
                bring_version(paper, language=code, state="translating", by=officer)
        if set(ready) == set(LANGUAGES):
            issue_document(paper, by=officer)


def _printed(paper: SessionDocument, language: str) -> File[bytes]:
    """A page that says which paper it stands for, and that it is the demo's."""
    sheet = Sheet(
        title=paper.titles[language],
        language=language,
        blocks=(Paragraph("Demo"),),
        made_at=paper.added_at,
        reference=paper.symbol,
    )
    return File(BytesIO(render_sheet(sheet)), name=f"{paper.session.slug}-{language}.pdf")


def _delegations(world: World, session: StatutorySession, officer: Person) -> None:
    """Some members registered, their credentials in every state; one member is suspended."""
    organ = session.organ
    came = {"AZ": "accepted", "MA": "accepted", "UZ": "provisional", "SN": "submitted", "EG": ""}
    for code, state in came.items():
        delegation = register_delegation(
            session, capacity="member", membership=organ.memberships.get(code=code), by=officer
        )
        name_session_delegate(delegation, name=world.name(code).latin, rank="head", by=officer)
        if state:
            _credentials(world, delegation, state, officer)
    register_delegation(
        session, capacity="secretariat", by=officer,
        names=texts("Secretariat", "Secrétariat", "الأمانة", "Katiblik"),
    )  # fmt: skip
    set_member_status(
        organ.memberships.get(code="BN"),
        status="suspended",
        status_reason="Invented for the demo: contributions of two years are not paid",
        by=officer,
    )
    report_on_credentials(session, note="First meeting of the committee", by=officer)


def _credentials(world: World, delegation: Delegation, state: str, officer: Person) -> None:
    submit_credential(
        delegation,
        issuer="Ministry of Foreign Affairs",
        received_on=world.day(-6),
        form="copy" if state == "provisional" else "original",
        by=officer,
    )
    if state != "submitted":
        decide_credential(delegation, state=state, by=officer)
