"""Real files made on the spot: good ones, and ones that lie or bite."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import openpyxl
import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from pikepdf import Array, Dictionary, Name, Stream, String
from PIL import Image


def upload(name: str, data: bytes, content_type: str = "application/octet-stream"):
    return SimpleUploadedFile(name, data, content_type=content_type)


def pdf(change=None) -> bytes:
    paper = pikepdf.new()
    paper.add_blank_page(page_size=(200, 200))
    if change:
        change(paper)
    out = io.BytesIO()
    paper.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def scripted(paper):
    """A script in an object of its own."""
    paper.Root.OpenAction = paper.make_indirect(
        Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
    )


def scripted_directly(paper):
    """A script in a direct dictionary, in an array, in a page."""
    paper.pages[0].obj.AA = Dictionary(
        O=Dictionary(Next=Array([Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))]))
    )


def launching(paper):
    paper.pages[0].obj.Annots = Array(
        [Dictionary(Type=Name.Annot, Subtype=Name.Link, A=Dictionary(S=Name.Launch, F="cmd.exe"))]
    )


def carrying(paper):
    paper.attachments["report.txt"] = pikepdf.AttachedFileSpec(
        paper, b"hidden", filename="report.txt"
    )


def scripted_in_a_stream(paper):
    stream = Stream(paper, b"app.alert(1)")
    paper.Root.Names = Dictionary(
        JavaScript=Dictionary(Names=Array(["a", Dictionary(S=Name.JavaScript, JS=stream)]))
    )


def picture(form: str = "JPEG", size=(60, 40), colour="red", **options) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, form, **options)
    return out.getvalue()


def photo_with_place() -> bytes:
    """A JPEG turned by 90 degrees in its EXIF, with a place, a camera and a comment."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turn by 90 degrees to see it upright
    exif[0x010F] = "Camera maker"
    exif.get_ifd(0x8825).update({1: "N", 2: (40.0, 24.0, 33.0), 3: "E", 4: (49.0, 52.0, 1.0)})
    wide = Image.new("RGB", (60, 40), "red")
    wide.paste("blue", (0, 0, 30, 40))
    out = io.BytesIO()
    wide.save(out, "JPEG", quality=95, exif=exif, comment=b"taken at home")
    return out.getvalue()


def pixel_bomb() -> bytes:
    """A PNG of 12,000 by 12,000 pixels in about 140 kB."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    packer, rows = zlib.compressobj(9), []
    line = b"\0" * 12_001
    for _row in range(12_000):
        rows.append(packer.compress(line))
    rows.append(packer.flush())
    head = struct.pack(">IIBBBBB", 12_000, 12_000, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", b"".join(rows))
        + chunk(b"IEND", b"")
    )


def workbook() -> bytes:
    book = openpyxl.Workbook()
    book.active["A1"] = "ad"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_part(document: bytes, name: str, data: bytes) -> bytes:
    """The office document with one more part in it."""
    out = io.BytesIO(document)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr(name, data)
    return out.getvalue()


def zip_of(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as held:
        for name, data in parts.items():
            held.writestr(name, data)
    return out.getvalue()
