"""Addresses that lead somewhere else."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe


@require_safe
def without_german_prefix(request: HttpRequest, rest: str = "") -> HttpResponse:
    """German has no prefix. Two slashes in front would lead to another host."""
    query = request.META.get("QUERY_STRING", "")
    path = "/" + rest.lstrip("/\\")
    return HttpResponseRedirect(f"{path}?{query}" if query else path)
