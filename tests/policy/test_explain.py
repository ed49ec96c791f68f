from datetime import date

import pytest

from gongyue.policy import Regime, describe


def test_an_action_in_chinese(city: Regime) -> None:
    assert describe(city, "tender.publish", "zh", date(2011, 3, 1)) == [
        "示例市 · tender.publish · 2011-03-01",
        "办理: 购买方 [示民〔2010〕1号 三(二)2]",
        "程序: checked → [announced] → awarded [示民〔2010〕1号 三(二)2]",
        "规则:",
        "  briefing-lead (不得办理) 2010-08-31.. [示民〔2010〕1号 三(二)2]",
        "    要求: days_between(tender.briefing_on, action.at) >= param.tender.briefing_lead_days",
        "    “沟通会距发标不足 {param.tender.briefing_lead_days} 日”",
        "    理解: 发标之前十五日",
        "    规则包: city/rules/tender.yaml:1",
        "  bid-period (不得办理) 2004-09-11..2011-06-30 [示例令第1号 16]",
        "    要求: days_between(action.at, input.closes_on) >= param.tender.bid_days",
        "    “投标期限不足 {param.tender.bid_days} 日（截止 {input.closes_on}）”",
        "    规则包: nation/rules/tender.yaml:1",
        "时限:",
        "  briefing-answer: 答复 2010-08-31.. [示民〔2010〕1号 三(二)2]",
        "    此后: tender.award (购买方) — 15 日 (param.tender.briefing_lead_days) 自 tender.briefing_on",
        "    规则包: city/obligations.yaml:25",
        "  finish-tender: 完成招标 2010-07-01..2012-07-01 [示民〔2010〕2号 四(四)]",
        "    此后: tender.award (购买方) — 1 个月 自 action.at",
        '    适用于: tender.method == "open"',
        "    规则包: city/obligations.yaml:1",
        "  sites-ready: 场地就绪 2010-07-01..2012-07-01 [示民〔2010〕2号 四(三)]",
        "    此后: tender.award (购买方) — 最迟 2010-08-31",
        "    规则包: city/obligations.yaml:33",
        "数值:",
        "  tender.bid_days = 20 (day; 投标期限) 2004-09-11..2011-06-30 [示例令第1号 16]",
        "  tender.briefing_lead_days = 15 (day; 沟通会提前日数) 2010-08-31.. [示民〔2010〕1号 三(二)2]",
    ]


def test_an_action_in_english(city: Regime) -> None:
    assert describe(city, "contract.approve", "en", date(2011, 3, 1)) == [
        "Example city · contract.approve · 2011-03-01",
        "Done by: Purchaser [示民〔2010〕1号 三(三)2]",
        "Order: drafted → [approved] → signed → filed [示民〔2010〕1号 三(三)2]",
        "not by the same person: contract.draft, contract.approve [示民〔2010〕1号 三(三)2]",
        "Rules:",
        "  (none)",
        "Deadlines:",
        "  (none)",
        "Figures:",
        "  (none)",
    ]
    lines = describe(city, "tender.award", "en", date(2011, 8, 1))
    assert lines[3:10] == [
        "Rules:",
        "  award-in-panel (warns) 2011-07-01.. [示例令第2号 20]",
        '    when: tender.method == "open"',
        "    requires: tender.ceiling_fen <= 1000000 * 100",
        "    “The ceiling {tender.ceiling_fen} is too high”",
        "    as of: tender.announced_at",
        "    pack: nation/rules/tender.yaml:15",
    ]


def test_steps_without_a_deadline_and_recurring_ones(city: Regime) -> None:
    assert "    then: contract.file (City bureau) — a next step without a deadline" in describe(
        city, "contract.sign", "en", date(2011, 3, 1)
    )
    assert "    then: contract.draft (Provider) — every 6 months from contract.starts_on" in describe(
        city, "contract.file", "en", date(2011, 3, 1)
    )


def test_an_action_the_regime_does_not_have(city: Regime) -> None:
    assert describe(city, "tender.fail", "zh", date(2011, 3, 1)) == [
        "示例市 · tender.fail · 2011-03-01",
        "本地规则没有这一步",
    ]
    with pytest.raises(KeyError):
        describe(city, "tender.unknown", "zh", date(2011, 3, 1))
