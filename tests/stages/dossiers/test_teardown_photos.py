"""Photographs of steps: without a place, small enough, and once for each key."""

from __future__ import annotations

import io
import uuid

import numpy as np
import pytest
from django.core.files.base import ContentFile
from PIL import Image

from karvan.foundation.files.errors import FileDamaged, FileNotAllowed
from karvan.foundation.files.services import open_file
from karvan.stages.dossiers.errors import NotGiven, NotOfThisDossier, WrongState
from karvan.stages.dossiers.models import StepPhoto
from karvan.stages.dossiers.services.photos import MOST_A_STEP, add_photo, delete_photo
from karvan.stages.dossiers.services.photos_thumbs import MOST_BYTES, SIDE, thumb_of
from tests.foundation.files import samples
from tests.make.dossiers import dossier, teardown_step

pytestmark = pytest.mark.django_db


def upload(data: bytes | None = None, name: str = "IMG_0001.jpg") -> ContentFile:
    return ContentFile(data or samples.picture("JPEG", (1200, 900)), name=name)


@pytest.fixture
def step():
    return teardown_step(dossier(state="teardown"))


def noise(width: int, height: int) -> Image.Image:
    """The most restless picture there is: no two neighbours alike."""
    random = np.random.default_rng(7)
    return Image.fromarray(random.integers(0, 256, (height, width, 3), dtype=np.uint8))


def test_a_photograph_is_kept_upright_without_its_place_and_with_a_small_copy(step):
    photo = add_photo(step, upload=upload(samples.photo_with_place()), by=None)

    assert (photo.width, photo.height) == (40, 60)
    with open_file(photo.file) as file, Image.open(file) as kept:
        assert not kept.getexif()
    with open_file(photo.thumb) as file, Image.open(file) as small:
        assert (small.format, small.size) == ("WEBP", (40, 60))


def test_the_small_copy_fits_whatever_the_picture(step):
    out = io.BytesIO()
    noise(2000, 1500).save(out, "JPEG", quality=92)

    photo = add_photo(step, upload=upload(out.getvalue()), by=None)

    assert photo.thumb.size <= MOST_BYTES
    with open_file(photo.thumb) as file, Image.open(file) as small:
        assert max(small.size) <= SIDE


def test_a_calm_picture_keeps_all_its_points():
    calm = Image.linear_gradient("L").resize((1600, 1200)).convert("RGB")

    with Image.open(io.BytesIO(thumb_of(calm))) as small:
        assert small.size == (480, 360)


def test_the_same_key_gives_the_same_photograph(step):
    key = uuid.uuid4()

    first = add_photo(step, upload=upload(), by=None, key=key)
    again = add_photo(step, upload=upload(), by=None, key=key)

    assert first == again
    assert StepPhoto.objects.count() == 1


def test_a_key_of_another_dossier_is_refused(step):
    key = uuid.uuid4()
    add_photo(step, upload=upload(), by=None, key=key)

    with pytest.raises(NotOfThisDossier):
        add_photo(teardown_step(dossier(state="teardown")), upload=upload(), by=None, key=key)


def test_what_is_no_picture_is_refused_and_nothing_is_kept(step):
    with pytest.raises(FileNotAllowed):
        add_photo(step, upload=upload(b"%PDF-1.7 and so on", "a.pdf"), by=None)
    with pytest.raises(FileDamaged):
        add_photo(step, upload=upload(samples.picture("JPEG", (900, 900))[:900]), by=None)

    assert not StepPhoto.objects.exists()


def test_photographs_wait_for_the_clearance():
    with pytest.raises(WrongState):
        add_photo(teardown_step(dossier(state="draft")), upload=upload(), by=None)


def test_a_step_takes_so_many_and_no_more(step):
    first = add_photo(step, upload=upload(), by=None)
    StepPhoto.objects.bulk_create(
        StepPhoto(step=step, file=first.file, order=n) for n in range(1, MOST_A_STEP)
    )

    with pytest.raises(NotGiven, match=str(MOST_A_STEP)):
        add_photo(step, upload=upload(), by=None)


def test_photographs_stand_in_the_order_in_which_they_came(step):
    first, second = (add_photo(step, upload=upload(), by=None) for _ in range(2))
    delete_photo(first, by=None)
    third = add_photo(step, upload=upload(), by=None)

    assert list(step.photos.all()) == [second, third]
