"""Manifests of others: real and ugly ones are read with their doubts named."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from karvan.stages.dossiers.errors import Unreadable
from karvan.stages.dossiers.reading.manifest import read_manifest
from tests import make
from tests.shared import shared_path

OKH = b"""%Open Know-How Manifest 1.0
---
title: Pump
description: Moves a little at a time
intended-use: Droplets
version: 2
documentation-language: English-UK
license: {hardware: CERN OHL v1.2, software: MIT}
licensor: {name: A Person}
contact: {user-handle: @pump}
design-files: [{path: https://example.org/cad, title: CAD}]
"""


def test_a_manifest_with_its_usual_faults_is_read_and_each_fault_named():
    read = read_manifest(
        OKH.replace(b"{user-handle: @pump}", b"\n  user-handle: @pump"), name="okh.yml"
    )

    assert (read.title, read.use, read.version, read.licensor) == (
        "Pump",
        "Droplets",
        "2",
        "A Person",
    )
    assert read.licences == {"software": "MIT"}
    assert read.language == ""
    said = " ".join(read.doubts)
    assert "CERN-OHL-1.2" in said and "English-UK" in said and "@" in said
    assert read.files == (("CAD", "https://example.org/cad"),)


def test_real_manifests_are_read():
    flexure = read_manifest(shared_path("inputs/openflexure/okh.yml").read_bytes(), name="okh.yml")
    plankton = read_manifest(
        shared_path("inputs/planktoscope/okh.toml").read_bytes(), name="okh.toml"
    )

    assert flexure.title == "OpenFlexure Microscope"
    assert flexure.licences["software"].startswith("GPL-3.0")
    assert any("CERN-OHL-1.2" in one for one in flexure.doubts)
    assert (plankton.form, plankton.licences) == ("okh-losh", {"hardware": "CERN-OHL-S-2.0"})
    assert plankton.bom == "/hardware/bom.csv" and len(plankton.files) == 9


@pytest.mark.parametrize(
    ("data", "name", "where"),
    [
        (b"title: a\nversion: [1, 2\nnext: 3\n", "okh.yml", "line"),
        (b"name = \n", "okh.toml", "line 1"),
        (b"title: \xff", "okh.yml", "byte 8"),
        (b"- one\n- two\n", "okh.yml", "names with values"),
    ],
)
def test_what_cannot_be_read_says_where(data, name, where):
    with pytest.raises(Unreadable) as refused:
        read_manifest(data, name=name)

    assert where in str(refused.value)


@given(st.binary(max_size=300), st.sampled_from(["okh.yml", "okh.toml"]))
@settings(max_examples=60, deadline=None)
def test_no_bytes_break_the_reader(data, name):
    try:
        read_manifest(data, name=name)
    except Unreadable as refused:
        assert str(refused)


@pytest.mark.django_db
def test_only_what_the_dossier_lacks_is_taken_over(client):
    dossier = make.dossier(summary="Our own words")
    client.force_login(make.member(dossier).enrolment.person)
    address = reverse("dossiers:manifest", args=[dossier.activity.edition.slug, dossier.pk])
    shown = client.post(
        address, {"upload": SimpleUploadedFile("okh.yml", OKH.replace(b": @pump", b": pump"))}
    )
    text = shown.content.decode()
    assert "Droplets" in text and "CERN-OHL-1.2" in text

    client.post(f"{address}take/", {"summary": "Moves a little at a time", "use": "Droplets"})

    dossier.refresh_from_db()
    assert (dossier.summary, dossier.intended_use["clinical_need"]) == ("Our own words", "Droplets")
