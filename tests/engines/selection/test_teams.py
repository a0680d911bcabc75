"""Laws of balanced teams, checked against counting every division out."""

import random
from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from karvan.engines.selection import (
    TeamMember,
    TeamProblem,
    Teams,
    TeamWish,
    check_teams,
    form_teams,
)


@st.composite
def team_problems(draw):
    people = []
    for n in range(draw(st.integers(1, 6))):
        attributes = draw(
            st.fixed_dictionaries(
                {"sex": st.sampled_from("fm")}, optional={"field": st.sampled_from(("a", "b", ""))}
            )
        )
        skills = draw(st.dictionaries(st.sampled_from(("code", "speech")), st.integers(-3, 9)))
        people.append(TeamMember(f"p{n}", attributes, skills))
    teams = draw(st.integers(1, min(3, len(people))))
    wishes = []
    for one in people:
        for other in people:
            if one.key < other.key and draw(st.integers(0, 5)) == 0:
                wishes.append(
                    TeamWish(one.key, other.key, draw(st.booleans()), draw(st.booleans()))
                )
    different = draw(st.dictionaries(st.sampled_from(("field", "sex")), st.integers(0, 2)))
    weights = draw(st.dictionaries(st.sampled_from(("sex", "code")), st.integers(0, 3)))
    return TeamProblem(
        tuple(people), 1, 6, draw(st.sampled_from("ab")), teams, different, tuple(wishes), weights
    )


def worth(answer):
    return answer.short + len(answer.musts), len(answer.unmet), answer.deviation


def every_division(problem):
    """The worth of each way to divide the people, counted by the plain recount."""
    from karvan.engines.selection.check_teams import _deviation

    sizes, seen = problem.sizes, set()
    for some in permutations(problem.people):
        cut, teams = 0, []
        for size in sizes:
            teams.append(sorted(some[cut : cut + size], key=lambda p: p.key))
            cut += size
        named = tuple(sorted(tuple(p.key for p in team) for team in teams))
        if named in seen:
            continue
        seen.add(named)
        own = {p.key: n for n, team in enumerate(teams) for p in team}
        apart = [w for w in problem.wishes if (own[w.one] == own[w.other]) != w.together]
        short = sum(
            max(0, number - len({p.attributes.get(a, "") for p in team} - {""}))
            for team in teams
            for a, number in problem.different.items()
        )
        musts = sum(w.is_must for w in apart)
        yield short + musts, len(apart) - musts, _deviation(problem, teams)


@settings(max_examples=40, deadline=None)
@given(team_problems())
def test_no_other_teams_are_better(problem):
    answer = form_teams(problem, work=10)

    assert check_teams(problem, answer) == ()
    best = min(every_division(problem))
    assert worth(answer) >= best
    if answer.proved:
        assert worth(answer) == best
    assert answer.bound <= answer.deviation


@settings(max_examples=30, deadline=None)
@given(team_problems(), st.randoms())
def test_the_order_of_the_input_does_not_matter(problem, chance):
    shuffled = replace(
        problem,
        people=tuple(chance.sample(problem.people, len(problem.people))),
        wishes=tuple(chance.sample(problem.wishes, len(problem.wishes))),
    )

    assert form_teams(shuffled, work=5) == form_teams(problem, work=5)


def participants(number, seed=1):
    rng = random.Random(seed)
    return tuple(
        TeamMember(
            f"p{n:03}",
            {"discipline": rng.choice("abcd"), "sex": rng.choice("fm")},
            {"experience": rng.randint(0, 10)},
        )
        for n in range(number)
    )


def test_every_team_of_a_boot_camp_mixes_disciplines_and_keeps_its_musts():
    people = participants(30)
    problem = TeamProblem(
        people,
        3,
        5,
        "seed",
        different={"discipline": 2},
        wishes=(TeamWish("p000", "p001", True, True), TeamWish("p002", "p003", False, True)),
    )

    answer = form_teams(problem, work=30)

    assert check_teams(problem, answer) == ()
    assert (answer.short, answer.musts, len(answer.teams)) == (0, (), 6)
    dealt = Teams(
        tuple(tuple(p.key for p in people[n::6]) for n in range(6)), 0, (), (), 0, 0, True
    )
    assert answer.deviation * 4 < int(check_teams(problem, dealt)[-1].split()[2].strip(","))


def test_what_cannot_be_met_is_said():
    alike = tuple(TeamMember(f"p{n}", {"discipline": "a"}) for n in range(4))
    problem = TeamProblem(
        alike,
        2,
        2,
        "seed",
        different={"discipline": 2},
        wishes=(
            TeamWish("p0", "p1", True, True),
            TeamWish("p1", "p2", True, True),
            TeamWish("p0", "p3", False),
        ),
    )

    answer = form_teams(problem)

    assert check_teams(problem, answer) == ()
    assert (answer.short, len(answer.musts), answer.proved) == (2, 1, True)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"seed": ""}, "seed must be a non-empty text"),
        ({"people": (TeamMember("a"), TeamMember(""))}, "key of row 2 must be"),
        ({"people": (TeamMember("a"), TeamMember("a"))}, "keys of people appear more than once"),
        ({"people": (TeamMember("a", {}, {"x": 1.5}),)}, "skill 'x' of 'a' must be a whole number"),
        ({"smallest": 3, "largest": 2}, "teams of 3 to 2 people cannot be formed"),
        ({"smallest": 2, "largest": 2, "teams": 3}, "4 people cannot be 3 teams of 2 to 2"),
        ({"wishes": (TeamWish("a", "x", True),)}, "wish in row 1 names unknown people ['x']"),
        ({"wishes": (TeamWish("a", "a", True),)}, "joins 'a' with the same person"),
        (
            {"wishes": (TeamWish("a", "b", True), TeamWish("b", "a", False))},
            "wish in row 2 speaks of ('a', 'b') again",
        ),
        ({"different": {"x": -1}}, "x must be 0 or more"),
        ({"weights": {"x": 101}}, "weights must be at most 100"),
    ],
)
def test_bad_input_is_refused_and_the_row_named(change, named):
    people = tuple(TeamMember(key) for key in "abcd")
    given = {"people": people, "smallest": 1, "largest": 2, "seed": "seed"}

    with pytest.raises(ValueError) as refused:
        TeamProblem(**{**given, **change})

    assert named in str(refused.value)
