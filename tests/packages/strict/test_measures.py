"""Each measure: a text that breaks it with its line, and one that keeps it."""

import pytest

from ..conftest import page
from .conftest import SHARED

SIMPLE = "de-simple/01-tag.md"
LONG = "Lena " + "und Emre " * 13 + "lesen."
#: Enough whole sentences for a share or an average to say something.
MANY = "Lena liest. " * 24
#: What a row needs beside its days.
SOURCE_REST = "  publisher: Bund\n  url: https://example.org/bericht\n"
CARD_REST = (
    "  summary: Hilft.\n  variants:\n"
    "    - system: ios\n      steps:\n        - Auf **Hier** tippen.\n"
)


def line_of(course, words, file="01-tag.md"):
    lines = (course.root / file).read_text(encoding="utf-8").split("\n")
    return next(number for number, line in enumerate(lines, 1) if words in line)


def test_a_sound_course_has_no_findings(found):
    assert found() == []


def test_a_long_sentence_is_found_in_its_line(course, add, found):
    add(f"Kurz ist gut.\n\nAuch hier. {LONG}")

    [finding] = found()
    line = line_of(course, "Auch hier.")
    assert finding.startswith(f"01-tag.md:{line}: „Lena und Emre")
    assert "hat 28 Wörter; bis 25 lassen sich gut lesen." in finding


def test_a_long_sentence_is_found_in_a_field_over_several_lines(course, add, found):
    add(f":::{{key-point}} Merke\nKurz.\n\n{LONG}\n:::")
    add(LONG.replace("Lena", "Amira", 1), "en/01-tag.md")

    key_point, english = found()
    assert key_point.startswith(f"01-tag.md:{line_of(course, 'Lena und Emre')}: ")
    assert english.startswith("en/01-tag.md:")


def test_quotes_and_sources_are_the_words_of_others(add, found):
    add(f":::{{quote}}\n---\nsource: Ein Gesetz\n---\n{LONG}\n:::")

    assert found() == []


@pytest.mark.parametrize(
    "text",
    [
        "Lena fragt, ob Sie den Dienst kennen.",
        "Das steht in Ihrer Mail – und Ihnen hilft es.",
    ],
)
def test_sie_in_a_course_that_says_du_is_found_in_its_line(course, add, found, text):
    add(f"Kurz ist gut.\n\n{text}")

    [finding] = found()
    assert finding.startswith(f"01-tag.md:{line_of(course, text)}: „{text[:20]}")
    assert "Angesprochen wird nach „address“ in course.yaml mit „du“." in finding


@pytest.mark.parametrize("word", ["du", "Dein", "dir", "dich", "deinen"])
def test_du_in_a_course_that_says_sie_is_found(course, add, found, word):
    course.edit("course.yaml", "address: du", "address: sie")
    add(f"Lena sieht {word} Handy.")

    [finding] = found()
    assert f"sagt „{word}“. Angesprochen wird" in finding
    assert "mit „sie“." in finding


@pytest.mark.parametrize(
    ("address", "text"),
    [
        ("du", "Sie liest gern. Emre mag sie und ihr Handy."),
        ("du", "Im Brief steht: „Bitte prüfen Sie Ihre Daten.“"),
        ("du", ":::{quote}\n---\nsource: Ein Brief\n---\nBitte prüfen Sie es.\n:::"),
        ("du", "Lena fragt: Sie alle? Ihre Freunde?"),
        ("sie", "Lena sagt: „Du hast recht, nimm dein Handy.“"),
        ("sie", "Die Dublette ist dichter."),
    ],
)
def test_other_people_and_words_of_others_are_no_address(
    course, add, found, address, text
):
    course.edit("course.yaml", "address: du", f"address: {address}")
    add(text)

    assert found() == []


def test_plain_german_says_du_in_every_course(course, add, found):
    course.edit("course.yaml", "address: du", "address: sie")
    add("Das ist dein Handy.", SIMPLE)
    assert found() == []

    add("Das ist für Sie.", SIMPLE)
    [finding] = found()
    assert "sagt „Sie“" in finding


@pytest.mark.parametrize("part", ["teacher", "worksheet"])
def test_teachers_and_offices_are_addressed_as_sie(course, found, part):
    course.write(f"01-tag.{part}.md", "Bitte schicken Sie mir eine Kopie.\n")

    assert not [each for each in found() if "sagt „Sie“" in each]


def test_sentences_up_to_the_average_pass(add, found):
    add("Lena und Emre lesen an jedem Tag sehr viele gute Seiten im Netz nach. " * 24)

    assert found() == []


def test_sentences_above_the_average_are_found(add, found):
    add(
        "Lena und Emre lesen heute an jedem Tag sehr viele gute Seiten im Netz "
        "weiter nach. " * 60
    )

    [finding] = found()
    assert "haben im Schnitt" in finding


