"""Symposia, papers and proceedings that a person reads, runs or wrote; released ones are public."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from karvan.foundation.files.models import StoredFile
from karvan.foundation.people.access import READERS, RUNNERS, holds
from karvan.foundation.people.models import Party, Person
from karvan.stages.agreements.access import commitments_for
from karvan.stages.agreements.models import Commitment
from karvan.stages.editions.access import VISITORS, activity_for

from ..models import Paper, Proceedings, Recommendation, Symposium


def symposium_to_read(person: Person, edition: str, code: str) -> Symposium:
    """A symposium whose proceedings the person may follow in the making, or 404."""
    return _symposium(person, edition, code, READERS)


def symposium_to_run(person: Person, edition: str, code: str) -> Symposium:
    """A symposium whose proceedings and recommendations the person may write."""
    return _symposium(person, edition, code, RUNNERS)


def symposium_to_visit(person: Person, edition: str, code: str) -> Symposium:
    """A symposium whose recommendations the person may read: whoever takes part in it."""
    return _symposium(person, edition, code, VISITORS)


def may_run(person: Person, symposium: Symposium) -> bool:
    """True for the secretariat of the symposium."""
    return holds(person, RUNNERS, symposium.scope)


def paper_for(person: Person, pk: int) -> Paper:
    """A paper the person wrote or may read as the symposium's secretariat, or 404."""
    found = get_object_or_404(
        Paper.objects.select_related("symposium__activity__edition", "full_text", "application"),
        pk=pk,
    )
    if not (_wrote(person, found) or holds(person, READERS, found.scope)):
        raise Http404
    return found


def paper_to_give(person: Person, pk: int) -> Paper:
    """A paper whose full text the person may upload: an author or the secretariat; else 403."""
    found = paper_for(person, pk)
    if not may_give(person, found):
        raise PermissionDenied
    return found


def may_give(person: Person, paper: Paper) -> bool:
    """True for an author of the paper and for the secretariat."""
    return _wrote(person, paper) or holds(person, RUNNERS, paper.scope)


def full_text_of(person: Person, pk: int) -> StoredFile:
    """The full text of such a paper, or 404 while there is none."""
    found = paper_for(person, pk).full_text
    if found is None:
        raise Http404
    return found


def own_papers(person: Person) -> QuerySet[Paper]:
    """The papers a person wrote, in any symposium, newest first."""
    rows = Paper.objects.filter(Q(authors__person=person) | Q(application__person=person))
    return rows.select_related("symposium__activity").distinct().order_by("-pk")


def paper_to_place(person: Person, edition: str, code: str, pk: int) -> Paper:
    """A paper of a symposium whose proceedings the person may write, or 404."""
    symposium = symposium_to_run(person, edition, code)
    return get_object_or_404(symposium.papers, pk=pk)


def recommendation_to_run(person: Person, edition: str, code: str, number: int) -> Recommendation:
    """A recommendation of such a symposium, or 404."""
    symposium = symposium_to_run(person, edition, code)
    return get_object_or_404(symposium.recommendations, number=number)


def owners() -> QuerySet[Party]:
    """The parties that can own what follows."""
    return Party.objects.order_by("code")


def commitments_seen(person: Person, recommendations: QuerySet[Recommendation]) -> set[int]:
    """The keys of the commitments among these that the person may open."""
    held = Commitment.objects.filter(recommended_in__in=recommendations)
    return set(commitments_for(person).filter(pk__in=held).values_list("pk", flat=True))


def proceedings_by_code(code: str) -> Proceedings:
    """Proceedings that went out, for anybody, or 404."""
    return get_object_or_404(
        Proceedings.objects.select_related("symposium__activity__edition__programme__owner", "pdf"),
        code=code,
    )


def newer_than(proceedings: Proceedings) -> Proceedings | None:
    """The last number of the same symposium, where this one is not the last."""
    rows = proceedings.symposium.proceedings.defer("snapshot")
    return rows.filter(number__gt=proceedings.number).order_by("-number").first()


def public_paper(proceedings: Proceedings, number: int) -> StoredFile:
    """A paper's file as it went out, for anybody, or 404."""
    for paper in proceedings.snapshot["papers"]:
        if paper["number"] == number:
            rows = StoredFile.objects.filter(
                sha256=paper["file"]["sha256"], scope=proceedings.scope, kind="pdf"
            )
            found = rows.order_by("pk").first()
            if found:
                return found
    raise Http404


def volume_of(proceedings: Proceedings) -> StoredFile:
    """The volume's PDF, for anybody, or 404."""
    if proceedings.pdf is None:
        raise Http404
    return proceedings.pdf


def _symposium(person: Person, edition: str, code: str, kinds: tuple[str, ...]) -> Symposium:
    activity = activity_for(person, edition, code, kinds)
    return get_object_or_404(
        Symposium.objects.select_related(
            "activity__edition__programme", "activity__edition__country"
        ),
        activity=activity,
    )


def _wrote(person: Person, paper: Paper) -> bool:
    application = paper.application
    if application is not None and application.person_id == person.pk:
        return True
    return paper.authors.filter(person=person).exists()
