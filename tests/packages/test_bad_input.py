"""Every slip in a package is named with its file, its line and what to do."""

import pytest


def test_a_sound_package_has_no_problem(problems_of, site, course):
    assert problems_of(site, course) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "problem"),
    [
        (
            "01-tag.md",
            ":::{image}",
            ":::{imgae}",
            "01-tag.md:15: Den Block {imgae} gibt es nicht; vielleicht ist {image} "
            "gemeint.",
        ),
        (
            "01-tag.md",
            "media/tag.svg",
            "media/tga.svg",
            "01-tag.md:15: Die Datei media/tga.svg fehlt; vielleicht ist media/tag.svg "
            "gemeint.",
        ),
        (
            "01-tag.md",
            "media/tag.svg",
            "../spuren/media/tag.svg",
            "01-tag.md:15: „../spuren/media/tag.svg“ ist keine Datei dieses Pakets; "
            "Dateien liegen in media/, ihre Namen haben Buchstaben ohne Umlaute, "
            "Ziffern, Punkte, Binde- und Unterstriche.",
        ),
        (
            "01-tag.md",
            "alt: Ein Weg durch die Stadt.",
            "alt: Ein Weg: Stadt",
            "01-tag.md:16: In einem Text steht ein Doppelpunkt mit Leerzeichen "
            "dahinter; bitte den ganzen Text in Anführungszeichen setzen.",
        ),
        (
            "01-tag.md",
            "alt: Ein",
            "allt: Ein",
            "01-tag.md:16: Das Feld „allt“ gibt es nicht; vielleicht ist „alt“ "
            "gemeint.",
        ),
        (
            "01-tag.md",
            "question: Womit verdient die App Geld?\n",
            "",
            "01-tag.md:19: Das Feld „question“ fehlt oder ist leer.",
        ),
        (
            "01-tag.md",
            "    correct: true\n",
            "",
            "01-tag.md:21: „options“: Bitte genau eine Antwort als richtig markieren; "
            "jetzt sind es 0.",
        ),
        (
            "01-tag.md",
            "correct: true",
            "correct: ja",
            "01-tag.md:25: Hier steht „true“ oder „false“, nicht „ja“.",
        ),
        (
            "01-tag.md",
            "goal: erkennen",
            "goal: kennen",
            "01-tag.md:27: Der Kurs hat kein Lernziel „kennen“. Es gibt: erkennen.",
        ),
        (
            "01-tag.md",
            "single-choice} wetter",
            "single-choice}",
            "01-tag.md:19: Hinter dem Namen fehlt etwas: :::{single-choice} …",
        ),
        (
            "01-tag.md",
            "<cookie>",
            "<keks>",
            "01-tag.md:12: Das Glossar hat keinen Begriff „keks“.",
        ),
        (
            "01-tag.md",
            "page:about",
            "page:nirgends",
            "01-tag.md:13: Die Seite „nirgends“ gibt es nicht.",
        ),
        (
            "02-nacht.md",
            "lesson:spuren/tag",
            "lesson:spuren/mittag",
            "02-nacht.md:10: Die Lektion „spuren/mittag“ (Kurs/Lektion) gibt es nicht.",
        ),
        (
            "02-nacht.md",
            "id: nacht",
            "id: tag",
            "02-nacht.md:2: Zwei Lektionen haben die id „tag“.",
        ),
        (
            "02-nacht.md",
            "minutes: 8",
            "minutes: acht",
            "02-nacht.md:5: „acht“ ist keine ganze Zahl.",
        ),
        (
            "02-nacht.md",
            "minutes: 8",
            "minutes: 8\nminutes: 9",
            "02-nacht.md:6: Das Feld „minutes“ steht doppelt; bitte eines entfernen.",
        ),
        (
            "02-nacht.md",
            "Auch nachts",
            "<!-- prüfen: stimmt das? --> Auch nachts",
            "02-nacht.md:10: Hier ist eine Angabe noch offen; bitte klären oder mit "
            "--draft importieren.",
        ),
        (
            "02-nacht.md",
            "Auch nachts",
            "#### Nachts\n\nAuch",
            "02-nacht.md:10: Die Überschrift „Nachts“ überspringt eine Ebene: Nach dem "
            "Titel kommt ##.",
        ),
        (
            "02-nacht.md",
            "Auch nachts",
            ":::{more} Titel\nAuch",
            "02-nacht.md:10: Der Block :::{more} ist nicht geschlossen; er endet mit "
            "einer Zeile „:::“.",
        ),
        (
            "course.yaml",
            "topics: [datengrabbing]",
            "topics: [sport]",
            "course.yaml:10: „sport“ geht hier nicht. Möglich sind: datenschutz, "
            "open-source, datengrabbing.",
        ),
        (
            "course.yaml",
            'mkr: ["1.4"]',
            'mkr: ["9.9"]',
            "course.yaml:17: mkr hat keine Kompetenz „9.9“.",
        ),
        (
            "course.yaml",
            "as_of: 2026-11-23",
            "as_of: 23.11.2026",
            "course.yaml:22: „23.11.2026“ ist kein Datum; es wird so geschrieben: "
            "2026-11-23.",
        ),
        (
            "course.yaml",
            "authors: [Redaktion]",
            "authors: *alle",
            "course.yaml:19: „&“ und „*“ am Anfang sind Zeichen von YAML; bitte den "
            "Text in Anführungszeichen setzen.",
        ),
        (
            "course.yaml",
            "authors: [Redaktion]",
            "authors: !!python/object:os.system [x]",
            "course.yaml:19: „!“ am Anfang ist ein Zeichen von YAML; bitte den Text in "
            "Anführungszeichen setzen.",
        ),
        (
            "en/course.yaml",
            "id: erkennen",
            "id: wissen",
            "en/course.yaml:8: Eine Übersetzung hat die Lernziele ihres Originals in "
            "deren Reihenfolge: erkennen.",
        ),
        (
            "en/course.yaml",
            "locale: en",
            "locale: fr",
            "en/course.yaml:5: Die Sprache „fr“ ist hier nicht eingerichtet. Es gibt: "
            "de, de-simple, en.",
        ),
        (
            "en/01-tag.md",
            "choice} wetter",
            "choice} weather",
            "en/01-tag.md:1: Die Aufgaben weichen vom Original ab; dort stehen: "
            "wetter.",
        ),
        (
            "en/01-tag.md",
            "    correct: true\n    feedback: Yes.\n",
            "    correct: true\n    feedback: Yes.\n  - text: c\n    feedback: d\n",
            "en/01-tag.md:10: Die Aufgabe „wetter“ ist anders gebaut als im "
            "Original: Typ, Zahl und Reihenfolge der Optionen und was richtig ist, "
            "bleiben gleich.",
        ),
        (
            "media/tag.svg",
            "<path",
            "<script>alert(1)</script><path",
            "01-tag.md:15: Das Element <script> ist in einer Zeichnung nicht erlaubt.",
        ),
    ],
)
def test_a_slip_is_named(problems_of, site, course, file, old, new, problem):
    course.edit(file, old, new)

    assert problems_of(site, course)[:1] == [f"spuren/{problem}"]


