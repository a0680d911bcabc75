"""How many people, teams and trainers the sessions of an activity are laid out for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from karvan.stages.editions.models import Activity


@dataclass(frozen=True, slots=True)
class Cohort:
    """The size of a cohort and of its teams, from the activity's places or its design."""

    people: int
    team_size: int
    most_teams: int | None = None

    def teams(self, people: int) -> int:
        """How many teams so many people make, each as large as the design allows."""
        teams = max(1, -(-people // self.team_size))
        return min(teams, self.most_teams) if self.most_teams else teams


def cohort_of(activity: Activity, document: Mapping[str, Any], sizes: list[int]) -> Cohort:
    """The cohort: the groups' sizes added up, else the places, else the most the design allows."""
    designed = document.get("cohort", {})
    people = sum(sizes) or activity.places or designed.get("max") or designed.get("min") or 1
    team = designed.get("team_size", {}).get("max") or people
    return Cohort(people, team, designed.get("max_teams"))


def trainers_needed(
    session: Mapping[str, Any], document: Mapping[str, Any], *, cohort: Cohort, people: int
) -> dict[str, int]:
    """Role → how many trainers a session with so many people needs.

    A role counted ``per_teams`` grows with the teams in the room; one ``per_cohort`` does not.
    """
    designed = {role["code"]: role for role in document.get("trainer_roles", ())}
    needed: dict[str, int] = {}
    for code in session.get("roles", ()):
        role = designed.get(code, {})
        if role.get("per_teams"):
            needed[code] = -(-cohort.teams(people) // int(role["per_teams"]))
        else:
            needed[code] = int(role.get("per_cohort", 1))
    return needed


def equipment_needed(
    session: Mapping[str, Any], document: Mapping[str, Any], *, teams: int
) -> dict[str, int]:
    """Item → how many a session needs: what its room must hold, and in a laboratory the tools."""
    rooms = {room["code"]: room for room in document.get("rooms", ())}
    needs = rooms.get(session.get("room", ""), {}).get("needs", ())
    needed = {need["code"]: int(need.get("qty", 1)) for need in needs}
    if "lab" in str(session.get("kind", "")).split("+"):
        for item in document.get("equipment", ()):
            many = teams if item.get("per") == "team" else 1
            needed[item["code"]] = int(item.get("qty", 1)) * many
    return needed
