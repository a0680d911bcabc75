"""What waits for coordinators, from adoption to certificates, judged activity by activity."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import timedelta

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from karvan.foundation import clock
from karvan.foundation.people.access import within
from karvan.foundation.people.models import Person
from karvan.foundation.texts import in_language
from karvan.foundation.ui import formats
from karvan.stages.calls.models import Application
from karvan.stages.calls.wording import takes_abstracts_by, worded
from karvan.stages.editions.access import waiting_for as editions_waiting_for
from karvan.stages.editions.models import Activity, Edition

from ...links import link
from ..facts import Facts, facts_of
from .need import CLOSE_DAYS, MOST, Need, is_past, named

KINDS = ("coordinator",)
OVER = (Edition.State.CLOSED, Edition.State.CANCELLED)
DAYS_TO_PLAN = 30
TWINS = (
    "call__activity__edition__slug",
    "call__activity__code",
    "call__activity__edition__titles",
    "call__activity__format",
)


def editions_to_adopt(person: Person) -> list[Need]:
    """Editions that are named in a role and not begun, or begun and not finished. Three queries."""
    named_only = [
        Need(
            key=f"adopt:{one.scope}",
            sentence=_("%(programme)s waits to be adopted as %(code)s.")
            % {"programme": named(one.blueprint.programme), "code": named(one.code)},
            act=_("Adopt the programme"),
            url=link("editions:adopt"),
        )
        for one in editions_waiting_for(person)
    ]
    begun = Edition.objects.filter(within(person, KINDS), state=Edition.State.ADOPTING)
    return named_only + [
        Need(
            key=f"adopting:{one.pk}",
            sentence=_("The adoption of %(edition)s is begun and not finished.")
            % {"edition": named(one)},
            act=_("Finish the adoption"),
            url=link("editions:edition", edition=one.slug),
        )
        for one in begun.order_by("slug")[:MOST]
    ]


def possible_duplicates(person: Person) -> list[Need]:
    """Calls in which two sent applications share name and birth date. One query."""
    rows = (
        Application.objects.filter(
            within(person, KINDS, "call__activity__scope"), state__in=["submitted", "ineligible"]
        )
        .exclude(identity_key="")
        .exclude(call__activity__edition__state__in=OVER)
        .order_by()
        .values(*TWINS, "identity_key")
        .annotate(same=Count("pk"))
        .filter(same__gt=1)[:MOST]
    )
    met = Counter((row[TWINS[0]], row[TWINS[1]]) for row in rows)
    titles = {row[TWINS[0]]: in_language(row[TWINS[2]]) for row in rows}
    formats_of = {(row[TWINS[0]], row[TWINS[1]]): row[TWINS[3]] for row in rows}
    return [
        Need(
            key=f"twins:{slug}:{code}",
            sentence=worded(
                takes_abstracts_by(formats_of[slug, code]),
                "%(count)s person seems to have applied twice to %(edition)s.",
                number=count,
                count=formats.number(count),
                edition=named(titles[slug]),
            ),
            act=_("Look at them side by side"),
            url=link("calls:duplicates", edition=slug, activity=code),
        )
        for (slug, code), count in met.items()
    ]


def activities_needing(person: Person) -> list[Need]:
    """Whatever the stages of the person's activities wait for. One query."""
    activities = Activity.objects.filter(within(person, KINDS)).exclude(edition__state__in=OVER)
    return [need for facts in facts_of(activities) for judge in JUDGES for need in judge(facts)]


def _call(one: Facts) -> list[Need]:
    if one.call_state == "draft":
        return [
            _need(one, "calls", _("The call of %(activity)s is a draft."), _("Publish the call"))
        ]
    soon = clock.now() + timedelta(days=CLOSE_DAYS)
    if one.call_state != "published" or one.deadline is None or one.is_closed:
        return []
    if one.deadline > soon:
        return []
    words = worded(
        one,
        "%(count)s application has come for %(activity)s, and the deadline is near.",
        number=one.received,
        count=formats.number(one.received),
        activity=named(one.name),
    )
    see = worded(one, "See the applications")
    return [_said(one, "calls", words, see, due=one.deadline)]


