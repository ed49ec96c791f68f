"""A questionnaire as people meet it: the public form, the thanks, the bounds; and its results at the desk."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from gongyue import clock
from gongyue.demonstration.line import Line
from gongyue.needs.models import Answer, NeedsSurvey, Questionnaire, TurnedAway
from gongyue.portal import questionnaires

GIVEN = {"q1": "60岁及以上", "q2": ["长者照顾", "就业援助"], "q3": "4", "q4": "3", "q5": "=多开夜间班"}


@pytest.fixture(autouse=True)
def training(settings: Any, db: None) -> None:
    settings.GONGYUE_DEMONSTRATION = True
    clock.advance(date(2010, 9, 9))


@pytest.fixture
def survey(line: Line) -> Questionnaire:
    line.open(date(2010, 9, 6))
    line.act("needs_survey.draft", None, date(2010, 9, 7))
    line.act("needs_survey.open", line.latest(NeedsSurvey), date(2010, 9, 8))
    found: Questionnaire = line.latest(NeedsSurvey)
    return found


def send(client: Client, survey: Questionnaire, /, **changed: Any) -> Any:
    return client.post(f"/q/{survey.token}/", {"key": str(uuid4())} | GIVEN | changed)


def test_anybody_answers_without_an_account(client: Client, survey: Questionnaire) -> None:
    page = client.get(f"/q/{survey.token}/")
    assert (page.status_code, "max-age=0" in page["Cache-Control"]) == (200, True)
    assert "第 1 题，共 5 题" in page.content.decode()
    sent = send(client, survey)
    assert (sent.status_code, sent["Location"]) == (302, f"/q/{survey.token}/thanks/")
    assert "已经收到，谢谢您" in client.get(sent["Location"]).content.decode()
    assert Answer.objects.get().data == {
        "1": "60岁及以上", "2": ["长者照顾", "就业援助"], "3": 4, "4": 3, "5": "=多开夜间班",
    }  # fmt: skip


def test_the_printed_address_has_dashes(client: Client, survey: Questionnaire) -> None:
    token = survey.token or ""
    assert client.get(f"/q/{token[:4]}-{token[4:8].upper()}-{token[8:]}/").status_code == 200
    assert client.get("/q/aaaa-bbbb-cccc/").status_code == 404


def test_nothing_is_lost_on_an_error(client: Client, survey: Questionnaire) -> None:
    sent = send(client, survey, q1="", q5="请多办长者饭堂")
    text = sent.content.decode()
    assert sent.status_code == 422
    assert "有 1 题需要补充或改正" in text
    assert "请多办长者饭堂" in text
    assert text.count("checked") == 3
    assert Answer.objects.count() == 0
    assert send(client, survey, key="").status_code == 422


def test_one_sent_twice_counts_once(client: Client, survey: Questionnaire) -> None:
    key = str(uuid4())
    assert [send(client, survey, key=key).status_code for _n in range(2)] == [302, 302]
    assert Answer.objects.count() == 1


def test_one_phone_answers_once_and_is_told(client: Client, survey: Questionnaire) -> None:
    assert [send(client, survey).status_code for _n in range(20)] == [302] + [429] * 19
    assert "这部手机已经答过了" in client.get(f"/q/{survey.token}/").content.decode()
    assert (Answer.objects.count(), TurnedAway.objects.get().times) == (1, 19)


def test_one_network_is_bound_and_nothing_typed_is_lost(survey: Questionnaire, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(questionnaires, "PER_NETWORK", 3)
    assert [send(Client(), survey).status_code for _n in range(4)] == [302, 302, 302, 429]
    assert "=多开夜间班" in send(Client(), survey).content.decode()
    assert send(Client(REMOTE_ADDR="198.51.100.4"), survey).status_code == 302
    assert (Answer.objects.count(), TurnedAway.objects.get().times) == (4, 2)


def test_after_the_last_day_none_is_taken(client: Client, survey: Questionnaire) -> None:
    clock.advance(date(2010, 9, 19))
    assert "这份问卷已经截止" in client.get(f"/q/{survey.token}/").content.decode()
    assert send(client, survey).status_code == 409
    assert Answer.objects.count() == 0


def test_a_form_of_another_site_is_refused(survey: Questionnaire) -> None:
    assert send(Client(enforce_csrf_checks=True), survey).status_code == 403


def login(line: Line, post: Any) -> Client:
    client = Client()
    client.force_login(post.person)
    session = client.session
    session["post"] = post.pk
    session.save()
    return client


def test_results_are_drawn_and_taken_away(
    line: Line, survey: Questionnaire, client: Client, django_assert_num_queries: Any
) -> None:
    send(client, survey)
    send(client, survey)
    officer = login(line, line.cast.streets[line.street.pk])
    with django_assert_num_queries(9):
        page = officer.get(f"/questionnaires/{survey.pk}/").content.decode()
    assert ("有 1 次提交" in page, "=多开夜间班" in page, page.count("data-chart=")) == (True, True, 3)
    rows = list(csv.reader(io.StringIO(officer.get(f"/questionnaires/{survey.pk}/results.csv").content.decode())))
    assert rows[-2:] == [
        ["4", "家里需要照顾的人数", "数字", "3", "1"],
        ["5", "您还有什么建议", "简短文字", "'=多开夜间班", "1"],
    ]
    assert (
        "-".join(((survey.token or "")[:4], (survey.token or "")[4:8]))
        in officer.get(f"/questionnaires/{survey.pk}/poster/").content.decode()
    )
    assert survey.title in officer.get(f"/purchases/{survey.purchase_id}/founding/").content.decode()


def test_own_words_are_for_officers(line: Line, survey: Questionnaire, client: Client) -> None:
    send(client, survey)
    committee = login(line, line.cast.committees[line.street.pk])
    page = committee.get(f"/questionnaires/{survey.pk}/").content.decode()
    assert ("文字答案只供机关查看" in page, "多开夜间班" in page) == (True, False)
    assert "多开夜间班" not in committee.get(f"/questionnaires/{survey.pk}/results.csv").content.decode()


def test_others_know_of_no_questionnaire(line: Line, survey: Questionnaire) -> None:
    stranger = login(line, line.cast.social[0])
    for end in ("", "poster/", "results.csv"):
        assert stranger.get(f"/questionnaires/{survey.pk}/{end}").status_code == 404
