"""A calendar programme others wrote reads our feeds: khal, where it is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest

from karvan.stages.timetables.feeds import feed_path
from karvan.stages.timetables.services import build_timetable, move_placement, publish_timetable
from tests.stages.timetables import camps

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not shutil.which("khal"), reason="no khal here: sudo apt install khal"),
]
CONFIG = """[calendars]
[[camp]]
path = {folder}/calendar
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
local_timezone = Asia/Baku
default_timezone = Asia/Baku
"""


class Khal:
    """khal with a calendar of its own."""

    def __init__(self, folder: Path) -> None:
        (folder / "calendar").mkdir()
        self.config = folder / "config"
        self.config.write_text(CONFIG.format(folder=folder))
        self.env = {
            **os.environ, "HOME": str(folder), "XDG_DATA_HOME": str(folder),
            "XDG_CACHE_HOME": str(folder), "LC_ALL": "C.UTF-8",
        }  # fmt: skip

    def run(self, *arguments: str) -> str:
        return subprocess.run(
            ["khal", "-c", str(self.config), *arguments],
            check=True, capture_output=True, text=True, env=self.env, timeout=60,
        ).stdout  # fmt: skip


def test_khal_lists_the_sessions_and_follows_a_move(client, tmp_path: Path) -> None:
    titles = {"en": "x", "fr": "x", "az": "Qiymətlər və zərər", "ar": "الأسعار"}
    activity = camps.ready(
        [{"id": f"D1S{n}", "day": 1, "minutes": 60, "title": titles} for n in (1, 2)]
    )
    khal = Khal(tmp_path)
    listing = ("list", "--format", "{start-time} {end-time} {title}", "2026-09-14", "2026-09-15")

    def read(language: str) -> list[str]:
        file = tmp_path / "feed.ics"
        file.write_bytes(client.get(feed_path("activity", activity.pk, language)).content)
        khal.run("import", "--batch", "-a", "camp", str(file))
        return [line for line in khal.run(*listing).splitlines() if ":" in line[:6]]

    version = publish_timetable(build_timetable(activity, by=None), by=None)
    first = [
        f"{p.starts_at + timedelta(hours=4):%H:%M} {p.ends_at + timedelta(hours=4):%H:%M}"
        for p in version.placements.all()
    ]
    assert read("az") == [f"{times} {titles['az']}" for times in first]
    draft = build_timetable(activity, by=None)
    last = draft.placements.last()
    move_placement(last, starts_at=last.starts_at + timedelta(hours=1), room=last.room, by=None)
    publish_timetable(draft, by=None)

    moved = read("ar")

    assert len(moved) == len(first)
    assert moved[0] == f"{first[0]} {titles['ar']}"
    assert moved[1].endswith(titles["ar"])
    assert moved[1][:11] != first[1]
