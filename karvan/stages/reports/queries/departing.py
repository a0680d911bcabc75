"""What editions changed of their design: every departure, and how far their figures compare."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from karvan.stages.blueprints.document import REMOVED, Change, Lock, changes, identity_of, lock_of
from karvan.stages.blueprints.document.paths import split
from karvan.stages.blueprints.document.patterns import reaches
from karvan.stages.blueprints.models import Blueprint
from karvan.stages.editions.models import Departure, Edition
from karvan.stages.editions.queries import with_departures

from ..models import Rebase
from .comparability import Effect, Touched, paths_of, touched_by, worst

# Where the parts of a list are too many to stand in columns of their own, the list is one.
_AS_ONE = (
    *(
        f"activities.*.{name}"
        for name in (
            "sessions", "plan", "rooms", "trainer_roles", "team_roles", "equipment", "outcomes",
            "prerequisites", "rubrics", "assessment", "milestones", "award", "form",
        )
    ),
    "activities.*.selection.rubric",
    "activities.*.selection.quotas.*",
    "budget_lines",
)  # fmt: skip
# Who may change what, not what is held.
_LAW = ("locks", "default_lock", "karvan")


@dataclass(frozen=True, slots=True)
class DepartureRow:
    """One departure with what allowed it and what it does.

    data:    the document of the version it departs from; ``version`` its number.
    part:    the path under which it stands in the matrix.
    lock:    the lock in force at its path.
    changed: the smallest parts that differ.
    touched: the indicators whose comparability it takes; () once it is superseded.
    """

    departure: Departure
    data: Mapping[str, Any]
    version: int
    part: str
    lock: Lock
    changed: tuple[Change, ...]
    touched: tuple[Touched, ...]

    @property
    def stands(self) -> bool:
        return self.departure.superseded_at is None


@dataclass(frozen=True, slots=True)
class Standing:
    """How an edition's figure of one indicator compares, and why."""

    edition: Edition
    effect: Effect
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """One indicator over the editions, in their order."""

    code: str
    title: str
    editions: tuple[Standing, ...]

    def having(self, effect: Effect) -> tuple[Standing, ...]:
        return tuple(one for one in self.editions if one.effect == effect)

    @property
    def effect(self) -> Effect:
        """The worst there is among the editions."""
        return worst(one.effect for one in self.editions)


@dataclass(frozen=True)
class Departed:
    """The departures of editions of one programme, by edition and by when they were made.

    ``reference`` is the version that most of the editions hold, the newest of several: what
    figures are compared against, since an edition on another version differs without departing.
    """

    editions: tuple[Edition, ...]
    rows: tuple[DepartureRow, ...]
    compared: tuple[Compared, ...]
    reference: Blueprint | None

    @cached_property
    def standing(self) -> tuple[DepartureRow, ...]:
        return tuple(row for row in self.rows if row.stands)

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """The parts in which any edition departs, in the order of the document."""
        data = self.reference.data if self.reference else {}
        found = dict.fromkeys(row.part for row in self.standing)
        return tuple(sorted(found, key=lambda path: _place(data, path)))

    @cached_property
    def cells(self) -> Mapping[tuple[int, str], tuple[DepartureRow, ...]]:
        """The standing departures of each edition and part."""
        found: dict[tuple[int, str], list[DepartureRow]] = defaultdict(list)
        for row in self.standing:
            found[row.departure.edition_id, row.part].append(row)
        return {key: tuple(rows) for key, rows in found.items()}


def departed(editions: QuerySet[Edition]) -> Departed:
    """Every departure of these editions, which belong to one programme. Three queries."""
    listed = tuple(editions.select_related("country", "programme").order_by("scope"))
    documents = _documents(listed)
    made: dict[int, list[Departure]] = defaultdict(list)
    everything = Departure.objects.filter(edition__in=listed).select_related(
        "made_by", "carried_from"
    )
    for one in everything.prefetch_related("carried_to"):
        made[one.edition_id].append(one)
    held = Counter(one.blueprint_id for one in listed)
    reference = max(
        (one for one in documents.values() if one.pk in held),
        key=lambda one: (held[one.pk], one.number),
        default=None,
    )
    rows = tuple(
        _row(one, _version_of(one, edition, documents))
        for edition in listed
        for one in made[edition.pk]
    )
    compared = _compared(listed, made, documents, reference) if reference else ()
    return Departed(listed, rows, compared, reference)


