"""Where an edition differs from its blueprint, what it wrote itself, and newer versions offered to it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from karvan.foundation.people.models import Person
from karvan.stages.blueprints.models import Blueprint

from .editions import Edition


class Departure(models.Model):
    """Where this edition differs from its blueprint: what, from what to what, why, allowed by which lock.

    ``path`` is a path of the blueprint's document, such as ``activities.BC3.duration.days``.
    A later departure on the same path supersedes the earlier one; both stay. ``version`` is
    the number of the version it departs from. When the edition takes a newer version, a
    departure that still stands is written anew against it: ``carried_from`` is the old row.
    """

    class Cause(models.TextChoices):
        LOCAL = "local", _("the country's own")
        KEPT = "kept", _("kept from an earlier version")
        HELD = "held", _("had been held")

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="departures")
    path = models.CharField(_("part"), max_length=200)
    before = models.JSONField(_("from"), null=True)
    after = models.JSONField(_("to"), null=True)
    level = models.CharField(_("lock"), max_length=10)  # bounded, free, to_supply; held
    cause = models.CharField(_("cause"), max_length=6, choices=Cause, default=Cause.LOCAL)
    version = models.PositiveSmallIntegerField(_("departs from version"), null=True)
    carried_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="carried_to")
    reason = models.TextField(_("reason"))
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["edition_id", "made_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_standing_departure_a_path",
                fields=["edition", "path"],
                condition=Q(superseded_at__isnull=True),
            ),
            models.CheckConstraint(name="departure_says_why", condition=~Q(reason="")),
            models.CheckConstraint(
                name="fixed_parts_never_depart",
                condition=Q(level__in=["bounded", "free", "to_supply"])
                | Q(level="held", cause="held"),
            ),
            models.CheckConstraint(
                name="departure_cause_is_known", condition=Q(cause__in=["local", "kept", "held"])
            ),
        ]

    def __str__(self) -> str:
        return self.path


class VersionOffer(models.Model):
    """A newer version of the blueprint, offered to an edition that runs; answered by its coordinator.

    ``taken`` and ``left`` hold the paths of the parts; ``settled`` what was chosen where the
    country's departures and the new version disagree; ``kept`` the sessions that had been held.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        TAKEN = "taken", _("Taken whole")
        PARTLY = "partly", _("Taken in part")
        DECLINED = "declined", _("Declined")
        LAPSED = "lapsed", _("Lapsed")

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="version_offers")
    blueprint = models.ForeignKey(Blueprint, models.PROTECT, related_name="offers")
    base = models.ForeignKey(Blueprint, models.PROTECT, related_name="+")
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.OPEN)
    offered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    offered_at = models.DateTimeField()
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reason = models.TextField(_("reason"), blank=True)
    taken = models.JSONField(default=list)  # ["activities.BC3.duration.days"]
    left = models.JSONField(default=list)
    settled = models.JSONField(default=dict)  # {"activities.BC3.cohort.max": "ours"}
    kept = models.JSONField(default=list)

    class Meta:
        ordering = ["-offered_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_version_is_offered_once", fields=["edition", "blueprint"]
            ),
            models.UniqueConstraint(
                name="one_open_offer_an_edition",
                fields=["edition"],
                condition=Q(state="open"),
            ),
            models.CheckConstraint(
                name="version_offer_state_is_known",
                condition=Q(state__in=["open", "taken", "partly", "declined", "lapsed"]),
            ),
            models.CheckConstraint(
                name="answered_version_offer_says_when",
                condition=Q(state="open") | Q(decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="declined_version_offer_says_why",
                condition=~Q(state__in=["declined", "partly"]) | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition} ← {self.blueprint}"

    @property
    def scope(self) -> str:
        return self.edition.scope


class Translation(models.Model):
    """A text of the design in a language in which the blueprint is not written, for one edition.

    It adds a language to the text at ``path`` and changes none that the blueprint has.
    """

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="translations")
    path = models.CharField(_("part"), max_length=200)
    language = models.CharField(_("language"), max_length=8)
    text = models.TextField(_("text"))
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["edition_id", "language", "path"]
        constraints = [
            models.UniqueConstraint(
                name="one_translation_a_part_and_language", fields=["edition", "path", "language"]
            ),
            models.CheckConstraint(name="translation_says_something", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return f"{self.path} ({self.language})"
