"""Releases: everything at once that is missing, a frozen version with its hash, manifests, forks."""

import json
import re
import tomllib
from datetime import timedelta
from decimal import Decimal

import jsonschema
import pytest
import yaml
from django.db import DatabaseError, transaction
from django.utils import timezone

from karvan.foundation.records.models import Record
from karvan.stages.dossiers import manifests, models, release_checks
from karvan.stages.dossiers.diffing import changes_between
from karvan.stages.dossiers.errors import InsideTheTeam, NotReady, WrongState
from karvan.stages.dossiers.models import (
    Contribution,
    DossierVersion,
    Requirement,
    Risk,
)
from karvan.stages.dossiers.readiness import readiness_of
from karvan.stages.dossiers.services import forking, releasing
from karvan.stages.dossiers.snapshots import canonical, hash_of, snapshot_of
from tests import make
from tests.shared import shared_path

pytestmark = pytest.mark.django_db
LICENCES = {
    "licence_hardware": "CERN-OHL-S-2.0",
    "licence_documentation": "CC-BY-SA-4.0",
    "licence_software": "GPL-3.0-or-later",
}
ADDRESS = "https://karvan.example/devices/"


@pytest.fixture
def dossier():
    """A verified dossier with something in every section, whose parts point at each other."""
    return make.full_dossier()


def measured_anew(fork):
    """What a fork does not carry: its own device, gates, measurements and runs."""
    make.cleared(fork)
    make.measured(fork)
    for case in fork.test_cases.all():
        models.TestRun.objects.create(case=case, value=40, result="pass", run_at=timezone.now())
    Contribution.objects.create(dossier=fork, person=make.person(), role="writing")


def release(dossier, number="1.0.0", **more):
    said = {"changelog": "First.", "address": ADDRESS, "by": None, **LICENCES, **more}
    return releasing.release_dossier(dossier, number=number, **said)


def test_all_that_is_missing_is_said_at_once_and_nothing_is_written(dossier):
    dossier.contributions.all().delete()
    dossier.design_files.all().delete()
    dossier.risks.all().delete()
    dossier.measurements.all().delete()
    dossier.build_steps.all().delete()
    dossier.summary = "Ask anna@clinic.example or +994 50 123 45 67."
    dossier.save()

    with pytest.raises(NotReady) as refused:
        release(dossier, number="one", licence_hardware="CERN OHL v1.2")

    said = str(refused.value)
    for part in ("least 70", "“one”", "CERN-OHL-1.2", "anna@clinic.example", "Nobody is named"):
        assert part in said, part
    assert not DossierVersion.objects.exists()
    dossier.refresh_from_db()
    assert dossier.state == "verified"


def test_only_a_verified_dossier_is_released(dossier):
    dossier.state = "redesign"
    dossier.save()

    with pytest.raises(WrongState):
        release(dossier)


def test_a_release_freezes_everything_with_the_hash_of_its_bytes(dossier):

    version = release(dossier)

    version.refresh_from_db()
    assert version.sha256 == hash_of(version.snapshot) == hash_of(snapshot_of(dossier))
    assert len(version.snapshot["parts"]["parts"]) == 6
    dossier.refresh_from_db()
    assert dossier.state == "released"
    assert [one.act for one in Record.objects.all()] == ["released dossier"]
    assert [one.after for one in dossier.transitions.all()] == ["released"]


def test_the_same_dossier_gives_the_same_bytes_and_any_change_another_hash(dossier):
    first = canonical(snapshot_of(dossier))
    assert canonical(snapshot_of(dossier)) == first

    line = dossier.part_lines.first()
    line.value = "new"
    line.save()

    assert canonical(snapshot_of(dossier)) != first


def test_what_is_peoples_stays_inside(dossier):
    text = canonical(snapshot_of(dossier)).decode()

    assert "SN-77" not in text  # masked
    assert "owner" not in text and "decontamina" not in text and "author" not in text
    dossier.unit.masks_serial = False
    dossier.unit.save()
    dossier.refresh_from_db()
    assert "SN-77" in canonical(snapshot_of(dossier)).decode()


