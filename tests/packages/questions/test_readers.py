"""Foreign questions become ours where nothing of their meaning is lost."""

import io
import zipfile
from pathlib import Path
from random import Random
from time import perf_counter

import pytest
from bs4 import BeautifulSoup
from django.utils.html import strip_tags
from hypothesis import given
from hypothesis import strategies as st

from courses.exercises.grading import Exercise
from courses.exercises.registry import question_types
from courses.packages.questions import guess_kind, read_questions
from courses.packages.questions.adding import still_missing
from courses.packages.questions.limits import (
    DEEPEST,
    MOST_ANSWERS,
    MOST_BYTES,
    MOST_ELEMENTS,
    MOST_FILES,
    MOST_QUESTIONS,
    MOST_TAGS,
    MOST_TEXT,
    MOST_WORDS,
)
from courses.packages.questions.outline import Row, outline
from courses.packages.questions.results import (
    Question,
    QuestionFileError,
    Refusal,
)

SAMPLES = Path(__file__).parent / "samples"
QTI = 'xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1"'


def sample(name: str) -> list:
    return read_questions((SAMPLES / name).read_bytes())


def by_title(name: str) -> dict:
    return {each.title: each for each in sample(name)}


def types_of(found: list) -> list[str]:
    return [f.type_name if isinstance(f, Question) else "–" for f in found]


