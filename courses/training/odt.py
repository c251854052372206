"""A document as OpenDocument text: headings, lists and tables as what they are. Pure.

Who changes it in a word processor finds its styles under their usual names, and a
screen reader its outline, its language and the heading rows of its tables.
"""

from collections.abc import Iterable
from typing import Final

from .document import Document, Heading, Items, Paragraph, Part, Run, Table
from .opendocument import attribute_of, packed, text_of

MIMETYPE: Final = "application/vnd.oasis.opendocument.text"
COUNTRIES: Final = {"de": "DE", "en": "GB"}

NAMES: Final = """
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0"
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2\""""

CONTENT: Final = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<office:document-content'
    + NAMES
    + """>
<office:automatic-styles>
<style:style style:name="Gap" style:family="text">
<style:text-properties fo:background-color="#ffe9a8"/></style:style>
<style:style style:name="Cell" style:family="table-cell"><style:table-cell-properties
 fo:padding="0.1cm" fo:border-bottom="0.02cm solid #8a9693"/></style:style>
<style:style style:name="Wide" style:family="table"><style:table-properties
 style:rel-width="100%%" table:align="margins" fo:margin-bottom="0.4cm"/></style:style>
<text:list-style style:name="Bullets"><text:list-level-style-bullet text:level="1"
 text:bullet-char="•">%(place)s</text:list-level-style-bullet></text:list-style>
<text:list-style style:name="Numbers"><text:list-level-style-number text:level="1"
 style:num-format="1" style:num-suffix=".">%(place)s</text:list-level-style-number>
</text:list-style>
</office:automatic-styles>
<office:body><office:text>
%(body)s
</office:text></office:body></office:document-content>"""
)
PLACE: Final = (
    '<style:list-level-properties text:list-level-position-and-space-mode="label-'
    'alignment"><style:list-level-label-alignment text:label-followed-by="listtab" '
    'fo:margin-left="0.7cm" fo:text-indent="-0.6cm"/></style:list-level-properties>'
)

STYLES: Final = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<office:document-styles'
    + NAMES
    + """>
<office:styles>
<style:default-style style:family="paragraph"><style:text-properties
 fo:font-family="Arial, 'Liberation Sans', sans-serif" fo:font-size="11pt"
 fo:language="%(language)s" fo:country="%(country)s"/></style:default-style>
<style:style style:name="Standard" style:family="paragraph" style:class="text"/>
<style:style style:name="Text_20_body" style:display-name="Text body"
 style:family="paragraph" style:parent-style-name="Standard" style:class="text">
<style:paragraph-properties fo:margin-bottom="0.2cm" fo:line-height="120%%"/>
</style:style>
%(headings)s
<style:style style:name="Table_20_Contents" style:display-name="Table Contents"
 style:family="paragraph" style:parent-style-name="Standard" style:class="extra">
<style:text-properties fo:font-size="9pt"/></style:style>
<style:style style:name="Table_20_Heading" style:display-name="Table Heading"
 style:family="paragraph" style:parent-style-name="Table_20_Contents"
 style:class="extra"><style:text-properties fo:font-weight="bold"/></style:style>
</office:styles>
<office:automatic-styles><style:page-layout style:name="A4">
<style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm"
 fo:margin-top="2cm" fo:margin-bottom="2cm" fo:margin-left="2cm" fo:margin-right="2cm"/>
</style:page-layout></office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard"
 style:page-layout-name="A4"/></office:master-styles>
</office:document-styles>"""
)
HEADING: Final = """<style:style style:name="Heading_20_%(level)d"
 style:display-name="Heading %(level)d" style:family="paragraph"
 style:parent-style-name="Standard" style:next-style-name="Text_20_body"
 style:default-outline-level="%(level)d" style:class="text"><style:paragraph-properties
 fo:margin-top="0.5cm" fo:margin-bottom="0.2cm" fo:keep-with-next="always"/>
<style:text-properties fo:font-weight="bold" fo:font-size="%(size)dpt"/>
</style:style>"""
SIZES: Final = {1: 20, 2: 14, 3: 12}

META: Final = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<office:document-meta'
    + NAMES
    + """><office:meta><dc:title>%(title)s</dc:title>
<dc:creator>%(author)s</dc:creator><dc:language>%(language)s</dc:language>
</office:meta></office:document-meta>"""
)


def to_odt(document: Document) -> bytes:
    """Return a document as a file."""
    language = document.language.partition("-")[0]
    country = COUNTRIES.get(language, "")
    headings = "".join(
        HEADING % {"level": level, "size": size} for level, size in SIZES.items()
    )
    styles = {"language": language, "country": country, "headings": headings}
    meta = {
        "title": text_of(document.title),
        "author": text_of(document.author),
        "language": f"{language}-{country}",
    }
    body = [
        _heading(Heading(document.title, 1)),
        _paragraph(Paragraph(document.lead).runs),
        *(_part(part, number) for number, part in enumerate(document.parts)),
    ]
    return packed(
        MIMETYPE,
        {
            "content.xml": CONTENT % {"place": PLACE, "body": "\n".join(body)},
            "styles.xml": STYLES % styles,
            "meta.xml": META % meta,
        },
    )


def _part(part: Part, number: int) -> str:
    match part:
        case Heading():
            return _heading(part)
        case Paragraph():
            return _paragraph(part.runs)
        case Items():
            return _items(part)
        case Table():
            return _table(part, number)


def _heading(part: Heading) -> str:
    return (
        f'<text:h text:style-name="Heading_20_{part.level}" '
        f'text:outline-level="{part.level}">{_text(part.runs)}</text:h>'
    )


def _paragraph(runs: Iterable[Run], style: str = "Text_20_body") -> str:
    return f'<text:p text:style-name="{style}">{_text(runs)}</text:p>'


def _items(part: Items) -> str:
    style = "Numbers" if part.is_numbered else "Bullets"
    lines = "".join(
        f"<text:list-item>{_paragraph(line)}</text:list-item>" for line in part.lines
    )
    return f'<text:list text:style-name="{style}">{lines}</text:list>'


def _table(part: Table, number: int) -> str:
    heading = _row([(Run(cell),) for cell in part.heading], "Table_20_Heading")
    rows = "".join(_row(line, "Table_20_Contents") for line in part.lines)
    name = attribute_of(f"{part.label} ({number})")
    return (
        f'<table:table table:name={name} table:style-name="Wide"><table:table-column '
        f'table:number-columns-repeated="{len(part.heading)}"/>'
        f"<table:table-header-rows>{heading}</table:table-header-rows>{rows}"
        "</table:table>"
    )


def _row(cells: Iterable[Iterable[Run]], style: str) -> str:
    written = "".join(
        '<table:table-cell table:style-name="Cell" office:value-type="string">'
        f"{_paragraph(cell, style)}</table:table-cell>"
        for cell in cells
    )
    return f"<table:table-row>{written}</table:table-row>"


def _text(runs: Iterable[Run]) -> str:
    return "".join(_run(run) for run in runs)


def _run(run: Run) -> str:
    text = text_of(run.text)
    match run.kind:
        case "gap":
            return f'<text:span text:style-name="Gap">{text}</text:span>'
        case "link":
            address = attribute_of(run.text)
            return f'<text:a xlink:type="simple" xlink:href={address}>{text}</text:a>'
    return text
