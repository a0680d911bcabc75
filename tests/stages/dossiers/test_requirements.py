"""Requirements: written, linked, taken over from files, never lost on the way."""

from __future__ import annotations

import json

import pytest
from django.core.files.base import ContentFile

from karvan.foundation.records.models import Record
from karvan.stages.dossiers.design_queries import requirements_of, traced
from karvan.stages.dossiers.errors import (
    InsideTheTeam,
    NotGiven,
    NotOfThisDossier,
    Stopped,
    Unreadable,
)
from karvan.stages.dossiers.services.requirements import (
    accept_deviation,
    add_requirement,
    change_requirement,
    remove_requirement,
)
from karvan.stages.dossiers.services.requirements_import import (
    import_requirements,
    keep_requirements_file,
    preview_requirements,
)
from karvan.stages.dossiers.tracing import checks_of, missing_codes
from tests import make
from tests.shared import shared_path

pytestmark = pytest.mark.django_db
SHALL = "It shall beep."


@pytest.fixture
def dossier():
    return make.dossier()


@pytest.fixture
def person():
    return make.person()


def written(dossier, code="S1", **more):
    more.setdefault("type", "system")
    more.setdefault("statement", SHALL)
    return add_requirement(dossier, code=code, by=None, **more)


def links(dossier):
    return {one.code: (one.fulfils, one.dangling) for one in traced(requirements_of(dossier))}


def file_of(dossier, person, text, name="spec.csv"):
    upload = ContentFile(text.encode(), name=name)
    return keep_requirements_file(dossier, upload=upload, by=person)


def test_a_link_to_what_is_not_here_is_kept_and_tied_when_it_comes(dossier):
    written(dossier, fulfils=["N1", "N2"])
    assert links(dossier) == {"S1": ((), ("N1", "N2"))}

    written(dossier, "N1", type="need")

    assert links(dossier)["S1"] == (("N1",), ("N2",))


def test_taking_one_out_leaves_its_name_where_others_led_to_it(dossier):
    need = written(dossier, "N1", type="need")
    written(dossier, fulfils=["N1"])

    remove_requirement(need, by=None)

    assert links(dossier) == {"S1": ((), ("N1",))}


def test_a_new_code_ties_what_named_it(dossier):
    written(dossier, fulfils=["N9"])
    need = written(dossier, "N1", type="need")

    change_requirement(need, code="N9", type="need", statement=SHALL, by=None)

    assert links(dossier)["S1"] == (("N9",), ())


def test_a_code_is_taken_once_and_none_fulfils_itself(dossier):
    written(dossier)

    with pytest.raises(NotGiven, match="S1 already"):
        written(dossier)
    with pytest.raises(NotGiven, match="itself"):
        written(dossier, "S2", fulfils=["S2"])

    assert list(links(dossier)) == ["S1"]


def test_a_test_of_another_dossier_is_refused_and_nothing_is_written(dossier):
    foreign = make.dossier().test_cases.create(code="T1", title="x")

    with pytest.raises(NotOfThisDossier):
        written(dossier, tested_by=[foreign])

    assert links(dossier) == {}


def test_a_stopped_bench_takes_no_requirement(dossier, person):
    dossier.stopped_at, dossier.stopped_by, dossier.stop_reason = (
        make.moment(2026, 9, 15),
        person,
        "Smoke",
    )
    dossier.save()

    with pytest.raises(Stopped, match="Smoke"):
        written(dossier)


def test_a_deviation_is_accepted_from_outside_the_team_only(dossier):
    row = written(dossier)
    inside, outside = make.member(dossier).enrolment.person, make.person()

    with pytest.raises(InsideTheTeam):
        accept_deviation(row, deviation="Quieter.", by=inside)
    accepted = accept_deviation(row, deviation=" Quieter. ", by=outside)

    assert (accepted.deviation, accepted.deviation_accepted_by) == ("Quieter.", outside)
    with pytest.raises(NotGiven):
        accept_deviation(row, deviation=" ", by=outside)


def test_every_act_is_recorded_with_what_changed(dossier):
    row = written(dossier)
    change_requirement(row, code="S1", type="system", statement="It shall hum.", by=None)
    remove_requirement(row, by=None)

    assert list(Record.objects.order_by("number").values_list("act", flat=True)) == [
        "requirement added",
        "requirement changed",
        "requirement removed",
    ]


def test_a_preview_writes_nothing_and_names_what_leads_nowhere(dossier, person):
    file = file_of(dossier, person, "code,requirement,parent\nSYS-1,It shall read.,N-7\n")

    shown = preview_requirements(dossier, file=file)

    assert [(one.item.code, one.state) for one in shown.changes] == [("SYS-1", "new")]
    assert {one.code for one in shown.doubts} == {"dangling", "type_guessed"}
    assert links(dossier) == {}


def test_taking_over_again_writes_only_the_difference(dossier, person):
    first = "code,requirement,parent\nSYS-1,It shall read.,N-1\nSYS-2,It shall beep.,\n"
    again = "code,requirement,parent\nSYS-1,It shall read well.,N-1\nSYS-3,It shall hum.,SYS-1\n"
    import_requirements(dossier, file=file_of(dossier, person, first), by=None)
    kept = dossier.requirements.get(code="SYS-1")
    kept.verification = "analysis"
    kept.save()

    shown = import_requirements(dossier, file=file_of(dossier, person, again), by=None)

    assert {one.item.code: one.state for one in shown.changes} == {
        "SYS-1": "changed",
        "SYS-3": "new",
    }
    assert shown.changes[0].fields == (("statement", "It shall read.", "It shall read well."),)
    assert shown.gone == ("SYS-2",)
    kept.refresh_from_db()
    assert (kept.statement, kept.verification) == ("It shall read well.", "analysis")
    assert links(dossier) == {
        "SYS-1": ((), ("N-1",)),
        "SYS-2": ((), ()),
        "SYS-3": (("SYS-1",), ()),
    }
    assert preview_requirements(dossier, file=file_of(dossier, person, again)).count("same") == 2


def test_the_type_that_is_chosen_is_of_those_that_say_none(dossier, person):
    file = file_of(dossier, person, "code,requirement,type\nA,shall,\nB,shall,software\n")

    import_requirements(dossier, file=file, type="need", by=None)

    assert dict(dossier.requirements.values_list("code", "type")) == {"A": "need", "B": "software"}


def test_an_unreadable_file_is_not_kept(dossier, person):
    with pytest.raises(Unreadable):
        file_of(dossier, person, "part,price\nR1,2\n")

    assert Record.objects.count() == 0


def test_the_ventilators_requirements_have_the_gaps_that_were_counted(dossier, person):
    golden = json.loads(shared_path("facts/golden-dev.json").read_text())
    for name in ("system_requirements", "hardware_requirements", "SRS", "covent_19"):
        data = shared_path(f"inputs/respiraworks/{name}.rst").read_bytes()
        upload = ContentFile(data, name=f"{name}.rst")
        file = keep_requirements_file(dossier, upload=upload, by=person)
        import_requirements(dossier, file=file, by=person)

    listed = traced(requirements_of(dossier))
    wrong = checks_of(listed)

    expected = golden["respiraworks_requirements"]
    assert missing_codes(listed) == (expected["links_to_missing_system_ids"], 34)
    unfulfilled = [
        one for one in listed if one.type == "system" and "unfulfilled" in wrong[one.code]
    ]
    assert len(unfulfilled) == expected["system_items_nothing_fulfils"]
    assert len(listed) == 296
