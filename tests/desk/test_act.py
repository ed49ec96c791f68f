"""The one view for every action: what it shows, what it refuses, and that doing a thing twice does it once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongyue.delivery.models import Receipt
from gongyue.demonstration.line import Line
from gongyue.demonstration.streets import awarded, filed, prepared
from gongyue.kernel.models import Document, Organisation, Purchase, Refused
from gongyue.ledger.models import Entry
from gongyue.needs.models import NeedsAssessment, ResourceInventory
from gongyue.programmes.models import ImplementationPlan
from gongyue.tendering.models import Bid, Tender

from .conftest import Desk, notes, text, typed

Today = Callable[[str], date]


@pytest.fixture
def opened(line: Line, today: Today) -> Line:
    """Opened on the second of August 2010; it is the tenth of September."""
    line.open(date(2010, 8, 2))
    today("2010-09-10")
    return line


@pytest.fixture
def street(opened: Line, desk: Desk) -> Client:
    return desk(opened.cast.streets[opened.street.pk])


def begin(name: str, line: Line, seed: str = "") -> str:
    return f"/do/{name}/new/?purchase={line.purchase.pk}" + (f"&seed={seed}" if seed else "")


# --- the page -----------------------------------------------------------------------------------------------------


def test_the_page_says_who_by_when_and_what_will_be_asked(opened: Line, street: Client) -> None:
    page = street.get(begin("implementation.submit", opened))
    shown = text(page)
    assert page.status_code == 200
    assert page.context["sheet"].who == (
        "街道办事处", {"label": "穗民〔2010〕213号 四(一)", "url": "/regimes/cn-gd-guangzhou/#gz-scheme-2010--四(一)"},
    )  # fmt: skip
    assert [(due.row.due_on, due.row.rule) for due in page.context["sheet"].due()] == [
        (date(2010, 8, 31), "submit-plan")
    ]
    assert "已逾期" in shown
    for name in ("former_name", "goals", "content", "site_kind", "site_address", "site_ready_on", "paper"):
        assert f'name="{name}"' in shown
    assert 'enctype="multipart/form-data"' in shown
    assert page.context["closed"] is False


def test_rules_are_listed_with_how_they_stand(opened: Line, street: Client) -> None:
    checks = street.get(begin("item.propose", opened)).context["checks"]
    assert [(check.cite["label"], check.state) for check in checks] == [
        ("穗民〔2010〕320号附件1 二(一)", "stands"), ("穗民〔2010〕213号 附件2", "pending"),
    ]  # fmt: skip
    assert checks[0].sentence == "还没有完成需求评估，不能立购买服务项目。请先办结需求评估，写明服务内容和数量。"


def test_what_nothing_typed_can_help_has_no_button(calling: Line, desk: Desk, today: Today) -> None:
    today("2010-11-20")
    page = desk(calling.actor("tender.open")).get(f"/do/tender.open/{calling.latest(Tender).pk}/")
    assert (page.status_code, page.context["closed"]) == (200, True)
    assert "投标截止时间（2010-11-23）未到，不能开标。" in text(page)
    assert 'class="btn btn-primary"' not in text(page)


def test_the_page_shows_what_it_is_about_with_its_files(opened: Line, desk: Desk) -> None:
    opened.act("implementation.submit", None, date(2010, 9, 9))
    plan = opened.latest(ImplementationPlan)
    page = desk(opened.cast.bureaus[opened.district][1]).get(f"/do/implementation.review/{plan.pk}/")
    sheet = page.context["sheet"]
    assert {field.name: field.value for field in sheet.told}["服务目标"] == plan.goals
    assert [file.pk for file in sheet.documents] == list(
        Document.objects.filter(subject=plan.key, restricted=False).order_by("-pk").values_list("pk", flat=True)
    )
    assert plan.goals in text(page)


def test_whoever_signs_for_a_paper_reads_the_paper(line: Line, desk: Desk, today: Today) -> None:
    filed(line, date(2010, 9, 15))
    line.act("plan.submit", None, date(2010, 11, 10))
    receipt = Receipt.objects.filter(purchase=line.purchase).select_related("recipient").order_by("pk")[0]
    today("2010-11-11")
    bureau = line.cast.bureaus[line.district][0]
    assert receipt.recipient == bureau.organisation
    told = desk(bureau).get(f"/do/receipt.sign/{receipt.pk}/").context["sheet"].told
    assert [field.name for field in told][:2] == ["第几个半年", "起"]
    assert "签收单位" in [field.name for field in told]


def test_a_table_that_the_form_repeats_stays_folded(line: Line, desk: Desk, today: Today) -> None:
    filed(line, date(2010, 9, 15))
    today("2010-11-11")
    inventory = ResourceInventory.objects.get(purchase=line.purchase)
    client = desk(line.cast.streets[line.street.pk])
    folded = client.get(f"/do/inventory.update/{inventory.pk}/").context["sheet"]
    assert (len(folded.told) > 0, folded.told_open) == (True, False)


def test_what_must_be_chosen_asks_for_it(opened: Line, desk: Desk) -> None:
    client = desk(opened.actor("cooperation.ask"))
    shown = text(client.get(begin("cooperation.ask", opened)))
    assert ("请选择" in shown, "---------" in shown) == (True, False)


def test_a_page_shows_nothing_of_what_is_sealed(calling: Line, desk: Desk, today: Today) -> None:
    today("2010-11-20")
    bid = Bid.objects.get(organisation=calling.cast.social[0].organisation)
    sheet = desk(calling.cast.social[0]).get(f"/do/bid.withdraw/{bid.pk}/").context["sheet"]
    assert (sheet.told, sheet.documents) == ([], [])


def test_after_a_slip_of_the_pen_the_rules_are_still_shown(opened: Line, street: Client) -> None:
    answer = street.post(begin("item.propose", opened), {"seen": "0"})
    assert (answer.status_code, bool(answer.context["form"].errors)) == (422, True)
    assert [check.cite["label"] for check in answer.context["checks"]] == [
        "穗民〔2010〕320号附件1 二(一)", "穗民〔2010〕213号 附件2",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "url", ["/do/no.such/1/", "/do/no.such/new/", "/do/needs.conclude/987654/", "/do/implementation.submit/new/"]
)
def test_what_there_is_not(url: str, opened: Line, street: Client) -> None:
    assert street.get(url).status_code == 404
    assert street.post(url, {}).status_code == 404


def test_other_methods_are_refused(opened: Line, street: Client) -> None:
    assert street.put(begin("needs.start", opened)).status_code == 405


def test_another_streets_purchase_does_not_exist(opened: Line, desk: Desk) -> None:
    opened.act("implementation.submit", None, date(2010, 9, 9))
    plan = opened.latest(ImplementationPlan)
    other = desk(opened.cast.streets[Line(opened.cast, opened.district, "建设街").street.pk])
    assert other.get(f"/do/implementation.review/{plan.pk}/").status_code == 404
    assert other.get(begin("needs.start", opened)).status_code == 404
    assert other.post(begin("needs.start", opened), {"seen": "0"}).status_code == 404


def test_who_sees_it_but_may_not_do_it_is_told_who_may(opened: Line, desk: Desk) -> None:
    finance = desk(opened.cast.finances[opened.district])
    page = finance.get(begin("implementation.submit", opened))
    assert page.status_code == 200
    assert [found["sentence"] for found in page.context["findings"]] == ["“提交实施方案”须由街道办事处办理"]
    assert (page.context["closed"], 'name="goals"' in text(page)) == (True, False)


def test_another_bidders_bid_does_not_exist(calling: Line, desk: Desk, today: Today) -> None:
    today("2010-11-20")
    bid = Bid.objects.get(organisation=calling.cast.social[0].organisation)
    assert desk(calling.cast.social[0]).get(f"/do/bid.withdraw/{bid.pk}/").status_code == 200
    for stranger in (calling.cast.social[1], calling.cast.social[3], calling.actor("tender.open")):
        assert desk(stranger).get(f"/do/bid.withdraw/{bid.pk}/").status_code == 404


def test_whoever_may_bid_reaches_the_call_without_a_role(calling: Line, desk: Desk, today: Today) -> None:
    today("2010-11-20")
    client = desk(calling.cast.social[3])
    assert client.get(f"/purchases/{calling.purchase.pk}/").status_code == 404
    assert client.get(begin("bid.submit", calling)).status_code == 200


# --- doing it -----------------------------------------------------------------------------------------------------


def test_done_leads_to_the_purchase_and_says_what_is_next(opened: Line, street: Client) -> None:
    unborn = ImplementationPlan(purchase=opened.purchase)
    sent = typed(opened, "implementation.submit", unborn, date(2010, 9, 10))
    answer = street.post(begin("implementation.submit", opened), sent)
    assert (answer.status_code, answer["Location"]) == (303, f"/purchases/{opened.purchase.pk}/")
    assert notes(answer) == [
        "已办理“提交实施方案”，记入台账", "本次办理已逾期 10 天，已如实记录",
        "下一步：越秀区民政局 审核实施方案", "下一步：广卫街道办事处 登记场地，期限 2010-08-31",
        "下一步：广州市民政局 委托第三方评估",
    ]  # fmt: skip
    assert opened.latest(ImplementationPlan).state == "submitted"


def test_a_file_is_kept_with_the_action(opened: Line, street: Client, settings: object, tmp_path: object) -> None:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    sent = typed(opened, "implementation.submit", ImplementationPlan(purchase=opened.purchase), date(2010, 9, 10))
    paper = SimpleUploadedFile("方案.pdf", b"%PDF-1.4 plan", content_type="application/pdf")
    by_page = {"headers": {"X-Requested-With": "fetch"}}  # a page that keeps the files itself goes on itself
    answer = street.post(begin("implementation.submit", opened), sent | {"paper": paper}, **by_page)  # type: ignore[arg-type]
    assert (answer.status_code, answer["X-Location"]) == (204, f"/purchases/{opened.purchase.pk}/")
    kept = Document.objects.get(purchase=opened.purchase)
    assert (kept.name, kept.size, kept.field) == ("方案.pdf", 13, "paper")
    page = street.get(f"/documents/{kept.pk}/")
    assert b"".join(page.streaming_content) == b"%PDF-1.4 plan"  # type: ignore[attr-defined]


def test_a_file_too_large_is_refused_at_its_field_and_nothing_typed_is_lost(
    opened: Line, street: Client, settings: object, tmp_path: object
) -> None:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    sent = typed(opened, "implementation.submit", ImplementationPlan(purchase=opened.purchase), date(2010, 9, 10))
    sent["paper"] = SimpleUploadedFile("方案.pdf", bytes(50 * 1024 * 1024))
    answer = street.post(begin("implementation.submit", opened), sent)
    assert (answer.status_code, answer.context["form"].errors) == (422, {"paper": ["文件超过 20 MB"]})
    assert str(sent["site_address"]) in text(answer)
    assert str(sent["goals"]) in text(answer)
    assert "（方案.pdf）没有随页面保留" in text(answer)
    assert (ImplementationPlan.objects.count(), Document.objects.count()) == (0, 0)


def test_pressing_twice_does_it_once(opened: Line, street: Client) -> None:
    sent = typed(opened, "needs.start", NeedsAssessment(purchase=opened.purchase), date(2010, 9, 10))
    first, second = (street.post(begin("needs.start", opened), sent) for _ in range(2))
    assert [first.status_code, second.status_code] == [303, 303]
    assert first["Location"] == second["Location"] == f"/purchases/{opened.purchase.pk}/"
    assert Entry.objects.filter(action="needs.start", purchase=opened.purchase.pk).count() == 1


def test_pressing_twice_on_what_exists_does_it_once(opened: Line, desk: Desk) -> None:
    opened.act("implementation.submit", None, date(2010, 9, 9))
    plan = opened.latest(ImplementationPlan)
    reviewer = desk(opened.cast.bureaus[opened.district][1])
    sent = typed(opened, "implementation.review", plan, date(2010, 9, 10))
    answers = [reviewer.post(f"/do/implementation.review/{plan.pk}/", sent) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert Entry.objects.filter(action="implementation.review", purchase=opened.purchase.pk).count() == 1


def test_the_number_of_another_act_is_not_taken(opened: Line, street: Client) -> None:
    sent = typed(opened, "needs.start", NeedsAssessment(purchase=opened.purchase), date(2010, 9, 10))
    assert street.post(begin("needs.start", opened), sent).status_code == 303
    other = typed(opened, "implementation.submit", ImplementationPlan(purchase=opened.purchase), date(2010, 9, 10))
    answer = street.post(begin("implementation.submit", opened), other | {"request_id": sent["request_id"]})
    assert answer.status_code == 422
    assert [found["rule"] for found in answer.context["findings"]] == ["kernel.request"]
    assert answer.context["closed"] is False


def test_an_action_outside_any_purchase_leads_to_its_register(line: Line, desk: Desk, today: Today) -> None:
    today("2010-09-10")
    sent = {
        "name": "区残疾人联合会", "organisation_kind": "department", "division": line.district, "seen": "0",
        "request_id": str(uuid4()),
    }  # fmt: skip
    answer = desk(line.cast.registrar).post("/do/organisation.register/new/", sent)
    assert (answer.status_code, answer["Location"]) == (303, "/organisations/")
    assert Organisation.objects.filter(name="区残疾人联合会").exists()


def test_who_has_no_capacity_for_a_register_finds_no_form(line: Line, desk: Desk, today: Today) -> None:
    today("2010-09-10")
    for post in (line.cast.social[0], line.cast.streets[line.street.pk]):
        assert desk(post).get("/do/organisation.register/new/").status_code == 404


# --- refused ------------------------------------------------------------------------------------------------------


@pytest.mark.clause("GZ-P-2.1a")
def test_a_refusal_cites_its_article_and_changes_nothing(opened: Line, street: Client) -> None:
    from gongyue.budget.models import PlanItem

    sent = typed(opened, "item.propose", PlanItem(purchase=opened.purchase), date(2010, 9, 10))
    answer = street.post(begin("item.propose", opened), sent)
    shown = text(answer)
    assert answer.status_code == 422
    assert "还没有完成需求评估，不能立购买服务项目。" in shown
    assert 'href="/regimes/cn-gd-guangzhou/#gz-procedure-2010--二(一)"' in shown
    assert 'value="2010"' in shown
    assert PlanItem.objects.count() == 0
    assert Refused.objects.get(purchase=opened.purchase).action == "item.propose"


def test_errors_stand_beside_their_fields_and_rows(opened: Line, street: Client) -> None:
    opened.act("needs.start", None, date(2010, 9, 3))
    needs = opened.latest(NeedsAssessment)
    sent = typed(opened, "needs.conclude", needs, date(2010, 9, 10), sample="-3")
    sent["services-0-unit_cost"] = "十二"
    answer = street.post(f"/do/needs.conclude/{needs.pk}/", sent)
    form = answer.context["form"]
    assert answer.status_code == 422
    assert sorted(form.errors) == ["sample", "services"]
    assert form.errors["services"] == ["第 1 行 单位成本（元）：请填写金额（元），例如 500000 或 500000.00"]
    assert text(answer).count('aria-invalid="true"') >= 1
    assert "有内容需要改正，见下面各项；没有任何改变。" in text(answer)
    assert Refused.objects.count() == 0


def test_a_page_that_was_overtaken_says_so_and_may_be_sent_again(opened: Line, desk: Desk) -> None:
    opened.act("implementation.submit", None, date(2010, 9, 9))
    plan = opened.latest(ImplementationPlan)
    sent = typed(opened, "implementation.review", plan, date(2010, 9, 10))
    opened.act("implementation.return", plan, date(2010, 9, 9), reason="请补充目标。")
    opened.act("implementation.submit", plan, date(2010, 9, 9))
    reviewer = desk(opened.cast.bureaus[opened.district][1])
    answer = reviewer.post(f"/do/implementation.review/{plan.pk}/", sent)
    assert (answer.status_code, answer.context["stale"]) == (422, True)
    assert "这个页面打开之后，事情已有进展。" in text(answer)
    assert answer.context["latest"]["what"] == "提交实施方案"
    assert 'name="seen" value="3"' in text(answer)
    again = sent | {"seen": "3", "request_id": str(answer.context["sheet"].request_id)}
    assert reviewer.post(f"/do/implementation.review/{plan.pk}/", again).status_code == 303


def test_what_somebody_else_began_meanwhile_leads_to_the_purchase(opened: Line, street: Client) -> None:
    sent = typed(opened, "needs.start", NeedsAssessment(purchase=opened.purchase), date(2010, 9, 10))
    opened.act("needs.start", None, date(2010, 9, 9))
    answer = street.post(begin("needs.start", opened), sent)
    assert (answer.status_code, answer["Location"]) == (303, f"/purchases/{opened.purchase.pk}/")
    assert notes(answer) == ["页面打开之后已有办理，请先查看最新情况，再决定是否办理"]
    assert Entry.objects.filter(action="needs.start").count() == 1


def test_one_person_may_not_do_both(line: Line, desk: Desk, today: Today) -> None:
    awarded(line, date(2010, 11, 1))
    line.act("contract.draft", None, date(2010, 12, 1))
    today("2010-12-02")
    contract = line.contract()
    handler = desk(line.cast.bureaus[line.district][0])
    page = handler.get(f"/do/contract.approve/{contract.pk}/")
    assert [found["rule"] for found in page.context["findings"]] == ["kernel.incompatible"]
    assert page.context["closed"] is True
    sent = typed(line, "contract.approve", contract, date(2010, 12, 2))
    assert handler.post(f"/do/contract.approve/{contract.pk}/", sent).status_code == 422
    reviewer = desk(line.cast.bureaus[line.district][1])
    sent = typed(line, "contract.approve", contract, date(2010, 12, 2))
    assert reviewer.post(f"/do/contract.approve/{contract.pk}/", sent).status_code == 303


# --- warnings -----------------------------------------------------------------------------------------------------


@pytest.fixture
def dear(line: Line, today: Today) -> Tender:
    """A call in which the price earns sixty of a hundred points, ready to be published on 2010-11-19."""
    prepared(line, date(2010, 11, 1))
    factors = [
        {"name": "服务方案", "points": "40", "is_price": "", "measures": "小组出席率"},
        {"name": "价格", "points": "60", "is_price": "on"},
    ]  # fmt: skip
    line.act("tender.draft", None, date(2010, 11, 2), factors=factors)
    line.act("tender.brief", line.latest(Tender), date(2010, 11, 3))
    today("2010-11-19")
    tender: Tender = line.latest(Tender)
    return tender


@pytest.mark.clause("GZ-P-2.3c")
def test_a_warning_wants_a_reason_and_keeps_it(dear: Tender, line: Line, desk: Desk) -> None:
    client = desk(line.actor("tender.publish"))
    url = f"/do/tender.publish/{dear.pk}/"
    page = client.get(url)
    assert [(found["rule"], found["severity"]) for found in page.context["findings"]] == [("quality-dominates", "warn")]
    assert 'name="acknowledge-quality-dominates"' in text(page)
    assert page.context["closed"] is False
    sent = typed(line, "tender.publish", dear, date(2010, 11, 19))
    refused = client.post(url, sent | {"acknowledge-quality-dominates": "  "})
    assert refused.status_code == 422
    assert "价格占 60 分，满分 100 分" in text(refused)
    done = client.post(url, sent | {"acknowledge-quality-dominates": "本项目以场地维护为主。"})
    assert done.status_code == 303
    shown = text(client.get(f"/purchases/{line.purchase.pk}/"))
    assert "说明理由：本项目以场地维护为主。" in shown


def test_what_was_typed_for_a_reason_is_shown_again(dear: Tender, line: Line, desk: Desk) -> None:
    sent = typed(line, "tender.publish", dear, date(2010, 11, 19), bids_due_at="2010-11-22T09:30")
    answer = desk(line.actor("tender.publish")).post(
        f"/do/tender.publish/{dear.pk}/", sent | {"acknowledge-quality-dominates": "以场地维护为主。"}
    )
    assert answer.status_code == 422
    assert [found["rule"] for found in answer.context["findings"]] == ["quality-dominates", "bid-period"]
    assert "以场地维护为主。</textarea>" in text(answer)


def test_a_purchase_is_opened_from_its_form(line: Line, desk: Desk, today: Today) -> None:
    today("2010-08-02")
    client = desk(line.cast.streets[line.street.pk])
    sent = typed(line, "purchase.open", Purchase(), date(2010, 8, 2))
    answer = client.post("/do/purchase.open/new/", sent)
    opened = Purchase.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, f"/purchases/{opened.pk}/")
    assert client.get(f"/purchases/{opened.pk}/").status_code == 200


@pytest.mark.parametrize(
    "url",
    [
        "/purchases/{n}/", "/do/implementation.review/{n}/", "/do/needs.start/new/?purchase={n}", "/documents/{n}/",
        "/notices/{n}/", "/purchases/{n}/entries/{n}/proof.json",
    ],
)  # fmt: skip
def test_a_number_beyond_all_numbers_does_not_exist(url: str, opened: Line, street: Client) -> None:
    assert street.get(url.format(n="9" * 30)).status_code == 404


@pytest.mark.parametrize("url", ["/purchases/?page={n}", "/notices/?before={n}", "/posts/?organisation={n}"])
def test_a_filter_beyond_all_numbers_finds_what_it_finds(url: str, opened: Line, street: Client) -> None:
    assert {street.get(url.format(n="9" * digits)).status_code for digits in (18, 30, 5000)} == {200}


def test_a_version_and_a_request_number_that_are_none(opened: Line, street: Client) -> None:
    sent = typed(opened, "needs.start", NeedsAssessment(purchase=opened.purchase), date(2010, 9, 10))
    assert street.post(begin("needs.start", opened), sent | {"seen": "9" * 5000}).status_code == 422
    assert street.post(begin("needs.start", opened), sent | {"request_id": "x"}).status_code == 303
