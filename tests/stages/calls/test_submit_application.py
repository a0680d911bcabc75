"""submit_application: a draft is sent once, while the call is open, and nothing typed is lost."""

from datetime import timedelta

import pytest
from django.utils import timezone

from karvan.foundation.forms.answers import for_reviewers
from karvan.foundation.messages.models import Message
from karvan.foundation.people.models import Person
from karvan.foundation.records.models import Record
from karvan.stages.calls.asking import form_of
from karvan.stages.calls.errors import (
    AlreadySent,
    AnswersIncomplete,
    CallClosed,
    CallNotOpen,
    CodeNotValid,
    NotADraft,
)
from karvan.stages.calls.models import Application, Nomination
from karvan.stages.calls.receipts import read_number
from karvan.stages.calls.services import (
    extend_for_one,
    mail_link,
    nominate,
    save_draft,
    start_application,
    submit_application,
    use_extension,
    withdraw_application,
)
from tests import make
from tests.stages.calls.answers import answers, form_with, paper_question, png, team_question

pytestmark = pytest.mark.django_db


def begun(call=None, **typed):
    return start_application(call or make.call(), language="az", **typed)


def sent(call=None, **changed):
    return submit_application(begun(call), raw=answers(**changed))


def acts(of):
    label = of._meta.label_lower
    rows = Record.objects.filter(subject_kind=label, subject_id=str(of.pk)).order_by("number")
    return [row.act for row in rows]


def test_draft_is_sent_with_receipt_letter_person_and_record():
    draft = begun()

    application = submit_application(
        draft, raw=answers(full_name="Aygün Əliyeva", email="Aygun@Example.org")
    )

    assert (application.state, application.email) == ("submitted", "aygun@example.org")
    assert read_number(application.number) == application.number
    assert application.attributes == {"sex": "M"}
    assert application.search_key == "aygun eliyeva"
    assert (application.person.full_name, application.person.has_usable_password()) == (
        "Aygün Əliyeva",
        False,
    )
    assert application.person.roles.count() == 0
    letter = Message.objects.get(kind="calls/receipt")
    assert (letter.to_address, letter.language) == ("aygun@example.org", "az")
    assert application.number in letter.subject
    assert f"/az/applications/{draft.token}/" in letter.body
    assert acts(application) == ["started", "submitted"]


def test_second_click_gets_the_same_receipt_and_leaves_one_record_and_one_letter():
    draft, typed = begun(), answers()

    first = submit_application(draft, raw=typed)
    second = submit_application(draft, raw=typed)

    assert (second.pk, second.number) == (first.pk, first.number)
    assert second.submitted_at == first.submitted_at
    assert Message.objects.filter(kind="calls/receipt").count() == 1
    assert acts(first) == ["started", "submitted"]


def test_sent_application_is_not_changed_by_another_sending():
    draft, typed = begun(), answers()
    first = submit_application(draft, raw=typed)

    with pytest.raises(NotADraft, match=first.number):
        submit_application(draft, raw={**typed, "motivation": "Changed."})

    first.refresh_from_db()
    assert first.answers["motivation"] == "I build pumps."
    assert acts(first) == ["started", "submitted"]


def test_person_with_this_address_is_found_and_keeps_the_name():
    known = make.person("Kept Name", email="known@example.org")

    application = sent(email="KNOWN@example.org", full_name="Another Name")

    assert application.person == known
    assert Person.objects.get(pk=known.pk).full_name == "Kept Name"


def test_who_may_not_take_part_gets_a_receipt_and_is_told_why():
    application = sent(resident="no")

    assert application.state == "ineligible"
    assert application.number
    assert [refusal["question"] for refusal in application.refusals] == ["resident"]
    assert application.refusals[0]["message"] in Message.objects.get(kind="calls/receipt").body


def test_missing_answers_are_named_and_the_rest_is_kept():
    draft = begun()

    with pytest.raises(AnswersIncomplete) as refused:
        submit_application(draft, raw=answers(sex="", email="not an address"))

    draft.refresh_from_db()
    assert set(refused.value.errors) == {"sex", "email"}
    assert (draft.state, draft.number) == ("draft", None)
    assert draft.answers["motivation"] == "I build pumps."
    assert draft.answers["email"] == "not an address"
    assert Message.objects.count() == 0


def test_between_the_two_deadlines_it_is_taken():
    now = timezone.now()
    call = make.call(
        advertised_deadline=now - timedelta(minutes=5), closes_at=now + timedelta(minutes=5)
    )

    assert sent(call).state == "submitted"


def test_after_the_hard_deadline_it_is_refused_and_everything_typed_is_kept():
    draft = start_application(make.call(), language="en")
    call = draft.call
    call.advertised_deadline = call.closes_at = timezone.now() - timedelta(seconds=1)
    call.save()

    with pytest.raises(CallClosed, match="kept here"):
        submit_application(draft, raw=answers(motivation="Typed in the last minute."))

    draft.refresh_from_db()
    assert (draft.state, draft.number) == ("draft", None)
    assert draft.answers["motivation"] == "Typed in the last minute."
    assert acts(draft) == ["started"]
    assert Message.objects.count() == 0


