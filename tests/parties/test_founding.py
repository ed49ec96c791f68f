"""A city of its own, with nobody in it yet, under Guangzhou's rules."""

from __future__ import annotations

import io
import json
from datetime import date, datetime
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from gongyue.clock import LOCAL
from gongyue.demonstration.cast import Cast
from gongyue.kernel.actions import vocabulary
from gongyue.kernel.models import Division, Organisation, Person, Post, RegimeVersion
from gongyue.ledger.models import Entry, Opening
from gongyue.parties.domain.founding import FoundingRefused, found
from gongyue.policy import Regime
from tests.parties.acts import content, done, register

CITY = "990100"
FIRST: dict[str, Any] = {
    "division": CITY, "organisation": "新城市民政局", "kind": "civil_affairs", "person": "伍思齐", "username": "wu",
    "title": "登记岗", "since": date(2010, 7, 1),
}  # fmt: skip
COMMAND = [
    "found", "--division", CITY, "--organisation", "新城市民政局", "--kind", "civil_affairs", "--person", "伍思齐",
    "--username", "wu", "--title", "登记岗", "--since", "2010-07-01",
]  # fmt: skip


@pytest.fixture
def city(cast: Cast) -> Division:
    body = json.loads(RegimeVersion.objects.filter(code=cast.regime).latest("pk").body)
    body |= {"code": "cn-new-city", "jurisdiction": CITY}
    digest = Regime(body, vocabulary()).digest
    RegimeVersion.objects.create(code="cn-new-city", digest=digest, jurisdiction=CITY, body=json.dumps(body))
    return Division.objects.create(code=CITY, name="新城市", level="city", path=f"{CITY}/")


def test_the_first_registrar_is_founded(city: Division) -> None:
    post = found(**FIRST, at=datetime(2010, 7, 1, 9, tzinfo=LOCAL))
    office = post.organisation
    assert (office.name, office.division_id, office.state, office.version) == ("新城市民政局", CITY, "registered", 1)
    assert (post.title, post.since, post.state, post.version) == ("登记岗", date(2010, 7, 1), "held", 1)
    assert (post.person.name, post.person.has_usable_password()) == ("伍思齐", False)


def test_its_entries_name_no_actor_and_no_person(city: Division) -> None:
    post = found(**FIRST, at=datetime(2010, 7, 1, 9, tzinfo=LOCAL))
    entries = list(Entry.objects.filter(subject__in=[post.key, post.organisation.key]).order_by("pk"))
    assert [(e.action, e.version) for e in entries] == [("organisation.found", 1), ("post.found", 1)]
    assert {(e.post_id, e.person_id, e.organisation_id, e.purchase) for e in entries} == {(None, None, None, None)}
    assert {e.at for e in entries} == {datetime(2010, 7, 1, 9, tzinfo=LOCAL)}
    assert content(entries[0])["input"]["name"] == "新城市民政局"
    assert "伍思齐" not in entries[1].body
    opened = dict(Opening.objects.filter(entry=entries[1]).values_list("path", "value"))
    assert opened == {"input.name": "伍思齐", "input.username": "wu"}


def test_the_founded_registrar_registers_the_others(city: Division) -> None:
    post = found(**FIRST)
    office = done(register(post, name="新城市财政局", organisation_kind="finance", division=CITY))
    assert office.name == "新城市财政局"


def test_a_city_is_founded_once(city: Division) -> None:
    found(**FIRST)
    with pytest.raises(FoundingRefused, match="新城市已有机构"):
        found(**(FIRST | {"organisation": "另一个局", "username": "other"}))
    assert Organisation.objects.filter(division=city).count() == 1


def test_a_city_whose_streets_have_offices_has_been_founded(cast: Cast) -> None:
    with pytest.raises(FoundingRefused, match="广州市已有机构"):
        found(**(FIRST | {"division": "440100"}))


def test_the_first_must_be_a_registrar(city: Division) -> None:
    with pytest.raises(FoundingRefused, match="不是登记机关"):
        found(**(FIRST | {"kind": "finance"}))
    assert not Organisation.objects.filter(division=city).exists()


def test_the_place_must_be_known(city: Division) -> None:
    with pytest.raises(FoundingRefused, match="没有区划 990200"):
        found(**(FIRST | {"division": "990200"}))


def test_the_command_founds(city: Division) -> None:
    out = io.StringIO()
    call_command(*COMMAND, stdout=out)
    assert Post.objects.get(person__username="wu").organisation.name == "新城市民政局"
    assert out.getvalue() == "已登记：新城市民政局 登记岗 伍思齐\n请设置密码：gongyue password wu\n"


def test_the_command_says_why_not(city: Division) -> None:
    found(**FIRST)
    with pytest.raises(CommandError, match="新城市已有机构"):
        call_command(*COMMAND)


def test_a_password_is_set_from_a_pipe(city: Division, monkeypatch: pytest.MonkeyPatch) -> None:
    found(**FIRST)
    monkeypatch.setattr("sys.stdin", io.StringIO("榕树下的第九级石台阶\n"))
    out = io.StringIO()
    call_command("password", "wu", stdout=out)
    assert out.getvalue() == "伍思齐 的密码已设置\n"
    person = Person.objects.get(username="wu")
    assert person.check_password("榕树下的第九级石台阶")


def test_a_weak_password_is_refused(city: Division, monkeypatch: pytest.MonkeyPatch) -> None:
    found(**FIRST)
    monkeypatch.setattr("sys.stdin", io.StringIO("12345\n"))
    with pytest.raises(CommandError) as weak:
        call_command("password", "wu")
    assert str(weak.value) == "密码至少要有 10 个字符\n密码太常见，容易被猜中\n密码不能全是数字"
    assert not Person.objects.get(username="wu").has_usable_password()


def test_a_password_needs_somebody(cast: Cast) -> None:
    with pytest.raises(CommandError, match="没有用户名为“nobody”的人员"):
        call_command("password", "nobody")
