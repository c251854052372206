"""Names are sorted and found without regard to accents, alike on every database."""

from collections.abc import Callable

import pytest

from courses.groups.models import Organisation
from courses.training.models import Employee
from courses.training.queries import people_of
from courses.training.spelling import plain

NAMES = ["Ährens", "ahrweiler", "Öz", "Ofen", "Özdemir", "Straßer", "Zorn", "İnci"]
SORTED = ["Ährens", "ahrweiler", "İnci", "Ofen", "Öz", "Özdemir", "Straßer", "Zorn"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Özdemir", "ozdemir"),
        ("ÄHRENS", "ahrens"),
        ("Weiß", "weiss"),
        ("İnci Yıldız", "inci yildiz"),
        ("Łukasz", "lukasz"),
        ("Nguyễn", "nguyễn"),
    ],
)
def test_accents_do_not_count(name: str, said: str) -> None:
    assert plain(name) == said


def test_names_are_sorted_as_in_a_dictionary(
    city: Organisation, hire: Callable[..., Employee]
) -> None:
    for number, name in enumerate(NAMES):
        hire(str(number), name=name)
    assert [person.name for person in people_of(city)] == SORTED
    assert sorted(NAMES, key=plain) == SORTED


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("özdemir", ["Özdemir"]),
        ("OZDEMIR", ["Özdemir"]),
        ("strasser", ["Straßer"]),
        ("inci", ["İnci"]),
        ("öz", ["Öz", "Özdemir"]),
        ("%", []),
    ],
)
def test_names_are_found_however_they_are_typed(
    city: Organisation, hire: Callable[..., Employee], words: str, found: list[str]
) -> None:
    for number, name in enumerate(NAMES):
        hire(f"PN{number}", name=name)
    assert [person.name for person in people_of(city, words=words)] == found
