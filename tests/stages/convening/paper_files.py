"""PDF files as authors send them, made here."""

from __future__ import annotations

from io import BytesIO

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile


def pdf_bytes(pages: int) -> bytes:
    """An empty PDF of so many A4 pages."""
    made = BytesIO()
    with pikepdf.new() as pdf:
        for _page in range(pages):
            pdf.add_blank_page(page_size=(595, 842))
        pdf.save(made, deterministic_id=True)
    return made.getvalue()


def pdf_upload(pages: int, name: str = "paper.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, pdf_bytes(pages), "application/pdf")
