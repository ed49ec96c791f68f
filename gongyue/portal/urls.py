"""The public site's addresses: no login anywhere."""

from __future__ import annotations

from django.urls import path

from . import draws, feedback, projects, questionnaires, timetable, views

app_name = "portal"

urlpatterns = [
    path("", views.home, name="home"),
    path("notices/", views.notices, name="notices"),
    path("notices/<int:entry>/", views.notice, name="notice"),
    path("notices/<int:entry>/proof.json", views.proof, name="proof"),
    path("notices/<int:entry>/objection/", feedback.objection, name="objection"),
    path("notices/check_proof.py", views.checker, name="checker"),
    path("q/<str:token>/", questionnaires.questionnaire, name="questionnaire"),
    path("q/<str:token>/thanks/", questionnaires.thanks, name="thanks"),
    path("projects/", projects.projects, name="projects"),
    path("projects/<int:pk>/", projects.project, name="project"),
    path("projects/<int:pk>/draw/", draws.page, name="draw"),
    path("projects/<int:pk>/draw.json", draws.data, name="draw-data"),
    path("projects/<int:pk>/draw/proof.json", draws.proof, name="draw-proof"),
    path("providers/<int:pk>/", projects.provider, name="provider"),
    path("providers/<int:pk>/files/<int:document>/", projects.attachment, name="provider-file"),
    path("projects/<int:pk>/feedback/", feedback.entry, name="feedback"),
    path("feedback/", feedback.find, name="feedback-find"),
    path("feedback/<str:receipt>/", feedback.follow, name="feedback-follow"),
    path("streets/", views.streets, name="streets"),
    path("regimes/", views.regimes_list, name="regimes"),
    path("regimes/<str:code>/timetable/", timetable.timetable, name="timetable"),
    path("regimes/<str:code>/", views.regime, name="regime"),
]
