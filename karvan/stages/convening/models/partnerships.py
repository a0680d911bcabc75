"""Who is what to whom: official partner of a forum, patron of an event, observer of a process."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from karvan.foundation.people.models import Party
from karvan.foundation.texts import in_language
from karvan.stages.agreements.models import Agreement, Consultation
from karvan.stages.editions.models import Edition

from .sessions import StatutorySession


class Forum(models.Model):
    """A process or a forum that a party leads, of which others are partners."""

    class Kind(models.TextChoices):
        PROCESS = "process", _("Process")
        FORUM = "forum", _("Forum")
        EVENT = "event", _("Event")

    code = models.SlugField(_("code"), max_length=40, unique=True)
    names = models.JSONField(_("name"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    led_by = models.ForeignKey(
        Party, models.PROTECT, null=True, blank=True, related_name="forums_led"
    )
    website = models.URLField(_("website"), blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return in_language(self.names)


class Partnership(models.Model):
    """A party's standing towards another party or its forum, by an instrument, for a time."""

    class Kind(models.TextChoices):
        OFFICIAL_PARTNER = "official_partner", _("Official partner")
        PARTNER = "partner", _("Partner")
        PATRON = "patron", _("Patron")
        OBSERVER = "observer", _("Observer")

    class State(models.TextChoices):
        ASKED = "asked", _("Asked for")
        GRANTED = "granted", _("In force")
        REFUSED = "refused", _("Refused")
        ENDED = "ended", pgettext_lazy("state", "Ended")

    party = models.ForeignKey(Party, models.PROTECT, related_name="partnerships")
    partner = models.ForeignKey(Party, models.PROTECT, related_name="partnerships_given")
    forum = models.ForeignKey(
        Forum, models.PROTECT, null=True, blank=True, related_name="partnerships"
    )
    kind = models.CharField(_("is"), max_length=16, choices=Kind)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.GRANTED)
    state_reason = models.CharField(_("reason"), max_length=300, blank=True)
    agreement = models.ForeignKey(
        Agreement, models.PROTECT, null=True, blank=True, related_name="partnerships"
    )
    instrument = models.CharField(_("instrument"), max_length=200, blank=True)
    criteria = models.JSONField(_("criteria"), default=list, blank=True)  # text, met or not, note
    emblem_use = models.CharField(_("use of the emblem"), max_length=300, blank=True)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    report_due_on = models.DateField(_("report due"), null=True, blank=True)
    report_received_on = models.DateField(_("report received"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    scope = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["party_id", "starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="partnership_ends_after_it_begins",
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(starts_on__lte=F("ends_on")),
                violation_error_message=_("A partnership must end after it begins."),
            ),
            models.CheckConstraint(
                name="nobody_is_partner_of_itself", condition=~Q(party=F("partner"))
            ),
            models.CheckConstraint(
                name="partnership_kind_is_known",
                condition=Q(kind__in=["official_partner", "partner", "patron", "observer"]),
            ),
            models.CheckConstraint(
                name="partnership_state_is_known",
                condition=Q(state__in=["asked", "granted", "refused", "ended"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party} · {self.get_kind_display()} · {self.forum or self.partner}"


class PartnershipEvent(models.Model):
    """An event that stands under a partnership: one of ours, or one that is only named."""

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="events")
    names = models.JSONField(_("title"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=150, blank=True)
    edition = models.ForeignKey(Edition, models.SET_NULL, null=True, blank=True, related_name="+")
    consultation = models.ForeignKey(
        Consultation, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    session = models.ForeignKey(
        StatutorySession, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    source = models.CharField(_("source"), max_length=300, blank=True)

    class Meta:
        ordering = ["partnership_id", "starts_on", "pk"]

    def __str__(self) -> str:
        return in_language(self.names)

    @property
    def scope(self) -> str:
        return self.partnership.scope
