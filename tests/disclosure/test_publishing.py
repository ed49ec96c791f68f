"""Where a notice appeared, what a provider tells the public, and the pages that show both."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongyue import clock
from gongyue.contracts.models import Contract
from gongyue.demonstration.line import Line
from gongyue.demonstration.streets import announced, filed
from gongyue.disclosure.models import ProjectFacts, ProviderFile, Publication
from gongyue.disclosure.projects import project, ready_text
from gongyue.disclosure.queries import notices_of
from gongyue.kernel.models import Obligation, Post
from gongyue.kernel.perform import Outcome, perform
from gongyue.ledger.sequence import sequence
from tests.town import at

Today = Callable[[str], date]
FACTS = {"content": "家庭个案", "method": "小组", "expected": "满意度提高", "other": ""}


@pytest.fixture
def today(settings: Any, db: None) -> Today:
    def to(day: str) -> date:
        settings.GONGYUE_DEMONSTRATION = True
        clock.advance(date.fromisoformat(day))
        return date.fromisoformat(day)

    return to


@pytest.fixture
def signed(line: Line, today: Today) -> Line:
    """Filed on 2010-12-13."""
    filed(line, date(2010, 11, 1))
    sequence()
    today("2010-12-20")
    return line


def attempt(name: str, subject: Any, actor: Post, on: str, **data: Any) -> Outcome:
    if subject.pk:
        subject.refresh_from_db()
    outcome = perform(name, subject, actor=actor, at=at(on), data=data, seen=subject.version, request_id=uuid4())
    sequence()
    return outcome


def refused(outcome: Outcome) -> list[str]:
    assert outcome.entry is None
    return [finding.rule for finding in outcome.findings]


def winner(line: Line) -> Post:
    return next(p for p in line.cast.social if p.organisation_id == line.contract().provider_id)


def page(address: str) -> str:
    answer = Client().get(address)
    assert answer.status_code == 200
    return str(answer.content.decode())


def bare(shown: str) -> str:
    """Without what differs from one answer to the next."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", shown)


# --- channels -----------------------------------------------------------------------------------------------------


def logs(line: Line, on: str = "2010-12-20", actor: Post | None = None, **changes: Any) -> Outcome:
    handler = actor or line.cast.bureaus[line.district][0]
    notice = next(one for one in notices_of(line.purchase) if one.kind == "notice")
    data = {
        "notice": str(notice.entry), "channel": "designated", "channel_name": "政府采购网", "address": "http://a.cn/1",
        "published_on": "2010-11-03",
    } | changes  # fmt: skip
    return attempt("publication.log", Publication(purchase=line.purchase), handler, on, **data)


@pytest.mark.clause("GZ-P-2.3a")
def test_a_channel_is_logged_with_its_day(signed: Line) -> None:
    owed = Obligation.objects.filter(action="publication.log", is_open=True)
    assert [(str(row.organisation), row.due_on) for row in owed] == [("越秀区民政局", None)]
    outcome = logs(signed)
    assert owed.all().count() == 0
    assert outcome.entry is not None, dict(outcome.form.errors)
    row = Publication.objects.get()
    assert (row.channel, row.channel_name, row.address, row.published_on) == (
        "designated", "政府采购网", "http://a.cn/1", date(2010, 11, 3),
    )  # fmt: skip
    shown = page(f"/projects/{signed.purchase.pk}/")
    assert "政府采购网 · 2010-11-03" in shown
    assert logs(signed).form.errors == {"channel_name": ["这份公告在这一渠道的发布已经登记"]}


@pytest.mark.clause("GZ-P-2.3a")
def test_it_cannot_have_appeared_before_it_was_or_after_today(signed: Line) -> None:
    assert logs(signed, published_on="2010-11-01").form.errors == {"published_on": ["发布日期不能早于公告形成之日"]}
    assert logs(signed, published_on="2010-12-21").form.errors == {"published_on": ["日期不能晚于办理当日"]}
    assert list(logs(signed, notice="999999").form.errors) == ["notice"]
    assert refused(logs(signed, actor=winner(signed))) == ["kernel.capacity"]


def test_without_a_notice_the_form_says_that_there_is_none(line: Line, today: Today) -> None:
    line.open(date(2010, 8, 3))
    today("2010-08-10")
    handler = Post.objects.get(organisation__name="越秀区民政局", title="购买服务经办")
    client = Client()
    client.force_login(handler.person)
    asked = f"/do/publication.log/new/?purchase={line.purchase.pk}"
    assert "眼下没有可登记的公告" in client.get(asked).content.decode()