def test_a_picture_without_alternative_text_is_named_by_its_own_check(
    problems_of, site, course
):
    course.edit("01-tag.md", "alt: Ein Weg durch die Stadt.", "credit: Redaktion")

    assert problems_of(site, course) == [
        "spuren/01-tag.md:15: „alt“: Bitte in Worten sagen, was das Bild erzählt."
    ]


def test_two_exercises_with_one_id_are_named(problems_of, site, course):
    text = (course.root / "01-tag.md").read_text(encoding="utf-8")
    course.write("01-tag.md", text + "\n" + text[text.index(":::{single") :])

    assert problems_of(site, course)[0] == (
        "spuren/01-tag.md:30: Die id „wetter“ gehört schon zur Aufgabe in Zeile 19; "
        "jede braucht ihre eigene."
    )


def test_a_wrong_encoding_is_named_with_its_line(problems_of, site, course):
    course.write("02-nacht.md", "---\nid: nacht\ntitle: Träume\n".encode("latin-1"))

    assert problems_of(site, course) == [
        "spuren/02-nacht.md:3: Diese Datei ist nicht in UTF-8 gespeichert; bitte mit "
        "der Kodierung UTF-8 speichern."
    ]


def test_links_in_the_folder_are_not_followed(problems_of, site, course, tmp_path):
    secret = tmp_path / "geheim.svg"
    secret.write_text("x")
    course.delete("media/tag.svg")
    (course.root / "media/tag.svg").symlink_to(secret)

    assert problems_of(site, course)[1:] == [
        "spuren/media/tag.svg:1: Verknüpfungen werden nicht verfolgt; hierher gehört "
        "die Datei selbst."
    ]


def test_a_file_with_a_slip_in_its_name_is_named(problems_of, site, course):
    course.write("01-tag.techer.md", "Text.")

    assert problems_of(site, course) == [
        "spuren/01-tag.techer.md:1: Diese Datei gehört nicht zu einem Paket; bitte "
        "umbenennen oder entfernen."
    ]


def test_a_lesson_only_a_translation_has_is_named(problems_of, site, course):
    course.write("en/03-more.md", ENGLISH_ONLY)

    assert problems_of(site, course) == [
        "spuren/en/03-more.md:2: Das Original hat keine Lektion oder Seite mit der id "
        "„more“."
    ]


ENGLISH_ONLY = "---\nid: more\nslug: more\ntitle: More\nsummary: x\n---\n\nText.\n"


def test_all_problems_come_at_once(problems_of, site, course):
    course.edit("01-tag.md", ":::{image}", ":::{bild}")
    course.edit("02-nacht.md", "minutes: 8", "minutes: 0")
    course.edit("course.yaml", "level: einstieg", "level: leicht")

    files = [line.split(":")[0] for line in problems_of(site, course)]

    assert files == ["spuren/01-tag.md", "spuren/02-nacht.md", "spuren/course.yaml"]


def test_a_course_without_a_catalogue_says_what_to_import_first(problems_of, course):
    course.edit("01-tag.md", "{term}`Cookies <cookie>`", "Cookies")
    course.edit("en/01-tag.md", "{term}`cookies <cookie>`", "cookies")
    course.edit("01-tag.md", "[auf dieser Seite](page:about)", "hier")

    assert problems_of(course) == [
        "spuren/course.yaml:1: In der Sprache „de“ gibt es noch keine Seite für die "
        "Kurse; zuerst oder gemeinsam mit diesem Paket das Paket der Website (_site) "
        "importieren.",
        "spuren/en/course.yaml:1: In der Sprache „en“ gibt es noch keine Seite für die "
        "Kurse; zuerst oder gemeinsam mit diesem Paket das Paket der Website (_site) "
        "importieren.",
    ]


def test_a_folder_that_is_no_package_is_named(problems_of, course, tmp_path):
    course.root = tmp_path / "nirgends"

    assert problems_of(course) == ["nirgends:1: Diesen Ordner gibt es nicht."]


@pytest.mark.parametrize("depth", [50, 20_000])
def test_deep_yaml_is_refused(problems_of, site, course, depth):
    course.edit("course.yaml", "authors: [Redaktion]", f"authors: {'[' * depth}")

    assert problems_of(site, course) == [
        "spuren/course.yaml:19: Die Listen hier sind zu tief verschachtelt."
    ]
