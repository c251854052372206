"""Everything stored about a person: as a page to read and as JSON to take along."""

import json
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string
from django.utils import timezone

from .models import User
from .naming import site_name
from .registry import Declaration, declarations, raw_row, sections_for


def export_html(user: User) -> str:
    """Return one self-contained page: it needs no server to be read."""
    sections = [section for section in sections_for(user) if section.rows]
    return render_to_string(
        "accounts/export.html",
        {
            "account": user,
            "sections": sections,
            "site_name": site_name(),
            "site_url": settings.SITE_URL,
            "today": timezone.localdate(),
        },
    )


def export_json(user: User) -> str:
    """Return all values with what is said about them. Hashes are withheld."""
    content = {
        "site": settings.SITE_URL,
        "exported": timezone.localdate(),
        "account": user.pk,
        "data": [_section(declaration, user) for declaration in declarations()],
    }
    return json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)


def _section(declaration: Declaration, user: User) -> dict[str, Any]:
    return {
        "table": declaration.model,
        "title": str(declaration.title),
        "purpose": str(declaration.purpose),
        "legal_basis": str(declaration.basis),
        "seen_by": str(declaration.seen_by),
        "until": str(declaration.until),
        "rows": [raw_row(row, declaration.fields) for row in declaration.rows(user)],
    }
