"""Make a call, publish it, move its deadline, extend it for one person, cancel it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.forms.definition import parse_form
from karvan.foundation.messages.services import write_message
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record
from karvan.foundation.texts import languages as known_languages
from karvan.stages.editions.models import Activity
from karvan.stages.editions.queries import activity_document
from karvan.stages.editions.services import freeze_plan

from ..asking import form_hash, with_contact
from ..errors import DatesOutOfOrder, FormMissing, ReasonMissing, WrongState
from ..letters import call_address
from ..models import Application, Call, Extension
from ..receipts import ALPHABET
from ..wording import takes_abstracts, worded

CODE_SIGNS = 8  # about 10^12 codes: not to be guessed before the deadline


@transaction.atomic
def draft_call(
    activity: Activity,
    *,
    opens_at: datetime,
    advertised_deadline: datetime,
    closes_at: datetime,
    places: int,
    languages: Sequence[str],
    titles: Mapping[str, str] | None = None,
    texts: Mapping[str, str] | None = None,
    slug: str = "",
    by: Person | None,
) -> Call:
    """Prepare the call of an activity and return it; nobody sees it before it is published.

    Drafted again before it is published, the draft is changed. Titles are the
    activity's and the address is made of its scope unless given.

    Raises:
        DatesOutOfOrder: it must open before its deadline and close at it or later.
        WrongState: it was published already, or there is no place or no language.
    """
    _check_dates(opens_at, advertised_deadline, closes_at)
    if places < 1 or not set(languages) & set(known_languages()):
        raise WrongState(_("A call needs at least one place and one language."))
    call = Call.objects.select_for_update(of=("self",)).filter(activity=activity).first()
    if call and call.state != Call.State.DRAFT:
        raise WrongState(_("This call was published already. Move its deadline instead."))
    is_new = call is None
    call = call or Call(activity=activity)
    call.slug = slug or slugify(activity.scope.replace("/", "-"))
    call.titles, call.texts = dict(titles or activity.titles), dict(texts or {})
    call.languages = [code for code in known_languages() if code in languages]
    call.opens_at, call.advertised_deadline = opens_at, advertised_deadline
    call.closes_at, call.places = closes_at, places
    call.save()
    record("drafted" if is_new else "changed", call, by=by, after=_said(call))
    return call


@transaction.atomic
def publish_call(call: Call, *, by: Person | None) -> Call:
    """Open the call to everybody from its opening time on.

    Freezes the form as it now stands in the activity's document (with how to reach the
    person before it) and the activity's planned dates.

    Raises:
        WrongState: it is no draft, or its deadline has passed.
        FormMissing: the activity's document has no form.
        FormProblems: the form has mistakes.
    """
    draft = _locked(call)
    if draft.state != Call.State.DRAFT:
        raise WrongState(_("This call was published already."))
    if draft.closes_at <= clock.now():
        raise WrongState(_("The deadline of this call has passed. Set a later one first."))
    asked = activity_document(draft.activity).get("form")
    if not asked:
        raise FormMissing(_("The programme asks nothing for this activity: it has no form."))
    form = with_contact(asked, of_abstract=takes_abstracts(draft.activity))
    parse_form(form)
    draft.form, draft.form_sha256 = form, form_hash(form)
    draft.state = Call.State.PUBLISHED
    draft.save(update_fields=["form", "form_sha256", "state"])
    freeze_plan(draft.activity, by=by)
    record("published", draft, by=by, after={"form": draft.form_sha256, **_said(draft)})
    return draft


@transaction.atomic
def move_deadline(
    call: Call,
    *,
    advertised_deadline: datetime,
    closes_at: datetime | None = None,
    reason: str,
    by: Person | None,
) -> Call:
    """Give everybody more time. The page says that it was moved, from when and why.

    Without ``closes_at`` the time between the two deadlines stays as it was.

    Raises:
        WrongState: the call is not published, or the new deadline is earlier: people
            rely on what they have read.
        DatesOutOfOrder: the door would shut before the deadline.
        ReasonMissing: no reason.
    """
    moved = _locked(call)
    if moved.state != Call.State.PUBLISHED:
        raise WrongState(_("Only the deadline of a published call can be moved."))
    grace = moved.closes_at - moved.advertised_deadline
    closing = closes_at or advertised_deadline + grace
    if advertised_deadline < moved.advertised_deadline or closing < moved.closes_at:
        raise WrongState(_("A deadline that people have read can only be moved to a later day."))
    _check_dates(moved.opens_at, advertised_deadline, closing)
    _reasoned(moved, reason)
    before = {"deadline": moved.advertised_deadline, "closes": moved.closes_at}
    moved.advertised_deadline, moved.closes_at = advertised_deadline, closing
    moved.save(update_fields=["advertised_deadline", "closes_at"])
    after = {"deadline": advertised_deadline, "closes": closing}
    record("moved_deadline", moved, by=by, before=before, after=after, reason=reason)
    return moved


@transaction.atomic
def cancel_call(call: Call, *, reason: str, by: Person | None) -> Call:
    """Call it off. Everybody who began or sent an application and left an address is told.

    Raises:
        WrongState: it was cancelled already.
        ReasonMissing: no reason.

    Cost: about 2 ms an application, for its letter.
    """
    off = _locked(call)
    if off.state == Call.State.CANCELLED:
        raise WrongState(_("This call was cancelled already."))
    _reasoned(off, reason)
    before = off.state
    off.state = Call.State.CANCELLED
    off.save(update_fields=["state"])
    told = 0
    if before == Call.State.PUBLISHED:
        for application in _with_address(off):
            _tell_cancelled(application, off, reason, by)
            told += 1
    after = {"state": off.state, "letters": told}
    record("cancelled", off, by=by, before={"state": before}, after=after, reason=reason)
    return off


@transaction.atomic
def extend_for_one(call: Call, *, until: datetime, reason: str, by: Person | None) -> Extension:
    """Make a code that lets one person send until a later time; returns it with its ``code``.

    Raises:
        WrongState: the call is not published, or ``until`` is not after its closing.
        ReasonMissing: no reason.
    """
    extended = _locked(call)
    if extended.state != Call.State.PUBLISHED:
        raise WrongState(_("Only a published call can be extended."))
    if until <= extended.closes_at or until <= clock.now():
        raise WrongState(_("Choose a time after the call closes and after now."))
    _reasoned(extended, reason)
    code = "".join(secrets.choice(ALPHABET) for _sign in range(CODE_SIGNS))
    extension = Extension.objects.create(call=extended, code=code, until=until, reason=reason)
    # The code opens a door, so the record names the row and not the code.
    after = {"extension": extension.pk, "until": until}
    record("extended_for_one", extended, by=by, after=after, reason=reason)
    return extension


def _locked(call: Call) -> Call:
    rows = Call.objects.select_for_update(of=("self",)).select_related("activity__edition")
    return rows.get(pk=call.pk)


def _check_dates(opens_at: datetime, deadline: datetime, closes_at: datetime) -> None:
    if not opens_at < deadline <= closes_at:
        raise DatesOutOfOrder(
            _("A call must open before its deadline and close at the deadline or later.")
        )


def _reasoned(call: Call, reason: str) -> None:
    if not reason.strip():
        raise ReasonMissing(
            worded(call.activity, "Say why, in a sentence that applicants may read.")
        )


def _with_address(call: Call) -> Any:
    rows = call.applications.exclude(state=Application.State.WITHDRAWN).exclude(email="")
    return rows.defer("answers", "attributes", "refusals").iterator(chunk_size=500)


def _tell_cancelled(application: Application, call: Call, reason: str, by: Person | None) -> None:
    write_message(
        "calls/cancelled",
        to=application.email,
        key=f"calls/cancelled:{application.pk}",
        context={"call": call, "reason": reason, "link": call_address(call, application.language)},
        language=application.language,
        scope=call.scope,
        by=by,
    )


def _said(call: Call) -> dict[str, Any]:
    return {
        "opens": call.opens_at,
        "deadline": call.advertised_deadline,
        "closes": call.closes_at,
        "places": call.places,
        "languages": ", ".join(call.languages),
    }
