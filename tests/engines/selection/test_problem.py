"""Problems check themselves and quote what is wrong."""

import pytest

from karvan.engines.selection import (
    Application,
    AssignmentProblem,
    Candidate,
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
        (lambda: ChoiceProblem((Candidate("x", 1), Candidate("x", 2)), 1, (), "s"), r"\['x'\]"),
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
