from __future__ import annotations

from typing import Any

import pytest

from gongyue.disclosure.wording import LABELS, label_of, worded
from gongyue.kernel import regimes


@pytest.mark.parametrize(
    ("action", "name", "label"),
    [
        ("contract.sign", "contract.amount_fen", "合同金额"),
        ("contract.sign", "contract.filed_on", "备案日期"),
        ("assessment.conclude", "assessment.moment", "评估时点"),
        ("assessment.conclude", "input.quality", "质量得分"),
        ("contract.sign", "contract.instalments_fen", "各期金额合计"),
        ("contract.sign", "contract.accepted_on", "承接主体确认日期"),
        ("contract.sign", "action.at", "办理时间"),
    ],
)
def test_a_label_is_the_meaning_without_unit_and_remark(action: str, name: str, label: str) -> None:
    assert label_of(action, name) == label


@pytest.mark.parametrize(
    ("action", "name", "value", "words"),
    [
        ("contract.sign", "contract.amount_fen", 195_000_000, "1,950,000.00 元"),
        ("claim.submit", "input.invoice_amount", 78_000_005, "780,000.05 元"),
        ("assessment.conclude", "input.quality", 8655, "86.55%"),
        ("contract.sign", "contract.state", "accepted", "承接主体已确认"),
        ("assessment.conclude", "assessment.moment", "midterm", "中期评估"),
        ("payment.pay", "payment.payer_level", "city", "市"),
        ("contract.sign", "purchase.scope", "project", "单项服务"),
        ("contract.sign", "purchase.mode", "no such mode", "no such mode"),
        ("contract.sign", "purchase.bought", True, "是"),
        ("contract.sign", "contract.missing", ["质量标准", "支付方式"], "质量标准、支付方式"),
        ("contract.sign", "action.at", "2010-10-20T02:00:00.000000Z", "2010-10-20 10:00"),
        ("contract.sign", "contract.signed_on", "2010-10-20", "2010-10-20"),
        ("tender.publish", "tender.total_points", 100, "100"),
    ],
)
@pytest.mark.django_db
def test_a_value_in_words(cast: object, action: str, name: str, value: Any, words: str) -> None:
    regime = regimes.current("cn-gd-guangzhou")
    assert worded(action, name, value, {}, regime, "zh") == words


@pytest.mark.django_db
def test_what_the_packs_publish_has_a_name_that_can_be_translated(cast: object) -> None:
    body = regimes.current("cn-gd-guangzhou").body
    published = {name for raw in body["disclosures"] for name in raw["fields"] if not name.startswith("input.")}
    assert sorted(published - set(LABELS)) == []


@pytest.mark.django_db
def test_a_mode_has_the_name_its_programme_gives_it(cast: object) -> None:
    regime = regimes.current("cn-gd-guangzhou")
    programme = next(iter(regime.programmes.values()))
    facts = {"purchase.programme": programme.id}
    for lang in ("zh", "en"):
        assert worded("contract.sign", "purchase.mode", "one", facts, regime, lang) == programme.modes["one"].name[lang]
