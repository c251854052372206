"""Addresses of ``content`` that are no pages; included below the language prefix."""

from django.urls import include, path

from .feedback.views import accessibility_feedback, feedback_received
from .pages.views import missing

urlpatterns = [
    path("seite-fehlt/<uuid:key>/", missing, name="page_missing"),
    path(
        "barrierefreiheit/rueckmeldung/",
        accessibility_feedback,
        name="accessibility_feedback",
    ),
    path(
        "barrierefreiheit/rueckmeldung/danke/",
        feedback_received,
        name="accessibility_feedback_received",
    ),
    path("handgriffe/", include("content.cards.urls")),
    path("labore/", include("content.labs.urls")),
]
