"""karvan selection replay: anybody finds the same answer, and a changed byte is found out."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from karvan.config.cli import main
from karvan.stages.selection.models import SelectionRun
from karvan.stages.selection.services import propose_selection, replay_document, replay_run
from tests import make

from .pool import read_call, women

pytestmark = pytest.mark.django_db


@pytest.fixture
def run():
    return propose_selection(read_call((90, "M"), (70, "F"), (80, "M")), by=None)


def test_a_run_and_its_file_give_the_same_answer(run, tmp_path, capsys):
    file = tmp_path / "run.json"
    file.write_bytes(bytes(run.document))

    answer = replay_run(run)
    code = main(["selection", "replay", str(file), "--list"])

    chosen = set(
        run.decisions.filter(outcome="selected").values_list("application__number", flat=True)
    )
    printed = capsys.readouterr().out
    assert code == 0
    assert f"SHA-256 {run.sha256}" in printed
    assert "The same answer: 2 chosen, 1 waiting, proved." in printed
    assert set(answer.chosen) == chosen
    assert set(printed.splitlines()[-2:]) == chosen


def test_a_file_is_replayed_without_a_database_or_settings(run, tmp_path):
    file = tmp_path / "run.json"
    file.write_bytes(bytes(run.document))
    bare = {"PATH": os.environ["PATH"], "KARVAN_DATA": str(tmp_path / "nothing")}

    told = subprocess.run(
        [sys.executable, "-m", "karvan.config.cli", "selection", "replay", str(file)],
        env=bare,
        capture_output=True,
        text=True,
        check=False,
    )

    assert told.returncode == 0, told.stderr
    assert "The same answer" in told.stdout


def test_changed_byte_is_found(run, tmp_path, capsys):
    changed = bytes(run.document).replace(b"9000", b"9001", 1)
    file = tmp_path / "run.json"
    file.write_bytes(changed)

    assert main(["selection", "replay", str(file)]) == 1
    assert "was changed" in capsys.readouterr().out
    assert main(["selection", "replay", str(tmp_path / "nowhere")]) == 2
    assert "cannot be read" in capsys.readouterr().err


def test_document_that_is_not_the_one_the_run_states_is_found(run):
    other = SelectionRun(number=9, document=run.document, sha256="0" * 64)

    with pytest.raises(ValueError, match="the run states"):
        replay_run(other)


def test_clash_can_be_replayed_too():
    run = propose_selection(read_call((90, "M")), quotas=[women(floor=1)], by=make.officer())

    assert replay_run(run).clash == ("women",)
    assert replay_document(bytes(run.document)).clash == ("women",)
