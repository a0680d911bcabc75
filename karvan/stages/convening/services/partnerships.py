"""Partnerships: asked for by criteria, granted by an instrument or refused, reported, ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.people.models import Party, Person
from karvan.foundation.records.services import record
from karvan.stages.agreements.models import Agreement

from ..errors import NotGiven, NumberTaken, WrongState
from ..models import Forum, Partnership


@transaction.atomic
def name_forum(
    *,
    code: str,
    names: Mapping[str, str],
    kind: str,
    by: Person | None,
    led_by: Party | None = None,
    website: str = "",
    source: str = "",
) -> Forum:
    """Enter a process, a forum or an event that others are partners of; returns it.

    Raises:
        NumberTaken: the code is in use.
    """
    if Forum.objects.filter(code=code).exists():
        raise NumberTaken(_("There is already a forum with the code “%(code)s”.") % {"code": code})
    forum = Forum.objects.create(
        code=code, names=dict(names), kind=kind, led_by=led_by, website=website, source=source
    )
    after = {"names": names, "kind": kind, "led by": led_by.code if led_by else ""}
    record("forum entered", forum, by=by, after=after)
    return forum


@transaction.atomic
def change_forum(forum: Forum, *, by: Person | None, **changed: Any) -> Forum:
    """Change what is written of a forum; its code stays. ``changed``: names, kind, led_by,
    website, source."""
    forum = Forum.objects.select_for_update().get(pk=forum.pk)
    before = {name: _said(getattr(forum, name)) for name in changed}
    for name, value in changed.items():
        setattr(forum, name, value)
    forum.save(update_fields=list(changed))
    after = {name: _said(value) for name, value in changed.items()}
    differ = [name for name in after if after[name] != before[name]]
    record(
        "forum changed",
        forum,
        by=by,
        before={name.replace("_", " "): before[name] for name in differ},
        after={name.replace("_", " "): after[name] for name in differ},
    )
    return forum


@transaction.atomic
def ask_partnership(
    *,
    party: Party,
    partner: Party,
    kind: str,
    by: Person | None,
    forum: Forum | None = None,
    criteria: Sequence[Any] = (),
    note: str = "",
    source: str = "",
    scope: str = "",
) -> Partnership:
    """Write down that a party asks to be partner, patron or observer; returns the request.

    ``criteria`` are what it will be judged by: texts, or a text in several languages each.

    Raises:
        WrongState: a party of itself, or the same standing is asked for or in force already.
    """
    if party.pk == partner.pk:
        raise WrongState(_("A party cannot be partner of itself."))
    standing = Partnership.objects.filter(
        party=party, partner=partner, forum=forum, kind=kind, state__in=["asked", "granted"]
    )
    if standing.exists():
        raise WrongState(_("This party has the same standing there already, or has asked for it."))
    made = Partnership.objects.create(
        party=party,
        partner=partner,
        forum=forum,
        kind=kind,
        state=Partnership.State.ASKED,
        criteria=[{"text": text, "met": None, "note": ""} for text in criteria],
        note=note,
        source=source,
        scope=scope,
    )
    after = {"parties": [party.code, partner.code], "kind": kind, "state": made.state}
    record("partnership asked for", made, by=by, after=after)
    return made


@transaction.atomic
def judge_criterion(
    partnership: Partnership, *, number: int, is_met: bool, by: Person | None, note: str = ""
) -> Partnership:
    """Say whether a criterion is met; ``number`` counts from 1.

    Raises:
        WrongState: the request was answered before.
        NotGiven: there is no such criterion, or one that is not met has no note.
    """
    partnership = _asked(partnership)
    if not 0 < number <= len(partnership.criteria):
        raise NotGiven(_("There is no criterion %(number)d.") % {"number": number})
    if not is_met and not note.strip():
        raise NotGiven(_("Say what is missing where a criterion is not met."))
    criterion = partnership.criteria[number - 1]
    before = {"met": criterion["met"], "note": criterion["note"]}
    criterion |= {"met": is_met, "note": note.strip()}
    partnership.save(update_fields=["criteria"])
    after = {"criterion": number, "met": is_met, "note": criterion["note"]}
    record("criterion judged", partnership, by=by, before=before, after=after)
    return partnership


@transaction.atomic
def grant_partnership(
    partnership: Partnership,
    *,
    starts_on: date,
    by: Person | None,
    ends_on: date | None = None,
    agreement: Agreement | None = None,
    instrument: str = "",
    emblem_use: str = "",
    report_due_on: date | None = None,
    reason: str = "",
) -> Partnership:
    """Grant what was asked for, by an agreement of the register or another instrument named.

    Raises:
        NotGiven: no instrument, or a criterion is not met and no reason says why nevertheless.
        WrongState: it was answered before, a criterion is not judged, the agreement does not
            bind the party, or it would end before it begins.
    """
    partnership = _asked(partnership)
    if agreement is None and not instrument.strip():
        raise NotGiven(_("Name the instrument: an agreement, or the letter or decision."))
    if agreement and not agreement.parties.filter(pk=partnership.party_id).exists():
        raise WrongState(
            _("This agreement does not bind %(party)s.") % {"party": partnership.party}
        )
    if any(one["met"] is None for one in partnership.criteria):
        raise WrongState(_("Judge every criterion before you answer the request."))
    if not all(one["met"] for one in partnership.criteria) and not reason.strip():
        raise NotGiven(_("A criterion is not met: say why it is granted nevertheless."))
    if ends_on and ends_on < starts_on:
        raise WrongState(_("A partnership must end after it begins."))
    partnership.state, partnership.state_reason = Partnership.State.GRANTED, reason.strip()[:300]
    partnership.starts_on, partnership.ends_on = starts_on, ends_on
    partnership.agreement, partnership.instrument = agreement, instrument.strip()
    partnership.emblem_use, partnership.report_due_on = emblem_use, report_due_on
    partnership.save()
    after = {"state": "granted", "from": starts_on, "until": ends_on, "due": report_due_on}
    record(
        "partnership granted",
        partnership,
        by=by,
        before={"state": "asked"},
        after=after,
        reason=reason,
    )
    return partnership


@transaction.atomic
def refuse_partnership(partnership: Partnership, *, reason: str, by: Person | None) -> Partnership:
    """Refuse what was asked for.

    Raises:
        WrongState: it was answered before.
        NotGiven: no reason.
    """
    partnership = _asked(partnership)
    if not reason.strip():
        raise NotGiven(_("Say why the partnership is refused."))
    _move(partnership, Partnership.State.REFUSED, reason)
    after = {"state": "refused"}
    record(
        "partnership refused",
        partnership,
        by=by,
        before={"state": "asked"},
        after=after,
        reason=reason,
    )
    return partnership


@transaction.atomic
def end_partnership(
    partnership: Partnership, *, ends_on: date, reason: str, by: Person | None
) -> Partnership:
    """End a partnership on a day, with the reason.

    Raises:
        WrongState: it is not in force, or the day lies before its first.
        NotGiven: no reason.
    """
    partnership = _granted(partnership)
    if not reason.strip():
        raise NotGiven(_("Say why the partnership ends."))
    if partnership.starts_on and ends_on < partnership.starts_on:
        raise WrongState(_("A partnership must end after it begins."))
    before = {"state": partnership.state, "until": partnership.ends_on}
    partnership.ends_on = ends_on
    _move(partnership, Partnership.State.ENDED, reason)
    after = {"state": "ended", "until": ends_on}
    record("partnership ended", partnership, by=by, before=before, after=after, reason=reason)
    return partnership


@transaction.atomic
def take_report(
    partnership: Partnership,
    *,
    received_on: date,
    by: Person | None,
    next_due_on: date | None = None,
) -> Partnership:
    """Write down that the report due came; with ``next_due_on`` the next one is awaited.

    Raises:
        WrongState: no report is due, it came before the partnership began, or the next one
            would be due before this one came.
    """
    partnership = Partnership.objects.select_for_update().get(pk=partnership.pk)
    if partnership.report_due_on is None or partnership.report_received_on is not None:
        raise WrongState(_("No report of this partnership is awaited."))
    if partnership.starts_on and received_on < partnership.starts_on:
        raise WrongState(_("A report cannot come before the partnership begins."))
    if received_on > clock.today():
        raise WrongState(_("A report cannot be received on a day that has not come."))
    if next_due_on and next_due_on <= received_on:
        raise WrongState(_("The next report must be due after this one came."))
    before = {"due": partnership.report_due_on}
    after = {"received": received_on, "due": next_due_on or partnership.report_due_on}
    partnership.report_received_on = None if next_due_on else received_on
    partnership.report_due_on = next_due_on or partnership.report_due_on
    partnership.save(update_fields=["report_received_on", "report_due_on"])
    record("partnership report received", partnership, by=by, before=before, after=after)
    return partnership


@transaction.atomic
def end_by_date(*, by: Person | None = None) -> int:
    """End the partnerships whose last day is over; returns how many. Safe to run again."""
    over = Partnership.objects.filter(state="granted", ends_on__lt=clock.today())
    ended = list(over.select_for_update())
    for one in ended:
        _move(one, Partnership.State.ENDED, one.state_reason)
        after = {"state": "ended"}
        record("moved by date", one, by=by, before={"state": "granted"}, after=after)
    return len(ended)


def _asked(partnership: Partnership) -> Partnership:
    found = Partnership.objects.select_for_update().get(pk=partnership.pk)
    if found.state != Partnership.State.ASKED:
        raise WrongState(_("This request was answered before."))
    return found


def _granted(partnership: Partnership) -> Partnership:
    found = Partnership.objects.select_for_update().get(pk=partnership.pk)
    if found.state != Partnership.State.GRANTED:
        raise WrongState(_("Only a partnership that is in force can be ended."))
    return found


def _move(partnership: Partnership, state: str, reason: str) -> None:
    partnership.state, partnership.state_reason = state, reason.strip()[:300]
    partnership.save(update_fields=["state", "state_reason", "ends_on"])


def _said(value: Any) -> Any:
    return value.code if isinstance(value, Party) else value