@pytest.mark.parametrize(
    ("sentence", "share"),
    [
        ("Die Daten werden gespeichert. ", "Passiv"),
        ("Das weiß man. ", "„man“"),
    ],
)
def test_shares_are_found_above_their_limit(add, found, sentence, share):
    add(MANY + sentence)
    assert found() == []

    add(sentence * 6)
    [finding] = found()
    assert share in finding


def test_noun_style_is_found_in_longer_texts(add, found):
    add("Die Erhebung und die Weitergabe dienen der Verbesserung. " * 3)
    assert found() == []

    add("Die Erhebung dient der Verbesserung der Bedienung im Netz. " * 20)
    [finding] = found()
    assert "aus Verben oder Adjektiven" in finding
    assert "Erhebung, Verbesserung, Bedienung" in finding


def test_long_words_are_found_unless_they_are_parted_or_listed(course, add, found):
    add("Das ist ein Melderegisterauskunftsbegehren.")
    [finding] = found()
    assert "„Melderegisterauskunftsbegehren“ hat 30 Buchstaben" in finding

    course.write("words.de.txt", "Melderegisterauskunftsbegehren\n")
    assert found() == []

    course.delete("words.de.txt")
    course.edit("01-tag.md", "auskunftsbegehren.", "-Auskunftsbegehren.")
    assert found() == []


def test_a_term_is_linked_where_the_course_uses_it_first(course, add, found):
    add("Auch nachts gibt es Trackings.", "02-nacht.md")
    [finding] = found()
    line = line_of(course, "Trackings", "02-nacht.md")
    assert finding.startswith(f"02-nacht.md:{line}: „Tracking“ steht im Glossar")
    assert "{term}`Tracking <tracking>`" in finding

    add("Das {term}`Tracking <tracking>` beginnt am Tag.")
    assert found() == []


def test_a_word_with_two_senses_is_explained_by_a_link_to_either(site, add, found):
    second = "- id: tierspur\n  term: Tracking (von Tieren)\n  short: Spuren lesen.\n"
    glossary = (site.root / "glossary.yaml").read_text(encoding="utf-8")
    site.write("glossary.yaml", glossary + second)

    add("Das {term}`Tracking <tierspur>` hilft im Wald.")

    assert found() == []


def test_words_that_only_hold_a_term_are_no_terms(add, found):
    add("Die Tracking-App und das Trackinghaus sind etwas anderes.")

    assert found() == []


@pytest.mark.parametrize(
    ("alt", "message"),
    [
        ("Ein Weg.", "ist sehr kurz"),
        ("tag-in-hellingen.svg mit Weg", "Name einer Datei"),
        ("Bild von einem Weg durch die Stadt", "sagen Vorleseprogramme von selbst"),
        ("Ein Weg durch die Stadt. " * 13, "hat 324 Zeichen"),
    ],
)
def test_alternative_texts_say_what_the_picture_tells(course, found, alt, message):
    course.edit("01-tag.md", "alt: Ein Weg durch die Stadt Hellingen.", f"alt: {alt}")

    [finding] = found()
    assert finding.startswith(f"01-tag.md:{line_of(course, 'alt:')}: ")
    assert message in finding


def test_a_lesson_without_sources_is_found(course, found):
    text = (course.root / "02-nacht.md").read_text(encoding="utf-8")
    course.write("02-nacht.md", text[: text.index("\n:::{sources}")])

    assert [each.partition(":")[0] for each in found()] == ["02-nacht.md"]
    assert "nennt keine Quelle" in found()[0]


OWN_SOURCE = """\
  - title: Bericht
    publisher: Verein
    url: https://example.org/
    accessed: 2026-11-23
"""
OWN_POSITION = """\
:::{perspectives} Soll das so bleiben?
positions:
  - holder: Eine Stadt
    text: Das soll so bleiben.
    shared: dsgvo
  - holder: Ein Verein
    text: Das soll sich bald ändern.
    source: Bericht
    url: https://example.org/
:::"""
OWN_QUOTE = """\
:::{quote}
---
source: Bericht
url: https://example.org/
---
Das soll so bleiben.
:::"""


@pytest.mark.parametrize("file", ["01-tag.md", "02-nacht.md", "en/01-tag.md"])
def test_a_source_that_stands_in_a_lesson_is_found(course, found, file):
    course.edit(file, "  - shared: dsgvo\n", OWN_SOURCE)

    [finding] = found()
    line = line_of(course, "  - title: Bericht", file)
    assert finding.startswith(f"{file}:{line}: Die Quelle „Bericht“ steht im Text")


