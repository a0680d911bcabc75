"""What waits for auditors and administrators."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from karvan.foundation import clock
from karvan.foundation.messages.models import Message
from karvan.foundation.people.access import within
from karvan.foundation.people.models import Person
from karvan.foundation.records.models import Record
from karvan.foundation.ui import formats

from ...links import link
from .need import Need

DAYS_BACK = 7


def changes_lately(person: Person) -> list[Need]:
    """How many acts were recorded in a week within the person's scope. One query."""
    since = clock.now() - timedelta(days=DAYS_BACK)
    count = Record.objects.filter(within(person, ("auditor",)), at__gte=since).count()
    if not count:
        return []
    return [
        Need(
            key="changes",
            sentence=ngettext(
                "%(count)s act was recorded in the last seven days.",
                "%(count)s acts were recorded in the last seven days.",
                count,
            )
            % {"count": formats.number(count)},
            act=_("Read them and check the chain"),
            url=link("desk:changes"),
        )
    ]


def letters_in_trouble(person: Person) -> list[Need]:
    """Letters that failed, or of which nobody knows whether they arrived. One query."""
    counted = dict(
        Message.objects.filter(within(person, ("administrator",)), state__in=TROUBLE)
        .order_by()
        .values_list("state")
        .annotate(count=Count("pk"))
    )
    return [
        Need(
            key=f"letters:{state}",
            sentence=_letters(state, counted[state]),
            act=_("Decide about them"),
            url=f"{link('letters:outbox')}?show={state}",
            is_late=True,
        )
        for state in TROUBLE
        if counted.get(state)
    ]


TROUBLE = ("failed", "uncertain")


def _letters(state: str, count: int) -> str:
    if state == "failed":
        words = ngettext(
            "%(count)s letter could not be sent.", "%(count)s letters could not be sent.", count
        )
    else:
        words = ngettext(
            "%(count)s letter may or may not have arrived.",
            "%(count)s letters may or may not have arrived.",
            count,
        )
    return words % {"count": formats.number(count)}


def persons_without_role(person: Person) -> list[Need]:
    """People who can sign in, hold no role and never applied. One query."""
    count = Person.objects.filter(
        is_active=True, email__isnull=False, roles__isnull=True, applications__isnull=True
    ).count()
    if not count:
        return []
    return [
        Need(
            key="roleless",
            sentence=ngettext(
                "%(count)s person can sign in and has no role.",
                "%(count)s people can sign in and have no role.",
                count,
            )
            % {"count": formats.number(count)},
            act=_("Give them a role"),
            url=link("people"),
        )
    ]
