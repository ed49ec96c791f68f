"""What another regime would have said of a purchase: the same facts, other rules, other days."""

from __future__ import annotations

from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from gongyue.demonstration.line import Line
from gongyue.kernel import replay as replaying
from gongyue.kernel.actions import vocabulary
from gongyue.kernel.replay import replay
from gongyue.ledger.models import Entry
from gongyue.policy import Regime
from gongyue.tendering.models import Tender
from tests.packs.conftest import ELSEWHERE, OWN
from tests.tendering.conftest import budgeted, publish

YUNHAI = "cn-xx-yunhai"
FIRST = date(2010, 8, 20)  # a Friday


@pytest.fixture
def announced(line: Line) -> Line:
    return publish(budgeted(line))


@pytest.fixture(scope="module")
def yunhai() -> Regime:
    return Regime.load([OWN, ELSEWHERE], YUNHAI, vocabulary())


def found(line: Line, regime: Regime, **given: Any) -> dict[str, list[str]]:
    """Of each act that would not have gone without a word, what would have been said."""
    rows = replay(line.purchase, regime, **given)
    return {row.action.name: [each.rule for each in row.findings] for row in rows if row.findings and not row.unused}


def test_under_its_own_regime_a_purchase_meets_nothing(announced: Line) -> None:
    done = list(replay(announced.purchase, announced.regime))
    assert len(done) == Entry.objects.filter(purchase=announced.purchase.pk).count()
    assert [(row.action.name, row.findings) for row in done if row.findings] == []
    assert [row.on for row in done][0] == FIRST


def test_another_order_and_another_meeting_refuse(announced: Line, yunhai: Regime) -> None:
    """In Yunhai the meeting follows the call; and it knows no review of a plan by the district."""
    assert found(announced, yunhai)["tender.brief"] == ["kernel.state", "briefing-soon"]
    beside = {row.action.name for row in replay(announced.purchase, yunhai) if row.unused}
    assert {"implementation.review", "inventory.record"} <= beside
    assert not any(row.refused for row in replay(announced.purchase, yunhai) if row.unused)


def test_the_whole_purchase_moves_by_whole_weeks(announced: Line) -> None:
    """The fifth of March 2018 is a Monday: the purchase, begun on a Friday, begins on the ninth."""
    moved = list(replay(announced.purchase, announced.regime, begin=date(2018, 3, 5)))
    assert moved[0].on == date(2018, 3, 9)
    assert {
        row.on - plain.on for row, plain in zip(moved, replay(announced.purchase, announced.regime), strict=True)
    } == {timedelta(weeks=394)}
    assert moved[0].on.weekday() == FIRST.weekday()


def test_what_is_not_in_force_on_the_day_is_not_asked(announced: Line, yunhai: Regime) -> None:
    """Yunhai's measures end with 2014."""
    assert "briefing-soon" not in found(announced, yunhai, begin=date(2018, 3, 5)).get("tender.brief", [])


def test_two_duties_of_one_person_are_seen(announced: Line) -> None:
    pair = next(each for each in announced.regime.incompatible if "implementation.approve" in each.duties)
    first, second = pair.duties
    so_far = replaying._SoFar(announced.regime)
    entry = Entry.objects.get(purchase=announced.purchase.pk, action=first)
    so_far.done.append((first, entry.person_id, entry.subject))
    so_far.reached[entry.subject] |= {"submitted", "reviewed"}
    act = replaying.ACTIONS[second]
    said = [
        [(each.rule, each.cite) for each in so_far.objections(act, entry, on)] for on in (FIRST, date(2009, 12, 31))
    ]
    assert said == [[("kernel.incompatible", pair.cite)], []]  # the scheme is counted from 2010


def test_asking_changes_nothing(announced: Line, yunhai: Regime) -> None:
    before = announced.latest(Tender).version, Entry.objects.count()
    list(replay(announced.purchase, yunhai))
    assert (announced.latest(Tender).version, Entry.objects.count()) == before


def said(*words: str) -> list[str]:
    out = StringIO()
    call_command("packs", "replay", *words, stdout=out)
    return out.getvalue().splitlines()


def test_the_command_says_it_with_the_articles(announced: Line, settings: Any) -> None:
    settings.GONGYUE_PACKS = [ELSEWHERE]
    lines = said(YUNHAI, str(announced.purchase.pk))
    place = lines.index("2010-10-20 登记信息沟通会")
    assert lines[place + 1] == (
        "  ✗ 当前为“招标文件已拟”，不能登记信息沟通会；须先完成“已发标”（云海市政府购买社会工作服务办法（虚构） 8）"
    )
    assert lines[-1].startswith(f"{announced.purchase.title}：依 {YUNHAI} 重放 ")
    assert said("cn-gd-guangzhou", str(announced.purchase.pk)) == [
        f"{announced.purchase.title}：依 cn-gd-guangzhou 重放 "
        f"{Entry.objects.filter(purchase=announced.purchase.pk).count()} 次办理，"
        "0 次会被拒绝，0 次会有提示，0 次当地没有这一步"
    ]


def test_what_is_not_there_is_said(announced: Line) -> None:
    with pytest.raises(CommandError, match="没有“cn-yy”这一规则包"):
        said("cn-yy", str(announced.purchase.pk))
    with pytest.raises(CommandError, match="没有编号为 99999 的采购"):
        said("cn-gd-guangzhou", "99999")
