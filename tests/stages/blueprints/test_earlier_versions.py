"""A database from before there were core parts: its versions get them when it is brought up to date."""

from importlib import import_module

import pytest
from django.apps import apps

from karvan.stages.blueprints import library
from karvan.stages.blueprints.document import core_parts
from karvan.stages.blueprints.models import CorePart
from tests import make

pytestmark = pytest.mark.django_db
bring_up = import_module(
    "karvan.stages.blueprints.migrations.0006_core_parts_of_earlier_versions"
).forwards


def test_published_versions_get_their_core_parts_and_drafts_none():
    programme = make.programme("TVP")
    version = make.blueprint(programme, data=library.data("TVP"))
    make.blueprint(programme, number=2, state="draft", data=library.data("TVP", 2))

    bring_up(apps, None)

    written = {(one.path, one.is_open) for one in CorePart.objects.filter(blueprint=version)}
    assert written == {(one.path, one.is_open) for one in core_parts(version.data)}
    assert not CorePart.objects.exclude(blueprint=version).exists()


def test_running_it_again_changes_nothing():
    make.blueprint(make.programme("TVP"), data=library.data("TVP"))
    bring_up(apps, None)
    before = list(CorePart.objects.values_list("pk", flat=True))

    bring_up(apps, None)

    assert list(CorePart.objects.values_list("pk", flat=True)) == before
