"""Laws of matching by preferences, checked against counting every matching out."""

from collections import Counter
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from karvan.engines.selection import (
    Matching,
    MatchProblem,
    Place,
    Seeker,
    Supervisor,
    blocking_pairs,
    check_matching,
    explain_match,
    match_by_rank,
    match_stable,
)
from tests.shared import shared_path


@st.composite
def matches(draw, supervised=False, tied=True):
    seekers = [f"s{n}" for n in range(draw(st.integers(0, 5)))]
    places = [f"p{n}" for n in range(draw(st.integers(0, 4)))]
    ranked = (
        st.dictionaries(st.sampled_from(seekers), st.integers(1, 3)) if seekers else st.just({})
    )
    wishing = []
    for key in seekers:
        wishes = tuple(draw(st.permutations(places))[: draw(st.integers(0, len(places)))])
        steps = draw(st.lists(st.integers(0, 1), min_size=len(wishes), max_size=len(wishes)))
        ranks = tuple(1 + sum(steps[: n + 1]) - steps[0] for n in range(len(wishes)))
        wishing.append(Seeker(key, wishes, ranks if tied and draw(st.booleans()) else ()))
    supervisors = ["v0", "v1"] if supervised else []
    made = []
    for key in places:
        by = draw(st.sampled_from(["", *supervisors]))
        own = {} if by else draw(ranked)
        refuses = frozenset(draw(st.sets(st.sampled_from(seekers), max_size=1)) if seekers else ())
        capacity, only = draw(st.integers(0, 2)), bool(own) and draw(st.booleans())
        made.append(Place(key, capacity, own, only, refuses, by))
    over = tuple(Supervisor(key, draw(st.integers(0, 3)), draw(ranked)) for key in supervisors)
    return MatchProblem(tuple(wishing), tuple(made), draw(st.sampled_from("ab")), over)


def rank_of(problem, seeker, place):
    found = next(s for s in problem.seekers if s.key == seeker)
    at = found.wishes.index(place)
    return found.ranks[at] if found.ranks else at + 1


def profile(problem, given):
    ranks = Counter(rank_of(problem, s, p) for s, p in given.items())
    return tuple(ranks[r] for r in range(1, max(ranks, default=0) + 1))


def every_matching(problem):
    """Each allowed matching, as the answer would state it but for its blocking pairs."""
    for some in product(*[(None, *s.wishes) for s in problem.seekers]):
        given = {s.key: p for s, p in zip(problem.seekers, some, strict=True) if p is not None}
        without = tuple(sorted({s.key for s in problem.seekers} - set(given)))
        stated = Matching(given, without, profile(problem, given), 0)
        blocked = replace(stated, blocking_pairs=-1)
        if all("block" in word for word in check_matching(problem, blocked)):
            yield stated


@settings(max_examples=80, deadline=None)
@given(st.booleans().flatmap(lambda supervised: matches(supervised=supervised)))
def test_no_stable_matching_gives_any_seeker_a_better_place(problem):
    answer = match_stable(problem)

    assert check_matching(problem, answer) == ()
    assert answer.blocking_pairs == 0
    for other in every_matching(problem):
        if blocking_pairs(problem, other):
            continue
        for seeker in problem.seekers:
            if seeker.key in other.places:
                mine = rank_of(problem, seeker.key, answer.places[seeker.key])
                assert mine <= rank_of(problem, seeker.key, other.places[seeker.key])


@settings(max_examples=80, deadline=None)
@given(st.booleans().flatmap(lambda supervised: matches(supervised=supervised)), st.booleans())
def test_no_matching_has_a_better_profile(problem, most_people):
    answer = match_by_rank(problem, most_people=most_people)

    def worth(other):
        return (len(other.places) if most_people else 0, other.profile)

    assert check_matching(problem, answer) == ()
    assert worth(answer) == max(map(worth, every_matching(problem)))


@settings(max_examples=60, deadline=None)
@given(matches(supervised=True), st.randoms())
def test_the_order_of_the_input_does_not_matter(problem, random):
    def mixed(rows):
        return tuple(random.sample(rows, len(rows)))

    shuffled = replace(
        problem,
        seekers=mixed(problem.seekers),
        places=mixed(problem.places),
        supervisors=mixed(problem.supervisors),
    )

    assert match_stable(shuffled) == match_stable(problem)
    assert match_by_rank(shuffled) == match_by_rank(problem)


