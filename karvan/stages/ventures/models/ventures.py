"""Teams, what they start, what they prove, and what becomes of it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from karvan.foundation.files.models import StoredFile
from karvan.foundation.people.models import Person
from karvan.foundation.texts import in_language
from karvan.stages.blueprints.models import Programme
from karvan.stages.delivery.models import Enrolment
from karvan.stages.editions.models import Activity, Edition


class Team(models.Model):
    """Participants who work together in an edition."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="teams")
    code = models.CharField(_("code"), max_length=12)
    name = models.CharField(_("name"), max_length=120)
    admitted_to = models.ForeignKey(  # the course its jury admitted it to
        Activity, models.PROTECT, null=True, blank=True, related_name="admitted_teams"
    )

    class Meta:
        ordering = ["edition_id", "code"]
        constraints = [models.UniqueConstraint(name="one_team_a_code", fields=["edition", "code"])]

    def __str__(self) -> str:
        return self.name

    @property
    def scope(self) -> str:
        return self.edition.scope


class Membership(models.Model):
    """A participant in a team, with a role in it."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="memberships")
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="memberships")
    role = models.CharField(_("role"), max_length=80, blank=True)
    left_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="a_member_once", fields=["team", "enrolment"])]

    def __str__(self) -> str:
        return str(self.enrolment)


class Venture(models.Model):
    """The project or firm that grows from a team."""

    team = models.OneToOneField(Team, models.PROTECT, related_name="venture")
    name = models.CharField(_("name"), max_length=120)
    sector = models.CharField(_("sector"), max_length=60, blank=True)
    summary = models.TextField(_("summary"), blank=True)
    is_public = models.BooleanField(_("shown publicly"), default=False)
    follow_up_agreed = models.BooleanField(_("agreed to be asked later"), default=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def scope(self) -> str:
        return self.team.edition.scope


class Milestone(models.Model):
    """A step of a venture: claimed with evidence, verified by somebody outside the team."""

    class State(models.TextChoices):
        CLAIMED = "claimed", _("Claimed")
        VERIFIED = "verified", _("Verified")
        RETURNED = "returned", _("Returned")
        EXPIRED = "expired", _("Expired")

    venture = models.ForeignKey(Venture, models.PROTECT, related_name="milestones")
    code = models.CharField(_("milestone"), max_length=6)  # M0 … M6, as in the blueprint
    number = models.PositiveSmallIntegerField(_("try"), default=1)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.CLAIMED)
    fact_on = models.DateField(_("when it happened"))
    claimed_at = models.DateTimeField(_("claimed"))
    claimed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    evidence = models.TextField(_("evidence"))
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    details = models.JSONField(default=dict)  # counts, amount, currency, kind, registry number
    verified_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    verified_at = models.DateTimeField(null=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        ordering = ["venture_id", "code", "number"]
        constraints = [
            models.UniqueConstraint(name="one_claim_a_try", fields=["venture", "code", "number"]),
            models.UniqueConstraint(
                name="a_milestone_is_verified_once",
                fields=["venture", "code"],
                condition=Q(state="verified"),
            ),
            models.CheckConstraint(
                name="verified_milestone_says_by_whom",
                condition=~Q(state="verified")
                | Q(verified_by__isnull=False, verified_at__isnull=False),
            ),
            models.CheckConstraint(
                name="nobody_verifies_what_they_claimed",
                condition=Q(verified_by__isnull=True) | ~Q(verified_by=F("claimed_by")),
            ),
            models.CheckConstraint(
                name="returned_milestone_says_why", condition=~Q(state="returned") | ~Q(note="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.venture} {self.code}"

    @property
    def scope(self) -> str:
        return self.venture.team.edition.scope


class Jury(models.Model):
    """Those who judge pitches: the boot camp's admission, the demo day, the common final."""

    class Kind(models.TextChoices):
        ADMISSION = "admission", _("Admission to the course")
        DEMO_DAY = "demo_day", _("Demo day")
        FINAL = "final", _("Common final")

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    activity = models.ForeignKey(Activity, models.PROTECT, null=True, related_name="juries")
    final = models.ForeignKey("Final", models.PROTECT, null=True, related_name="juries")
    titles = models.JSONField(_("title"))
    rubric = models.JSONField(default=dict)
    places = models.PositiveSmallIntegerField(_("places"))
    members = models.ManyToManyField(Person, related_name="juries")
    held_on = models.DateField(_("on"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.OPEN)

    class Meta:
        verbose_name_plural = "juries"
        constraints = [
            models.CheckConstraint(
                name="jury_sits_for_an_activity_or_a_final",
                condition=Q(activity__isnull=False, final__isnull=True)
                | Q(activity__isnull=True, final__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return in_language(self.titles)

    @property
    def scope(self) -> str:
        return self.activity.scope if self.activity else self.final.scope if self.final else ""


class JuryMark(models.Model):
    """One juror's marks for one venture; ``total`` in hundredths of a point of 100."""

    jury = models.ForeignKey(Jury, models.PROTECT, related_name="marks")
    juror = models.ForeignKey(Person, models.PROTECT, related_name="+")
    venture = models.ForeignKey(Venture, models.PROTECT, related_name="jury_marks")
    marks = models.JSONField(default=dict)
    total = models.PositiveIntegerField(_("total"))
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_juror_marks_a_venture_once", fields=["jury", "juror", "venture"]
            ),
            models.CheckConstraint(
                name="jury_total_is_at_most_100_points", condition=Q(total__lte=10_000)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.venture}: {self.total}"


class Final(models.Model):
    """The common final of a programme, where the best of each country meet."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="finals")
    code = models.SlugField(_("code"), max_length=40, unique=True)
    titles = models.JSONField(_("title"))
    place = models.CharField(_("place"), max_length=120)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    teams_a_country = models.PositiveSmallIntegerField(_("teams a country"), default=3)

    class Meta:
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(
                name="final_starts_before_it_ends", condition=Q(starts_on__lte=F("ends_on"))
            )
        ]

    def __str__(self) -> str:
        return in_language(self.titles)

    @property
    def scope(self) -> str:
        return self.programme.code


class FinalEntry(models.Model):
    """A venture sent to the common final by its country, and how it fared."""

    final = models.ForeignKey(Final, models.PROTECT, related_name="entries")
    venture = models.OneToOneField(Venture, models.PROTECT, related_name="final_entry")
    national_rank = models.PositiveSmallIntegerField(_("national rank"))
    final_rank = models.PositiveSmallIntegerField(_("rank"), null=True, blank=True)
    is_winner = models.BooleanField(_("winner"), default=False)

    class Meta:
        ordering = ["final_id", "final_rank", "pk"]
        verbose_name_plural = "final entries"

    def __str__(self) -> str:
        return str(self.venture)


class FollowUp(models.Model):
    """A question asked 3, 6, 12 or 24 months later. Silence is unknown, never closed."""

    class State(models.TextChoices):
        DUE = "due", _("Due")
        ASKED = "asked", _("Asked")
        ANSWERED = "answered", _("Answered")
        SILENT = "silent", _("No answer")

    venture = models.ForeignKey(Venture, models.PROTECT, related_name="follow_ups")
    months = models.PositiveSmallIntegerField(_("months after"))
    due_on = models.DateField(_("due"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DUE)
    token = models.CharField(max_length=43, unique=True)
    asked_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    had_revenue = models.BooleanField(_("revenue in the last 90 days"), null=True)
    pays_staff = models.BooleanField(_("staff paid"), null=True)
    served_users = models.BooleanField(_("users served in the last 30 days"), null=True)
    is_registered = models.BooleanField(_("registered"), null=True)
    paid_jobs = models.PositiveSmallIntegerField(_("paid jobs"), null=True)
    paid_jobs_women = models.PositiveSmallIntegerField(_("of them women"), null=True)
    comment = models.TextField(_("comment"), blank=True)

    class Meta:
        ordering = ["venture_id", "months"]
        constraints = [
            models.UniqueConstraint(name="one_follow_up_a_month", fields=["venture", "months"]),
            models.CheckConstraint(
                name="follow_up_months_are_known", condition=Q(months__in=[3, 6, 12, 24])
            ),
            models.CheckConstraint(
                name="answered_follow_up_says_when",
                condition=~Q(state="answered") | Q(answered_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.venture} +{self.months}"

    @property
    def scope(self) -> str:
        return self.venture.team.edition.scope

    @property
    def is_active(self) -> bool | None:
        """Active by any of its signs; None while nobody has answered."""
        if self.state != self.State.ANSWERED:
            return None
        return bool(self.had_revenue or self.pays_staff or self.served_users or self.is_registered)
