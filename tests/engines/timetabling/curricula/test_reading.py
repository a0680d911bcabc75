import pytest

from karvan.engines.timetabling.curricula import (
    Course,
    Curriculum,
    CurriculumProblem,
    LectureRoom,
    Slot,
    read_ctt,
    read_solution,
    write_solution,
)

from .instances import TOY


def test_an_instance_is_read():
    problem = read_ctt(TOY)

    assert (problem.name, problem.days, problem.periods_per_day) == ("Toy", 2, 3)
    assert problem.courses[0] == Course("maths", "ada", lectures=2, min_days=2, students=30)
    assert problem.rooms[1] == LectureRoom("small", 10)
    assert problem.curricula[1] == Curriculum("second", ("maths", "history"))
    assert problem.unavailable == {("history", 0, 0), ("history", 0, 1)}


@pytest.mark.parametrize(
    "text",
    [
        TOY.replace("\n", "\r\n"),
        "\ufeff" + TOY.replace("\n", "\n\n"),
        TOY.replace("Name: Toy\nCourses: 3\n", "  Courses:3\nName:   Toy  \n"),
        TOY + "anything goes after the end",
        TOY.replace(" ", "\t"),
    ],
    ids=["carriage returns", "blank lines", "other order", "after the end", "tabs"],
)
def test_how_the_text_is_laid_out_does_not_matter(text):
    assert read_ctt(text) == read_ctt(TOY)


def test_sections_may_come_in_any_order():
    head, rest = TOY.split("COURSES:")
    courses, rest = rest.split("ROOMS:")
    rest = rest.replace("END.", "")

    assert read_ctt(f"{head}ROOMS:{rest}COURSES:{courses}") == read_ctt(TOY)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("Days: 2", "Days: two", "line 4: must be a whole number, got “two”"),
        ("Days: 2", "Days: 0", "line 4: must be 1 or more, got 0"),
        ("Days: 2\n", "", "line 1: the head must say Days"),
        ("Days: 2", "Days: 2\nDays: 2", "line 5: Days comes twice"),
        ("Days: 2", "Weather: fine", "line 4: neither a head nor in a section: Weather: fine"),
        ("Courses: 3", "Courses: 4", "line 12: COURSES has 3 lines, the head says 4"),
        ("maths ada 2 2 30", "maths ada 2 2", "line 10: must be “course teacher lectures"),
        ("maths ada 2 2 30", "maths ada 0 2 30", "line 10: course maths must have a lecture"),
        ("maths ada 2 2 30", "maths ada 2 2 -1", "line 10: must be 0 or more, got -1"),
        ("physics ada 2 1 12", "maths ada 2 1 12", "line 11: course maths comes twice"),
        ("small 10", "small 10 7", "line 16: must be “room seats”"),
        ("first 2 maths physics", "first 3 maths physics", "line 19: curriculum first says 3"),
        ("first 2 maths physics", "first 2 maths chess", "line 19: there is no course chess"),
        ("history 0 1", "history 0 3", "line 24: there is no day 0 with a period 3"),
        ("history 0 1", "chess 0 1", "line 24: there is no course chess"),
        ("ROOMS:\nlarge 30\nsmall 10\n", "", "there is no section ROOMS"),
    ],
)
def test_a_bad_line_is_named_by_its_number(old, new, message):
    with pytest.raises(ValueError, match="^line ") as raised:
        read_ctt(TOY.replace(old, new))

    assert message in str(raised.value)


def test_nothing_is_no_instance():
    with pytest.raises(ValueError, match="^line 1: there is no section COURSES"):
        read_ctt("")


def test_what_is_written_is_read_again():
    problem = read_ctt(TOY)
    timetable = {
        "maths": (Slot("large", 0, 0), Slot("large", 1, 0)),
        "physics": (Slot("small", 0, 1), Slot("large", 0, 2)),
        "history": (Slot("large", 1, 1),),
    }
    text = write_solution(problem, timetable)

    assert text.splitlines()[0] == "maths large 0 0"
    assert read_solution(problem, text) == timetable


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("maths large 0", "line 2: must be “course room day period”"),
        ("chess large 0 0", "line 2: there is no course chess"),
        ("maths hall 0 0", "line 2: there is no room hall"),
        ("maths large 2 0", "line 2: there is no day 2 with a period 0"),
        ("maths large 0 x", "line 2: must be a whole number"),
    ],
)
def test_a_bad_line_of_a_solution_is_named_by_its_number(row, message):
    with pytest.raises(ValueError, match=f"^{message}"):
        read_solution(read_ctt(TOY), f"maths large 0 0\n{row}\n")


def test_parts_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="curriculum q names no course: b"):
        CurriculumProblem(
            "",
            1,
            1,
            (Course("a", "t", 1, 1, 1),),
            (LectureRoom("r", 1),),
            (Curriculum("q", ("b",)),),
        )
