"""The document: same bytes for the same problem, replayed, and no byte can change."""

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from karvan.engines.selection import (
    Application,
    AssignmentProblem,
    CalibrationProblem,
    Candidate,
    ChoiceProblem,
    MatchProblem,
    PairPoints,
    Place,
    Quota,
    Reviewer,
    Score,
    Seeker,
    TeamMember,
    TeamProblem,
    assign_reviews,
    calibrate,
    canonical_document,
    choose_by_lottery,
    choose_cohort,
    document_hash,
    draw_panel,
    form_teams,
    match_stable,
    read_lottery,
    read_problem,
    replay,
)

from .problems import assignments, choices


@settings(max_examples=40, deadline=None)
@given(choices(teams=True), st.randoms())
def test_a_choice_replays_to_the_same_answer_whatever_the_order_was(problem, random):
    answer = choose_cohort(problem)
    shuffled = replace(
        problem, candidates=tuple(random.sample(problem.candidates, len(problem.candidates)))
    )

    document = canonical_document(problem, answer)

    assert replay(document) == answer
    assert canonical_document(shuffled, choose_cohort(shuffled)) == document
    assert canonical_document(read_problem(document), answer) == document


@settings(max_examples=40, deadline=None)
@given(assignments())
def test_an_assignment_replays_to_the_same_answer(problem):
    answer = assign_reviews(problem)

    assert replay(canonical_document(problem, answer)) == answer


def small():
    candidates = (Candidate("ə", 500, {"country": "AZ"}), Candidate("b", 400, seats=2))
    quota = Quota("az", "country", frozenset({"AZ"}), floor=1)
    problem = ChoiceProblem(candidates, 2, (quota,), "s")
    return problem, choose_cohort(problem)


def test_every_single_changed_byte_is_found():
    document = canonical_document(*small())

    for place in range(len(document)):
        changed = bytearray(document)
        changed[place] ^= 1
        assert document_hash(bytes(changed)) != document_hash(document)
        with pytest.raises(ValueError, match=r"."):
            read_problem(bytes(changed))


def test_the_same_content_written_otherwise_is_found():
    document = canonical_document(*small())

    for changed in (document + b"\n", json.dumps(json.loads(document)).encode()):
        with pytest.raises(ValueError, match="not in canonical form"):
            replay(changed)


def test_a_forged_answer_with_a_right_hash_is_found_by_replay():
    problem, answer = small()
    forged = canonical_document(problem, replace(answer, chosen=("b",), waiting=("ə",)))

    with pytest.raises(ValueError, match="differs"):
        replay(forged)


def test_an_answer_of_another_kind_is_refused():
    problem, _ = small()
    other = assign_reviews(AssignmentProblem((), (), 1))

    with pytest.raises(ValueError, match="Assignment does not answer a ChoiceProblem"):
        canonical_document(problem, other)


def read_and_chosen():
    """Three readers, one of them strict, mark thirty; twelve are chosen by corrected marks."""
    scores = tuple(
        Score(f"a{n:02}", reader, 3000 + 150 * n + 17 * (n * step % 7) - strict)
        for n in range(30)
        for reader, step, strict in (("x", 3, 0), ("y", 5, 200), ("z", 11, 1500))
        if (n + step) % 4
    )
    question = CalibrationProblem(scores)
    marks = calibrate(question)
    candidates = tuple(Candidate(key, one.corrected) for key, one in marks.marks.items())
    problem = ChoiceProblem(candidates, 12, seed="s")
    return question, marks, problem


def test_the_marks_are_corrected_again_before_the_cohort_is_chosen_again():
    question, marks, problem = read_and_chosen()
    assert marks.is_corrected

    document = canonical_document(problem, choose_cohort(problem), earlier=[(question, marks)])

    assert replay(document) == choose_cohort(problem)
    assert read_problem(document).places == 12


