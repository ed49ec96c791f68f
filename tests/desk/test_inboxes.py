"""Each kind of user's inbox shows its own work alone; an office let in for a matter sees that and what is public."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongyue.circulation.models import Cosignature, SignOff
from gongyue.demonstration.cast import Cast
from gongyue.demonstration.chapters.programme import City
from gongyue.demonstration.line import Line
from gongyue.demonstration.papers import PAPERS
from gongyue.demonstration.streets import claimed, opened
from gongyue.kernel.models import Document, Obligation, Post, Purchase, Role
from gongyue.kernel.queries import own_matters
from gongyue.ledger.sequence import sequence
from gongyue.programmes.models import Cooperation
from tests.memory import remembered

from .conftest import Desk, text

pytestmark = pytest.mark.django_db
Today = Callable[[str], date]
OTHER = "北京街"


@pytest.fixture
def busy(line: Line) -> Line:
    both_go_on(line)
    other = Line(line.cast, line.district, OTHER)
    other._purchase = Purchase.objects.get(division=other.street)
    return other


@remembered
def both_go_on(line: Line) -> None:
    """Two streets: bids are being scored in one; in the other the first instalment is to be paid, and offices are asked
    to cooperate and to sign off. The pilot's tasks are assigned."""
    City(line.cast).launch(date(2010, 7, 5))
    opened(line, date(2010, 11, 1), {0: "1960000", 1: "1985000", 3: "1990000"})
    other = Line(line.cast, line.district, OTHER)
    claimed(other, date(2010, 10, 8))
    cast, street = line.cast, line.cast.streets[other.street.pk]
    disabled, women = cast.departments["disabled"], cast.departments["women"]
    paper = SimpleUploadedFile("函.pdf", b"%PDF-1.4 cooperation")
    other.act("cooperation.ask", None, date(2010, 11, 29), actor=street, what="对接康复服务",
              organisation=disabled.organisation_id, due_on="2010-12-20")  # fmt: skip
    other.act("cooperation.answer", other.latest(Cooperation), date(2010, 11, 29), actor=disabled,
              answer="已安排专人对接", paper=paper)  # fmt: skip
    other.act("cooperation.ask", None, date(2010, 11, 29), actor=street, what="提供场地无障碍改造意见",
              organisation=disabled.organisation_id, due_on="2010-12-20")  # fmt: skip
    drafter, checker = cast.bureaus[other.district]
    signers = [{"organisation": str(post.organisation_id)} for post in (women, cast.committees[other.street.pk])]
    given = PAPERS["signoff.draft"](other, SignOff(), date(2010, 11, 29)) | {"signers": signers}
    other.act("signoff.draft", None, date(2010, 11, 29), actor=drafter, **given)
    other.act("signoff.check", other.latest(SignOff), date(2010, 11, 29), actor=checker)
    other.act("cosignature.give", other.latest(Cosignature), date(2010, 11, 30), actor=women, stance="agreed", text="")
    sequence()


def users(cast: Cast, line: Line) -> dict[str, Post]:
    provider = cast.social[[p.organisation_id for p in cast.social].index(line.contract().provider_id)]
    assert cast.city_finance is not None and cast.legal is not None and cast.evaluator is not None
    return {
        "city": cast.city[0], "city finance": cast.city_finance, "district": cast.bureaus[line.district][0],
        "finance": cast.finances[line.district], "audit": cast.audits[line.district], "legal": cast.legal,
        "street": cast.streets[line.street.pk], "committee": cast.committees[line.street.pk], "provider": provider,
        "worker": cast.post(provider.organisation, "社工", "worker-of-inboxes"),
        "bidder": next(p for p in cast.social if p.organisation_id != provider.organisation_id),
        "expert": cast.experts[0], "idle expert": cast.experts[4], "evaluator": cast.evaluator,
        "department": cast.departments["disabled"], "signing department": cast.departments["women"],
    }  # fmt: skip


KINDS = [
    "city", "city finance", "district", "finance", "audit", "legal", "street", "committee", "provider", "worker",
    "bidder", "expert", "idle expert", "evaluator", "department", "signing department",
]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_an_inbox_holds_its_own_work_only(kind: str, busy: Line, desk: Desk, today: Today) -> None:
    post = users(busy.cast, busy)[kind]
    today("2010-12-02")
    owed = Obligation.objects.filter(organisation=post.organisation_id, is_open=True)
    mine = {row.pk for row in owed if not row.personal or row.post_id == post.pk}
    browser, shown = desk(post), set()
    for number in range(1, 4):
        page = browser.get(f"/desk/?page={number}")
        shown |= {task.row.pk for task in page.context["rows"]}
        if page.context["page"].total in {"0", *map(str, range(1, 20 * number + 1))}:
            break
    assert shown == mine
    others = set(Obligation.objects.filter(is_open=True).values_list("pk", flat=True)) - mine
    assert not shown & others
    for tab in ("overdue", "soon"):
        assert {task.row.pk for task in browser.get(f"/desk/?tab={tab}").context["rows"]} <= mine


