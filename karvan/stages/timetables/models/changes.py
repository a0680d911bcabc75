"""What happens to a plan, and the runs of the engine that build, improve and repair it."""

from __future__ import annotations

from datetime import time

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from karvan.foundation.people.models import Person
from karvan.stages.editions.models import Activity, Edition, Room

from .timetables import Session, Timetable, Trainer


class Disruption(models.Model):
    """Something that happened to an activity's plan and holds until it is taken back.

    Which fields are filled depends on the kind: a trainer or a room with the days (and the
    minutes of each day, if not all of it), days alone, or a session with its new length.
    """

    class Kind(models.TextChoices):
        TRAINER_AWAY = "trainer_away", _("A trainer cannot come")
        ROOM_LOST = "room_lost", _("A room cannot be used")
        DAY_LOST = "day_lost", _("Nothing can be held on a day")
        SESSION_LENGTH = "session_length", _("A session takes longer or shorter")

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="disruptions")
    kind = models.CharField(_("what happened"), max_length=16, choices=Kind)
    trainer = models.ForeignKey(Trainer, models.CASCADE, null=True, blank=True, related_name="+")
    room = models.ForeignKey(Room, models.CASCADE, null=True, blank=True, related_name="+")
    session = models.ForeignKey(Session, models.CASCADE, null=True, blank=True, related_name="+")
    day_from = models.DateField(_("from"), null=True, blank=True)
    day_to = models.DateField(_("until"), null=True, blank=True)
    minute_from = models.PositiveSmallIntegerField(_("from minute"), null=True, blank=True)
    minute_to = models.PositiveSmallIntegerField(_("until minute"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300)
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="disruption_says_what_it_hits",
                condition=(
                    Q(kind="trainer_away", trainer__isnull=False)
                    | Q(kind="room_lost", room__isnull=False)
                    | Q(kind="day_lost", day_from__isnull=False)
                    | Q(kind="session_length", session__isnull=False, minutes__gte=1)
                ),
            ),
            models.CheckConstraint(
                name="disruption_begins_before_it_ends",
                condition=Q(day_to__isnull=True) | Q(day_from__lte=F("day_to")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.reason}"

    @property
    def hours(self) -> tuple[time, time] | None:
        """From when to when it holds on each of its days; None for whole days."""
        if self.minute_from is None:
            return None
        last = self.minute_to or 0
        return (
            time(self.minute_from // 60 % 24, self.minute_from % 60),
            time(last // 60 % 24, last % 60),
        )

    @property
    def scope(self) -> str:
        return self.activity.scope


class Search(models.Model):
    """One run of the engine for an activity, done by the worker: asked, running, done or failed."""

    class Kind(models.TextChoices):
        BUILD = "build", _("Build")
        IMPROVE = "improve", _("Improve")
        REPAIR = "repair", _("Repair")

    class State(models.TextChoices):
        ASKED = "asked", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        NONE = "none", _("No timetable")
        FAILED = "failed", _("Broken off")

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="searches")
    kind = models.CharField(_("what for"), max_length=8, choices=Kind)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.ASKED)
    base = models.ForeignKey(Timetable, models.SET_NULL, null=True, related_name="+")
    typed = models.JSONField(default=dict)  # seed, work, days opened anyway
    done = models.PositiveSmallIntegerField(_("per cent"), default=0)
    # Each answer found, best first: placements, costs, who would be told. One becomes a draft.
    answers = models.JSONField(default=list)
    reasons = models.JSONField(default=list)  # why there is none: text and remedy, in each language
    made = models.ForeignKey(Timetable, models.SET_NULL, null=True, related_name="+")
    asked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.activity} · {self.get_kind_display()}"

    @property
    def scope(self) -> str:
        return self.activity.scope


class TravelTime(models.Model):
    """Minutes between two cities of an edition, either way round."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="travel_times")
    origin = models.CharField(_("from"), max_length=80)
    destination = models.CharField(_("to"), max_length=80)
    minutes = models.PositiveSmallIntegerField(_("minutes"))

    class Meta:
        ordering = ["edition_id", "origin", "destination"]
        constraints = [
            models.UniqueConstraint(
                name="one_travel_time_a_pair", fields=["edition", "origin", "destination"]
            ),
            models.CheckConstraint(
                name="travel_goes_somewhere_else", condition=~Q(origin=F("destination"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.origin} – {self.destination}"

    @property
    def scope(self) -> str:
        return self.edition.scope
