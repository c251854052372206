"""Pages travel compressed: quickly for one reader, well for many."""

import gzip
from random import Random

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from content.requests import same_for_everyone
from learnsite.middleware import compression

WORDS = "Lena Tarik Wetter App Bus Karte Ort Werbung Profil Netz Handy Daten".split()
PAGE = " ".join(Random(7).choices(WORDS, k=6000))


def answer(
    response: HttpResponse, accepts: str = "gzip, br", path: str = "/"
) -> HttpResponse:
    request = RequestFactory().get(path, headers={"Accept-Encoding": accepts})
    return compression(lambda _request: response)(request)


def test_a_page_comes_back_whole_and_says_how_it_travels() -> None:
    response = answer(HttpResponse(PAGE))

    assert gzip.decompress(response.content).decode() == PAGE
    assert response.headers["Content-Encoding"] == "gzip"
    assert response.headers["Content-Length"] == str(len(response.content))
    assert response.headers["Vary"] == "Accept-Encoding"


def test_what_is_kept_for_many_is_smaller() -> None:
    for_one = answer(HttpResponse(PAGE))
    for_many = answer(same_for_everyone(HttpResponse(PAGE)))

    assert len(for_many.content) < 0.9 * len(for_one.content)


def test_under_a_made_up_query_string_a_page_is_for_one() -> None:
    for_many = answer(same_for_everyone(HttpResponse(PAGE)))
    made_up = answer(same_for_everyone(HttpResponse(PAGE)), path="/?zufall=7")

    assert len(for_many.content) < 0.9 * len(made_up.content)


def test_the_length_tells_nothing_exact() -> None:
    assert len({len(answer(HttpResponse(PAGE)).content) for _ in range(20)}) > 1


@pytest.mark.parametrize(
    ("response", "accepts"),
    [
        (HttpResponse(PAGE), "br"),
        (HttpResponse("kurz"), "gzip"),
        (HttpResponse(PAGE, headers={"Content-Encoding": "br"}), "gzip"),
    ],
)
def test_the_rest_is_left_as_it_is(response, accepts) -> None:
    before = response.content

    assert answer(response, accepts).content == before