@pytest.mark.parametrize(
    ("block", "words"),
    [(OWN_POSITION, "  - holder: Ein Verein"), (OWN_QUOTE, ":::{quote}")],
    ids=["position", "quote"],
)
def test_a_position_and_a_quote_with_a_source_of_their_own_are_found(
    course, found, add, block, words
):
    add(block)
    add(block.replace("Soll das", "Should that"), "en/01-tag.md")

    german, *_others = findings = [each for each in found() if "„Bericht“" in each]
    assert german.startswith(f"01-tag.md:{line_of(course, words)}: ")
    assert len(findings) == 2


def test_a_source_that_stands_in_a_course_is_found(course, found):
    course.edit("course.yaml", "  - shared: dsgvo\n", OWN_SOURCE)

    [finding] = found()
    line = line_of(course, "  - title: Bericht", "course.yaml")
    assert finding.startswith(f"course.yaml:{line}: ")


def test_a_source_on_a_teachers_page_is_found(course, found):
    course.write("01-tag.teacher.md", f":::{{sources}}\nitems:\n{OWN_SOURCE}:::\n")

    [finding] = found()
    assert finding.startswith("01-tag.teacher.md:3: ")


@pytest.mark.parametrize(
    ("file", "looked", "latest", "later"),
    [
        ("cards.yaml", "as_of", "2027-05-27", "2027-05-28"),
        ("sources.yaml", "accessed", "2027-11-27", "2027-11-28"),
    ],
)
def test_a_row_that_waits_longer_than_its_last_look_holds_is_found(
    site, found, file, looked, latest, later
):
    entry = "- id: hier\n  title: Hier\n  {looked}: 2026-11-27\n  review: {day}\n{rest}"
    rest = {"cards.yaml": CARD_REST, "sources.yaml": SOURCE_REST}[file]

    site.write(file, entry.format(looked=looked, day=latest, rest=rest))
    assert found() == []
    site.write(file, entry.format(looked=looked, day=later, rest=rest))
    (finding,) = found()

    assert finding.startswith(f"{site.root}/{file}:1: ")
    assert later in finding
    assert latest in finding


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ("  url: https://example.org/\n  accessed: 2026-11-23\n", "publisher"),
        ("  publisher: Bund\n  accessed: 2026-11-23\n", "url"),
        ("  publisher: Bund\n  url: https://example.org/\n", "accessed"),
    ],
)
def test_a_shared_source_nobody_can_look_up_is_found(site, found, given, missing):
    site.write("sources.yaml", f"{SHARED}- id: hier\n  title: Hier\n{given}")

    [finding] = found()
    assert finding.startswith(f"{site.root}/sources.yaml:6: ")
    assert f"Der Quelle „Hier“ fehlt: {missing}." in finding


def test_a_source_that_leads_to_a_home_page_says_what_to_look_for_there(site, found):
    rest = SOURCE_REST.replace("bericht", "")
    entry = f"- id: hier\n  title: Hier\n  accessed: 2026-11-23\n{rest}"
    site.write("sources.yaml", SHARED + entry)
    [finding] = found()
    assert finding.startswith(f"{site.root}/sources.yaml:6: ")
    assert "führt nur zu einer Startseite" in finding

    site.write("sources.yaml", f"{SHARED}{entry}  note: Die Nummern stehen oben.\n")
    assert found() == []


def test_feedback_that_gives_no_reason_is_found(course, found):
    course.edit("01-tag.md", "feedback: Ja, Werbung bringt Geld.", "feedback: Ja.")

    [finding] = found()
    assert finding.startswith(f"01-tag.md:{line_of(course, 'feedback: Ja.')}: ")
    assert "„Ja.“ sagt nicht, warum" in finding


def test_feedback_that_repeats_its_label_is_found(course, found):
    course.edit(
        "01-tag.md", "feedback: Ja, Werbung bringt", "feedback: Ja. Werbung bringt"
    )

    [finding] = found()
    assert finding.startswith(f"01-tag.md:{line_of(course, 'feedback: Ja.')}: ")
    assert "beginnt mit dem, was schon darüber steht" in finding


def test_a_card_on_the_right_is_no_feedback(course, found):
    pair = "  - left: Ort\n    right: Karte\n    feedback: Auf Karten stehen Orte.\n"
    more = [pair.replace("Ort\n", "Ton\n").replace("Karte\n", "Lied\n")]
    more += [pair.replace("Ort\n", "Wort\n").replace("Karte\n", "Buch\n")]
    block = ":::{matching} paare\nquestion: Was passt?\npairs:\n" + pair + "".join(more)
    for file in ("01-tag.md", "en/01-tag.md", "de-simple/01-tag.md"):
        course.edit(file, "\n:::{sources}", f"\n{block}:::\n\n:::{{sources}}")

    assert found() == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "## Leer\n\n## Voll\n\nEin Satz.",
            "Unter der Überschrift „Leer“ steht nichts",
        ),
        ("## Gleich\n\nEin Satz.\n\n## Gleich\n\nNoch einer.", "steht zweimal"),
        (
            ":::{more} Noch mehr\n#### Tief\n\nEin Satz.\n:::",
            "„Tief“ überspringt eine Ebene",
        ),
    ],
)
def test_headings_lead_to_something(add, found, text, message):
    add(text)

    [finding] = found()
    assert message in finding


