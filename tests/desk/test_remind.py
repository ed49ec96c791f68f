"""`gongyue remind`: one digest a day, to those who asked for it, and nothing about anybody's case in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import StringIO
from smtplib import SMTPServerDisconnected
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command

from gongyue.demonstration.cast import must
from gongyue.demonstration.line import Line
from gongyue.demonstration.streets import opened
from gongyue.kernel.models import Person, Post, Reminder
from gongyue.ledger.models import Entry, Opening
from tests.parties.acts import attempt, errors

from .conftest import Desk, text

pytestmark = pytest.mark.django_db
Today = Callable[[str], date]


@pytest.fixture
def mailing(settings: Any) -> None:
    """Mail is configured; Django's tests keep what is sent."""
    settings.EMAIL_URL, settings.DEFAULT_FROM_EMAIL = "smtp://localhost", "公约 <gongyue@example.org>"
    settings.GONGYUE_SITE = "https://gongyue.example.org"


def wants(post: Post, email: str) -> None:
    must("post.mail", post, post, date(2010, 8, 2), {"email": email})


def remind(*options: str) -> str:
    out = StringIO()
    call_command("remind", *options, stdout=out)
    return out.getvalue().strip()


def test_nothing_is_sent_without_settings(line: Line, today: Today) -> None:
    line.open(date(2010, 8, 2))
    wants(line.cast.streets[line.street.pk], "street@example.org")
    today("2010-09-10")
    assert remind() == "没有配置邮件（EMAIL_URL 和 GONGYUE_MAIL_FROM），没有发送任何提醒"
    assert (mail.outbox, Reminder.objects.count()) == ([], 0)


def test_a_digest_names_what_is_late_due_and_new_once_a_day(line: Line, today: Today, mailing: None) -> None:
    street = line.cast.streets[line.street.pk]
    line.open(date(2010, 8, 2))
    wants(street, "street@example.org")
    today("2010-09-10")
    assert remind() == "已发送 1 封提醒"
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == (["street@example.org"], "公约待办提醒：逾期 1 项，即将到期 0 项，新收到 0 项")
    assert sent.body.split("\n") == [
        f"{street.person.name}：", "", "已逾期（1）",
        "  · 提交实施方案 · 广卫街社区综合服务中心，期限 2010-08-31，已逾期 10 天", "",
        "到工作台办理：https://gongyue.example.org/desk/",
        "截至 2010-09-10。本邮件自动发出，每天最多一封；不想再收，请在系统中清空提醒邮箱。",
    ]  # fmt: skip
    assert remind() == "已发送 0 封提醒"
    assert len(mail.outbox) == 1
    row = Reminder.objects.get()
    assert (row.person, row.on, row.overdue, row.soon, row.received) == (street.person, date(2010, 9, 10), 1, 0, 0)
    assert row.sent_at is not None
    today("2010-09-11")
    assert remind() == "已发送 1 封提醒"


def test_due_soon_and_new_are_parts_of_their_own(line: Line, today: Today, mailing: None) -> None:
    wants(line.cast.streets[line.street.pk], "street@example.org")
    today("2010-08-02")
    line.open(date(2010, 8, 2))
    today("2010-08-03")
    remind()
    assert mail.outbox[0].subject == "公约待办提醒：逾期 0 项，即将到期 0 项，新收到 2 项"
    today("2010-08-04")
    assert remind() == "已发送 0 封提醒"  # nothing new, nothing due
    today("2010-08-26")
    remind()
    assert mail.outbox[1].subject == "公约待办提醒：逾期 0 项，即将到期 1 项，新收到 0 项"
    today("2010-08-27")
    assert remind("--days", "3") == "已发送 0 封提醒"


def test_an_expert_is_not_told_by_mail_in_which_project(line: Line, today: Today, mailing: None) -> None:
    opened(line, date(2010, 11, 1), {0: "1960000", 1: "1985000", 3: "1990000"})
    expert = line.cast.experts[0]
    must("post.mail", expert, line.cast.registrar, date(2010, 11, 23), {"email": "expert@example.org"})
    today("2010-11-02")  # the day after the panel was seated
    remind()
    (sent,) = mail.outbox
    assert "  · 提交评分" in sent.body
    assert line.purchase.title not in sent.body


def test_who_left_or_cleared_the_address_gets_nothing(line: Line, today: Today, mailing: None) -> None:
    street = line.cast.streets[line.street.pk]
    line.open(date(2010, 8, 2))
    wants(street, "street@example.org")
    wants(street, "")
    today("2010-09-10")
    assert remind() == "已发送 0 封提醒"
    wants(street, "street@example.org")
    Person.objects.filter(pk=street.person_id).update(is_active=False)
    assert remind() == "已发送 0 封提醒"


def test_what_failed_is_tried_again_and_stops_nobody_else(
    line: Line, today: Today, mailing: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    line.open(date(2010, 8, 2))
    wants(line.cast.streets[line.street.pk], "street@example.org")
    today("2010-09-10")

    def down(self: EmailBackend, messages: Any) -> int:
        raise SMTPServerDisconnected("gone")

    with monkeypatch.context() as patched:
        patched.setattr(EmailBackend, "send_messages", down)
        with pytest.raises(CommandError, match="1 封没有发出，下次运行时重试"):
            remind()
    assert Reminder.objects.count() == 0
    assert remind() == "已发送 1 封提醒"


def test_days_have_a_sense(line: Line, mailing: None) -> None:
    with pytest.raises(CommandError, match="--days 须在 0 与 60 之间"):
        remind("--days", "-1")


def test_the_address_is_ones_own_and_stays_out_of_the_leaf(line: Line, desk: Desk, today: Today) -> None:
    street, other = line.cast.streets[line.street.pk], line.cast.bureaus[line.district][0]
    refused = attempt("post.mail", street, other, "2010-08-02", email="x@example.org")
    assert errors(refused) == {"email": ["只能设置本人的提醒邮箱"]}
    assert errors(attempt("post.mail", street, street, "2010-08-02", email="not an address")) != {}
    wants(street, "street@example.org")
    entry = Entry.objects.get(action="post.mail", subject=street.key)
    assert "street@example.org" not in entry.body
    assert Opening.objects.get(entry=entry).value == "street@example.org"
    assert Person.objects.get(pk=street.person_id).email == "street@example.org"
    today("2010-08-10")
    assert 'href="/mail/"' in text(desk(street).get("/desk/"))
    assert desk(street).get("/mail/")["Location"] == f"/do/post.mail/{street.pk}/"
    assert desk(street).get(f"/do/post.mail/{street.pk}/").status_code == 200
    assert 'href="/mail/"' not in text(desk(line.cast.experts[0]).get("/desk/"))


def test_who_has_no_list_of_posts_comes_back_to_the_workbench(line: Line, desk: Desk, today: Today) -> None:
    provider = line.cast.social[0]
    today("2010-08-10")
    url = f"/do/post.mail/{provider.pk}/"
    page = desk(provider).get(url)
    assert (page.context["back"], 'href="/posts/"' in text(page)) == ("/desk/", False)
    sent = {"email": "provider@example.org", "seen": str(provider.version), "request_id": str(uuid4())}
    assert desk(provider).post(url, sent)["Location"] == "/desk/"
    street = line.cast.streets[line.street.pk]
    assert desk(street).get(f"/do/post.mail/{street.pk}/").context["back"] == "/posts/"
