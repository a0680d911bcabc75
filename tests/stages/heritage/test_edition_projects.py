"""From an edition to the restoration on which its course learns."""

from __future__ import annotations

import pytest

from tests import make

pytestmark = pytest.mark.django_db


def test_one_project_is_opened_at_once_two_are_listed_and_none_says_how_to_begin(sign_in):
    course = make.activity("RST", format="restoration")
    edition = course.edition
    client = sign_in(make.role("coordinator", edition.scope))
    address = f"/en/editions/{edition.slug}/restorations/"
    assert "No restoration yet" in client.get(address).content.decode()

    project = make.restoration(activity=course)
    assert client.get(address)["Location"] == f"/en/heritage/projects/{project.code}/"

    second = make.restoration(
        activity=make.activity("RST2", of=edition, format="restoration"), titles={"en": "Minaret"}
    )
    page = client.get(address).content.decode()
    assert f"/heritage/projects/{second.code}/" in page
    assert "Minaret" in page
