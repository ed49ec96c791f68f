"""采购方式 on a purchase's page: which methods are lawful and why not the others, each with its article."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest

from gongyue.clock import LOCAL
from gongyue.desk.methodcard import Row, method_card
from gongyue.kernel import regimes
from gongyue.kernel.dossier import Dossier
from tests.tendering.shanghai import Town, choice, settle

from .conftest import Desk, text

pytestmark = pytest.mark.django_db
ON = date(2012, 3, 12)


@pytest.fixture
def town(db: None) -> Town:
    found = settle()
    found.open(date(2012, 3, 1))
    found.budget(date(2012, 3, 1), "300000")
    return found


def rows(town: Town, on: date = ON) -> dict[str, Row]:
    assert town.purchase is not None
    town.purchase.refresh_from_db()
    regime = regimes.current("cn-sh")
    at = datetime.combine(on, datetime.min.time().replace(hour=10), LOCAL)
    card = method_card(Dossier(town.purchase, at=at, regime=regime))
    assert card is not None
    return {row.name: row for row in card.rows}


def test_before_a_choice_only_open_tender_is_certain(town: Town) -> None:
    """Nobody has said what the limits are, and none is guessed."""
    found = rows(town)
    assert {name: row.word for name, row in found.items()} == {
        "公开招标": "可以采用", "邀请招标": "不能采用", "竞争性谈判": "不能采用", "竞争性磋商": "尚无依据",
        "单一来源": "不能采用", "凭单制（框架协议）": "尚无依据", "定向委托": "不能采用", "公益创投": "不能采用",
    }  # fmt: skip
    assert [one["rule"] for one in found["竞争性谈判"].findings] == ["limit-known"]


def test_once_the_amounts_are_known_each_method_has_its_verdict(town: Town) -> None:
    town.act("method.choose", None, ON, town.purchaser, **choice("negotiation", "undefined_spec"))
    found = rows(town)
    assert {name: row.word for name, row in found.items()} == {
        "公开招标": "可以采用", "邀请招标": "须说明理由", "竞争性谈判": "可以采用", "竞争性磋商": "尚无依据",
        "单一来源": "须说明理由", "凭单制（框架协议）": "尚无依据", "定向委托": "须说明理由", "公益创投": "不能采用",
    }  # fmt: skip
    assert [name for name, row in found.items() if row.chosen] == ["竞争性谈判"]
    assert [name for name, _cite in found["竞争性谈判"].grounds] == [
        "技术复杂或者性质特殊，无法列出详细要求", "不可预见且非因拖延的紧急需要，招标来不及", "价格总额无法事先算出",
    ]  # fmt: skip


def test_above_the_limit_every_other_method_needs_approval(town: Town) -> None:
    large = choice("open", open_limit_fen="300000")
    town.act("method.choose", None, ON, town.purchaser, **large)
    assert {row.word for name, row in rows(town).items() if name in {"竞争性谈判"}} == {"须报批"}


def test_a_place_without_the_step_has_no_card(line: object) -> None:
    from gongyue.demonstration.line import Line

    assert isinstance(line, Line)
    line.open(date(2010, 8, 20))
    assert method_card(line.dossier(date(2010, 8, 21))) is None


def test_once_settled_the_other_methods_fold_away(town: Town, desk: Desk, today: Callable[[str], date]) -> None:
    assert town.purchase is not None
    page, fold = f"/purchases/{town.purchase.pk}/", "各种方式能否采用、为什么"
    today("2012-03-12")
    assert fold not in text(desk(town.purchaser).get(page))
    town.act("method.choose", None, ON, town.purchaser, **choice("negotiation", "undefined_spec"))
    shown = text(desk(town.purchaser).get(page))
    assert shown.index(fold) < shown.index("公益创投")
