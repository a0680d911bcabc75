"""Mentors: whom they take, who wishes for them, how they were matched, what they talk about."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from karvan.foundation.people.models import Person
from karvan.stages.editions.models import Edition

from .ventures import Venture

MOST_WISHES = 5
MOST_VENTURES = 20


class Mentorship(models.Model):
    """A mentor stands by a venture."""

    venture = models.ForeignKey(Venture, models.CASCADE, related_name="mentorships")
    mentor = models.ForeignKey(Person, models.PROTECT, related_name="mentorships")
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_mentor_once_a_venture", fields=["venture", "mentor"])
        ]

    def __str__(self) -> str:
        return f"{self.mentor} → {self.venture}"

    @property
    def scope(self) -> str:
        return self.venture.team.edition.scope


class MentoringSession(models.Model):
    """A meeting of mentor and venture, and what was said."""

    mentorship = models.ForeignKey(Mentorship, models.CASCADE, related_name="meetings")
    held_on = models.DateField(_("on"))
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    notes = models.TextField(_("notes"))
    next_step = models.CharField(_("next step"), max_length=300, blank=True)

    class Meta:
        ordering = ["-held_on"]
        constraints = [
            models.CheckConstraint(name="mentoring_takes_time", condition=Q(minutes__gte=1))
        ]

    def __str__(self) -> str:
        return f"{self.mentorship} {self.held_on}"


class MentorOffer(models.Model):
    """How many ventures of an edition a mentor takes, and from which sectors rather."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="mentor_offers")
    mentor = models.ForeignKey(Person, models.PROTECT, related_name="mentor_offers")
    capacity = models.PositiveSmallIntegerField(_("ventures at most"))
    sectors = models.JSONField(_("sectors"), default=list)
    stated_at = models.DateTimeField(_("stated"))

    class Meta:
        ordering = ["edition_id", "mentor__full_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_mentor_offers_once_an_edition", fields=["edition", "mentor"]
            ),
            models.CheckConstraint(
                name="mentor_takes_at_most_twenty_ventures",
                condition=Q(capacity__lte=MOST_VENTURES),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mentor}: {self.capacity}"

    @property
    def record_label(self) -> str:
        """What records call it: they outlive an erasure, so no name."""
        return f"mentor offer {self.pk}"

    @property
    def scope(self) -> str:
        return self.edition.scope


class MentorChoice(models.Model):
    """A venture that a mentor would rather have than those not named; 1 is the first."""

    offer = models.ForeignKey(MentorOffer, models.CASCADE, related_name="choices")
    venture = models.ForeignKey(Venture, models.CASCADE, related_name="mentor_choices")
    rank = models.PositiveSmallIntegerField(_("rank"))

    class Meta:
        ordering = ["offer_id", "rank"]
        constraints = [
            models.UniqueConstraint(
                name="a_mentor_names_a_venture_once", fields=["offer", "venture"]
            ),
            models.UniqueConstraint(name="one_venture_a_rank", fields=["offer", "rank"]),
            models.CheckConstraint(
                name="mentor_names_at_most_five_ventures",
                condition=Q(rank__gte=1, rank__lte=MOST_WISHES),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rank}. {self.venture}"


class MentorWish(models.Model):
    """A mentor that a venture wishes for; 1 is the first wish."""

    venture = models.ForeignKey(Venture, models.CASCADE, related_name="mentor_wishes")
    mentor = models.ForeignKey(Person, models.PROTECT, related_name="venture_wishes")
    rank = models.PositiveSmallIntegerField(_("rank"))

    class Meta:
        ordering = ["venture_id", "rank"]
        verbose_name_plural = "mentor wishes"
        constraints = [
            models.UniqueConstraint(
                name="a_venture_names_a_mentor_once", fields=["venture", "mentor"]
            ),
            models.UniqueConstraint(name="one_mentor_a_rank", fields=["venture", "rank"]),
            models.CheckConstraint(
                name="venture_wishes_for_at_most_five_mentors",
                condition=Q(rank__gte=1, rank__lte=MOST_WISHES),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rank}. {self.mentor}"


class MentorMatching(models.Model):
    """A matching of mentors and ventures that was taken, with all it was made from."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="mentor_matchings")
    number = models.PositiveSmallIntegerField(_("number"))
    seed = models.CharField(_("seed"), max_length=64)
    document = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    profile = models.JSONField(default=list)  # ventures with their first wish, second, …
    made = models.PositiveSmallIntegerField(_("mentorships made"))
    unmatched = models.PositiveSmallIntegerField(_("ventures without a mentor"))
    taken_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    taken_at = models.DateTimeField(_("taken"))

    class Meta:
        ordering = ["edition_id", "-number"]
        constraints = [
            models.UniqueConstraint(
                name="matchings_of_an_edition_are_numbered", fields=["edition", "number"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.edition} {self.number}"

    @property
    def scope(self) -> str:
        return self.edition.scope
