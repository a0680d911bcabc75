"""Bodies that sit: their members, and the rules by which they sit, vote and number as data."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from karvan.foundation.people.models import Party
from karvan.foundation.places.models import Country
from karvan.foundation.texts import in_language


class Base(models.TextChoices):
    """What a quorum or a majority is counted on."""

    MEMBERS = "members", _("all members")
    NOT_SUSPENDED = "not_suspended", _("members not suspended")
    ACCREDITED = "accredited", _("delegations whose credentials are accepted")


class Majority(models.TextChoices):
    """What a decision needs."""

    CONSENSUS = "consensus", _("consensus")
    SIMPLE = "simple", _("more for than against")
    TWO_THIRDS = "two_thirds", _("two thirds of those present and voting")
    THREE_QUARTERS = "three_quarters", _("three quarters of those present and voting")
    ABSOLUTE = "absolute", _("more than half of the base")
    UNANIMOUS = "unanimous", _("unanimity of those present and voting")


class Organ(models.Model):
    """A body: a conference, a council, a conference of ministers.

    ``symbol_pattern`` and ``number_pattern`` are patterns of document symbols and resolution
    numbers: "{organ} {session}/{year}/{item}{rev}{status}"; the parts a pattern may name are in
    ``symbols.py``. ``majorities`` says which majority each kind of question needs:
    {"default": "simple", "charter": "two_thirds", "budget": …}.
    """

    code = models.SlugField(_("code"), max_length=20, unique=True)  # "gc", also in addresses
    names = models.JSONField(_("name"))
    abbreviation = models.CharField(_("as in symbols"), max_length=20)  # "GC", "CE", "EX"
    party = models.ForeignKey(  # the organisation whose body it is
        Party, models.PROTECT, null=True, blank=True, related_name="organs"
    )
    symbol_pattern = models.CharField(_("pattern of symbols"), max_length=120)
    number_pattern = models.CharField(_("pattern of resolution numbers"), max_length=120)
    working_languages = models.JSONField(_("working languages"), default=list)
    official_languages = models.JSONField(_("official languages"), default=list)
    quorum_numerator = models.PositiveSmallIntegerField(_("quorum, part"), default=1)
    quorum_denominator = models.PositiveSmallIntegerField(_("quorum, of"), default=2)
    quorum_is_more_than = models.BooleanField(_("more than that share"), default=True)
    quorum_base = models.CharField(
        _("quorum counted on"), max_length=16, choices=Base, default=Base.MEMBERS
    )
    majorities = models.JSONField(_("majorities"), default=dict)
    abstention_is_voting = models.BooleanField(_("who abstains is voting"), default=False)
    documents_days = models.PositiveSmallIntegerField(_("papers due, days before"), default=42)
    convocation_days = models.PositiveSmallIntegerField(_("convocation, days before"), default=60)
    seats = models.PositiveSmallIntegerField(_("seats"), null=True, blank=True)
    rules_source = models.CharField(_("where its rules stand"), max_length=300, blank=True)
    scope = models.CharField(max_length=80, unique=True)  # "organs/gc"

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="organ_quorum_is_a_share",
                condition=Q(quorum_denominator__gt=0)
                & Q(quorum_numerator__lte=F("quorum_denominator")),
                violation_error_message=_("A quorum is a part of the whole, such as 1 of 2."),
            ),
            models.CheckConstraint(
                name="organ_quorum_base_is_known",
                condition=Q(quorum_base__in=["members", "not_suspended", "accredited"]),
            ),
        ]

    def __str__(self) -> str:
        return in_language(self.names)


class Membership(models.Model):
    """A member of an organ: mostly a state, sometimes one that no longer bears that name.

    ``code`` is the state's two letters where it has a row in ``places``, else what the roll
    calls it ("YU", "DD"). A state that was renamed or succeeded names the membership after it.
    """

    class Status(models.TextChoices):
        MEMBER = "member", _("Member")
        SUSPENDED = "suspended", _("Suspended")
        OBSERVER = "observer", _("Observer")
        ASSOCIATE = "associate", _("Associate member")

    organ = models.ForeignKey(Organ, models.CASCADE, related_name="memberships")
    code = models.CharField(_("code"), max_length=12)
    names = models.JSONField(_("name"))
    country = models.ForeignKey(Country, models.PROTECT, null=True, blank=True, related_name="+")
    party = models.ForeignKey(  # who speaks for the member between sessions
        Party, models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.MEMBER)
    status_reason = models.CharField(_("why"), max_length=300, blank=True)
    starts_on = models.DateField(_("since"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    succeeded_by = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="predecessors"
    )

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(name="a_member_of_an_organ_once", fields=["organ", "code"]),
            models.CheckConstraint(
                name="membership_status_is_known",
                condition=Q(status__in=["member", "suspended", "observer", "associate"]),
            ),
            models.CheckConstraint(
                name="membership_ends_after_it_begins",
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(starts_on__lte=F("ends_on")),
            ),
        ]

    def __str__(self) -> str:
        return in_language(self.names)
