"""A regime is data: another city, and another rule, without a line of Python."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from gongyue.budget.models import PlanItem
from gongyue.clock import LOCAL
from gongyue.contracts.models import Contract
from gongyue.demonstration.cast import Cast, Refused, assemble
from gongyue.demonstration.line import Line
from gongyue.demonstration.streets import funds
from gongyue.kernel import regimes
from gongyue.kernel.models import Obligation
from gongyue.ledger.models import Entry
from gongyue.payments.models import Payment
from gongyue.programmes.models import ImplementationPlan
from gongyue.tendering.models import Tender
from tests.town import REGIME

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ELSEWHERE = Path(__file__).parents[1] / "packs_elsewhere"
PACKS = Path(regimes.__file__).parents[1] / "packs"


@pytest.fixture
def yunhai(settings: Any, cast: Cast) -> Cast:
    """An invented city's people, in the same database as Guangzhou's."""
    settings.GONGYUE_PACKS = [str(ELSEWHERE)]
    regimes.load("cn-xx-yunhai")
    *_, (_what, everybody) = assemble("cn-xx-yunhai", since=date(2010, 3, 1), prefix="yh-")
    funds(everybody, date(2010, 4, 1))
    return everybody


def day(month: int, number: int) -> date:
    return date(2010, month, number)


def test_an_invented_city_buys_in_its_own_order(yunhai: Cast) -> None:
    """Other figures, the briefing after the issue, no review by the district, no approval of the contract."""
    line = Line(yunhai, "999901", "望潮街")
    purchase = line.open(day(5, 4))
    line.assess_needs(day(5, 5), day(5, 10))
    plan = line.through(ImplementationPlan, "approved", day(5, 11), day(5, 12))
    line.budget(day(5, 13), day(5, 14), day(5, 17))
    line.through(Tender, "announced", day(5, 18), day(5, 19))
    line.act("tender.brief", line.latest(Tender), day(5, 21))
    line.act("tender.appoint", line.latest(Tender), day(5, 21))
    line.bid(day(5, 28), {0: "1180000", 1: "1150000", 4: "1190000"})
    line.open_bids(datetime.combine(day(6, 9), datetime.min.time().replace(hour=10), LOCAL))
    line.score(day(6, 10))
    line.through(Tender, "awarded", day(6, 11))
    contract = line.through(Contract, "filed", day(6, 14), day(6, 16), day(6, 18), day(6, 21))
    claim = line.claim(1, day(7, 1), day(7, 2))
    line.pay(claim, day(7, 5))

    acts = list(Entry.objects.filter(purchase=purchase.pk).order_by("pk").values_list("action", flat=True))
    assert (plan.state, contract.state, contract.approved_on) == ("approved", "filed", None)
    assert acts.index("tender.brief") > acts.index("tender.publish")
    assert {"contract.approve", "implementation.review"} & set(acts) == set()
    paid = Payment.objects.filter(claim=claim).order_by("pk")
    assert [(p.payer.name, p.amount_fen, p.state) for p in paid] == [
        ("云海市财政局", 14_160_000, "paid"),
        ("海东区财政局", 33_040_000, "paid"),
    ]  # thirty and seventy percent of four tenths of 1 180 000 yuan


def test_what_guangzhou_refuses_it_may_allow_and_the_other_way_round(yunhai: Cast) -> None:
    """A foundation bids in Yunhai; a street beyond its list is refused under its own article."""
    line = Line(yunhai, "999901", "鸣沙街")
    line.open(day(5, 4))
    with pytest.raises(Refused, match="needs-before-project"):
        line.act("item.propose", None, day(5, 5))
    own = {rule.id: rule.cite for rule in line.regime.all_rules()}
    assert own["provider-type"] == "yh-measures-2010#9"
    assert "briefing-lead" not in own


@pytest.fixture
def with_another_rule(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Guangzhou's folder, with one more file of YAML in it."""
    shutil.copytree(PACKS, tmp_path / "packs")
    (tmp_path / "packs" / REGIME / "rules" / "more.yaml").write_text(
        """
- id: title-names-the-street
  on: implementation.submit
  require: input.site_ready_on_known && days_between(input.site_ready_on, action.at) <= 365
  refuse: {zh: 场地落实日期不能早于一年以前, en: The site cannot have been ready more than a year ago}
  cite: "gz-scheme-2010#四(二)"
""",
        encoding="utf-8",
    )
    monkeypatch.setattr(regimes, "roots", lambda: [tmp_path / "packs"])
    regimes.load(REGIME)
    yield


def test_a_rule_added_in_yaml_alone_refuses_and_is_shown(line: Line, with_another_rule: None) -> None:
    line.open(date(2010, 8, 10))
    with pytest.raises(Refused, match="title-names-the-street"):
        line.act("implementation.submit", None, date(2010, 8, 20), site_ready_on="2009-08-01")
    assert ImplementationPlan.objects.filter(purchase=line.purchase).count() == 0
    page = Client().get(f"/regimes/{REGIME}/").content.decode()
    assert "场地落实日期不能早于一年以前" in page
    out = StringIO()
    call_command("packs", "explain", REGIME, "implementation.submit", "--on", "2010-08-20", stdout=out)
    assert "title-names-the-street" in out.getvalue()
    line.act("implementation.submit", None, date(2010, 8, 20))


def test_the_day_decides_which_law_is_asked(line: Line) -> None:
    """The procedure norm is assumed from 31 August 2010: the day before, its gates are not yet law."""
    line.open(date(2010, 8, 10))
    line.act("item.propose", None, date(2010, 8, 30))
    line.act("item.return", line.latest(PlanItem), date(2010, 8, 30), reason="先做需求评估")
    with pytest.raises(Refused, match="needs-before-project"):
        line.act("item.propose", line.latest(PlanItem), date(2010, 8, 31))


def test_replaced_regimes_stay_readable_by_their_digest(line: Line, with_another_rule: None) -> None:
    """Entries of yesterday name the body they were decided under."""
    line.open(date(2010, 8, 10))
    before = Obligation.objects.filter(purchase=line.purchase).first()
    assert before is not None
    assert regimes.at_digest(before.regime).digest == before.regime
    assert "title-names-the-street" in {r.id for r in regimes.current(REGIME).all_rules()}
