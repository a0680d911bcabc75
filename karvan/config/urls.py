"""Every address of the platform. People's pages carry their language first: /en/…, /ar/…"""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

# Without a language: machines and short public addresses.
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("karvan.foundation.web.urls_plain")),
    path("", include("karvan.stages.credentials.urls_plain")),
    path("", include("karvan.stages.timetables.urls_plain")),
    path("", include("karvan.stages.dossiers.urls_plain")),
]

urlpatterns += i18n_patterns(
    path("", include("karvan.desk.urls_public")),
    path("", include("karvan.foundation.web.urls")),
    path("", include("karvan.foundation.ui.urls")),
    path("", include("karvan.foundation.messages.urls")),
    path("accounts/", include("allauth.urls")),
    path("", include("karvan.desk.urls")),
    path("", include("karvan.stages.agreements.urls")),
    path("", include("karvan.stages.blueprints.urls")),
    path("", include("karvan.stages.editions.urls")),
    path("", include("karvan.stages.calls.urls")),
    path("", include("karvan.stages.reviews.urls")),
    path("", include("karvan.stages.selection.urls")),
    path("", include("karvan.stages.timetables.urls")),
    path("", include("karvan.stages.delivery.urls")),
    path("", include("karvan.stages.dossiers.urls")),
    path("", include("karvan.stages.ventures.urls")),
    path("", include("karvan.stages.convening.urls")),
    path("", include("karvan.stages.heritage.urls")),
    path("", include("karvan.stages.credentials.urls")),
    path("", include("karvan.stages.reports.urls")),
    prefix_default_language=True,
)

handler400 = "karvan.foundation.web.views.bad_request"
handler403 = "karvan.foundation.web.views.permission_denied"
handler404 = "karvan.foundation.web.views.not_found"
handler500 = "karvan.foundation.web.views.server_error"
