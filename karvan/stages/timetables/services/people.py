"""Make groups; say who teaches, in which roles, languages and days, and how far cities are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _
from django.utils.translation import override

from karvan.foundation.people.models import Person, Role
from karvan.foundation.people.services import grant_role
from karvan.foundation.records.services import record
from karvan.stages.editions.models import Activity, Edition
from karvan.stages.editions.queries import activity_document

from ..cohorts import cohort_of
from ..errors import AlreadyTrainer, GroupsInUse, UnknownRole, WrongState
from ..models import Group, Placement, Timetable, Trainer, TravelTime

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
MOST_MINUTES = 24 * 60


@transaction.atomic
def make_groups(
    activity: Activity,
    *,
    count: int | None = None,
    sizes: Sequence[int] | None = None,
    by: Person | None,
) -> list[Group]:
    """Divide the cohort into groups A, B, C … and return them.

    ``sizes`` says how many people each holds; with ``count`` the cohort's places are
    shared out evenly. Done again, groups keep their rows and change their size; groups
    too many go, with their sessions, unless those stand in a timetable.

    Raises:
        WrongState: neither or both are given, a size is no number of people, or more than 26.
        GroupsInUse: a group that would go has sessions in a timetable.
    """
    if (count is None) == (sizes is None):
        raise WrongState(_("Say either how many groups, or how large each is."))
    Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
    shares = list(sizes) if sizes is not None else _shares(activity, count or 0)
    if not 1 <= len(shares) <= len(LETTERS) or min(shares) < 1:
        raise WrongState(_("There can be 1 to 26 groups, each of at least one person."))
    before = dict(activity.groups.values_list("code", "size"))
    language = (activity.edition.languages or ["en"])[0]
    with override(language):
        for letter, size in zip(LETTERS, shares, strict=False):
            named = {"size": size, "name": _("Group %(letter)s") % {"letter": letter}}
            Group.objects.update_or_create(activity=activity, code=letter, defaults=named)
    _remove_groups(activity, LETTERS[len(shares) :])
    groups = list(activity.groups.order_by("code"))
    after = {group.code: group.size for group in groups}
    record("made groups", activity, by=by, before=before, after=after)
    return groups


def _shares(activity: Activity, count: int) -> list[int]:
    """The cohort's people shared out as evenly as can be."""
    if count < 1:
        return []
    people = cohort_of(activity, activity_document(activity), []).people
    return [people // count + (1 if n < people % count else 0) for n in range(count)]


def _remove_groups(activity: Activity, letters: str) -> None:
    extra = activity.groups.filter(code__in=list(letters))
    drafts = Timetable.State.DRAFT
    try:
        with transaction.atomic():
            Placement.objects.filter(session__group__in=extra, timetable__state=drafts).delete()
            for group in extra:
                group.sessions.all().delete()
            extra.delete()
    except ProtectedError:
        raise GroupsInUse(
            _("Sessions of these groups stand in a timetable; keep as many groups as there are.")
        ) from None


@transaction.atomic
def change_group(
    group: Group, *, languages: Sequence[str], shares_with: Sequence[Group], by: Person | None
) -> Group:
    """Say in which languages a group can be taught, and with which groups it shares people.

    No language at all leaves those of the edition. Groups that share people never sit at once.

    Raises:
        WrongState: a group of another activity, or the group itself, is among ``shares_with``.
    """
    group = Group.objects.select_for_update(of=("self",)).get(pk=group.pk)
    strange = [one for one in shares_with if one.activity_id != group.activity_id or one == group]
    if strange:
        raise WrongState(_("A group shares people with other groups of its own activity."))
    before = _said_of_group(group)
    group.languages = list(languages)
    group.save(update_fields=["languages"])
    group.shares_with.set(shares_with)
    record("changed group", group.activity, by=by, before=before, after=_said_of_group(group))
    return group


@transaction.atomic
def say_travel_times(
    edition: Edition, *, minutes: Mapping[tuple[str, str], int | None], by: Person | None
) -> int:
    """Say how long it takes from one city to another, either way; returns how many are on file.

    None takes a time away again.

    Raises:
        WrongState: two cities that are one, or a time that is none or longer than a day.
    """
    before = {str(row): row.minutes for row in edition.travel_times.all()}
    for (origin, destination), many in minutes.items():
        if origin == destination or (many is not None and not 0 < many <= MOST_MINUTES):
            raise WrongState(_("Say 1 to 1,440 minutes between two different cities."))
        one, other = sorted((origin, destination))
        known = TravelTime.objects.filter(
            edition=edition, origin__in=(one, other), destination__in=(one, other)
        )
        known.delete()
        if many is not None:
            TravelTime.objects.create(edition=edition, origin=one, destination=other, minutes=many)
    after = {str(row): row.minutes for row in edition.travel_times.all()}
    if after != before:
        record("travel times changed", edition, by=by, before=before, after=after)
    return len(after)


def _said_of_group(group: Group) -> dict[str, object]:
    shared = group.shares_with.order_by("code").values_list("code", flat=True)
    return {"group": group.code, "languages": group.languages, "shares_with": list(shared)}


@transaction.atomic
def add_trainer(
    activity: Activity,
    *,
    person: Person,
    roles: Sequence[str],
    by: Person | None,
    languages: Sequence[str] = (),
    present_from: date | None = None,
    present_to: date | None = None,
    most_minutes_a_day: int = 480,
    most_minutes_a_week: int | None = None,
    travels: bool = False,
) -> Trainer:
    """Let a person teach in the activity, and give the role of a trainer there.

    ``roles`` are codes of the design's trainer roles; the dates bound the days on which
    the person is there (every day when left out). ``languages`` are codes, none at all says
    that nobody has asked; ``travels`` says that the person comes from elsewhere.

    Raises:
        AlreadyTrainer: the person teaches here already.
        UnknownRole: the design has no such role.
        WrongState: leaves before coming, or no sensible number of minutes.
    """
    if Trainer.objects.filter(activity=activity, person=person).exists():
        raise AlreadyTrainer(_("%(person)s teaches here already.") % {"person": person})
    _check(activity, roles, present_from, present_to, most_minutes_a_day)
    _check_week(most_minutes_a_week)
    trainer = Trainer.objects.create(
        activity=activity,
        person=person,
        roles=list(roles),
        languages=list(languages),
        present_from=present_from,
        present_to=present_to,
        most_minutes_a_day=most_minutes_a_day,
        most_minutes_a_week=most_minutes_a_week,
        travels=travels,
    )
    if not Role.objects.filter(person=person, kind="trainer", scope=activity.scope).exists():
        grant_role(person, kind="trainer", scope=activity.scope, by=by)
    record("added trainer", activity, by=by, after={"trainer": trainer.pk, "roles": list(roles)})
    return trainer


@transaction.atomic
def change_trainer(
    trainer: Trainer,
    *,
    roles: Sequence[str],
    by: Person | None,
    present_from: date | None = None,
    present_to: date | None = None,
    most_minutes_a_day: int = 480,
    most_minutes_a_week: int | None = None,
    languages: Sequence[str] | None = None,
    travels: bool | None = None,
) -> Trainer:
    """Change what a trainer does here and when; timetables made before stay as they are.

    ``languages`` and ``travels`` stay as they are when left out.

    Raises:
        UnknownRole: the design has no such role.
        WrongState: leaves before coming, or no sensible number of minutes.
    """
    trainer = Trainer.objects.select_for_update(of=("self",)).get(pk=trainer.pk)
    _check(trainer.activity, roles, present_from, present_to, most_minutes_a_day)
    _check_week(most_minutes_a_week)
    before = _said(trainer)
    trainer.roles = list(roles)
    trainer.present_from, trainer.present_to = present_from, present_to
    trainer.most_minutes_a_day = most_minutes_a_day
    trainer.most_minutes_a_week = most_minutes_a_week
    trainer.languages = trainer.languages if languages is None else list(languages)
    trainer.travels = trainer.travels if travels is None else travels
    trainer.save()
    record("changed trainer", trainer.activity, by=by, before=before, after=_said(trainer))
    return trainer


def _said(trainer: Trainer) -> dict[str, object]:
    return {
        "trainer": trainer.pk,
        "roles": trainer.roles,
        "present_from": trainer.present_from,
        "present_to": trainer.present_to,
        "most_minutes_a_day": trainer.most_minutes_a_day,
        "most_minutes_a_week": trainer.most_minutes_a_week,
        "languages": trainer.languages,
        "travels": trainer.travels,
    }


def _check_week(most_minutes_a_week: int | None) -> None:
    if most_minutes_a_week is not None and not 0 < most_minutes_a_week <= 7 * MOST_MINUTES:
        raise WrongState(_("The most minutes a week must be between 1 and 10,080."))


def _check(
    activity: Activity,
    roles: Sequence[str],
    present_from: date | None,
    present_to: date | None,
    most_minutes_a_day: int,
) -> None:
    designed = [role["code"] for role in activity_document(activity).get("trainer_roles", ())]
    unknown = [role for role in roles if role not in designed]
    if unknown or not roles:
        raise UnknownRole(
            _("A trainer has one or more of these roles here: %(roles)s.")
            % {"roles": ", ".join(designed)}
        )
    if present_from and present_to and present_to < present_from:
        raise WrongState(_("A trainer cannot leave before coming."))
    if not 0 < most_minutes_a_day <= MOST_MINUTES:
        raise WrongState(_("The most minutes a day must be between 1 and 1,440."))
