"""What others say of a dossier: peers, assessors of the defence, marks of the workshop."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from karvan.foundation.people.models import Person

from .dossiers import Dossier
from .parts_of_all import Kept


class PeerReview(Kept):
    """Somebody outside the team looks at one part: open until it is closed."""

    class Subject(models.TextChoices):
        BLOCKS = "blocks", _("Block diagram")
        MIDPOINT = "midpoint", _("Midpoint check")
        WHOLE = "whole", _("The whole dossier")

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="peer_reviews")
    subject = models.CharField(_("about"), max_length=8, choices=Subject)
    text = models.TextField(_("what was found"))
    answer = models.TextField(_("what the team did about it"), blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    closed_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["dossier_id", "pk"]
        constraints = [
            models.CheckConstraint(
                name="closed_peer_review_says_by_whom",
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]


class DefenceMark(models.Model):
    """One assessor's anchors (0 to 4 a line of the rubric) for one team's defence."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="defence_marks")
    assessor = models.ForeignKey(Person, models.PROTECT, related_name="+")
    marks = models.JSONField(_("marks"), default=dict)  # {"FUNCTION": 3, …}
    comment = models.TextField(_("comment"), blank=True)
    settles = models.BooleanField(_("third opinion"), default=False)
    given_at = models.DateTimeField()

    class Meta:
        ordering = ["dossier_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="an_assessor_marks_a_defence_once", fields=["dossier", "assessor"]
            ),
            models.UniqueConstraint(
                name="one_third_opinion_a_defence",
                fields=["dossier"],
                condition=Q(settles=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier} · {self.assessor_id}"


class WorkshopMark(models.Model):
    """A mark of a team outside the defence, in per cent: the measurement exercise, logbook and peers."""

    class Part(models.TextChoices):
        MEASURING = "measuring", _("Measurement exercise")
        LOGBOOK = "logbook", _("Logbook and peers")

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="workshop_marks")
    part = models.CharField(_("part"), max_length=10, choices=Part)
    percent = models.PositiveSmallIntegerField(_("mark"))
    given_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_workshop_mark_a_part", fields=["dossier", "part"]),
            models.CheckConstraint(
                name="workshop_mark_is_a_percentage", condition=Q(percent__lte=100)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part}: {self.percent}"
