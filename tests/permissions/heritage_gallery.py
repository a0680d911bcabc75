"""Who may see and keep photographs of monuments."""

from __future__ import annotations

from karvan.stages.heritage.services.gallery import add_photo
from tests.stages.heritage.pictures import picture

from .heritage_registers import LEARNERS, learned, monument
from .route import only, public


def photo(world):
    world.restoration  # noqa: B018 - made when asked for
    found = world.monument.photos.first() or add_photo(
        world.monument, upload=picture(), rights="CC BY 4.0", is_public=True, by=None
    )
    return {**monument(world), "photo": found.pk}


ROUTES = {
    "heritage:gallery": only(LEARNERS, arguments=learned),
    "heritage:photo": only(LEARNERS, arguments=photo),
    "heritage:photo_file": only(LEARNERS, arguments=photo),
    "heritage:photo_small": only(LEARNERS, arguments=photo),
    # The first who may takes it out; it is not there for the next.
    "heritage:photo_remove": only(("officer",), method="post", arguments=photo),
    "heritage:public_photo": public(arguments=photo),
    "heritage:public_photo_file": public(arguments=photo),
    "heritage:public_photo_small": public(arguments=photo),
}
