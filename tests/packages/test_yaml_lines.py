"""YAML is read with the line of each value, and a slip is explained."""

import pytest

from courses.packages.problems import Report
from courses.packages.yaml_lines import Map, Scalar, Sequence_, read_yaml

UNFITTING = "Die Zeilen passen nicht zusammen"


def problems(source):
    report = Report("")
    assert read_yaml(source, report, 3) is None
    return [(problem.line, problem.message) for problem in report.problems]


def test_values_and_keys_know_their_lines():
    found = read_yaml("a: eins\nb:\n  - zwei\n  - c: drei", Report(""), 3)

    inner = Map(6, {"c": Scalar(6, "drei", 6)}, {"c": 6})
    numbers = Sequence_(5, [Scalar(5, "zwei", 5), inner])
    assert found == Map(3, {"a": Scalar(3, "eins", 3), "b": numbers}, {"a": 3, "b": 4})


@pytest.mark.parametrize("written", ["", "~", "null", "Null"])
def test_where_nothing_stands_is_no_text(written):
    found = read_yaml(f"a: {written}", Report(""))

    assert found.items["a"].value is None


@pytest.mark.parametrize("written", ["''", '""', "'~'", '"null"', "no", "2026-11-23"])
def test_everything_else_is_text(written):
    found = read_yaml(f"a: {written}", Report(""))

    assert found.items["a"].value == written.strip("'\"")


def test_words_behind_a_bar_begin_on_the_next_line():
    found = read_yaml("a: |\n  eins\n  zwei", Report(""), 3)

    assert found.items["a"] == Scalar(3, "eins\nzwei", 4)


@pytest.mark.parametrize(
    ("source", "line", "message"),
    [
        ("a: b: c", 3, "In einem Text steht ein Doppelpunkt mit Leerzeichen dahinter"),
        ("a: @x", 3, "Mit diesem Zeichen darf ein Text nicht beginnen"),
        ("- a\n b: c", 4, "In einem Text steht ein Doppelpunkt"),
        ("a: |\n  x\n y", 5, UNFITTING),
        ("a: - b", 3, UNFITTING),
        ("a: 1\n---\nb: 2", 4, "Eine Zeile „---“ teilt dieses YAML"),
        ("a: 1\na: 2", 4, "Das Feld „a“ steht doppelt"),
        ("a: &x 1", 3, "„&“ und „*“ am Anfang"),
        ("a: \x01", 3, "Das ist kein YAML: Es enthält ein verbotenes Zeichen."),
        ("a: \ud800", 3, "Das ist kein YAML: Es enthält ein verbotenes Zeichen."),
    ],
)
def test_a_slip_is_explained_where_it_stands(source, line, message):
    ((at, told),) = problems(source)

    assert told.startswith(message)
    assert at == line


def test_what_nobody_foresaw_is_told_as_the_parser_says_it():
    ((_line, told),) = problems("a: [1,2")

    assert told.startswith("Das ist kein gültiges YAML (")
