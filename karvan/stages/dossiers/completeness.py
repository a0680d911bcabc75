"""How complete a dossier is: a share of each section, the score, and what would raise it most.

A section is a list of wants with weights of their own; each is fulfilled from 0 to 1, so that
half of the steps with a photograph count as half. The score is the share of the weighted sum of
the sections in whole per cent, rounded down. Nothing here asks the database: ``Counts`` come from
``bench_queries.counts_of``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .sections import SECTIONS, Section

Words = str | Promise
Share = Callable[["Counts"], Fraction]
BEST = 3


@dataclass(frozen=True, slots=True)
class Counts:
    """What a dossier holds, counted. A flag is 0 or 1."""

    # 1 identification
    has_type: int = 0
    has_emdn: int = 0
    has_maker: int = 0
    has_model: int = 0
    has_serial: int = 0
    has_class: int = 0
    has_markings: int = 0
    label_photos: int = 0
    # 2 gates
    gate_items: int = 0
    gates_answered: int = 0
    gates_blocking: int = 0
    gates_signed: int = 0  # blocking ones that are signed
    has_permission: int = 0
    has_decontamination: int = 0
    # 3 and 4, each text that says something
    uses_said: int = 0
    works_said: int = 0
    readings_said: int = 0
    faults_said: int = 0
    # 5 blocks
    blocks: int = 0
    blocks_sided: int = 0
    blocks_backed: int = 0  # seen in a step, or said to be inferred
    blocks_linked: int = 0
    power_blocks: int = 0
    links: int = 0
    links_unbarred: int = 0  # from the patient's to the mains side without a barrier
    # 6 teardown
    steps: int = 0
    steps_pictured: int = 0
    steps_annotated: int = 0
    steps_with_tools: int = 0
    steps_timed: int = 0
    # 7 bill of materials
    parts: int = 0
    parts_counted: int = 0
    parts_identified: int = 0
    parts_priced: int = 0
    parts_sourced: int = 0
    substitutes: int = 0
    # 8 design files
    files: int = 0
    schematics: int = 0
    layouts: int = 0
    files_sourced: int = 0
    files_licensed: int = 0
    # 9 measurements and signals
    measurements: int = 0
    measured_surely: int = 0
    measured_with: int = 0
    measured_under: int = 0
    captures: int = 0
    # 10 risks
    risks: int = 0
    risks_controlled: int = 0
    risks_residual: int = 0
    risks_judged: int = 0
    # 11 requirements and alternatives
    requirements: int = 0
    requirements_verified_by: int = 0
    alternatives: int = 0
    decisions: int = 0
    # 12 tests
    cases: int = 0
    cases_limited: int = 0
    cases_run: int = 0
    cases_run_with: int = 0
    # 13 building
    build_steps: int = 0
    build_steps_using: int = 0
    parts_used: int = 0
    # 14 release
    members: int = 0
    credited: int = 0
    versions: int = 0


@dataclass(frozen=True, slots=True)
class Want:
    """One thing a section asks for; ``opening``: only when the device may be opened."""

    weight: int
    text: Words
    share: Share
    opening: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """Something to do: what, in which section, and how many points of 100 it would bring."""

    section: Section
    text: Words
    gain: Fraction
    opening: bool = False


@dataclass(frozen=True, slots=True)
class SectionShare:
    """One section as it stands: ``share`` from 0 to 1, and what it still lacks."""

    section: Section
    share: Fraction
    gaps: tuple[Gap, ...]

    @property
    def percent(self) -> int:
        """Whole per cent, rounded down: 59.9 is not 60."""
        return int(self.share * 100)

    @property
    def mark(self) -> str:
        """A key of the states of the house."""
        if self.share == 1:
            return "done"
        return "in_progress" if self.share else "open"


@dataclass(frozen=True, slots=True)
class Completeness:
    """All sections that count, and the score from 0 to 100."""

    sections: tuple[SectionShare, ...]
    score: int

    def best(self, *, is_open: bool = True, most: int = BEST) -> tuple[Gap, ...]:
        """What to do next: the largest gain first, then in the order of the sections.

        ``is_open``: the device may be opened; before that nothing of the inside is proposed.
        """
        gaps = [gap for one in self.sections for gap in one.gaps if is_open or not gap.opening]
        return tuple(sorted(gaps, key=lambda gap: (-gap.gain, gap.section.number))[:most])

    def percent_of(self, key: str) -> int:
        """The share of one section in whole per cent; 100 for one that is not asked for."""
        return next((one.percent for one in self.sections if one.section.key == key), 100)


def said(name: str) -> Share:
    """1 where the count is at least one."""
    return enough(name, 1)


def enough(name: str, least: int) -> Share:
    """The count as a share of the least that is asked for."""
    return lambda counts: min(Fraction(1), Fraction(getattr(counts, name), least))


def most_of(name: str, whole: str) -> Share:
    """The count as a share of another; 0 of nothing."""

    def share(counts: Counts) -> Fraction:
        total = getattr(counts, whole)
        return min(Fraction(1), Fraction(getattr(counts, name), total)) if total else Fraction(0)

    return share


def _barred(counts: Counts) -> Fraction:
    """1 where the diagram has links and none crosses to the mains side without a barrier."""
    return Fraction(int(counts.links > 0 and counts.links_unbarred == 0))


WANTS: dict[str, tuple[Want, ...]] = {
    "identification": (
        Want(1, _("Say what kind of device it is"), said("has_type")),
        Want(1, _("Find its EMDN code"), said("has_emdn")),
        Want(1, _("Write down the manufacturer"), said("has_maker")),
        Want(1, _("Write down the model"), said("has_model")),
        Want(1, _("Write down the serial or lot number"), said("has_serial")),
        Want(1, _("Say its risk and protection class"), said("has_class")),
        Want(1, _("Copy its markings"), said("has_markings")),
        Want(1, _("Photograph the labels"), enough("label_photos", 2)),
    ),
    "gates": (
        Want(4, _("Answer the gate items"), most_of("gates_answered", "gate_items")),
        Want(2, _("Have the blocking items signed"), most_of("gates_signed", "gates_blocking")),
        Want(2, _("Add the owner's written permission"), said("has_permission")),
        Want(2, _("Add the decontamination certificate"), said("has_decontamination")),
    ),
    "use": (Want(1, _("Describe need, users, setting and upkeep"), enough("uses_said", 6)),),
    "function": (
        Want(2, _("Say what worked before it was opened"), said("works_said")),
        Want(1, _("Note readings taken before opening"), said("readings_said")),
        Want(1, _("Note the faults that were found"), said("faults_said")),
    ),
    "blocks": (
        Want(3, _("Draw the blocks"), enough("blocks", 4)),
        Want(2, _("Link the blocks"), most_of("blocks_linked", "blocks")),
        Want(1, _("Show where the energy comes from"), said("power_blocks")),
        Want(1, _("Say on which side each block is"), most_of("blocks_sided", "blocks")),
        Want(1, _("Name the barrier of every link that crosses the isolation"), _barred),
        Want(
            2,
            _("Tie each block to a step, or call it inferred"),
            most_of("blocks_backed", "blocks"),
        ),
    ),
    "teardown": (
        Want(4, _("Write the teardown steps"), enough("steps", 5), opening=True),
        Want(4, _("Photograph every step"), most_of("steps_pictured", "steps"), opening=True),
        Want(
            2,
            _("Mark what the photographs show"),
            most_of("steps_annotated", "steps"),
            opening=True,
        ),
        Want(
            1, _("Name the tools of each step"), most_of("steps_with_tools", "steps"), opening=True
        ),
        Want(1, _("Say how long each step takes"), most_of("steps_timed", "steps"), opening=True),
    ),
    "bom": (
        Want(3, _("List the parts"), enough("parts", 5), opening=True),
        Want(2, _("Give every part its quantity"), most_of("parts_counted", "parts"), opening=True),
        Want(
            2,
            _("Identify the parts by their numbers"),
            most_of("parts_identified", "parts"),
            opening=True,
        ),
        Want(2, _("Find prices"), most_of("parts_priced", "parts"), opening=True),
        Want(
            2, _("Name where parts can be bought"), most_of("parts_sourced", "parts"), opening=True
        ),
        Want(1, _("Name a substitute for a part"), said("substitutes"), opening=True),
    ),
    "files": (
        Want(2, _("Add a design file"), said("files")),
        Want(2, _("Draw the schematic"), said("schematics")),
        Want(2, _("Add a board or a body as CAD"), said("layouts")),
        Want(
            1,
            _("Give each export its source form, or say why not"),
            most_of("files_sourced", "files"),
        ),
        Want(1, _("Say under which licence each file is"), most_of("files_licensed", "files")),
    ),
    "measurements": (
        Want(3, _("Measure"), enough("measurements", 3)),
        Want(3, _("State the expanded uncertainty"), most_of("measured_surely", "measurements")),
        Want(1, _("Name the instrument of each value"), most_of("measured_with", "measurements")),
        Want(1, _("Note the conditions of each value"), most_of("measured_under", "measurements")),
        Want(2, _("Capture a signal"), said("captures")),
    ),
    "risks": (
        Want(2, _("Write down the risks"), enough("risks", 3)),
        Want(2, _("Give every risk a control"), most_of("risks_controlled", "risks")),
        Want(2, _("Say what risk remains"), most_of("risks_residual", "risks")),
        Want(2, _("Judge whether it is acceptable"), most_of("risks_judged", "risks")),
    ),
    "requirements": (
        Want(2, _("Write the requirements"), enough("requirements", 5)),
        Want(
            1,
            _("Say how each requirement is shown"),
            most_of("requirements_verified_by", "requirements"),
        ),
        Want(2, _("Describe alternatives"), enough("alternatives", 2)),
        Want(1, _("Decide between the alternatives, with the reason"), said("decisions")),
    ),
    "tests": (
        Want(1, _("Write the test cases"), enough("cases", 3)),
        Want(1, _("Give each case its limits or its procedure"), most_of("cases_limited", "cases")),
        Want(3, _("Run the tests"), most_of("cases_run", "cases")),
        Want(1, _("Name the instrument of each run"), most_of("cases_run_with", "cases")),
    ),
    "building": (
        Want(2, _("Write the build instructions"), enough("build_steps", 3)),
        Want(1, _("Say which parts each step uses"), most_of("build_steps_using", "build_steps")),
        Want(1, _("Use every part of the bill in a step"), most_of("parts_used", "parts")),
    ),
    "release": (
        Want(1, _("Credit everybody in the team"), most_of("credited", "members")),
        Want(1, _("Release a version"), said("versions")),
    ),
}


def completeness(counts: Counts, required: Iterable[str] = ()) -> Completeness:
    """How complete a dossier with these counts is.

    ``required``: the keys of the sections its kind of device asks for; all where none is named.
    """
    wanted = set(required)
    asked = [one for one in SECTIONS if not wanted or one.key in wanted] or list(SECTIONS)
    total = sum(section.weight for section in asked)
    sections = tuple(_section(section, counts, total) for section in asked)
    weighted = sum((one.section.weight * one.share for one in sections), Fraction(0))
    return Completeness(sections, int(100 * weighted / total))


def _section(section: Section, counts: Counts, total: int) -> SectionShare:
    wants = WANTS[section.key]
    whole = sum(want.weight for want in wants)
    shares = [(want, want.share(counts)) for want in wants]
    share = sum((want.weight * found for want, found in shares), Fraction(0)) / whole
    points = Fraction(100 * section.weight, total * whole)
    gaps = tuple(
        Gap(section, want.text, points * want.weight * (1 - found), want.opening)
        for want, found in shares
        if found < 1
    )
    return SectionShare(section, share, gaps)
