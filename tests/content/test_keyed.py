"""Ids that texts name: taken once in a language, kept where a package names them."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Locale

from content.models import GlossaryTerm, Source, StepCard

pytestmark = pytest.mark.django_db
KINDS: dict[type, dict[str, Any]] = {
    GlossaryTerm: {"term": "Cookie", "short": "Ein kurzer Text im Browser."},
    Source: {"title": "DSGVO"},
    StepCard: {"title": "Bildschirm sperren", "as_of": date(2026, 11, 27)},
}
each_kind = pytest.mark.parametrize("kind", KINDS)


def row(kind: Any, key: str = "eins", language: str = "de", **more: Any) -> Any:
    locale = Locale.objects.get_or_create(language_code=language)[0]
    return kind(key=key, locale=locale, **KINDS[kind], **more)


@each_kind
def test_an_id_is_taken_once_in_each_language(kind: Any) -> None:
    row(kind).save()
    with pytest.raises(ValidationError) as refused:
        row(kind).clean()
    assert "Diese Id gibt es in dieser Sprache schon." in str(refused.value)
    row(kind, key="zwei").clean()
    row(kind, language="en").clean()


@each_kind
def test_a_row_may_be_saved_again(kind: Any) -> None:
    kept = row(kind)
    kept.save()
    kept.clean()


@pytest.mark.parametrize("kind", [Source, StepCard])
def test_what_a_package_named_keeps_its_id(kind: Any) -> None:
    """Else its next import would not find the row, and make it a second time."""
    own, packaged = row(kind), row(kind, key="zwei", import_hash="0" * 64)
    for each, name in ((own, "drei"), (packaged, "vier")):
        each.save()
        each.key = name
    own.clean()
    with pytest.raises(ValidationError) as refused:
        packaged.clean()
    assert "stammt aus einem Kurspaket" in str(refused.value)
