"""A seal fits one paper only, however the name is typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.certificates.sealing import (
    ALPHABET,
    new_code,
    read_code,
    result_of,
    seal,
    written,
)

FACTS = {"id": "1", "course": "2", "version": "", "month": "2026-11-01", "until": ""}
results = st.none() | st.integers(0, 100)


@given(results)
def test_a_printed_code_is_read_back_however_it_is_typed(result) -> None:
    code = new_code(result)

    assert read_code(written(code)) == code
    assert read_code(written(code).lower().replace("-", " ")) == code
    misread = code.replace("0", "O").replace("1", "l")
    assert read_code(misread) == code
    assert result_of(code) == result


def test_a_code_is_random_and_without_look_alikes() -> None:
    codes = {new_code() for _ in range(200)}

    assert len(codes) == 200
    assert set("".join(codes)) <= set(ALPHABET)
    assert not set("ILOU") & set(ALPHABET)


@pytest.mark.parametrize("typed", ["", "ABCD", "A" * 19, "A" * 21, "Ä" * 20, "x" * 999])
def test_what_cannot_be_a_code_is_told_so(typed: str) -> None:
    assert read_code(typed) is None


@pytest.mark.parametrize(
    "name", ["Mira Yılmaz", " mira  yılmaz", "MIRA YıLMAZ", "Mira Yılmaz\u200a"]
)
def test_case_and_blanks_of_a_name_do_not_matter(name: str) -> None:
    assert seal("C", name, FACTS) == seal("C", "Mira Yılmaz", FACTS)


def test_composed_and_decomposed_letters_are_the_same() -> None:
    assert seal("C", "Jo\u0308rg", FACTS) == seal("C", "Jörg", FACTS)


@pytest.mark.parametrize(
    ("code", "name", "facts"),
    [
        ("D", "Lena", FACTS),
        ("C", "Lena B", FACTS),
        ("C", "Lena", {**FACTS, "month": "2026-12-01"}),
        ("C", "Lena", {**FACTS, "until": "2027-11-30"}),
    ],
)
def test_anything_changed_breaks_the_seal(code, name, facts) -> None:
    assert seal(code, name, facts) != seal("C", "Lena", FACTS)
