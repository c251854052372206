"""Lettering of drawings, as large as it is on a phone."""

import pytest

from courses.packages.strict.lettering import letters_least_pixels

#: On a phone, a drawing 656 wide is half as large as it is drawn.
FRAME = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 656 9">{}</svg>'
TOO_SMALL = (
    "Die Schrift „Flur“ ist auf einem Handy 10 Pixel groß; lesen lässt sie sich ab 11. "
    "Bitte größer setzen oder mit weniger Wörtern auskommen."
)


def messages(inside):
    return list(letters_least_pixels(FRAME.format(inside).encode(), 11))


@pytest.mark.parametrize(
    "inside",
    [
        '<text font-size="20">Flur</text>',
        '<style>.x{font:600 20px sans-serif}</style><text class="x">Flur</text>',
        "<style>.x{font-size:30px}.k{font-size:20px}</style>"
        '<text class="k x">Flur</text>',
        "<style>.t,text{font-size:20px}</style><text>Flur</text>",
        "<style>.k{font-size:20px}text{font-size:80px}</style>"
        '<text class="k">Flur</text>',
        '<g font-size="20"><text><tspan>Flur</tspan></text></g>',
        '<text font-size="20"><tspan font-size="80">Bad</tspan>Flur</text>',
        '<g transform="translate(9 9) scale(.5)"><text font-size="40">Flur</text></g>',
        '<text font-size="10" transform="matrix(2 0 0 2 9 9)">Flur</text>',
    ],
)
def test_what_is_smaller_on_a_phone_than_can_be_read_is_found(inside):
    assert messages(inside) == [TOO_SMALL]


@pytest.mark.parametrize(
    "inside",
    [
        '<text font-size="22">Flur</text>',
        '<style>.x{font:600 22px sans-serif}</style><text class="x">Flur</text>',
        '<g transform="scale(2)"><text font-size="11">Flur</text></g>',
        '<text font-size="1"> </text><path d="M0 0h9"/>',
    ],
)
def test_larger_lettering_and_none_pass(inside):
    assert messages(inside) == []


def test_a_drawing_without_a_size_of_its_own_is_measured_by_its_width():
    drawing = FRAME.replace("viewBox", "aria-label").replace("<svg", '<svg width="656"')
    content = drawing.format('<text font-size="20">Flur</text>').encode()

    assert list(letters_least_pixels(content, 11)) == [TOO_SMALL]
