"""What text and paper say about the table is true of it."""

from pathlib import Path
from typing import Any

import pytest
import yaml

FILES = sorted(Path(__file__).parents[1].glob("words.*.yaml"))
COLUMNS = ("postcode", "born", "sex", "job", "field", "answer")
#: The order in which the paper names what is known.
ORDER = ("job", "postcode", "born", "sex")


Row = dict[str, Any]

in_each_language = pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)


def read(file: Path) -> tuple[list[Row], list[Row]]:
    """Return the people to be found and the rows of the table."""
    stage = yaml.safe_load(file.read_text())["stage"]
    table = [dict(zip(COLUMNS, row, strict=True)) for row in stage["table"]]
    return stage["people"], table


def fitting(table: list[Row], known: Row, *columns: str) -> list[Row]:
    return [row for row in table if all(row[c] == known[c] for c in columns)]


@in_each_language
def test_the_solution_counts_what_is_left_after_each_fact(file: Path) -> None:
    people, table = read(file)
    counts = range(1, len(ORDER) + 1)
    for person in people:
        left = [
            len(fitting(table, person["known"], *ORDER[:count])) for count in counts
        ]
        assert person["left"] == left, person["name"]


@in_each_language
def test_the_solution_tells_the_answer_of_those_who_are_left(file: Path) -> None:
    people, table = read(file)
    for person in people:
        answers = {row["answer"] for row in fitting(table, person["known"], *ORDER)}
        assert answers == {person["answer"]}


@in_each_language
def test_year_and_job_alone_lead_to_the_first_person(file: Path) -> None:
    people, table = read(file)

    assert len(fitting(table, people[0]["known"], "born", "job")) == 1


@in_each_language
def test_without_year_and_job_one_row_is_alone_and_groups_of_six_remain(
    file: Path,
) -> None:
    _people, table = read(file)
    looks = [(row["postcode"], row["sex"]) for row in table]
    sizes = {look: looks.count(look) for look in looks}

    assert sorted(sizes.values())[:2] == [1, 6]
    assert [sex for (_, sex), size in sizes.items() if size == 1] == ["d"]
