"""A programme, and the numbered, immutable versions of its design."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from karvan.foundation.people.models import Party, Person
from karvan.foundation.texts import in_language
from karvan.stages.agreements.models import Commitment


class Programme(models.Model):
    """What is run in many countries; its code is the first part of every scope below it."""

    code = models.CharField(_("code"), max_length=12, unique=True)
    titles = models.JSONField(_("title"))
    summaries = models.JSONField(_("summary"), default=dict)
    owner = models.ForeignKey(Party, models.PROTECT, related_name="programmes")
    currency = models.CharField(_("currency"), max_length=3, default="USD")  # sums of all editions
    commitments = models.ManyToManyField(Commitment, related_name="programmes", blank=True)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="programme_code_is_capitals", condition=Q(code__regex=r"^[A-Z][A-Z0-9]*$")
            ),
            models.CheckConstraint(
                name="programme_currency_is_three_capitals",
                condition=Q(currency__regex=r"^[A-Z]{3}$"),
            ),
        ]

    def __str__(self) -> str:
        return in_language(self.titles)

    @property
    def scope(self) -> str:
        return self.code


class Blueprint(models.Model):
    """One version of a programme's design. Once published, neither text nor number changes."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="blueprints")
    number = models.PositiveSmallIntegerField(_("version"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    source = models.BinaryField()  # the YAML exactly as it came, byte for byte
    sha256 = models.CharField(max_length=64)
    data = models.JSONField()  # the parsed document
    note = models.TextField(_("what changed"), blank=True)
    imported_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    imported_at = models.DateTimeField()
    published_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)
    signed_name = models.CharField(
        _("signed"), max_length=150, blank=True
    )  # as the person typed it

    class Meta:
        ordering = ["programme_id", "-number"]
        constraints = [
            models.UniqueConstraint(name="one_blueprint_a_number", fields=["programme", "number"]),
            models.UniqueConstraint(
                name="one_draft_a_programme", fields=["programme"], condition=Q(state="draft")
            ),
            models.CheckConstraint(
                name="published_blueprint_says_when",
                condition=Q(state="draft") | Q(published_at__isnull=False),
            ),
            models.CheckConstraint(
                name="blueprint_state_is_known", condition=Q(state__in=["draft", "published"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme.code} v{self.number}"

    @property
    def scope(self) -> str:
        return self.programme.code


class Revision(models.Model):
    """A draft as one person saved it. Whoever saves next says which revision he or she began from.

    One that contradicts what another saved meanwhile is set aside: it is kept, is not what the
    draft says, and is settled by a later revision that began from it.
    """

    blueprint = models.ForeignKey(Blueprint, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField(_("revision"))
    source = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    data = models.JSONField()
    note = models.TextField(_("what changed and why"), blank=True)
    began_from = models.PositiveIntegerField(_("began from revision"), null=True)
    is_set_aside = models.BooleanField(_("set aside"), default=False)
    saved_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["blueprint_id", "-number"]
        constraints = [
            models.UniqueConstraint(name="one_revision_a_number", fields=["blueprint", "number"]),
            models.CheckConstraint(
                name="revision_began_from_an_earlier_one",
                condition=Q(began_from__isnull=True) | Q(began_from__lt=models.F("number")),
            ),
            models.CheckConstraint(
                name="set_aside_revision_says_where_it_began",
                condition=Q(is_set_aside=False) | Q(began_from__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.blueprint} · {self.number}"

    @property
    def scope(self) -> str:
        return self.blueprint.programme.code


class ChangeNote(models.Model):
    """Why one part of a version differs from the version before it."""

    blueprint = models.ForeignKey(Blueprint, models.CASCADE, related_name="change_notes")
    path = models.CharField(_("part"), max_length=200)
    note = models.TextField(_("why"))
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["blueprint_id", "pk"]
        constraints = [
            models.UniqueConstraint(name="one_change_note_a_part", fields=["blueprint", "path"]),
            models.CheckConstraint(name="change_note_says_something", condition=~Q(note="")),
        ]

    def __str__(self) -> str:
        return self.path


class CorePart(models.Model):
    """What no edition may change of a version, written down so that the database refuses it.

    The longest path that is, or lies above, a departure's own decides: closed refuses it; and a
    departure on a part that holds a closed one is refused too. Filled when a version is
    published, from its locks: indicators, weights of rubrics, awards.
    """

    blueprint = models.ForeignKey(Blueprint, models.CASCADE, related_name="core_parts")
    path = models.CharField(max_length=200)
    is_open = models.BooleanField(default=False)

    class Meta:
        ordering = ["blueprint_id", "path"]
        constraints = [
            models.UniqueConstraint(name="one_core_part_a_path", fields=["blueprint", "path"])
        ]

    def __str__(self) -> str:
        return self.path
