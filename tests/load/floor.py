"""The floor: what the cheapest useful page of a learner would cost.

One view behind nothing but sessions: it reads the session, makes one SQL read and one
SQL write and returns 30 KB. The benchmark serves it in a process of its own, with the
site's settings and database; it is no part of the site.
"""

import os

import django
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "learnsite.settings.production")
django.setup()  # allauth looks for its middleware here, so ours are set afterwards
settings.ROOT_URLCONF = __name__
settings.MIDDLEWARE = ["django.contrib.sessions.middleware.SessionMiddleware"]
settings.SESSION_ENGINE = "django.contrib.sessions.backends.db"

User = get_user_model()
Enrolment = apps.get_model("courses", "Enrolment")
PAGE = b"x" * 30_000


def floor(request: HttpRequest) -> HttpResponse:
    """Three statements and a constant."""
    user = User.objects.get(pk=request.session["user"])
    Enrolment.objects.filter(user_id=user.pk).update(day=timezone.localdate())
    return HttpResponse(PAGE, headers={"Content-Length": str(len(PAGE))})


def live(request: HttpRequest) -> HttpResponse:
    """Answer while the process runs."""
    return HttpResponse("ok")


urlpatterns = [path("floor/", floor), path("healthz", live)]
application = WSGIHandler()
