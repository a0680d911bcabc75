"""Sessions, who teaches them, and the numbered timetables that place them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from karvan.foundation.people.models import Person
from karvan.foundation.texts import in_language
from karvan.stages.editions.models import Activity, Room


class Trainer(models.Model):
    """A person who teaches in one activity: in which roles, on which days."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="trainers")
    person = models.ForeignKey(Person, models.PROTECT, related_name="teaching")
    roles = models.JSONField(_("roles"), default=list)  # the blueprint's trainer roles
    languages = models.JSONField(_("languages"), default=list)
    present_from = models.DateField(_("there from"), null=True, blank=True)
    present_to = models.DateField(_("there until"), null=True, blank=True)
    most_minutes_a_day = models.PositiveSmallIntegerField(_("most minutes a day"), default=480)
    most_minutes_a_week = models.PositiveSmallIntegerField(
        _("most minutes a week"), null=True, blank=True
    )
    travels = models.BooleanField(_("comes from elsewhere"), default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_trainer_is_in_an_activity_once", fields=["activity", "person"]
            )
        ]

    def __str__(self) -> str:
        return str(self.person)

    @property
    def scope(self) -> str:
        return self.activity.scope


class Group(models.Model):
    """Participants who are taught together."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="groups")
    code = models.CharField(_("code"), max_length=12)
    name = models.CharField(_("name"), max_length=80)
    size = models.PositiveSmallIntegerField(_("size"))
    languages = models.JSONField(_("languages"), default=list, blank=True)
    shares_with = models.ManyToManyField("self", verbose_name=_("shares people with"), blank=True)

    class Meta:
        ordering = ["activity_id", "code"]
        constraints = [
            models.UniqueConstraint(name="one_group_a_code", fields=["activity", "code"])
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def scope(self) -> str:
        return self.activity.scope


class Session(models.Model):
    """One timed teaching unit of an activity, for all groups or for one."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="sessions")
    code = models.CharField(_("code"), max_length=24)  # "D1S4" or "D1S4-B"
    blueprint_code = models.CharField(max_length=16)  # the session of the blueprint it comes from
    titles = models.JSONField(_("title"))
    kind = models.CharField(_("kind"), max_length=24)
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    group = models.ForeignKey(Group, models.PROTECT, null=True, blank=True, related_name="sessions")
    trainer_roles = models.JSONField(_("trainers"), default=dict)  # {"FACIL": 2}
    room_kind = models.CharField(_("kind of room"), max_length=12, blank=True)
    equipment = models.JSONField(_("equipment"), default=dict)
    slot = models.CharField(_("slot of the week"), max_length=12, blank=True)  # "live_1", "studio"
    day_from = models.PositiveSmallIntegerField(
        _("first day"), null=True
    )  # 1 is the activity's first day
    day_to = models.PositiveSmallIntegerField(_("last day"), null=True)
    position = models.PositiveSmallIntegerField(default=0)
    preferred = models.JSONField(_("preferred starts"), default=list, blank=True)  # [[540, 720]]
    # One of several held at a time, among which those who take part choose.
    is_choice = models.BooleanField(_("held beside others"), default=False)
    seats = models.PositiveSmallIntegerField(_("seats needed"), null=True, blank=True)
    # They speak or preside by name, whatever roles the session asks for besides.
    speakers = models.ManyToManyField(Trainer, related_name="speaking", blank=True)
    is_cancelled = models.BooleanField(_("cancelled"), default=False)
    cancel_reason = models.CharField(_("why cancelled"), max_length=300, blank=True)

    class Meta:
        ordering = ["activity_id", "position"]
        constraints = [
            models.UniqueConstraint(name="one_session_a_code", fields=["activity", "code"]),
            models.CheckConstraint(name="session_has_a_length", condition=Q(minutes__gte=1)),
        ]

    def __str__(self) -> str:
        return in_language(self.titles)

    @property
    def scope(self) -> str:
        return self.activity.scope


