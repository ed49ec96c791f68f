"""Every address of the site. Rooms have none: the desk and the portal show them."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("i18n/", include("django.conf.urls.i18n")),
    path("", include("gongyue.desk.urls")),
    path("", include("gongyue.portal.urls")),
]

handler400 = "gongyue.desk.errors.bad_request"
handler403 = "gongyue.desk.errors.forbidden"
handler404 = "gongyue.desk.errors.not_found"
handler500 = "gongyue.desk.errors.failed"
