"""What happens in the hall: sittings, the roll, motions, votes, and what was decided."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from karvan.foundation.files.models import StoredFile
from karvan.foundation.people.models import Party, Person
from karvan.foundation.texts import in_language
from karvan.stages.agreements.models import Commitment

from .organs import Majority, Membership, Organ
from .papers import AgendaItem
from .sessions import Delegation, SessionDelegate, StatutorySession


class Sitting(models.Model):
    """A timed part of a session; who is in the hall follows from its roll."""

    session = models.ForeignKey(StatutorySession, models.CASCADE, related_name="sittings")
    number = models.PositiveSmallIntegerField(_("number"))
    titles = models.JSONField(_("title"), default=dict, blank=True)
    planned_start = models.DateTimeField(_("planned from"))
    planned_end = models.DateTimeField(_("planned until"))
    opened_at = models.DateTimeField(_("opened"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    chair = models.ForeignKey(
        SessionDelegate, models.SET_NULL, null=True, blank=True, related_name="chaired"
    )
    rapporteur = models.ForeignKey(
        SessionDelegate, models.SET_NULL, null=True, blank=True, related_name="reported"
    )
    items = models.ManyToManyField(AgendaItem, blank=True, related_name="sittings")
    notes = models.TextField(_("notes"), blank=True)

    class Meta:
        ordering = ["session_id", "number"]
        constraints = [
            models.UniqueConstraint(name="one_sitting_a_number", fields=["session", "number"])
        ]

    def __str__(self) -> str:
        return f"{self.session} {self.number}"

    @property
    def scope(self) -> str:
        return self.session.scope


class RollMark(models.Model):
    """A delegation came into the hall or left it; the last mark before a moment counts then."""

    sitting = models.ForeignKey(Sitting, models.CASCADE, related_name="roll")
    delegation = models.ForeignKey(Delegation, models.CASCADE, related_name="roll")
    is_present = models.BooleanField(_("in the hall"))
    at = models.DateTimeField(_("at"))
    marked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["sitting_id", "at", "pk"]

    def __str__(self) -> str:
        return f"{self.delegation_id} {self.is_present}"


class Motion(models.Model):
    """Something put to the hall: a draft resolution, decision or recommendation, an amendment
    to one, or a question of procedure."""

    class Kind(models.TextChoices):
        RESOLUTION = "resolution", _("Draft resolution")
        DECISION = "decision", _("Draft decision")
        RECOMMENDATION = "recommendation", _("Draft recommendation")
        AMENDMENT = "amendment", _("Amendment")
        PROCEDURE = "procedure", _("Motion of procedure")

    class State(models.TextChoices):
        SUBMITTED = "submitted", _("Submitted")
        INTRODUCED = "introduced", _("Introduced")
        ADOPTED = "adopted", pgettext_lazy("vote", "Adopted")
        REJECTED = "rejected", pgettext_lazy("vote", "Rejected")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        DEFERRED = "deferred", _("Deferred")

    session = models.ForeignKey(StatutorySession, models.CASCADE, related_name="motions")
    item = models.ForeignKey(
        AgendaItem, models.PROTECT, null=True, blank=True, related_name="motions"
    )
    symbol = models.CharField(_("symbol"), max_length=80)
    kind = models.CharField(_("kind"), max_length=14, choices=Kind)
    titles = models.JSONField(_("title"))
    sponsors = models.ManyToManyField(Delegation, blank=True, related_name="sponsored")
    co_sponsors = models.ManyToManyField(Delegation, blank=True, related_name="co_sponsored")
    amends = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="amendments"
    )
    # An amendment: which paragraph, "replace", "add_after" or "delete".
    amended_number = models.CharField(_("paragraph"), max_length=12, blank=True)
    amendment_act = models.CharField(_("what it does"), max_length=10, blank=True)
    # An amendment: its place among those to the same text, the furthest from it first.
    voting_order = models.PositiveSmallIntegerField(_("order"), default=0)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.SUBMITTED)
    state_reason = models.CharField(_("reason"), max_length=300, blank=True)
    submitted_at = models.DateTimeField()
    submitted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["session_id", "symbol"]
        constraints = [
            models.UniqueConstraint(name="one_motion_a_symbol", fields=["session", "symbol"]),
            models.CheckConstraint(
                name="an_amendment_amends_something",
                condition=Q(kind="amendment", amends__isnull=False)
                | Q(~Q(kind="amendment"), amends__isnull=True),
            ),
            models.CheckConstraint(
                name="motion_kind_is_known",
                condition=Q(
                    kind__in=["resolution", "decision", "recommendation", "amendment", "procedure"]
                ),
            ),
            models.CheckConstraint(
                name="motion_state_is_known",
                condition=Q(
                    state__in=[
                        "submitted",
                        "introduced",
                        "adopted",
                        "rejected",
                        "withdrawn",
                        "deferred",
                    ]
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.symbol} {in_language(self.titles)}"

    @property
    def scope(self) -> str:
        return self.session.scope


class MotionParagraph(models.Model):
    """A paragraph of a motion: preambular ones have letters, operative ones numbers."""

    motion = models.ForeignKey(Motion, models.CASCADE, related_name="paragraphs")
    is_operative = models.BooleanField(_("operative"))
    number = models.CharField(_("number"), max_length=12)
    position = models.PositiveSmallIntegerField(default=0)
    texts = models.JSONField(_("text"))
    owner = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="+")
    due_on = models.DateField(_("due"), null=True, blank=True)

    class Meta:
        ordering = ["motion_id", "is_operative", "position", "pk"]

    def __str__(self) -> str:
        return f"{self.number}. {in_language(self.texts)}"[:120]


class VoteEvent(models.Model):
    """A question put to the vote. Names follow Popolo's ``vote_event``.

    A secret ballot keeps who has voted (``Cast``) apart from what was voted (``Ballot``).
    ``counts`` are kept when the vote closes: {"yes": 31, "no": 2, "abstain": 4, "absent": 17},
    and ``reckoned`` beside them: what they were held against. While hands or papers are counted,
    ``teller_counts`` holds what each of two tellers found.
    """

    class Method(models.TextChoices):
        CONSENSUS = "consensus", _("Consensus")
        SHOW_OF_HANDS = "show_of_hands", _("Show of hands")
        ROLL_CALL = "roll_call", _("Roll call")
        SECRET = "secret", _("Secret ballot")

    class Result(models.TextChoices):
        OPEN = "open", pgettext_lazy("state", "Open")
        ADOPTED = "adopted", pgettext_lazy("vote", "Adopted")
        REJECTED = "rejected", pgettext_lazy("vote", "Rejected")
        VOID = "void", _("Void")

    session = models.ForeignKey(StatutorySession, models.CASCADE, related_name="votes")
    sitting = models.ForeignKey(
        Sitting, models.PROTECT, null=True, blank=True, related_name="votes"
    )
    motion = models.ForeignKey(Motion, models.PROTECT, null=True, blank=True, related_name="votes")
    identifier = models.CharField(_("number"), max_length=80)  # within the session
    titles = models.JSONField(_("question"))
    method = models.CharField(_("method"), max_length=14, choices=Method)
    requirement = models.CharField(_("majority needed"), max_length=16, choices=Majority)
    options = models.JSONField(default=list)  # ["yes", "no", "abstain"], or names in an election
    eligible = models.PositiveSmallIntegerField(_("entitled to vote"), default=0)
    present = models.PositiveSmallIntegerField(_("present"), default=0)
    counts = models.JSONField(default=dict)
    result = models.CharField(_("result"), max_length=10, choices=Result, default=Result.OPEN)
    result_reason = models.CharField(_("how it was reckoned"), max_length=300, blank=True)
    opened_at = models.DateTimeField(_("opened"))
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    is_electronic = models.BooleanField(_("voted from telephones"), default=False)
    is_election = models.BooleanField(_("election"), default=False)
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    follows = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="next_rounds"
    )
    begins_with = models.ForeignKey(  # the member drawn, with whom a roll call begins
        Membership, models.PROTECT, null=True, blank=True, related_name="+"
    )
    teller_counts = models.JSONField(default=dict, blank=True)
    reckoned = models.JSONField(default=dict, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)

    class Meta:
        ordering = ["session_id", "opened_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_vote_event_a_number", fields=["session", "identifier"]
            ),
            models.CheckConstraint(
                name="vote_event_result_is_known",
                condition=Q(result__in=["open", "adopted", "rejected", "void"]),
            ),
            models.CheckConstraint(
                name="closed_vote_has_a_result",
                condition=Q(result="open", closed_at__isnull=True)
                | Q(~Q(result="open"), closed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.identifier} {in_language(self.titles)}"

    @property
    def scope(self) -> str:
        return self.session.scope


class Vote(models.Model):
    """What a member voted in an open vote. One vote a member."""

    event = models.ForeignKey(VoteEvent, models.CASCADE, related_name="single_votes")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="votes")
    option = models.CharField(_("vote"), max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_member_votes_once", fields=["event", "membership"])
        ]

    def __str__(self) -> str:
        return f"{self.membership_id} {self.option}"


class Cast(models.Model):
    """That a member has put a ballot into the box of a secret vote, and nothing of what is on it."""

    event = models.ForeignKey(VoteEvent, models.CASCADE, related_name="casts")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_member_casts_once", fields=["event", "membership"])
        ]

    def __str__(self) -> str:
        return str(self.membership_id)


class Ballot(models.Model):
    """A ballot of a secret vote: no member, no moment, no order (its key is random)."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    event = models.ForeignKey(VoteEvent, models.CASCADE, related_name="ballots")
    option = models.CharField(_("vote"), max_length=120)

    def __str__(self) -> str:
        return self.option


