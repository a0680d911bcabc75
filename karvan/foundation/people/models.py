"""Persons, parties, and the roles that say what a person may do where."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from karvan.foundation.files.models import StoredFile
from karvan.foundation.places.models import Country
from karvan.foundation.texts import fold, in_language


class PersonManager(BaseUserManager["Person"]):
    """Makes accounts; a person without an address cannot sign in."""

    def create_user(self, email: str | None, password: str | None = None, **fields: Any) -> Person:
        person = self.model(email=self.normalize_email(email).lower() or None, **fields)
        person.search_key = fold(f"{person.full_name} {' '.join(person.names.values())}")[:400]
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """Somebody: applicant, delegate, trainer, officer. The account is the person.

    Names are kept as written and never split or transliterated: ``full_name`` as in
    the passport, ``names`` by script ({"Arab": …, "Cyrl": …}), ``certificate_name``
    as the person wants it on paper.
    """

    email = models.EmailField(_("e-mail"), unique=True, null=True, blank=True)
    full_name = models.CharField(_("full name"), max_length=150)
    names = models.JSONField(_("names in other scripts"), default=dict, blank=True)
    certificate_name = models.CharField(_("name on certificates"), max_length=150, blank=True)
    call_name = models.CharField(_("how to address you"), max_length=80, blank=True)
    language = models.CharField(_("language"), max_length=8, default="en")
    country = models.ForeignKey(Country, models.PROTECT, null=True, blank=True)
    search_key = models.CharField(max_length=400, blank=True, editable=False)
    is_active = models.BooleanField(_("may sign in"), default=True)
    joined_at = models.DateTimeField(auto_now_add=True)
    erased_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]

    class Meta:
        ordering = ["full_name", "pk"]
        constraints = [
            models.CheckConstraint(
                name="person_email_is_lower_case_or_none",
                condition=Q(email__isnull=True) | Q(email=Lower("email")),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def record_label(self) -> str:
        """What records call this person: they outlive an erasure, so no name."""
        return f"person {self.pk}"

    @property
    def paper_name(self) -> str:
        """The name for certificates: the one the person confirmed, else the full name."""
        return self.certificate_name or self.full_name


class Party(models.Model):
    """An organisation or a state's body: who promises, hosts, pays, nominates."""

    class Kind(models.TextChoices):
        ORGANISATION = "organisation", _("Intergovernmental organisation")
        COMMISSION = "commission", _("National commission")
        MINISTRY = "ministry", _("Ministry")
        UNIVERSITY = "university", _("University")
        INCUBATOR = "incubator", _("Incubator")
        COMPANY = "company", _("Company")
        BANK = "bank", _("Bank")
        ASSOCIATION = "association", _("Association")
        CITY = "city", _("City")

    code = models.SlugField(_("code"), max_length=40, unique=True)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    names = models.JSONField(_("names"))  # {"en": …, "fr": …, "ar": …, "az": …}
    country = models.ForeignKey(Country, models.PROTECT, null=True, blank=True)
    website = models.URLField(_("website"), blank=True)
    logo = models.ForeignKey(StoredFile, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="party_kind_is_known",
                condition=Q(
                    kind__in=[
                        "organisation",
                        "commission",
                        "ministry",
                        "university",
                        "incubator",
                        "company",
                        "bank",
                        "association",
                        "city",
                    ]
                ),
            ),
        ]

    def __str__(self) -> str:
        return in_language(self.names)


class Role(models.Model):
    """What a person may do, and where.

    ``scope`` is a path: "" everything, "TVP" a programme, "TVP/AZ-2021" an edition,
    "TVP/AZ-2021/BC3" an activity. A role reaches its scope and everything below it.
    """

    class Kind(models.TextChoices):
        ADMINISTRATOR = "administrator", _("Administrator")
        OFFICER = "officer", _("Secretariat officer")
        COORDINATOR = "coordinator", _("National coordinator")
        PARTNER = "partner", _("Partner")
        REVIEWER = "reviewer", _("Reviewer")
        TRAINER = "trainer", _("Trainer")
        MENTOR = "mentor", _("Mentor")
        PARTICIPANT = "participant", _("Participant")
        AUDITOR = "auditor", _("Auditor")

    person = models.ForeignKey(Person, models.CASCADE, related_name="roles")
    kind = models.CharField(_("role"), max_length=16, choices=Kind)
    scope = models.CharField(_("scope"), max_length=80, blank=True)
    party = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="roles")
    valid_to = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        ordering = ["person_id", "kind", "scope"]
        constraints = [
            models.UniqueConstraint(
                name="one_role_of_a_kind_in_a_scope",
                fields=["person", "kind", "scope"],
                condition=Q(party__isnull=True),
            ),
            models.UniqueConstraint(
                name="one_role_of_a_kind_in_a_scope_for_a_party",
                fields=["person", "kind", "scope", "party"],
                condition=Q(party__isnull=False),
            ),
            models.CheckConstraint(
                name="role_kind_is_known",
                condition=Q(
                    kind__in=[
                        "administrator",
                        "officer",
                        "coordinator",
                        "partner",
                        "reviewer",
                        "trainer",
                        "mentor",
                        "participant",
                        "auditor",
                    ]
                ),
            ),
            models.CheckConstraint(
                name="partner_role_names_its_party",
                condition=~Q(kind="partner") | Q(party__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.get_kind_display()} · {self.scope or '*'}"

    @property
    def record_label(self) -> str:
        """What records call this role, without its bearer's name."""
        return f"{self.kind} · {self.scope or '*'} · person {self.person_id}"
