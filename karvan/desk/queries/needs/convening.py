"""What waits of sessions, agreements, partnerships and titles."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Count, F, Min, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from karvan.foundation import clock
from karvan.foundation.people.access import RUNNERS, parties_of, within
from karvan.foundation.people.models import Person
from karvan.foundation.texts import in_language
from karvan.foundation.ui import formats
from karvan.stages.agreements.models import Agreement
from karvan.stages.convening.models import (
    Delegation,
    DelegationCredential,
    Paper,
    ResolutionParagraph,
    SessionDocument,
    StatutorySession,
    TitleCycle,
    TitleNomination,
)
from karvan.stages.convening.queries.symposium_chairs import papers_written_by

from ...links import link
from .need import CLOSE_DAYS, MOST, Need, named

SIT = (
    StatutorySession.State.PREPARED,
    StatutorySession.State.CONVOKED,
    StatutorySession.State.OPEN,
)


def sessions_to_convoke(person: Person) -> list[Need]:
    """Sessions whose convocation is due within a week, or late. One query."""
    rows = StatutorySession.objects.filter(
        within(person, RUNNERS), state=StatutorySession.State.PREPARED
    ).select_related("organ")
    needs = []
    for row in rows.order_by("starts_on")[:MOST]:
        due = row.starts_on - timedelta(days=row.organ.convocation_days)
        if due <= clock.today() + timedelta(days=CLOSE_DAYS):
            sentence = _("%(session)s is not convoked yet.") % {"session": named(row)}
            needs.append(_of(row, "convoke", sentence, _("Convoke the session"), due))
    return needs


def papers_late(person: Person) -> list[Need]:
    """Sessions with documents past their date and not issued in every language. One query."""
    rows = (
        SessionDocument.objects.filter(
            within(person, RUNNERS, "session__scope"),
            issued_at__isnull=True,
            due_on__lt=clock.today(),
            session__state__in=SIT,
        )
        .order_by()
        .values("session")
        .annotate(count=Count("pk"), oldest=Min("due_on"))
    )
    counted = {row["session"]: row for row in rows}
    return [
        _of(
            session,
            "papers",
            ngettext(
                "%(count)s paper of %(session)s is late.",
                "%(count)s papers of %(session)s are late.",
                counted[session.pk]["count"],
            )
            % {
                "count": formats.number(counted[session.pk]["count"]),
                "session": named(session),
            },
            _("See the papers"),
            counted[session.pk]["oldest"],
        )
        for session in _sessions(counted)
    ]


def credentials_to_examine(person: Person) -> list[Need]:
    """Sessions with credentials that nobody has found in order or not. One query or two."""
    rows = (
        DelegationCredential.objects.filter(
            within(person, RUNNERS, "delegation__session__scope"),
            state=DelegationCredential.State.SUBMITTED,
            delegation__session__state__in=SIT,
        )
        .order_by()
        .values("delegation__session")
        .annotate(count=Count("pk"))
    )
    counted = {row["delegation__session"]: row["count"] for row in rows}
    return [
        _of(
            session,
            "credentials",
            ngettext(
                "The credentials of %(count)s delegation to %(session)s wait to be examined.",
                "The credentials of %(count)s delegations to %(session)s wait to be examined.",
                counted[session.pk],
            )
            % {"count": formats.number(counted[session.pk]), "session": named(session)},
            _("Examine the credentials"),
            session.starts_on,
        )
        for session in _sessions(counted)
    ]


def decisions_without_follow_up(person: Person) -> list[Need]:
    """Sessions whose resolutions ask for something of nobody, and nobody said why. Two queries."""
    rows = (
        ResolutionParagraph.objects.filter(
            within(person, RUNNERS, "resolution__session__scope"),
            is_operative=True,
            commitment__isnull=True,
            no_follow_up="",
        )
        .order_by()
        .values("resolution__session")
        .annotate(count=Count("pk"))
    )
    counted = {row["resolution__session"]: row["count"] for row in rows}
    return [
        _of(
            session,
            "follow-up",
            ngettext(
                "%(count)s paragraph decided by %(session)s has no owner and no date.",
                "%(count)s paragraphs decided by %(session)s have no owner and no date.",
                counted[session.pk],
            )
            % {"count": formats.number(counted[session.pk]), "session": named(session)},
            _("Say who follows up"),
            None,
        )
        for session in _sessions(counted)
    ]


def agreements_ending(person: Person) -> list[Need]:
    """Agreements in force that end within the days they are to be remembered. One query."""
    today = clock.today()
    rows = Agreement.objects.filter(
        within(person, RUNNERS),
        state__in=(Agreement.State.SIGNED, Agreement.State.IN_FORCE),
        in_force_to__isnull=False,
        renewed_by__isnull=True,
    ).order_by("in_force_to", "pk")[:MOST]
    return [
        Need(
            key=f"agreement:{row.pk}",
            sentence=_("“%(agreement)s” ends.") % {"agreement": named(row)},
            act=_("Renew it or let it end"),
            url=link("agreements:agreement", code=row.code),
            due=row.in_force_to,
            is_late=row.in_force_to < today,
        )
        for row in rows
        if row.in_force_to is not None
        and row.in_force_to - timedelta(days=row.renewal_days) <= today
    ]


def nominations_to_admit(person: Person) -> list[Need]:
    """Cycles with nominations whose admissibility nobody has checked. One query."""
    rows = (
        TitleCycle.objects.filter(within(person, RUNNERS))
        .annotate(
            count=Count(
                "nominations",
                filter=Q(nominations__state=TitleNomination.State.SUBMITTED),
            )
        )
        .filter(count__gt=0)
        .select_related("series")
    )
    return [
        Need(
            key=f"admit:{row.pk}",
            sentence=ngettext(
                "%(count)s nomination for %(cycle)s waits to be checked.",
                "%(count)s nominations for %(cycle)s wait to be checked.",
                row.count,
            )
            % {"count": formats.number(row.count), "cycle": named(row)},
            act=_("Check the nominations"),
            url=link("convening:title_cycle", series=row.series.code, year=row.year),
            due=row.closes_on,
        )
        for row in rows.order_by("year")[:MOST]
    ]


def credentials_to_send(person: Person) -> list[Need]:
    """Sessions to which the person's party sends a delegation without credentials. One query."""
    rows = Delegation.objects.filter(
        Q(membership__party__in=parties_of(person)) | Q(delegates__person=person),
        capacity=Delegation.Capacity.MEMBER,
        credential__isnull=True,
        session__state__in=(StatutorySession.State.CONVOKED, StatutorySession.State.OPEN),
    ).select_related("session__organ")
    return [
        _of(
            row.session,
            f"send:{row.pk}",
            _("%(delegation)s has not sent its credentials to %(session)s.")
            % {"delegation": named(row), "session": named(row.session)},
            _("Send the credentials"),
            row.session.starts_on,
        )
        for row in rows.order_by("session__starts_on", "pk").distinct()[:MOST]
    ]