class Resolution(models.Model):
    """What was adopted. Its number is given at adoption, and never given again."""

    class Kind(models.TextChoices):
        RESOLUTION = "resolution", pgettext_lazy("decision", "Resolution")
        DECISION = "decision", _("Decision")
        RECOMMENDATION = "recommendation", _("Recommendation")

    session = models.ForeignKey(StatutorySession, models.PROTECT, related_name="resolutions")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="resolutions")
    kind = models.CharField(_("kind"), max_length=14, choices=Kind)
    ordinal = models.PositiveSmallIntegerField(_("ordinal"))  # within session and kind
    number = models.CharField(_("number"), max_length=80)
    titles = models.JSONField(_("title"))
    item = models.ForeignKey(
        AgendaItem, models.PROTECT, null=True, blank=True, related_name="resolutions"
    )
    motion = models.OneToOneField(
        Motion, models.PROTECT, null=True, blank=True, related_name="resolution"
    )
    vote = models.ForeignKey(
        VoteEvent, models.PROTECT, null=True, blank=True, related_name="resolutions"
    )
    adopted_at = models.DateTimeField(_("adopted"))
    source = models.CharField(_("source"), max_length=300, blank=True)

    class Meta:
        ordering = ["session_id", "kind", "ordinal"]
        constraints = [
            models.UniqueConstraint(
                name="a_resolution_number_is_never_used_twice", fields=["organ", "number"]
            ),
            models.UniqueConstraint(
                name="one_resolution_an_ordinal", fields=["session", "kind", "ordinal"]
            ),
            models.CheckConstraint(
                name="resolution_kind_is_known",
                condition=Q(kind__in=["resolution", "decision", "recommendation"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {in_language(self.titles)}"

    @property
    def scope(self) -> str:
        return self.session.scope


class ResolutionParagraph(models.Model):
    """A paragraph as adopted. An operative one with an owner and a date is a commitment; one
    without stays in the list of what is not followed up."""

    resolution = models.ForeignKey(Resolution, models.CASCADE, related_name="paragraphs")
    is_operative = models.BooleanField(_("operative"))
    number = models.CharField(_("number"), max_length=12)
    position = models.PositiveSmallIntegerField(default=0)
    texts = models.JSONField(_("text"))
    owner = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="+")
    due_on = models.DateField(_("due"), null=True, blank=True)
    commitment = models.OneToOneField(
        Commitment, models.PROTECT, null=True, blank=True, related_name="decided_in"
    )
    no_follow_up = models.CharField(_("why nothing follows"), max_length=300, blank=True)

    class Meta:
        ordering = ["resolution_id", "is_operative", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_paragraph_a_number",
                fields=["resolution", "is_operative", "number"],
            )
        ]

    def __str__(self) -> str:
        return f"{self.number}. {in_language(self.texts)}"[:120]

    @property
    def scope(self) -> str:
        return self.resolution.session.scope


class FinalReport(models.Model):
    """The report of a session in one language, assembled from the register and then edited."""

    session = models.ForeignKey(StatutorySession, models.CASCADE, related_name="final_reports")
    language = models.CharField(_("language"), max_length=8)
    paragraphs = models.JSONField(default=list)  # numbered paragraphs: section, number, text
    pdf = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    docx = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()
    adopted_at = models.DateTimeField(_("adopted"), null=True, blank=True)

    class Meta:
        ordering = ["session_id", "language"]
        constraints = [
            models.UniqueConstraint(
                name="one_final_report_a_language", fields=["session", "language"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.session} {self.language}"

    @property
    def scope(self) -> str:
        return self.session.scope
