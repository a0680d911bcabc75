"""Screens of budgets and plans, through the real client."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest
from django.urls import reverse

from karvan.foundation import clock
from karvan.stages.editions.models import BudgetEntry, BudgetLine, BudgetShare, Edition
from karvan.stages.editions.services import enter_amount, freeze_plan, plan_dates, say_share
from tests import make

from .adopted import adopt

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client):
    person = make.officer()
    client.force_login(person)
    return person


def address(name, edition, *more):
    return reverse(f"editions:{name}", args=[edition.slug, *more])


def typed(**more):
    return {"kind": "planned", "currency": "MAD", "on": "2026-11-02"} | more


def enter(edition, kind="planned", amount="100", currency="MAD", code="VENUE", **said):
    return enter_amount(
        edition.budget_lines.get(code=code),
        kind=kind,
        amount=Decimal(amount),
        currency=currency,
        on=clock.today(),
        by=None,
        **said,
    )


def rows_of(answer):
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_budget_step_of_adopting_is_open_until_something_is_planned(client, officer):
    edition = adopt()

    before = client.get(address("budget", edition))
    client.post(address("budget", edition), typed(line="VENUE", quantity="22", unit_cost="1500.50"))
    after = client.get(address("budget", edition))

    def state_of(page):
        return next(s.state for s in page.context["path"].steps if s.present)

    assert (state_of(before), state_of(after)) == ("open", "done")
    assert "33,011.00\xa0MAD" in after.text
    assert BudgetEntry.objects.get().made_by == officer


def test_page_proposes_the_quantity_of_the_design_and_says_where_it_comes_from(client, officer):
    page = client.get(address("budget_line", adopt(), "VENUE")).text

    assert "The design proposes 22" in page
    assert 'name="quantity" value="22"' in page
    assert "the host, anybody in kind" in page


def test_amount_refused_keeps_all_that_was_typed(client, officer):
    edition = adopt()

    answer = client.post(
        address("budget_line", edition, "VENUE"),
        typed(amount="500", rate="0.1", note="The large hall", rate_source="Bank Al-Maghrib"),
    )

    assert answer.status_code == 422
    assert "A rate goes with the date on which it held" in answer.text
    for kept in ("500", "0.1", "The large hall", "Bank Al-Maghrib"):
        assert f'value="{kept}"' in answer.text
    assert BudgetEntry.objects.count() == 0


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"amount": "-5"}, "greater than or equal to 0"),
        ({"amount": "5", "currency": "ABC"}, "There is no currency “ABC” to choose."),
        ({"amount": "1.005"}, "no more than 2 decimal places"),
        ({"amount": "NaN"}, "Enter a number"),
        ({"amount": "5", "on": "yesterday"}, "Enter a valid date"),
        ({"amount": "5", "line": "NONE"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_read_is_said_beside_its_field(client, officer, more, words):
    edition = adopt()

    answer = client.post(address("budget", edition), typed(line="VENUE") | more)

    assert answer.status_code == 422
    assert words in answer.text
    assert BudgetEntry.objects.count() == 0


def test_share_of_more_than_is_left_is_said_and_stays_typed(client, officer):
    edition = adopt()
    host = edition.partners.get()

    client.post(address("say_share", edition, "VENUE"), {"partner": host.pk, "percent": "60"})
    answer = client.post(
        address("say_share", edition, "VENUE"),
        {"partner": host.pk, "percent": "40.5", "in_kind": "on"},
    )

    assert answer.status_code == 422
    assert "Only 40 per cent" in answer.text
    assert 'value="40.5"' in answer.text
    assert BudgetShare.objects.get().part == 6000


def test_share_is_taken_away_on_screen_and_a_second_click_says_so(client, officer):
    edition = adopt()
    share = say_share(
        edition.budget_lines.get(code="VENUE"),
        partner=edition.partners.get(),
        percent=Decimal(60),
        by=None,
    )
    away = address("withdraw_share", edition, "VENUE")

    assert client.post(away, {"share": share.pk}).status_code == 302
    again = client.post(away, {"share": share.pk})

    assert again.status_code == 422
    assert "taken away already" in again.text


def test_amount_is_corrected_on_its_own_page_and_both_stay_to_be_read(client, officer):
    edition = adopt()
    first = enter(edition, amount="100")
    correct = address("correct_amount", edition, first.pk)

    asked = client.get(correct).text
    refused = client.post(correct, typed(amount="80"))
    client.post(correct, typed(amount="80", reason="A cheaper hall"))
    page = client.get(address("budget_line", edition, "VENUE")).text

    assert 'value="100.00"' in asked
    assert refused.status_code == 422
    assert "corrected, counts no more" in page
    assert "100.00\xa0MAD" in page and "80.00\xa0MAD" in page
    assert "A cheaper hall" in page
    assert correct not in page


def test_total_in_the_programme_s_currency_says_what_is_not_in_it(client, officer):
    edition = adopt()
    enter(edition, amount="1000", rate=Decimal("0.1"), rate_on=clock.today())
    enter(edition, amount="300", currency="EUR", code="TRAVEL")

    page = client.get(address("budget", edition)).text

    assert "100.00\xa0USD" in page
    assert "1 amount without a rate is not in it" in page
    assert "1,000.00\xa0MAD" in page and "300.00\xa0EUR" in page


def test_older_edition_takes_its_lines_over_on_screen(client, officer):
    edition = adopt()
    BudgetLine.objects.all().delete()

    page = client.get(address("budget", edition)).text
    client.post(address("lay_out_budget", edition))

    assert "Take over 8 lines of the blueprint" in page
    assert edition.budget_lines.count() == 8


def test_own_line_is_added_where_the_lock_is_free_and_not_where_it_is_fixed(client, officer):
    edition = adopt()
    typed_titles = {"titles_en": "Handbook", "basis": "lump_sum"}
    client.post(address("add_budget_line", edition), typed_titles)
    data = make.small_document("P9") | {"locks": [{"path": "budget_lines", "level": "fixed"}]}
    fixed = make.edition(of=make.blueprint(data=data))

    page = client.get(address("budget", fixed)).text
    refused = client.post(address("add_budget_line", fixed), typed_titles)

    assert [one.code for one in edition.budget_lines.filter(is_own=True)] == ["OWN1"]
    assert "no country adds its own" in page
    assert refused.status_code == 422


def test_closed_edition_offers_no_act_and_refuses_one_that_is_sent(client, officer):
    edition = adopt()
    Edition.objects.update(state="closed", adopted_at=make.moment(2026, 1, 1))

    page = client.get(address("budget", edition)).text
    answer = client.post(address("budget", edition), typed(line="VENUE", amount="7"))

    assert "its budget stays as it is" in page
    assert "Enter the amount" not in page
    assert answer.status_code == 422
    assert BudgetEntry.objects.count() == 0


def test_auditor_reads_without_forms(client):
    edition = adopt()
    client.force_login(make.role("auditor"))

    assert "Enter the amount" not in client.get(address("budget", edition)).text
    assert "Enter the amount" not in client.get(address("budget_line", edition, "VENUE")).text


def test_totals_and_amounts_are_given_as_files(client, officer):
    edition = adopt()
    enter(edition, amount="1000", rate=Decimal("0.1"), rate_on=clock.today(), note="=SUM(A1)")
    enter(edition, "paid", amount="300", currency="EUR", code="TRAVEL")

    totals = rows_of(client.get(address("budget", edition), {"format": "csv"}))
    amounts = rows_of(client.get(address("budget", edition), {"format": "csv", "of": "amounts"}))
    book = client.get(address("budget", edition), {"format": "xlsx"})

    assert ["VENUE", "Rooms and connection", "MAD", "1000.00", "", ""] in [
        row[1:7] for row in totals
    ]
    assert totals[-1][3:] == [
        "in USD, at the rates given", "100.00", "", "", "1 amount without a rate is not in it",
    ]  # fmt: skip
    assert [row[7] for row in amounts[1:]] == ["1000.00", "300.00"]
    assert amounts[1][-1] == "'=SUM(A1)"
    assert book.content[:2] == b"PK"


@pytest.mark.parametrize("language", ["en", "ar"])
def test_pages_open_in_both_directions_of_writing(client, officer, language):
    edition = adopt()
    entry = enter(edition)
    names = [("budget",), ("budget_line", "VENUE"), ("correct_amount", entry.pk)]
    names += [("planned_and_actual",)]

    for name, *more in names:
        path = address(name, edition, *more).replace("/en/", f"/{language}/")
        assert client.get(path).status_code == 200
    for name in ("programme_budget", "programme_plan"):
        path = reverse(f"editions:{name}", args=["TVP"]).replace("/en/", f"/{language}/")
        assert client.get(path).status_code == 200


def freeze(edition):
    Edition.objects.filter(pk=edition.pk).update(
        state="adopted", adopted_at=make.moment(2026, 1, 1)
    )
    camp = edition.activities.get(code="BC3")
    plan_dates(camp, starts_on=make.date(2026, 4, 6), ends_on=make.date(2026, 4, 8), by=None)
    freeze_plan(camp, by=None)


def test_edition_page_shows_what_differs_from_the_plan_to_those_who_read_its_papers(
    client, officer
):
    edition = adopt()
    enter(edition, amount="1000")
    freeze(edition)
    enter(edition, "paid", amount="1250")

    page = client.get(address("edition", edition)).text
    client.force_login(make.role("trainer", edition.scope))
    visitor = client.get(address("edition", edition)).text

    assert "over the plan" in page
    assert "See the whole plan" in page
    assert "over the plan" not in visitor and "1,250.00" not in visitor


def test_edition_without_a_frozen_plan_says_so_on_its_page(client, officer):
    edition = adopt()
    Edition.objects.update(state="adopted", adopted_at=make.moment(2026, 1, 1))

    assert "No plan was frozen" in client.get(address("edition", edition)).text
    assert "no plan was frozen" in client.get(address("planned_and_actual", edition)).text


def test_plan_is_given_as_a_file(client, officer):
    edition = adopt()
    freeze(edition)

    rows = rows_of(client.get(address("planned_and_actual", edition), {"format": "csv"}))

    assert rows[0][1:4] == ["Kind", "What", "Planned"]
    assert [row[1] for row in rows[1:4]] == ["Dates", "Length", "Places"]


def test_programme_shows_only_the_editions_that_the_person_reads(client):
    edition = adopt()
    other = adopt(edition.blueprint, code="EG-2027", country=make.country("EG"), languages=["en"])
    enter(edition, amount="100", currency="USD")
    enter(other, amount="900", currency="USD")
    client.force_login(make.role("coordinator", edition.scope))

    page = client.get(reverse("editions:programme_budget", args=["TVP"]))
    rows = rows_of(
        client.get(reverse("editions:programme_budget", args=["TVP"]), {"format": "csv"})
    )

    assert "1 of the 1 edition that you read has entered amounts" in page.text
    assert "100.00\xa0USD" in page.text and "900.00" not in page.text
    assert {row[0] for row in rows[1:]} == {str(edition)}


def test_programme_without_amounts_and_plans_says_how_they_come(client, officer):
    adopt()

    budgets = client.get(reverse("editions:programme_budget", args=["TVP"])).text
    plans = client.get(reverse("editions:programme_plan", args=["TVP"])).text

    assert "No amount yet" in budgets
    assert "No plan yet" in plans


def test_programme_s_budgets_cost_the_same_with_one_edition_and_with_three(
    client, officer, django_assert_num_queries
):
    first = adopt()
    enter(first)
    page = reverse("editions:programme_budget", args=["TVP"])
    client.get(page)

    with django_assert_num_queries(8):
        client.get(page)
    for code, country in (("EG-2027", "EG"), ("JO-2027", "JO")):
        one = adopt(first.blueprint, code=code, country=make.country(country), languages=["en"])
        enter(one)
    with django_assert_num_queries(8):
        client.get(page)