def zipped(files: dict[str, str | bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packing) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def item(body: str, declarations: str = "") -> bytes:
    return (
        f'<assessmentItem {QTI} identifier="i" title="Titel">{declarations}'
        f"<itemBody>{body}</itemBody></assessmentItem>"
    ).encode()


def declared(*values: str, name: str = "RESPONSE") -> str:
    inner = "".join(f"<value>{value}</value>" for value in values)
    return (
        f'<responseDeclaration identifier="{name}" cardinality="ordered">'
        f"<correctResponse>{inner}</correctResponse></responseDeclaration>"
    )


# --- What becomes what --------------------------------------------------------------


def test_moodle_questions_become_our_types() -> None:
    assert types_of(sample("hellingen.xml")) == [
        "single_choice", "multiple_choice", "single_choice", "short_answer",
        "matching", "ordering", "cloze", "cloze", "estimate", "–", "–",
    ]  # fmt: skip


def test_a_moodle_choice_keeps_words_feedback_hint_and_explanation() -> None:
    question = by_title("hellingen.xml")["Passwort der Bücherei"]
    value = question.value

    assert value["question"] == (
        "Welches Passwort ist für das Konto der <b>Bücherei</b> am besten?"
    )
    assert [o["correct"] for o in value["options"]] == [False, True, False]
    assert value["options"][1]["feedback"] == "Lang &amp; gut zu merken."
    assert value["hint"] == "Was kann eine Maschine schwer raten?"
    assert strip_tags(value["explanation"]) == "Länge zählt mehr als Sonderzeichen."
    assert question.notes == ("1 Antwort hat noch keine Rückmeldung.",)


def test_pictures_are_named_as_left_out() -> None:
    assert "Bilder" in by_title("hellingen.xml")["Spuren"].notes[0]


def test_the_joker_for_anything_else_is_no_answer() -> None:
    value = by_title("hellingen.xml")["Betrug"].value

    assert value["accepted"] == ["Phishing"]
    assert value["wrong"] == [{"text": "Spam", "near": True, "feedback": "Fast."}]


def test_moodle_gaps_keep_their_places_and_choices() -> None:
    selected = by_title("hellingen.xml")["Lücken"].value
    embedded = by_title("hellingen.xml")["Eingebettet"].value

    assert "{{luecke-1}} und gilt in der {{luecke-2}}." in selected["text"]
    assert [g["accepted"] for g in selected["gaps"]] == [["DSGVO"], ["EU"]]
    assert selected["gaps"][1]["options"] == ["EU", "NATO"]
    assert [g["options"] for g in embedded["gaps"]] == [[], ["ein Monat", "ein Jahr"]]


def test_moodle_s_order_follows_its_numbers() -> None:
    items = by_title("hellingen.xml")["Auskunft"].value["items"]

    assert [i["text"] for i in items] == [
        "Brief schreiben", "Frist abwarten", "Antwort prüfen",
    ]  # fmt: skip


def test_each_refusal_says_why_and_what_to_do() -> None:
    refused = [f for f in sample("hellingen.xml") if isinstance(f, Refusal)]

    assert [f.title for f in refused] == ["Meinung", "Hinweis"]
    assert "Nachdenken" in refused[0].reason
    assert "in die Lektion" in refused[1].reason


def test_gift_questions_become_our_types() -> None:
    assert types_of(sample("hellingen.gift")) == [
        "single_choice", "single_choice", "multiple_choice", "short_answer",
        "matching", "single_choice", "single_choice", "estimate", "–", "–",
    ]  # fmt: skip


def test_gift_keeps_feedback_escapes_and_the_missing_word() -> None:
    found = by_title("hellingen.gift")
    right = found["Passwort"].value["options"][1]

    assert right["feedback"] == "Lang und gut zu merken."
    assert strip_tags(found["Passwort"].value["explanation"]) == "Länge zählt."
    assert found["Klammern"].value["question"] == "Was bedeutet {x} = 1?"
    assert found["Klammern"].value["options"][1]["text"] == "ein Satz: falsch"
    cookie = found["Cookie"].value["options"]
    assert [(o["correct"], o["feedback"]) for o in cookie] == [
        (False, "Technisch nötige nicht."), (True, "Genau."),
    ]  # fmt: skip
    assert "Die ___ gilt in der EU." in str(found)


NUMERICAL = """<quiz><question type="numerical"><name><text>N</text></name>
<questiontext><text>Wie viele?</text></questiontext>%s
<units><unit><multiplier>1</multiplier><unit_name>km</unit_name></unit></units>
</question></quiz>"""


def numerical(*answers: tuple[str, str, str]) -> bytes:
    inner = "".join(
        f'<answer fraction="{share}"><text>{number}</text><tolerance>{allowed}'
        "</tolerance><feedback><text>Genau.</text></feedback></answer>"
        for share, number, allowed in answers
    )
    return (NUMERICAL % inner).encode()


@pytest.mark.parametrize(
    "content",
    [
        numerical(("100", "40", "2"), ("50", "40", "6")),
        b"Wie viele? {#=40:2#Genau. =%50%40:6}",
        b"Wie viele? {#=38..42#Genau. =%50%34..46}",
    ],
)
def test_a_number_keeps_its_tolerance_as_a_share(content: bytes) -> None:
    value = read_questions(content)[0].value

    assert [value[n] for n in ("value", "tolerance", "half_tolerance", "right")] == [
        "40", "5", "15", "Genau.",
    ]  # fmt: skip


def test_a_number_without_partial_credit_gets_none() -> None:
    value = read_questions(numerical(("100", "3", "1")))[0].value

    assert value["tolerance"] == value["half_tolerance"] == "33.3334"
    assert value["unit"] == "km"


def test_the_scale_of_a_number_is_left_to_the_editor() -> None:
    (question,) = read_questions(b"Wie viele? {#40:2}")

    assert [question.value["least"], question.value["most"]] == [None, None]
    assert [each.split(":")[0] for each in still_missing(question)] == [
        "„Anfang der Skala“", "„Ende der Skala“",
    ]  # fmt: skip


def test_a_slider_brings_its_scale_along() -> None:
    slider = (
        '<sliderInteraction responseIdentifier="RESPONSE" lowerBound="0" '
        'upperBound="100" step="5"><prompt>Wie viele?</prompt></sliderInteraction>'
    )
    (question,) = read_questions(item(slider, declared("30")))

    assert still_missing(question) == []
    names = ("value", "tolerance", "least", "most")
    assert [question.value[n] for n in names] == ["30", "0", "0", "100"]


@pytest.mark.parametrize(
    "content",
    [
        numerical(("100", "0", "1")),
        numerical(("100", "40", "2"), ("100", "50", "2")),
        numerical(("100", "40", "2"), ("50", "50", "2")),
        numerical(("100", "1e999999999", "2")),
        b"Wie viele? {#viele}",
        b"Wie viele? {#9..1}",
    ],
)
def test_numbers_that_are_no_estimate_are_refused(content: bytes) -> None:
    assert types_of(read_questions(content)) == ["–"]


def test_a_qti_choice_becomes_a_single_choice() -> None:
    (question,) = sample("choice.qti.xml")

    assert question.type_name == "single_choice"
    assert question.value["question"] == "Welches Passwort ist am <i>besten</i>?"
    assert "Mira richtet" in question.value["intro"]
    assert question.value["options"] == [
        {"text": "Hellingen1", "correct": False, "feedback": "Leicht zu raten."},
        {"text": "vier zufällige Wörter", "correct": True, "feedback": ""},
    ]


def test_qti_order_match_and_gaps_become_our_types() -> None:
    order = item(
        '<orderInteraction responseIdentifier="RESPONSE"><prompt>Ordne</prompt>'
        + "".join(f'<simpleChoice identifier="{c}">{c}</simpleChoice>' for c in "ABC")
        + "</orderInteraction>",
        declared("C", "A", "B"),
    )
    gaps = item(
        '<p>Das ist <textEntryInteraction responseIdentifier="R1"/> und '
        '<inlineChoiceInteraction responseIdentifier="R2">'
        '<inlineChoice identifier="x">gut</inlineChoice>'
        '<inlineChoice identifier="y">schlecht</inlineChoice>'
        "</inlineChoiceInteraction>.</p>",
        declared("neu", name="R1") + declared("y", name="R2"),
    )
    match = item(
        '<matchInteraction responseIdentifier="RESPONSE"><prompt>Was?</prompt>'
        "<simpleMatchSet>"
        '<simpleAssociableChoice identifier="a">eins</simpleAssociableChoice>'
        '<simpleAssociableChoice identifier="b">zwei</simpleAssociableChoice>'
        "</simpleMatchSet><simpleMatchSet>"
        '<simpleAssociableChoice identifier="c">drei</simpleAssociableChoice>'
        '<simpleAssociableChoice identifier="d">vier</simpleAssociableChoice>'
        '<simpleAssociableChoice identifier="e">fünf</simpleAssociableChoice>'
        "</simpleMatchSet></matchInteraction>",
        declared("a d", "b c"),
    )
    (ordered,), (filled,), (matched,) = map(read_questions, (order, gaps, match))

    assert [i["text"] for i in ordered.value["items"]] == ["C", "A", "B"]
    assert [g["accepted"] for g in filled.value["gaps"]] == [["neu"], ["schlecht"]]
    assert "{{luecke-1}} und {{luecke-2}}." in filled.value["text"]
    assert [(p["left"], p["right"]) for p in matched.value["pairs"]] == [
        ("eins", "vier"), ("zwei", "drei"),
    ]  # fmt: skip
    assert matched.value["distractors"] == ["fünf"]


def test_words_that_qti_puts_into_gaps_are_chosen_from() -> None:
    gaps = item(
        '<gapMatchInteraction responseIdentifier="RESPONSE"><prompt>Was fehlt?</prompt>'
        '<gapText identifier="a" matchMax="1">Hellingen</gapText>'
        '<gapText identifier="b" matchMax="1">Bremen</gapText>'
        '<p>Mira wohnt in <gap identifier="g"/>.</p></gapMatchInteraction>',
        declared("a g"),
    )
    (question,) = read_questions(gaps)

    assert question.value["question"] == "Was fehlt?"
    assert question.value["text"] == "<p>Mira wohnt in {{luecke-1}}.</p>"
    (gap,) = question.value["gaps"]
    assert [gap["accepted"], gap["options"]] == [["Hellingen"], ["Hellingen", "Bremen"]]


def test_links_in_a_question_stay_but_not_on_its_cards() -> None:
    link = '<a href="https://example.org/">hier</a>'
    question, _other = read_questions(moodle_choice(f"Was steht {link}?"))
    cards = (
        '<quiz><question type="ordering"><name><text>N</text></name>'
        + "".join(
            f'<answer fraction="{n}" format="html"><text><![CDATA[{n} {link}]]></text>'
            "</answer>"
            for n in "123"
        )
        + "</question></quiz>"
    )
    (ordered,) = read_questions(cards.encode())

    assert question.value["question"] == f"Was steht {link}?"
    assert ordered.value["items"][0]["text"] == "1 hier"


def test_a_qti_package_is_read_by_its_manifest() -> None:
    manifest = (
        "<manifest><resources>"
        '<resource type="imsqti_item_xmlv2p1" href="items/eins.xml"/>'
        '<resource type="imsqti_item_xmlv2p1" href="items/fehlt.xml"/>'
        '<resource type="webcontent" href="bild.png"/>'
        "</resources></manifest>"
    )
    choice = (SAMPLES / "choice.qti.xml").read_text("utf-8")
    found = read_questions(
        zipped({"imsmanifest.xml": manifest, "items/eins.xml": choice})
    )

    assert types_of(found) == ["single_choice", "–"]
    assert "enthält diese Datei nicht" in found[1].reason


@pytest.mark.parametrize("name", ["hellingen.xml", "hellingen.gift", "choice.qti.xml"])
def test_what_was_carried_over_can_be_solved(name: str) -> None:
    for each in sample(name):
        if isinstance(each, Question):
            kind = question_types()[each.type_name]
            scale = {"least": "0", "most": "100"} if kind.name == "estimate" else {}
            definition = kind.block().to_python({**each.value, "key": "k"} | scale)
            one = Exercise(each.type_name, "k", "0a1b2c3d", definition)
            assert one.grade(kind.solution(definition)).solved, each.title


# --- Hostile and broken files -------------------------------------------------------

BOMB = b"""<?xml version="1.0"?><!DOCTYPE quiz [<!ENTITY a "aaaaaaaaaa">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><quiz><question type="essay"><name><text>&b;
</text></name></question></quiz>"""


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "leer"),
        (b"   \n", "leer"),
        (BOMB, "Entitäten"),
        (b"<quiz>" + b"<a>" * (DEEPEST + 1), "verschachtelt"),
        (b"<quiz><question>", "XML"),
        (b"<html></html>", "QTI"),
        (b"<quiz></quiz>", "keine Frage"),
        ("::Ä:: Fräge {=ä}".encode("latin-1"), "UTF-8"),
        ("::Ä:: Frage {=a}".encode("utf-16"), "UTF-8"),
        (b"Frage {=a ~b", "geschlossen"),
        (b"PK\x03\x04 kein Archiv", "beschädigt"),
        (zipped({"a.xml": "<x/>"}), "imsmanifest"),
        (zipped({"../boese.xml": "<x/>"}), "außerhalb"),
        (zipped({"/etc/boese.xml": "<x/>"}), "außerhalb"),
        (zipped({"bombe.xml": "0" * 3_000_000}), "zu groß"),
        (b"x" * (MOST_BYTES + 1), "größer als"),
        (b'<?xml version="1.0" encoding="gibts-nicht"?><quiz/>', "UTF-8"),
        (b'<?xml version="1.0" encoding="utf-16"?><quiz/>', "UTF-8"),
        (b"<quiz>\n\n<question>", "in Zeile 3 "),
        (b"<quiz>" + b"<a/>" * (MOST_ELEMENTS + 1) + b"</quiz>", "Elemente"),
        (b"[html]" + b"<b>a</b>" * MOST_TAGS + b"{=a}", "zu lang"),
        (b"Frage {=a} " * (MOST_WORDS // 10), "zu lang"),
        (zipped({"imsmanifest.xml": "<x/>"}, zipfile.ZIP_LZMA), "ungewöhnlich"),
        (b"Frage {=a}\n\n" * (MOST_QUESTIONS + 1), "mehr als"),
        (b"<quiz>" + b"<question/>" * (MOST_QUESTIONS + 1) + b"</quiz>", "mehr als"),
        (zipped({f"{i}.xml": "<x/>" for i in range(MOST_FILES + 1)}), "viele Dateien"),
    ],
)
def test_a_bad_file_is_refused_with_a_clear_message(content, message) -> None:
    with pytest.raises(QuestionFileError, match=message):
        read_questions(content)


