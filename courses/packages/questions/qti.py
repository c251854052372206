"""QTI 2.1 (1EdTech): single items, and packages of them.

Only what an item asks is read; its own rules of processing are not carried out. An item
with one interaction of a kind that one of our types carries becomes a question.
"""

import posixpath
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import partial
from urllib.parse import unquote
from xml.etree.ElementTree import Element, tostring

from django.utils.html import escape
from django.utils.translation import gettext as _

from . import words
from .limits import (
    check_answers,
    check_count,
    check_elements,
    check_words,
    members_of,
    xml_of,
)
from .pictures import Gallery
from .results import Found, Picture, QuestionFileError, Refusal, TooMuchError
from .words import Draft

LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
INTERACTION = "Interaction"
CHOICES = ("simpleChoice", "simpleAssociableChoice", "inlineChoice", "gapText", "gap")


def read(content: bytes) -> list[Found]:
    """Read an item, or a package whose manifest names items."""
    if not content.startswith(b"PK"):
        root = xml_of(content)
        check_words(root.itertext())
        return [_item(root, lambda html: [])]
    members = members_of(content)
    if "imsmanifest.xml" not in members:
        raise QuestionFileError(
            _("The archive has no imsmanifest.xml: no QTI package.")
        )
    names = _items_of(xml_of(members["imsmanifest.xml"]))
    check_count(len(names))
    found: list[Found] = []
    tags, texts = 0, list[str]()
    gallery = Gallery()
    for name in names:
        if name not in members:
            found.append(Refusal(name, _("The archive does not hold this file.")))
            continue
        try:
            tags += members[name].count(b"<")
            check_elements(tags // 2)
            root = xml_of(members[name])
            texts.append("".join(root.itertext()))
            check_words(texts)
            beside = partial(_beside, members, posixpath.dirname(name))
            found.append(_item(root, partial(gallery.of, find=beside)))
        except TooMuchError:
            raise
        except QuestionFileError as error:
            found.append(Refusal(name, str(error)))
    return found


def _beside(members: Mapping[str, bytes], folder: str, source: str) -> bytes | None:
    """Return a file of the package that an item in a folder names."""
    return members.get(posixpath.normpath(posixpath.join(folder, source)))


def _items_of(manifest: Element) -> list[str]:
    """Return the names of the items, each once however often it is named."""
    names = (
        posixpath.normpath(unquote(resource.get("href", "")))
        for resource in manifest.iter()
        if _name(resource) == "resource"
        and resource.get("type", "").startswith("imsqti_item")
    )
    return list(dict.fromkeys(names))


def _item(root: Element, pictures_in: Callable[[str], list[Picture]]) -> Found:
    if _name(root) != "assessmentItem":
        raise QuestionFileError(_("This is not a QTI 2.1 item: no <assessmentItem>."))
    title = words.plain(root.get("title", "")) or root.get("identifier", "")
    draft = Draft(title=title[:120] or _("(without title)"))
    body = next((e for e in root if _name(e) == "itemBody"), None)
    if body is None:
        return draft.refused(_("It has no text (<itemBody>)."))
    interactions = [e for e in body.iter() if _name(e).endswith(INTERACTION)]
    check_answers(sum(_name(e) == "responseDeclaration" for e in root))
    check_answers(sum(_name(e) == "mapEntry" for e in root.iter()))
    if max(len(interactions), len(_named(body, "gap"))) > words.MOST_GAPS:
        return draft.refused(words.too_many_gaps())
    check_answers(sum(_name(e) in CHOICES for e in body.iter()))
    kinds = {_name(each) for each in interactions}
    if any(_name(each) == "printedVariable" for each in body.iter()):
        return draft.refused(words.changes())
    if kinds and kinds <= {"textEntryInteraction", "inlineChoiceInteraction"}:
        draft.pictures = pictures_in(_inner(body))
        draft.notes += _losses(root, body, draft)
        return _cloze(root, body, draft)
    if len(interactions) != 1:
        return draft.refused(_("It asks for several things at once, or for nothing."))
    interaction = interactions[0]
    reader = READERS.get(_name(interaction))
    if reader is None:
        return draft.refused(_reason(_name(interaction)))
    asked = "".join(_inner(each) for each in _children(interaction, "prompt"))
    scene = _inner(body, without=interaction)
    draft.pictures = pictures_in(scene + asked)
    draft.notes += _losses(root, body, draft)
    if words.plain(asked):
        draft.question, draft.intro = words.line(asked), words.block(scene)
    else:
        draft.question = words.line(scene)
    return reader(interaction, _correct(root, interaction), draft)


def _losses(root: Element, body: Element, draft: Draft) -> list[str]:
    """Name what no type of ours has a place for."""
    html = _inner(body)
    notes = [*words.losses(html, kept=draft.pictures), *words.formulas(html)]
    if any(_name(each) in ("modalFeedback", "feedbackBlock") for each in root.iter()):
        notes.append(words.feedback_left_out())
    return notes


def _choice(interaction: Element, correct: list[str], draft: Draft) -> Found:
    options = [
        words.option(
            words.line(_inner(each, without_named="feedbackInline")),
            words.line(_inner_of(each, "feedbackInline")),
            correct=each.get("identifier", "") in correct,
        )
        for each in _children(interaction, "simpleChoice")
    ]
    return words.choice(draft, options, many=interaction.get("maxChoices", "1") != "1")


def _order(interaction: Element, correct: list[str], draft: Draft) -> Found:
    texts = {
        each.get("identifier", ""): words.card(_inner(each))
        for each in _children(interaction, "simpleChoice")
    }
    if sorted(correct) != sorted(texts):
        return draft.refused(_("Its correct order does not name every part once."))
    return words.order(draft, [texts[name] for name in correct])


def _match(interaction: Element, correct: list[str], draft: Draft) -> Found:
    sets = list(_children(interaction, "simpleMatchSet"))
    if len(sets) != 2:
        return draft.refused(_("It has no two sides to match."))
    left, right = (
        {
            e.get("identifier", ""): _inner(e)
            for e in _children(s, "simpleAssociableChoice")
        }
        for s in sets
    )
    found = [pair.split() for pair in correct]
    if any(len(p) != 2 or p[0] not in left or p[1] not in right for p in found):
        return draft.refused(_("Its correct answer names parts that do not exist."))
    if len({pair[0] for pair in found}) < len(found):
        return draft.refused(_("One line has several correct answers."))
    rows = [(words.card(left[a]), words.card(right[b])) for a, b in found]
    used = {b for _a, b in found}
    unused = [words.card(text) for name, text in right.items() if name not in used]
    return words.pairs(draft, rows, unused)


def _gap_match(interaction: Element, correct: list[str], draft: Draft) -> Found:
    """Read words to be put into gaps, as gaps with all of the words to choose from."""
    forms = {
        each.get("identifier", ""): words.plain(_inner(each))
        for each in _children(interaction, "gapText")
    }
    if _children(interaction, "gapImg"):
        return draft.refused(_("Pictures go into its gaps. That does not exist here."))
    found = [pair.split() for pair in correct]
    if any(len(pair) != 2 or pair[0] not in forms for pair in found):
        return draft.refused(_("Its correct answer names parts that do not exist."))
    gaps = []
    for number, place in enumerate(_named(interaction, "gap"), start=1):
        right = [forms[a] for a, b in found if b == place.get("identifier")]
        if len(right) > 1:
            return draft.refused(_("A gap to choose from needs one correct answer."))
        gaps.append(words.gap(number, right, forms.values()))
        place.tag, place.text = "span", words.marker(number)
    own = [e for e in interaction if _name(e) not in ("prompt", "gapText")]
    text = "".join(_outer(e, None) + _escaped(e.tail) for e in own)
    return words.cloze(draft, words.block(text), gaps)


def _slider(interaction: Element, correct: list[str], draft: Draft) -> Found:
    """Read a slider, which brings its scale along; one number on it is right."""
    ends = [words.decimal(interaction.get(n, "")) for n in ("lowerBound", "upperBound")]
    value = words.decimal(correct[0]) if len(correct) == 1 else None
    if value is None or ends[0] is None or ends[1] is None:
        return draft.refused(words.one_number())
    least, most = f"{ends[0]:f}", f"{ends[1]:f}"
    return words.number(draft, {value: Decimal()}, None, least=least, most=most)


def _cloze(root: Element, body: Element, draft: Draft) -> Found:
    gaps = []
    for number, element in enumerate(_gaps(body), start=1):
        correct = _correct(root, element)
        if _name(element) == "inlineChoiceInteraction":
            texts = {
                each.get("identifier", ""): words.plain(_inner(each))
                for each in _children(element, "inlineChoice")
            }
            accepted = [texts[name] for name in correct if name in texts]
            gaps.append(words.gap(number, accepted[:1], texts.values()))
        else:
            accepted = [*correct, *_mapped(root, element)]
            gaps.append(words.gap(number, list(dict.fromkeys(accepted))))
        for child in list(element):
            element.remove(child)
        element.tag, element.text = "span", words.marker(number)
    draft.question = escape(draft.title)
    return words.cloze(draft, words.block(_inner(body)), gaps)


def _gaps(body: Element) -> list[Element]:
    return [e for e in body.iter() if _name(e).endswith(INTERACTION)]


def _correct(root: Element, interaction: Element) -> list[str]:
    """Return the values of the correct response, in their order."""
    wanted = interaction.get("responseIdentifier")
    for declaration in root:
        named = declaration.get("identifier") == wanted
        if _name(declaration) == "responseDeclaration" and named:
            for part in _children(declaration, "correctResponse"):
                values = [(v.text or "").strip() for v in _children(part, "value")]
                return [value for value in values if value]
    return []


def _mapped(root: Element, interaction: Element) -> list[str]:
    """Return the further forms that earn as much as the best one."""
    wanted = interaction.get("responseIdentifier")
    entries = [
        (entry.get("mapKey", "").strip(), entry.get("mappedValue", "0"))
        for declaration in root
        if declaration.get("identifier") == wanted
        for mapping in _children(declaration, "mapping")
        for entry in _children(mapping, "mapEntry")
    ]
    worth = {key: _number(value) for key, value in entries if key}
    best = max(worth.values(), default=0.0)
    return [key for key, value in worth.items() if value == best and best > 0]


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def _reason(kind: str) -> str:
    if kind in ("extendedTextInteraction", "uploadInteraction"):
        return words.no_free_texts()
    return _("There is no such type here: %(kind)s.") % {"kind": kind}


def _name(element: Element) -> str:
    """Return an element's name without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _children(parent: Element, name: str) -> list[Element]:
    return [each for each in parent if _name(each) == name]


def _named(root: Element, name: str) -> list[Element]:
    return [each for each in root.iter() if _name(each) == name]


def _inner_of(parent: Element, name: str) -> str:
    return " ".join(_inner(each) for each in _children(parent, name))


def _inner(
    element: Element, *, without: Element | None = None, without_named: str = ""
) -> str:
    """Return what stands inside an element as HTML, without namespaces."""
    parts = [_escaped(element.text)]
    for child in element:
        if child is not without and not _is_hidden(child, without_named):
            parts.append(_outer(child, without))
        parts.append(_escaped(child.tail))
    return "".join(parts)


def _is_hidden(element: Element, without_named: str) -> bool:
    """Say whether learners do not see an element: notes for who marks, feedback."""
    name = _name(element)
    if name == "rubricBlock":
        return "candidate" not in element.get("view", "").split()
    return name in (without_named, "feedbackBlock")


def _outer(element: Element, without: Element | None) -> str:
    name = _name(element)
    if name == "br":
        return "<br>"
    kept = "".join(
        f' {key}="{escape(value)}"'
        for key in ("href", "src", "data", "alt")
        if (value := element.get(key))
    )
    if (language := element.get(LANGUAGE)) is not None:
        kept += f' lang="{escape(language)}"'
    inner = _inner(element, without=without)
    return f"<{name}{kept}>{inner}</{name}>"


def _escaped(text: str | None) -> str:
    if not text:
        return ""
    holder = Element("x")
    holder.text = text
    return tostring(holder, encoding="unicode")[3:-4]


READERS: Mapping[str, Callable[[Element, list[str], Draft], Found]] = {
    "choiceInteraction": _choice,
    "orderInteraction": _order,
    "matchInteraction": _match,
    "gapMatchInteraction": _gap_match,
    "sliderInteraction": _slider,
}
