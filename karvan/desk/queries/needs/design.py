"""What waits because a design changed: versions to answer, timetables to mend."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from karvan.foundation import clock
from karvan.foundation.people.access import within
from karvan.foundation.people.models import Person
from karvan.foundation.ui import formats
from karvan.stages.editions.models import VersionOffer
from karvan.stages.editions.queries import offers_listed
from karvan.stages.timetables.models import RepairRequest

from ...links import link
from .need import MOST, Need, named

KINDS = ("coordinator",)
STAFF = ("officer", "administrator")
ANSWER_WITHIN = timedelta(days=30)


def versions_to_answer(person: Person) -> list[Need]:
    """Newer versions offered to the person's editions; late after thirty days. One query."""
    rows = offers_listed().filter(
        within(person, KINDS, "edition__scope"), state=VersionOffer.State.OPEN
    )
    return [
        Need(
            key=f"version:{one.pk}",
            sentence=_("Version %(number)s of the design is offered to %(edition)s.")
            % {"number": one.blueprint.number, "edition": named(one.edition)},
            act=_("See what it would change"),
            url=link("desk:version_offer", edition=one.edition.slug),
            due=(one.offered_at + ANSWER_WITHIN).date(),
            is_late=one.offered_at + ANSWER_WITHIN < clock.now(),
        )
        for one in rows.order_by("offered_at", "pk")[:MOST]
    ]


def versions_unanswered(person: Person) -> list[Need]:
    """Versions that editions have had for thirty days without an answer, for officers. One query."""
    rows = offers_listed().filter(
        within(person, STAFF, "edition__scope"),
        state=VersionOffer.State.OPEN,
        offered_at__lt=clock.now() - ANSWER_WITHIN,
    )
    listed = list(rows.order_by("offered_at", "pk")[:MOST])
    if not listed:
        return []
    first = listed[0]
    words = ngettext(
        "%(count)s edition has not answered version %(number)s for thirty days.",
        "%(count)s editions have not answered version %(number)s for thirty days.",
        len(listed),
    ) % {"count": formats.number(len(listed)), "number": first.blueprint.number}
    version = {"code": first.edition.programme.code, "number": first.blueprint.number}
    return [
        Need(
            key=f"versions:{first.blueprint_id}",
            sentence=words,
            act=_("See who took it"),
            url=link("desk:version_offers", **version),
            is_late=True,
        )
    ]


def timetables_to_mend(person: Person) -> list[Need]:
    """Timetables marked for repair since their design changed. One query."""
    rows = RepairRequest.objects.filter(
        within(person, KINDS, "activity__scope"), settled_at__isnull=True
    ).select_related("activity__edition")
    return [
        Need(
            key=f"repair:{one.pk}",
            sentence=_("The timetable of %(activity)s no longer fits its design. %(reason)s")
            % {"activity": named(one.activity), "reason": one.reason},
            act=_("Mend the timetable"),
            url=link(
                "timetables:edition",
                edition=one.activity.edition.slug,
            ),
        )
        for one in rows.order_by("asked_at", "pk")[:MOST]
    ]
