"""A slow, plain recount of teams, sharing nothing with the search."""

from __future__ import annotations

from .problem import NOT_GIVEN
from .teams import TeamMember, TeamProblem, Teams


def check_teams(problem: TeamProblem, answer: Teams) -> tuple[str, ...]:
    """Return the rules the teams break, in words; empty if none.

    What could not be met is no broken rule as long as the answer says so.

    Cost: O(people x teams x features); plain loops.
    """
    broken = []
    people = {p.key: p for p in problem.people}
    if sorted(key for team in answer.teams for key in team) != sorted(people):
        return ("not everybody is in exactly one team",)
    if sorted(map(len, answer.teams), reverse=True) != list(problem.sizes):
        broken.append(f"teams have {[len(t) for t in answer.teams]} members")
    own = {key: n for n, team in enumerate(answer.teams) for key in team}
    apart = [w for w in problem.wishes if (own[w.one] == own[w.other]) != w.together]
    if answer.musts != tuple(sorted((w.one, w.other) for w in apart if w.is_must)):
        broken.append(f"broken musts are not {answer.musts}")
    if answer.unmet != tuple(sorted((w.one, w.other) for w in apart if not w.is_must)):
        broken.append(f"unmet wishes are not {answer.unmet}")
    short = sum(
        max(0, number - len({people[k].attributes.get(a) or NOT_GIVEN for k in team} - {NOT_GIVEN}))
        for team in answer.teams
        for a, number in problem.different.items()
    )
    if answer.short != short:
        broken.append(f"{short} values are missing, stated {answer.short}")
    deviation = _deviation(problem, [[people[k] for k in team] for team in answer.teams])
    if answer.deviation != deviation:
        broken.append(f"deviation is {deviation}, stated {answer.deviation}")
    if answer.bound > deviation:
        broken.append(f"bound {answer.bound} is above the deviation {deviation}")
    return tuple(broken)


def _deviation(problem: TeamProblem, teams: list[list[TeamMember]]) -> int:
    everyone = [p for team in teams for p in team]
    total = 0
    for skill in {s for p in everyone for s in p.skills}:
        given = sorted(p.skills[skill] for p in everyone if skill in p.skills)
        low, span, middle = given[0], given[-1] - given[0], given[(len(given) - 1) // 2]
        points = {
            p.key: (200 * (p.skills.get(skill, middle) - low) + span) // (2 * span) if span else 0
            for p in everyone
        }
        total += problem.weights.get(skill, 1) * _squares(teams, points)
    for attribute in {a for p in everyone for a in p.attributes}:
        given_values = {p.key: p.attributes.get(attribute) or NOT_GIVEN for p in everyone}
        for value in set(given_values.values()):
            points = {key: 100 * (own == value) for key, own in given_values.items()}
            total += problem.weights.get(attribute, 1) * _squares(teams, points)
    return total


def _squares(teams: list[list[TeamMember]], points: dict[str, int]) -> int:
    everything, many = sum(points.values()), len(points)
    return sum(
        (many * sum(points[p.key] for p in team) - len(team) * everything) ** 2 for team in teams
    )
