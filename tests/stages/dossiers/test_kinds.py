"""Officers add kinds of device and change those that are there; their codes stay."""

import pytest
from django.urls import reverse

from karvan.foundation.records.models import Record
from karvan.stages.dossiers.models import DeviceType
from tests import make

pytestmark = pytest.mark.django_db
TYPED = {
    "code": "suction-pump",
    "names_en": "Suction pump",
    "default_emdn": "Z12030301",
    "standards": "ISO 10079-1\n\n ISO 10079-2 ",
    "note": "",
}


@pytest.fixture
def officer(client):
    client.force_login(make.officer())
    return client


def test_a_kind_is_added_and_stands_in_the_list(officer):
    officer.post(reverse("dossiers:new_kind"), TYPED)

    made = DeviceType.objects.get(code="suction-pump")
    assert made.names == {"en": "Suction pump"}
    assert made.standards == ["ISO 10079-1", "ISO 10079-2"]
    assert "Suction pump" in officer.get(reverse("dossiers:kinds")).content.decode()
    assert [one.act for one in Record.objects.filter(act="kind of device written")]


def test_a_kind_is_changed_and_keeps_its_code_and_hazards(officer):
    make.device_types()
    kind = DeviceType.objects.get(code="ecg")
    address = reverse("dossiers:kind", args=["ecg"])
    assert kind.standards[0] in officer.get(address).content.decode()

    officer.post(address, {**TYPED, "code": "other", "names_en": "Heart recorder"})

    changed = DeviceType.objects.get(code="ecg")
    assert changed.names == {"en": "Heart recorder"}
    assert changed.hazards == kind.hazards != []
    assert not DeviceType.objects.filter(code="other").exists()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"default_emdn": "Z99"}, "not in the EMDN list"),
        ({"names_en": ""}, "at least one language"),
        ({"code": "pulse_oximeter"}, "already"),
    ],
)
def test_what_does_not_fit_is_said_and_what_was_typed_stays(officer, typed, said):
    make.device_type()

    text = officer.post(reverse("dossiers:new_kind"), {**TYPED, **typed}).content.decode()

    assert said in text and "ISO 10079-1" in text
    assert DeviceType.objects.count() == 1
