"""The pages of supervision, feedback and audit, as those who use them see them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from gongyue import clock
from gongyue.contracts.models import Contract
from gongyue.demonstration.line import Line
from gongyue.kernel.models import Obligation
from gongyue.kernel.perform import perform
from gongyue.ledger.models import Entry
from gongyue.ledger.sequence import sequence
from gongyue.oversight.models import Feedback, SpotCheck
from gongyue.oversight.queries import contact_of
from tests.desk.conftest import Desk, desk, text, today

__all__ = ["desk", "today"]
DAY = date(2010, 12, 1)
Today = Callable[[str], date]
SENT = {"nature": "complaint", "words": "活动室晚上不开放", "contact": "13800000000"}


@pytest.fixture
def december(filed: Line, today: Today) -> Line:
    today("2010-12-01")
    return filed


def send(line: Line, **changes: Any) -> Any:
    return Client().post(f"/projects/{line.purchase.pk}/feedback/", SENT | {"key": str(uuid4())} | changes)


@pytest.mark.clause("GZ-P-2.4b")
def test_anybody_sends_and_follows_by_the_receipt_and_the_result_is_public(december: Line) -> None:
    answer = send(december)
    feedback = Feedback.objects.get()
    assert (answer.status_code, answer.url) == (302, f"/feedback/{feedback.receipt}/")
    followed = text(Client().get(answer.url))
    assert ("已收到，待受理" in followed, SENT["contact"] in followed, SENT["words"] in followed) == (
        True,
        False,
        False,
    )
    december.act("feedback.accept", feedback, DAY)
    december.act("feedback.answer", feedback, DAY, actor=december.cast.bureaus[december.district][0])
    for page in (answer.url, f"/projects/{december.purchase.pk}/feedback/"):
        assert "活动室自下月起每周二、四晚上开放。" in text(Client().get(page))
    assert Client().get("/feedback/AAAAAAAAAAAAAAAA/").status_code == 404


def test_a_program_that_fills_every_field_is_not_kept(december: Line) -> None:
    assert (send(december, website="http://x").status_code, Feedback.objects.count()) == (200, 0)


def test_what_is_missing_is_told_and_the_rest_stays(december: Line) -> None:
    answer = send(december, words="")
    assert (answer.status_code, SENT["contact"] in text(answer), Feedback.objects.count()) == (422, True, 0)


def test_what_may_be_left_out_says_so_once(december: Line) -> None:
    page = text(Client().get(f"/projects/{december.purchase.pk}/feedback/"))
    assert (page.count("选填"), "可不填" in page) == (1, False)


def test_the_same_page_sent_twice_is_one(december: Line) -> None:
    key = str(uuid4())
    first, second = send(december, key=key), send(december, key=key)
    assert (first.url == second.url, Feedback.objects.count()) == (True, 1)


def test_one_browser_sends_ten(december: Line) -> None:
    client = Client()
    codes = [client.post(f"/projects/{december.purchase.pk}/feedback/", SENT).status_code for _n in range(11)]
    assert codes == [302] * 10 + [429]


@pytest.mark.clause("GZ-P-2.4b")
def test_the_contact_is_for_civil_affairs_and_nothing_is_for_the_provider(december: Line, desk: Desk) -> None:
    send(december)
    feedback = Feedback.objects.get()
    cast = december.cast
    page = f"/feedback-desk/{feedback.pk}/"
    assert SENT["contact"] in text(desk(cast.bureaus[december.district][0]).get(page))
    provider = desk(cast.social[0])
    paths = [page, f"/purchases/{december.purchase.pk}/feedback/{feedback.pk}/", "/feedback-desk/"]
    assert [provider.get(path).status_code for path in paths] == [404, 404, 404]
    audit = desk(cast.audits[december.district]).get(page)
    assert (audit.status_code, SENT["contact"] in text(audit)) == (200, False)
    assert contact_of(feedback) == SENT["contact"]


def test_that_the_public_wrote_is_known_to_those_who_handle_it(december: Line, desk: Desk) -> None:
    send(december)
    sequence()
    feedback, pk, cast = Feedback.objects.get(), december.purchase.pk, december.cast
    entry = Entry.objects.get(subject=feedback.key)
    parts = [f"/purchases/{pk}/", f"/purchases/{pk}/openness/", f"/purchases/{pk}/duties/", "/warnings/"]
    Obligation.objects.filter(subject=feedback.key).update(due_on=date(2010, 11, 30))
    told = {}
    for post in (cast.bureaus[december.district][0], cast.social[0], cast.streets[december.street.pk],
                 cast.finances[december.district]):  # fmt: skip
        client = desk(post)
        shown = [any(word in text(client.get(url)) for word in ("提交意见或投诉", "受理")) for url in parts]
        told[post] = [*shown, client.get(f"/purchases/{pk}/entries/{entry.pk}/proof.json").status_code]
    assert list(told.values()) == [[True, True, True, True, 200]] + [[False, False, False, False, 404]] * 3
    street = cast.streets[december.street.pk]
    office = {"reason": "属街道场地管理", "to": str(street.organisation_id)}
    december.act("feedback.transfer", feedback, DAY, **office)
    assert "答复并公开结果" in text(desk(street).get(f"/purchases/{pk}/openness/"))


@pytest.mark.clause("GZ-P-4.4")
def test_audit_reads_the_trail_opens_an_entry_and_takes_it_along(december: Line, desk: Desk) -> None:
    auditor = desk(december.cast.audits[december.district])
    assert "备案合同" in text(auditor.get("/audit/?kind=contract"))
    narrowed = auditor.get("/audit/?kind=contract&since=2010-10-27&until=2010-10-27")
    assert [line.entry.action for line in narrowed.context["lines"]] == ["contract.file"]
    entry = narrowed.context["lines"][0].entry
    opened = text(auditor.get(f"/audit/entries/{entry.pk}/"))
    assert (entry.digest in opened, entry.regime in opened, "YX-2010-01" in opened) == (True, True, True)
    book = auditor.get("/audit/trail.xlsx?kind=contract&since=2010-10-27&until=2010-10-27")
    rows = CalamineWorkbook.from_filelike(BytesIO(b"".join(book.streaming_content))).get_sheet_by_index(0).to_python()
    assert [(row[0], row[8]) for row in rows[1:]] == [("2010-10-27 10:00", entry.digest)]


@pytest.mark.clause("GZ-P-4.4")
@pytest.mark.parametrize(("field", "value"), [("since", "2010-13-45"), ("kind", "nothing"), ("only", "all")])
def test_a_wrong_filter_of_the_export_is_told_at_its_field(december: Line, desk: Desk, field: str, value: str) -> None:
    auditor = desk(december.cast.audits[december.district])
    answer = auditor.get("/audit/trail.xlsx", {"title": "无此采购", field: value})
    page = auditor.get(answer.headers["Location"])
    assert (answer.status_code, answer.headers["Location"].partition("?")[0]) == (303, "/audit/")
    assert (list(page.context["form"].errors), page.context["form"]["title"].value()) == ([field], "无此采购")
    assert page.context["form"].errors[field][0] in text(page)
    assert "没有符合条件的记录" in text(page)


@pytest.mark.clause("GZ-P-4.4")
def test_refusals_are_read_and_taken_along_with_their_articles(december: Line, desk: Desk) -> None:
    auditor = desk(december.cast.audits[december.district])
    street, contract = december.cast.streets[december.street.pk], december.latest(Contract)
    outcome = perform("contract.file", contract, actor=street, at=clock.now(), data={},
                      seen=contract.version, request_id=uuid4())  # fmt: skip
    assert outcome.entry is None
    told = "“备案合同”须由市民政局办理", "穗民〔2010〕320号附件1 三(三)2"
    page = text(auditor.get("/audit/", {"only": "refused", "kind": "contract"}))
    assert [each in page for each in told] == [True, True]
    book = auditor.get("/audit/trail.xlsx", {"only": "refused", "kind": "contract"})
    rows = CalamineWorkbook.from_filelike(BytesIO(b"".join(book.streaming_content))).get_sheet_by_index(0).to_python()
    assert [row[2:3] + row[4:] for row in rows[1:]] == [["备案合同", *told]]


def test_an_opened_entry_calls_what_was_chosen_by_its_name(december: Line, desk: Desk) -> None:
    health = december.cast.departments["health"]
    december.act("coordination.raise", None, DAY, asked=str(health.organisation_id))
    entry = Entry.objects.get(action="coordination.raise")
    assert f"organisation:{health.organisation_id}" in entry.body
    found = dict(desk(december.cast.audits[december.district]).get(f"/audit/entries/{entry.pk}/").context["input"])
    assert (found["主办单位"], found["附件"]) == ("广州市卫生局", "—")


@pytest.mark.clause("GZ-P-4.4")
def test_the_trail_is_for_audit_alone(december: Line, desk: Desk) -> None:
    for post in (december.cast.bureaus[december.district][0], december.cast.social[0]):
        assert [desk(post).get(f"/audit/{path}").status_code for path in ("", "trail.xlsx")] == [404, 404]


def test_what_was_refused_is_in_the_trail(december: Line, desk: Desk) -> None:
    from tests.contracts.stages import attempt

    attempt(december, "supervision.record", None, DAY, observed_on="2010-11-30")
    found = desk(december.cast.audits[december.district]).get("/audit/?only=refused")
    assert [row.action for row, *_rest in found.context["refusals"]] == ["supervision.record"]


def test_the_trail_asks_a_fixed_number_of_queries(december: Line, desk: Desk, django_assert_num_queries: Any) -> None:
    auditor = desk(december.cast.audits[december.district])
    auditor.get("/audit/")
    with django_assert_num_queries(11):
        auditor.get("/audit/")


@pytest.mark.clause("GZ-P-3.4.2c")
def test_the_part_shows_the_draw_and_its_list(december: Line, desk: Desk) -> None:
    december.act("spot_check.commit", None, DAY)
    check = SpotCheck.objects.get()
    provider, bureau = desk(december.cast.social[0]), desk(december.cast.bureaus[december.district][0])
    part, names = f"/purchases/{december.purchase.pk}/supervision/", f"/spot-checks/{check.pk}/list.txt"
    assert provider.get(names).status_code == 404
    assert check.seed_value not in text(bureau.get(part))
    december.act("spot_check.draw", check, DAY)
    assert check.seed_value in text(provider.get(part))
    assert text(provider.get(names)) == "instalment:1\ninstalment:2\ninstalment:3"


def test_that_a_check_is_prepared_is_kept_from_the_provider(december: Line, desk: Desk) -> None:
    december.act("spot_check.commit", None, DAY)
    pk, provider = december.purchase.pk, desk(december.cast.social[0])
    for url in (f"/purchases/{pk}/supervision/", f"/purchases/{pk}/", f"/purchases/{pk}/duties/"):
        assert "抽查" not in text(provider.get(url))


def test_what_was_drawn_is_told_in_words_that_lead_to_it(december: Line, desk: Desk, today: Today) -> None:
    december.act("spot_check.commit", None, DAY)
    check, pk = SpotCheck.objects.get(), december.purchase.pk
    december.act("spot_check.draw", check, DAY)
    check.refresh_from_db()
    today("2010-12-02")
    client = desk(december.actor("spot_check.report"))
    form = text(client.get(f"/do/spot_check.report/{check.pk}/"))
    first = check.drawn[0].partition(":")[2]
    assert (f'value="{check.drawn[0]}">第 {first} 期' in form, f">{check.drawn[0]}<" in form) == (True, False)
    december.act("spot_check.report", check, date(2010, 12, 2))
    link = f'<a href="/purchases/{pk}/#money">第 {first} 期</a>'
    for url in (f"/purchases/{pk}/supervision/", f"/purchases/{pk}/spot_check/{check.pk}/"):
        page = text(client.get(url))
        assert (link in page, f"<td>{check.drawn[0]}</td>" in page) == (True, False)


@pytest.mark.clause("GZ-P-4.6b")
def test_the_log_is_entered_on_its_page_and_stands_in_the_part(running: Line, today: Today, desk: Desk) -> None:
    today("2010-12-01")
    street = desk(running.cast.streets[running.street.pk])
    page = f"/do/supervision.record/new/?purchase={running.purchase.pk}"
    assert street.get(page).status_code == 200
    typed = {"observed_on": "2010-12-01", "plan_result": "sound", "effect_result": "sound", "money_result": "sound"}
    assert street.post(page, typed | {"seen": "0", "request_id": str(uuid4())}).status_code == 303
    part = street.get(f"/purchases/{running.purchase.pk}/supervision/")
    assert [(str(log.body), log.observed_on) for log in part.context["tab_data"]["oversight"]["logs"]] == [
        (str(running.cast.streets[running.street.pk].organisation), date(2010, 12, 1))
    ]


@pytest.mark.clause("GZ-P-4.4")
def test_the_register_of_recommendations(december: Line, desk: Desk) -> None:
    auditor, finance = december.cast.audits[december.district], december.cast.finances[december.district]
    from gongyue.oversight.models import Recommendation

    december.act("recommendation.make", Recommendation.unborn(None, auditor)[0], DAY, actor=auditor)
    pages = [text(desk(post).get("/recommendations/")) for post in (auditor, finance)]
    assert ["建立按合同节点提醒的拨付台账。" in page for page in pages] == [True, True]
    others = (december.cast.bureaus[december.district][0], december.cast.streets[december.street.pk])
    assert ["建立按合同节点提醒的拨付台账。" in text(desk(post).get("/recommendations/")) for post in others] == [
        False,
        False,
    ]
    assert desk(auditor).get("/do/recommendation.make/new/").status_code == 200
    assert desk(december.cast.social[0]).get("/recommendations/").status_code == 404
