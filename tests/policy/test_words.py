import pytest

from gongyue.policy.words import fill, length, money, named_in, percent, shown


@pytest.mark.parametrize(
    ("fen", "said"),
    [
        (0, "0.00"),
        (1, "0.01"),
        (100, "1.00"),
        (123_456_789, "1,234,567.89"),
        (-5, "-0.05"),
        (-200_000_000, "-2,000,000.00"),
    ],
)
def test_money(fen: int, said: str) -> None:
    assert money(fen) == said


@pytest.mark.parametrize(
    ("bp", "said"), [(0, "0%"), (5000, "50%"), (250, "2.5%"), (25, "0.25%"), (10_000, "100%"), (-1050, "-10.5%")]
)
def test_percentages(bp: int, said: str) -> None:
    assert percent(bp) == said


@pytest.mark.parametrize(
    ("value", "unit", "zh", "en"),
    [
        (None, "fen", "未知", "unknown"), (True, "flag", "是", "yes"), (False, "", "否", "no"),
        (100, "fen", "1.00 元", "CNY 1.00"), (4000, "bp", "40%", "40%"), (15, "day", "15", "15"),
        ("2010-08-31", "date", "2010-08-31", "2010-08-31"), (["甲", "乙"], "", "甲、乙", "甲, 乙"),
        ([], "", "无", "none"),
        ({"city": 4000, "district": 6000}, "bp", "city 40%，district 60%", "city 40%, district 60%"),
    ],
)  # fmt: skip
def test_figures_as_people_read_them(value: object, unit: str, zh: str, en: str) -> None:
    assert (shown(value, unit, "zh"), shown(value, unit, "en")) == (zh, en)


def test_a_sentence_takes_units_from_names_and_parameters() -> None:
    figures = {"contract.amount_fen": 100, "plan.share_bp": 250, "param.cap": 300, "plan.count": 3}
    sentence = "{contract.amount_fen} / {plan.share_bp} / {param.cap} / {plan.count} / { param.lost }"
    assert fill(sentence, figures, {"param.cap": "fen"}, "zh") == "1.00 元 / 2.5% / 3.00 元 / 3 / 未知"
    assert named_in(sentence) == ["contract.amount_fen", "plan.share_bp", "param.cap", "plan.count", "param.lost"]


@pytest.mark.parametrize(
    ("value", "unit", "zh", "en"),
    [
        (15, "day", "15 日", "15 days"), (5, "workday", "5 个工作日", "5 working days"), (1, "month", "1 个月",
         "1 month"),
        (2, "year", "2 年", "2 years"), (None, "day", "未知", "unknown"),
    ],
)  # fmt: skip
def test_lengths_of_time(value: int | None, unit: str, zh: str, en: str) -> None:
    assert (length(value, unit, "zh"), length(value, unit, "en")) == (zh, en)
