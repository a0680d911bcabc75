"""The worker as a real process: killed at the worst moment, and asked to stop."""

from __future__ import annotations

import os
import signal
import socket
from pathlib import Path

import pytest

from tests.foundation.messages.post_office import PostOffice

from .installations import Installation, wait_for

WRITTEN = """
from django.utils import timezone
from karvan.foundation.messages.models import Message
Message.objects.create(key="a", kind="tests/a", to_address="reader@example.org", language="en",
                       subject="Once", body="Only once.", created_at=timezone.now())
"""
STATE = "from karvan.foundation.messages.models import Message; print(Message.objects.get().state)"
LEASE_ENDS = """
from datetime import timedelta
from django.utils import timezone
from karvan.foundation.messages.models import Message
Message.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
"""


def test_a_worker_killed_while_sending_leaves_the_letter_uncertain_and_unsent_again(installation):
    installation.python(WRITTEN)

    with PostOffice(answer="wait") as office:
        posted = Installation(
            installation.data,
            KARVAN_MAIL_HOST="127.0.0.1",
            KARVAN_MAIL_PORT=str(office.port),
        )
        first = posted.start("worker")
        assert office.has_one.wait(60)
        first.kill()  # the server has the text; the worker will never know
        first.wait()
        assert posted.python(STATE) == "sending"
        posted.python(LEASE_ENDS)

        office.answer = "250 taken"
        second = posted.start("worker")
        wait_for(lambda: posted.python(STATE) == "uncertain", 60)
        second.terminate()
        second.wait(30)

    assert (posted.python(STATE), len(office.letters)) == ("uncertain", 1)


def test_work_of_a_killed_worker_is_done_by_the_next(installation, tmp_path):
    path = tmp_path / "numbers"
    installation.python(f"from tests.config import work; work.hang.enqueue({str(path)!r})")
    first = installation.start("worker")
    wait_for(lambda: path.exists() and path.read_text().endswith("\n"), 60)
    first.kill()
    first.wait()
    installation.python(
        "from datetime import timedelta\nfrom django.utils import timezone\n"
        "from django_tasks_db.models import DBTaskResult\n"
        "DBTaskResult.objects.update(started_at=timezone.now() - timedelta(hours=1))"
    )

    second = installation.start("worker")
    wait_for(lambda: len(path.read_text().split()) == 2, 60)
    second.send_signal(signal.SIGTERM)

    assert second.wait(30) == 0
    assert path.read_text().split() == [str(first.pid), str(second.pid)]


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL])
def test_serve_runs_both_and_no_end_leaves_anything_behind(installation, end):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    heartbeat = installation.data / "worker-heartbeat"
    tree = installation.start("serve", "--port", str(port), "--workers", "1")

    def answers():
        assert tree.poll() is None
        with socket.socket() as link:
            link.settimeout(1)
            return link.connect_ex(("127.0.0.1", port)) == 0

    wait_for(lambda: answers() and heartbeat.exists(), 90)
    children = _children(tree.pid)
    tree.send_signal(end)

    assert tree.wait(40) == (0 if end == signal.SIGTERM else -end)
    assert len(children) == 2
    wait_for(lambda: not any(_alive(pid) for pid in children))
    assert not heartbeat.exists()


def _children(pid: int) -> list[int]:
    said = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(number) for number in said.split()]


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
