"""Addresses of the whole site.

Everything a learner sees stands in ``i18n_patterns``; German has no prefix.
"""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from content.media import media
from courses.player.views.certificate import did
from learnsite import health, robots
from learnsite.redirects import without_german_prefix

urlpatterns = [
    path("healthz", health.live, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("robots.txt", robots.robots, name="robots"),
    path("sitemap.xml", robots.sitemap, name="sitemap"),
    path("favicon.ico", robots.favicon, name="favicon"),
    path("media/<path:path>", media, name="media"),
    path(".well-known/did.json", did, name="did"),
    path("cms/dokumente/", include(wagtaildocs_urls)),
    path("cms/", include("learnsite.accounts.cms_urls")),
    path("cms/", include(wagtailadmin_urls)),
    path("de/<path:rest>", without_german_prefix),
    path("de/", without_german_prefix),
    *i18n_patterns(
        # Before the addresses of accounts: signing out clears the device too.
        path("", include("courses.player.urls")),
        path("", include("courses.groups.urls")),
        path("", include("courses.training.urls")),
        path("", include("learnsite.accounts.urls")),
        path("", include("content.urls")),
        path("", include(wagtail_urls)),
        prefix_default_language=False,
    ),
]
