"""Figures are computed from the register; unknown is never zero; each opens to its rows."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from karvan.stages.blueprints import library
from karvan.stages.blueprints.document.checks.indicators import SOURCES
from karvan.stages.reports.queries import figure_of, indicators
from karvan.stages.reports.queries.sources import COMPUTATIONS
from tests import make

from . import history, stages

pytestmark = pytest.mark.django_db
CAMP_DAY = date(2026, 6, 1)


def edition(code="AZ", of=None):
    blueprint = of or make.blueprint(make.programme("TVP"), data=library.data("TVP"))
    made = make.edition(of=blueprint, country=make.country(code))
    make.activity("BC3", of=made, actual_starts_on=CAMP_DAY, actual_ends_on=CAMP_DAY)
    return made


def of(edition, key):
    return figure_of(edition.scope, key)


def applied(call, sex, state="submitted", **more):
    return make.application(call, state=state, attributes={"sex": sex, **more} if sex else {})


def test_every_source_a_blueprint_may_name_has_a_computation():
    assert set(COMPUTATIONS) == SOURCES


def test_nothing_known_gives_unknown_everywhere_and_zero_nowhere():
    found = indicators(edition().scope)

    assert [figure.value for figure in found] == [None] * len(found)
    assert all(figure.note for figure in found)
    assert {figure.key for figure in found} >= {"REACH", "SEL", "SURV-6", "SURV-12", "COMMIT"}


def test_dossiers_not_begun_are_unknown_and_not_zero():
    blueprint = make.blueprint(make.programme("REW"), data=library.data("REW"))
    found = {figure.key: figure for figure in indicators("REW")}

    assert blueprint.state == "published"
    assert [found[key].is_collected for key in ("DOS", "REPRO", "LOCAL")] == [True] * 3
    assert [found[key].value for key in ("DOS", "REPRO", "LOCAL")] == [None] * 3


def test_eligible_applicants_are_counted_by_group_and_drafts_are_not():
    here = edition()
    call = make.call(here.activities.get())
    for sex in ("F", "F", "M", ""):
        applied(call, sex)
    applied(call, "F", state="draft")
    applied(call, "F", state="ineligible")

    reach = of(here, "REACH")

    assert reach.value == 4
    sexes = {group: part.value for group, part in reach.by["sex"].items()}
    assert sexes == {"F": 2, "M": 1, "unknown": 1}
    assert list(reach.by["sex"])[-1] == "unknown"


def test_open_call_without_applications_is_a_known_zero():
    here = edition()
    make.call(here.activities.get())

    assert of(here, "REACH").value == 0


def test_programme_adds_up_its_editions_and_no_other_programme():
    one = edition()
    other = edition("MA", of=one.blueprint)
    elsewhere = make.activity()
    for activity in (one.activities.get(), other.activities.get(), elsewhere):
        applied(make.call(activity), "F")

    assert figure_of("TVP", "REACH").value == 2


def test_parity_is_the_share_of_women_selected_against_that_of_the_others():
    here = edition()
    run = make.selection_run(make.call(here.activities.get()), state="signed", signed_at=None)
    run.signed_at = run.made_at
    run.save()
    for sex, outcome in (("F", "selected"), ("F", "declined"), ("M", "selected")):
        make.decision(run, application=applied(run.call, sex), outcome=outcome)

    parity = of(here, "SEL")

    assert parity.value == pytest.approx(0.5)
    assert parity.by["sex"]["M"].value == pytest.approx(2)
    assert (parity.numerator, parity.denominator) == (2, 3)


def test_unsigned_selection_says_nothing():
    here = edition()
    run = make.selection_run(make.call(here.activities.get()))
    make.decision(run, application=applied(run.call, "F"))

    assert of(here, "SEL").value is None


def test_completed_are_certificates_among_those_who_came():
    here = edition()
    activity = here.activities.get()
    done, started, absent = (make.enrolment(activity) for _n in range(3))
    stages.issued(done)
    stages.present(started)
    stages.present(absent, state="absent")
    revoked = stages.issued(make.enrolment(activity))
    revoked.revoked_at, revoked.revoked_reason = revoked.issued_at, "Wrong name"
    revoked.save()

    completed = of(here, "COMP")

    assert (completed.numerator, completed.denominator) == (1, 2)
    assert completed.value == pytest.approx(0.5)


def test_gain_counts_only_those_who_took_both_tests_and_says_how_many():
    here = edition()
    activity = here.activities.get()
    for before, after in ((40, 70), (60, 70)):
        stages.tested(make.enrolment(activity), PRE=before, POST=after)
    stages.tested(make.enrolment(activity), PRE=10)

    gain = of(here, "SKILL")

    assert (gain.value, gain.numerator, gain.denominator) == (20, 2, 3)
    assert "2 persons" in gain.note


def test_ventures_are_counted_at_each_milestone_and_by_founders():
    here = edition()
    first = stages.venture(here, {"sex": "F"}, {"sex": "F"})
    mixed = stages.venture(here, {"sex": "F"}, {"sex": "M"})
    stages.venture(here, {"sex": "M"})
    stages.verified(first, "M0")
    for code in ("M1", "M2"):
        stages.verified(first, code)
    stages.verified(mixed, "M1")

    found = of(here, "VENT")

    assert (found.value, found.denominator) == (2, 3)
    at = {code: part.value for code, part in found.by["milestone"].items()}
    assert at == {"M1": 2, "M2": 1, "M3": 0, "M4": 0, "M5": 0, "M6": 0}
    assert {key: part.value for key, part in found.by["sex"].items()} == {"F": 1, "several": 1}


def test_survival_shows_the_response_rate_and_silence_is_unknown():
    here = edition()
    for state, answers in (
        ("answered", {"had_revenue": True}),
        ("answered", {"had_revenue": False}),
        ("silent", {}),
        ("asked", {}),
    ):
        stages.asked(stages.venture(here, {"sex": "F"}), state=state, **answers)

    twelve = of(here, "SURV-12")

    assert (twelve.value, twelve.numerator, twelve.denominator) == (0.5, 1, 2)
    assert "2 of 4" in twelve.note and "50%" in twelve.note
    assert {one.key: one.count for one in twelve.slices}["silent"] == 2
    assert of(here, "SURV-6").value is None


def test_survival_of_ventures_that_are_all_silent_is_unknown_not_zero():
    here = edition()
    stages.asked(stages.venture(here))

    assert of(here, "SURV-12").value is None


def test_jobs_are_those_of_each_ventures_latest_answer():
    here = edition()
    venture = stages.venture(here)
    stages.asked(venture, 6, "answered", paid_jobs=2, paid_jobs_women=1)
    stages.asked(venture, 12, "answered", paid_jobs=5, paid_jobs_women=3)
    stages.asked(stages.venture(here), 12, "answered", paid_jobs=4)
    stages.asked(stages.venture(here), 12, "answered")

    jobs = of(here, "JOBS")

    assert jobs.value == 9
    assert {key: part.value for key, part in jobs.by["sex"].items()} == {
        "F": 3,
        "M": 2,
        "unknown": 4,
    }


def test_trainers_who_hold_a_certificate_of_the_programme_and_how_many_are_local():
    here = edition()
    activity = here.activities.get()
    local = make.person(country=make.country("AZ"))
    guest = make.person(country=make.country("MA"))
    for person in (local, guest):
        make.trainer(activity, person=person)
        stages.issued(make.enrolment(activity, person=person))
    make.trainer(activity)

    trained = of(here, "TRAIN")

    assert (trained.value, trained.denominator) == (2, 3)
    assert {one.key: one.count for one in trained.slices}["local"] == 1


def test_commitments_kept_on_time_among_those_due():
    blueprint = make.blueprint(make.programme("TVP"), data=library.data("TVP"))
    history.camp(blueprint, "AZ", date(2021, 7, 5), date(2021, 7, 7))
    history.boot_camp_promised()
    history.ten_countries_promised()
    history.promise(due_on=date(2031, 1, 1), scope="TVP")

    found = figure_of("TVP", "COMMIT")

    assert (found.numerator, found.denominator, found.value) == (1, 2, 0.5)


def test_figures_as_of_an_earlier_day_leave_out_what_came_later():
    here = edition()
    call = make.call(here.activities.get())
    for year in (2021, 2022):
        make.application(call, state="submitted", submitted_at=make.moment(year, 5, 1))

    assert figure_of(here.scope, "REACH", as_of=make.moment(2021, 12, 31)).value == 1


def test_unknown_scope_has_no_indicators():
    assert indicators("NONE") == indicators("NONE/AZ-2021") == ()


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(st.tuples(st.sampled_from(["F", "M", ""]), st.booleans(), st.booleans()), max_size=8)
)
def test_drill_down_holds_exactly_the_rows_a_figure_counts(people):
    here = edition_of_a_new_programme()
    run = make.selection_run(make.call(here.activities.get()), state="signed")
    run.signed_at = run.made_at
    run.save()
    for sex, chosen, active in people:
        application = applied(run.call, sex)
        make.decision(run, application=application, outcome="selected" if chosen else "declined")
        enrolment = make.enrolment(here.activities.get(), attributes=application.attributes)
        stages.tested(enrolment, **({"PRE": 10, "POST": 30} if active else {"PRE": 10}))
        if chosen:
            stages.issued(enrolment)
        venture = stages.venture(here, application.attributes)
        stages.asked(
            venture, 12, "answered" if active else "silent", paid_jobs=2 if active else None
        )
        if active:
            stages.verified(venture, "M1")

    for figure in indicators(here.scope):
        for piece in figure.slices:
            assert figure.rows.filter(piece.where).distinct().count() == piece.count, figure.key
        if figure.sums:
            assert sum(figure.rows.values_list(figure.sums, flat=True)) == figure.value
        for dimension, parts in figure.by.items():
            if dimension == "milestone" or figure.numerator is None:
                continue
            whole = sum(part.numerator or 0 for part in parts.values())
            assert whole == figure.numerator, (figure.key, dimension)


def edition_of_a_new_programme():
    blueprint = make.blueprint(make.programme(f"T{make.one()}"), data=library.data("TVP"))
    return edition(of=blueprint)


@pytest.mark.parametrize("rows", [1, 3])
def test_indicators_cost_the_same_for_one_row_and_for_three(django_assert_num_queries, rows):
    here = edition()
    call = make.call(here.activities.get())
    for _n in range(rows):
        applied(call, "F")
        enrolment = make.enrolment(here.activities.get())
        stages.issued(enrolment)
        stages.verified(stages.venture(here, {"sex": "F"}), "M1")
        stages.asked(stages.venture(here), 12, "answered", paid_jobs=1)
        make.trainer(here.activities.get())

    with django_assert_num_queries(23):
        indicators(here.scope)
