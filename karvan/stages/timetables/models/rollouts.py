"""The year of a travelling team: which edition comes when."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from karvan.foundation.people.models import Person
from karvan.foundation.places.models import Country
from karvan.stages.blueprints.models import Programme
from karvan.stages.editions.models import Edition


class Rollout(models.Model):
    """One travelling team's year: in which order and when it goes to which edition."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        AGREED = "agreed", _("Agreed")

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="rollouts")
    number = models.PositiveSmallIntegerField(_("version"))
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.DRAFT)
    day_from = models.DateField(_("from"))
    day_to = models.DateField(_("until"))
    team = models.CharField(_("team"), max_length=120)
    home = models.ForeignKey(Country, models.PROTECT, null=True, blank=True, related_name="+")
    handover_days = models.PositiveSmallIntegerField(_("days between two editions"), default=3)
    # Most that may be spent in a quarter, in the programme's currency: {"2027-1": 40000}
    quarters = models.JSONField(_("budget by quarter"), default=dict, blank=True)
    cost = models.PositiveIntegerField(_("cost"), null=True)
    bound = models.PositiveIntegerField(_("bound"), null=True)
    is_proved = models.BooleanField(_("proved"), default=False)
    reasons = models.JSONField(default=list, blank=True)
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["programme_id", "-number"]
        constraints = [
            models.UniqueConstraint(name="one_rollout_a_number", fields=["programme", "number"]),
            models.CheckConstraint(
                name="rollout_begins_before_it_ends", condition=Q(day_from__lt=F("day_to"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.team} · {self.number}"

    @property
    def scope(self) -> str:
        return self.programme.scope


class RolloutStop(models.Model):
    """An edition on the way: what is known of it, and when it is held if a plan was found."""

    rollout = models.ForeignKey(Rollout, models.CASCADE, related_name="stops")
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="rollout_stops")
    days = models.PositiveSmallIntegerField(_("days there"))  # calendar days, first to last
    ready_from = models.DateField(_("ready from"), null=True, blank=True)
    done_by = models.DateField(_("to be over by"), null=True, blank=True)
    visa_days = models.PositiveSmallIntegerField(_("days a visa takes"), default=0)
    amount = models.PositiveIntegerField(_("cost"), default=0)
    weight = models.PositiveSmallIntegerField(_("how much it matters to come early"), default=1)
    fixed_on = models.DateField(_("fixed to begin on"), null=True, blank=True)
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    place = models.PositiveSmallIntegerField(_("place in the order"), null=True, blank=True)

    class Meta:
        ordering = ["rollout_id", F("place").asc(nulls_last=True), "pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_stop_an_edition_in_a_rollout", fields=["rollout", "edition"]
            )
        ]

    def __str__(self) -> str:
        return str(self.edition)

    @property
    def scope(self) -> str:
        return self.edition.scope
