"""What is on the table of a session: its agenda and its documents."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from karvan.foundation.files.models import StoredFile
from karvan.foundation.people.models import Person
from karvan.foundation.texts import in_language

from .sessions import Delegation, StatutorySession


class AgendaItem(models.Model):
    """A point of the agenda as it stands now; what was issued before is in ``AgendaVersion``."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        INCLUDED = "included", _("Included")
        DEFERRED = "deferred", _("Deferred")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        CLOSED = "closed", _("Closed")

    session = models.ForeignKey(StatutorySession, models.CASCADE, related_name="agenda_items")
    number = models.CharField(_("number"), max_length=12)  # "7.2"
    position = models.PositiveSmallIntegerField(default=0)
    titles = models.JSONField(_("title"))
    note = models.TextField(_("explanatory note"), blank=True)
    proposed_by = models.ForeignKey(
        Delegation, models.SET_NULL, null=True, blank=True, related_name="proposed_items"
    )
    proposed_by_text = models.CharField(_("proposed by"), max_length=200, blank=True)
    question = models.CharField(_("kind of question"), max_length=20, default="default")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PROPOSED)
    state_reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        ordering = ["session_id", "position", "pk"]
        constraints = [
            models.UniqueConstraint(name="one_agenda_item_a_number", fields=["session", "number"]),
            models.CheckConstraint(
                name="agenda_item_state_is_known",
                condition=Q(state__in=["proposed", "included", "deferred", "withdrawn", "closed"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {in_language(self.titles)}"

    @property
    def scope(self) -> str:
        return self.session.scope


class AgendaVersion(models.Model):
    """An agenda as it was issued: provisional, supplementary, revised, adopted."""

    class Kind(models.TextChoices):
        PROVISIONAL = "provisional", _("Provisional")
        SUPPLEMENTARY = "supplementary", _("Supplementary")
        REVISED = "revised", _("Revised")
        ADOPTED = "adopted", _("Adopted")

    session = models.ForeignKey(StatutorySession, models.CASCADE, related_name="agendas")
    number = models.PositiveSmallIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=14, choices=Kind)
    items = models.JSONField(default=list)  # number, titles, note, proposer, state of each
    issued_at = models.DateTimeField(_("issued"))
    issued_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["session_id", "number"]
        constraints = [
            models.UniqueConstraint(name="one_agenda_a_number", fields=["session", "number"]),
            models.UniqueConstraint(
                name="an_agenda_is_adopted_once", fields=["session"], condition=Q(kind="adopted")
            ),
            models.CheckConstraint(
                name="agenda_kind_is_known",
                condition=Q(kind__in=["provisional", "supplementary", "revised", "adopted"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session} {self.kind} {self.number}"

    @property
    def scope(self) -> str:
        return self.session.scope


class SessionDocument(models.Model):
    """A document of a session, known by its symbol; issued once all working languages are."""

    class Kind(models.TextChoices):
        WORKING = "working", _("Working document")
        INFORMATION = "information", _("Information document")
        DRAFT_RESOLUTION = "draft_resolution", _("Draft resolution")
        REPORT = "report", _("Report")
        AGENDA = "agenda", _("Agenda")
        LIST = "list", _("List of participants")
        FINAL_REPORT = "final_report", _("Final report")

    class Distribution(models.TextChoices):
        GENERAL = "general", _("General")
        LIMITED = "limited", _("Limited")
        RESTRICTED = "restricted", _("Restricted")

    session = models.ForeignKey(StatutorySession, models.CASCADE, related_name="documents")
    symbol = models.CharField(_("symbol"), max_length=80)
    parts = models.JSONField(default=dict)  # the parts of the symbol: item, rev, add, corr, status
    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    item = models.ForeignKey(
        AgendaItem, models.SET_NULL, null=True, blank=True, related_name="documents"
    )
    titles = models.JSONField(_("title"))
    distribution = models.CharField(
        _("distribution"), max_length=10, choices=Distribution, default=Distribution.GENERAL
    )
    original_language = models.CharField(_("original language"), max_length=8, default="en")
    due_on = models.DateField(_("due"), null=True, blank=True)
    issued_at = models.DateTimeField(_("issued"), null=True, blank=True)
    supersedes = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="superseded_by"
    )
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["session_id", "symbol"]
        constraints = [
            models.UniqueConstraint(name="one_document_a_symbol", fields=["session", "symbol"]),
            models.CheckConstraint(
                name="document_kind_is_known",
                condition=Q(
                    kind__in=[
                        "working",
                        "information",
                        "draft_resolution",
                        "report",
                        "agenda",
                        "list",
                        "final_report",
                    ]
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.symbol

    @property
    def scope(self) -> str:
        return self.session.scope


class LanguageVersion(models.Model):
    """A document in one language, and how far it has come."""

    class State(models.TextChoices):
        MISSING = "missing", pgettext_lazy("state", "Missing")
        TRANSLATING = "translating", _("In translation")
        REVISING = "revising", _("In revision")
        ISSUED = "issued", pgettext_lazy("state", "Issued")

    document = models.ForeignKey(SessionDocument, models.CASCADE, related_name="versions")
    language = models.CharField(_("language"), max_length=8)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.MISSING)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    issued_at = models.DateTimeField(_("issued"), null=True, blank=True)

    class Meta:
        ordering = ["document_id", "language"]
        constraints = [
            models.UniqueConstraint(
                name="a_document_once_in_a_language", fields=["document", "language"]
            ),
            models.CheckConstraint(
                name="issued_version_has_its_file",
                condition=~Q(state="issued") | Q(file__isnull=False, issued_at__isnull=False),
                violation_error_message=_("An issued version needs its file."),
            ),
            models.CheckConstraint(
                name="language_version_state_is_known",
                condition=Q(state__in=["missing", "translating", "revising", "issued"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} {self.language}"

    @property
    def scope(self) -> str:
        return self.document.session.scope
