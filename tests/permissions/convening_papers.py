"""Who may open the screens of a session: its delegations, credentials, agenda and documents.

The world's partner is the head of a member's delegation: it reads the session and fills in its own.
"""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from karvan.foundation.files.services import store_upload
from karvan.foundation.people.models import Person
from karvan.stages.convening.models import (
    AgendaVersion,
    CredentialsReport,
    LanguageVersion,
    SessionDelegate,
)
from tests import make

from .route import only

RUN = ("officer", "administrator")
READ = ("partner", "auditor", *RUN)
FILL = ("partner", *RUN)


def organ(world):
    return {"organ": world.organ.code}


def session(world):
    return {"organ": world.organ.code, "session": world.delegation.session.slug}


def delegation(world):
    return {**session(world), "pk": world.delegation.pk}


def delegate(world):
    made = world.delegation.delegates.filter(rank="adviser").first()
    made = made or make.session_delegate(world.delegation, name="Aysel Karimli", rank="adviser")
    assert isinstance(made, SessionDelegate)
    return {**delegation(world), "delegate": made.pk}


def kept(scope):
    upload = SimpleUploadedFile("paper.txt", b"The paper.")
    return store_upload(upload, kinds=("text",), scope=scope, by=None)


def with_paper(world):
    credential = world.delegation.credential
    if credential.file is None:
        credential.file = kept(world.delegation.scope)
        credential.save()
    return delegation(world)


def report(world):
    made, _new = CredentialsReport.objects.get_or_create(
        session=world.delegation.session, number=1, defaults={"made_at": timezone.now()}
    )
    return {**session(world), "number": made.number}


def item(world):
    held = world.delegation.session
    made = held.agenda_items.first() or make.agenda_item(held)
    return {**session(world), "pk": made.pk}


def moved(world):
    return {**item(world), "way": "up"}


def agenda(world):
    made, _new = AgendaVersion.objects.get_or_create(
        session=world.delegation.session,
        number=1,
        defaults={"kind": "provisional", "items": [], "issued_at": timezone.now()},
    )
    return {**session(world), "number": made.number}


def document(world):
    held = world.delegation.session
    made = held.documents.first() or make.session_document(held, issued_at=timezone.now())
    return {**session(world), "pk": made.pk}


def version(world):
    held = world.delegation.session
    keys = document(world)
    row = held.documents.get(pk=keys["pk"])
    LanguageVersion.objects.get_or_create(
        document=row, language="en", defaults={"file": kept(held.scope)}
    )
    return {**keys, "language": "en"}


def sitting(world):
    held = world.delegation.session
    made = held.sittings.first() or make.sitting(held)
    return {**session(world), "number": made.number}


def spoken_for(world):
    """The partner's party is a member of its own, so it may register its own delegation."""
    speaker: Person = world.people["partner"]
    party = speaker.roles.get(kind="partner").party
    if not world.organ.memberships.filter(party=party).exists():
        make.membership(world.organ, "QO", party=party)
    return session(world)


ROUTES = {
    "convening:new_session": only(RUN, arguments=organ),
    "convening:session": only(READ, arguments=session),
    "convening:change_session": only(RUN, arguments=session),
    "convening:open_session": only(RUN, method="post", arguments=session),
    "convening:session_held": only(RUN, method="post", arguments=session),
    "convening:close_session": only(RUN, method="post", arguments=session),
    "convening:convocation": only(RUN, arguments=session),
    "convening:convocation_sheet": only(RUN, arguments=session),
    "convening:convocation_pdf": only(RUN, arguments=session),
    "convening:delegations": only(READ, arguments=session),
    "convening:participants": only(READ, arguments=session),
    "convening:new_delegation": only(RUN, arguments=session),
    "convening:own_delegation": only(("partner",), arguments=spoken_for),
    "convening:delegation": only(READ, arguments=delegation),
    "convening:withdraw_delegation": only(RUN, method="post", arguments=delegation),
    "convening:new_session_delegate": only(FILL, method="post", arguments=delegation),
    "convening:change_session_delegate": only(FILL, arguments=delegate),
    # The first who may takes it off the list; it is not there for the next.
    "convening:remove_session_delegate": only(("partner",), method="post", arguments=delegate),
    "convening:submit_credential": only(FILL, method="post", arguments=delegation),
    "convening:decide_credential": only(RUN, method="post", arguments=delegation),
    "convening:credential_paper": only(READ, arguments=with_paper),
    "convening:credentials": only(READ, arguments=session),
    "convening:report_credentials": only(RUN, method="post", arguments=session),
    "convening:credentials_sheet": only(READ, arguments=report),
    "convening:agenda": only(READ, arguments=session),
    "convening:new_agenda_item": only(FILL, arguments=session),
    "convening:number_agenda": only(RUN, method="post", arguments=session),
    "convening:issue_agenda": only(RUN, method="post", arguments=session),
    "convening:agenda_differences": only(READ, arguments=session),
    "convening:agenda_sheet": only(READ, arguments=agenda),
    "convening:agenda_pdf": only(READ, arguments=agenda),
    "convening:agenda_item": only(READ, arguments=item),
    "convening:agenda_item_state": only(RUN, method="post", arguments=item),
    "convening:move_agenda_item": only(RUN, method="post", arguments=moved),
    "convening:session_documents": only(READ, arguments=session),
    "convening:new_session_document": only(RUN, arguments=session),
    "convening:session_document": only(READ, arguments=document),
    "convening:change_session_document": only(RUN, arguments=document),
    "convening:issue_session_document": only(RUN, method="post", arguments=document),
    "convening:follow_session_document": only(
        RUN, method="post", arguments=lambda world: {**document(world), "how": "add"}
    ),
    "convening:bring_version": only(RUN, method="post", arguments=version),
    "convening:version_file": only(READ, arguments=version),
    "convening:order_of_the_day": only(READ, arguments=sitting),
}
