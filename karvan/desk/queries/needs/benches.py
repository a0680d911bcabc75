"""What waits at the benches: checks to sign, work to look at, benches that stand still."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from karvan.foundation.people.models import Person
from karvan.foundation.ui import formats
from karvan.stages.dossiers.access import is_safety_officer, signs_kinds
from karvan.stages.dossiers.models import Dossier, GateCheck
from karvan.stages.editions.models import Activity
from karvan.stages.timetables.models import Trainer

from ...links import link
from .need import MOST, Need, named


def benches_waiting(person: Person) -> list[Need]:
    """What the person, as a trainer of workshops, has to sign, let go on, or look at.

    Cost: one query, and four for each workshop that the person teaches in.
    """
    taught = Trainer.objects.filter(person=person, activity__format="workshop")
    rows = Activity.objects.filter(pk__in=taught.values("activity")).exclude(
        edition__state__in=("closed", "cancelled")
    )
    workshops = rows.select_related("edition__blueprint").order_by("pk")[:MOST]
    return [
        need
        for workshop in workshops
        for need in (
            *_stopped(person, workshop),
            *_to_sign(person, workshop),
            *_to_look_at(workshop),
        )
    ]


def _stopped(person: Person, workshop: Activity) -> list[Need]:
    if not is_safety_officer(person, workshop):
        return []
    stopped = Dossier.objects.filter(activity=workshop, stopped_at__isnull=False)
    return [
        Need(
            key=f"stopped:{one.pk}",
            sentence=_("The bench of %(dossier)s is stopped.") % {"dossier": named(one)},
            act=_("Let it go on or keep it stopped"),
            url=_bench(workshop, one),
            due=one.stopped_at,
            zone=workshop.edition.time_zone,
        )
        for one in stopped.order_by("stopped_at")[:MOST]
    ]


def _to_sign(person: Person, workshop: Activity) -> list[Need]:
    kinds = signs_kinds(person, workshop)
    if not kinds:
        return []
    waiting = GateCheck.objects.filter(
        dossier__activity=workshop,
        dossier__state=Dossier.State.DRAFT,
        dossier__stopped_at__isnull=True,
        kind__in=kinds,
        signed_at__isnull=True,
    ).exclude(answer="")
    count = waiting.values("dossier").distinct().count()
    if not count:
        return []
    words = ngettext(
        "%(count)s device of %(workshop)s waits for your signature before it is opened.",
        "%(count)s devices of %(workshop)s wait for your signature before they are opened.",
        count,
    )
    return [_of(workshop, "gates", words, count, _("Look at the checks"))]


def _to_look_at(workshop: Activity) -> list[Need]:
    """Redesigns that somebody outside their team has to verify."""
    count = Dossier.objects.filter(
        activity=workshop, state=Dossier.State.REDESIGN, stopped_at__isnull=True
    ).count()
    if not count:
        return []
    words = ngettext(
        "%(count)s redesign of %(workshop)s is to be verified.",
        "%(count)s redesigns of %(workshop)s are to be verified.",
        count,
    )
    return [_of(workshop, "verify", words, count, _("See the dossiers"))]


def _of(workshop: Activity, what: str, words: str, count: int, act: str) -> Need:
    return Need(
        key=f"{what}:{workshop.pk}",
        sentence=words % {"count": formats.number(count), "workshop": named(workshop)},
        act=act,
        url=link("dossiers:workshop", edition=workshop.edition.slug, code=workshop.code),
    )


def _bench(workshop: Activity, dossier: Dossier) -> str:
    return link("dossiers:dossier", edition=workshop.edition.slug, pk=dossier.pk)
