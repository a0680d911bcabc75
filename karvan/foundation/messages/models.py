"""A letter to one person: written once, sent at most once."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

# Letters that tell applicants how a blind selection ended. The outbox says that they went out, and
# neither to whom nor what they say: that would lift the blind for everybody who reads it.
WITHHELD = ("selection/offer", "selection/waiting", "selection/declined", "selection/appeal")


class Message(models.Model):
    """One letter in the outbox.

    ``key`` makes an act that runs twice write one letter. A letter whose sending
    broke off at the last step is *uncertain*: it may have arrived, so a person
    decides, and nothing is ever sent twice by itself.
    """

    class State(models.TextChoices):
        HELD = "held", _("Held")
        QUEUED = "queued", _("Queued")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Failed")
        UNCERTAIN = "uncertain", _("Uncertain")
        CANCELLED = "cancelled", _("Cancelled")

    key = models.CharField(max_length=160, unique=True)
    kind = models.CharField(_("kind"), max_length=60)  # "calls/receipt": its template
    to_address = models.EmailField(_("to"))
    to_person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    language = models.CharField(_("language"), max_length=8)
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"))
    scope = models.CharField(max_length=80, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.QUEUED)
    created_at = models.DateTimeField()
    send_after = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    problem = models.TextField(blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(name="letter_by_state", fields=["state", "send_after"])]
        constraints = [
            models.CheckConstraint(
                name="message_state_is_known",
                condition=Q(
                    state__in=[
                        "held",
                        "queued",
                        "sending",
                        "sent",
                        "failed",
                        "uncertain",
                        "cancelled",
                    ]
                ),
            ),
            models.CheckConstraint(
                name="sent_message_says_when", condition=~Q(state="sent") | Q(sent_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        """Without the address: the record of acts keeps this for good, an address is borrowed."""
        return f"{self.kind} {self.pk}"

    @property
    def is_withheld(self) -> bool:
        """True where the outbox shows neither the reader nor the text."""
        return self.kind in WITHHELD
