"""Choosing a course: filters as plain links, and a search that forgives."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.cache import cache

from content.models import GlossaryPage, GlossaryTerm, LegalPage, StandardPage
from content.search import query_words, search_text
from courses.catalogue import filters
from courses.catalogue.library import library
from courses.models import CoursePage
from tests.factories import (
    World,
    fresh,
    lesson,
    published,
    step_card,
    text,
    translated,
    world,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def published_shelf(module_rows):
    """Three courses that differ in everything one can filter by."""
    with module_rows.unblock():
        return three_courses()


@pytest.fixture
def shelf(published_shelf, db):
    """Return the place of the three courses as it was published."""
    return World(fresh(published_shelf.home), fresh(published_shelf.index))


def three_courses() -> World:
    place = world()
    lesson(
        place.course(
            "spuren", topics=["datengrabbing", "datenschutz"], settings=["schule"]
        ),
        minutes=20,
    )
    lesson(
        place.course(
            "rathaus",
            title="Datenschutz im Rathaus",
            topics=["datenschutz"],
            settings=["verwaltung"],
            level="aufbau",
        ),
        minutes=60,
        body=[
            text("<p>Ein gutes Passwort ist lang. Auf der Straße gilt das auch.</p>")
        ],
    )
    lesson(
        place.course(
            "freie-programme",
            title="Freie Programme",
            topics=["open-source"],
            settings=["erwachsene", "schule"],
        ),
        minutes=80,
    )
    return place


def titles(client, query: str) -> list[str]:
    cache.clear()  # a page out of the cache has no context to look into
    response = client.get(f"/kurse/?{query}")
    return [course.slug for course, _labels in response.context["courses"]]


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("", ["spuren", "rathaus", "freie-programme"]),
        ("topic=datenschutz", ["spuren", "rathaus"]),
        ("setting=schule", ["spuren", "freie-programme"]),
        ("topic=datenschutz&setting=schule", ["spuren"]),
        ("level=aufbau", ["rathaus"]),
        ("duration=kurz", ["spuren"]),
        ("duration=mittel&topic=open-source", ["freie-programme"]),
        ("topic=open-source&level=aufbau", []),
        ("topic=unsinn&level=", ["spuren", "rathaus", "freie-programme"]),
    ],
)
def test_filters_combine(client, shelf, query, slugs) -> None:
    assert titles(client, query) == slugs


def test_every_link_says_truly_what_it_would_leave(client, shelf) -> None:
    for start in ("", "topic=datenschutz", "setting=schule&level=einstieg"):
        cache.clear()
        for _facet, links in client.get(f"/kurse/?{start}").context["facets"]:
            for link in links:
                if not link.chosen:
                    assert len(titles(client, link.query)) == link.count


def test_a_chosen_filter_leads_back_without_it(client, shelf) -> None:
    facets = client.get("/kurse/?topic=open-source&setting=schule").context["facets"]
    chosen = [link for _f, links in facets for link in links if link.chosen]
    assert [link.query for link in chosen] == ["setting=schule", "topic=open-source"]


def test_no_match_says_what_to_do(client, shelf) -> None:
    page = client.get("/kurse/?topic=open-source&level=aufbau").content.decode()
    assert "Kein Kurs passt zu allen Filtern." in page


def test_the_duration_of_a_course_is_the_sum_of_its_lessons(shelf) -> None:
    course = library("de", 1).by_slug["freie-programme"]
    assert (course.minutes, course.units) == (80, 2)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("Passwörter", True),
        ("passwort", True),
        ("PASSWOERTER", True),
        ("Strasse", True),
        ("straßen", True),
        ("Passwort Straße", True),
        ("Passwort Gurke", False),
    ],
)
def test_search_forgives_umlauts_sharp_s_and_inflection(
    client, shelf, query, found
) -> None:
    hits = client.get("/suche/", {"q": query}).context["results"]
    assert [hit.url for hit in hits if hit.kind == "lesson"] == (
        ["/kurse/rathaus/tag/"] if found else []
    )


@pytest.mark.parametrize("query", ['"', "\x00", " ", "'; --", "%", "(((", "ü" * 5000])
def test_search_survives_anything(client, shelf, query) -> None:
    assert client.get("/suche/", {"q": query}).status_code == 200


@pytest.mark.usefixtures("hasty_threads")
def test_people_who_search_at_the_same_moment_do_not_get_each_other_s_words() -> None:
    queries = ["Passwörter", "Einwilligungen"] * 200

    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(query_words, queries))

    assert found == [[(" passwort",)], [(" einwill",)]] * 200


@pytest.mark.parametrize("query", ["Datenschutz", "Schutz", "Datenspuren", "Passwort"])
def test_search_finds_words_written_in_parts(client, shelf, query) -> None:
    words = "<p>Daten-Schutz, Daten·spuren und Pass\u00adwörter</p>"
    lesson(shelf.course("teile"), "teil", body=[text(words)])

    hits = client.get("/suche/", {"q": query}).context["results"]

    assert "/kurse/teile/teil/" in [hit.url for hit in hits]


@pytest.mark.parametrize(
    ("query", "words", "found"),
    [
        ("Kameras", "Eine Kamera filmt.", True),
        ("Handys", "Die Handynummer.", True),
        ("Infos", "Mehr Info.", True),
        ("Emojis", "Ein Emoji.", True),
        ("Menüs", "Ein Menü.", True),
        ("Laptops", "Ein Laptop.", True),
        ("Abos", "Ein Abo.", True),
        ("Apps", "Eine App.", True),
        ("Auto", "Zwei Autos.", True),
        ("das", "Daten, Datum, dabei.", False),
        ("los", "Ein Lob, eine Lokomotive.", False),
        ("Haus", "Es kommt häufig vor.", False),
        ("Abos", "Ein Abort.", False),
        ("Minus", "Zehn Minuten.", False),
        ("Ausweis", "Ausweichen ist schwer.", False),
        ("Ausweise", "Ein Ausweis.", True),
        ("Speise", "Daten speichern.", False),
    ],
)
def test_search_forgives_a_plural_with_s(client, shelf, query, words, found) -> None:
    lesson(shelf.course("mehrzahl"), "s", body=[text(f"<p>{words}</p>")])

    hits = client.get("/suche/", {"q": query}).context["results"]

    assert ("/kurse/mehrzahl/s/" in [hit.url for hit in hits]) is found


@pytest.mark.parametrize("query", ["Passwo\u0308rter", "STRA\u00dfEN"])
def test_search_takes_letters_and_their_marks_apart_or_together(
    client, shelf, query
) -> None:
    hits = client.get("/suche/", {"q": query}).context["results"]
    assert [hit.url for hit in hits] == ["/kurse/rathaus/tag/"]


@pytest.mark.parametrize(
    ("query", "words", "found"),
    [
        ("DS-GVO", "Die DSGVO gilt.", True),
        ("DS\u2011GVO", "Die DSGVO gilt.", True),
        ("DS-GVO", "Die DS-GVO gilt.", True),
        ("DSGVO", "Die DS-GVO gilt.", True),
        ("Open-Source-Programme", "Open Source: ein Programm.", True),
        ("E-Mails Gurke", "Eine Email.", False),
        ("DS-GVO", "Eine Bank.", False),
    ],
)
def test_search_finds_the_whole_of_a_word_typed_in_parts(
    client, shelf, query, words, found
) -> None:
    lesson(shelf.course("ganz"), "wort", body=[text(f"<p>{words}</p>")])

    hits = client.get("/suche/", {"q": query}).context["results"]

    assert ("/kurse/ganz/wort/" in [hit.url for hit in hits]) is found


def test_search_finds_step_cards(client, shelf) -> None:
    step_card("standort")

    (hit,) = client.get("/suche/", {"q": "Standorte"}).context["results"]

    assert (hit.url, hit.context) == ("/handgriffe/standort/", "Handgriffe")


def test_search_finds_courses_and_terms(client, shelf) -> None:
    published(
        shelf.home,
        GlossaryPage(title="Glossar", slug="glossar", locale=shelf.home.locale),
    )
    GlossaryTerm.objects.create(
        key="cookie", term="Cookie", short="Kleiner Text.", locale=shelf.home.locale
    )
    hits = client.get("/suche/", {"q": "Cookies"}).context["results"]
    assert [(hit.kind, hit.url) for hit in hits] == [("term", "/glossar/#cookie")]
    hits = client.get("/suche/", {"q": "Rathaus"}).context["results"]
    assert hits[0].kind == "course"


def test_search_finds_pages_and_puts_the_one_asked_for_before_lessons(
    client, shelf
) -> None:
    imprint = LegalPage(
        title="Impressum", slug="impressum", kind="imprint", locale=shelf.home.locale
    )
    published(shelf.home, imprint)
    about = StandardPage(title="Über uns", slug="ueber", locale=shelf.home.locale)
    about.body = [text("<p>Mehr steht im Impressum.</p>")]
    published(shelf.home, about)
    lesson(shelf.course("amt"), "wer", body=[text("<p>Ein Impressum fehlt.</p>")])

    hits = client.get("/suche/", {"q": "Impressum"}).context["results"]

    assert [(hit.kind, hit.url) for hit in hits] == [
        ("page", "/impressum/"),
        ("lesson", "/kurse/amt/wer/"),
        ("page", "/ueber/"),
    ]


@pytest.mark.parametrize(
    ("left", "right"),
    [("Häuser", "Haus"), ("Größe", "Groesse"), ("Datenspuren", "Datenspur")],
)
def test_words_meet_in_one_stem(left, right) -> None:
    assert search_text(left) == search_text(right)


@pytest.mark.parametrize("courses", [1, 3])
def test_a_search_costs_the_same_for_any_number_of_courses(
    client, db, courses, django_assert_num_queries
) -> None:
    place = world()
    for number in range(courses):
        lesson(place.course(f"kurs-{number}"))
    client.get("/suche/", {"q": "Handy"})
    with django_assert_num_queries(3):  # generation, lessons, glossary page
        client.get("/suche/", {"q": "Handy"})


def test_facets_name_their_parameters(shelf) -> None:
    assert [facet.name for facet in filters.FACETS] == [
        "topic",
        "setting",
        "level",
        "duration",
    ]


def test_a_source_is_dated_the_german_way(client, shelf) -> None:
    source = {"title": "DSGVO", "publisher": "EU", "accessed": "2026-11-23"}
    broken = {"title": "Ohne Tag", "publisher": "", "accessed": "irgendwann"}
    lesson(shelf.course("quellen", sources=[source, broken]))
    page = client.get("/kurse/quellen/").content.decode()
    assert "23.11.2026" in page
    assert "irgendwann" not in page


def test_a_course_names_its_competences_by_framework(client, db) -> None:
    competences = {"digcomp": ["4.2"], "mkr": ["1.4", "5.2"]}
    lesson(world().course(competences=competences))
    page = client.get("/kurse/spuren/").content.decode()
    listed = page.partition('id="competences"')[2].partition("</section>")[0]
    for words in (
        "Medienkompetenzrahmen NRW",
        "4.2 Personenbezogene Daten und Privatsphäre schützen",
        "1.4 Datenschutz und Informationssicherheit",
        "5.2 Meinungsbildung",
        "Arbeitsübersetzung",
    ):
        assert words in listed


@pytest.fixture
def languages(shelf):
    """Two of the three courses exist in English too, one of them in plain German."""
    for course in CoursePage.objects.filter(slug__in=["spuren", "rathaus"]):
        translated(course)
    translated(
        CoursePage.objects.get(slug="spuren", locale=shelf.home.locale), "de-simple"
    )


@pytest.mark.parametrize(
    ("query", "counts"),
    [
        ("", {"de": 3, "de-simple": 1, "en": 2}),
        ("?topic=datenschutz", {"de": 2, "de-simple": 1, "en": 2}),
        ("?level=aufbau", {"de": 1, "de-simple": 0, "en": 1}),
    ],
)
def test_each_language_says_how_many_courses_match_and_keeps_the_filters(
    client, languages, query, counts
) -> None:
    offered = client.get(f"/kurse/{query}").context["languages"]
    assert {each["code"]: each["count"] for each in offered} == counts
    assert {each["code"]: each["url"] for each in offered} == {
        "de": f"/kurse/{query}",
        "de-simple": f"/de-simple/kurse/{query}",
        "en": f"/en/kurse/{query}",
    }
    for each in offered:
        page = client.get(each["url"]).content.decode()
        assert page.count('<li class="card">') == each["count"]


class TestFormOfAddress:
    """Whoever chooses a course reads whether it says du or Sie, where that differs."""

    @pytest.mark.parametrize(("address", "said"), [("du", "du"), ("sie", "Sie")])
    def test_german_names_it(self, client, address, said):
        lesson(world().course(address=address))
        page = client.get("/kurse/spuren/").text

        assert f"<dt>Anrede</dt><dd>{said}</dd>" in page

    def test_english_has_one_way_and_says_nothing(self, client):
        course = world().course(address="sie")
        lesson(course)
        translated(course)
        facts = client.get("/en/kurse/spuren/").text.partition("fact-list")[2]

        assert "addresses" not in facts
        assert "<dd>Sie</dd>" not in facts

    def test_leichte_sprache_says_du_in_every_course(self, client):
        course = world().course(address="sie")
        lesson(course)
        translated(course, "de-simple")
        page = client.get("/de-simple/kurse/spuren/").text

        assert "<dt>Der Kurs sagt</dt><dd>du</dd>" in page
