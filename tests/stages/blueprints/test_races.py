"""Two people save one draft at the same moment: both are kept, whoever comes second."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from karvan.foundation.errors import RuleBroken
from karvan.stages.blueprints.document import value_at
from karvan.stages.blueprints.services import (
    edit_part,
    import_blueprint,
    publish_blueprint,
    settle_revision,
    start_draft,
)
from tests import make

from .test_services import garden

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
MOST, LEAST = "activities.WS.cohort.max", "activities.WS.cohort.min"


def at_once(acts):
    """Run the acts together, each on its own connection; the outcome of each, or its refusal."""
    gate = Barrier(len(acts))

    def run(act):
        gate.wait()
        try:
            return act()
        except RuleBroken as broken:
            return broken
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.fixture
def draft():
    programme = make.programme("GARDEN")
    first = import_blueprint(programme, source=garden(), note="", by=None)
    publish_blueprint(first, note="First", by=None)
    return start_draft(programme, by=None)


def saving(draft, path, value):
    return lambda: edit_part(draft, path=path, value=value, note="", base_revision=1, by=None)


def test_different_parts_saved_at_once_are_both_in_the_draft(draft):
    at_once([saving(draft, MOST, 30), saving(draft, LEAST, 6)])

    draft.refresh_from_db()
    assert (value_at(draft.data, MOST), value_at(draft.data, LEAST)) == (30, 6)
    assert [one.number for one in draft.revisions.all()] == [3, 2, 1]


def test_one_part_saved_at_once_stands_once_and_is_set_aside_once(draft):
    saved = at_once([saving(draft, MOST, most) for most in (30, 40, 50, 60)])

    aside = [one.revision for one in saved if one.revision.is_set_aside]
    [stands] = [one.revision for one in saved if not one.revision.is_set_aside]
    draft.refresh_from_db()
    assert len(aside) == 3
    assert draft.sha256 == stands.sha256
    values = {value_at(one.data, MOST) for one in (stands, *aside)}
    assert values == {30, 40, 50, 60}


def test_one_of_two_that_settle_at_once_is_refused(draft):
    saving(draft, MOST, 30)()
    saving(draft, MOST, 40)()

    def settling(choice):
        return lambda: settle_revision(
            draft, revision=3, choices={MOST: choice}, base_revision=2, by=None
        )

    outcomes = at_once([settling("ours"), settling("theirs")])

    assert sum(isinstance(one, RuleBroken) for one in outcomes) == 1
    assert draft.revisions.filter(began_from=3).count() == 1


def test_two_who_begin_a_draft_at_once_share_one(draft):
    draft.revisions.all().delete()
    draft.delete()

    drafts = at_once([lambda: start_draft(draft.programme, by=None)] * 4)

    assert len({one.pk for one in drafts}) == 1
    assert draft.programme.blueprints.filter(state="draft").count() == 1
