"""A symposium: abstracts are applications of its activity's call; papers, programme, proceedings."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from karvan.foundation.files.models import StoredFile
from karvan.foundation.people.models import Party, Person
from karvan.foundation.places.models import Country
from karvan.foundation.texts import in_language
from karvan.stages.agreements.models import Commitment
from karvan.stages.calls.models import Application
from karvan.stages.delivery.models import Enrolment
from karvan.stages.editions.models import Activity
from karvan.stages.timetables.models import Session


class Symposium(models.Model):
    """What a symposium has beyond its activity: how papers are given and how they are printed."""

    activity = models.OneToOneField(Activity, models.PROTECT, related_name="symposium")
    talk_minutes = models.PositiveSmallIntegerField(_("minutes of a talk"), default=20)
    session_minutes = models.PositiveSmallIntegerField(_("minutes of a session"), default=80)
    parallel = models.PositiveSmallIntegerField(_("sessions side by side"), default=2)
    series = models.CharField(_("series"), max_length=200, blank=True)
    publisher = models.CharField(_("publisher"), max_length=200, blank=True)
    isbn = models.CharField(_("ISBN"), max_length=20, blank=True)
    issn = models.CharField(_("ISSN"), max_length=9, blank=True)
    doi_prefix = models.CharField(_("DOI prefix"), max_length=60, blank=True)
    licence = models.CharField(_("licence"), max_length=80, default="CC-BY-4.0")  # SPDX
    wishes_until = models.DateTimeField(_("wishes until"), null=True, blank=True)

    class Meta:
        verbose_name_plural = "symposia"

    def __str__(self) -> str:
        return str(self.activity)

    @property
    def scope(self) -> str:
        return self.activity.scope


class Track(models.Model):
    """A subject of the symposium; the call's form offers the tracks as choices by their code."""

    symposium = models.ForeignKey(Symposium, models.CASCADE, related_name="tracks")
    code = models.SlugField(_("code"), max_length=40)
    names = models.JSONField(_("name"))
    chair = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["symposium_id", "code"]
        constraints = [
            models.UniqueConstraint(name="one_track_a_code", fields=["symposium", "code"])
        ]

    def __str__(self) -> str:
        return in_language(self.names)

    @property
    def scope(self) -> str:
        return self.symposium.activity.scope


class ProgrammeSession(models.Model):
    """A session of the programme: papers in order under a chair, or a keynote.

    Its time and room are those of its session in the timetable, which the engine places.
    """

    class Kind(models.TextChoices):
        OPENING = "opening", _("Opening")
        PAPERS = "papers", _("Papers")
        POSTERS = "posters", _("Posters")
        KEYNOTE = "keynote", _("Keynote")
        PLENARY = "plenary", _("Plenary")
        PANEL = "panel", _("Panel")
        CLOSING = "closing", _("Closing")

    symposium = models.ForeignKey(Symposium, models.CASCADE, related_name="sessions")
    code = models.SlugField(_("code"), max_length=40)
    titles = models.JSONField(_("title"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.PAPERS)
    track = models.ForeignKey(
        Track, models.SET_NULL, null=True, blank=True, related_name="sessions"
    )
    chair = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="chairing"
    )
    chair_name = models.CharField(_("chair"), max_length=150, blank=True)
    speaker = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="keynotes"
    )  # of a keynote, a plenary or a panel; papers have presenters
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)  # else reckoned
    room_kind = models.CharField(_("kind of room"), max_length=12, blank=True)
    day = models.PositiveSmallIntegerField(_("day"), null=True, blank=True)  # 1 is the first
    timetabled = models.OneToOneField(
        Session, models.SET_NULL, null=True, blank=True, related_name="programme_session"
    )

    class Meta:
        ordering = ["symposium_id", "code"]
        constraints = [
            models.UniqueConstraint(
                name="one_programme_session_a_code", fields=["symposium", "code"]
            ),
            models.CheckConstraint(
                name="programme_session_kind_is_known",
                condition=Q(
                    kind__in=[
                        "opening",
                        "papers",
                        "posters",
                        "keynote",
                        "plenary",
                        "panel",
                        "closing",
                    ]
                ),
            ),
        ]

    def __str__(self) -> str:
        return in_language(self.titles)

    @property
    def scope(self) -> str:
        return self.symposium.activity.scope

    @property
    def is_choice(self) -> bool:
        """True where others are held at the same time and people choose."""
        return self.kind in (self.Kind.PAPERS, self.Kind.PANEL)

    @property
    def length(self) -> int:
        """Its minutes: as said, else those of a session of papers, else an hour."""
        if self.minutes:
            return self.minutes
        return self.symposium.session_minutes if self.kind == self.Kind.PAPERS else 60

    @property
    def chair_said(self) -> str:
        """Who presides, by name; "" while nobody was asked."""
        return str(self.chair) if self.chair else self.chair_name


