"""A city's list of people, as it really comes."""

import unicodedata
from collections.abc import Iterator

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from courses.training.lists import Line, Problem, read_list

GOOD = (
    "Personalnummer;Name;Einheit;E-Mail\n4711;Aylin Yıldız;Dezernat II / Bürgerbüro;\n"
)
AYLIN = Line("4711", "Aylin Yıldız", ("Dezernat II", "Bürgerbüro"))

#: What is said of a file in another encoding.
WRONG = "letters are wrong"


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with override("en"):
        yield


@pytest.mark.parametrize(
    "data",
    [
        GOOD.encode(),
        b"\xef\xbb\xbf" + GOOD.encode(),
        GOOD.encode("utf-16"),
        GOOD.replace(";", ",").encode(),
        GOOD.replace(";", "\t").encode(),
        GOOD.replace("\n", "\r\n").encode(),
        GOOD.replace("\n", "\r").encode(),
        ("\n" + GOOD + "\n;;;\n").encode(),
        GOOD.replace("Personalnummer", " BENUTZER-NAME ").encode(),
        b'Staff number,First name,Last name,Unit\n4711,Aylin,"Y\xc4\xb1ld\xc4\xb1z",'
        b"Dezernat II > B\xc3\xbcrgerb\xc3\xbcro\n",
    ],
)
def test_a_list_is_read_however_it_was_saved(data: bytes) -> None:
    found = read_list(data)
    assert (found.problems, found.lines) == ([], [AYLIN])


def test_windows_text_is_read() -> None:
    found = read_list("Benutzername;Name\nmue;Jörg Müßig".encode("cp1252"))
    assert found.lines == [Line("mue", "Jörg Müßig", ())]


@pytest.mark.parametrize(
    "name",
    [
        "Müller",
        "Jäger",
        "Änne",
        "Öztürk",
        "Überall",
        "Weiß",
        "Straße",
        "André",
        "MÜLLER",
        "Groß",
    ],
)
def test_text_of_an_old_mac_is_not_taken_for_windows(name: str) -> None:
    """It would be read without an error, with wrong letters in every name."""
    found = read_list(f"ID;Name\r1;Kim\r2;Lou {name}".encode("mac_roman"))
    assert found.lines == []
    [problem] = found.problems
    assert problem.line == 3
    assert WRONG in problem.text


@pytest.mark.parametrize("name", ["Köhler", "Schön", "Jörg", "Höß", "Böhm-Groß"])
def test_an_o_with_dots_of_an_old_mac_is_told_where_it_stands_alone(name: str) -> None:
    """It becomes "š", which stands in names as well, beside other letters."""
    found = read_list(f"ID;Name\n1;Kim\n2;{name}".encode("mac_roman"))
    assert [(each.line, found.lines) for each in found.problems] == [(3, [])]
    beside = read_list("ID;Name\n1;Dušan\n2;Jürgen".encode("cp1252"))
    assert [line.name for line in beside.lines] == ["Dušan", "Jürgen"]


@pytest.mark.parametrize(
    "name",
    [
        "Škoda",
        "Dušan Šimić",
        "Žižek",
        "MILOŠ ŠARIĆ",
        "Ana-Šárka",
        "Straße",
        "Zoë",
        "Amt § 34",
        "Reihe…",
        "Prämie 10 €",
        "Ÿ",
    ],
)
def test_names_with_rare_letters_are_no_old_macs(name: str) -> None:
    found = read_list(f"ID;Name\n1;{name}".encode("cp1252", "replace"))
    assert [each for each in found.problems if WRONG in each.text] == []


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Jörg", "J”rg"),
        ("Jäger", "J„ger"),
        ("Straßenbau", "Straáenbau"),
        ("Groß", "Groá"),
        ("Großmann", "Groámann"),
        ("Änne", "Žnne"),
        ("Ärztin", "Žrztin"),
        ("ÄMTER", "ŽMTER"),
        ("ÖFFENTLICH", "™FFENTLICH"),
        ("Übersetzung", "šbersetzung"),
        ("André", "Andr‚"),
    ],
)
def test_text_of_ms_dos_is_not_taken_for_windows(name: str, shown: str) -> None:
    """Excel offers "CSV (MS-DOS)" beside the others."""
    found = read_list(f"ID;Name\n1;Kim\n2;Lou {name}".encode("cp850"))
    assert [(each.line, found.lines) for each in found.problems] == [(3, [])]
    assert found.problems[0].text.startswith(f"“{shown}”: {WRONG}")


