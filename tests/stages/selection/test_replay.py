"""replay_selection: anybody finds the same answer, and a changed byte is found out."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from karvan.stages.selection.models import SelectionRun
from karvan.stages.selection.services import propose_selection, replay_document, replay_run
from tests import make

from .pool import read_call, women

pytestmark = pytest.mark.django_db


@pytest.fixture
def run():
    return propose_selection(read_call((90, "M"), (70, "F"), (80, "M")), by=None)


def test_run_and_its_file_give_the_same_answer(run, tmp_path, capsys):
    file = tmp_path / "run.json"
    file.write_bytes(bytes(run.document))

    call_command("replay_selection", str(file))
    call_command("replay_selection", run=run.pk)

    chosen = set(
        run.decisions.filter(outcome="selected").values_list("application__number", flat=True)
    )
    printed = capsys.readouterr().out
    assert printed.count("the same answer: 2 chosen") == 2
    assert all(printed.count(number) == 2 for number in chosen)


def test_changed_byte_is_found(run, tmp_path):
    changed = bytes(run.document).replace(b"9000", b"9001", 1)
    file = tmp_path / "run.json"
    file.write_bytes(changed)

    with pytest.raises(CommandError, match="was changed"):
        call_command("replay_selection", str(file))
    with pytest.raises(CommandError, match="give either"):
        call_command("replay_selection")


def test_document_that_is_not_the_one_the_run_states_is_found(run):
    other = SelectionRun(number=9, document=run.document, sha256="0" * 64)

    with pytest.raises(ValueError, match="the run states"):
        replay_run(other)


def test_clash_can_be_replayed_too():
    run = propose_selection(read_call((90, "M")), quotas=[women(floor=1)], by=make.officer())

    assert replay_run(run).clash == ("women",)
    assert replay_document(bytes(run.document)).clash == ("women",)
