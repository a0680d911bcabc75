"""Screens of agreements."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from karvan.foundation import clock
from karvan.foundation.records.queries import history_of
from karvan.foundation.ui.registers import Column, Filter, Register
from karvan.foundation.web.posting import done
from karvan.foundation.web.requests import Request

from .. import access, queries, services
from ..forms import (
    AgreementForm,
    AnnexForm,
    ClauseForm,
    DocumentForm,
    PromiseForm,
    ReasonForm,
    RenewForm,
    SignatoryForm,
    SignatureForm,
    SigningForm,
    TermForm,
)
from ..models import Agreement
from ..states import AGREEMENT_MARKS, state_word
from .filters import STATE_OF_AGREEMENT

COLUMNS = (
    Column("titles", gettext_lazy("Agreement"), kind="name", sort="code"),
    Column(
        "state",
        gettext_lazy("State"),
        kind="state",
        value=lambda a: AGREEMENT_MARKS[a.state],
        word=state_word,
        sort="state",
    ),
    Column("kind", gettext_lazy("Kind"), value="get_kind_display", sort="kind"),
    Column(
        "parties", gettext_lazy("Parties"), value=lambda a: ", ".join(map(str, a.parties.all()))
    ),
    Column("signed_on", gettext_lazy("Signed"), kind="date", sort="signed_on"),
    Column("in_force_to", gettext_lazy("In force until"), kind="date", sort="in_force_to"),
    Column("obligation_count", gettext_lazy("Clauses"), kind="number", sort="obligation_count"),
)


@login_required
@require_GET
def agreements(request: Request) -> HttpResponse:
    """The register of agreements."""
    access.may_read(request.user)
    register = Register(
        request,
        access.agreements_for(request.user),
        COLUMNS,
        name="agreements",
        caption=_("Agreements"),
        order=("-signed_on",),
        filters=[Filter(key, word, where) for key, word, where in STATE_OF_AGREEMENT],
        row_url=lambda agreement: reverse("agreements:agreement", args=[agreement.code]),
        empty_title=_("No agreement yet"),
        empty_text=_(
            "An agreement holds its parties, dates and clauses; each clause can become a commitment."
        ),
        empty_url=reverse("agreements:draft") if access.is_keeper(request.user) else "",
        empty_label=_("Draft an agreement"),
    )
    if register.wants_file:
        return register.file()
    context = {"register": register, "is_keeper": access.is_keeper(request.user)}
    return render(request, "agreements/agreements.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def draft(request: Request) -> HttpResponse:
    """Begin an agreement."""
    access.may_keep(request.user)
    form = AgreementForm(request.POST or None)
    made = done(form, lambda **typed: services.draft_agreement(by=request.user, **typed))
    if made:
        return redirect("agreements:agreement", code=made.code)
    return render(request, "agreements/draft.html", {"form": form})


@login_required
@require_GET
def agreement(request: Request, code: str) -> HttpResponse:
    """The record of one agreement."""
    return agreement_page(request, access.agreement_for(request.user, code))


@login_required
@require_POST
def clause(request: Request, code: str) -> HttpResponse:
    """Add a clause to a draft."""
    paper = access.agreement_to_run(request.user, code)
    form = ClauseForm(request.POST, parties=paper.parties.all())
    if done(form, lambda **typed: services.add_obligation(paper, by=request.user, **typed)):
        return redirect("agreements:agreement", code=code)
    return agreement_page(request, paper, clause_form=form)


@login_required
@require_POST
def signatory(request: Request, code: str) -> HttpResponse:
    """Name who signs for a party."""
    paper = access.agreement_to_run(request.user, code)
    form = SignatoryForm(request.POST, parties=paper.parties.all())
    if done(form, lambda **typed: services.add_signatory(paper, by=request.user, **typed)):
        return redirect("agreements:agreement", code=code)
    return agreement_page(request, paper, signatory_form=form)


@login_required
@require_POST
def end(request: Request, code: str) -> HttpResponse:
    """End an agreement before its time."""
    paper = access.agreement_to_run(request.user, code)
    form = ReasonForm(request.POST)
    if done(form, lambda **typed: services.end_agreement(paper, by=request.user, **typed)):
        return redirect("agreements:agreement", code=code)
    return agreement_page(request, paper, end_form=form)


@login_required
@require_http_methods(["GET", "POST"])
def promise_clause(request: Request, code: str, number: str) -> HttpResponse:
    """Make a commitment of one clause."""
    source = access.obligation_to_promise(request.user, code, number)
    form = PromiseForm(request.POST or None, initial={"titles": source.texts})
    made = done(
        form, lambda **typed: services.promise_from_obligation(source, by=request.user, **typed)
    )
    if made:
        return redirect("agreements:commitment", code=made.code)
    back = reverse("agreements:agreement", args=[code])
    return render(
        request, "agreements/promise.html", {"source": source, "form": form, "back": back}
    )


def agreement_page(request: Request, paper: Agreement, **forms: Any) -> HttpResponse:
    """The record with its forms; 422 where one of them was sent and is wrong."""
    parties = paper.parties.all()
    listed = dict(settings.LANGUAGES)
    context = {
        "agreement": paper,
        "mark": AGREEMENT_MARKS[paper.state],
        "parties": parties,
        "languages": [listed.get(code, code) for code in paper.languages],
        "prevails": listed.get(paper.prevailing_language, ""),
        "signatories": paper.signatories.select_related("party"),
        "annexes": paper.annexes.select_related("file"),
        "clauses": paper.obligations.select_related("party").prefetch_related("commitments"),
        "promises": queries.commitments_of_agreement(paper),
        "successor": paper.renewed_by.first(),
        "is_near": paper in queries.agreements_to_remind(clock.today()),
        "is_keeper": access.is_keeper(request.user),
        **_forms(paper),
        "records": history_of(paper),
        **forms,
    }
    return render(request, "agreements/agreement.html", context, status=422 if forms else 200)


def _forms(paper: Agreement) -> dict[str, Any]:
    """The forms of the record, as they are before anything is typed."""
    names = ("languages", "prevailing_language", "renewal", "renewal_days")
    parties = paper.parties.all()
    return {
        "clause_form": ClauseForm(parties=parties),
        "signatory_form": SignatoryForm(parties=parties),
        "signing_form": SigningForm(),
        "signature_form": SignatureForm(initial={"signed_on": clock.today()}),
        "term_form": TermForm(initial={name: getattr(paper, name) for name in names}),
        "annex_form": AnnexForm(),
        "document_form": DocumentForm(),
        "renew_form": RenewForm(),
        "object_form": ReasonForm(),
        "reopen_form": ReasonForm(),
        "end_form": ReasonForm(),
    }