def nominations_to_send(person: Person) -> list[Need]:
    """Drafts of nominations by the person's party, until their cycle closes. One query."""
    rows = TitleNomination.objects.filter(
        party__in=parties_of(person),
        state=TitleNomination.State.DRAFT,
        cycle__state=TitleCycle.State.OPEN,
    ).select_related("cycle__series")
    return [
        Need(
            key=f"nomination:{row.pk}",
            sentence=_("The nomination of %(city)s for %(cycle)s is not sent.")
            % {"city": named(row), "cycle": named(row.cycle)},
            act=_("Complete the nomination"),
            url=link("convening:nomination", pk=row.pk),
            due=row.cycle.closes_on,
        )
        for row in rows.order_by(F("cycle__closes_on").asc(nulls_last=True), "pk")[:MOST]
    ]


def _sessions(wanted: Iterable[int]) -> list[StatutorySession]:
    rows = StatutorySession.objects.filter(pk__in=list(wanted)).select_related("organ")
    return list(rows.order_by("starts_on")[:MOST]) if wanted else []


def abstracts_to_propose_for(person: Person) -> list[Need]:
    """Tracks whose chair the person is, with abstracts that nothing was proposed for. One query."""
    rows = (
        Paper.objects.filter(
            track__chair=person, state=Paper.State.SUBMITTED, proposal__isnull=True
        )
        .exclude(pk__in=papers_written_by(person))
        .order_by()
        .values(
            "track__code",
            "track__names",
            "symposium__activity__code",
            "symposium__activity__edition__slug",
        )
        .annotate(count=Count("pk", distinct=True))[:MOST]
    )
    return [
        Need(
            key=f"chair:{row['symposium__activity__edition__slug']}:{row['symposium__activity__code']}:{row['track__code']}",
            sentence=ngettext(
                "%(count)s abstract of %(track)s waits for your proposal.",
                "%(count)s abstracts of %(track)s wait for your proposal.",
                row["count"],
            )
            % {
                "count": formats.number(row["count"]),
                "track": named(in_language(row["track__names"])),
            },
            act=_("Propose talks and posters"),
            url=link(
                "convening:chair_papers",
                edition=row["symposium__activity__edition__slug"],
                activity=row["symposium__activity__code"],
                code=row["track__code"],
            ),
        )
        for row in rows
    ]


def _of(session: StatutorySession, what: str, sentence: str, act: str, due: date | None) -> Need:
    return Need(
        key=f"{what}:{session.pk}",
        sentence=sentence,
        act=act,
        url=link("convening:session", organ=session.organ.code, session=session.slug),
        due=due,
        is_late=due is not None and due < clock.today(),
    )