def test_a_heading_before_a_block_is_not_empty(add, found):
    add("## Im Labor\n\n:::{lab} derfeed\n:::")

    assert found() == []


@pytest.mark.parametrize(
    ("sentence", "message"),
    [
        ("Lena und Emre sehen heute sehr viele Bilder im Netz.", None),
        ("Lena und Emre sehen heute sehr viele gute Bilder im Netz.", "11 Wörter"),
        ("Die Daten werden gespeichert.", "steht im Passiv"),
        ("Das ist der Name des Hundes.", "„des Hundes“ ist ein Genitiv"),
        ("Das ist Lenas Handy.", "„Lenas Handy“ ist ein Genitiv"),
        ("Das wäre gut.", "„wäre“ ist ein Konjunktiv"),
        ("Lena hat drei Handys.", "„drei“ als Ziffer"),
        ("Lena hat 3 Handys.", None),
        ("Lena mag z. B. Musik.", "„z. B.“ ausschreiben"),
        ("Lena mag Musik (laut).", "hat Klammern"),
        ("Lena mag Straßenbahnfahrten.", "18 Buchstaben"),
        ("Lena mag Straßen-Bahnen.", None),
        ("Lena liest. Emre auch.", "jedem Satz eine eigene Zeile"),
    ],
)
def test_leichte_sprache_keeps_its_rules(course, add, found, sentence, message):
    add(sentence, SIMPLE)

    findings = found()
    if message is None:
        assert findings == []
    else:
        [finding] = findings
        line = line_of(course, sentence, SIMPLE)
        assert finding.startswith(f"{SIMPLE}:{line}: ")
        assert message.lower() in finding.lower()


def test_leichte_sprache_says_what_is(add, found):
    add("\n\n".join(["Lena liest."] * 20 + ["Lena liest nicht."]), SIMPLE)
    assert found() == []

    add("\n\n".join(["Emre liest nicht."] * 6), SIMPLE)
    [finding] = found()
    assert "verneinen etwas" in finding


def test_small_lettering_is_found_in_the_drawing_of_a_course(course, found):
    course.edit("media/tag.svg", "</svg>", '<text font-size="0.1">Flur</text></svg>')

    [finding] = found()
    assert finding.startswith("media/tag.svg:1: Die Schrift „Flur“ ist")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("feedback: Werbung bringt Geld.", "feedback: {}", "ist einer von 3 Sätzen"),
        ("summary: Was bleibt von einem Tag?", "summary: {}", "einer von 3 Sätzen"),
    ],
    ids=["feedback", "summary"],
)
def test_leichte_sprache_says_little_in_one_place(course, found, old, new, message):
    course.edit(SIMPLE, old, new.format("Lena liest. Emre liest."))
    assert found() == []

    course.edit(SIMPLE, "Lena liest. Emre liest.", "Lena liest. Emre liest. Gut so.")
    [finding] = found()
    assert finding.startswith(f"{SIMPLE}:{line_of(course, 'Gut so.', SIMPLE)}: ")
    assert message in finding


def test_an_alternative_text_has_no_lines_to_give_its_sentences(course, found):
    course.edit(
        "de-simple/course.yaml",
        "image_alt: Das ist eine Straße in Hellingen.",
        "image_alt: Das ist eine Straße. Dort ist ein Haus. Dort ist ein Hund.",
    )

    assert found() == []


# --- The site's own package -----------------------------------------------------------


def test_a_long_sentence_on_a_page_of_the_site_is_found(site, found):
    site.edit("about.md", "Text.", LONG)

    [finding] = found()
    assert finding.startswith(f"{site.root}/about.md:")
    assert "hat 28 Wörter" in finding


def test_a_long_sentence_in_the_glossary_and_on_a_step_card_is_found(site, found):
    site.edit("glossary.yaml", "Ein kleiner Text im Browser.", LONG)
    day = "- id: hier\n  title: Hier\n  as_of: 2026-11-27\n"
    site.write("cards.yaml", day + CARD_REST.replace("Hilft.", LONG))

    card, term = found()
    assert card.startswith(f"{site.root}/cards.yaml:4: ")
    assert term.startswith(f"{site.root}/glossary.yaml:3: ")


def test_a_legal_page_keeps_the_words_of_the_law(site, found):
    site.write("privacy.md", page("privacy", "privacy", body=LONG))

    assert found() == []
