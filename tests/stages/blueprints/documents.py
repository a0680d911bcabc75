"""Small blueprints for the tests, and the library as it is shipped."""

from __future__ import annotations

from pathlib import Path

import pytest

from karvan.stages.blueprints import __file__ as blueprints_file
from karvan.stages.blueprints.document import DocumentProblems, Problem, parse

LIBRARY = Path(blueprints_file).parent / "library"

SMALL = """\
karvan: blueprint/1
code: DEMO
title: {en: Demo}
summary: {en: A small programme}
languages: [en]
activities:
  - code: CAMP
    format: boot_camp
    title: {en: Camp}
    duration: {days: 3, contact_minutes: 150}
    cohort: {min: 10, max: 20, team_size: {min: 2, max: 4}, max_teams: 5}
    trainer_roles:
      - {code: HEAD, title: {en: Head}, per_cohort: 1}
    rooms:
      - {code: HALL, seats: 30}
    outcomes:
      - {code: LO1, text: {en: Say what the problem is}}
    sessions:
      - {id: S1, day: 1, kind: plenary, minutes: 60, room: HALL, roles: [HEAD], title: {en: Opening}}
      - {id: S2, day: 3, kind: lab, minutes: 90, outcomes: [LO1], output: canvas, title: {en: Lab}}
    selection:
      decided_by: rubric
      rubric:
        - {code: WHY, weight: 60, title: {en: Why}, anchors: [{en: Low}, {en: High}]}
        - {code: HOW, weight: 40, title: {en: How}, anchors: [{en: Low}, {en: High}]}
      quotas:
        - {key: WOMEN, attribute: sex, values: [F], floor_percent: 40, title: {en: Women}}
    form:
      sections:
        - key: about
          title: {en: About you}
          questions:
            - key: sex
              type: choice
              label: {en: Sex}
              choices: [{value: F, label: {en: Woman}}, {value: M, label: {en: Man}}]
              attribute: sex
              purpose: {en: Fair places}
              retention_months: 24
            - {key: why, type: long_text, label: {en: Why}}
            - {key: how, type: long_text, label: {en: How}, show_if: {question: sex, equals: F}}
    assessment:
      - {code: A1, weight: 100, title: {en: Pitch}}
    award:
      certificate: {type: completion, title: {en: Certificate}, outputs: {canvas: 1}}
indicators:
  - {code: REACH, title: {en: Reach}, definition: {en: Who applied}, unit: persons, source: calls.eligible_applications}
locks:
  - {path: activities.CAMP.duration, level: free}
  - {path: activities.CAMP.duration.days, level: bounded, min: 2, max: 4, reason: {en: Two are the least.}}
  - {path: activities.CAMP.form, level: fixed}
"""


def changed(old: str, new: str) -> str:
    """The small blueprint with one place written otherwise."""
    assert SMALL.count(old) == 1, old
    return SMALL.replace(old, new)


def problems_of(text: str) -> tuple[Problem, ...]:
    with pytest.raises(DocumentProblems) as caught:
        parse(text)
    return caught.value.problems


def line_with(text: str, words: str) -> int:
    """The number, from 1, of the only line that holds these words."""
    found = [at for at, line in enumerate(text.splitlines(), 1) if words in line]
    assert len(found) == 1, words
    return found[0]


def first_other_line(text: str) -> int:
    """The number, from 1, of the first line that is not as in the small blueprint."""
    pairs = zip(SMALL.splitlines(), text.splitlines(), strict=False)
    return next(at for at, (ours, theirs) in enumerate(pairs, 1) if ours != theirs)


def library(name: str) -> str:
    return (LIBRARY / f"{name}.yaml").read_text("utf-8")