def moodle_choice(text: str, feedback: str = "", **more: str) -> bytes:
    """Return a quiz of two questions; the second one is sound."""

    def question(name: str, text: str, feedback: str) -> str:
        fields = {"questiontext": text, **more}
        inner = "".join(
            f'<{each} format="html"><text><![CDATA[{html}]]></text></{each}>'
            for each, html in fields.items()
        )
        return (
            f'<question type="multichoice"><name><text>{name}</text></name>{inner}'
            '<answer fraction="100"><text>a</text><feedback><text>'
            f"<![CDATA[{feedback}]]></text></feedback></answer>"
            '<answer fraction="0"><text>b</text></answer>'
            "</question>"
        )

    both = question("Eins", text, feedback) + question("Zwei", "Was?", "")
    return f"<quiz>{both}</quiz>".encode()


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("<div>" * (DEEPEST + 1), "verschachtelt"),
        ("<p>Absatz " * (DEEPEST + 1), "verschachtelt"),
        ("<ul><li>" * DEEPEST, "verschachtelt"),
        ("x" * (MOST_TEXT + 1), "Zeichen"),
        ("&" * (MOST_TEXT + 1), "Zeichen"),
    ],
)
def test_one_text_of_ill_will_is_refused_and_the_others_are_read(html, reason) -> None:
    for content in (moodle_choice(html), moodle_choice("Was?", html)):
        first, second = read_questions(content)

        assert isinstance(first, Refusal)
        assert first.title == "Eins"
        assert reason in first.reason
        assert isinstance(second, Question)

    gift = f"::Eins:: [html]Was? {{=a ~b####{html}}}\n\n::Zwei:: Was? {{=a ~b}}"
    first, second = read_questions(gift.encode())
    assert reason in first.reason
    assert isinstance(second, Question)


