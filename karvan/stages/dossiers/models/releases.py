"""Frozen versions of a dossier, who contributed, and who built it again."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from karvan.foundation.files.models import StoredFile
from karvan.foundation.people.models import Person
from karvan.foundation.places.models import Country

from .dossiers import Dossier
from .parts_of_all import Kept


class DossierVersion(Kept):
    """A release: everything as it stood, with its hash. Never changed once written.

    ``snapshot`` is the whole dossier as plain data (see ``services/snapshots.py``);
    ``sha256`` the hash of its canonical JSON; manifests are texts.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="versions")
    number = models.CharField(_("version"), max_length=40)  # semantic: "1.0.0"
    snapshot = models.JSONField()
    sha256 = models.CharField(_("hash"), max_length=64)
    changelog = models.TextField(_("what changed"))
    licence_hardware = models.CharField(_("licence of the hardware"), max_length=80)
    licence_documentation = models.CharField(_("licence of the documents"), max_length=80)
    licence_software = models.CharField(_("licence of the software"), max_length=80, blank=True)
    manifest_okh = models.TextField(blank=True)  # Open Know-How v1, YAML
    manifest_losh = models.TextField(blank=True)  # OKH-LOSH v1.0, TOML
    doi = models.CharField(_("DOI"), max_length=120, blank=True)
    score = models.PositiveSmallIntegerField(_("completeness"))  # 0 to 100
    code = models.CharField(_("public code"), max_length=16, unique=True)  # in its address
    released_at = models.DateTimeField(_("released"))
    released_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    superseded_at = models.DateTimeField(_("superseded"), null=True, blank=True)

    class Meta:
        ordering = ["dossier_id", "-released_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_dossier_version_a_number", fields=["dossier", "number"]
            ),
            models.UniqueConstraint(
                name="one_dossier_version_in_force",
                fields=["dossier"],
                condition=Q(superseded_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier} {self.number}"

    @property
    def scope(self) -> str:
        return self.dossier.activity.scope


class Contribution(models.Model):
    """What a person did for a dossier, by the roles of CRediT."""

    class Role(models.TextChoices):
        CONCEPTUALISATION = "conceptualisation", _("Conceptualisation")
        HARDWARE = "hardware", _("Hardware")
        SOFTWARE = "software", _("Software")
        INVESTIGATION = "investigation", _("Investigation")
        VALIDATION = "validation", _("Validation")
        WRITING = "writing", _("Writing")
        VISUALISATION = "visualisation", _("Visualisation")
        SUPERVISION = "supervision", _("Supervision")

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="contributions")
    person = models.ForeignKey(Person, models.PROTECT, related_name="dossier_contributions")
    role = models.CharField(_("role"), max_length=20, choices=Role)
    since = models.CharField(_("since version"), max_length=40, blank=True)

    class Meta:
        ordering = ["dossier_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_contribution_once", fields=["dossier", "person", "role"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.role}"


class Rebuild(Kept):
    """Somebody else built it from the release: said by them, confirmed by who runs the workshop."""

    version = models.ForeignKey(DossierVersion, models.PROTECT, related_name="rebuilds")
    country = models.ForeignKey(Country, models.PROTECT, related_name="+")
    built_by = models.CharField(_("built by"), max_length=150)
    built_on = models.DateField(_("built on"))
    found = models.TextField(_("what they found"), blank=True)
    evidence = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["version_id", "built_on"]

    def __str__(self) -> str:
        return self.built_by
