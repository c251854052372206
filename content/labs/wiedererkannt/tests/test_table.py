"""What text and paper say about the table is true of it."""

from pathlib import Path
from typing import Any

import pytest
import yaml

WORDS = yaml.safe_load((Path(__file__).parents[1] / "words.de.yaml").read_text())
COLUMNS = ("postcode", "born", "sex", "job", "field", "answer")
TABLE = [dict(zip(COLUMNS, row, strict=True)) for row in WORDS["stage"]["table"]]
PEOPLE: list[dict[str, Any]] = WORDS["stage"]["people"]
#: The order in which the paper names what is known.
ORDER = ("job", "postcode", "born", "sex")


def fitting(known: dict[str, Any], *columns: str) -> list[dict[str, Any]]:
    return [row for row in TABLE if all(row[c] == known[c] for c in columns)]


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person["name"])
def test_the_solution_counts_what_is_left_after_each_fact(
    person: dict[str, Any],
) -> None:
    left = [
        len(fitting(person["known"], *ORDER[:count]))
        for count in range(1, len(ORDER) + 1)
    ]

    assert person["left"] == left


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person["name"])
def test_the_solution_tells_the_answer_of_those_who_are_left(
    person: dict[str, Any],
) -> None:
    answers = {row["answer"] for row in fitting(person["known"], *ORDER)}

    assert answers == {person["answer"]}


def test_year_and_job_alone_lead_to_the_first_person() -> None:
    assert len(fitting(PEOPLE[0]["known"], "born", "job")) == 1


def test_without_year_and_job_one_row_is_alone_and_groups_of_six_remain() -> None:
    looks = [(row["postcode"], row["sex"]) for row in TABLE]
    sizes = {look: looks.count(look) for look in looks}

    assert sorted(sizes.values())[:2] == [1, 6]
    assert [sex for (_, sex), size in sizes.items() if size == 1] == ["d"]
