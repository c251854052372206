"""Drawings come in only when they can do nothing but be looked at."""

import pytest

from courses.packages.svg import svg_problem

FRAME = (
    '<svg xmlns="http://www.w3.org/2000/svg" '
    'xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 8 4">{}</svg>'
)


@pytest.mark.parametrize(
    "inside",
    [
        "<style>.l{fill:none}@media print{.l{fill:#fff}}</style>",
        '<defs><clipPath id="c"><rect width="4" height="4"/></clipPath></defs>'
        '<g clip-path="url(#c)"><path class="l" d="M0 0h2"/></g>',
        '<symbol id="s"><circle r="1"/></symbol><use href="#s"/>',
        '<text x="1" y="2" text-anchor="middle">7</text>',
        "<title>Haus</title><!-- Kommentar -->",
    ],
)
def test_a_plain_drawing_is_fine(inside):
    assert svg_problem(FRAME.format(inside).encode()) is None


def test_a_drawing_may_begin_with_the_declaration_of_xml():
    declaration = b'<?xml version="1.0" encoding="UTF-8"?>'
    assert svg_problem(declaration + FRAME.format("").encode()) is None


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        '<path d="M0 0" onclick="alert(1)"/>',
        "<foreignObject><div/></foreignObject>",
        '<image href="https://example.org/x.png"/>',
        '<use href="https://example.org/x.svg#a"/>',
        '<use xlink:href="data:image/svg+xml,x"/>',
        '<a href="javascript:alert(1)"><path d="M0 0"/></a>',
        '<path style="fill:red" d="M0 0"/>',
        '<path fill="url(https://example.org/#a)"/>',
        "<path fill=\"url('https://example.org/#a')\"/>",
        "<style>@import 'https://example.org/x.css';</style>",
        "<style>.a{background:u\\72l(https://example.org)}</style>",
        "<style>.a{fill:url( //example.org/x )}</style>",
        "<style>.a{}<g/>@import 'https://example.org/x.css';</style>",
        "<?php echo 1 ?>",
        '<animate attributeName="href" to="javascript:alert(1)"/>',
        '<set attributeName="onclick" to="alert(1)"/>',
        '<h:script xmlns:h="http://www.w3.org/1999/xhtml">alert(1)</h:script>',
        '<path xmlns:e="urn:e" e:href="x"/>',
    ],
)
def test_a_drawing_that_could_act_or_load_is_refused(inside):
    assert svg_problem(FRAME.format(inside).encode())


@pytest.mark.parametrize(
    "content",
    [
        b"<!DOCTYPE svg [<!ENTITY a 'b'>]>" + FRAME.format("<g>&a;</g>").encode(),
        b'<?xml-stylesheet href="https://example.org/x.css"?>'
        + FRAME.format("").encode(),
        b"<html></html>",
        b"\x89PNG",
        b"",
        FRAME.format("").replace(' viewBox="0 0 8 4"', "").encode(),
    ],
)
def test_what_is_no_drawing_is_refused(content):
    assert svg_problem(content)
