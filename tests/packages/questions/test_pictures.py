"""Pictures of a question bring along what they tell, not where they were taken."""

from base64 import b64encode
from io import BytesIO

import pytest
from django.contrib.auth.models import Group, Permission
from PIL import Image
from wagtail.images import get_image_model
from wagtail.models import GroupPagePermission

from courses.models import LessonPage
from courses.packages.questions import limits, read_questions
from courses.packages.questions.adding import add_questions
from courses.packages.questions.results import Question
from learnsite.accounts.models import User
from tests.factories import lesson, world
from tests.packages.questions.test_adding import client_of, upload
from tests.packages.questions.test_readers import item, zipped

GPS = 34853


def picture(kind: str = "JPEG", size: tuple[int, int] = (30, 20)) -> bytes:
    """Return a picture that says where it was taken."""
    exif = Image.Exif()
    exif[GPS] = {1: "N", 2: (50.0, 4.0, 0.0)}
    out = BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, exif=exif)
    return out.getvalue()


def moodle(html: str, name: str = "karte.jpg", content: bytes | None = None) -> bytes:
    file = b64encode(picture() if content is None else content).decode()
    return (
        '<quiz><question type="truefalse"><name><text>N</text></name>'
        f'<questiontext format="html"><text><![CDATA[{html}]]></text>'
        f'<file name="{name}" path="/" encoding="base64">{file}</file></questiontext>'
        '<answer fraction="100"><text>true</text></answer>'
        '<answer fraction="0"><text>false</text></answer></question></quiz>'
    ).encode()


MAP = '<p>Was?<img src="@@PLUGINFILE@@/karte.jpg" alt="Karte von  Hellingen"></p>'


def only(content: bytes) -> Question:
    (found,) = read_questions(content)
    assert isinstance(found, Question)
    return found


def test_a_picture_comes_along_with_its_words_and_without_its_place() -> None:
    question = only(moodle(MAP))
    (found,) = question.pictures

    assert (found.name, found.alt) == ("karte.jpg", "Karte von Hellingen")
    assert GPS not in Image.open(BytesIO(found.content)).getexif()
    assert question.notes[0] == "1 Bild kommt mit und steht vor der Frage."
    assert not any("weggelassen" in note for note in question.notes)


def test_a_name_with_spaces_and_umlauts_is_found() -> None:
    html = '<img src="@@PLUGINFILE@@/Stra%C3%9Fe%201.jpg" alt="Straße">'

    assert only(moodle(html, "Straße 1.jpg")).pictures[0].name == "strae-1.jpg"


def test_a_picture_without_words_is_named() -> None:
    question = only(moodle('<img src="@@PLUGINFILE@@/karte.jpg"> Was?'))

    assert question.notes[1] == "Ein Bild hat noch keinen Alternativtext."


@pytest.mark.parametrize(
    "content",
    [
        moodle('<img src="@@PLUGINFILE@@/karte.jpg" alt=""> Was?'),
        moodle('<img src="@@PLUGINFILE@@/../karte.jpg" alt="a"> Was?'),
        moodle('<img src="https://example.org/a.png" alt="a"> Was?'),
        moodle(MAP, content=b"kein Bild"),
        moodle(MAP, content=picture()[:200]),
        moodle(MAP, content=picture("BMP")),
        moodle(MAP, content=b""),
    ],
)
def test_what_only_decorates_or_is_no_picture_is_left_out_and_named(content) -> None:
    question = only(content)

    assert question.pictures == ()
    assert "Die Bilder wurden weggelassen." in question.notes


def test_pictures_of_a_file_together_have_so_many_pixels_only(monkeypatch) -> None:
    monkeypatch.setattr("courses.packages.questions.pictures.MOST_PIXELS", 30 * 20)
    both = moodle(MAP + MAP.replace("karte", "fehlt"))
    question, other = both.replace(b"</quiz>", b""), moodle(MAP)[len("<quiz>") :]
    first, second = read_questions(question + other)

    assert [len(first.pictures), len(second.pictures)] == [1, 0]
    assert "Ein Teil der Bilder wurde weggelassen." in first.notes
    assert limits.MOST_PIXELS > 30 * 20


def test_a_qti_package_brings_the_pictures_of_its_items() -> None:
    choice = item(
        '<p><img src="../bilder/karte.jpg" alt="Karte"/></p>'
        '<choiceInteraction responseIdentifier="R"><prompt>Was?</prompt>'
        '<simpleChoice identifier="a">a</simpleChoice>'
        '<simpleChoice identifier="b">b</simpleChoice></choiceInteraction>',
        '<responseDeclaration identifier="R"><correctResponse><value>a</value>'
        "</correctResponse></responseDeclaration>",
    )
    manifest = (
        '<manifest><resources><resource type="imsqti_item_xmlv2p1" '
        'href="items/eins.xml"/></resources></manifest>'
    )
    question = only(
        zipped(
            {
                "imsmanifest.xml": manifest,
                "items/eins.xml": choice,
                "bilder/karte.jpg": picture(),
            }
        )
    )

    assert [each.alt for each in question.pictures] == ["Karte"]


@pytest.fixture
def page(db: None) -> LessonPage:
    return lesson(world().course())


def draft_of(page: LessonPage) -> list[tuple[str, str]]:
    """Return the types of the draft's blocks, and what its pictures tell."""
    page.refresh_from_db()
    body = page.get_latest_revision_as_object().body
    return [
        (each.block_type, each.value["alt"] if each.block_type == "image" else "")
        for each in body
    ]


def test_a_picture_stands_before_its_question_and_is_kept_once(page) -> None:
    for _time in range(2):
        add_questions(lesson=page, questions=[only(moodle(MAP))])

    own = draft_of(page)[-4:]
    assert own == [("image", "Karte von Hellingen"), ("single_choice", "")] * 2
    (image,) = get_image_model().objects.all()
    with image.open_file() as file:
        assert GPS not in Image.open(file).getexif()


@pytest.mark.django_db
def test_who_may_not_add_pictures_gets_the_questions_alone(page) -> None:
    group = Group.objects.create(name="Nur Texte")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    GroupPagePermission.objects.create(
        group=group,
        page=page.get_root(),
        permission=Permission.objects.get(codename="change_page"),
    )
    client = client_of("Nur Texte")
    looked = upload(client, page, moodle(MAP)).content.decode()
    upload(client, page, moodle(MAP), add="1")

    assert "Bilder bleiben weg" in looked
    assert draft_of(page)[-1:] == [("single_choice", "")]
    assert not get_image_model().objects.exists()


def test_an_editor_s_picture_belongs_to_the_editor(page) -> None:
    upload(client_of("Editors"), page, moodle(MAP), add="1")

    assert get_image_model().objects.get().uploaded_by_user == User.objects.get()
