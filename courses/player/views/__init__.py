"""Views: read the request, ask for what is needed, answer."""