def departed_of(edition: Edition) -> Departed:
    """The departures of one edition, compared with its own version. Three queries."""
    return departed(Edition.objects.filter(pk=edition.pk))


def part_of(path: str) -> str:
    """The path of the part under which a departure stands in the matrix."""
    for pattern in _AS_ONE:
        if reaches(split(pattern), split(path)):
            return ".".join(split(path)[: len(split(pattern))])
    return path


def _documents(editions: Sequence[Edition]) -> dict[int, Blueprint]:
    """All versions of the editions' programmes by their key: departures may be of earlier ones."""
    programmes = {one.programme_id for one in editions}
    found = Blueprint.objects.filter(programme__in=programmes, state=Blueprint.State.PUBLISHED)
    return {one.pk: one for one in found.defer("source")}


def _version_of(
    departure: Departure, edition: Edition, documents: Mapping[int, Blueprint]
) -> Blueprint:
    """The version that was departed from: the edition's own where the row names none."""
    own = documents[edition.blueprint_id]
    if departure.version in (None, own.number):
        return own
    return next((one for one in documents.values() if one.number == departure.version), own)


def _row(departure: Departure, base: Blueprint) -> DepartureRow:
    data: Mapping[str, Any] = base.data
    before = REMOVED if departure.before is None else departure.before
    after = REMOVED if departure.after is None else departure.after
    changed = tuple(changes(before, after, departure.path))
    stands = departure.superseded_at is None
    return DepartureRow(
        departure=departure,
        data=data,
        version=base.number,
        part=part_of(departure.path),
        lock=lock_of(data, departure.path),
        changed=changed,
        touched=touched_by(paths_of(changed), data) if stands else (),
    )


def _compared(
    editions: Iterable[Edition],
    made: Mapping[int, Sequence[Departure]],
    documents: Mapping[int, Blueprint],
    reference: Blueprint,
) -> tuple[Compared, ...]:
    """Each indicator against each edition's whole design: departures and earlier versions alike."""
    found: list[tuple[Edition, dict[str, Touched]]] = []
    for edition in editions:
        standing = [one for one in made[edition.pk] if one.superseded_at is None]
        design = with_departures(documents[edition.blueprint_id].data, standing)
        differing = [
            one for one in changes(reference.data, design) if split(one.path)[0] not in _LAW
        ]
        touched = touched_by(paths_of(differing), reference.data)
        found.append((edition, {one.code: one for one in touched}))
    whole = touched_by(["indicators"], reference.data)
    return tuple(
        Compared(
            one.code, one.title, tuple(_standing(edition, by, one.code) for edition, by in found)
        )
        for one in whole
    )


def _standing(edition: Edition, touched: Mapping[str, Touched], code: str) -> Standing:
    one = touched.get(code)
    return Standing(edition, one.effect, one.reasons) if one else Standing(edition, Effect.FULL, ())


def _place(data: Any, path: str) -> tuple[Any, ...]:
    """Where a path stands in a document, to sort by; what is not there stands last."""
    places: list[int] = []
    for name in split(path):
        names = _names(data)
        at = names.index(name) if name in names else len(names)
        places.append(at)
        data = _below(data, at)
    return (*places, path)


def _names(held: Any) -> list[str]:
    if isinstance(held, dict):
        return list(held)
    items = held if isinstance(held, list) else []
    return [identity_of(item) or str(at) for at, item in enumerate(items)]


def _below(held: Any, at: int) -> Any:
    values = list(held.values()) if isinstance(held, dict) else held
    return values[at] if isinstance(values, list) and at < len(values) else None


def rebases_of(editions: QuerySet[Edition] | Sequence[Edition]) -> list[Rebase]:
    """Figures kept twice because an edition took a version that defines them otherwise."""
    found = Rebase.objects.filter(edition__in=editions).select_related(
        "edition__country", "edition__programme", "edition__blueprint"
    )
    return list(found.order_by("indicator", "edition__scope", "at"))
