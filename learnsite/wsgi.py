"""WSGI entry point: ``gunicorn learnsite.wsgi``."""

import gc
import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import reverse
from django.utils.translation import override

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "learnsite.settings.production")

application = get_wsgi_application()

# Reads all addresses now: left to the first requests, every thread would do it anew,
# and a class that starts just after the server would wait for seconds.
for _code, _name in settings.LANGUAGES:
    with override(_code):
        reverse("courses")

# What is loaded by now stays as long as the process. Left to the collector it would be
# looked through again whenever a long list is made, which takes longer than the list.
gc.collect()
gc.freeze()
