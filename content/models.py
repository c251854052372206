"""All models of ``content``, so that their label stays ``content``."""

from .cards.models import StepCard
from .feedback.models import AccessibilityFeedback
from .generation import ContentGeneration
from .glossary.models import GlossaryTerm
from .identity import SiteIdentity
from .pages.models import GlossaryPage, HomePage, LegalPage, StandardPage
from .sources.models import Source

__all__ = [
    "AccessibilityFeedback",
    "ContentGeneration",
    "GlossaryPage",
    "GlossaryTerm",
    "HomePage",
    "LegalPage",
    "SiteIdentity",
    "Source",
    "StandardPage",
    "StepCard",
]
