"""Signing and checking: what a signature covers, and every way a credential can fail."""

from __future__ import annotations

import copy
import json
import socket
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema.validators import validator_for

from karvan.stages.credentials import signing
from karvan.stages.credentials.signing import Problem
from karvan.stages.credentials.signing.bounds import is_bounded
from karvan.stages.credentials.signing.contexts import VC_V2, load_document
from tests.shared import shared_path
from tests.stages.credentials.documents import COURSE, ISSUED, LATER, SALT, key_for, unsigned

KEY = key_for()
DID_DOCUMENT = signing.did_document("karvan.example", [KEY.public])
LIST_URL = "https://karvan.example/status/1"


def signed(**options: Any) -> dict[str, Any]:
    return signing.sign(unsigned(**options), key=KEY, created=ISSUED)


def listing(*revoked: int, key: signing.SigningKey = KEY) -> dict[str, Any]:
    bits = signing.bits_of(revoked)
    return signing.status_list_credential(bits, url=LIST_URL, key=key, created=ISSUED)


def check(document: Any, *, revoked: tuple[int, ...] = (), now: Any = LATER) -> Any:
    return signing.verify(
        document,
        resolve_key=signing.key_resolver(DID_DOCUMENT),
        status_list={LIST_URL: listing(*revoked)}.get,
        now=now,
    )