def test_a_second_release_comes_after_the_first_and_takes_its_place(dossier):
    first = release(dossier)
    with pytest.raises(NotReady):
        release(dossier, number="1.0.0")
    with pytest.raises(NotReady):
        release(dossier, number="0.9.9")

    second = release(dossier, number="1.1.0")

    first.refresh_from_db()
    assert first.superseded_at is not None and second.superseded_at is None
    assert first.code != second.code
    assert releasing.next_number(dossier) == "1.2.0"


@pytest.mark.parametrize(
    ("number", "before", "problems"),
    [
        ("1.0.0", [], 0),
        ("1.0.0-rc.1", [], 0),
        ("1.0.0", ["1.0.0-rc.1"], 0),
        ("1.0", [], 1),
        ("v1.0.0", [], 1),
        ("01.0.0", [], 1),
        ("1.10.0", ["1.9.0"], 0),
        ("1.9.9", ["1.10.0"], 1),
    ],
)
def test_versions_are_semantic_and_go_up(number, before, problems):
    assert len(release_checks.version_problems(number, before)) == problems


def test_both_manifests_validate_by_the_published_schemas(dossier):
    version = release(dossier)
    okh = yaml.safe_load(version.manifest_okh)
    losh = tomllib.loads(version.manifest_losh)

    jsonschema.validate(
        okh, json.loads(shared_path("inputs/okh-schema/okh.schema.json").read_text())
    )
    written = shared_path("schemas/okh-losh.schema.json").read_text()
    schema = json.loads(re.sub(r"\(\?<\w+>", "(?:", written))  # Python names groups otherwise
    jsonschema.validate(losh, schema)
    assert version.manifest_okh.startswith("%Open Know-How Manifest 1.0\n---\n")
    assert losh["license"] == okh["license"]["hardware"] == "CERN-OHL-S-2.0"
    assert losh["bom"] == f"{ADDRESS}{version.code}/bom.csv"
    assert okh["contributors"][0]["role"] == "hardware"


def test_a_manifest_that_would_not_validate_is_refused_in_words(dossier):
    frozen = snapshot_of(dossier)
    published = releasing._published(dossier, number="1", address="nowhere", licences=("", "", ""))
    frozen["dossier"]["language"] = ""
    ready_level = readiness_of(frozen)

    problems = manifests.manifest_problems(
        manifests.okh_of(frozen, published, ready_level),
        manifests.losh_of(frozen, published, ready_level),
    )

    assert len(problems) == 5  # licence, language twice, version, address


def test_readiness_is_computed_from_what_is_there(dossier):
    frozen = snapshot_of(dossier)
    # Not every fitted line is used by a building step, so documentation is not full yet.
    assert readiness_of(frozen).documentation == "ODRL-2"
    unused = dossier.part_lines.filter(uses=None, fitted=True)
    dossier.part_lines.filter(pk__in=list(unused.values_list("pk", flat=True))).update(fitted=False)
    frozen = snapshot_of(dossier)
    assert readiness_of(frozen).documentation == "ODRL-3"
    assert readiness_of(frozen, reviewed=True).documentation == "ODRL-3*"
    assert readiness_of(frozen).technology == "OTRL-4"
    assert readiness_of(frozen, rebuilds=1).technology == "OTRL-5"
    Requirement.objects.filter(code="N1").update(priority="must")  # which nothing tests
    assert readiness_of(snapshot_of(dossier), rebuilds=1).technology == "OTRL-3"


def test_changes_between_two_versions_are_by_row_and_field(dossier):
    before = snapshot_of(dossier)
    dossier.part_lines.filter(description="Part 1").update(quantity=3)
    dossier.blocks.filter(code="probe").update(name="Finger probe")
    make.part_line(dossier, description="Cable")
    Risk.objects.all().delete()

    found = {
        (one.part, one.what, one.label): one.fields
        for one in changes_between(before, snapshot_of(dossier))
    }

    assert found["parts", "changed", "Part 1 P-1"] == (("quantity", "2", "3"),)
    assert ("parts", "added", "Cable") in found
    assert ("risks", "removed", "R1") in found and ("controls", "removed", "Fuse") in found
    assert [fields for (part, what, _label), fields in found.items() if part == "blocks"][0][0][
        0
    ] == "name"


