"""Rows of releases: what is out is for everybody."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from karvan.foundation.files.models import StoredFile
from karvan.foundation.people.access import within
from karvan.foundation.people.models import Person
from karvan.stages.editions.models import Activity

from .access import TEACHERS
from .manifests import public_files
from .models import Dossier, DossierVersion, Rebuild


def releases() -> QuerySet[DossierVersion]:
    """Every version in force, newest first; for anybody."""
    return (
        DossierVersion.objects.filter(superseded_at__isnull=True)
        .exclude(dossier__state=Dossier.State.WITHDRAWN)
        .select_related(
            "dossier__activity__edition__country", "dossier__device_type", "dossier__origin"
        )
        .defer("snapshot")
    )


def release_by_code(code: str) -> DossierVersion:
    """One version, in force or superseded, for anybody; 404 for one that was withdrawn."""
    found = get_object_or_404(
        DossierVersion.objects.select_related(
            "dossier__activity__edition__country",
            "dossier__activity__edition__programme__owner",
            "dossier__origin__dossier",
        ),
        code=code,
    )
    if found.dossier.state == Dossier.State.WITHDRAWN:
        raise Http404
    return found


def newer_than(version: DossierVersion) -> DossierVersion | None:
    """The dossier's version in force, where this one is not."""
    if version.superseded_at is None:
        return None
    return version.dossier.versions.filter(superseded_at__isnull=True).defer("snapshot").first()


def carried_on(version: DossierVersion) -> QuerySet[DossierVersion]:
    """Releases of other teams that carry this one on, in force."""
    return releases().filter(dossier__origin=version)


def public_file(version: DossierVersion, sha256: str) -> StoredFile:
    """A file that the release itself names: a photograph, a label or a design file; else 404."""
    frozen = version.snapshot
    named = {one["file"]["sha256"] for one in public_files(frozen)}
    for photo in frozen["parts"]["photos"]:
        named |= {photo[kind]["sha256"] for kind in ("file", "thumb") if photo[kind]}
    named |= {one["file"]["sha256"] for one in frozen["labels"] if one["file"]}
    if sha256 not in named:
        raise Http404
    return picture_of(version, sha256)


def picture_of(version: DossierVersion, sha256: str) -> StoredFile:
    """A stored file of the release, or of one of those it carries on; 404 where it is lost."""
    scopes: list[str] = []
    origin: DossierVersion | None = version
    while origin is not None and len(scopes) < 20:
        scopes.append(origin.dossier.activity.scope)
        origin = origin.dossier.origin
    found = StoredFile.objects.filter(sha256=sha256, scope__in=scopes).first()
    if found is None:
        raise Http404
    return found


def people_to_credit(dossier: Dossier) -> QuerySet[Person]:
    """Members, past ones too, and the workshop's trainers."""
    return Person.objects.filter(
        pk__in=[
            *dossier.members.values_list("enrolment__person", flat=True),
            *dossier.activity.trainers.values_list("person", flat=True),
        ]
    )


def workshops_to_carry_on_in(person: Person) -> QuerySet[Activity]:
    """Workshops in which the person teaches or which he or she runs."""
    return Activity.objects.filter(within(person, TEACHERS), format="workshop").select_related(
        "edition"
    )


def rebuild_of(dossier: Dossier, pk: int) -> Rebuild:
    """A rebuild of one of the dossier's versions, or 404."""
    return get_object_or_404(Rebuild, pk=pk, version__dossier=dossier)
