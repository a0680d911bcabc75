"""Read the competition's instances (.ctt) and solutions (.sol), and write solutions.

Source: L. Di Gaspero, B. McCollum, A. Schaerf. The second international timetabling
    competition (ITC-2007): curriculum-based course timetabling (track 3). 2007.
"""

from __future__ import annotations

from collections.abc import Iterator

from .problem import Assignments, Course, Curriculum, CurriculumProblem, LectureRoom, Slot

_HEADS = ("name", "courses", "rooms", "days", "periods_per_day", "curricula", "constraints")
_NEEDED = ("courses", "rooms", "days", "periods_per_day", "curricula")
_SECTIONS = ("courses", "rooms", "curricula", "unavailability_constraints")

_Row = tuple[int, list[str]]


def read_ctt(text: str) -> CurriculumProblem:
    """Return the instance that the text holds.

    The head lines and the sections may come in any order; blank lines, a byte order mark
    and either kind of line end do not matter. Nothing after ``END.`` is read.

    Raises:
        ValueError: a line cannot be understood, or counts and lines differ; the message
            begins with the number of the line.
    """
    heads, sections = _parts(text)
    for head in _NEEDED:
        if head not in heads:
            raise ValueError(f"line 1: the head must say {head.capitalize()}")
    days, periods = (_whole(*heads[n], least=1) for n in ("days", "periods_per_day"))
    for head, section in zip(("courses", "rooms", "curricula"), _SECTIONS, strict=False):
        _same_count(heads[head], section, sections)
    if "constraints" in heads:
        _same_count(heads["constraints"], _SECTIONS[3], sections)
    courses = tuple(_course(*row) for row in _once(sections["courses"], "course"))
    rooms = tuple(_room(*row) for row in _once(sections["rooms"], "room"))
    known = {course.key for course in courses}
    curricula = tuple(_curriculum(*r, known) for r in _once(sections["curricula"], "curriculum"))
    barred = frozenset(
        _unavailable(*row, known, days, periods) for row in sections["unavailability_constraints"]
    )
    name = heads["name"][1] if "name" in heads else ""
    return CurriculumProblem(name, days, periods, courses, rooms, curricula, barred)


def write_solution(problem: CurriculumProblem, timetable: Assignments) -> str:
    """Return the lines “course room day period”, one a lecture, in the order of the courses.

    Raises:
        KeyError: a course of the problem is not in the timetable.
    """
    return "".join(
        f"{course.key} {slot.room} {slot.day} {slot.period}\n"
        for course in problem.courses
        for slot in timetable[course.key]
    )


def read_solution(problem: CurriculumProblem, text: str) -> dict[str, tuple[Slot, ...]]:
    """Return the slots of each course, as the lines “course room day period” say them.

    A course without a line has no slots: ``check_curricula`` says that they are missing.

    Raises:
        ValueError: a line cannot be understood or names nothing of the problem; the
            message begins with the number of the line.
    """
    found: dict[str, list[Slot]] = {course.key: [] for course in problem.courses}
    rooms = {room.key for room in problem.rooms}
    for line, row in _rows(text):
        words = _words(line, row, 4, "course room day period")
        if words[0] not in found:
            raise ValueError(f"line {line}: there is no course {words[0]}")
        if words[1] not in rooms:
            raise ValueError(f"line {line}: there is no room {words[1]}")
        day, period = _time(line, words[2:], problem.days, problem.periods_per_day)
        found[words[0]].append(Slot(words[1], day, period))
    return {key: tuple(slots) for key, slots in found.items()}


def _rows(text: str) -> Iterator[tuple[int, str]]:
    """The lines with something on them, with their numbers from 1."""
    for line, row in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        if row.strip():
            yield line, row.strip()


def _parts(text: str) -> tuple[dict[str, tuple[int, str]], dict[str, list[_Row]]]:
    """The head lines by their names, and the lines of each section."""
    heads: dict[str, tuple[int, str]] = {}
    sections: dict[str, list[_Row]] = {}
    here: list[_Row] | None = None
    last = 1
    for line, row in _rows(text):
        last = line
        word, colon, value = row.partition(":")
        name = word.strip().lower()
        if row.rstrip(".").upper() == "END":
            break
        if colon and not value.strip() and name in _SECTIONS:
            if name in sections:
                raise ValueError(f"line {line}: {word.strip()} comes twice")
            here = sections[name] = []
        elif colon and name in _HEADS:
            if name in heads:
                raise ValueError(f"line {line}: {word.strip()} comes twice")
            heads[name], here = (line, value.strip()), None
        elif here is None:
            raise ValueError(f"line {line}: neither a head nor in a section: {row}")
        else:
            here.append((line, row.split()))
    for section in _SECTIONS[:3]:
        if section not in sections:
            raise ValueError(f"line {last}: there is no section {section.upper()}")
    sections.setdefault("unavailability_constraints", [])
    return heads, sections


def _same_count(head: tuple[int, str], section: str, sections: dict[str, list[_Row]]) -> None:
    said, found = _whole(*head, least=0), len(sections[section])
    if said != found:
        line = sections[section][-1][0] if found else head[0]
        raise ValueError(f"line {line}: {section.upper()} has {found} lines, the head says {said}")


def _once(rows: list[_Row], what: str) -> list[_Row]:
    seen: set[str] = set()
    for line, words in rows:
        if words[0] in seen:
            raise ValueError(f"line {line}: {what} {words[0]} comes twice")
        seen.add(words[0])
    return rows


def _words(line: int, row: str, count: int, form: str) -> list[str]:
    words = row.split()
    if len(words) != count:
        raise ValueError(f"line {line}: must be “{form}”, got “{row}”")
    return words


def _whole(line: int, word: str, *, least: int) -> int:
    try:
        number = int(word)
    except ValueError:
        raise ValueError(f"line {line}: must be a whole number, got “{word}”") from None
    if number < least:
        raise ValueError(f"line {line}: must be {least} or more, got {number}")
    return number


def _time(line: int, words: list[str], days: int, periods: int) -> tuple[int, int]:
    day, period = (_whole(line, word, least=0) for word in words)
    if day >= days or period >= periods:
        raise ValueError(f"line {line}: there is no day {day} with a period {period}")
    return day, period


def _course(line: int, words: list[str]) -> Course:
    key, teacher, *counts = _words(line, " ".join(words), 5, "course teacher lectures days seats")
    lectures, days, students = (_whole(line, word, least=0) for word in counts)
    if not lectures:
        raise ValueError(f"line {line}: course {key} must have a lecture")
    return Course(key, teacher, lectures, days, students)


def _room(line: int, words: list[str]) -> LectureRoom:
    key, seats = _words(line, " ".join(words), 2, "room seats")
    return LectureRoom(key, _whole(line, seats, least=0))


def _curriculum(line: int, words: list[str], known: set[str]) -> Curriculum:
    if len(words) < 2:
        raise ValueError(f"line {line}: must be “curriculum count courses”, got “{words[0]}”")
    key, count, *courses = words
    if _whole(line, count, least=0) != len(courses):
        raise ValueError(f"line {line}: curriculum {key} says {count} courses, has {len(courses)}")
    for course in courses:
        if course not in known:
            raise ValueError(f"line {line}: there is no course {course}")
    return Curriculum(key, tuple(dict.fromkeys(courses)))


def _unavailable(
    line: int, words: list[str], known: set[str], days: int, periods: int
) -> tuple[str, int, int]:
    key, *time = _words(line, " ".join(words), 3, "course day period")
    if key not in known:
        raise ValueError(f"line {line}: there is no course {key}")
    return (key, *_time(line, time, days, periods))
