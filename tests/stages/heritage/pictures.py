"""Photographs for tests: a small picture that says where and when it was taken."""

from __future__ import annotations

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def picture(name: str = "tower.jpg", *, taken: str = "2024:05:03 10:11:12") -> SimpleUploadedFile:
    """A JPEG with a day, a camera and a place in its EXIF."""
    exif = Image.Exif()
    exif[0x0110] = "Camera of the tale"
    exif.get_ifd(0x8769)[0x9003] = taken
    exif.get_ifd(0x8825)[2] = (40.0, 7.0, 24.44)
    out = io.BytesIO()
    Image.new("RGB", (640, 480), "#88aa99").save(out, "JPEG", exif=exif)
    return SimpleUploadedFile(name, out.getvalue(), content_type="image/jpeg")
