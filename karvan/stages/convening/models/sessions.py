"""A session of an organ: who comes, and with which credentials."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from karvan.foundation.files.models import StoredFile
from karvan.foundation.people.models import Party, Person
from karvan.foundation.places.models import Country
from karvan.foundation.texts import in_language
from karvan.stages.agreements.models import Agreement

from .organs import Membership, Organ


class StatutorySession(models.Model):
    """One session of an organ. A date printed in the Hijri calendar is kept as printed."""

    class Kind(models.TextChoices):
        ORDINARY = "ordinary", _("Ordinary")
        EXTRAORDINARY = "extraordinary", _("Extraordinary")

    class State(models.TextChoices):
        PREPARED = "prepared", _("Prepared")
        CONVOKED = "convoked", _("Convoked")
        OPEN = "open", _("Sits")
        CLOSED = "closed", _("Closed")

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="sessions")
    slug = models.SlugField(_("address"), max_length=40, unique=True)  # "gc-12"
    ordinal = models.PositiveSmallIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=14, choices=Kind, default=Kind.ORDINARY)
    titles = models.JSONField(_("title"))
    theme = models.CharField(_("theme"), max_length=300, blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    hijri_printed = models.CharField(_("Hijri date as printed"), max_length=120, blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    country = models.ForeignKey(Country, models.PROTECT, null=True, blank=True, related_name="+")
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    host = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="+")
    host_agreement = models.ForeignKey(
        Agreement, models.PROTECT, null=True, blank=True, related_name="hosted_sessions"
    )
    patronage = models.CharField(_("under the patronage of"), max_length=300, blank=True)
    items_until = models.DateField(_("members propose items until"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PREPARED)
    convoked_at = models.DateTimeField(_("convoked"), null=True, blank=True)
    opened_at = models.DateTimeField(_("opened"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    scope = models.CharField(max_length=80, unique=True)  # "organs/gc/gc-12"

    class Meta:
        ordering = ["-starts_on", "slug"]
        constraints = [
            models.UniqueConstraint(
                name="one_session_of_a_kind_a_number", fields=["organ", "kind", "ordinal"]
            ),
            models.CheckConstraint(
                name="statutory_session_starts_before_it_ends",
                condition=Q(starts_on__lte=F("ends_on")),
                violation_error_message=_("A session must begin before it ends."),
            ),
            models.CheckConstraint(
                name="statutory_session_state_is_known",
                condition=Q(state__in=["prepared", "convoked", "open", "closed"]),
            ),
        ]

    def __str__(self) -> str:
        return in_language(self.titles)


class Delegation(models.Model):
    """Who comes to a session: a member, an observer, a guest, the secretariat."""

    class Capacity(models.TextChoices):
        MEMBER = "member", _("Member")
        OBSERVER = "observer", _("Observer")
        GUEST = "guest", _("Guest")
        SECRETARIAT = "secretariat", _("Secretariat")

    session = models.ForeignKey(StatutorySession, models.CASCADE, related_name="delegations")
    membership = models.ForeignKey(
        Membership, models.PROTECT, null=True, blank=True, related_name="delegations"
    )
    names = models.JSONField(_("name"))  # the member's, or the organisation's
    capacity = models.CharField(_("capacity"), max_length=12, choices=Capacity)
    registered_at = models.DateTimeField(_("registered"), null=True, blank=True)

    class Meta:
        ordering = ["session_id", "capacity", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_member_sends_one_delegation",
                fields=["session", "membership"],
                condition=Q(membership__isnull=False),
            ),
            models.CheckConstraint(
                name="member_delegation_names_its_member",
                condition=~Q(capacity="member") | Q(membership__isnull=False),
            ),
            models.CheckConstraint(
                name="delegation_capacity_is_known",
                condition=Q(capacity__in=["member", "observer", "guest", "secretariat"]),
            ),
        ]

    def __str__(self) -> str:
        return in_language(self.names)

    @property
    def scope(self) -> str:
        return self.session.scope


class SessionDelegate(models.Model):
    """A person in a delegation. With an account (``person``) it may act for the delegation."""

    class Rank(models.TextChoices):
        HEAD = "head", _("Head of delegation")
        ALTERNATE = "alternate", _("Alternate")
        MEMBER = "member", _("Member")
        ADVISER = "adviser", _("Adviser")

    delegation = models.ForeignKey(Delegation, models.CASCADE, related_name="delegates")
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="sessions_attended"
    )
    name = models.CharField(_("name"), max_length=150)
    title = models.CharField(_("title"), max_length=150, blank=True)
    rank = models.CharField(_("rank"), max_length=10, choices=Rank, default=Rank.MEMBER)

    class Meta:
        ordering = ["delegation_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_head_of_a_delegation", fields=["delegation"], condition=Q(rank="head")
            ),
            models.CheckConstraint(
                name="session_delegate_rank_is_known",
                condition=Q(rank__in=["head", "alternate", "member", "adviser"]),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def scope(self) -> str:
        return self.delegation.session.scope


class DelegationCredential(models.Model):
    """The paper by which a state says who acts for it, and what the committee found."""

    class Form(models.TextChoices):
        ORIGINAL = "original", _("Original")
        COPY = "copy", _("Copy")
        NOTE = "note", _("Note verbale")

    class State(models.TextChoices):
        SUBMITTED = "submitted", _("Submitted")
        PROVISIONAL = "provisional", _("Accepted provisionally")
        ACCEPTED = "accepted", _("Accepted")
        REFUSED = "refused", _("Refused")

    delegation = models.OneToOneField(Delegation, models.CASCADE, related_name="credential")
    issuer = models.CharField(_("issued by"), max_length=200)
    received_on = models.DateField(_("received"))
    form = models.CharField(_("form"), max_length=10, choices=Form)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.SUBMITTED)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="refused_credential_says_why",
                condition=~Q(state="refused") | ~Q(reason=""),
                violation_error_message=_("Say why the credentials are refused."),
            ),
            models.CheckConstraint(
                name="delegation_credential_state_is_known",
                condition=Q(state__in=["submitted", "provisional", "accepted", "refused"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.issuer} {self.state}"

    @property
    def scope(self) -> str:
        return self.delegation.session.scope


class CredentialsReport(models.Model):
    """A report of the credentials committee: how things stood, as it was read out."""

    session = models.ForeignKey(
        StatutorySession, models.CASCADE, related_name="credentials_reports"
    )
    number = models.PositiveSmallIntegerField(_("number"))
    found = models.JSONField(default=dict)  # state → names of delegations, and those without
    note = models.TextField(_("note"), blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["session_id", "number"]
        constraints = [
            models.UniqueConstraint(
                name="one_credentials_report_a_number", fields=["session", "number"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.session} {self.number}"

    @property
    def scope(self) -> str:
        return self.session.scope