@settings(max_examples=60, deadline=None)
@given(matches(supervised=True))
def test_everyone_is_told_why_a_better_place_was_not_theirs(problem):
    answer = match_stable(problem)

    for seeker in problem.seekers:
        own = answer.places.get(seeker.key)
        told = explain_match(problem, answer, seeker.key)
        if own is None:
            assert [p.place for p in told] == list(seeker.wishes)
        for passed in told:
            assert own is None or passed.rank < rank_of(problem, seeker.key, own)
            assert seeker.key not in passed.ahead


def test_a_refusal_says_who_holds_the_place_and_whether_they_were_drawn():
    seekers = tuple(Seeker(key, ("m", "n")) for key in ("ada", "ben", "cyr"))
    problem = MatchProblem(
        seekers, (Place("m", 1, {"ben": 1}), Place("n", 1, refuses=frozenset({"cyr"}))), "seed"
    )

    answer = match_stable(problem)

    assert answer.places == {"ada": "n", "ben": "m"}
    assert answer.profile == (1, 1)
    (first,) = explain_match(problem, answer, "ada")
    assert (first.reason, first.ahead, first.is_drawn) == ("full", ("ben",), False)
    assert [p.reason for p in explain_match(problem, answer, "cyr")] == ["full", "refused"]


@pytest.mark.parametrize("year", (1, 2))
def test_students_of_glasgow_get_projects_with_nobody_left_to_envy(year):
    seekers = []
    for line in shared_path(f"inputs/preflib/project_{year}.soi").read_text().splitlines():
        if not line.startswith("#"):
            _count, order = line.split(": ")
            seekers.append(Seeker(f"student {len(seekers)}", tuple(order.split(","))))
    projects = {wish for seeker in seekers for wish in seeker.wishes}
    problem = MatchProblem(tuple(seekers), tuple(Place(p, 1) for p in sorted(projects)), "year")

    stable, by_rank = match_stable(problem), match_by_rank(problem)

    assert check_matching(problem, stable) == check_matching(problem, by_rank) == ()
    assert stable.blocking_pairs == 0
    assert len(by_rank.places) >= len(stable.places)
    assert match_by_rank(problem, most_people=False).profile >= stable.profile


def test_many_ranks_do_not_outgrow_the_weights():
    places = tuple(Place(f"p{n:02}", 1) for n in range(40))
    seekers = tuple(Seeker(f"s{n:02}", tuple(p.key for p in places)) for n in range(40))

    answer = match_by_rank(MatchProblem(seekers, places, "seed"))

    assert answer.profile == (1,) * 40


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"seed": " "}, "seed must be a non-empty text"),
        ({"seekers": (Seeker("s"), Seeker(""))}, "got '' in row 2"),
        ({"seekers": (Seeker("s"), Seeker("s"))}, "seeker key 's' appears again in row 2"),
        ({"seekers": (Seeker("s", ("x",)),)}, "seeker 's' wishes for unknown places ['x']"),
        ({"seekers": (Seeker("s", ("p", "p")),)}, "wishes of seeker 's' appear more than once"),
        ({"seekers": (Seeker("s", ("p",), (1, 2)),)}, "ranks of seeker 's' are 2, the wishes 1"),
        ({"seekers": (Seeker("s", ("p",), (0,)),)}, "must start at 1 or above and never fall"),
        ({"places": (Place("p", -1),)}, "capacity of place 'p' must be 0 or more, got -1"),
        ({"places": (Place("p", 1, {"x": 1}),)}, "gives a priority to an unknown seeker 'x'"),
        ({"places": (Place("p", 1, {"s": 0}),)}, "priority of 's' at place 'p' must be from 1"),
        ({"places": (Place("p", 1, refuses=frozenset("x")),)}, "refuses unknown seekers ['x']"),
        ({"places": (Place("p", 1, supervisor="v"),)}, "has an unknown supervisor 'v'"),
        (
            {
                "places": (Place("p", 1, {"s": 1}, supervisor="v"),),
                "supervisors": (Supervisor("v", 1),),
            },
            "place 'p' has priorities beside those of supervisor 'v'",
        ),
    ],
)
def test_bad_input_is_refused_and_the_row_named(change, named):
    given = {"seekers": (Seeker("s", ("p",)),), "places": (Place("p", 1),), "seed": "seed"}

    with pytest.raises(ValueError) as refused:
        MatchProblem(**{**given, **change})

    assert named in str(refused.value)


def test_an_unknown_seeker_cannot_be_explained():
    problem = MatchProblem((), (), "seed")

    with pytest.raises(ValueError, match="no seeker 'x'"):
        explain_match(problem, match_stable(problem), "x")