def places(node: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path of every single value in a document."""
    if isinstance(node, dict):
        return [p for key, value in node.items() for p in places(value, (*path, key))]
    if isinstance(node, list):
        return [p for at, value in enumerate(node) for p in places(value, (*path, at))]
    return [path]


def changed(document: dict[str, Any], path: tuple[Any, ...]) -> dict[str, Any]:
    """A copy with one value made another of its kind."""
    copied = copy.deepcopy(document)
    node = copied
    for step in path[:-1]:
        node = node[step]
    old = node[path[-1]]
    node[path[-1]] = (not old) if isinstance(old, bool) else old + ("x" if old == str(old) else 1)
    return copied


def test_what_we_sign_verifies():
    found = check(signed())

    assert found == signing.Verification(signature=True, revoked=False, expired=False, problems=())
    assert found.valid


def test_no_network_is_touched(monkeypatch):
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)

    assert check(signed()).valid


def test_the_schema_of_open_badges_accepts_it():
    path = shared_path("schemas/ob_v3p0_achievementcredential_schema.json")
    schema = json.loads(path.read_text(encoding="utf-8"))
    kind = validator_for(schema)
    validator = kind(schema, format_checker=kind.FORMAT_CHECKER)

    good = list(validator.iter_errors(signed(valid_until=LATER)))
    single = {**signed(), "proof": signed()["proof"][0]}

    assert good == []
    assert [error.json_path for error in validator.iter_errors(single)] == ["$.proof"]


def test_changing_any_single_value_is_noticed():
    document = signed(valid_until=LATER)

    unnoticed = [path for path in places(document) if check(changed(document, path)).valid]

    assert unnoticed == []


def test_adding_a_word_nobody_defines_is_noticed():
    found = check({**signed(), "grade": "excellent"})

    assert found.problems == (Problem.UNSIGNED_WORDS,)


@pytest.mark.parametrize(
    ("addition", "place"),
    [
        ({"grade": "excellent"}, "grade"),
        ({"grade": {"type": "Grade"}}, "grade"),
        ({"name": None}, "name"),
        ({"credentialSchema": [{"id": "urn:x:1", "type": "OurSchema"}]}, "type 'OurSchema'"),
        ({"credentialSchema": [{"id": "schema.json", "type": "JsonSchema"}]}, "id 'schema.json'"),
    ],
)
def test_signing_refuses_what_the_signature_would_not_cover(addition, place):
    document = {**unsigned(), **addition}

    assert place in signing.unsigned_terms(document)
    with pytest.raises(ValueError, match="would not cover"):
        signing.sign(document, key=KEY, created=ISSUED)


def test_words_deep_inside_are_named_with_their_place():
    document = unsigned()
    document["credentialSubject"]["achievement"]["nickname"] = "Repair"

    assert signing.unsigned_terms(document) == ("credentialSubject.achievement.nickname",)


@pytest.mark.parametrize("context", ["https://elsewhere.example/v1", {"grade": "urn:grade"}])
def test_contexts_that_are_not_ours_are_refused(context):
    document = unsigned()
    document["@context"] = [*document["@context"], context]

    with pytest.raises(ValueError, match="@context"):
        signing.sign(document, key=KEY, created=ISSUED)
    with pytest.raises(ValueError, match="not one of ours"):
        load_document("https://elsewhere.example/v1")


def test_signing_refuses_another_issuers_document_and_a_second_proof():
    with pytest.raises(ValueError, match="cannot sign for the issuer"):
        signing.sign(unsigned("other.example"), key=KEY, created=ISSUED)
    with pytest.raises(ValueError, match="a proof already"):
        signing.sign(signed(), key=KEY, created=ISSUED)


def test_equal_input_gives_equal_signatures():
    assert signed() == signed()


def test_key_of_another_issuer_is_refused():
    other = key_for("other.example")
    forged = {**unsigned(), "issuer": other.public.controller}
    forged = signing.sign(forged, key=other, created=ISSUED)
    forged["issuer"] = unsigned()["issuer"]

    found = signing.verify(
        forged,
        resolve_key={other.id: other.public, KEY.id: KEY.public}.get,
        status_list={LIST_URL: listing()}.get,
        now=LATER,
    )

    assert found.problems == (Problem.KEY_UNKNOWN,)
    assert found.revoked is None


def test_retired_key_still_verifies_and_removed_key_does_not():
    new = key_for()
    both = signing.did_document("karvan.example", [new.public, KEY.public])
    only_new = signing.did_document("karvan.example", [new.public])
    lists = {LIST_URL: listing(key=new)}.get

    kept, removed = (
        signing.verify(
            signed(), resolve_key=signing.key_resolver(doc), status_list=lists, now=LATER
        )
        for doc in (both, only_new)
    )

    assert kept.valid
    assert removed.problems == (Problem.KEY_UNKNOWN,)


def test_revoked_credential_keeps_its_signature():
    found = check(signed(index=42), revoked=(42,))

    assert found == signing.Verification(True, True, False, (Problem.REVOKED,))
    assert not found.valid


def test_dates_are_taken_from_the_argument():
    document = signed(valid_until=LATER)

    before = check(document, now=ISSUED - timedelta(seconds=1))
    within = check(document, now=LATER - timedelta(seconds=1))
    after = check(document, now=LATER)

    assert before.problems == (Problem.NOT_YET_VALID, Problem.STATUS_UNKNOWN)
    assert within.valid
    assert after.problems == (Problem.EXPIRED,)
    assert after.expired


def test_status_that_cannot_be_known_is_unknown_and_not_no():
    stranger = key_for("other.example")
    forged = {**listing(), "credentialSubject": listing(94_567)["credentialSubject"]}
    lists = [None, listing(key=stranger), forged, {**listing(), "id": "https://x.example/2"}, {}]

    found = [
        signing.verify(
            signed(),
            resolve_key=signing.key_resolver(DID_DOCUMENT),
            status_list=lambda _, one=one: one,
            now=LATER,
        )
        for one in lists
    ]

    assert [one.revoked for one in found] == [None] * len(lists)
    assert {one.problems for one in found} == {(Problem.STATUS_UNKNOWN,)}


@pytest.mark.parametrize(
    ("proof", "problem"),
    [
        (None, Problem.NO_PROOF),
        ([], Problem.NO_PROOF),
        ("zabc", Problem.NO_PROOF),
        ([{"type": "DataIntegrityProof"}], Problem.NO_PROOF),
        ([{**signed()["proof"][0], "proofValue": "z0OIl"}], Problem.UNREADABLE),
        ([{**signed()["proof"][0], "proofValue": "z2"}], Problem.CHANGED),
        ([{**signed()["proof"][0], "nonce": "1"}], Problem.NO_PROOF),
        (signed()["proof"] * 2, Problem.NO_PROOF),
    ],
)
def test_proofs_that_are_none_of_ours_are_refused(proof, problem):
    assert check({**signed(), "proof": proof}).problems == (problem,)


def alike(count: int, inside: int) -> list[dict[str, Any]]:
    """Nodes nobody can tell apart, each with more of the kind inside."""
    inner = [{"type": "IdentityObject"} for _ in range(inside)]
    return [{"type": ["AchievementSubject"], "identifier": inner} for _ in range(count)]


@pytest.mark.parametrize(
    "addition",
    [
        {"credentialSubject": alike(2, 12)},
        {"credentialSubject": alike(40, 1)},
        {"@included": alike(1, 1)},
        {"evidence": [{"id": "_:b0", "type": ["Evidence"]}]},
        {"name": "x" * 300_000},
    ],
)
def test_document_made_to_keep_us_busy_is_turned_away(addition):
    assert not is_bounded({**unsigned(), **addition})
    assert check({**signed(), **addition}).problems[0] is Problem.UNREADABLE


@pytest.mark.parametrize("depth", [50, 200, 900])
def test_deeply_nested_document_is_refused_without_an_error(depth):
    nested: dict[str, Any] = {}
    for _ in range(depth):
        nested = {"achievement": nested}

    assert not check({**signed(), "credentialSubject": nested}).valid


def test_what_we_sign_is_well_within_bounds():
    assert is_bounded(signed())
    assert is_bounded(listing(*range(0, signing.SMALLEST_LIST, 7)))


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["@id", "@type", "@context", "@value", "id", "type", "name", "x"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=6,
)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(signed())), json_values)
def test_no_document_makes_the_check_raise_or_agree(name, value):
    document = signed()
    if value == document[name]:
        return

    assert not check({**document, name: value}).valid


def test_every_problem_has_words_of_its_own():
    said = [str(problem.words) for problem in Problem]

    assert len(set(said)) == len(Problem)


def test_email_is_never_in_clear_and_can_be_proved():
    document = unsigned()
    hashed = document["credentialSubject"]["identifier"][0]["identityHash"]

    assert "mail.example" not in json.dumps(document)
    assert hashed == signing.hash_identity(" Sevinc@Mail.example ", salt=SALT)
    assert hashed != signing.hash_identity("sevinc@mail.example", salt=SALT + "1")


def test_hash_is_the_one_the_standard_gives_as_an_example():
    """Open Badges 3.0, IdentityHash: 'a@example.com' salted with 'Kosher' (too short for us)."""
    with pytest.raises(ValueError, match="salt of 6 characters"):
        signing.hash_identity("a@example.com", salt="Kosher")


def test_name_can_be_left_out():
    subject = signing.Subject(signing.hash_identity("a@b.example", salt=SALT), SALT)
    document = signing.build_credential(
        COURSE,
        id="urn:uuid:0b2c",
        issuer=signing.Issuer(KEY.public.controller, "The Secretariat"),
        subject=subject,
        valid_from=ISSUED,
    )

    kinds = [one["identityType"] for one in document["credentialSubject"]["identifier"]]

    assert kinds == ["emailAddress"]
    assert check(signing.sign(document, key=KEY, created=ISSUED)).valid


def test_whole_credits_are_written_as_whole_numbers():
    whole = unsigned(achievement=replace(COURSE, credits=Decimal("3.0")))

    text = json.dumps(whole["credentialSubject"]["achievement"]["creditsAvailable"])

    assert text == "3"


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: replace(COURSE, id="not an address"),
        lambda: replace(COURSE, criteria=" "),
        lambda: replace(COURSE, credits=Decimal(0)),
        lambda: signing.Alignment(name="EQF", url="http://insecure.example"),
        lambda: signing.Issuer("karvan.example", "The Secretariat"),
        lambda: signing.Subject("sevinc@mail.example", SALT),
        lambda: signing.StatusEntry("http://insecure.example", 1),
        lambda: signing.StatusEntry(LIST_URL, -1),
        lambda: unsigned(valid_until=ISSUED),
        lambda: signing.sign(unsigned(), key=KEY, created=ISSUED.replace(tzinfo=None)),
        lambda: signing.did_for_domain("https://karvan.example"),
        lambda: signing.did_document("karvan.example", []),
        lambda: signing.did_document("karvan.example", [key_for("other.example").public]),
    ],
)
def test_values_check_themselves(wrong):
    with pytest.raises(ValueError):
        wrong()


def test_the_contexts_are_the_published_ones():
    assert load_document(VC_V2)["document"]["@context"]["@protected"] is True
    shared = shared_path("schemas/ob-context-3.0.3.json")
    ours = load_document(unsigned()["@context"][1])["document"]

    assert ours == json.loads(shared.read_text(encoding="utf-8"))