@pytest.mark.parametrize("sign", ["<", "&#", "<!--", "<a ", "<![x", "</", "<?", "<b>"])
def test_the_worst_text_within_the_limit_is_read_quickly(sign: str) -> None:
    html = sign * (MOST_TEXT // len(sign) - 1)
    before = perf_counter()

    read_or_refused(moodle_choice(html), "moodle")

    assert perf_counter() - before < 5


def test_a_long_text_with_an_open_brace_is_read_in_one_go() -> None:
    before = perf_counter()

    assert read_or_refused(b"Was? {\n\n" + b"a\n\n" * 400_000, "gift")

    assert perf_counter() - before < 10


def test_only_links_to_the_web_come_along() -> None:
    link = "<a href='{}' onclick='x()'>Link</a>"
    question, _other = read_questions(
        moodle_choice(
            "Was?",
            generalfeedback="<p>"
            + link.format("javascript:alert(1)")
            + "<a linktype='page' id='3'>Seite</a><!-- leise --> "
            + link.format("https://www.bfdi.bund.de/")
            + " <span lang='en' style='x'>privacy</span></p>",
        )
    )

    assert question.value["explanation"] == (
        '<p>LinkSeite <a href="https://www.bfdi.bund.de/">Link</a> '
        '<span lang="en">privacy</span></p>'
    )


PAYLOAD = "&lt;img src=x onerror=alert(1)&gt;"
QUOTED = PAYLOAD.replace("&", "&amp;")


def moodle_with_tags() -> bytes:
    """Return questions whose every text spells out a tag, as text."""
    subquestions = "".join(
        f'<subquestion format="html"><text>{n}{QUOTED}</text>'
        f"<answer><text>{n}{PAYLOAD}</text></answer></subquestion>"
        for n in "ab"
    )
    answers = "".join(
        f'<answer fraction="{share}"><text>{n}{QUOTED}</text><feedback format="html">'
        f"<text>{QUOTED}</text></feedback></answer>"
        for n, share in (("a", 1), ("b", 100), ("c", 3))
    )
    return (
        "<quiz>"
        + "".join(
            f'<question type="{kind}"><name><text>{PAYLOAD}</text></name>'
            f'<questiontext format="html"><text>{QUOTED} {{1:SA:=a}}</text>'
            f"</questiontext><hint><text>{QUOTED}</text></hint>{inner}</question>"
            for kind, inner in (
                ("matching", subquestions), ("multichoice", answers),
                ("shortanswer", answers), ("ordering", answers), ("cloze", ""),
            )
        )
        + "</quiz>"
    ).encode()  # fmt: skip


def qti_with_tags() -> bytes:
    sides = "".join(
        "<simpleMatchSet>"
        + "".join(
            f'<simpleAssociableChoice identifier="{side}{n}">{n}{PAYLOAD}'
            "</simpleAssociableChoice>"
            for n in "abc"
        )
        + "</simpleMatchSet>"
        for side in "lr"
    )
    return item(
        f'<matchInteraction responseIdentifier="RESPONSE"><prompt>{PAYLOAD}</prompt>'
        f"{sides}</matchInteraction>",
        declared("la rb", "lb ra"),
    ).replace(b"Titel", PAYLOAD.encode())


TAGS = r"<img src\=x onerror\=alert(1)>"


@pytest.mark.parametrize(
    "content",
    [
        moodle_with_tags(),
        qti_with_tags(),
        f"::{TAGS}:: {TAGS} {{=a{TAGS} -> c{TAGS} =b -> d{TAGS}}}".encode(),
        f"::{TAGS}:: {TAGS} {{=a{TAGS}#{TAGS} ~b{TAGS}####{TAGS}}}".encode(),
        f"::{TAGS}:: [html]{TAGS} {{=<b>a -> c{TAGS}</b> =b -> d}}".encode(),
    ],
)
def test_text_that_spells_a_tag_becomes_none(content: bytes) -> None:
    questions = [f for f in read_questions(content) if isinstance(f, Question)]
    rows = [row for each in questions for row in all_rows(outline(each))]
    found = {
        tag.name for row in rows for tag in BeautifulSoup(row, "html.parser")(True)
    }

    assert questions
    assert found <= {"p", "b", "i"}


def all_rows(rows: list[Row]) -> list[str]:
    return [html for row in rows for html in (row.html, *all_rows(row.rows))]


@pytest.mark.parametrize("content", ["Was? {=a =b ~c}", "Was? {=a =b =%50%c ~d}"])
def test_answers_that_are_right_one_by_one_are_not_asked_for_together(content) -> None:
    (found,) = read_questions(content.encode())

    assert isinstance(found, Refusal)
    assert "jede für sich" in found.reason


def test_what_a_short_answer_and_hints_lose_is_named() -> None:
    content = (
        '<quiz><question type="shortanswer"><name><text>N</text></name>'
        "<questiontext><text>Was?</text></questiontext>"
        '<answer fraction="100"><text>DSGVO</text><feedback><text>Ja.</text></feedback>'
        "</answer><hint><text>Eins</text></hint><hint><text>Zwei</text></hint>"
        "</question></quiz>"
    )
    (found,) = read_questions(content.encode())

    assert found.notes == (
        "Nur der erste Hinweis wurde übernommen.",
        "Ein Teil der Rückmeldungen hat hier keinen Platz und ist entfallen.",
    )


def test_each_loss_is_named() -> None:
    html = (
        "<p><img src='@@PLUGINFILE@@/a.png' alt=''> \\\\(x^2\\\\) <s>alt</s></p>"
        "<table><tr><td>A</td></tr></table><pre>ls</pre>"
        "<video src='@@PLUGINFILE@@/b.mp4'>nichts</video>"
        "<a href='$@QUIZVIEWBYID*3@$'>dort</a>"
    ).replace("\\\\", "\\")
    question, _other = read_questions(
        moodle_choice("Was?", generalfeedback=html, correctfeedback="Prima.")
    )

    assert question.notes[:-1] == (
        "Die Bilder wurden weggelassen.",
        "Töne, Videos oder eingebettete Seiten sind entfallen.",
        "Eine Tabelle hat Zeilen und Spalten verloren.",
        "Programmtext hat eigene Schrift und Zeilen verloren.",
        "Durchgestrichene Wörter sind jetzt nicht mehr durchgestrichen.",
        "Links, die nur im anderen System funktionieren, sind entfallen.",
        "Formeln stehen noch so da, wie sie getippt wurden. Bitte prüfen, ob sie "
        "lesbar sind.",
        "Die Rückmeldung zur ganzen Antwort ist entfallen.",
    )
    assert "nichts" not in question.value["explanation"]


def test_raised_and_lowered_digits_keep_their_meaning() -> None:
    html = "10<sup>2</sup> CO<sub>2</sub> 1<sup>st</sup>"
    question, _other = read_questions(moodle_choice(html))

    assert question.value["question"] == "10² CO₂ 1st"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"Was? {=a " + b"~b" * MOST_ANSWERS + b"}", "Antworten"),
        (
            b'<quiz><question type="cloze"><questiontext><text>'
            + b"{1:SA:=a}" * 13
            + b"</text></questiontext></question></quiz>",
            "zwölf Lücken",
        ),
        (
            b'<quiz><question type="gapselect"><questiontext><text>[[1]]</text>'
            b"</questiontext>"
            + b"".join(
                b"<selectoption><text>%d</text><group>1</group></selectoption>" % n
                for n in range(9)
            )
            + b"</question></quiz>",
            "acht Wörter",
        ),
    ],
)
def test_more_than_our_types_hold_is_refused(content: bytes, reason: str) -> None:
    (found,) = read_questions(content)

    assert isinstance(found, Refusal)
    assert reason in found.reason


