"""Signals and design files: known by their names, kept byte for byte, never shown."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from karvan.foundation.files.errors import FileNotAllowed
from karvan.foundation.files.services import open_file, serve, store_upload

pytestmark = pytest.mark.django_db


def upload(name, data):
    return SimpleUploadedFile(name, data)


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("record.dat", bytes(range(256)), "capture"),
        ("board.kicad_pcb", b"(kicad_pcb (version 20211014))", "design"),
        ("old.brd", b'<?xml version="1.0"?><eagle/>', "design"),
        ("pump.csv", b"t,p\n0,1\n", "csv"),
        ("README.md", b"<header>Pump</header>\n\n| a |\n|---|\n| 1 |\n", "design"),
        ("notes.md", b"# Pump\n", "text"),
    ],
)
def test_raw_file_is_kept_byte_for_byte_and_goes_by_its_name(name, data, kind):
    stored = store_upload(
        upload(name, data), kinds=("capture", "design", "csv", "text"), scope="P/E", by=None
    )

    with open_file(stored) as kept:
        assert (stored.kind, kept.read()) == (kind, data)


def test_raw_file_is_only_ever_a_download_of_bytes():
    stored = store_upload(
        upload("page.xml", b"<script>alert(1)</script>"), kinds=("design",), scope="", by=None
    )

    answer = serve(stored, inline=True)

    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    answer.close()


def test_raw_file_is_refused_where_nobody_asked_for_one():
    with pytest.raises(FileNotAllowed):
        store_upload(upload("record.dat", bytes(range(256))), kinds=("pdf",), scope="", by=None)
    with pytest.raises(FileNotAllowed):
        store_upload(upload("setup.exe", b"MZ\x90\x00"), kinds=("design",), scope="", by=None)