WORK = {
    "finance": "payment.pay", "city finance": "payment.pay", "expert": "sheet.submit",
    "committee": "cosignature.give", "department": "cooperation.answer", "legal": "task.answer",
}  # fmt: skip


@pytest.mark.parametrize(("kind", "action"), WORK.items())
def test_what_waits_for_somebody_is_there(kind: str, action: str, busy: Line, desk: Desk, today: Today) -> None:
    today("2010-12-02")
    page = desk(users(busy.cast, busy)[kind]).get("/desk/")
    assert action in {task.row.action for task in page.context["rows"]}


def test_an_office_let_in_sees_its_matter_and_what_is_public(busy: Line, desk: Desk, today: Today) -> None:
    today("2010-12-02")
    purchase, disabled = busy.purchase, busy.cast.departments["disabled"]
    page = desk(disabled).get(f"/purchases/{purchase.pk}/")
    file, shown = page.context["file"], text(page)
    assert [owed.row.action for owed in file.owed] == ["cooperation.answer"]
    assert sorted(matter.paper.state for matter in file.matters) == ["已答复", "待答复"]
    assert {offer.url.split("/")[2] for offer in file.panel.ready} >= {"cooperation.answer"}
    assert file.panel.others == []
    assert [notice.title for notice in file.notices] != []
    assert file.sheets == []
    for hidden in ("请款", "拨付", "投标人", "台账"):
        assert f"<h2>{hidden}" not in shown
    assert str(busy.contract().amount_fen // 100) not in shown.replace(",", "")


@pytest.mark.parametrize(
    "address",
    ["binder/", "duties/", "contracts/{contract}.docx", "list/record/", "list/coordination/", "binder.zip"],
)
def test_the_rest_of_the_purchase_does_not_exist_for_it(address: str, busy: Line, desk: Desk, today: Today) -> None:
    today("2010-12-02")
    browser = desk(busy.cast.departments["disabled"])
    address = address.format(contract=busy.contract().pk)
    assert browser.get(f"/purchases/{busy.purchase.pk}/{address}").status_code == 404


def test_every_part_of_the_page_shows_it_the_same_file(busy: Line, desk: Desk, today: Today) -> None:
    today("2010-12-02")
    browser = desk(busy.cast.departments["disabled"])
    for part in ("money", "papers", "service", "supervision"):
        page = browser.get(f"/purchases/{busy.purchase.pk}/{part}/")
        assert (page.status_code, page.templates[0].name) == (200, "desk/purchase_own.html")


def test_pages_and_files_of_its_own_matters_open_and_others_do_not(busy: Line, desk: Desk, today: Today) -> None:
    today("2010-12-02")
    purchase, disabled = busy.purchase, busy.cast.departments["disabled"]
    browser, other = desk(disabled), desk(busy.cast.departments["women"])
    own = Cooperation.objects.filter(purchase=purchase).order_by("pk")[0]
    paper = Document.objects.get(subject=own.key)
    foreign = Document.objects.filter(purchase=purchase, restricted=False).exclude(subject=own.key)
    answer = browser.get(f"/documents/{paper.pk}/")
    assert b"".join(answer.streaming_content) == b"%PDF-1.4 cooperation"  # type: ignore[attr-defined]
    assert browser.get(f"/purchases/{purchase.pk}/cooperation/{own.pk}/").status_code == 200
    for address in (f"/purchases/{purchase.pk}/cooperation/{own.pk}/", f"/documents/{paper.pk}/"):
        assert other.get(address).status_code == 404
    for document in foreign:
        assert browser.get(f"/documents/{document.pk}/").status_code == 404
    signoff = busy.latest(SignOff)
    assert (browser.get(f"/signoffs/{signoff.pk}/").status_code, other.get(f"/signoffs/{signoff.pk}/").status_code) == (
        404, 200,
    )  # fmt: skip
    assert own.key in own_matters(purchase, disabled)
    found = browser.get("/search/", {"q": busy.contract().number}).context["groups"]
    assert [group.label for group in found if str(group.label) in {"合同", "请款发票", "拨款凭证"}] == []


def test_its_list_names_the_purchase_with_its_own_deadline(busy: Line, desk: Desk, today: Today) -> None:
    today("2010-12-02")
    page = desk(busy.cast.departments["disabled"]).get("/purchases/")
    assert [row.pk for row in page.context["page"].rows] == [busy.purchase.pk]
    assert "2010-12-20" in text(page)
    dashboard: Client = desk(busy.cast.departments["disabled"])
    assert dashboard.get(f"/purchases/{Purchase.objects.exclude(pk=busy.purchase.pk)[0].pk}/").status_code == 404


def test_who_stands_in_the_purchase_already_keeps_the_whole_of_it(busy: Line, desk: Desk, today: Today) -> None:
    today("2010-12-02")
    committee = busy.cast.committees[busy.street.pk]
    assert not Role.objects.filter(organisation=committee.organisation, partial=True).exists()
    page = desk(committee).get(f"/purchases/{busy.purchase.pk}/")
    assert page.templates[0].name == "desk/purchase.html"
