"""store_upload: what is taken, what is refused with which words, and that a refusal keeps nothing."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from karvan.foundation.files.errors import (
    FileDamaged,
    FileEmpty,
    FileNotAllowed,
    FileTooLarge,
    FileUnsafe,
    StorageFull,
)
from karvan.foundation.files.kinds import KINDS, RAW
from karvan.foundation.files.models import StoredFile
from karvan.foundation.files.services import open_file, store_upload
from tests import make

from . import samples

pytestmark = pytest.mark.django_db
ALL = tuple(code for code in KINDS if code not in RAW)


@pytest.fixture(autouse=True)
def own_storage(settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "files"), "file_permissions_mode": 0o640},
        },
    }
    return tmp_path / "files"


def store(name, data, kinds=ALL, **more):
    return store_upload(samples.upload(name, data), kinds=kinds, scope="TVP", by=None, **more)


def kept(folder: Path):
    return [p for p in folder.rglob("*") if p.is_file()] if folder.exists() else []


def refused(error, name, data, folder, kinds=ALL, **more):
    """The words of the refusal, after checking that it kept neither row nor bytes."""
    with pytest.raises(error) as caught:
        store(name, data, kinds, **more)
    assert (StoredFile.objects.count(), kept(folder)) == (0, [])
    return str(caught.value)


def test_pdf_is_kept_whole_under_a_name_that_is_not_the_persons(own_storage):
    officer, data = make.person(), samples.pdf()

    stored = store_upload(
        samples.upload("Məktub № 1.pdf", data), kinds=["pdf"], scope="TVP/AZ", by=officer
    )

    with open_file(stored) as found:
        assert found.read() == data
    assert (stored.name, stored.kind, stored.size) == ("Məktub № 1.pdf", "pdf", len(data))
    assert stored.sha256 == hashlib.sha256(data).hexdigest()
    assert (stored.scope, stored.uploaded_by) == ("TVP/AZ", officer)
    assert "ktub" not in stored.storage_name
    assert [p.stat().st_mode & 0o777 for p in kept(own_storage)] == [0o640]


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.jpg", samples.picture("JPEG"), "jpeg"),
        ("a.png", samples.picture("PNG"), "png"),
        ("a.webp", samples.picture("WEBP"), "webp"),
        ("a.xlsx", samples.workbook(), "xlsx"),
        ("a.csv", "ad;şəhər\nƏli;Gəncə\n".encode(), "csv"),
        ("a.csv", "nom;âge\nZoé;31\n".encode("cp1252"), "csv"),
        ("a.txt", "سلام".encode("utf-16"), "text"),
        ("a.yaml", b"karvan: blueprint/1\n", "yaml"),
        ("a.json", b'{"a": 1}', "json"),
    ],
)
def test_each_kind_is_taken_and_known_by_its_content(name, data, kind):
    stored = store(name, data)

    assert (stored.kind, stored.name) == (kind, name)


def test_a_photo_keeps_its_look_and_loses_its_place_and_camera():
    stored = store("photo.jpg", samples.photo_with_place())

    with open_file(stored) as found:
        data = found.read()
    picture = Image.open(io.BytesIO(data))
    assert (dict(picture.getexif()), picture.info.get("comment")) == ({}, None)
    assert b"Camera" not in data and b"taken at home" not in data
    assert picture.size == (40, 60)  # upright
    red, _green, blue = picture.getpixel((20, 5))
    assert blue > 200 > 50 > red  # its left half was blue, and is its top now


def test_a_see_through_png_stays_see_through():
    out = io.BytesIO()
    Image.new("RGBA", (5, 5), (0, 0, 0, 0)).save(out, "PNG")

    stored = store("logo.png", out.getvalue())

    with open_file(stored) as found:
        assert Image.open(found).getpixel((2, 2))[3] == 0


@pytest.mark.parametrize(
    "change",
    [
        samples.scripted,
        samples.scripted_directly,
        samples.launching,
        samples.carrying,
        samples.scripted_in_a_stream,
    ],
)
def test_a_pdf_that_can_act_is_refused(change, own_storage):
    words = refused(FileUnsafe, "cv.pdf", samples.pdf(change), own_storage)

    assert "active content" in words


def test_a_script_under_an_escaped_name_is_found_too(own_storage):
    lines = [
        b"%PDF-1.4",
        b"1 0 obj<</Type/Catalog/Pages 2 0 R/OpenAction<</S/J#61vaScript/J#53(app.alert\\(1\\))>>>>endobj",
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj",
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj",
        b"trailer<</Root 1 0 R>>",
        b"%%EOF",
    ]

    assert "active content" in refused(FileUnsafe, "cv.pdf", b"\n".join(lines), own_storage)


def test_a_locked_and_a_broken_pdf_say_what_to_do(own_storage):
    import pikepdf

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(samples.pdf())) as paper:
        paper.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))

    assert "password" in refused(FileUnsafe, "cv.pdf", out.getvalue(), own_storage)
    assert "does not open" in refused(FileDamaged, "cv.pdf", b"%PDF-1.7\ngarbage", own_storage)


def test_a_packed_bomb_inside_a_pdf_is_refused(own_storage):
    import zlib

    packed = zlib.compress(b"\0" * (90 * 1024 * 1024), 9)
    paper = b"\n".join(
        [
            b"%PDF-1.5",
            b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj",
            b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj",
            b"4 0 obj<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream" % len(packed),
            packed,
            b"endstream endobj",
            b"trailer<</Root 1 0 R>>",
            b"%%EOF",
        ]
    )

    refused(FileDamaged, "bomb.pdf", paper, own_storage)


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_drawn(own_storage):
    words = refused(FileUnsafe, "small.png", samples.pixel_bomb(), own_storage)

    assert "more than 40 megapixels" in words


def test_a_picture_cut_off_on_the_way_is_refused(own_storage):
    whole = samples.picture("JPEG", size=(600, 400))

    assert "does not open" in refused(FileDamaged, "a.jpg", whole[: len(whole) // 2], own_storage)


@pytest.mark.parametrize(
    ("name", "data", "what"),
    [
        ("a.pdf", samples.picture("PNG"), "PNG picture"),
        ("a.pdf", b"<!DOCTYPE html><script>alert(1)</script>", "a web page"),
        ("a.jpg", b'<svg xmlns="http://www.w3.org/2000/svg"/>', "an SVG drawing"),
        ("a.svg", b'<?xml version="1.0"?><svg/>', "an SVG drawing"),
        ("a.pdf", b"MZ\x90\x00" + b"\0" * 60, "a program"),
        ("a.xlsx", samples.zip_of(note=b"x"), "ZIP"),
        ("a.txt", b"<html><body>hello</body></html>", "a web page"),
        ("a.png", b"GIF89a" + b"\0" * 60, "GIF"),
    ],
)
def test_a_lie_is_refused_and_named(name, data, what, own_storage):
    words = refused(FileNotAllowed, name, data, own_storage)

    assert what.lower() in words.lower()
    assert name in words


def test_a_wanted_kind_under_a_wrong_name_is_refused_with_both_kinds(own_storage):
    words = refused(
        FileNotAllowed, "scan.pdf", samples.picture("JPEG"), own_storage, kinds=["pdf", "jpeg"]
    )

    assert "PDF document" in words and "JPEG picture" in words


def test_a_kind_that_is_not_asked_for_is_refused_with_what_is(own_storage):
    words = refused(FileNotAllowed, "a.csv", b"a,b\n", own_storage, kinds=["pdf", "jpeg", "png"])

    assert "PDF document, JPEG picture or PNG picture" in words


def test_a_macro_a_hidden_file_and_a_bomb_in_a_workbook_are_refused(own_storage):
    book = samples.workbook()

    for part in ("xl/vbaProject.bin", "xl/embeddings/oleObject1.bin"):
        words = refused(FileUnsafe, "a.xlsx", samples.with_part(book, part, b"x"), own_storage)
        assert "macro" in words
    bomb = samples.with_part(book, "xl/worksheets/sheet9.xml", b" " * 30_000_000)
    assert "far more" in refused(FileUnsafe, "a.xlsx", bomb, own_storage)


def test_30_mb_are_refused_with_both_sizes(own_storage, settings):
    words = refused(FileTooLarge, "big.pdf", b"%PDF-1.7" + b"\0" * 30_000_000, own_storage)

    assert settings.MAX_UPLOAD_BYTES == 10 * 1024 * 1024
    assert "28.6" in words and "10.0" in words


def test_an_upload_that_lies_about_its_size_is_cut_off(own_storage):
    upload = samples.upload("big.txt", b"a" * 5000)
    upload.size = 10

    with pytest.raises(FileTooLarge):
        store_upload(upload, kinds=["text"], scope="", by=None, max_bytes=4000)
    assert kept(own_storage) == []


def test_an_empty_file_is_refused(own_storage):
    assert "empty" in refused(FileEmpty, "a.pdf", b"", own_storage)


def test_a_full_disk_is_said_and_leaves_nothing(own_storage, settings):
    settings.MIN_FREE_BYTES = 10**18

    assert "no room" in refused(StorageFull, "a.pdf", samples.pdf(), own_storage)


def test_a_row_the_database_refuses_takes_its_bytes_with_it(own_storage):
    stranger = make.person()
    stranger.pk = None

    with pytest.raises(ValueError, match="unsaved related object"):
        store_upload(samples.upload("a.pdf", samples.pdf()), kinds=["pdf"], scope="", by=stranger)
    assert kept(own_storage) == []


def test_names_lose_folders_and_tricks():
    stored = store("../../etc/‮gpj.cv\x00.txt", b"hello")

    assert stored.name == "gpj.cv.txt"
    assert default_storage.exists(stored.storage_name)


def test_an_unknown_kind_is_the_programmers_fault():
    with pytest.raises(ValueError, match="'gif'"):
        store("a.gif", b"GIF89a", kinds=["gif"])
