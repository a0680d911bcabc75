"""Certificates and the signed credentials behind them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from karvan.foundation.people.models import Person
from karvan.stages.delivery.models import Enrolment
from karvan.stages.editions.models import Activity


class SigningKey(models.Model):
    """The public half of a key that signed or signs; the private half is never in the database."""

    name = models.CharField(max_length=40, unique=True)  # "key 1": what people call it
    public_multibase = models.CharField(max_length=80, unique=True)
    created_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)  # signs nothing new, but stays published
    is_trusted = models.BooleanField(default=True)  # False once stolen: no longer published

    class Meta:
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return self.name


class StatusList(models.Model):
    """A list of bits, one a credential, that says which are revoked; its address never changes."""

    number = models.PositiveIntegerField(unique=True)
    size = models.PositiveIntegerField(default=131_072)

    def __str__(self) -> str:
        return f"{self.number}"


class Credential(models.Model):
    """What one person earned in one activity, signed. Corrected by a new one, never changed."""

    class Kind(models.TextChoices):
        COMPLETION = "completion", _("Completion")
        DISTINCTION = "distinction", _("Completion with distinction")
        ATTENDANCE = "attendance", _("Attendance")

    number = models.CharField(_("number"), max_length=20, unique=True)  # "KC-2021-7Q2M19"
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="credentials")
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="credentials")
    person = models.ForeignKey(Person, models.PROTECT, related_name="credentials")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    name_on_paper = models.CharField(_("name"), max_length=150)
    names_on_paper = models.JSONField(default=dict)  # by script
    basis = models.JSONField(default=dict)  # how the rule held: attendance, outputs, milestones
    paper = models.JSONField(default=dict)  # the certificate's words as they were when issued
    key = models.ForeignKey(SigningKey, models.PROTECT, related_name="credentials")
    status_list = models.ForeignKey(StatusList, models.PROTECT, related_name="credentials")
    status_index = models.PositiveIntegerField()
    document = models.JSONField(default=dict)  # the signed credential; {} once its holder is erased
    issued_at = models.DateTimeField(_("issued"))
    valid_until = models.DateTimeField(_("valid until"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True)
    revoked_reason = models.CharField(_("why revoked"), max_length=300, blank=True)
    corrects = models.OneToOneField("self", models.PROTECT, null=True, related_name="corrected_by")

    class Meta:
        ordering = ["-issued_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_credential_a_status_bit", fields=["status_list", "status_index"]
            ),
            models.UniqueConstraint(
                name="one_standing_credential_a_kind",
                fields=["enrolment", "kind"],
                condition=Q(revoked_at__isnull=True),
            ),
            models.CheckConstraint(
                name="revoked_credential_says_why",
                condition=Q(revoked_at__isnull=True) | ~Q(revoked_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def scope(self) -> str:
        return self.activity.scope

    @property
    def rank(self) -> int:
        """How much it says: attendance less than completion, completion less than distinction."""
        return rank_of(self.kind)

    @property
    def is_forgotten(self) -> bool:
        """True once the holder's name was erased: what was signed is gone with it."""
        return not self.document


def rank_of(kind: str) -> int:
    """The place of a kind of certificate among them, the least first."""
    kinds = Credential.Kind
    return [kinds.ATTENDANCE, kinds.COMPLETION, kinds.DISTINCTION].index(kinds(kind))
