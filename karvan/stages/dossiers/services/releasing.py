"""To release a dossier, to supersede it, and to write down who contributed."""

from __future__ import annotations

import secrets
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record
from karvan.stages.dossiers import manifests, release_checks
from karvan.stages.dossiers.bench_queries import progress_of
from karvan.stages.dossiers.errors import InsideTheTeam, NotReady, WrongState
from karvan.stages.dossiers.guards import for_releasing
from karvan.stages.dossiers.licences import parse_licence
from karvan.stages.dossiers.manifests import Published
from karvan.stages.dossiers.models import (
    Contribution,
    Dossier,
    DossierVersion,
    PeerReview,
    Rebuild,
    Transition,
)
from karvan.stages.dossiers.readiness import Readiness, readiness_of
from karvan.stages.dossiers.snapshots import Snapshot, hash_of, snapshot_of

from .editing import locked_dossier

CODE_SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"  # none that is read as another
RELEASED_FROM = (Dossier.State.VERIFIED, Dossier.State.RELEASED)


def release_dossier(
    dossier: Dossier,
    *,
    number: str,
    changelog: str,
    licence_hardware: str,
    licence_documentation: str,
    licence_software: str = "",
    address: str,
    by: Person | None,
) -> DossierVersion:
    """Freeze the dossier as a version that anybody can read, and put the one before aside.

    ``address`` is what the public page's address begins with; the version's code follows.

    Raises:
        Stopped, WrongState: the bench is stopped, or the dossier is not verified.
        NotReady: something is missing; the text lists all of it, one a line.
    """
    with transaction.atomic():
        held = locked_dossier(dossier)
        if held.state not in RELEASED_FROM:
            raise WrongState(_("Only a verified dossier is released."))
        snapshot = snapshot_of(held)
        problems = missing_for_release(
            held,
            snapshot,
            number=number,
            licence_hardware=licence_hardware,
            licence_documentation=licence_documentation,
            licence_software=licence_software,
        )
        if problems:
            raise NotReady("\n".join(problems))
        version = _written(
            held,
            snapshot,
            address=address,
            by=by,
            number=number.strip(),
            changelog=changelog.strip(),
            licence_hardware=parse_licence(licence_hardware),
            licence_documentation=parse_licence(licence_documentation),
            licence_software=parse_licence(licence_software) if licence_software.strip() else "",
        )
        _moved(held, Dossier.State.RELEASED, by=by, reason=version.number)
        record(
            "released dossier",
            held,
            by=by,
            after={"version": version.number, "hash": version.sha256},
        )
    return version


def missing_for_release(
    dossier: Dossier,
    snapshot: Snapshot,
    *,
    number: str,
    licence_hardware: str,
    licence_documentation: str,
    licence_software: str,
) -> list[str]:
    """All that keeps a dossier from going out, in words; [] when nothing does."""
    before = list(dossier.versions.values_list("number", flat=True))
    licences = {"hardware": licence_hardware, "documentation": licence_documentation}
    problems = for_releasing(dossier, licences=licences)
    problems += release_checks.version_problems(number, before)
    problems += release_checks.licence_problems(
        dossier,
        hardware=licence_hardware,
        documentation=licence_documentation,
        software=licence_software,
    )
    problems += release_checks.private_problems(snapshot)
    if not snapshot["credits"]:
        problems.append(_("Nobody is named who contributed."))
    okh, losh = _manifests(
        snapshot,
        _published(
            dossier,
            number=number,
            address="https://example.org/",
            licences=(licence_hardware, licence_documentation, licence_software),
        ),
        dossier,
    )
    return problems + manifests.manifest_problems(okh, losh)


def credit_contributor(
    dossier: Dossier, *, person: Person, roles: list[str], by: Person | None
) -> None:
    """Say in which roles a person contributed; those left out are taken off."""
    with transaction.atomic():
        held = locked_dossier(dossier)
        known = set(Contribution.Role.values)
        wanted = [role for role in roles if role in known]
        Contribution.objects.filter(dossier=held, person=person).exclude(role__in=wanted).delete()
        last = held.versions.order_by("-released_at").values_list("number", flat=True).first()
        for role in wanted:
            Contribution.objects.get_or_create(
                dossier=held, person=person, role=role, defaults={"since": last or ""}
            )
        record("credited contributor", held, by=by, after={"person": person.pk, "roles": wanted})


def supersede_dossier(dossier: Dossier, *, reason: str, by: Person | None) -> Dossier:
    """Close a released dossier because another takes its place; its versions stay readable."""
    with transaction.atomic():
        held = locked_dossier(dossier)
        if held.state != Dossier.State.RELEASED:
            raise WrongState(_("Only a released dossier is superseded."))
        if not reason.strip():
            raise NotReady(_("Say what takes its place."))
        _moved(held, Dossier.State.SUPERSEDED, by=by, reason=reason.strip())
        record("superseded dossier", held, by=by, after={"reason": reason.strip()})
    return held


def note_rebuild(version: DossierVersion, *, by: Person | None, **said: Any) -> Rebuild:
    """Write down that somebody built the device from a release; it counts once confirmed."""
    with transaction.atomic():
        made = Rebuild.objects.create(version=version, author=by, **said)
        record("rebuild noted", version.dossier, by=by, after={"country": made.country_id})
    return made


