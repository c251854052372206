"""What the CMS learns from ``content``: rich text features, snippets, menus."""

from typing import Any, ClassVar

import django_filters  # type: ignore[import-untyped]
from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, JsonResponse
from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from draftjs_exporter.dom import DOM
from wagtail import hooks
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.rich_text.converters.html_to_contentstate import (
    InlineEntityElementHandler,
)
from wagtail.admin.rich_text.editors.draftail.features import EntityFeature
from wagtail.admin.ui.tables import UsageCountColumn
from wagtail.models import Locale, ReferenceIndex
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from .cards.queries import step_cards
from .glossary.queries import glossary
from .models import AccessibilityFeedback, GlossaryTerm, Source, StepCard
from .prose import GlossaryLinkHandler, StepCardLinkHandler

COMMON_LANGUAGES = [
    ("en", _("English")),
    ("de", _("German")),
    ("fr", _("French")),
    ("la", _("Latin")),
    ("tr", _("Turkish")),
    ("uk", _("Ukrainian")),
    ("ar", _("Arabic")),
]
LIST_SCRIPT = "content/js/draftail-listed.js"
DIALOG_SCRIPT = "content/js/draftail-dialog.js"
LANGUAGE_CODE = r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$"


class KeyElementHandler(InlineEntityElementHandler):
    """Reads ``<a linktype="…" id="key">`` of a term or a step card into the editor."""

    mutability = "MUTABLE"

    def get_attribute_data(self, attrs: dict[str, str]) -> dict[str, str]:
        """Keep the key alone; what it stands for is looked up when rendering."""
        return {"key": attrs.get("id", "")}


class LanguageElementHandler(InlineEntityElementHandler):
    """Reads ``<span lang="en">`` into the editor."""

    mutability = "MUTABLE"

    def get_attribute_data(self, attrs: dict[str, str]) -> dict[str, str]:
        """Keep the language code."""
        return {"lang": attrs.get("lang", "")}


def glossary_to_html(props: dict[str, Any]) -> Any:
    """Write a glossary term as it is stored."""
    attributes = {"linktype": "glossary", "id": props.get("key", "")}
    return DOM.create_element("a", attributes, props["children"])


def step_card_to_html(props: dict[str, Any]) -> Any:
    """Write a link to a step card as it is stored."""
    attributes = {"linktype": "card", "id": props.get("key", "")}
    return DOM.create_element("a", attributes, props["children"])


def language_to_html(props: dict[str, Any]) -> Any:
    """Write words of another language as they are stored."""
    return DOM.create_element(
        "span", {"lang": props.get("lang", "")}, props["children"]
    )


@hooks.register("register_rich_text_features")
def register_features(features: Any) -> None:
    """Teach the editor glossary terms, step cards and words of another language."""
    features.register_link_type(GlossaryLinkHandler)
    features.register_link_type(StepCardLinkHandler)
    _register_entity(
        features,
        name="glossary-term",
        entity="GLOSSARY-TERM",
        rule={'a[linktype="glossary"]': KeyElementHandler("GLOSSARY-TERM")},
        to_html=glossary_to_html,
        options={
            "icon": "help",
            "description": _("Glossary term"),
            "attributes": ["key"],
            "allowlist": {"key": r"^[a-z0-9-]+$"},
            "listUrl": reverse_lazy("content_glossary_terms"),
            "addUrl": reverse_lazy("wagtailsnippets_content_glossaryterm:add"),
            "texts": {
                "choose": _("Which term explains the marked words?"),
                "search": _("Search"),
                "empty": _("No term fits."),
                "add": _("Write a new term (new tab)"),
                "select": _("Mark the words first, then choose the term."),
                "cancel": _("Cancel"),
            },
        },
        script=LIST_SCRIPT,
    )
    _register_entity(
        features,
        name="step-card",
        entity="STEP-CARD",
        rule={'a[linktype="card"]': KeyElementHandler("STEP-CARD")},
        to_html=step_card_to_html,
        options={
            "icon": "list-ol",
            "description": _("Step card"),
            "attributes": ["key"],
            "allowlist": {"key": r"^[a-z0-9-]+$"},
            "listUrl": reverse_lazy("content_step_cards"),
            "addUrl": reverse_lazy("wagtailsnippets_content_stepcard:add"),
            "texts": {
                "choose": _("Which step card do the marked words lead to?"),
                "search": _("Search"),
                "empty": _("No step card fits."),
                "add": _("Write a new step card (new tab)"),
                "select": _("Mark the words first, then choose the step card."),
                "cancel": _("Cancel"),
            },
        },
        script=LIST_SCRIPT,
    )
    _register_entity(
        features,
        name="language",
        entity="LANGUAGE",
        rule={"span[lang]": LanguageElementHandler("LANGUAGE")},
        to_html=language_to_html,
        options={
            "icon": "globe",
            "description": _("Words in another language"),
            "attributes": ["lang"],
            "allowlist": {"lang": LANGUAGE_CODE},
            "texts": {
                "choose": _("In which language are the marked words?"),
                "other": _("Another language code"),
                "invalid": _("A language code looks like en or pt-BR."),
                "select": _("Mark the words first, then choose the language."),
                "keep": _("Choose"),
                "cancel": _("Cancel"),
            },
            "languages": [
                {"code": code, "name": name} for code, name in COMMON_LANGUAGES
            ],
        },
        script="content/js/draftail-language.js",
    )


