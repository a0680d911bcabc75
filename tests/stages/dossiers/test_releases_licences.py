"""Licences: SPDX names, what free text may mean, and what a share-alike source asks."""

import pytest

from karvan.stages.dossiers.errors import BadLicence
from karvan.stages.dossiers.licences import (
    allowed_under,
    laxer_than_source,
    parse_licence,
    suggested,
)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("CERN-OHL-S-2.0", "CERN-OHL-S-2.0"),
        (" cern-ohl-s-2.0 ", "CERN-OHL-S-2.0"),
        ("MIT AND CC-BY-4.0", "MIT AND CC-BY-4.0"),
        ("GPL-3.0+", "GPL-3.0-or-later"),
    ],
)
def test_an_spdx_expression_is_read_whatever_its_letters(typed, read):
    assert parse_licence(typed) == read


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("CERN OHL v1.2", "CERN-OHL-1.2"),
        ("CERN-OHL v2 S", "CERN-OHL-S-2.0"),
        ("GPL version 3", "GPL-3.0-only"),
        ("CC BY-SA 4.0", "CC-BY-SA-4.0"),
        ("Apache License 2", "Apache-2.0"),
        ("TAPR OHL", "TAPR-OHL-1.0"),
    ],
)
def test_free_text_of_the_wild_is_refused_with_the_licence_it_means(typed, meant):
    with pytest.raises(BadLicence) as refused:
        parse_licence(typed)

    assert typed in str(refused.value)
    assert meant in str(refused.value)
    assert meant in suggested(typed)


def test_what_is_no_licence_gets_no_guess():
    with pytest.raises(BadLicence) as refused:
        parse_licence("all rights to the ministry")

    assert "spdx.org" in str(refused.value)
    with pytest.raises(BadLicence):
        parse_licence("  ")


@pytest.mark.parametrize(
    ("licence", "source", "laxer"),
    [
        ("MIT", "CERN-OHL-S-2.0", True),
        ("CERN-OHL-P-2.0", "CERN-OHL-S-2.0", True),
        ("CERN-OHL-S-2.0", "CERN-OHL-S-2.0", False),
        ("CERN-OHL-S-2.0", "CERN-OHL-W-2.0", False),
        ("CC-BY-4.0", "CC-BY-SA-4.0", True),
        ("GPL-3.0-or-later", "CC-BY-SA-4.0", False),
        ("Apache-2.0", "GPL-3.0-or-later", True),
        ("AGPL-3.0-or-later", "GPL-3.0-or-later", False),
        ("CC0-1.0", "TAPR-OHL-1.0", True),
        ("MIT", "MIT", False),
        ("MIT", "MIT OR GPL-3.0-or-later", False),
        ("MIT", "MIT AND GPL-3.0-or-later", True),
        ("MIT", "some words", False),
    ],
)
def test_share_alike_holds_through_choices_and_bundles(licence, source, laxer):
    assert laxer_than_source(licence, source) is laxer


def test_what_a_source_allows_is_named():
    assert allowed_under("CERN-OHL-W-2.0") == ["CERN-OHL-S-2.0", "CERN-OHL-W-2.0"]
    assert allowed_under("MIT") == []
