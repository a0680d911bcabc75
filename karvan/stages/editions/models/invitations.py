"""Who is asked to carry an edition: trainers, partners, coordinators by name and address."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from karvan.foundation.people.models import Party, Person, Role

from .editions import Edition


class Invitation(models.Model):
    """A person to be invited into an edition with a role; the letter goes when it is sent."""

    class State(models.TextChoices):
        PREPARED = "prepared", _("Prepared")
        SENT = "sent", _("Sent")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="invitations")
    full_name = models.CharField(_("full name"), max_length=150)
    email = models.EmailField(_("e-mail"))
    kind = models.CharField(_("role"), max_length=16, choices=Role.Kind)
    scope = models.CharField(_("scope"), max_length=80)
    party = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="+")
    language = models.CharField(_("language"), max_length=8, default="en")
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.PREPARED)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    invited_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    prepared_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["edition_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_invitation_a_person_and_role",
                fields=["edition", "email", "kind", "scope"],
                condition=~Q(state="withdrawn"),
            ),
            models.CheckConstraint(
                name="invitation_state_is_known",
                condition=Q(state__in=["prepared", "sent", "withdrawn"]),
            ),
            models.CheckConstraint(
                name="sent_invitation_names_its_person",
                condition=~Q(state="sent") | Q(person__isnull=False, sent_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def record_label(self) -> str:
        """What records call it: they outlive an erasure, so no name."""
        return f"invitation {self.pk}"