def test_the_text_to_paste_says_what_the_notice_says(signed: Line) -> None:
    notice = next(one for one in notices_of(signed.purchase) if one.kind == "contract")
    text = ready_text(notice)
    assert text.splitlines()[0] == "广卫街社区综合服务中心 合同公告"
    assert text.splitlines()[1:-1] == [f"{name}：{value}" for name, value in notice.fields]


# --- the project --------------------------------------------------------------------------------------------------


@pytest.mark.clause("GZ-P-2.3a")
def test_a_project_has_its_five_blocks(signed: Line) -> None:
    shown = page(f"/projects/{signed.purchase.pk}/")
    blocks = ["scope", "standard", "parties", "method", "effect"]
    assert [name for name in blocks if f'id="{name}"' in shown] == blocks
    assert all(word in shown for word in ("评审因素：服务方案", "合同约定的质量标准", "越秀区民政局"))
    assert signed.contract().provider.name in shown


@pytest.mark.clause("GZ-P-2.3a")
def test_each_block_says_what_it_is_about(signed: Line) -> None:
    attempt("projectfacts.publish", ProjectFacts(purchase=signed.purchase), winner(signed), "2010-12-20", **FACTS)
    found = project(signed.purchase, signed.dossier(date(2010, 12, 20)))
    told = {block.id: {str(line.name) for line in block.lines} for block in found.blocks}
    assert told["scope"] >= {"购买范围", "服务需求", "最高限价", "合同金额", "资助期", "服务内容"}
    assert told["standard"] >= {"服务质量标准", "合同约定的服务要求", "合同约定的质量标准", "服务方式"}
    assert told["parties"] >= {"购买主体", "承接主体", "登记类型", "统一社会信用代码"}
    assert "评审因素：服务方案" in told["method"]
    assert told["effect"] >= {"预期效果"}


def test_what_was_not_published_is_not_there(line: Line, today: Today) -> None:
    line.open(date(2010, 8, 3))
    sequence()
    today("2010-08-10")
    assert Client().get(f"/projects/{line.purchase.pk}/").status_code == 404
    assert Client().get(f"/providers/{line.cast.social[0].organisation_id}/").status_code == 404
    assert Client().get(f"/providers/{line.cast.city[0].organisation_id}/").status_code == 404


def test_no_person_stands_on_a_public_page(signed: Line) -> None:
    winning = winner(signed)
    attempt("projectfacts.publish", ProjectFacts(purchase=signed.purchase), winning, "2010-12-20", **FACTS)
    cast = signed.cast
    people = [post.person.name for post in (*cast.city, *cast.bureaus[signed.district], *cast.social, *cast.experts)]
    shown = page(f"/projects/{signed.purchase.pk}/") + page(f"/providers/{winning.organisation_id}/")
    assert [name for name in people if name in shown] == []


def test_while_bids_are_taken_nothing_tells_of_them(line: Line, today: Today) -> None:
    announced(line, date(2010, 11, 1))
    sequence()
    today("2010-11-20")
    before = bare(page(f"/projects/{line.purchase.pk}/"))
    line.bid(date(2010, 11, 20), {0: "1960000", 1: "1985000"})
    sequence()
    assert bare(page(f"/projects/{line.purchase.pk}/")) == before


# --- what the provider discloses ----------------------------------------------------------------------------------


@pytest.mark.clause("GZ-P-3.3.5b")
def test_the_provider_owes_the_facts_of_its_project(signed: Line) -> None:
    provider = winner(signed)
    owed = Obligation.objects.filter(action="projectfacts.publish", is_open=True)
    assert [(row.organisation, row.due_on) for row in owed] == [(provider.organisation, None)]
    unborn = ProjectFacts(purchase=signed.purchase)
    handler = signed.cast.bureaus[signed.district][0]
    assert refused(attempt("projectfacts.publish", unborn, handler, "2010-12-20", **FACTS)) == ["kernel.capacity"]
    assert attempt("projectfacts.publish", unborn, provider, "2010-12-20", **FACTS).entry is not None
    assert owed.all().count() == 0
    shown = page(f"/projects/{signed.purchase.pk}/")
    assert all(text in shown for text in ("家庭个案", "小组", "满意度提高"))
    (notice,) = [one for one in notices_of(signed.purchase) if one.kind == "project"]
    assert dict(notice.fields)["服务内容"] == "家庭个案"


@pytest.mark.clause("GZ-P-3.3.5b")
def test_personal_numbers_are_taken_out_before(signed: Line) -> None:
    data = FACTS | {"content": "陈某 13800138000"}
    outcome = attempt(
        "projectfacts.publish", ProjectFacts(purchase=signed.purchase), winner(signed), "2010-12-20", **data
    )
    assert outcome.form.errors == {"content": ["文中含有疑似身份证号或手机号（138…00），公开前请删去"]}