def test_a_letter_that_windows_does_not_know_is_named_with_its_line() -> None:
    found = read_list("ID;Name\n1;Kim\n2;Müller".encode("cp850"))
    assert [(each.line, found.lines) for each in found.problems] == [(3, [])]
    assert found.problems[0].text.startswith(f"“M\ufffdller”: {WRONG}")


def test_half_a_sign_behind_a_mark_of_utf_16_is_no_text() -> None:
    [problem] = read_list(b"\xff\xfea").problems
    assert problem.text.startswith("This is no text file.")


@pytest.mark.parametrize(
    "name", ["Jörg", "Straße", "Ägidius", "Yıldız", "Işık", "Çelik", "Kovačević"]
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_letters_that_were_encoded_twice_are_told(name: str, encoding: str) -> None:
    twice = f"ID;Name\n1;Kim\n2;{name}".encode().decode("latin-1")
    found = read_list(twice.encode(encoding))
    assert [(each.line, found.lines) for each in found.problems] == [(3, [])]
    assert WRONG in found.problems[0].text


@pytest.mark.parametrize("name", ["Jörg", "Groß", "Jäger", "Müller"])
def test_one_broken_byte_does_not_turn_all_umlauts_into_other_letters(
    name: str,
) -> None:
    found = read_list(f"ID;Name\n1;{name}\n2;Lou B".encode() + b"\xfcrger\n")
    assert [(each.line, found.lines) for each in found.problems] == [(2, [])]
    assert WRONG in found.problems[0].text


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
@pytest.mark.parametrize(
    "name",
    [
        "JOÃO SÂNGE",
        "Škoda, Žižek",
        "Sánchez Márquez",
        "„Ärztehaus Ä“",
        "Ä–Ö",
        "Amt „Mitte“, Team ‚Süd‘",
        "Åsa Ångström",
        "Marke™ neu",
        "Zoltán",
        "Adrián",
        "Julián",
        "Sebastián",
        "Beáta",
        "Beát",
        "Eliás",
        "Žgur",
        "Žnidar",
        "Žrimec",
        "Žmavc",
    ],
)
def test_rare_letters_and_quotation_marks_are_no_wrong_letters(
    name: str, encoding: str
) -> None:
    found = read_list(f'ID,Name\n1,"{name}"'.encode(encoding))
    assert (found.problems, [line.name for line in found.lines]) == ([], [name])


@pytest.mark.parametrize("name", ["Šimková", "Kovář", "Ždanov", "Seán", "Dvořáková"])
def test_names_with_rare_letters_are_read_of_utf_8(name: str) -> None:
    found = read_list(f"ID;Name\n1;{name}".encode())
    assert [line.name for line in found.lines] == [name]


def test_a_list_is_the_same_however_its_marks_were_written() -> None:
    """Files of a Mac often write "ö" as "o" and two dots."""
    apart = unicodedata.normalize("NFD", GOOD)
    assert apart != GOOD
    assert read_list(apart.encode()).lines == [AYLIN]


@pytest.mark.parametrize("sign", ["\u200b", "\u00ad", "\u200e", "\ufeff"])
def test_signs_nobody_sees_make_no_other_person(sign: str) -> None:
    found = read_list(f"ID;Name\n47{sign}11;Kim L{sign}y\n4711;Lou".encode())
    assert [line.name for line in found.lines] == ["Kim Ly"]
    assert [(each.line, each.text) for each in found.problems] == [
        (3, "“4711” stands in line 2 already.")
    ]


def test_an_address_tells_people_apart_where_nothing_else_does() -> None:
    found = read_list(b"Name;E-Mail\nKofi Mensah;Kofi.Mensah@hellingen.example\n")
    address = "kofi.mensah@hellingen.example"
    assert found.lines == [Line(address, "Kofi Mensah", (), address)]


@pytest.mark.parametrize(
    ("heading", "cells", "name"),
    [
        ("Vorname;Name", "Aylin;Yıldız", "Aylin Yıldız"),
        ("Name;Vorname", "Yıldız;Aylin", "Aylin Yıldız"),
        ("Name;Vorname", "Aylin Yıldız;AYLIN", "Aylin Yıldız"),
        ("Name;Vorname;Nachname", "Dr. Yıldız;Aylin;Yıldız", "Dr. Yıldız"),
        ("Name;Vorname;Nachname", ";Aylin;Yıldız", "Aylin Yıldız"),
        ("Nachname", "Yıldız", "Yıldız"),
    ],
)
def test_a_first_name_in_its_own_column_is_never_lost(
    heading: str, cells: str, name: str
) -> None:
    found = read_list(f"ID;{heading}\n1;{cells}\n".encode())
    assert [line.name for line in found.lines] == [name]


def test_empty_cells_behind_the_last_heading_are_nothing() -> None:
    assert read_list(b"ID;Name\n1;Kim;;\n").lines == [Line("1", "Kim", ())]


def test_a_line_break_in_quotes_belongs_to_the_cell_and_the_next_line_is_counted() -> (
    None
):
    found = read_list(b'ID;Name\n1;"Kim\nLy"\n1;Zwei\n')
    assert [line.name for line in found.lines] == ["Kim Ly"]
    assert [problem.line for problem in found.problems] == [4]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 0, "empty"),
        ("Personalnummer;Name\n", 0, "no people"),
        ("Name;Einheit\nKim;Amt\n", 1, "No column tells people apart"),
        ("Personalnummer;Einheit\n1;Amt\n", 1, "no column “Name”"),
        ("ID;Kennung;Name\n1;1;Kim\n", 1, "Two columns mean the same"),
        ("ID;Name\n1;Kim\n1;Lou\n", 3, "stands in line 2 already"),
        ("ID;Name\na;Kim\nA;Lou\n", 3, "stands in line 2 already"),
        ("ID;Name\n;Kim\n", 2, "neither a staff number"),
        ("ID;Name\n1;\n", 2, "name is missing"),
        ("ID;Name\n1\n", 2, "name is missing"),
        ("ID;Name;Mail\n1;Kim;kim.example\n", 2, "no e-mail address"),
        ('ID;Name\n1;=HYPERLINK("x")\n', 2, "quotation mark|looks like a formula"),
        ("ID;Name\n1;=1+1\n", 2, "looks like a formula"),
        ("ID;Name;Amt\n1;Kim\n2;Ly; Lou;Amt\n", 3, "more cells than headings"),
        ("ID;Name\n1;@Kim\n", 2, "looks like a formula"),
        ("ID;Name\n1;Aylin Y?ld?z\n", 2, "a letter was lost"),
        (f"ID;Name\n1;{'x' * 121}\n", 2, "longer than 120"),
        ('ID;Name\n1;"Kim\n', 2, "quotation mark"),
        ("ID;Name\n1;Ki\0m\n", 0, "no text file"),
        ("ID;Name\n1;Kim\n2;Lou\x08\n", 3, "“Lou” has a control character"),
        ("ID;Name;Amt\n1;Kim;Ar\uffffchiv\n", 2, "“Archiv” has a control character"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text: str, line: int, words: str) -> None:
    problem = read_list(text.encode()).problems[0]
    assert problem.line == line
    assert any(each in problem.text for each in words.split("|"))


def test_all_problems_are_told_at_once() -> None:
    found = read_list(b"ID;Name\n1;\n;Kim\n3;Lou\n3;Lou\n")
    assert [problem.line for problem in found.problems] == [2, 3, 5]


def test_a_list_that_is_too_long_or_too_large_is_refused() -> None:
    many = "ID;Name\n" + "".join(f"{n};Kim\n" for n in range(10_001))
    assert "10,000" in read_list(many.encode()).problems[0].text
    assert "5 MB" in read_list(b"x" * (5 * 1024 * 1024 + 1)).problems[0].text


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_no_file_whatever_breaks_the_reader(data: bytes) -> None:
    found = read_list(data)
    assert found.lines or found.problems
    assert all(isinstance(problem, Problem) for problem in found.problems)
