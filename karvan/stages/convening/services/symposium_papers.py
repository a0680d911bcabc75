"""Abstracts become papers: from applications to titles, authors in order and who presents."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.forms.orcid import orcid_of
from karvan.foundation.people.models import Person
from karvan.foundation.places.models import Country
from karvan.foundation.records.services import record
from karvan.stages.calls.models import Application

from ..errors import NotGiven, WrongState
from ..models import Author, Paper, Symposium
from ..symposium_countries import country_named
from .symposium_opening import open_symposium

COMMAS = re.compile(r"[,،;؛\n]+")


@dataclass(frozen=True, slots=True)
class TakenPapers:
    """What came of taking abstracts: papers made, those there before, those withdrawn since."""

    made: int
    known: int
    withdrawn: int


@transaction.atomic
def take_papers(symposium: Symposium, *, by: Person | None) -> TakenPapers:
    """Make a paper of every abstract that was sent to the symposium's call and has none yet.

    Numbers follow the order in which abstracts came. What was decided or corrected since stays;
    a paper whose abstract its author took back becomes withdrawn. Safe to run again.

    Raises:
        WrongState: the activity has no call.

    Cost: about four queries an abstract that is new.
    """
    symposium = _locked(symposium)
    call = getattr(symposium.activity, "call", None)
    if call is None:
        raise WrongState(_("The symposium has no call yet. Draft and publish it first."))
    open_symposium(symposium.activity, by=by)
    withdrawn = symposium.papers.filter(application__state=Application.State.WITHDRAWN).exclude(
        state=Paper.State.WITHDRAWN
    )
    gone = withdrawn.update(
        state=Paper.State.WITHDRAWN,
        state_reason=_("Taken back by its author"),
        decided_at=clock.now(),
    )
    known = symposium.papers.count()
    tracks = {track.code: track for track in symposium.tracks.all()}
    number = symposium.papers.aggregate(last=Max("number"))["last"] or 0
    waiting = call.applications.filter(state=Application.State.SUBMITTED, paper__isnull=True)
    made = 0
    for application in waiting.order_by("submitted_at", "pk"):
        made += 1
        _make(symposium, application, number + made, tracks)
    if made or gone:
        record("took papers", symposium, by=by, after={"made": made, "withdrawn": gone})
    return TakenPapers(made, known, gone)


@transaction.atomic
def change_author(
    author: Author,
    *,
    name: str,
    affiliation: str,
    country: Country | None,
    email: str,
    orcid: str,
    by: Person | None,
) -> Author:
    """Correct how an author is named and reached.

    Raises:
        NotGiven: no name, an ORCID with a wrong check digit, or somebody named twice.
    """
    author = Author.objects.select_for_update(of=("self",)).get(pk=author.pk)
    written = orcid_of(orcid)
    if orcid.strip() and not written:
        raise NotGiven(
            _("“%(orcid)s” is no ORCID: its last sign does not fit the others.") % {"orcid": orcid}
        )
    if not name.strip():
        raise NotGiven(_("An author has a name."))
    others = author.paper.authors.exclude(pk=author.pk)
    if any(one.name == name.strip() or (email and one.email == email) for one in others):
        raise NotGiven(_("“%(name)s” is an author of this paper already.") % {"name": name})
    author.name, author.affiliation, author.country = name.strip(), affiliation.strip(), country
    author.email, author.orcid = email.strip().lower(), written
    author.save(update_fields=["name", "affiliation", "country", "email", "orcid"])
    record("changed author", author.paper, by=by, after={"position": author.position})
    return author


@transaction.atomic
def choose_presenter(author: Author, *, by: Person | None) -> Author:
    """Let this author present the paper, and nobody else."""
    paper = Paper.objects.select_for_update(of=("self",)).get(pk=author.paper_id)
    paper.authors.filter(is_presenter=True).update(is_presenter=False)
    author.is_presenter = True
    author.save(update_fields=["is_presenter"])
    record("chose presenter", paper, by=by, after={"position": author.position})
    return author


def _locked(symposium: Symposium) -> Symposium:
    rows = Symposium.objects.select_for_update(of=("self",))
    return rows.select_related("activity__edition", "activity__call").get(pk=symposium.pk)


def _make(
    symposium: Symposium, application: Application, number: int, tracks: Mapping[str, Any]
) -> Paper:
    answers = application.answers
    language = str(answers.get("language") or application.language)
    paper = Paper.objects.create(
        symposium=symposium,
        application=application,
        number=number,
        titles={language: str(answers.get("title") or application.number)},
        abstract=str(answers.get("abstract") or ""),
        language=language,
        keywords=[
            word.strip() for word in COMMAS.split(_text(answers, "keywords")) if word.strip()
        ],
        track=tracks.get(_text(answers, "track")),
    )
    rows = [row for row in answers.get("authors") or () if str(row.get("name") or "").strip()]
    rows = rows or [{"name": application.full_name, "email": application.email}]
    presents = next((n for n, row in enumerate(rows) if row.get("presents") == "yes"), 0)
    addresses = {_text(row, "email").lower() for row in rows} - {""}
    people = {one.email: one for one in Person.objects.filter(email__in=addresses)}
    Author.objects.bulk_create(
        Author(
            paper=paper,
            position=at + 1,
            name=_text(row, "name")[:150],
            affiliation=_text(row, "institution")[:200],
            country=country_named(_text(row, "country")),
            email=_text(row, "email").lower()[:254],
            orcid=orcid_of(_text(row, "orcid")) or _text(row, "orcid")[:19],
            is_presenter=at == presents,
            person=people.get(_text(row, "email").lower()),
        )
        for at, row in enumerate(rows)
    )
    return paper


def _text(row: Mapping[str, Any], key: str) -> str:
    return " ".join(str(row.get(key) or "").split())
