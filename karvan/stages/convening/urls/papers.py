"""Addresses of the room papers."""

from __future__ import annotations

from django.urls import path

from ..views import (
    papers_agenda,
    papers_agendas,
    papers_convocation,
    papers_credentials,
    papers_delegations,
    papers_documents,
    papers_sessions,
    papers_versions,
)

SESSION = "organs/<slug:organ>/<slug:session>/"
DELEGATION = f"{SESSION}delegations/<int:pk>/"
ITEM = f"{SESSION}agenda/<int:pk>/"
DOCUMENT = f"{SESSION}documents/<int:pk>/"

urlpatterns = [
    path("organs/<slug:organ>/sessions/new/", papers_sessions.new_session, name="new_session"),
    path(SESSION, papers_sessions.session, name="session"),
    path(f"{SESSION}facts/", papers_sessions.change_session, name="change_session"),
    path(f"{SESSION}open/", papers_sessions.open_session, name="open_session"),
    path(f"{SESSION}held/", papers_sessions.session_held, name="session_held"),
    path(f"{SESSION}close/", papers_sessions.close_session, name="close_session"),
    path(f"{SESSION}convocation/", papers_convocation.convocation, name="convocation"),
    path(
        f"{SESSION}convocation/sheet/",
        papers_convocation.convocation_sheet,
        name="convocation_sheet",
    ),
    path(f"{SESSION}convocation/pdf/", papers_convocation.convocation_pdf, name="convocation_pdf"),
    path(f"{SESSION}delegations/", papers_delegations.delegations, name="delegations"),
    path(f"{SESSION}delegations/sheet/", papers_delegations.participants, name="participants"),
    path(f"{SESSION}delegations/new/", papers_delegations.new_delegation, name="new_delegation"),
    path(f"{SESSION}delegations/own/", papers_delegations.own_delegation, name="own_delegation"),
    path(DELEGATION, papers_delegations.delegation, name="delegation"),
    path(f"{DELEGATION}withdraw/", papers_delegations.withdraw, name="withdraw_delegation"),
    path(f"{DELEGATION}delegates/", papers_delegations.new_delegate, name="new_session_delegate"),
    path(
        f"{DELEGATION}delegates/<int:delegate>/",
        papers_delegations.change_delegate,
        name="change_session_delegate",
    ),
    path(
        f"{DELEGATION}delegates/<int:delegate>/remove/",
        papers_delegations.remove_delegate,
        name="remove_session_delegate",
    ),
    path(f"{DELEGATION}credentials/", papers_credentials.submit, name="submit_credential"),
    path(f"{DELEGATION}credentials/decide/", papers_credentials.decide, name="decide_credential"),
    path(f"{DELEGATION}credentials/paper/", papers_credentials.paper, name="credential_paper"),
    path(f"{SESSION}credentials/", papers_credentials.credentials, name="credentials"),
    path(f"{SESSION}credentials/report/", papers_credentials.report, name="report_credentials"),
    path(
        f"{SESSION}credentials/<int:number>/",
        papers_credentials.report_sheet,
        name="credentials_sheet",
    ),
    path(f"{SESSION}agenda/", papers_agenda.agenda, name="agenda"),
    path(f"{SESSION}agenda/new/", papers_agenda.new_item, name="new_agenda_item"),
    path(f"{SESSION}agenda/numbers/", papers_agendas.number_anew, name="number_agenda"),
    path(f"{SESSION}agenda/issue/", papers_agendas.issue, name="issue_agenda"),
    path(f"{SESSION}agenda/differences/", papers_agendas.differences, name="agenda_differences"),
    path(f"{SESSION}agenda/issued/<int:number>/", papers_agendas.sheet, name="agenda_sheet"),
    path(f"{SESSION}agenda/issued/<int:number>/pdf/", papers_agendas.pdf, name="agenda_pdf"),
    path(ITEM, papers_agenda.item, name="agenda_item"),
    path(f"{ITEM}state/", papers_agenda.item_state, name="agenda_item_state"),
    path(f"{ITEM}move/<str:way>/", papers_agenda.move, name="move_agenda_item"),
    path(f"{SESSION}documents/", papers_documents.documents, name="session_documents"),
    path(f"{SESSION}documents/new/", papers_documents.new_document, name="new_session_document"),
    path(DOCUMENT, papers_documents.document, name="session_document"),
    path(f"{DOCUMENT}change/", papers_documents.change, name="change_session_document"),
    path(f"{DOCUMENT}issue/", papers_versions.issue, name="issue_session_document"),
    path(f"{DOCUMENT}follow/<str:how>/", papers_versions.follow, name="follow_session_document"),
    path(f"{DOCUMENT}<str:language>/", papers_versions.bring, name="bring_version"),
    path(f"{DOCUMENT}<str:language>/file/", papers_versions.version_file, name="version_file"),
    path(f"{SESSION}sittings/<int:number>/order/", papers_agendas.order, name="order_of_the_day"),
]
