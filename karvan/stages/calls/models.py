"""What a call and an application are, and what the database will not let them be."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from karvan.foundation.files.models import StoredFile
from karvan.foundation.people.models import Party, Person
from karvan.stages.editions.models import Activity


class Call(models.Model):
    """An invitation to apply for one activity, open for a stated time.

    ``advertised_deadline`` is what people read; ``closes_at`` is when the door shuts.
    ``form`` is the form as it stood when the call opened.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        CANCELLED = "cancelled", _("Cancelled")

    activity = models.OneToOneField(Activity, models.PROTECT, related_name="call")
    slug = models.SlugField(_("address"), max_length=60, unique=True)
    titles = models.JSONField(_("title"))
    texts = models.JSONField(_("text"), default=dict)
    form = models.JSONField(default=dict)
    form_sha256 = models.CharField(max_length=64, blank=True)
    languages = models.JSONField(_("languages"), default=list)
    opens_at = models.DateTimeField(_("opens"))
    advertised_deadline = models.DateTimeField(_("deadline"))
    closes_at = models.DateTimeField(_("closes"))
    places = models.PositiveSmallIntegerField(_("places"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)

    class Meta:
        ordering = ["-opens_at"]
        constraints = [
            models.CheckConstraint(
                name="call_opens_before_its_deadline",
                condition=Q(opens_at__lt=F("advertised_deadline")),
                violation_error_message=_("A call must open before its deadline."),
            ),
            models.CheckConstraint(
                name="call_closes_at_its_deadline_or_later",
                condition=Q(advertised_deadline__lte=F("closes_at")),
                violation_error_message=_(
                    "A call cannot close before the deadline that people read."
                ),
            ),
            models.CheckConstraint(name="call_has_a_place", condition=Q(places__gte=1)),
            models.CheckConstraint(
                name="call_state_is_known",
                condition=Q(state__in=["draft", "published", "cancelled"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity}"

    @property
    def scope(self) -> str:
        return self.activity.scope

    def is_open(self, at: datetime) -> bool:
        """True between opening and the hard deadline."""
        return self.state == "published" and self.opens_at <= at < self.closes_at


class Extension(models.Model):
    """A personal later deadline, opened by a code that one application can use."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="extensions")
    code = models.CharField(_("code"), max_length=12, unique=True)
    until = models.DateTimeField(_("until"))
    reason = models.CharField(_("reason"), max_length=300)

    class Meta:
        ordering = ["call_id", "until", "pk"]

    def __str__(self) -> str:
        return self.code


class ImportBatch(models.Model):
    """A spreadsheet of applications that was previewed and then taken in, or not."""

    class State(models.TextChoices):
        PREVIEWED = "previewed", _("Previewed")
        IMPORTED = "imported", _("Imported")

    call = models.ForeignKey(Call, models.PROTECT, related_name="imports")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    mapping = models.JSONField(default=dict)  # question key → column
    report = models.JSONField(default=dict)  # line by line
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PREVIEWED)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.file}"

    @property
    def record_label(self) -> str:
        """What records call it: a file's name may hold a person's."""
        return f"table {self.pk}"

    @property
    def scope(self) -> str:
        return self.call.scope


class Application(models.Model):
    """One person's, or one team's, answer to a call.

    A draft belongs to whoever holds its ``token`` (a link, a cookie); no account is
    needed. ``attributes`` are what quotas and disaggregation count, taken from the
    answers; a missing one is not known, never guessed.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Submitted")
        INELIGIBLE = "ineligible", _("Not eligible")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    call = models.ForeignKey(Call, models.PROTECT, related_name="applications")
    token = models.CharField(max_length=43, unique=True)  # 256 random bits, URL-safe
    number = models.CharField(_("number"), max_length=16, unique=True, null=True)  # "KV-7Q2M-19"
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="applications")
    email = models.EmailField(_("e-mail"), blank=True)
    full_name = models.CharField(_("full name"), max_length=150, blank=True)
    search_key = models.CharField(max_length=400, blank=True)
    # Under these keys one person who applied twice meets; "" where it is not known.
    identity_key = models.CharField(max_length=200, blank=True)  # folded name and birth date
    phone_key = models.CharField(max_length=20, blank=True)  # the last digits
    language = models.CharField(_("language"), max_length=8, default="en")
    answers = models.JSONField(default=dict)
    attributes = models.JSONField(default=dict)
    team_name = models.CharField(_("team"), max_length=120, blank=True)
    team_size = models.PositiveSmallIntegerField(_("members"), default=1)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.DRAFT)
    refusals = models.JSONField(_("why not eligible"), default=list)
    content_hash = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    submitted_at = models.DateTimeField(_("submitted"), null=True)
    withdrawn_at = models.DateTimeField(null=True)
    imported_in = models.ForeignKey(
        ImportBatch, models.PROTECT, null=True, related_name="applications"
    )
    extension = models.OneToOneField(
        Extension, models.PROTECT, null=True, related_name="application"
    )

    class Meta:
        ordering = ["-submitted_at", "-pk"]
        indexes = [
            models.Index(
                name="application_by_state", fields=["call", "state", "-submitted_at", "-id"]
            ),
            models.Index(name="application_by_email", fields=["call", "email"]),
            models.Index(name="application_by_search_key", fields=["call", "search_key"]),
            models.Index(name="application_by_identity", fields=["call", "identity_key"]),
            models.Index(name="application_by_phone", fields=["call", "phone_key"]),
        ]
        constraints = [
            models.CheckConstraint(
                name="application_state_is_known",
                condition=Q(state__in=["draft", "submitted", "ineligible", "withdrawn"]),
            ),
            models.CheckConstraint(
                name="submitted_application_has_receipt",
                condition=~Q(state__in=["submitted", "ineligible"])
                | (Q(submitted_at__isnull=False, number__isnull=False) & ~Q(content_hash="")),
            ),
            models.UniqueConstraint(
                name="one_sent_application_an_address",
                fields=["call", "email"],
                condition=Q(state__in=["submitted", "ineligible"]) & ~Q(email=""),
                violation_error_message=_(
                    "An application with this e-mail address was already sent."
                ),
            ),
            models.CheckConstraint(name="team_has_a_member", condition=Q(team_size__gte=1)),
        ]

    def __str__(self) -> str:
        return self.number or f"draft {self.pk}"

    @property
    def scope(self) -> str:
        return self.call.activity.scope

    @property
    def is_sent(self) -> bool:
        """True once there is a receipt and it was not withdrawn."""
        return self.state in ("submitted", "ineligible")

    @property
    def door_shuts_at(self) -> datetime:
        """The hard deadline of this one: the call's, or a personal later one."""
        own = self.extension.until if self.extension else self.call.closes_at
        return max(own, self.call.closes_at)

    def may_be_sent(self, at: datetime) -> bool:
        """True while the call, or the personal extension, takes this draft."""
        return self.call.state == "published" and self.call.opens_at <= at < self.door_shuts_at


class TeamMember(models.Model):
    """A further member of a team that applied together."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="members")
    name = models.CharField(_("name"), max_length=150)
    email = models.EmailField(_("e-mail"), blank=True)
    attributes = models.JSONField(default=dict)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class ApplicationFile(models.Model):
    """A file given in answer to a question."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="files")
    question = models.CharField(max_length=60)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_file_a_question", fields=["application", "question"])
        ]

    def __str__(self) -> str:
        return f"{self.question}: {self.file}"


class Nomination(models.Model):
    """A partner puts a person forward for one of its reserved places."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        APPLIED = "applied", _("Applied")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    call = models.ForeignKey(Call, models.PROTECT, related_name="nominations")
    party = models.ForeignKey(Party, models.PROTECT, related_name="nominations")
    name = models.CharField(_("name"), max_length=150)
    email = models.EmailField(_("e-mail"))
    note = models.CharField(_("note"), max_length=300, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PROPOSED)
    application = models.ForeignKey(
        Application, models.PROTECT, null=True, related_name="nominations"
    )
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(
                name="a_party_nominates_an_address_once",
                fields=["call", "party", "email"],
                violation_error_message=_("This person was already nominated."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def record_label(self) -> str:
        """What records call it: they outlive an erasure, so no name."""
        return f"nomination {self.pk}"

    @property
    def scope(self) -> str:
        return self.call.scope