def _register_entity(
    features: Any,
    *,
    name: str,
    entity: str,
    rule: dict[str, Any],
    to_html: Any,
    options: dict[str, Any],
    script: str,
) -> None:
    features.register_editor_plugin(
        "draftail",
        name,
        EntityFeature({"type": entity, **options}, js=[DIALOG_SCRIPT, script]),
    )
    features.register_converter_rule(
        "contentstate",
        name,
        {
            "from_database_format": rule,
            "to_database_format": {"entity_decorators": {entity: to_html}},
        },
    )


class GlossaryTermViewSet(SnippetViewSet):
    """Terms of the glossary, with the number of texts that explain a word by them."""

    model = GlossaryTerm
    icon = "help"
    menu_label = _("Glossary")
    list_display: ClassVar[list[Any]] = [
        "term",
        "locale",
        "key",
        "short",
        UsageCountColumn("usage_count", label=_("Uses"), sort_key="usage_count"),
    ]
    search_fields: ClassVar[list[str]] = ["term", "key", "short"]
    ordering: ClassVar[list[str]] = ["term"]
    search_backend_name = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[GlossaryTerm]:
        """Count the uses."""
        uses = ReferenceIndex.usage_count_subquery(GlossaryTerm)
        return GlossaryTerm.objects.annotate(usage_count=uses)


def due_filter(label: Any) -> django_filters.ChoiceFilter:
    """Return the filter for what somebody has to look at again."""
    return django_filters.ChoiceFilter(
        label=label,
        choices=[("due", _("the day has come"))],
        empty_label=_("All"),
        method="only_due",
        widget=forms.RadioSelect,
    )


class SourceFilterSet(WagtailFilterSet):
    """Finds what has to be read again."""

    due = due_filter(_("Read again by"))

    class Meta:
        model = Source
        fields: ClassVar[list[str]] = []

    def only_due(self, rows: Any, _name: str, _value: str) -> Any:
        """Keep the sources whose day has come."""
        return rows.filter(pk__in=Source.objects.due())


class StepCardFilterSet(WagtailFilterSet):
    """Finds what has to be checked again."""

    due = due_filter(_("Check again by"))

    class Meta:
        model = StepCard
        fields: ClassVar[list[str]] = []

    def only_due(self, rows: Any, _name: str, _value: str) -> Any:
        """Keep the cards whose day has come."""
        return rows.filter(pk__in=StepCard.objects.due())


class SourceViewSet(SnippetViewSet):
    """Sources that texts share, with the number of their uses."""

    model = Source
    icon = "link-external"
    menu_label = _("Sources")
    list_display: ClassVar[list[Any]] = [
        "title",
        "locale",
        "publisher",
        "review",
        UsageCountColumn("usage_count", label=_("Uses"), sort_key="usage_count"),
    ]
    filterset_class = SourceFilterSet
    search_fields: ClassVar[list[str]] = ["title", "publisher", "key", "url"]
    ordering: ClassVar[list[str]] = ["title"]
    search_backend_name = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[Source]:
        """Count the uses."""
        uses = ReferenceIndex.usage_count_subquery(Source)
        return Source.objects.annotate(usage_count=uses)


class StepCardViewSet(SnippetViewSet):
    """Step cards, with the number of texts that link them."""

    model = StepCard
    icon = "list-ol"
    menu_label = _("Step cards")
    list_display: ClassVar[list[Any]] = [
        "title",
        "locale",
        "as_of",
        "review",
        UsageCountColumn("usage_count", label=_("Uses"), sort_key="usage_count"),
    ]
    filterset_class = StepCardFilterSet
    search_fields: ClassVar[list[str]] = ["title", "summary", "key"]
    ordering: ClassVar[list[str]] = ["title"]
    search_backend_name = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[StepCard]:
        """Count the uses."""
        uses = ReferenceIndex.usage_count_subquery(StepCard)
        return StepCard.objects.annotate(usage_count=uses)


class FeedbackViewSet(SnippetViewSet):
    """Reports of barriers, those to answer next first."""

    model = AccessibilityFeedback
    icon = "comment"
    menu_label = _("Feedback on accessibility")
    list_display: ClassVar[list[str]] = [
        "__str__",
        "received",
        "answer_due",
        "answered",
        "erased_on",
    ]
    list_filter: ClassVar[list[str]] = ["answered", "answer_due"]
    ordering: ClassVar[list[str]] = ["answered", "answer_due"]


class SiteTextsGroup(SnippetViewSetGroup):
    """One menu for what stands beside the pages."""

    menu_label = _("Site")
    menu_icon = "site"
    items = (GlossaryTermViewSet, SourceViewSet, StepCardViewSet, FeedbackViewSet)


register_snippet(SiteTextsGroup)


def glossary_terms(request: HttpRequest) -> JsonResponse:
    """Return id, term and explanation of every term, for the editor's dialog."""
    terms = glossary(Locale.get_default().language_code).values()
    rows = [{"key": t.key, "name": t.term, "short": t.short} for t in terms]
    return JsonResponse({"rows": rows})


def step_card_list(request: HttpRequest) -> JsonResponse:
    """Return id, title and summary of every step card, for the editor's dialog."""
    cards = step_cards(Locale.get_default().language_code).values()
    rows = [{"key": c.key, "name": c.title, "short": c.summary} for c in cards]
    return JsonResponse({"rows": rows})


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[URLPattern]:
    """Add the addresses the editor's dialogs read; Wagtail asks for the sign-in."""
    return [
        path("glossary-terms/", glossary_terms, name="content_glossary_terms"),
        path("step-cards/", step_card_list, name="content_step_cards"),
    ]
