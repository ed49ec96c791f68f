"""Coming in, acting from a post, and the training clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from gongyue import clock
from gongyue.demonstration.accounts import ACCOUNTS
from gongyue.demonstration.cast import Cast
from gongyue.demonstration.line import Line
from gongyue.desk.views.account import next_month, step
from gongyue.kernel.models import Obligation, Person

from .conftest import Desk, notes, text


@pytest.fixture
def person(cast: Cast) -> Person:
    person = Person.objects.get(pk=cast.registrar.person_id)  # the cast is shared by all tests
    person.set_password("回廊-spring-2010")
    person.save()
    return person


def test_a_right_password_leads_to_the_workbench(client: Client, person: Person) -> None:
    answer = client.post("/login/", {"username": "city", "password": "回廊-spring-2010"})
    assert (answer.status_code, answer["Location"]) == (302, "/desk/")


def test_one_is_led_back_to_the_page_that_asked(client: Client, person: Person) -> None:
    answer = client.get("/purchases/7/")
    assert (answer.status_code, answer["Location"]) == (302, "/login/?next=/purchases/7/")
    sent = {"username": "city", "password": "回廊-spring-2010", "next": "/purchases/7/"}
    assert client.post("/login/", sent)["Location"] == "/purchases/7/"


def test_a_wrong_password_and_an_unknown_name_read_the_same(client: Client, person: Person) -> None:
    for name in ("city", "nobody"):
        answer = client.post("/login/", {"username": name, "password": "wrong"})
        assert answer.status_code == 200
        assert "用户名或密码不对，请核对后再试" in text(answer)


def test_five_failures_lock_the_door(client: Client, person: Person) -> None:
    for _ in range(4):
        assert client.post("/login/", {"username": "city", "password": "wrong"}).status_code == 200
    locked = client.post("/login/", {"username": "city", "password": "wrong"})
    assert (locked.status_code, "登录已暂停" in text(locked)) == (429, True)
    right = client.post("/login/", {"username": "city", "password": "回廊-spring-2010"})
    assert (right.status_code, "_auth_user_id" in client.session) == (429, False)


def test_one_click_login_is_for_the_demonstration_only(client: Client, cast: Cast) -> None:
    assert client.post("/login/as/city/").status_code == 404
    assert "_auth_user_id" not in client.session
    assert "/login/as/" not in text(client.get("/login/"))


def test_one_click_login_in_the_demonstration(client: Client, cast: Cast, settings: Any) -> None:
    settings.GONGYUE_DEMONSTRATION = True
    page = text(client.get("/login/"))
    assert [page.count(f'action="/login/as/{account.username}/"') for account in ACCOUNTS] == [1] * len(ACCOUNTS)
    answer = client.post("/login/as/city/")
    assert (answer.status_code, answer["Location"]) == (303, "/desk/")
    assert client.session["_auth_user_id"] == str(cast.registrar.person_id)


def test_one_click_login_knows_its_own_accounts_only(client: Client, cast: Cast, settings: Any) -> None:
    settings.GONGYUE_DEMONSTRATION = True
    assert Person.objects.filter(username="expert-2").exists()
    assert client.post("/login/as/expert-2/").status_code == 404
    assert client.get("/login/as/city/").status_code == 405


def test_logging_out_takes_a_post(cast: Cast, desk: Desk) -> None:
    client = desk(cast.registrar)
    assert client.get("/logout/").status_code == 405
    answer = client.post("/logout/")
    assert (answer.status_code, answer["Location"], "_auth_user_id" in client.session) == (302, "/", False)


def test_without_a_post_there_is_nothing_to_act_from(client: Client, cast: Cast) -> None:
    client.force_login(Person.objects.create_user("guest", "访客"))
    answer = client.get("/desk/")
    assert (answer.status_code, "没有在任的岗位" in text(answer)) == (403, True)


def test_acting_from_another_of_ones_posts(cast: Cast, desk: Desk) -> None:
    second = cast.post(cast.registrar.organisation, "福利处经办", "city-second")
    second.person = cast.registrar.person
    second.save()
    client = desk(cast.registrar)
    answer = client.post("/act-as/", {"post": second.pk, "next": "/purchases/"})
    assert (answer.status_code, answer["Location"]) == (303, "/purchases/")
    assert notes(answer) == ["现在以“广州市民政局 福利处经办”的身份办理"]
    assert "广州市民政局 · 福利处经办" in text(client.get("/desk/"))
    assert client.post(f"/act-as/{cast.registrar.pk}/").status_code == 303
    assert client.session["post"] == cast.registrar.pk


def test_nobody_acts_from_somebody_elses_post(cast: Cast, desk: Desk) -> None:
    client = desk(cast.registrar)
    other = cast.social[0]
    assert client.post("/act-as/", {"post": other.pk}).status_code == 404
    assert client.post(f"/act-as/{other.pk}/").status_code == 404
    assert client.session["post"] == cast.registrar.pk


def test_a_post_that_is_no_longer_held_is_not_offered(cast: Cast, desk: Desk) -> None:
    left = cast.post(cast.registrar.organisation, "福利处经办", "leaver")
    client = desk(left)
    assert client.get("/desk/").status_code == 200
    left.until = date(2010, 7, 2)
    left.save()
    assert client.get("/desk/").status_code == 403


def test_going_back_stays_on_this_site(cast: Cast, desk: Desk) -> None:
    answer = desk(cast.registrar).post("/act-as/", {"post": cast.registrar.pk, "next": "https://example.org/"})
    assert answer["Location"] == "/desk/"


# --- the training clock -------------------------------------------------------------------------------------------


def test_the_clock_of_a_deployment_does_not_move(cast: Cast, desk: Desk) -> None:
    assert desk(cast.registrar).post("/clock/", {"step": "day"}).status_code == 404


@pytest.mark.parametrize(
    ("name", "day"),
    [("day", "2011-02-01"), ("week", "2011-02-07"), ("month", "2011-02-28")],
    ids=["day", "week", "month"],
)
def test_the_clock_moves_by_a_step(name: str, day: str, cast: Cast, desk: Desk, today: Callable[[str], date]) -> None:
    today("2011-01-31")
    answer = desk(cast.registrar).post("/clock/", {"step": name, "next": "/purchases/"})
    assert (answer.status_code, answer["Location"], clock.today().isoformat()) == (303, "/purchases/", day)
    assert notes(answer) == [f"训练时钟已走到 {day}"]


def test_the_clock_moves_to_the_next_deadline(line: Line, desk: Desk, today: Callable[[str], date]) -> None:
    line.open(date(2010, 8, 2))
    today("2010-08-03")
    client = desk(line.cast.registrar)
    due = Obligation.objects.get(action="implementation.submit").due_on
    assert client.post("/clock/", {"step": "next-deadline"}).status_code == 303
    assert clock.today() == due == date(2010, 8, 31)
    answer = client.post("/clock/", {"step": "next-deadline"})
    assert notes(answer)[-1] == "此后没有已定的期限，时钟没有移动"
    assert clock.today() == due


def test_an_unknown_step_does_not_exist(cast: Cast, desk: Desk, today: Callable[[str], date]) -> None:
    today("2011-01-31")
    assert desk(cast.registrar).post("/clock/", {"step": "back"}).status_code == 404


def test_a_month_ends_where_the_next_one_does() -> None:
    assert next_month(date(2012, 1, 31)) == date(2012, 2, 29)
    assert next_month(date(2010, 12, 15)) == date(2011, 1, 15)
    assert step("day", date(2010, 12, 31)) == date(2011, 1, 1)