class SessionWish(models.Model):
    """Sessions that the same people want to attend; a timetable holds them at different times."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="session_wishes")
    sessions = models.JSONField(_("sessions"), default=list)  # codes of the activity's sessions
    people = models.PositiveSmallIntegerField(_("people"), default=1)

    class Meta:
        ordering = ["activity_id", "pk"]
        constraints = [
            models.CheckConstraint(name="a_wish_is_somebodys", condition=Q(people__gte=1))
        ]

    def __str__(self) -> str:
        return f"{self.people} × {', '.join(self.sessions)}"


class Timetable(models.Model):
    """A numbered version of who is where when; once published it never changes."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        SUPERSEDED = "superseded", _("Superseded")

    class Made(models.TextChoices):
        BUILT = "built", _("Built")
        IMPROVED = "improved", _("Improved")
        REPAIRED = "repaired", _("Repaired")
        COPIED = "copied", _("Copied to be changed by hand")

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="timetables")
    number = models.PositiveSmallIntegerField(_("version"))
    made = models.CharField(_("how it was made"), max_length=10, choices=Made, default=Made.BUILT)
    based_on = models.ForeignKey("self", models.SET_NULL, null=True, related_name="followed_by")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    seed = models.PositiveIntegerField(default=1)
    cost = models.PositiveIntegerField(_("cost"), null=True)
    bound = models.PositiveIntegerField(_("bound"), null=True)
    is_proved = models.BooleanField(_("proved"), default=False)
    costs = models.JSONField(_("cost by goal"), default=dict)
    closed_days = models.JSONField(_("closed days"), default=dict)  # "2021-01-20": texts
    note = models.TextField(_("note"), blank=True)
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["activity_id", "-number"]
        constraints = [
            models.UniqueConstraint(name="one_timetable_a_number", fields=["activity", "number"]),
            models.UniqueConstraint(
                name="one_published_timetable_an_activity",
                fields=["activity"],
                condition=Q(state="published"),
            ),
            models.CheckConstraint(
                name="published_timetable_says_when",
                condition=Q(state="draft") | Q(published_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity} · {self.number}"

    @property
    def scope(self) -> str:
        return self.activity.scope


class Placement(models.Model):
    """A session's time, room and trainers in one timetable."""

    timetable = models.ForeignKey(Timetable, models.CASCADE, related_name="placements")
    session = models.ForeignKey(Session, models.PROTECT, related_name="placements")
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    room = models.ForeignKey(Room, models.PROTECT, null=True, related_name="placements")
    trainers = models.ManyToManyField(Trainer, related_name="placements")
    # Who fills which role, as {"FACIL": [trainer's key]}; empty where nobody noted it.
    roles = models.JSONField(default=dict, blank=True)
    # Locked by a person: nothing that builds, improves or repairs moves it.
    is_locked = models.BooleanField(_("locked"), default=False)
    # For calendar feeds: one UID a session for ever, the sequence grows when it moves.
    sequence = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_session_is_placed_once", fields=["timetable", "session"]
            ),
            models.UniqueConstraint(
                name="a_room_holds_one_session_at_a_time",
                fields=["timetable", "room", "starts_at"],
                condition=Q(room__isnull=False),
            ),
            models.CheckConstraint(
                name="placement_starts_before_it_ends", condition=Q(starts_at__lt=F("ends_at"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session} {self.starts_at:%Y-%m-%d %H:%M}"


class RepairRequest(models.Model):
    """A timetable that has to be mended because the design under it changed; settled by publishing."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="repair_requests")
    reason = models.CharField(_("reason"), max_length=300)
    sessions = models.JSONField(_("sessions"), default=list)  # codes of the blueprint
    asked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                name="one_open_repair_request_an_activity",
                fields=["activity"],
                condition=Q(settled_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return self.reason

    @property
    def scope(self) -> str:
        return self.activity.scope
