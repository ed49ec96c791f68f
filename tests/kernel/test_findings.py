"""Every objection becomes a sentence in the reader's language, with its figures."""

import pytest

from gongyue.kernel.findings import kernel, say
from gongyue.policy import Finding


@pytest.mark.parametrize(
    ("missing", "lang", "words"),
    [
        ("tender.bids_due_at", "zh", "无法判断（投标截止时间），因此不能办理"),
        ("working days of 2027 not yet known", "zh", "无法判断（2027 年的工作日安排尚未公布），因此不能办理"),
        ("tender.unheard_of", "zh", "无法判断（tender.unheard_of），因此不能办理"),
    ],
)
def test_what_could_not_be_judged_is_named_in_words(missing: str, lang: str, words: str) -> None:
    finding = Finding("bid-in-time", "block", "procurement-law#第三十五条", {}, missing)
    assert say(finding, None, lang) == f"bid-in-time — {words}"


def test_capacities_and_actions_are_named_when_shown() -> None:
    finding = kernel("capacity", action="contract.approve", who=["district_bureau", "city_bureau"])
    assert say(finding, None, "zh") == "“审定合同”须由district_bureau、city_bureau办理"


def test_an_objection_the_kernel_does_not_know_is_a_bug() -> None:
    with pytest.raises(AssertionError):
        kernel("whim")
