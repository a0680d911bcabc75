"""The status list: bits in the standard's order, indexes at random, bombs refused."""

from __future__ import annotations

import gzip
import random
from base64 import urlsafe_b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from karvan.stages.credentials import signing
from karvan.stages.credentials.signing.status import decode, encode

indexes = st.sets(st.integers(0, signing.SMALLEST_LIST - 1), max_size=40)


@given(indexes, st.integers(0, signing.SMALLEST_LIST - 1))
def test_a_bit_is_set_exactly_where_asked(revoked, index):
    bits = decode(encode(signing.bits_of(revoked)))

    assert signing.bit_is_set(bits, index) == (index in revoked)
    assert sum(byte.bit_count() for byte in bits) == len(revoked)


def test_index_0_is_the_leftmost_bit():
    assert signing.bits_of([0])[0] == 0b1000_0000
    assert signing.bits_of([15])[:2] == b"\x00\x01"


def test_setting_more_bits_keeps_the_earlier_ones():
    bits = signing.set_bits(signing.bits_of([7]), [9])

    assert bits == signing.bits_of([7, 9])


def test_equal_lists_are_written_equally():
    assert encode(signing.bits_of([5])) == encode(signing.bits_of([5]))
    assert encode(signing.bits_of([5])).startswith("uH4s")


@pytest.mark.parametrize("length", [0, 8, signing.SMALLEST_LIST - 8, signing.SMALLEST_LIST + 1])
def test_list_below_the_standards_minimum_is_refused(length):
    with pytest.raises(ValueError, match=str(length)):
        signing.bits_of([], length=length)


@pytest.mark.parametrize("index", [-1, signing.SMALLEST_LIST])
def test_index_outside_the_list_is_refused(index):
    with pytest.raises(ValueError, match=str(index)):
        signing.bits_of([index])
    with pytest.raises(ValueError, match=str(index)):
        signing.bit_is_set(signing.bits_of([]), index)


def packed(content: bytes) -> str:
    return "u" + urlsafe_b64encode(gzip.compress(content, mtime=0)).decode().rstrip("=")


@pytest.mark.parametrize(
    "text",
    ["", "z6Mk", "u", "uAAAA", packed(b"\x00" * 100), packed(b"\x00" * 64 * 1024 * 1024), "uH4sI"],
)
def test_text_that_is_no_list_is_refused(text):
    with pytest.raises(ValueError, match="list"):
        decode(text)


def test_index_is_drawn_among_the_free_ones():
    draw = random.Random(7).randrange
    taken = set(range(1, signing.SMALLEST_LIST, 2))

    chosen = {signing.choose_index(taken, below=draw) for _ in range(200)}

    assert not chosen & taken
    assert len(chosen) > 150


def test_a_full_list_is_said_to_be_full():
    with pytest.raises(ValueError, match="no free index"):
        signing.choose_index(range(signing.SMALLEST_LIST), below=random.Random(7).randrange)
