"""Background work: run once, tried again a bounded number of times, taken over from the dead."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from karvan.config import background

from . import work

pytestmark = pytest.mark.django_db


def lines(path):
    return path.read_text().splitlines() if path.exists() else []


def let_waiting_run():
    DBTaskResult.objects.filter(status="READY").update(run_after=timezone.now())


def state():
    return DBTaskResult.objects.get().status


def test_work_is_done_once_and_its_answer_kept(tmp_path):
    work.note.enqueue(str(tmp_path / "a"), "hello")

    ran = [background.run_one("w1"), background.run_one("w1")]

    assert (ran, lines(tmp_path / "a")) == ([True, False], ["hello"])
    assert (state(), DBTaskResult.objects.get().return_value) == ("SUCCESSFUL", "hello")


def test_work_that_asks_for_its_context_gets_it():
    result = work.with_context.enqueue()

    background.run_one("w1")

    assert DBTaskResult.objects.get().return_value == result.id


def test_broken_work_is_tried_three_times_with_waits_and_then_left(tmp_path):
    work.fail.enqueue(str(tmp_path / "a"))

    rounds = []
    for _round in range(4):
        rounds.append(background.run_one("w1"))
        assert not background.run_one("w1")  # it waits
        let_waiting_run()

    assert (rounds, lines(tmp_path / "a")) == ([True, True, True, False], ["tried"] * 3)
    assert state() == "FAILED"
    assert "broken on purpose" in DBTaskResult.objects.get().traceback


def test_work_whose_worker_died_is_put_back_after_the_lease(tmp_path):
    """The row as a killed worker leaves it: running, and no sign of life."""
    work.note.enqueue(str(tmp_path / "a"), "hello")
    DBTaskResult.objects.get().claim("dead")

    assert background.reap() == 0  # its lease still holds
    DBTaskResult.objects.update(started_at=timezone.now() - background.LEASE - timedelta(seconds=1))

    assert (background.reap(), background.run_one("w2")) == (1, True)
    assert (state(), DBTaskResult.objects.get().worker_ids) == ("SUCCESSFUL", ["dead", "w2"])


def test_work_that_kills_its_workers_is_given_up_after_three(tmp_path):
    work.note.enqueue(str(tmp_path / "a"), "hello")
    long_ago = timezone.now() - timedelta(hours=1)
    for number in range(3):
        DBTaskResult.objects.get().claim(f"dead-{number}")
        DBTaskResult.objects.update(started_at=long_ago)
        background.reap()

    assert (state(), background.run_one("w"), lines(tmp_path / "a")) == ("FAILED", False, [])
    assert "LostWorker" in DBTaskResult.objects.get().exception_class_path


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_do_each_piece_once(tmp_path):
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL")
    for number in range(20):
        work.note.enqueue(str(tmp_path / "a"), str(number))
    start = threading.Barrier(3)

    def run():
        start.wait()
        try:
            while background.run_one(threading.current_thread().name):
                pass
        finally:
            connection.close()

    workers = [threading.Thread(target=run) for _number in range(3)]
    for one in workers:
        one.start()
    for one in workers:
        one.join()

    assert sorted(lines(tmp_path / "a"), key=int) == [str(number) for number in range(20)]
