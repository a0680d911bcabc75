"""Acts on a session itself: prepared, its facts changed, opened, closed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record
from karvan.foundation.ui.formats import in_a_row

from ..errors import NotGiven, NumberTaken, WrongState
from ..models import Organ, StatutorySession
from ..queries.papers_guards import missing_to_close, missing_to_open

RESERVED = (
    "all",
    "new",
    "change",
    "members",
    "sessions",
    "tallies",
)  # words that addresses use themselves
STATE = StatutorySession.State
FACTS = (
    "titles", "theme", "starts_on", "ends_on", "hijri_printed", "place", "country", "time_zone",
    "host", "host_agreement", "patronage", "items_until", "source",
)  # fmt: skip


@transaction.atomic
def prepare_session(
    organ: Organ,
    *,
    slug: str,
    ordinal: int,
    kind: str,
    titles: Mapping[str, str],
    starts_on: date,
    ends_on: date,
    by: Person | None,
    **facts: Any,
) -> StatutorySession:
    """Write down that the organ will sit; ``facts`` are fields named in ``FACTS``.

    A Hijri date is kept as it is printed, whatever the Gregorian ones are.

    Raises:
        NumberTaken: the address or the number is another session's.
        NotGiven: it would end before it begins, or the host agreement binds others.
    """
    Organ.objects.select_for_update(of=("self",)).get(pk=organ.pk)
    if slug in RESERVED or StatutorySession.objects.filter(slug=slug).exists():
        raise NumberTaken(_("“%(slug)s” is taken. Choose another address.") % {"slug": slug})
    if organ.sessions.filter(kind=kind, ordinal=ordinal).exists():
        raise NumberTaken(
            _("“%(organ)s” has a session number %(number)s of this kind already.")
            % {"organ": organ, "number": ordinal}
        )
    facts |= {"titles": dict(titles), "starts_on": starts_on, "ends_on": ends_on}
    _check(facts)
    made = StatutorySession.objects.create(
        organ=organ, slug=slug, ordinal=ordinal, kind=kind, scope=f"{organ.scope}/{slug}", **facts
    )
    record("prepared", made, by=by, after=_said(made))
    return made


@transaction.atomic
def change_session(
    session: StatutorySession, *, by: Person | None, **facts: Any
) -> StatutorySession:
    """Write the session's facts anew. Whoever was convoked is not told by this.

    Raises:
        WrongState: it is closed.
        NotGiven: it would end before it begins.
    """
    held = locked_session(session)
    require_not_closed(held)
    _check(facts)
    before = _said(held)
    for name in FACTS:
        if name in facts:
            setattr(held, name, facts[name])
    held.save()
    after = _said(held)
    changed = [key for key in after if after[key] != before[key]]
    record(
        "changed",
        held,
        by=by,
        before={key: before[key] for key in changed},
        after={key: after[key] for key in changed},
    )
    return held


@transaction.atomic
def open_session(session: StatutorySession, *, by: Person | None) -> StatutorySession:
    """The session sits from now on.

    Raises:
        WrongState: it is not convoked, or something is missing; all of it is named.
    """
    held = locked_session(session)
    if held.state != STATE.CONVOKED:
        raise WrongState(
            _("A session is opened once it is convoked; this one is: %(state)s.")
            % {"state": held.get_state_display()}
        )
    refuse_missing(_("It cannot be opened yet."), missing_to_open(held))
    held.state, held.opened_at = STATE.OPEN, clock.now()
    held.save(update_fields=["state", "opened_at"])
    record("opened", held, by=by, before={"state": "convoked"}, after={"state": "open"})
    return held


@transaction.atomic
def close_session(session: StatutorySession, *, by: Person | None) -> StatutorySession:
    """The session is over; from now on its delegations and its agenda are read, not written.

    Raises:
        WrongState: it does not sit, or something is missing; all of it is named.
    """
    held = locked_session(session)
    if held.state != STATE.OPEN:
        raise WrongState(
            _("Only a session that sits is closed; this one is: %(state)s.")
            % {"state": held.get_state_display()}
        )
    refuse_missing(_("It cannot be closed yet."), missing_to_close(held))
    held.state, held.closed_at = STATE.CLOSED, clock.now()
    held.save(update_fields=["state", "closed_at"])
    record("closed", held, by=by, before={"state": "open"}, after={"state": "closed"})
    return held


@transaction.atomic
def enter_as_held(session: StatutorySession, *, by: Person | None) -> StatutorySession:
    """A session of the past whose papers were not kept here: entered with its source, and closed.

    What nobody wrote down (who was convoked, when it was opened) stays unknown.

    Raises:
        WrongState: it is no longer only prepared, or its last day is not over.
        NotGiven: no source says that it was held.
    """
    held = locked_session(session)
    if held.state != STATE.PREPARED:
        raise WrongState(
            _("Only a session that is prepared is entered as held; this one is: %(state)s.")
            % {"state": held.get_state_display()}
        )
    if held.ends_on >= clock.today():
        raise WrongState(_("Its last day is not over. Convoke the members instead."))
    if not held.source.strip():
        raise NotGiven(_("Write into its facts which source says that the session was held."))
    held.state = STATE.CLOSED
    held.save(update_fields=["state"])
    record("entered as held", held, by=by, after={"state": "closed"}, reason=held.source)
    return held


def locked_session(session: StatutorySession) -> StatutorySession:
    """The session's row, locked until the transaction ends."""
    rows = StatutorySession.objects.select_related("organ").select_for_update(of=("self",))
    return rows.get(pk=session.pk)


def require_not_closed(session: StatutorySession) -> None:
    """Let a session pass that is not closed.

    Raises:
        WrongState: it is.
    """
    if session.state == STATE.CLOSED:
        raise WrongState(
            _("This session is closed; its delegations and its agenda are read, not written.")
        )


def refuse_missing(head: str, missing: Sequence[str]) -> None:
    """Nothing where nothing is missing.

    Raises:
        WrongState: the head and all that is missing in one sentence.
    """
    if missing:
        raise WrongState(
            f"{head} " + _("Missing: %(missing)s.") % {"missing": in_a_row(missing, ";")}
        )


def _check(facts: Mapping[str, Any]) -> None:
    starts_on, ends_on = facts.get("starts_on"), facts.get("ends_on")
    if starts_on and ends_on and ends_on < starts_on:
        raise NotGiven(_("A session must begin before it ends. Look at the dates."))
    agreement, host = facts.get("host_agreement"), facts.get("host")
    if agreement and host and not agreement.parties.filter(pk=host.pk).exists():
        raise NotGiven(
            _("“%(agreement)s” does not bind %(host)s. Choose the agreement with the host.")
            % {"agreement": agreement, "host": host}
        )


def _said(session: StatutorySession) -> dict[str, Any]:
    return {
        "title": str(session),
        "from": session.starts_on,
        "until": session.ends_on,
        "hijri printed": session.hijri_printed,
        "place": session.place,
        "country": session.country_id or "",
        "host": session.host.code if session.host else "",
        "patronage": session.patronage,
        "theme": session.theme,
        "items until": session.items_until,
    }
