"""An edition is closed when it is over, or cancelled when it will not be held."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record

from ..errors import ReasonMissing, WrongState
from ..models import Edition, VersionOffer


@transaction.atomic
def close_edition(edition: Edition, *, by: Person | None, reason: str = "") -> Edition:
    """Say that the edition is over. What happened in it stays; its design and plan change no more.

    Raises:
        WrongState: it is not adopted yet, or over already.
        ReasonMissing: an activity has not been held, and nothing says why it is closed all the same.
    """
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    if edition.state not in (Edition.State.ADOPTED, Edition.State.RUNNING):
        raise WrongState(_("Only an adopted edition is closed."))
    open_ones = [one for one in edition.activities.all() if _is_open(one.ends_on)]
    if open_ones and not reason.strip():
        raise ReasonMissing(
            _("Say why the edition is closed before this has ended: %(activities)s.")
            % {"activities": ", ".join(map(str, open_ones))}
        )
    return _end(edition, Edition.State.CLOSED, "edition closed", reason, by)


@transaction.atomic
def cancel_edition(edition: Edition, *, reason: str, by: Person | None) -> Edition:
    """Say that the edition will not be held, and why. It stays in the register.

    Raises:
        ReasonMissing: no reason was given.
        WrongState: it is over already.
    """
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    if edition.state in (Edition.State.CLOSED, Edition.State.CANCELLED):
        raise WrongState(_("This edition is over."))
    if not reason.strip():
        raise ReasonMissing(_("Say why the edition is cancelled."))
    return _end(edition, Edition.State.CANCELLED, "edition cancelled", reason, by)


def _end(edition: Edition, state: str, act: str, reason: str, by: Person | None) -> Edition:
    before = {"state": edition.state}
    edition.state, edition.closed_at = state, clock.now()
    edition.save(update_fields=["state", "closed_at"])
    edition.version_offers.filter(state=VersionOffer.State.OPEN).update(
        state=VersionOffer.State.LAPSED, decided_at=edition.closed_at
    )
    record(act, edition, by=by, before=before, after={"state": state}, reason=reason)
    return edition


def _is_open(last_day: object) -> bool:
    return last_day is None or last_day > clock.today()  # type: ignore[operator]