def confirm_rebuild(rebuild: Rebuild, *, by: Person) -> Rebuild:
    """Confirm that somebody outside the team rebuilt it."""
    with transaction.atomic():
        held = Rebuild.objects.select_for_update().get(pk=rebuild.pk)
        if held.confirmed_at is not None:
            raise WrongState(_("This rebuild is confirmed already."))
        members = held.version.dossier.members.filter(left_on__isnull=True)
        if members.filter(enrolment__person=by).exists():
            raise InsideTheTeam(_("A member of the team cannot confirm a rebuild of its dossier."))
        held.confirmed_at, held.confirmed_by = clock.now(), by
        held.save(update_fields=["confirmed_at", "confirmed_by", "changed_at"])
        record("rebuild confirmed", held.version.dossier, by=by)
    return held


def _written(
    held: Dossier,
    snapshot: Snapshot,
    *,
    address: str,
    by: Person | None,
    number: str,
    changelog: str,
    **licences: str,
) -> DossierVersion:
    now = clock.now()
    code = _free_code()
    published = _published(
        held,
        number=number,
        address=f"{address}{code}/",
        licences=tuple(licences.values()),
    )
    okh, losh = _manifests(snapshot, published, held)
    held.versions.filter(superseded_at__isnull=True).update(superseded_at=now)
    return DossierVersion.objects.create(
        dossier=held,
        number=number,
        snapshot=snapshot,
        sha256=hash_of(snapshot),
        changelog=changelog,
        manifest_okh=manifests.as_yaml(okh),
        manifest_losh=manifests.as_toml(losh),
        score=progress_of([held])[held.pk].completeness.score,
        code=code,
        released_at=now,
        released_by=by,
        author=by,
        **licences,
    )


def _manifests(
    snapshot: Snapshot, published: Published, dossier: Dossier
) -> tuple[dict[str, Any], dict[str, Any]]:
    readiness = _readiness(snapshot, dossier)
    return (
        manifests.okh_of(snapshot, published, readiness),
        manifests.losh_of(snapshot, published, readiness),
    )


def _readiness(snapshot: Snapshot, dossier: Dossier) -> Readiness:
    reviewed = dossier.peer_reviews.filter(
        subject=PeerReview.Subject.WHOLE, closed_at__isnull=False
    ).exists()
    rebuilds = Rebuild.objects.filter(version__dossier=dossier, confirmed_at__isnull=False)
    return readiness_of(snapshot, reviewed=reviewed, rebuilds=rebuilds.count())


def _published(
    dossier: Dossier,
    *,
    number: str,
    address: str,
    licences: tuple[str, ...],
) -> Published:
    programme = dossier.activity.edition.programme
    hardware, documentation, software = licences
    owner = str(programme.owner)
    return Published(
        version=number.strip(),
        address=address,
        licence_hardware=hardware,
        licence_documentation=documentation,
        licence_software=software,
        licensor=owner,
        organisation=owner,
        released_on=clock.today().isoformat(),
    )


def _moved(held: Dossier, state: str, *, by: Person | None, reason: str) -> None:
    Transition.objects.create(
        dossier=held, before=held.state, after=state, at=clock.now(), by=by, reason=reason
    )
    held.state = state
    held.save(update_fields=["state", "changed_at"])


def _free_code() -> str:
    while True:
        code = "".join(secrets.choice(CODE_SIGNS) for _one in range(8))
        if not DossierVersion.objects.filter(code=code).exists():
            return code


class Side(NamedTuple):
    """One side of a comparison: what it is called, and what it holds."""

    name: str
    frozen: Snapshot


def side_of(dossier: Dossier, number: str) -> Side:
    """A version by its number; "" is the dossier as it is now, "last" the version in force.

    Raises:
        Http404: there is none of that number.
    """
    if number == "":
        return Side(_("now"), snapshot_of(dossier))
    version = (
        in_force(dossier)
        if number == "last"
        else get_object_or_404(DossierVersion, dossier=dossier, number=number)
    )
    if version is None:
        return Side(_("nothing released yet"), {"parts": {}})
    return Side(version.number, version.snapshot)


def in_force(dossier: Dossier) -> DossierVersion | None:
    """The version that stands, or None before the first release."""
    return dossier.versions.filter(superseded_at__isnull=True).first()


def next_number(dossier: Dossier) -> str:
    """The version after the last: its middle number is one more ("1.4.2" → "1.5.0")."""
    last = in_force(dossier)
    parts = last.number.split("-")[0].split(".") if last else ["0", "9", "0"]
    return f"{parts[0]}.{int(parts[1]) + 1}.0" if last else "1.0.0"


def missing_now(dossier: Dossier) -> list[str]:
    """What the dossier itself lacks for a release, whatever version and licences are typed."""
    snapshot = snapshot_of(dossier)
    problems = for_releasing(dossier)
    problems += release_checks.private_problems(snapshot)
    if not snapshot["credits"]:
        problems.append(_("Nobody is named who contributed."))
    return problems


def readiness_now(dossier: Dossier) -> Readiness:
    """How ready documentation and technology are as the dossier stands."""
    return _readiness(snapshot_of(dossier), dossier)


def rebuilds_of(dossier: Dossier) -> QuerySet[Rebuild]:
    """Who built it from one of its releases, newest first."""
    rows = Rebuild.objects.filter(version__dossier=dossier).select_related(
        "country", "version", "confirmed_by"
    )
    return rows.defer("version__snapshot").order_by("-built_on")
