"""Teardowns as oManual guides: given out so that they validate, taken over with every doubt named."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from karvan.foundation.files.services import store_upload
from karvan.stages.dossiers.errors import NotGiven, Unreadable, WrongState
from karvan.stages.dossiers.models import TeardownStep
from karvan.stages.dossiers.reading.omanual import read_guides
from karvan.stages.dossiers.services.annotating import MarkSaid, annotate_photo
from karvan.stages.dossiers.services.omanual import guide_json, guide_xml, import_guide
from karvan.stages.dossiers.services.omanual_doubts import doubt_words
from karvan.stages.dossiers.services.photos import add_photo
from karvan.stages.dossiers.teardown_queries import steps_of
from tests import make
from tests.foundation.files import samples
from tests.make.dossiers import device_type, dossier, member, part_line, teardown_step
from tests.shared import shared_path

SPACE = "{http://omanual.com/}"


def read(text: str | bytes):
    (guide,) = read_guides(text.encode() if isinstance(text, str) else text)
    return guide


def codes(guide):
    return [(one.code, one.where) for one in guide.doubts]


def xml(steps: str, more: str = "") -> str:
    return f'<guide locale="ar" xmlns="http://omanual.com/"><title>T</title>{more}<steps>{steps}</steps></guide>'


def test_the_published_example_is_read_with_its_doubts():
    guide = read(shared_path("inputs/omanual/omanual_guide_example.xml").read_bytes())

    assert (guide.title, guide.language) == ("Replacing iPhone 4 Display Assembly", "en")
    assert len(guide.steps) == 9
    assert [(one.bullet, one.level) for one in guide.steps[0].lines] == [
        ("black", 0),
        ("red", 1),
        ("orange", 1),
        ("black", 0),
    ]
    assert guide.steps[0].pictures[0] == "http://www.ifixit.com/igi/JQsVaSprsS4NUkaF"
    assert sum(len(one.pictures) for one in guide.steps) == 12
    assert ("left_parts", "") in codes(guide) and ("tools_of_all", "1") in codes(guide)
    assert all(doubt_words(one) for one in guide.doubts)


def test_the_published_json_is_read():
    guide = read(shared_path("inputs/omanual/guide.json").read_bytes())

    assert guide.title == "Installing Nokia 6310i Speaker"
    assert len(guide.steps) == 8
    assert guide.steps[0].lines[0].text.startswith("Press and hold the battery release button")
    assert guide.steps[0].tools == ("Plastic Opening Tools", "T6 Torx Screwdriver")
    assert ("left_prerequisites", "") in codes(guide)


def test_what_is_odd_in_a_guide_is_a_doubt_and_stays():
    guide = read(
        xml(
            '<step number="2" title="First"><lines><line bullet="mauve" level="7">Lift</line>'
            '<line bullet="red" level="x"> </line></lines></step>'
            '<step number="1" title=""><lines><line bullet="red" level="0">Open <b>the</b> case, see '
            '<a href="http://example.org/x">this</a></line></lines>'
            '<media type="video"><video><poster/></video></media></step>'
            '<step number="3"/>'
        )
    )

    first, second, third = guide.steps
    assert (first.lines[0].bullet, first.lines[0].level) == ("black", 2)
    assert second.lines[0].text == "Open the case, see this (http://example.org/x)"
    assert second.title == "Open the case, see this (http://example.org/x)"
    assert third.title == "3"
    assert set(codes(guide)) == {
        ("bullet", "1"),
        ("level", "1"),
        ("empty_line", "1"),
        ("film", "2"),
        ("no_title", "2"),
        ("no_title", "3"),
        ("no_lines", "3"),
        ("order", ""),
    }
    assert "“mauve”" in " ".join(doubt_words(one) for one in guide.doubts)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "line 1, column 1"),
        (b"PK\x03\x04 a zip", "line 1, column 1"),
        (b'<guide locale="en">\n<steps>\n<step number="1">', "up to line 3"),
        (b"<guide>\n  <title>a & b</title></guide>", "up to line 2, column 13"),
        (b"<svg/>", "<svg>"),
        (b"<guide/>", "no step"),
        (b'<?xml version="1.0" encoding="klingon"?><guide/>', "encoding"),
        (
            b'<!DOCTYPE g [<!ENTITY a "b">]><guide>&a;</guide>',
            "document type or entities",
        ),
        (b'{"guide": {"steps": [\n{"title": "a"},\n{"tit', "up to line 3"),
        (b'{"guide": {"title": "a"}}', "no list of steps"),
        (b"[1, 2]", "no list of steps"),
        (b'{"guide": {"steps": []}}', "no step"),
        (b'{"guide":\n"\xff\xfe"}', "up to line 2"),
        (b'{"Steps": [{"Text_raw": "a"}]}\n{"Steps": [', "up to line 2"),
        (b"[" * 100_000, "nested"),
    ],
)
def test_a_file_that_cannot_be_read_says_where_it_stops(data, words):
    with pytest.raises(Unreadable, match=words):
        read_guides(data)


def test_odd_json_never_breaks_the_reader():
    guide = read(
        json.dumps(
            {
                "steps": [
                    None,
                    {"lines": [None, {"text": 5, "level": None}], "media": {"data": [None, {}]}},
                    {"lines": {"a": 1}, "title": ["x"], "media": 7},
                ],
                "tools": [None, {"text": "Spudger"}, "PH0"],
            }
        )
    )

    assert [len(one.lines) for one in guide.steps] == [0, 1, 0]
    assert guide.steps[0].tools == ("Spudger", "PH0")


def test_a_collection_has_one_guide_a_line():
    rows = [
        {
            "Title": f"Fridge {n}",
            "Toolbox": [{"Name": "Pliers", "Url": "u"}],
            "Steps": [
                {
                    "Order": 1,
                    "StepId": 9,
                    "Tools_annotated": ["pliers", "NA"],
                    "Lines": [{"Text": "Pull the plug"}, {"Text": "Turn it"}],
                    "Text_raw": "Pull the plug Turn it",
                    "Images": ["https://example.org/1.jpg"],
                }
            ],
        }
        for n in (1, 2)
    ]

    guides = read_guides("\n".join(json.dumps(row) for row in rows).encode())

    assert [one.title for one in guides] == ["Fridge 1", "Fridge 2"]
    (step,) = guides[1].steps
    assert [one.text for one in step.lines] == ["Pull the plug", "Turn it"]
    assert step.pictures == ("https://example.org/1.jpg",)
    assert set(step.tools) == {"pliers", "Pliers"}


def a_full_teardown():
    bench = dossier(
        state="teardown", language="ar", device_type=device_type(), summary="A <small> one\x0b"
    )
    part = part_line(bench, description="M3 × 8 screw", quantity="2.5000")
    for number in (1, 2):
        step = teardown_step(
            bench,
            title=f"Öffnen & heben {number}",
            minutes=5,
            risk_note="Charged capacitor",
            tools=["PH0", "Spudger"],
            fasteners=[{"type": "M3", "count": 4, "move": "out"}],
            lines=[{"bullet": "red", "level": n % 3, "text": f"افتح {n}"} for n in range(11)],
        )
        step.parts.add(part)
        for n in range(5):
            picture = ContentFile(samples.picture("JPEG", (300, 200)), f"{n}.jpg")
            photo = add_photo(step, upload=picture, by=None)
        annotate_photo(photo, marks=[MarkSaid("box", 0.1, 0.2, 0.3, 0.4)], by=None)
    return bench


def address(photo):
    return f"https://karvan.example/photographs/{photo.pk}/"


@pytest.mark.django_db
def test_what_is_given_out_validates_against_the_schema():
    etree = pytest.importorskip("lxml.etree")
    schema = etree.parse(str(shared_path("inputs/omanual/omanual_guide.xsd")))
    for one in schema.findall("{http://www.w3.org/2001/XMLSchema}include"):
        one.getparent().remove(one)  # the simplified HTML, which no text of ours uses
    bench = a_full_teardown()

    written = guide_xml(bench, steps_of(bench), address=address)
    empty = dossier()

    valid = etree.XMLSchema(schema)
    valid.assertValid(etree.fromstring(written))
    valid.assertValid(etree.fromstring(guide_xml(empty, steps_of(empty), address=address)))
    assert not valid.validate(etree.fromstring(written.replace(b' number="1"', b"")))


@pytest.mark.django_db
def test_what_is_given_out_can_be_taken_over_again():
    bench = a_full_teardown()

    for write in (guide_xml, guide_json):
        guide = read(write(bench, steps_of(bench), address=address))
        assert guide.language == "ar"
        assert [one.title for one in guide.steps] == ["Öffnen & heben 1", "Öffnen & heben 2"]
        lines = guide.steps[0].lines
        assert lines[0].text == "Charged capacitor" and lines[0].bullet == "icon_caution"
        assert [one.text for one in lines[1:12]] == [f"افتح {n}" for n in range(11)]
        assert [one.level for one in lines[1:12]] == [n % 3 for n in range(11)]
        assert lines[12].text == "4 × M3 out"


@pytest.mark.django_db
def test_no_picture_and_no_part_is_lost_on_the_way_out():
    bench = a_full_teardown()

    tree = ElementTree.fromstring(guide_xml(bench, steps_of(bench), address=address))
    plain = json.loads(guide_json(bench, steps_of(bench), address=address))["guide"]

    images = tree.findall(f".//{SPACE}step//{SPACE}image")
    documents = tree.findall(f".//{SPACE}document")
    assert (len(images), len(documents)) == (6, 4)
    (part,) = tree.findall(f".//{SPACE}part")
    assert (part.get("name"), part.get("quantity")) == ("M3 × 8 screw", "2.5")
    marks = [one for step in plain["steps"] for one in step["media"]["data"] if one["markers"]]
    assert [one["markers"][0]["w"] for one in marks] == [0.3, 0.3]


@pytest.mark.django_db
def test_lines_beyond_the_schema_stand_together_in_the_last():
    bench = dossier()
    rows = [{"bullet": "red", "level": 0, "text": f"l{n}"} for n in range(60)]
    fasteners = [{"type": f"M{n}", "count": 1, "move": "out"} for n in range(20)]
    teardown_step(bench, lines=rows, fasteners=fasteners)

    lines = read(guide_xml(bench, steps_of(bench), address=address)).steps[0].lines

    assert len(lines) == 64
    assert "1 × M19 out" in lines[-1].text


def stored(of, data: bytes, name: str = "guide.json"):
    return store_upload(ContentFile(data, name), kinds=("json", "design"), scope=of.scope, by=None)


GUIDE = json.dumps(
    {
        "steps": [
            {
                "title": "Lift",
                "lines": [{"bullet": "red", "level": 1, "text": "Lift it"}],
                "media": {"type": "image", "data": [{"original": "https://example.org/1.jpg"}]},
            },
            {"title": "Turn", "lines": [{"bullet": "black", "level": 0, "text": "Turn it"}]},
        ]
    }
).encode()


@pytest.mark.django_db
def test_a_guide_taken_over_twice_adds_its_steps_once():
    bench = dossier(state="teardown")
    teardown_step(bench, title="Own")
    file = stored(bench, GUIDE)

    for _ in range(2):
        import_guide(bench, stored=file, number=1, direction="remove", by=None)

    assert list(bench.steps.values_list("order", "title")) == [(1, "Own"), (2, "Lift"), (3, "Turn")]
    step = TeardownStep.objects.get(title="Lift")
    assert step.lines[0] == {"bullet": "red", "level": 1, "text": "Lift it"}
    assert "https://example.org/1.jpg" in step.lines[1]["text"]


@pytest.mark.django_db
def test_a_guide_that_does_not_fit_adds_nothing():
    bench = dossier(state="teardown")
    many = [{"bullet": "red", "level": 0, "text": "a"}] * 70
    file = stored(
        bench, json.dumps({"steps": [{"title": "a"}, {"title": "b", "lines": many}]}).encode()
    )

    with pytest.raises(NotGiven, match="Step 2: .*60 lines"):
        import_guide(bench, stored=file, number=1, direction="remove", by=None)
    with pytest.raises(NotGiven, match="1 guides"):
        import_guide(bench, stored=file, number=2, direction="remove", by=None)
    closed = dossier(state="draft")
    with pytest.raises(WrongState):
        import_guide(closed, stored=stored(closed, GUIDE), number=1, direction="open", by=None)

    assert not TeardownStep.objects.exists()


def to(name, of, *more):
    return reverse(f"dossiers:{name}", args=[of.activity.edition.slug, of.pk, *more])


@pytest.mark.django_db
def test_a_guide_is_looked_at_before_it_is_taken_over(client):
    bench = dossier(state="teardown")
    client.force_login(member(bench).enrolment.person)
    file = SimpleUploadedFile("guide.json", GUIDE, "application/json")

    seen = client.post(to("teardown_import", bench), {"file": file})
    assert not TeardownStep.objects.exists()
    chosen = seen.context["chosen"].initial
    taken = client.post(
        to("teardown_take", bench),
        {"file": chosen["file"], "number": 1, "direction": "open"},
        follow=True,
    )
    given = client.get(to("teardown_export", bench, "xml"))

    assert "Lift it" in seen.text and "1 picture is not fetched" in seen.text
    assert "2 steps are taken over." in taken.text
    assert set(TeardownStep.objects.values_list("direction", flat=True)) == {"open"}
    assert given["Content-Type"].startswith("application/xml")
    assert [one.title for one in read(given.content).steps] == ["Lift", "Turn"]


@pytest.mark.django_db
def test_an_unreadable_guide_says_where_and_a_strange_file_is_not_found(client):
    bench = dossier(state="teardown")
    client.force_login(member(bench).enrolment.person)
    broken = SimpleUploadedFile("guide.xml", b"<guide>\n<steps>", "application/xml")
    other = store_upload(
        ContentFile(GUIDE, "guide.json"), kinds=("json",), scope=bench.scope, by=make.person()
    )

    refused = client.post(to("teardown_import", bench), {"file": broken})
    strange = client.post(
        to("teardown_take", bench), {"file": other.pk, "number": 1, "direction": "open"}
    )

    assert refused.status_code == 422
    assert "can be read up to line 2" in refused.text
    assert strange.status_code == 404
    assert client.get(to("teardown_export", bench, "pdf")).status_code == 404