def test_a_fork_in_another_country_carries_the_design_and_not_the_bench(dossier):
    version = release(dossier)
    elsewhere = make.workshop(of=make.edition("MA-2027", country=make.country("MA")))

    fork = forking.fork_version(version, activity=elsewhere, code="d-ma", title="Oxymètre", by=None)

    assert (fork.state, fork.origin, fork.title) == ("draft", version, "Oxymètre")
    assert fork.unit.emdn == "Z1203020408" and fork.unit.manufacturer == ""
    assert (
        fork.measurements.count() == 0
        and models.TestRun.objects.filter(case__dossier=fork).count() == 0
    )
    spare = fork.part_lines.get(description="Part 1b")
    assert spare.substitute_of == fork.part_lines.get(description="Part 1")
    assert spare.substitute_of.key != dossier.part_lines.get(description="Part 1").key
    link = fork.links.get(crosses_isolation=True)
    assert (link.source.code, link.target.code, link.source.dossier) == ("power", "drive", fork)
    step = fork.steps.get(order=1)
    assert {one.description for one in step.parts.all()} == {"Part 1"}
    assert step.photos.get().annotations.get().label == "Power"
    system = fork.requirements.get(code="S1")
    assert [one.code for one in system.fulfils.all()] == ["N1"]
    assert [one.code for one in system.tested_by.all()] == ["T1"]
    assert fork.risks.get(code="R1").controls.get().test == fork.test_cases.get(code="T2")
    assert fork.build_steps.get(order=1).uses.get().part == spare.substitute_of
    assert spare.substitute_of.offers.get().price == Decimal("0.25")


def test_a_fork_is_told_when_its_licence_is_laxer_than_its_source(dossier):
    version = release(dossier)
    fork = forking.fork_version(version, activity=make.workshop(), code="f1", title="Fork", by=None)
    fork.state = "verified"
    fork.save()
    measured_anew(fork)

    with pytest.raises(NotReady) as refused:
        release(fork, licence_hardware="CERN-OHL-P-2.0", licence_software="")

    assert "CERN-OHL-S-2.0" in str(refused.value) and "laxer" in str(refused.value)
    made = release(fork, licence_software="")
    assert made.snapshot["origin"]["sha256"] == version.sha256
    assert yaml.safe_load(made.manifest_okh)["derivative-of"]["title"] == "Oximeter"


def test_a_workshop_has_a_code_once(dossier):
    version = release(dossier)

    with pytest.raises(WrongState):
        forking.fork_version(
            version, activity=dossier.activity, code=dossier.code, title="Again", by=None
        )


def test_a_rebuild_counts_once_somebody_outside_the_team_confirms_it(dossier):
    version = release(dossier)
    rebuilt = releasing.note_rebuild(
        version,
        by=None,
        built_by="A school in Rabat",
        country=make.country("MA"),
        built_on=timezone.now().date() - timedelta(days=1),
    )
    assert releasing.readiness_now(dossier).rebuilt is False
    with pytest.raises(InsideTheTeam):
        releasing.confirm_rebuild(rebuilt, by=dossier.members.first().enrolment.person)

    releasing.confirm_rebuild(rebuilt, by=make.officer())

    assert releasing.readiness_now(dossier).rebuilt is True
    with pytest.raises(WrongState):
        releasing.confirm_rebuild(rebuilt, by=make.officer())


def test_a_superseded_dossier_is_closed_and_its_versions_stay(dossier):
    version = release(dossier)
    with pytest.raises(NotReady):
        releasing.supersede_dossier(dossier, reason=" ", by=None)

    releasing.supersede_dossier(dossier, reason="D02 takes its place", by=None)

    with pytest.raises(WrongState):
        release(dossier, number="2.0.0")
    assert DossierVersion.objects.get() == version


def test_the_database_refuses_to_change_or_delete_a_release(dossier):
    version = release(dossier)

    with pytest.raises(DatabaseError, match="a release never changes"), transaction.atomic():
        DossierVersion.objects.filter(pk=version.pk).update(changelog="Other words")
    with pytest.raises(DatabaseError, match="a release never changes"), transaction.atomic():
        DossierVersion.objects.filter(pk=version.pk).delete()
    DossierVersion.objects.filter(pk=version.pk).update(doi="10.1234/karvan.1")  # is let in
