"""WSGI entry point: ``gunicorn learnsite.wsgi``."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "learnsite.settings.production")

application = get_wsgi_application()
