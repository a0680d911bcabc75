"""Problems check themselves and quote what is wrong."""

import pytest

from karvan.engines.selection import (
    Application,
    AssignmentProblem,
    Candidate,
    CandidateTable,
    ChoiceProblem,
    Quota,
    Reviewer,
    share_to_people,
    ticket,
)

AB = (Application("a"), Application("b"))
R = (Reviewer("r", load_high=1),)


@pytest.mark.parametrize(
    ("make", "quoted"),
    [
        (lambda: Candidate("", 1), "''"),
        (lambda: Candidate("x", -3), "-3"),
        (lambda: Candidate("x", 7.5), "7.5"),
        (lambda: Candidate("x", 1_000_001), "1000001"),
        (lambda: Candidate("x", 1, seats=0), "got 0"),
        (lambda: Candidate("x", 1, seats=2, members=({},)), "1 members but 2 seats"),
        (lambda: Quota("q", "gender", frozenset({"f"}), 5, 4), "floor 5 above ceiling 4"),
        (lambda: Quota("q", "gender", frozenset({"f"}), -1), "-1"),
        (lambda: Quota("q", "gender", frozenset()), "needs a set of values"),
        (lambda: Quota("q", "gender", "f"), "'f'"),
        (
            lambda: ChoiceProblem((Candidate("y", 1), *[Candidate("x", 1)] * 2), 1, (), "s"),
            "row 2 and row 3 have the same key 'x'",
        ),
        (lambda: Candidate("x", 1, persons=("p", "p")), "'x' names a person twice"),
        (
            lambda: ChoiceProblem(
                (
                    Candidate("y", 1),
                    Candidate("a", 1, persons=("p", "q"), seats=2),
                    Candidate("b", 1, persons=("q",)),
                ),
                1,
                (),
                "s",
            ),
            "row 2 'a' and row 3 'b' share the person 'q'",
        ),
        (lambda: CandidateTable(("a", "b"), (1, -5)), "row 2 'b': merit must be 0 or more, got -5"),
        (lambda: CandidateTable(("a", "b"), (1, float("nan"))), "row 2 'b': merit .* got nan"),
        (lambda: CandidateTable(2, (float("inf"), 1), prefix="k"), "row 1 'k0': merit .* got inf"),
        (lambda: CandidateTable(2, (1, 2.5)), "row 2 '1': merit must be a whole number, got 2.5"),
        (lambda: CandidateTable(2, (1, 2_000_000)), "row 2 '1': merit must be at most 1000000"),
        (lambda: CandidateTable(2, (1, 2, 3)), "merit has 3 rows, there are 2 keys"),
        (lambda: CandidateTable(2, (1, 2), {"g": ((0, 1), ("f",))}), "row 2 '1': code .* got 1"),
        (lambda: CandidateTable(2, (1, 2), {"g": ((0,), ("f",))}), "'g' has 1 rows"),
        (lambda: CandidateTable(2, (1, 2), {"g": ((0, 0), ("f", "f"))}), "more than once"),
        (lambda: CandidateTable(2, (1, 2), seats=(1, 0)), "row 2 '1': seats must be 1 or more"),
        (
            lambda: ChoiceProblem(CandidateTable(("a", "b", "a"), (1, 2, 3)), 1, (), "s"),
            "row 1 and row 3 have the same key 'a'",
        ),
        (
            lambda: ChoiceProblem(CandidateTable(("a", ""), (1, 2)), 1, (), "s"),
            "row 2: candidate key must be a non-empty text",
        ),
        (
            lambda: ChoiceProblem((), 1, (Quota("q", "g", frozenset("f")),) * 2, "s"),
            r"quota keys appear more than once: \['q'\]",
        ),
        (lambda: ChoiceProblem((), -1, (), "s"), "-1"),
        (lambda: ChoiceProblem((), 1, (), " "), "' '"),
        (lambda: Reviewer("r", load_low=3, load_high=2), "load_low 3 above load_high 2"),
        (lambda: Reviewer("r", load_low=-1), "-1"),
        (lambda: AssignmentProblem(AB[:1] * 2, R, 1), r"\['a'\]"),
        (lambda: AssignmentProblem(AB, R, -1), "-1"),
        (lambda: AssignmentProblem(AB, R, 1, frozenset({("a", "z")})), "'z'"),
        (lambda: AssignmentProblem(AB, R, 1, suitability={("a", "r"): -4}), "-4"),
        (lambda: AssignmentProblem(AB, R, 0, kept=frozenset({("a", "r")})), "keeps 1 reads of 0"),
        (
            lambda: AssignmentProblem(AB, R, 1, kept=frozenset({("a", "r"), ("b", "r")})),
            "above load_high 1",
        ),
        (
            lambda: AssignmentProblem(AB, R, 1, frozenset({("a", "r")}), frozenset({("a", "r")})),
            "breaks a conflict",
        ),
        (lambda: AssignmentProblem(AB, R, 1, seed=""), "''"),
        (lambda: share_to_people(101, 10, "floor"), "101"),
        (lambda: share_to_people(10, 10, "roof"), "'roof'"),
    ],
)
def test_bad_input_is_refused_and_quoted(make, quoted):
    with pytest.raises(ValueError, match=quoted):
        make()


def test_a_floor_share_is_rounded_up_and_a_cap_down():
    assert share_to_people(30, 41, "floor") == 13
    assert share_to_people(30, 41, "ceiling") == 12
    assert share_to_people(50, 40, "floor") == share_to_people(50, 40, "ceiling") == 20


def test_a_mixed_team_is_counted_member_by_member():
    team = Candidate("t", 1, seats=3, members=({"gender": "f"}, {"gender": "m"}, {}))

    assert team.people_counted_by(Quota("f", "gender", frozenset({"f"}))) == 1
    assert team.people_counted_by(Quota("n", "gender", frozenset({"not given"}))) == 1
    assert (
        Candidate("u", 1, {"gender": "f"}, 3).people_counted_by(
            Quota("f", "gender", frozenset({"f"}))
        )
        == 3
    )


def test_suitability_is_the_share_of_fields_known_unless_stated():
    application = Application("a", fields=frozenset({"soil", "water", "light"}))
    reviewer = Reviewer("r", fields=frozenset({"soil", "water"}))

    assert AssignmentProblem((application,), (reviewer,), 1).suits(application, reviewer) == 66
    stated = AssignmentProblem((application,), (reviewer,), 1, suitability={("a", "r"): 7})
    assert stated.suits(application, reviewer) == 7


def test_a_ticket_can_be_recomputed_with_any_other_tool():
    # printf applicant-1 | openssl dgst -sha256 -hmac seed, first 16 digits
    assert f"{ticket('seed', 'applicant-1'):016x}" == "5114aab3c411b674"