def test_a_cohort_chosen_by_other_marks_than_the_corrected_ones_is_found():
    question, marks, problem = read_and_chosen()
    first, *others = problem.candidates
    raised = replace(problem, candidates=(replace(first, merit=first.merit + 1), *others))

    document = canonical_document(raised, choose_cohort(raised), earlier=[(question, marks)])

    with pytest.raises(ValueError, match=f"'{first.key}' was chosen by {first.merit + 1}"):
        replay(document)


def test_corrected_marks_may_differ_by_a_hundredth_between_machines_and_no_more():
    question, marks, problem = read_and_chosen()
    key = next(iter(marks.marks))
    for off, is_same in ((1, True), (2, False)):
        moved = replace(marks.marks[key], deviation=marks.marks[key].deviation + off)
        other = replace(marks, marks={**marks.marks, key: moved})
        document = canonical_document(problem, choose_cohort(problem), earlier=[(question, other)])

        if is_same:
            replay(document)
        else:
            with pytest.raises(ValueError, match="differs"):
                replay(document)


def test_a_lottery_a_matching_and_teams_are_found_again():
    people = tuple(Candidate(f"c{n}", 0, {"sex": "FM"[n % 3 == 0]}) for n in range(9))
    draw = ChoiceProblem(people, 4, (Quota("women", "sex", frozenset("F"), 3, None),), "s")
    wishes = MatchProblem(
        (Seeker("v1", ("m1", "m2")), Seeker("v2", ("m1",))), (Place("m1", 1), Place("m2", 1)), "s"
    )
    teams = TeamProblem(tuple(TeamMember(f"p{n}") for n in range(6)), 3, 3, seed="s")

    for problem, answer, asked in (
        (draw, choose_by_lottery(draw), "lottery"),
        (wishes, match_stable(wishes), ""),
        (teams, form_teams(teams), ""),
    ):
        document = canonical_document(problem, answer, asked=asked)

        assert replay(document) == answer
        assert canonical_document(read_problem(document), answer, asked=asked) == document


def test_columns_of_numbers_are_refused_in_words():
    pairs = PairPoints(np.array([0]), np.array([0]), np.array([5]))
    problem = AssignmentProblem((Application("a"),), (Reviewer("r"),), 1, suitability=pairs)

    with pytest.raises(ValueError, match="give the problem as rows"):
        canonical_document(problem, assign_reviews(problem))


def rewritten(document, change):
    """The document with something else in it, and the hash that goes with that."""
    content = json.loads(document)
    content.pop("sha256")
    change(content)
    plain = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    whole = {**content, "sha256": document_hash(plain)}
    return json.dumps(whole, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def test_a_document_of_an_older_engine_holds_by_its_outcome_whatever_its_prices_were():
    document = canonical_document(*small())

    def older(content):
        content["engine"]["version"] = "1"
        content["answer"]["prices"]["place"] += 7

    def other_cohort(content):
        older(content)
        answer = content["answer"]
        answer["chosen"], answer["waiting"] = answer["waiting"], answer["chosen"]

    def other_prices(content):
        content["answer"]["prices"]["place"] += 7

    assert replay(rewritten(document, older)) == small()[1]
    for change in (other_cohort, other_prices):
        with pytest.raises(ValueError, match="differs"):
            replay(rewritten(document, change))


def test_a_lottery_names_whom_its_seed_drew_and_nobody_else():
    people = tuple(Candidate(f"c{n}", 0) for n in range(6))
    draw = ChoiceProblem(people, 2, (), "s")
    lottery = choose_by_lottery(draw)
    document = canonical_document(draw, lottery, asked="lottery")
    drawn = json.loads(document)["drawn"]

    assert drawn == sorted(draw_panel(lottery, "s"))
    assert read_lottery(document) == lottery
    with pytest.raises(ValueError, match="differs"):
        replay(rewritten(document, lambda content: content.update(drawn=["c0", "c1", "c2"])))
    with pytest.raises(ValueError, match="holds no lottery"):
        read_lottery(canonical_document(*small()))
