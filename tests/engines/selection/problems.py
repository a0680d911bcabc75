"""Generated problems, small enough to be counted out by hand."""

from itertools import combinations

from hypothesis import strategies as st

from karvan.engines.selection import (
    Application,
    AssignmentProblem,
    Candidate,
    ChoiceProblem,
    Quota,
    Reviewer,
    ticket,
)

COUNTRIES = ("KE", "NP", "")  # "" is an answer not given
GENDERS = ("f", "m")
LANGUAGES = ("en", "fr")
FIELDS = ("soil", "water", "light")


@st.composite
def people(draw, max_size=8, teams=False):
    attributes = st.fixed_dictionaries(
        {"gender": st.sampled_from(GENDERS)}, optional={"country": st.sampled_from(COUNTRIES)}
    )
    found = []
    for n in range(draw(st.integers(0, max_size))):
        merit = draw(st.integers(0, 4))  # few values: many ties
        members = ()
        if teams and draw(st.booleans()):
            members = tuple(draw(st.lists(attributes, min_size=1, max_size=3)))
        found.append(
            Candidate(f"c{n}", merit, draw(attributes), seats=len(members) or 1, members=members)
        )
    return tuple(found)


@st.composite
def quotas(draw):
    kinds = draw(
        st.lists(
            st.sampled_from(
                [
                    ("gender", frozenset({"f"})),
                    ("gender", frozenset({"m"})),
                    ("country", frozenset({"KE"})),
                    ("country", frozenset({"NP", "not given"})),
                ]
            ),
            unique=True,
            max_size=4,
        )
    )
    made = []
    for n, (attribute, values) in enumerate(kinds):
        floor = draw(st.none() | st.integers(0, 3))
        ceiling = draw(st.none() | st.integers(floor or 0, 4))
        made.append(Quota(f"q{n}", attribute, values, floor, ceiling))
    return tuple(made)


@st.composite
def choices(draw, max_size=8, teams=False):
    return ChoiceProblem(
        draw(people(max_size, teams)),
        draw(st.integers(0, 6)),
        draw(quotas()),
        draw(st.sampled_from(("a", "b", "c"))),
    )


@st.composite
def assignments(draw):
    some = st.frozensets(st.sampled_from(LANGUAGES), max_size=2)
    topics = st.frozensets(st.sampled_from(FIELDS), max_size=2)
    applications = tuple(
        Application(f"a{n}", draw(some), draw(topics)) for n in range(draw(st.integers(0, 3)))
    )
    reviewers = []
    for n in range(draw(st.integers(0, 3))):
        low = draw(st.integers(0, 2))
        reviewers.append(
            Reviewer(f"r{n}", draw(some), draw(topics), low, draw(st.integers(low, 3)))
        )
    pairs = [(a.key, r.key) for a in applications for r in reviewers]
    chance = st.sampled_from(pairs) if pairs else st.nothing()
    return AssignmentProblem(
        applications,
        tuple(reviewers),
        draw(st.integers(0, 3)),
        draw(st.frozensets(chance, max_size=2)) if pairs else frozenset(),
        suitability=draw(st.dictionaries(chance, st.integers(0, 9))) if pairs else {},
    )


def cohorts(problem):
    """Every set of candidates that keeps the limits."""
    for size in range(len(problem.candidates) + 1):
        for some in combinations(problem.candidates, size):
            if over_limits(problem, some) == 0:
                yield some


def over_limits(problem, some):
    """By how many people a set misses the limits, all together."""
    missed = max(0, sum(c.seats for c in some) - problem.places)
    for quota in problem.quotas:
        counted = sum(c.people_counted_by(quota) for c in some)
        missed += max(0, (quota.floor or 0) - counted)
        missed += max(0, counted - quota.ceiling) if quota.ceiling is not None else 0
    return missed


def value(some):
    """Merit first, filled seats second."""
    return sum(c.merit * c.seats for c in some), sum(c.seats for c in some)


def best_cohorts(problem):
    """Every cohort of greatest value, as sets of keys."""
    allowed = list(cohorts(problem))
    best = max(map(value, allowed), default=None)
    return [{c.key for c in some} for some in allowed if value(some) == best]


def drawn(problem, equal):
    """The one of equal cohorts that people asked in the order of their tickets end with."""
    order = sorted((c.key for c in problem.candidates), key=lambda k: (ticket(problem.seed, k), k))
    return max(equal, key=lambda keys: [key in keys for key in order])