def test_items_too_large_together_are_refused_before_the_last_is_read() -> None:
    names = "".join(
        f'<resource type="imsqti_item_xmlv2p1" href="{n}.xml"/>' for n in range(9)
    )
    files: dict[str, str | bytes] = {
        f"{n}.xml": f"<a>{'<b/>' * (MOST_ELEMENTS // 2)}" for n in range(9)
    }
    manifest = f"<manifest><resources>{names}</resources></manifest>"
    noise = Random(1).randbytes(60_000)
    content = zipped({"imsmanifest.xml": manifest, "noise.bin": noise, **files})

    with pytest.raises(QuestionFileError, match="Elemente"):
        read_questions(content)


def test_five_hundred_texts_of_ill_will_cost_seconds_not_minutes() -> None:
    each = "::F:: [html]" + "<i>a</i>&#<!--<a " * 50 + " {=a ~b}\n\n"
    before = perf_counter()

    assert read_or_refused(each.encode() * MOST_QUESTIONS, "gift")

    assert perf_counter() - before < 10


def read_or_refused(content: bytes, kind: str) -> bool:
    """Say whether a file was read, or refused with a message; nothing else may come."""
    try:
        found = read_questions(content, kind)
    except QuestionFileError as error:
        return bool(str(error))
    return all(each.title for each in found)


