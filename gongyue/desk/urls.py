"""The workbench's addresses. One address for every action; `/` belongs to the public site."""

from __future__ import annotations

from django.urls import path

from .views import (
    account,
    act,
    audit,
    batches,
    documents,
    instalments,
    oversight,
    papers,
    programme,
    purchases,
    questionnaires,
    registers,
    search,
    service,
    workbench,
)

app_name = "desk"

urlpatterns = [
    path("login/", account.Login.as_view(), name="login"),
    path("login/as/<str:username>/", account.login_as, name="login-as"),
    path("logout/", account.Logout.as_view(), name="logout"),
    path("act-as/", account.act_as, name="act-as"),
    path("act-as/<int:post>/", account.act_as, name="act-as-post"),
    path("clock/", account.move_clock, name="clock"),
    path("desk/", workbench.workbench, name="workbench"),
    path("purchases/", purchases.purchases, name="purchases"),
    path("purchases/<int:pk>/", purchases.purchase, name="purchase"),
    path("records/new/", service.enter, name="record-new"),
    path("purchases/<int:pk>/list/<str:kind>/", service.rows, name="service-list"),
    path("purchases/<int:pk>/<str:tab>/", purchases.purchase, name="purchase-tab"),
    path("purchases/<int:purchase>/<str:kind>/<int:pk>/", purchases.subject, name="subject"),
    path("purchases/<int:purchase>/entries/<int:entry>/proof.json", documents.proof, name="proof"),
    path("do/<str:name>/new/", act.begin, name="begin"),
    path("do/<str:name>/<int:pk>/", act.do, name="do"),
    path("signoffs/<int:pk>/", papers.signoff, name="signoff-print"),
    path("draft/", act.draft, name="draft"),
    path("batches/<str:kind>/", batches.batch, name="batch"),
    path("batches/<str:kind>/template.csv", batches.template, name="batch-template"),
    path("batches/<str:kind>/template.xlsx", batches.workbook, name="batch-workbook"),
    path("documents/<int:pk>/", documents.document, name="document"),
    path("questionnaires/<int:pk>/", questionnaires.questionnaire, name="questionnaire"),
    path("questionnaires/<int:pk>/poster/", questionnaires.poster, name="questionnaire-poster"),
    path("questionnaires/<int:pk>/results.csv", questionnaires.export, name="questionnaire-export"),
    path("search/", search.found, name="search"),
    path("organisations/", registers.organisations, name="organisations"),
    path("posts/", registers.posts, name="posts"),
    path("instalments/", instalments.instalments, name="instalments"),
    path("instalments/pay/", instalments.pay, name="pay-several"),
    path("funds/", registers.funds, name="funds"),
    path("funds/<int:pk>/", registers.fund, name="fund"),
    path("calls/", registers.calls, name="calls"),
    path("programme/", programme.programme, name="programme"),
    path("feedback-desk/", oversight.feedbacks, name="feedbacks"),
    path("feedback-desk/<int:pk>/", oversight.feedback, name="feedback"),
    path("spot-checks/<int:pk>/list.txt", oversight.population, name="population"),
    path("recommendations/", oversight.recommendations, name="recommendations"),
    path("audit/", audit.trail, name="audit"),
    path("audit/trail.xlsx", audit.export, name="audit-export"),
    path("audit/entries/<int:pk>/", audit.entry, name="audit-entry"),
]