def _reviewers(one: Facts) -> list[Need]:
    if not one.is_closed or not one.eligible or one.has_signed_run:
        return []
    if one.round_state in (None, "prepared"):
        text = worded(
            one,
            "Applications for %(activity)s wait to be read; the reading has not been opened.",
            activity=named(one.name),
        )
        return [_said(one, "reviews", text, _("Open the reading"))]
    missing = max(0, one.eligible * (one.reads_each or 0) - one.reads_given)
    if one.round_state != "open" or not missing:
        return []
    words = ngettext(
        "%(count)s read of %(activity)s has no reviewer.",
        "%(count)s reads of %(activity)s have no reviewer.",
        missing,
    ) % {"count": formats.number(missing), "activity": named(one.name)}
    return [_said(one, "reviews", words, _("Assign the reads"), suffix="missing")]


def _unread(one: Facts) -> list[Need]:
    unread = one.reads_given - one.reads_done
    if one.round_state != "open" or not unread or one.round_due is None:
        return []
    if one.round_due > clock.now() + timedelta(days=CLOSE_DAYS):
        return []
    words = ngettext(
        "%(count)s read of %(activity)s is not done.",
        "%(count)s reads of %(activity)s are not done.",
        unread,
    ) % {"count": formats.number(unread), "activity": named(one.name)}
    return [_said(one, "reviews", words, _("See who has not read"), due=one.round_due)]


def _selection(one: Facts) -> list[Need]:
    if one.has_signed_run:
        if one.offers:
            return []
        text = _("The cohort of %(activity)s is signed; nobody has an offer yet.")
        return [_need(one, "selection", text, _("Send the offers"))]
    if one.has_proposed_run and not one.signatures:
        text = _("A cohort for %(activity)s is proposed and not signed.")
        return [_need(one, "selection", text, _("Look at the run and sign it"))]
    if one.round_state == "closed" and not one.has_proposed_run:
        text = _("%(activity)s is read; no cohort has been proposed.")
        return [_need(one, "selection", text, _("Propose the cohort"))]
    return []


def _timetable(one: Facts) -> list[Need]:
    soon = clock.today() + timedelta(days=DAYS_TO_PLAN)
    if one.has_published or one.starts_on is None or one.has_ended or one.starts_on > soon:
        return []
    if one.has_draft_timetable:
        text, label = _("The timetable of %(activity)s is a draft."), _("Publish the timetable")
    else:
        text, label = _("%(activity)s begins soon and has no timetable."), _("Build the timetable")
    return [_need(one, "timetables", text, label, due=one.starts_on)]


def _rolls(one: Facts) -> list[Need]:
    if not one.rolls_missing or not one.enrolled:
        return []
    words = ngettext(
        "The roll of %(count)s session of %(activity)s was not called.",
        "The roll of %(count)s sessions of %(activity)s was not called.",
        one.rolls_missing,
    ) % {"count": formats.number(one.rolls_missing), "activity": named(one.name)}
    return [_said(one, "delivery", words, _("Call the roll"), is_late=True)]


def _certificates(one: Facts) -> list[Need]:
    if not one.has_ended or not one.enrolled or one.credentials:
        return []
    text = _("%(activity)s has ended and nobody has a certificate.")
    return [_need(one, "credentials", text, _("Issue the certificates"))]


JUDGES: tuple[Callable[[Facts], list[Need]], ...] = (
    _call,
    _reviewers,
    _unread,
    _selection,
    _timetable,
    _rolls,
    _certificates,
)


def _need(one: Facts, stage: str, text: str, act: str, due: object = None) -> Need:
    """A need whose sentence only names the activity."""
    return _said(one, stage, text % {"activity": named(one.name)}, act, due=due)


def _said(
    one: Facts,
    stage: str,
    sentence: str,
    act: str,
    *,
    due: object = None,
    is_late: bool = False,
    suffix: str = "",
) -> Need:
    return Need(
        key=f"{stage}:{one.scope}:{suffix}",
        sentence=sentence,
        act=act,
        url=link(f"{stage}:edition", edition=one.edition),
        zone=one.time_zone,
        due=due,  # type: ignore[arg-type]
        is_late=is_late or is_past(due),  # type: ignore[arg-type]
    )