def files(provider: Post, on: str = "2010-12-20", file: ProviderFile | None = None, **changes: Any) -> Outcome:
    data = {"year": "2010", "item": "finance", "text": "收入 198 万元，支出 175 万元。", "true": "on"} | changes
    subject = file or ProviderFile(organisation=provider.organisation)
    return attempt("providerfile.submit", subject, provider, on, **data)


@pytest.mark.clause("GZ-P-3.3.5a")
def test_a_year_shows_its_files_and_what_is_missing(signed: Line, today: Today) -> None:
    provider = winner(signed)
    address = f"/providers/{provider.organisation_id}/"
    assert "缺 3 项" in page(address)
    report = SimpleUploadedFile("年报.pdf", b"%PDF-1.4 report")
    assert files(provider, attachment=report).entry is not None
    shown = page(address)
    assert ("缺 2 项" in shown, "收入 198 万元" in shown) == (True, True)
    link = shown.split(f'href="{address}files/')[1].split('"')[0]
    answer = Client().get(f"{address}files/{link}")
    assert b"".join(answer.streaming_content) == b"%PDF-1.4 report"  # type: ignore[attr-defined]
    assert answer["Content-Disposition"].startswith("attachment")
    files(provider, item="basic")
    files(provider, item="projects")
    assert "齐全" in page(address)
    today("2011-01-02")
    assert "缺 3 项" in page(address)


@pytest.mark.clause("GZ-P-3.3.5a")
def test_a_file_is_the_providers_own_and_is_put_anew_by_correction(signed: Line) -> None:
    provider, other = winner(signed), signed.cast.social[1]
    assert files(provider).entry is not None
    assert files(provider).form.errors == {"item": ["该年度的这项材料已公开，请在本机构页面更新"]}
    file = ProviderFile.objects.get()
    assert refused(files(other, file=file)) == ["kernel.owner"]
    assert refused(files(signed.cast.city[0])) == ["kernel.capacity"]
    assert files(provider, "2010-12-21", file, text="更正：支出 176 万元。").entry is not None
    file.refresh_from_db()
    assert (file.text, file.version, file.submitted_on) == ("更正：支出 176 万元。", 2, date(2010, 12, 21))
    assert files(provider, year="2011").form.errors == {"year": ["年度不能晚于当前年份"]}


def test_a_file_of_another_kind_is_not_handed_out(signed: Line) -> None:
    from gongyue.kernel.models import Document

    provider = winner(signed)
    stranger = Document.objects.create(
        purchase=signed.purchase, subject="contract:1", field="paper", name="合同.pdf", size=1, sha256="0" * 64, entry=1
    )
    assert Client().get(f"/providers/{provider.organisation_id}/files/{stranger.pk}/").status_code == 404


def test_projects_are_listed_and_found(signed: Line) -> None:
    assert "广卫街社区综合服务中心" in page("/projects/")
    assert "没有找到项目" in page("/projects/?q=北京")


def test_the_open_part_of_the_desk(signed: Line) -> None:
    client = Client()
    client.force_login(signed.cast.bureaus[signed.district][0].person)
    shown = client.get(f"/purchases/{signed.purchase.pk}/openness/").content.decode()
    assert "未登记其他渠道" in shown
    assert "合同编号：" in shown


def test_two_years_lines_say_which_contract_they_are_of(signed: Line) -> None:
    """The parties, who are the same, stand there once."""
    on, first = date(2010, 12, 20), signed.contract()
    once = [line.name for line in project(signed.purchase, signed.dossier(on)).blocks[0].lines]
    Contract.objects.create(
        purchase=signed.purchase, year_number=2, renews=first, number="YX-2", amount_fen=first.amount_fen,
        purchaser=first.purchaser, provider=first.provider, starts_on=date(2011, 12, 1), ends_on=date(2012, 11, 30),
        state="signed", quality_standard="第二年标准",
    )  # fmt: skip
    scope, standard, parties = project(signed.purchase, signed.dossier(on)).blocks[:3]
    assert [name for name in once if name in ("合同金额", "资助期")] == ["合同金额", "资助期"]
    told = [line.name for line in scope.lines if line.told in ("合同金额", "资助期")]
    assert told == [
        f"合同金额（第 1 年，{first.number}）", f"资助期（第 1 年，{first.number}）",
        "合同金额（第 2 年，YX-2）", "资助期（第 2 年，YX-2）",
    ]  # fmt: skip
    assert [line.value for line in standard.lines if line.name == "合同约定的质量标准（第 2 年，YX-2）"] == [
        "第二年标准"
    ]
    assert [line.name for line in parties.lines].count("购买主体") == 1
    assert "资助期" not in scope.missing
