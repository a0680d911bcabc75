"""An edition in a language its blueprint is not written in: its texts are added and none is changed."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from karvan.foundation.files.errors import FileTooLarge, SpreadsheetUnreadable
from karvan.foundation.records.models import Record
from karvan.foundation.texts import in_language
from karvan.stages.blueprints import library
from karvan.stages.editions.errors import (
    ColumnsMissing,
    LanguageMissing,
    NoSuchPart,
    TextTooLong,
    WrongState,
)
from karvan.stages.editions.models import Edition, Translation
from karvan.stages.editions.queries import activity_document, departed_document, document_of
from karvan.stages.editions.services import depart, import_translations, translate_texts
from karvan.stages.editions.translated import progress_of
from karvan.stages.editions.wording import languages_to_choose, missing_in, texts_of
from tests import make

from .adopted import adopt

pytestmark = pytest.mark.django_db
SEX = "activities.BC3.form.sections.about.questions.sex.label"
YES = "activities.BC3.form.sections.eligibility.questions.residence.choices.yes.label"
YES_TOO = "activities.BC3.form.sections.eligibility.questions.language.choices.yes.label"
CAMP = "activities.BC3.title"
RUSSIAN = "Укажите ваш пол: эти ответы рецензенты не видят; они служат честному распределению мест"


def in_kazakh():
    country = make.country("KZ", official_languages=["ru", "kk"])
    return adopt(country=country, code="KZ-2027", languages=["kk", "en"])


def table(*lines, name="texts.csv", encoding="utf-8"):
    return SimpleUploadedFile(name, "\n".join(lines).encode(encoding), "text/csv")


def test_edition_is_held_in_an_official_language_of_its_country():
    assert in_kazakh().languages == ["kk", "en"]
    assert languages_to_choose(["ru", "kk"]) == ("en", "fr", "ar", "az", "ru", "kk")


def test_language_that_documents_cannot_hold_is_not_offered():
    assert "id" not in languages_to_choose(["id"])


def test_texts_gain_the_language_and_the_blueprint_stays_as_it_was():
    edition = in_kazakh()
    before = library.data("TVP")

    changed = translate_texts(edition, language="kk", texts={SEX: " Жынысы "}, by=None)

    about = document_of(edition)["activities"][0]["form"]["sections"][1]
    label = about["questions"][0]["label"]
    assert changed == 1
    assert (label["kk"], label["en"]) == ("Жынысы", "Sex")
    edition.blueprint.refresh_from_db()
    assert edition.blueprint.data == before
    assert departed_document(edition) == before


def test_text_that_stands_twice_is_asked_for_once_and_written_twice():
    edition = in_kazakh()

    translate_texts(edition, language="kk", texts={YES_TOO: "Иә"}, by=None)

    assert set(Translation.objects.values_list("path", flat=True)) >= {YES, YES_TOO}
    assert set(Translation.objects.values_list("text", flat=True)) == {"Иә"}
    listed = [text for text in texts_of(library.data("TVP")) if YES in text.paths]
    assert [text.paths[:2] for text in listed] == [(YES, YES_TOO)]


def test_progress_counts_texts_and_not_places():
    edition = in_kazakh()
    translate_texts(edition, language="kk", texts={YES: "Иә", SEX: "Жынысы"}, by=None)

    [kazakh] = progress_of(edition, departed_document(edition))

    assert (kazakh.language, kazakh.done, kazakh.total) == ("kk", 2, 98)
    assert not kazakh.is_done


def test_activity_is_called_as_its_design_is():
    edition = in_kazakh()

    translate_texts(edition, language="kk", texts={CAMP: "Жаттығу лагері"}, by=None)

    activity = edition.activities.get(code="BC3")
    assert in_language(activity.titles, "kk") == "Жаттығу лагері"
    translate_texts(edition, language="kk", texts={CAMP: ""}, by=None)
    activity.refresh_from_db()
    assert "kk" not in activity.titles


def test_emptied_text_goes_and_the_record_keeps_what_it_was():
    edition = in_kazakh()
    translate_texts(edition, language="kk", texts={SEX: "Жынысы"}, by=None)

    assert translate_texts(edition, language="kk", texts={SEX: "  "}, by=None) == 1

    assert Translation.objects.count() == 0
    last = Record.objects.order_by("number").last()
    assert (last.act, last.before) == ("texts translated", {SEX: "Жынысы"})


def test_saving_the_same_again_writes_nothing():
    edition = in_kazakh()
    translate_texts(edition, language="kk", texts={SEX: "Жынысы"}, by=None)
    records = Record.objects.count()

    assert translate_texts(edition, language="kk", texts={SEX: "Жынысы"}, by=None) == 0

    assert Record.objects.count() == records


def test_translation_of_a_part_that_a_departure_took_away_is_passed_over():
    edition = in_kazakh()
    path = "activities.BC3.sessions.D1S5"
    Translation.objects.create(
        edition=edition,
        path=f"{path}.title",
        language="kk",
        text="Кеңес",
        made_at=make.moment(2026, 1, 1),
    )

    depart(edition, path=path, after=None, reason="No time", by=None)

    sessions = activity_document(edition.activities.get(code="BC3"))["sessions"]
    assert "D1S5" not in [one["id"] for one in sessions]


def test_text_that_a_departure_wrote_in_the_language_itself_is_kept():
    edition = in_kazakh()
    path = "activities.BC3.form.sections.eligibility.questions.language.help"
    translate_texts(edition, language="kk", texts={path: "Аударма"}, by=None)

    depart(edition, path=path, after={"en": "Which one", "kk": "Қайсы"}, reason="Ours", by=None)

    questions = document_of(edition)["activities"][0]["form"]["sections"][0]["questions"]
    found = next(one for one in questions if one["key"] == "language")
    assert found["help"]["kk"] == "Қайсы"


@pytest.mark.parametrize(
    ("language", "path", "text", "error"),
    [
        ("ru", SEX, "Пол", LanguageMissing),
        ("kk", "activities.BC3.nothing", "x", NoSuchPart),
        ("kk", SEX, "ж" * 4001, TextTooLong),
        ("en", SEX, "Gender", NoSuchPart),
    ],
)
def test_refused_translation_changes_nothing(language, path, text, error):
    edition = in_kazakh()

    with pytest.raises(error):
        translate_texts(edition, language=language, texts={path: text}, by=None)

    assert Translation.objects.count() == 0
    assert not Record.objects.filter(act="texts translated").exists()


def test_edition_that_is_over_keeps_its_texts():
    edition = in_kazakh()
    Edition.objects.update(state="cancelled")

    with pytest.raises(WrongState):
        translate_texts(edition, language="kk", texts={SEX: "Жынысы"}, by=None)


def test_document_costs_one_query_more(django_assert_num_queries):
    edition = in_kazakh()
    translate_texts(edition, language="kk", texts={SEX: "Жынысы", YES: "Иә"}, by=None)
    fresh = Edition.objects.select_related("blueprint").get()

    with django_assert_num_queries(2):
        document_of(fresh)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
def test_translators_table_is_taken_in_whatever_its_encoding(encoding):
    edition = adopt(
        country=make.country("KZ", official_languages=["ru"]), code="KZ-2027", languages=["ru"]
    )
    upload = table("path,en,ru", f"{SEX},Sex,{RUSSIAN}", f"{CAMP},Boot camp,", encoding=encoding)

    taken = import_translations(edition, language="ru", upload=upload, by=make.officer())

    assert (taken.taken, taken.empty, taken.unknown) == (1, 1, ())
    assert Translation.objects.get().text == RUSSIAN


def test_table_that_was_given_out_comes_back_whole_and_runs_nothing(client):
    edition = in_kazakh()
    client.force_login(make.officer())
    address = reverse("editions:translation", args=[edition.slug])
    given = client.get(address, {"language": "kk", "format": "xlsx"})
    book = load_workbook(io.BytesIO(given.content))
    sheet = book.active
    heads = [cell.value for cell in sheet[1]]
    row = next(line for line in sheet.iter_rows(min_row=2) if line[0].value == SEX)
    row[heads.index("kk")].value = "+Жынысы"
    row[heads.index("kk")].data_type = "s"
    out = io.BytesIO()
    book.save(out)

    imported = reverse("editions:import_translation", args=[edition.slug])
    upload = SimpleUploadedFile("kk.xlsx", out.getvalue())
    answer = client.post(f"{imported}?language=kk", {"upload": upload}, follow=True)

    assert "1 text taken in" in answer.text
    assert Translation.objects.get().text == "+Жынысы"
    out = client.get(address, {"language": "kk", "format": "csv"}).content.decode("utf-8-sig")
    assert "'+Жынысы" in out


def test_lines_that_name_no_text_are_counted_by_their_numbers():
    edition = in_kazakh()
    upload = table("path,kk", "no.such.part,x", f"{SEX},Жынысы")

    taken = import_translations(edition, language="kk", upload=upload, by=make.officer())

    assert (taken.taken, taken.unknown) == (1, (2,))


@pytest.mark.parametrize(
    ("upload", "error"),
    [
        (lambda: table("text,kk", "x,y"), ColumnsMissing),
        (lambda: table("path,ru", f"{SEX},Пол"), ColumnsMissing),
        (lambda: table("  ", "  "), SpreadsheetUnreadable),
        (lambda: table("path,kk", "x," + "y" * (2 * 1024 * 1024)), FileTooLarge),
    ],
)
def test_refused_table_changes_nothing(upload, error):
    edition = in_kazakh()

    with pytest.raises(error):
        import_translations(edition, language="kk", upload=upload(), by=make.officer())

    assert Translation.objects.count() == 0


def test_page_lists_what_is_missing_beside_its_source_and_saves_it(client):
    edition = in_kazakh()
    client.force_login(make.role("coordinator", edition.scope))
    address = reverse("editions:translation", args=[edition.slug])

    page = client.get(address)
    saved = client.post(f"{address}?language=kk", {SEX: "Жынысы"}, follow=True)

    assert "0 of 98" in page.text
    assert "Қазақ тілі" in page.text
    assert page.text.count("<textarea") == 98
    assert "1 text was saved" in saved.text
    assert "1 of 98" in saved.text


def test_page_keeps_what_was_typed_as_it_is_typed(client):
    edition = in_kazakh()
    client.force_login(make.role("coordinator", edition.scope))
    address = reverse("editions:save_translation", args=[edition.slug])

    kept = client.post(f"{address}?language=kk", {SEX: "Жынысы"})
    long = client.post(f"{address}?language=kk", {SEX: "ж" * 5000})

    assert (kept.status_code, kept.json()) == (200, {"changed": 1})
    assert long.status_code == 422
    assert Translation.objects.get().text == "Жынысы"


def test_edition_whose_blueprint_has_all_its_languages_has_nothing_to_translate(client):
    client.force_login(make.officer())
    edition = adopt()

    page = client.get(reverse("editions:translation", args=[edition.slug]))

    assert "Nothing to translate" in page.text
    assert missing_in(departed_document(edition), "fr") == []


def test_workbook_that_is_none_is_refused_on_the_page_and_nothing_is_lost(client):
    edition = in_kazakh()
    translate_texts(edition, language="kk", texts={SEX: "Жынысы"}, by=None)
    client.force_login(make.officer())
    address = reverse("editions:import_translation", args=[edition.slug])

    answer = client.post(
        f"{address}?language=kk", {"upload": SimpleUploadedFile("kk.xlsx", b"no workbook")}
    )

    assert answer.status_code == 422
    assert Translation.objects.get().text == "Жынысы"
