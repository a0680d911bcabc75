"""Who completed, what they gained, and who can now teach it."""

from __future__ import annotations

from collections import defaultdict
from statistics import fmean

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from karvan.foundation.people.models import Person
from karvan.stages.credentials.models import Credential
from karvan.stages.delivery.models import Assessment, Attendance, Enrolment
from karvan.stages.timetables.models import Trainer

from .counting import Counted, Part, Slice, Span, counts, group_of, ordered, share, shares

# The assessments' codes of one and the same test, before and after.
BEFORE, AFTER = "PRE", "POST"
CAME = (Attendance.State.PRESENT, Attendance.State.LATE)
COMPLETING = (Credential.Kind.COMPLETION, Credential.Kind.DISTINCTION)


def completed(span: Span) -> tuple[Counted, ...]:
    """COMP: enrolments with a certificate of completion among those that started. Two queries.

    Started is who came to a session or holds a certificate. Unknown where nobody is known
    to have started. Who takes part in two activities is counted in each.
    """
    came = Attendance.objects.filter(
        enrolment=OuterRef("pk"), state__in=CAME, called_at__lte=span.as_of
    )
    rows = Enrolment.objects.filter(span.inside("activity__scope")).filter(
        Q(Exists(came)) | Q(_certified(span))
    )
    started = dict(rows.values_list("pk", "attributes"))
    done = set(rows.filter(Q(_certified(span))).values_list("pk", flat=True))
    if not started:
        return (Counted(None, note=_("Nobody is known to have started: no roll was called.")),)
    by = {
        key: shares((group_of(one, key), pk in done) for pk, one in started.items())
        for key in span.groups
    }
    slices = (
        Slice("completed", _("Completed"), Q(_certified(span)), len(done)),
        Slice("started", _("Started"), Q(), len(started)),
    )
    value = share(len(done), len(started))
    return (Counted(value, len(done), len(started), by, "", rows, slices),)


def paired_gain(span: Span) -> tuple[Counted, ...]:
    """SKILL: mean of the test after minus the test before, of those who took both. One query.

    In points of 100. ``numerator`` is how many took both, ``denominator`` how many took any.
    """
    results: dict[int, dict[str, int]] = defaultdict(dict)
    attributes: dict[int, dict[str, str]] = {}
    taken = Assessment.objects.filter(
        span.inside("enrolment__activity__scope"),
        code__in=[BEFORE, AFTER],
        given_at__lte=span.as_of,
    ).values_list("enrolment_id", "enrolment__attributes", "code", "percent")
    for enrolment, own, code, percent in taken:
        results[enrolment][code] = percent
        attributes[enrolment] = own
    gains = {pk: tests[AFTER] - tests[BEFORE] for pk, tests in results.items() if len(tests) == 2}
    if not gains:
        return (Counted(None, note=_("Nobody is known to have taken the test twice.")),)
    note = ngettext("%(n)s person took both tests.", "%(n)s persons took both tests.", len(gains))
    by = {
        key: _means({pk: group_of(attributes[pk], key) for pk in results}, gains)
        for key in span.groups
    }
    rows = Enrolment.objects.filter(pk__in=list(results))
    slices = (
        Slice("both", _("Took both"), Q(pk__in=list(gains)), len(gains)),
        Slice("any", _("Took one at least"), Q(), len(results)),
    )
    return (
        Counted(
            fmean(gains.values()),
            len(gains),
            len(results),
            by,
            note % {"n": len(gains)},
            rows,
            slices,
        ),
    )


def trainers_certified(span: Span) -> tuple[Counted, ...]:
    """TRAIN: those who teach in the scope and hold a certificate of the same programme. Two queries.

    Local is who lives in a country of the scope's editions where he or she teaches.
    Unknown while nobody is named as a trainer.
    """
    teaching = Trainer.objects.filter(span.inside("activity__scope"))
    homes: dict[int, tuple[str | None, set[str]]] = {}
    for person, home, country in teaching.order_by().values_list(
        "person_id", "person__country_id", "activity__edition__country_id"
    ):
        homes.setdefault(person, (home, set()))[1].add(country)
    if not homes:
        return (Counted(None, note=_("Nobody is named as a trainer yet.")),)
    rows = Person.objects.filter(pk__in=list(homes))
    certified = Q(Exists(_certificates_of_the_programme(span)))
    holders = set(rows.filter(certified).values_list("pk", flat=True))
    local = {pk for pk in holders if homes[pk][0] in homes[pk][1]}
    by = {"country": counts(homes[pk][0] or "unknown" for pk in holders)}
    note = _("%(local)s of them live in the country where they teach.") % {"local": len(local)}
    slices = (
        Slice("certified", _("Certified"), certified, len(holders)),
        Slice("local", _("Local"), Q(pk__in=list(local)), len(local)),
        Slice("all", _("All who teach"), Q(), len(homes)),
    )
    return (Counted(len(holders), len(holders), len(homes), by, note, rows, slices),)


def _certified(span: Span) -> Exists:
    return Exists(_standing(span).filter(enrolment=OuterRef("pk"), kind__in=COMPLETING))


def _certificates_of_the_programme(span: Span) -> QuerySet[Credential]:
    whole = Span(span.scope.split("/")[0], span.as_of)
    return _standing(span).filter(
        whole.inside("activity__scope"), person=OuterRef("pk"), kind__in=COMPLETING
    )


def _standing(span: Span) -> QuerySet[Credential]:
    """Credentials that stood at the moment asked about."""
    return Credential.objects.filter(
        Q(revoked_at__isnull=True) | Q(revoked_at__gt=span.as_of), issued_at__lte=span.as_of
    )


def _means(groups: dict[int, str], gains: dict[int, int]) -> dict[str, Part]:
    found: dict[str, Part] = {}
    for group in ordered(set(groups.values())):
        members = [pk for pk, own in groups.items() if own == group]
        paired = [gains[pk] for pk in members if pk in gains]
        found[group] = Part(fmean(paired) if paired else None, len(paired), len(members))
    return found
