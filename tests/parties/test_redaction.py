"""A text for the public holds nobody's numbers."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from gongyue.parties.redaction import PublicText, personal_in

IDENTITY = "11010519491231002X"


@pytest.mark.clause("GZ-P-3.3.5b")
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("服务 2500 人次，2010 年 10 月起", []),
        (f"长者陈某（{IDENTITY}）", [IDENTITY]),
        ("110105194912310021", []),  # the check digit is wrong: a contract's number, say
        ("电话 138-0013-8000 或 13900139000", ["138-0013-8000", "13900139000"]),
        ("账号 622202138001380001234", []),
        (f"{IDENTITY}，13800138000", [IDENTITY, "13800138000"]),
    ],
)
def test_numbers_of_people_are_found(text: str, found: list[str]) -> None:
    assert personal_in(text) == found


@pytest.mark.clause("GZ-P-3.3.5b")
def test_such_a_text_is_refused_and_the_number_not_repeated() -> None:
    with pytest.raises(ValidationError) as refusal:
        PublicText().clean(f"联系陈某 {IDENTITY}")
    assert refusal.value.messages == ["文中含有疑似身份证号或手机号（110…2X），公开前请删去"]
    assert PublicText().clean("全年开展小组 48 节") == "全年开展小组 48 节"
