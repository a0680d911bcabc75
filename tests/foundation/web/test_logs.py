"""Log lines: JSON, with the request they belong to, and nothing that opens a door."""

from __future__ import annotations

import json
import logging

from karvan.foundation.web.logs import JsonFormatter


def test_no_line_holds_an_address_that_opens_a_door():
    """Django's own lines name whole addresses; a draft's key must not lie in a log."""
    key = "hXKgipFoPC1QYI3QkW3Vkt3pT2N6nsOQj45Ylq1nJ58"
    line = logging.makeLogRecord(
        {
            "name": "django.request",
            "levelno": 40,
            "msg": "Not Found: /ar/applications/%s/",
            "args": (key,),
        }
    )

    said = json.loads(JsonFormatter().format(line))["message"]

    assert said == "Not Found: /ar/applications/…/"