def test_extension_lets_one_draft_be_sent_later_and_only_one():
    call = make.call(open_now=False)
    late = timezone.now() + timedelta(days=1)
    extension = extend_for_one(call, until=late, reason="Power cut", by=make.officer())

    draft = start_application(call, language="en", code=extension.code.lower())
    application = submit_application(draft, raw=answers())

    assert application.state == "submitted"
    with pytest.raises(CodeNotValid):
        start_application(call, language="en", code=extension.code)
    assert extension.code not in str(list(Record.objects.values_list("after", flat=True)))


def test_draft_begun_in_time_can_use_an_extension():
    call = make.call()
    draft = begun(call)
    extension = extend_for_one(
        call, until=call.closes_at + timedelta(days=1), reason="Illness", by=make.officer()
    )

    use_extension(draft, code=extension.code)

    draft.refresh_from_db()
    assert draft.door_shuts_at == extension.until
    with pytest.raises(CodeNotValid):
        use_extension(begun(call), code="NOTACODE")


def test_closed_and_unpublished_calls_begin_nothing():
    with pytest.raises(CallClosed):
        begun(make.call(open_now=False))
    with pytest.raises(CallNotOpen):
        begun(make.call(state="draft"))
    with pytest.raises(CallNotOpen):
        begun(make.call(state="cancelled"))

    assert Application.objects.count() == 0


def test_same_address_cannot_send_two_applications_to_one_call():
    call = make.call()
    sent(call, email="one@example.org")
    second = begun(call)

    with pytest.raises(AlreadySent):
        submit_application(second, raw=answers(email="ONE@example.org", motivation="Again."))

    second.refresh_from_db()
    assert (second.state, second.answers["motivation"]) == ("draft", "Again.")


def test_withdrawn_application_frees_the_address_and_cannot_be_sent_again():
    call = make.call()
    first = sent(call, email="one@example.org")

    withdraw_application(first, reason="A mistake")

    assert sent(call, email="one@example.org").state == "submitted"
    first.refresh_from_db()
    assert (first.state, acts(first)) == ("withdrawn", ["started", "submitted", "withdrawn"])
    with pytest.raises(NotADraft):
        withdraw_application(first)
    with pytest.raises(NotADraft):
        submit_application(first, raw=answers())


def test_team_becomes_members_and_size():
    call = make.call(form=form_with(team_question()))
    rows = [
        {"full_name": "Leyla", "email": "Leyla@example.org"},
        {"full_name": "سارة", "email": ""},
    ]

    application = sent(call, members=rows)

    assert application.team_size == 3
    assert list(application.members.values_list("name", "email")) == [
        ("Leyla", "leyla@example.org"),
        ("سارة", ""),
    ]


def test_file_is_kept_and_the_same_file_sent_twice_is_the_same_content():
    draft = begun(make.call(form=form_with(paper_question())))
    typed = answers()

    first = submit_application(draft, raw=typed, files={"paper": png()})
    second = submit_application(draft, raw=typed, files={"paper": png()})

    assert first.number == second.number
    assert list(first.files.values_list("question", "file__kind")) == [("paper", "png")]
    assert first.answers["paper"]["name"] == "paper.png"


def test_wrong_file_under_a_right_name_is_refused_and_the_draft_kept():
    draft = begun(make.call(form=form_with(paper_question())))
    wrong = png()
    wrong.file.seek(0)
    wrong.file.write(b"<html><script>alert(1)</script>")
    wrong.file.truncate()
    wrong.size = 31
    wrong.file.seek(0)

    with pytest.raises(AnswersIncomplete) as refused:
        submit_application(draft, raw=answers(), files={"paper": wrong})

    draft.refresh_from_db()
    assert set(refused.value.errors) == {"paper"}
    assert (draft.state, draft.answers["motivation"]) == ("draft", "I build pumps.")
    assert draft.files.count() == 0


def test_saving_keeps_what_cannot_be_read_and_a_file_sent_before():
    draft = begun(make.call(form=form_with(paper_question(), {"key": "age", "type": "number"})))
    save_draft(draft, raw=answers(), files={"paper": png()})
    draft.refresh_from_db()

    errors = save_draft(draft, raw=answers(age="about forty"))

    draft.refresh_from_db()
    assert set(errors) == {"age"}
    assert draft.answers["age"] == "about forty"
    assert draft.answers["paper"]["name"] == "paper.png"
    with pytest.raises(NotADraft):
        save_draft(sent(), raw=answers())


def test_link_is_mailed_once_an_hour_and_gives_the_draft_its_address():
    draft = begun()

    mail_link(draft, email="Me@example.org")
    mail_link(draft, email="me@example.org")

    draft.refresh_from_db()
    assert draft.email == "me@example.org"
    assert Message.objects.filter(kind="calls/link").count() == 1


def test_nominee_who_applies_is_known_as_nominated():
    call, party = make.call(), make.party()
    call.activity.edition.partners.create(party=party, part="partner", reserved_seats=1)
    nomination = nominate(
        call, party=party, name="N", email="n@example.org", note="", by=make.officer()
    )

    application = sent(call, email="n@example.org")

    nomination.refresh_from_db()
    assert (nomination.state, nomination.application) == (Nomination.State.APPLIED, application)


def test_reviewers_are_given_neither_name_nor_address_nor_telephone():
    application = sent(full_name="Very Private", email="very@example.org", phone="+99450111")

    given = for_reviewers(form_of(application.call), application.answers)

    assert given == {"resident": "yes", "motivation": "I build pumps."}
    assert not {"full_name", "email", "phone"} & set(application.attributes)
