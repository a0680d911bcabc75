"""/health says 200 or 503, and nothing an outsider could use."""

import os
import time
from datetime import timedelta

import pytest
from django.core.files.storage import InMemoryStorage, storages
from django.db import OperationalError, connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from karvan.foundation.web.health import HEARTBEAT_FILE

pytestmark = pytest.mark.django_db


@pytest.fixture
def data(settings, tmp_path):
    settings.DATA = tmp_path
    return tmp_path


def use_storage(settings, backend, **options):
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": backend, "OPTIONS": options}}


class FullStorage(InMemoryStorage):
    """A disk without room."""

    def _save(self, name, content):
        raise OSError(28, "No space left on device")


def test_all_well_is_200_and_says_no_more_than_it_must(client, data):
    answer = client.get("/health")

    assert answer.status_code == 200
    assert answer["Cache-Control"].startswith("max-age=0")
    assert set(answer.json()) == {
        "status",
        "database",
        "storage",
        "worker",
        "tasks_waiting",
        "version",
    }
    assert answer.json()["status"] == "ok"
    assert answer.json()["worker"] == "unknown"


def test_the_probe_leaves_nothing_behind(client, data, settings, tmp_path):
    use_storage(settings, "django.core.files.storage.FileSystemStorage", location=str(tmp_path))

    client.get("/health")

    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert storages["default"].location == str(tmp_path)


def test_a_storage_that_takes_no_file_is_503(client, data, settings):
    use_storage(settings, "tests.foundation.web.test_health.FullStorage")

    answer = client.get("/health")

    assert answer.status_code == 503
    assert (answer.json()["database"], answer.json()["storage"]) == (True, False)


def test_a_database_that_does_not_answer_is_503(client, data):
    def broken(execute, sql, params, many, context):
        raise OperationalError("gone")

    with connection.execute_wrapper(broken):
        answer = client.get("/health")

    assert answer.status_code == 503
    assert (answer.json()["database"], answer.json()["tasks_waiting"]) == (False, None)


@pytest.mark.parametrize(("minutes", "said"), [(1, "ok"), (30, "late")])
def test_the_worker_is_known_by_its_heartbeat(client, data, minutes, said):
    heartbeat = data / HEARTBEAT_FILE
    heartbeat.touch()
    os.utime(heartbeat, (time.time() - minutes * 60,) * 2)

    answer = client.get("/health")

    assert (answer.status_code, answer.json()["worker"]) == (200, said)


def test_work_that_waits_too_long_says_that_the_worker_is_late(client, data):
    task = DBTaskResult.objects.create(
        args_kwargs={},
        task_path="x",
        queue_name="default",
        backend_name="default",
        run_after=timezone.now(),
    )
    DBTaskResult.objects.filter(pk=task.pk).update(enqueued_at=timezone.now() - timedelta(hours=1))

    answer = client.get("/health").json()

    assert (answer["worker"], answer["tasks_waiting"]) == ("late", 1)


def test_crawlers_stay_out_of_accounts_and_out_of_demos(client, settings):
    settings.DEMO = False
    assert "Disallow: /*/accounts/" in client.get("/robots.txt").text

    settings.DEMO = True
    assert client.get("/robots.txt").text == "User-agent: *\nDisallow: /\n"
