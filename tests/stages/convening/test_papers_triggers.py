"""The database itself refuses to change what a session has issued."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from karvan.stages.convening import papers_triggers
from karvan.stages.convening.models import AgendaVersion, CredentialsReport
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def guarded(db):
    papers_triggers.install(connection)
    yield
    papers_triggers.remove(connection)


def refused(words, act):
    with pytest.raises(IntegrityError, match=words), transaction.atomic():
        act()


def test_an_issued_agenda_and_a_report_are_never_changed():
    session, now = make.statutory_session(), timezone.now()
    agenda = AgendaVersion.objects.create(
        session=session, number=1, kind="provisional", issued_at=now
    )
    report = CredentialsReport.objects.create(session=session, number=1, made_at=now)
    agenda.kind, report.note = "adopted", "Other"

    refused("issued agenda never changes", agenda.save)
    refused("report on credentials never changes", report.save)

    agenda.refresh_from_db()
    assert agenda.kind == "provisional"


def test_an_issued_document_keeps_its_symbol_and_a_planned_one_does_not():
    planned, issued = make.session_document(), make.session_document(issued_at=timezone.now())
    planned.symbol = issued.symbol = "GC 9/2020/1"

    planned.save()
    refused("keeps its symbol", issued.save)
    issued.refresh_from_db()
    issued.distribution = "restricted"
    issued.save()

    assert planned.symbol != issued.symbol