@given(st.binary(max_size=300), st.sampled_from(["moodle", "gift", "qti"]))
def test_no_bytes_break_a_reader(content: bytes, kind: str) -> None:
    assert read_or_refused(content, kind)


@given(
    st.sampled_from(["hellingen.xml", "hellingen.gift", "choice.qti.xml"]),
    st.data(),
)
def test_a_mutilated_file_is_read_or_refused(name: str, data: st.DataObject) -> None:
    content = (SAMPLES / name).read_bytes()
    start = data.draw(st.integers(0, len(content)))
    end = data.draw(st.integers(start, min(len(content), start + 400)))
    put = data.draw(st.binary(max_size=6) | st.sampled_from([b"{", b"}", b"<", b"]]>"]))
    changed = content[:start] + put + content[end:]
    assert read_or_refused(changed, guess_kind(content))


@given(st.text(alphabet="ab{}=~#%:>-\\\n /", max_size=120))
def test_any_gift_is_read_or_refused(text: str) -> None:
    assert read_or_refused(text.encode(), "gift")


@given(
    st.lists(
        st.sampled_from(
            ["<p>", "<ul><li>", "</p>", "<b>", "</li>", "<!--", "<a href="]
        ),
        max_size=200,
    )
)
def test_any_html_is_read_or_refused(tags: list[str]) -> None:
    assert read_or_refused(
        moodle_choice("Was?", generalfeedback="".join(tags)), "moodle"
    )
