"""Every request has an id; its log line holds no secret and nothing a person typed."""

import json
import logging

import pytest

from karvan.foundation.people.services import make_sign_in_token
from karvan.foundation.records.context import request_id
from karvan.foundation.records.models import Record
from karvan.foundation.web.logs import JsonFormatter, RequestIdFilter
from tests import make

pytestmark = pytest.mark.django_db


def lines(caplog):
    found = [r for r in caplog.records if r.name == "karvan.requests"]
    return [json.loads(JsonFormatter().format(r)) for r in found]


@pytest.mark.parametrize("given", ["abcdef12", "3f2504e0-4f89-41d3-9a0c-0305e82c3301", "a.b_c-d.1"])
def test_a_sane_id_is_kept(client, given):
    assert client.get("/robots.txt", headers={"X-Request-ID": given})["X-Request-ID"] == given


@pytest.mark.parametrize(
    "given", ["", "short", "x" * 37, "two words here", "ünsane-id-1", "a\tb-12345678"]
)
def test_another_is_replaced(client, given):
    made = client.get("/robots.txt", headers={"X-Request-ID": given})["X-Request-ID"]

    assert made != given
    assert len(made) == 32


def test_two_requests_have_two_ids_and_none_is_left_behind(client):
    first, second = (client.get("/robots.txt")["X-Request-ID"] for _ in range(2))

    assert first != second
    assert request_id.get() == ""


def test_records_hold_the_id_of_the_request_that_wrote_them(sign_in):
    person = make.person("Old Name")

    sign_in(person).post(
        "/en/account/",
        {"full_name": "New Name", "language": "en"},
        headers={"X-Request-ID": "request-0001"},
    )

    assert Record.objects.get().request_id == "request-0001"


def test_one_line_a_request_says_who_but_not_what_was_searched(sign_in, caplog):
    caplog.set_level(logging.INFO, logger="karvan.requests")
    officer = make.officer()

    sign_in(officer).get("/en/people/?q=Secret+Name")

    (line,) = lines(caplog)
    assert {key: line[key] for key in ("method", "path", "status", "person")} == {
        "method": "GET",
        "path": "/en/people/",
        "status": 200,
        "person": officer.pk,
    }
    assert isinstance(line["ms"], int)
    assert "Secret" not in json.dumps(line)


def test_a_sign_in_link_does_not_lie_in_the_log(client, caplog):
    caplog.set_level(logging.INFO, logger="karvan.requests")
    token = make_sign_in_token(make.person())

    client.get(f"/en/sign-in/{token}/")

    assert [line["path"] for line in lines(caplog)] == ["/en/sign-in/…/"]


def test_a_log_line_is_json_with_the_request_and_the_exception():
    token = request_id.set("request-0002")
    try:
        raise ValueError("nine")
    except ValueError as error:
        row = logging.LogRecord(
            "karvan", logging.ERROR, "", 1, "broke %s", ("ünder",), (ValueError, error, None)
        )
    RequestIdFilter().filter(row)
    request_id.reset(token)

    line = json.loads(JsonFormatter().format(row))

    assert (line["level"], line["message"], line["request"]) == (
        "error",
        "broke ünder",
        "request-0002",
    )
    assert "ValueError: nine" in line["exception"]
