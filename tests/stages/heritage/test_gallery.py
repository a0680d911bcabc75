"""Photographs of monuments: their day is read, everything else a camera says is taken out."""

from __future__ import annotations

import io
from datetime import date

import pytest
from PIL import Image

from karvan.foundation.files.services import open_file
from karvan.foundation.records.models import Record
from karvan.stages.heritage.errors import NotGiven, NotOfThisProject
from karvan.stages.heritage.models import Photo
from karvan.stages.heritage.services.gallery import add_photo, caption_photo, remove_photo
from tests import make

from .pictures import picture

pytestmark = pytest.mark.django_db


def kept(monument, **fields):
    return add_photo(monument, upload=picture(), by=None, **fields)


def test_the_day_is_read_and_the_place_is_gone():
    made = kept(make.monument())

    with open_file(made.file) as file, Image.open(io.BytesIO(file.read())) as shown:
        assert dict(shown.getexif()) == {}
    assert (made.taken_on, made.width, made.height) == (date(2024, 5, 3), 640, 480)
    assert made.thumb.size < 9_000
    assert Record.objects.get().act == "photograph of monument added"


def test_a_day_ahead_of_today_is_no_day():
    made = add_photo(make.monument(), upload=picture(taken="2100:01:01 00:00:00"), by=None)

    assert made.taken_on is None


def test_nothing_is_public_without_rights():
    monument = make.monument()
    made = kept(monument)

    with pytest.raises(NotGiven, match="rights"):
        kept(monument, is_public=True)
    with pytest.raises(NotGiven, match="rights"):
        caption_photo(made, captions={"en": "Tower"}, is_public=True, by=None)

    made.refresh_from_db()
    assert (Photo.objects.count(), made.is_public, made.captions) == (1, False, {})


def test_a_part_of_another_monument_is_refused():
    with pytest.raises(NotOfThisProject):
        kept(make.monument(), element=make.element())

    assert Photo.objects.count() == 0


def test_a_removed_photograph_stays_in_the_history():
    made = kept(make.monument(), captions={"en": "South side"})

    remove_photo(made, by=None)

    assert Photo.objects.count() == 0
    last = Record.objects.order_by("-number").first()
    assert (last.act, last.before["caption"]) == ("photograph of monument removed", "South side")


def test_the_public_sees_public_photographs_alone(client):
    monument = make.monument()
    shown = kept(monument, captions={"en": "South side"}, rights="CC BY 4.0", is_public=True)
    hidden = kept(monument, captions={"en": "The store"})
    address = f"/en/monuments/{monument.register.code}/{monument.pk}/"

    page = client.get(address).content.decode()

    assert 'alt="South side"' in page
    assert 'loading="lazy"' in page
    assert "The store" not in page
    assert client.get(f"{address}photographs/{hidden.pk}/file/").status_code == 404
    small = client.get(f"{address}photographs/{shown.pk}/small/")
    assert b"Exif" not in b"".join(small.streaming_content)
    large = client.get(f"{address}photographs/{shown.pk}/")
    assert "CC BY 4.0" in large.content.decode()


def test_a_gallery_of_forty_is_light_and_led_by_the_keyboard(sign_in):
    monument = make.monument()
    for number in range(4):
        kept(monument, captions={"en": f"View {number}"})
    client = sign_in(make.role("officer"))
    address = f"/en/heritage/{monument.register.code}/monuments/{monument.pk}/photographs/"

    page = client.get(address).content
    second = monument.photos.all()[1]
    large = client.get(f"{address}{second.pk}/").content.decode()

    thumbs = sum(photo.thumb.size for photo in monument.photos.all())
    assert len(page) + thumbs / 4 * 20 < 300_000
    assert 'data-key="p"' in large
    assert 'data-key="n"' in large


def test_a_photograph_is_sent_by_a_form_and_captioned(sign_in):
    monument = make.monument()
    client = sign_in(make.role("officer"))
    address = f"/en/heritage/{monument.register.code}/monuments/{monument.pk}/photographs/"

    client.post(address, {"upload": picture(), "captions_ar": "البرج"})
    made = monument.photos.get()
    wrong = client.post(f"{address}{made.pk}/", {"captions_en": "Tower", "is_public": "on"})
    client.post(
        f"{address}{made.pk}/", {"captions_en": "Tower", "rights": "CC0", "is_public": "on"}
    )

    assert wrong.status_code == 422
    assert 'value="Tower"' in wrong.content.decode()
    made.refresh_from_db()
    assert (made.captions, made.is_public, made.rights) == ({"en": "Tower"}, True, "CC0")
