"""Make the four photos of the lab out of drawings: JPEG files with real Exif data.

Run in this folder: ``uv run python make_samples.py``. Draws ``static/photos/`` and
writes ``static/vendor/samples.js`` (base64, so that the module has the files' bytes
without asking for them). Needs Chromium for drawing, like the browser tests.
"""

import base64
import io
import struct
from collections.abc import Sequence
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

HERE = Path(__file__).parent
DRAWINGS = HERE.parent / "static" / "photos"
TARGET = HERE.parent / "static" / "vendor" / "samples.js"
CHROMIUM = "/usr/bin/chromium"
SIZE = (480, 360)
SMALL = (240, 180)
#: Where the bag stands in its drawing; what lies around it was cut away.
CROP = (236, 112, 476, 292)

Entry = tuple[int, int, int, bytes]
Rational = tuple[int, int]

HEAD = """\
// Four photos as base64, made out of photos/ by tests/make_samples.py. All of it
// is made up: people, brands, town. Data and no code, so it stands apart.
export const samples = {
"""


def text(tag: int, value: str) -> Entry:
    data = value.encode() + b"\0"
    return tag, 2, len(data), data


def short(tag: int, value: int) -> Entry:
    return tag, 3, 1, struct.pack(">H", value)


def long(tag: int, value: int) -> Entry:
    return tag, 4, 1, struct.pack(">I", value)


def rationals(tag: int, *values: Rational) -> Entry:
    data = b"".join(struct.pack(">II", *value) for value in values)
    return tag, 5, len(values), data


def degrees(tag: int, value: float) -> Entry:
    whole, rest = divmod(value, 1)
    minutes, rest = divmod(rest * 60, 1)
    hundredths = round(rest * 60 * 100)
    return rationals(tag, (int(whole), 1), (int(minutes), 1), (hundredths, 100))


def directory(entries: Sequence[Entry], start: int, after: int = 0) -> bytes:
    """Return an image file directory that stands at ``start``; see TIFF 6.0."""
    table = struct.pack(">H", len(entries))
    values = b""
    room = start + 2 + 12 * len(entries) + 4
    for tag, kind, count, data in sorted(entries):
        table += struct.pack(">HHI", tag, kind, count)
        if len(data) <= 4:
            table += data.ljust(4, b"\0")
        else:
            table += struct.pack(">I", room + len(values))
            values += data + b"\0" * (len(data) % 2)
    return table + struct.pack(">I", after) + values


def exif(
    main: Sequence[Entry],
    detail: Sequence[Entry],
    place: Sequence[Entry] = (),
    small: bytes = b"",
) -> bytes:
    """Return an Exif block: the directories one after the other, then the thumbnail."""
    pointers = [long(0x8769, 0), *([long(0x8825, 0)] if place else [])]
    at = 8
    detail_at = at + len(directory([*main, *pointers], at))
    place_at = detail_at + len(directory(detail, detail_at))
    small_at = place_at + (len(directory(place, place_at)) if place else 0)
    own = [long(0x8769, detail_at), *([long(0x8825, place_at)] if place else [])]
    block = b"MM\0*" + struct.pack(">I", at)
    block += directory([*main, *own], at, small_at if small else 0)
    block += directory(detail, detail_at)
    block += directory(place, place_at) if place else b""
    if small:
        rest = [short(0x0103, 6), long(0x0201, 0), long(0x0202, len(small))]
        data_at = small_at + len(directory(rest, small_at))
        rest[1] = long(0x0201, data_at)
        block += directory(rest, small_at) + small
    return b"Exif\0\0" + block


def drawn(browser: Browser, name: str) -> Image.Image:
    page = browser.new_page(viewport={"width": SIZE[0], "height": SIZE[1]})
    page.set_content(f"<body style='margin:0'>{(DRAWINGS / name).read_text()}")
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    page.close()
    return picture


def jpeg(picture: Image.Image, block: bytes = b"", quality: int = 50) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality, optimize=True, exif=block)
    return out.getvalue()


PHONE = [text(0x010F, "Lumo"), text(0x0110, "Lumo F5")]


def taken(moment: str) -> list[Entry]:
    return [text(0x9003, moment), text(0x9011, "+02:00")]


def photos(browser: Browser) -> dict[str, bytes]:
    """Return the four files of the case."""
    bag = drawn(browser, "tasche.svg")
    sea = drawn(browser, "meer.svg")
    bike = drawn(browser, "rad.svg")
    lens = [rationals(0x829A, (1, 250)), rationals(0x829D, (18, 10)), short(0x8827, 50)]
    home = [
        text(0x0001, "N"),
        degrees(0x0002, 54.504218),
        text(0x0003, "E"),
        degrees(0x0004, 6.515166),
        rationals(0x001F, (5, 1)),
    ]
    cropped = bag.crop(CROP).resize(SIZE, Image.Resampling.LANCZOS)
    before = jpeg(bag.resize(SMALL, Image.Resampling.LANCZOS), quality=45)
    edited = [text(0x0131, "Bildkniff 4.2"), text(0x013B, "Kim Wolter")]
    return {
        "rad": jpeg(bike, exif(PHONE, [*taken("2026:08:03 09:12:44"), *lens], home)),
        "tasche": jpeg(
            cropped,
            exif([*PHONE, *edited], taken("2026:08:03 09:20:10"), small=before),
        ),
        "meer": jpeg(sea, exif(PHONE, [*taken("2026:08:04 15:58:31"), *lens])),
        "strasse": jpeg(drawn(browser, "strasse.svg")),
    }


def main() -> None:
    """Write the module."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox"]
        )
        made = photos(browser)
        browser.close()
    lines = (f'  {n}: "{base64.b64encode(d).decode()}",\n' for n, d in made.items())
    TARGET.write_text(HEAD + "".join(lines) + "};\n")
    for name, data in made.items():
        print(name, len(data))  # noqa: T201


if __name__ == "__main__":
    main()
