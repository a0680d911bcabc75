"""DOS, REPRO and LOCAL: computed from dossiers, releases, rebuilds and offers."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from karvan.stages.dossiers.models import Rebuild
from karvan.stages.reports.queries.sources import COMPUTATIONS, Span
from tests import make

pytestmark = pytest.mark.django_db


def computed(source, scope, **more):
    now = more.get("as_of", timezone.now() + timedelta(minutes=1))
    (figure,) = COMPUTATIONS[source](Span(scope, now))
    return figure


def test_released_dossiers_are_a_share_of_those_begun_with_the_median_score():
    workshop = make.workshop()
    scores = {"a": 71, "b": 90, "c": 80}
    for code, score in scores.items():
        made = make.dossier(workshop, code=code, device_type=make.device_type())
        make.dossier_version(made, score=score)
    make.dossier(workshop, code="begun", device_type=make.device_type("ecg"))
    make.dossier(workshop, code="gone", state="withdrawn")

    figure = computed("dossiers.released", workshop.scope.rpartition("/")[0])

    assert (figure.numerator, figure.denominator, figure.value) == (3, 4, 0.75)
    assert figure.by["device_type"]["ecg"].value == 0
    assert figure.by["device_type"]["pulse_oximeter"].value == 1
    assert "80" in figure.note
    assert figure.rows.filter(figure.slices[0].where).count() == 3


def test_a_later_version_counts_its_dossier_once_with_its_newest_score():
    made = make.dossier()
    now = timezone.now()
    make.dossier_version(made, score=70, superseded_at=now, released_at=now - timedelta(days=1))
    make.dossier_version(made, score=95, number="1.1.0")

    figure = computed("dossiers.released", "")

    assert (figure.numerator, figure.denominator) == (1, 1)
    assert "95" in figure.note


def test_only_confirmed_rebuilds_count_and_nothing_released_is_unknown():
    made = make.dossier()
    scope = made.activity.edition.scope
    assert computed("dossiers.rebuilds", scope).value is None
    version = make.dossier_version(made)
    said = {"version": version, "built_by": "School", "built_on": "2026-11-01"}
    Rebuild.objects.create(country=make.country("MA"), **said)
    assert computed("dossiers.rebuilds", scope).value == 0

    Rebuild.objects.create(
        country=make.country("MA"), confirmed_at=timezone.now(), confirmed_by=make.officer(), **said
    )

    figure = computed("dossiers.rebuilds", scope)
    assert figure.value == 1
    assert figure.by["country"]["MA"].value == 1


def test_local_value_leaves_out_what_has_no_price_and_says_how_many():
    made = make.dossier(currency="AZN", rates={"USD": "1.7"}, device_type=make.device_type())
    local = make.part_line(made, quantity=Decimal(2))
    local.offers.create(price=Decimal("8.50"), currency="AZN", local=True)
    far = make.part_line(made, quantity=Decimal(1))
    far.offers.create(price=Decimal("20"), price_quantity=2, currency="USD")
    far.offers.create(price=Decimal("99"), currency="USD")  # dearer a unit: not counted
    make.part_line(made)  # no price
    make.part_line(made, fitted=False).offers.create(price=5, currency="AZN", local=True)
    make.part_line(made, quantity=1).offers.create(price=Decimal(7), currency="XAF")  # no rate

    figure = computed("dossiers.local_value", "")

    assert figure.value == pytest.approx(17 / (17 + 17))
    assert "lines without a price: 1" in figure.note


def test_bills_of_several_countries_count_alike():
    for rate, share in (("1", 1.0), ("500", 0.0)):
        made = make.dossier(currency="AZN", rates={"USD": rate})
        line = make.part_line(made)
        line.offers.create(price=1, currency="USD", local=bool(share))

    assert computed("dossiers.local_value", "").value == pytest.approx(0.5)
