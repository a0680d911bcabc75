"""Signed papers between parties, and the clauses that bind them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from karvan.foundation.files.models import StoredFile
from karvan.foundation.people.models import Party, Person
from karvan.foundation.texts import in_language

from .consultations import Consultation


class Agreement(models.Model):
    """A signed paper between parties."""

    class Kind(models.TextChoices):
        MEMORANDUM = "memorandum", _("Memorandum of understanding")
        HOST = "host", _("Host agreement")
        PARTNERSHIP = "partnership", _("Partnership")
        PATRONAGE = "patronage", _("Patronage")
        GRANT = "grant", _("Grant")

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        CLEARED = "cleared", _("Cleared for signature")
        SIGNED = "signed", _("Signed")
        IN_FORCE = "in_force", _("In force")
        EXPIRED = "expired", _("Expired")
        TERMINATED = "terminated", _("Terminated")

    class Renewal(models.TextChoices):
        NONE = "none", _("ends unless renewed")
        TACIT = "tacit", _("renewed unless somebody objects")
        WRITTEN = "written", _("renewed by exchange of letters")

    code = models.SlugField(_("code"), max_length=40, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    titles = models.JSONField(_("title"))
    parties = models.ManyToManyField(Party, related_name="agreements")
    consultation = models.ForeignKey(
        Consultation, models.PROTECT, null=True, blank=True, related_name="agreements"
    )
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.DRAFT)
    signed_on = models.DateField(_("signed"), null=True, blank=True)
    signed_at_place = models.CharField(_("place of signature"), max_length=120, blank=True)
    cleared_at = models.DateTimeField(_("cleared"), null=True, blank=True)
    cleared_by = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("cleared by"),
    )
    in_force_from = models.DateField(_("in force from"), null=True, blank=True)
    in_force_to = models.DateField(_("in force until"), null=True, blank=True)
    languages = models.JSONField(_("languages"), default=list)
    prevailing_language = models.CharField(_("prevailing language"), max_length=8, blank=True)
    renewal = models.CharField(_("renewal"), max_length=10, choices=Renewal, default=Renewal.NONE)
    renewal_days = models.PositiveSmallIntegerField(_("remind, days before the end"), default=90)
    objection = models.CharField(_("objection to renewal"), max_length=300, blank=True)
    renews = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="renewed_by"
    )
    document = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+"
    )
    scope = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["-signed_on", "code"]
        constraints = [
            models.CheckConstraint(
                name="agreement_ends_after_it_begins",
                condition=Q(in_force_from__isnull=True)
                | Q(in_force_to__isnull=True)
                | Q(in_force_from__lte=F("in_force_to")),
                violation_error_message=_("An agreement must end after it begins."),
            ),
            models.CheckConstraint(
                name="signed_agreement_says_when",
                condition=Q(state__in=["draft", "cleared"]) | Q(signed_on__isnull=False),
            ),
            models.CheckConstraint(
                name="cleared_agreement_says_when",
                condition=~Q(state="cleared") | Q(cleared_at__isnull=False),
            ),
            models.UniqueConstraint(
                name="an_agreement_is_renewed_once",
                fields=["renews"],
                condition=Q(renews__isnull=False),
                violation_error_message=_("This agreement has been renewed before."),
            ),
            models.CheckConstraint(
                name="agreement_state_is_known",
                condition=Q(
                    state__in=["draft", "cleared", "signed", "in_force", "expired", "terminated"]
                ),
            ),
        ]

    def __str__(self) -> str:
        return in_language(self.titles)


class Annex(models.Model):
    """A paper that belongs to an agreement."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="annexes")
    number = models.PositiveSmallIntegerField(_("number"))
    titles = models.JSONField(_("title"))
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["number"]
        verbose_name_plural = "annexes"
        constraints = [
            models.UniqueConstraint(name="one_annex_a_number", fields=["agreement", "number"])
        ]

    def __str__(self) -> str:
        return f"{self.number}. {in_language(self.titles)}"


class Signatory(models.Model):
    """Who signed for a party, in which capacity, when and where."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="signatories")
    party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=150)
    capacity = models.CharField(_("capacity"), max_length=150, blank=True)
    signed_on = models.DateField(_("signed"), null=True, blank=True)
    signed_at_place = models.CharField(_("place"), max_length=120, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class Obligation(models.Model):
    """A clause that binds a party."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="obligations")
    number = models.CharField(_("clause"), max_length=12)
    party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    texts = models.JSONField(_("text"))

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(name="one_obligation_a_clause", fields=["agreement", "number"])
        ]

    def __str__(self) -> str:
        return f"{self.number} {in_language(self.texts)}"[:120]