class Paper(models.Model):
    """An abstract from its application to its pages in the proceedings."""

    class State(models.TextChoices):
        SUBMITTED = "submitted", _("Submitted")
        TALK = "talk", _("Accepted as a talk")
        POSTER = "poster", _("Accepted as a poster")
        REJECTED = "rejected", _("Not accepted")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    symposium = models.ForeignKey(Symposium, models.CASCADE, related_name="papers")
    application = models.OneToOneField(
        Application, models.PROTECT, null=True, blank=True, related_name="paper"
    )
    number = models.PositiveSmallIntegerField(_("number"))
    titles = models.JSONField(_("title"))  # in the language it was written in, others if given
    abstract = models.TextField(_("abstract"))
    language = models.CharField(_("language"), max_length=8, default="en")
    keywords = models.JSONField(_("keywords"), default=list)
    track = models.ForeignKey(Track, models.SET_NULL, null=True, blank=True, related_name="papers")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.SUBMITTED)
    state_reason = models.TextField(_("reason"), blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    told_at = models.DateTimeField(null=True, blank=True)  # when its authors were written to
    session = models.ForeignKey(
        ProgrammeSession, models.SET_NULL, null=True, blank=True, related_name="papers"
    )
    position = models.PositiveSmallIntegerField(default=0)
    presented = models.BooleanField(_("was presented"), null=True)
    full_text = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+"
    )
    page_from = models.PositiveSmallIntegerField(_("first page"), null=True, blank=True)
    page_to = models.PositiveSmallIntegerField(_("last page"), null=True, blank=True)
    doi = models.CharField(_("DOI"), max_length=120, blank=True)

    class Meta:
        ordering = ["symposium_id", "number"]
        constraints = [
            models.UniqueConstraint(name="one_paper_a_number", fields=["symposium", "number"]),
            models.CheckConstraint(
                name="paper_state_is_known",
                condition=Q(state__in=["submitted", "talk", "poster", "rejected", "withdrawn"]),
            ),
        ]

    def __str__(self) -> str:
        return in_language(self.titles)

    @property
    def record_label(self) -> str:
        """What records call it: its number and no name."""
        return f"paper {self.number}"

    @property
    def scope(self) -> str:
        return self.symposium.activity.scope

    @property
    def is_accepted(self) -> bool:
        """True for a talk or a poster."""
        return self.state in (self.State.TALK, self.State.POSTER)


class TrackProposal(models.Model):
    """What the chair of its track proposes for a paper; the committee takes it over, or decides."""

    paper = models.OneToOneField(Paper, models.CASCADE, related_name="proposal")
    outcome = models.CharField(
        _("proposal"),
        max_length=10,
        choices=[
            (Paper.State.TALK, _("Talk")),
            (Paper.State.POSTER, _("Poster")),
            (Paper.State.REJECTED, _("Not accepted")),
        ],
    )
    reason = models.TextField(_("reason"))
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["paper_id"]
        constraints = [
            models.CheckConstraint(
                name="track_proposal_is_an_outcome",
                condition=Q(outcome__in=["talk", "poster", "rejected"]),
            ),
            models.CheckConstraint(name="track_proposal_has_a_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.paper_id} {self.outcome}"

    @property
    def scope(self) -> str:
        return self.paper.scope


class Author(models.Model):
    """An author of a paper, in the order in which they are named."""

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="authors")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(_("name"), max_length=150)
    affiliation = models.CharField(_("institution"), max_length=200, blank=True)
    country = models.ForeignKey(Country, models.PROTECT, null=True, blank=True, related_name="+")
    email = models.EmailField(_("e-mail"), blank=True)
    orcid = models.CharField(_("ORCID"), max_length=19, blank=True)
    is_presenter = models.BooleanField(_("presents"), default=False)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="papers")

    class Meta:
        ordering = ["paper_id", "position"]
        constraints = [
            models.UniqueConstraint(name="one_author_a_place", fields=["paper", "position"]),
            models.UniqueConstraint(
                name="one_author_presents", fields=["paper"], condition=Q(is_presenter=True)
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Wish(models.Model):
    """A paper that somebody who attends wants to hear; the programme keeps such apart in time."""

    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="wishes")
    paper = models.ForeignKey(Paper, models.CASCADE, related_name="wishes")

    class Meta:
        constraints = [models.UniqueConstraint(name="a_wish_once", fields=["enrolment", "paper"])]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.paper_id}"


class Proceedings(models.Model):
    """The proceedings as they went out: papers, authors and pages frozen, with the PDF."""

    symposium = models.ForeignKey(Symposium, models.PROTECT, related_name="proceedings")
    number = models.PositiveSmallIntegerField(_("number"))
    snapshot = models.JSONField()
    sha256 = models.CharField(_("hash"), max_length=64)
    pdf = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    code = models.CharField(_("public code"), max_length=16, unique=True)  # in its address
    note = models.CharField(_("what changed"), max_length=300, blank=True)
    released_at = models.DateTimeField(_("released"))
    released_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["symposium_id", "number"]
        verbose_name_plural = "proceedings"
        constraints = [
            models.UniqueConstraint(name="one_proceedings_a_number", fields=["symposium", "number"])
        ]

    def __str__(self) -> str:
        return f"{self.symposium} {self.number}"

    @property
    def scope(self) -> str:
        return self.symposium.activity.scope


class Recommendation(models.Model):
    """What the symposium recommends; with an owner and a date it becomes a commitment."""

    symposium = models.ForeignKey(Symposium, models.CASCADE, related_name="recommendations")
    number = models.PositiveSmallIntegerField(_("number"))
    texts = models.JSONField(_("text"))
    track = models.ForeignKey(Track, models.SET_NULL, null=True, blank=True, related_name="+")
    adopted_on = models.DateField(_("adopted"), null=True, blank=True)
    owner = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="+")
    due_on = models.DateField(_("due"), null=True, blank=True)
    commitment = models.OneToOneField(
        Commitment, models.PROTECT, null=True, blank=True, related_name="recommended_in"
    )
    no_follow_up = models.CharField(_("why nothing follows"), max_length=300, blank=True)

    class Meta:
        ordering = ["symposium_id", "number"]
        constraints = [
            models.UniqueConstraint(
                name="one_recommendation_a_number", fields=["symposium", "number"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.number}. {in_language(self.texts)}"[:120]

    @property
    def scope(self) -> str:
        return self.symposium.activity.scope
