"""Join codes forgive what people misread and refuse what is none."""

import pytest

from courses.groups.codes import ALPHABET, LENGTH, new_code, read_code, spaced


def test_a_code_has_no_vowels_and_no_two_characters_that_look_alike():
    codes = {new_code() for _each in range(500)}

    assert len(codes) > 490
    assert all(len(code) == LENGTH for code in codes)
    assert not set("".join(codes)) & set("AEIOULZSB")
    assert set("".join(codes)) <= set(ALPHABET)


@pytest.mark.parametrize(
    "typed",
    ["015CDF", "015 cdf", " o15-CDF ", "Oi5cdf", "0lScdf", "0 1 5 c d f"],
)
def test_misread_characters_case_and_blanks_do_not_matter(typed):
    assert read_code(typed) == "015CDF"


@pytest.mark.parametrize("typed", ["", "015CD", "015CDFG", "015CDA", "01_5CD€", "   "])
def test_what_cannot_be_a_code_is_none(typed):
    assert read_code(typed) == ""


def test_what_is_shown_can_be_typed():
    code = new_code()
    assert read_code(spaced(code)) == code
