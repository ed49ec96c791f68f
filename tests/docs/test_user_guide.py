"""The guide has a section for each card of the login page, and its pictures are there, each within its weight."""

from __future__ import annotations

import re
from pathlib import Path

from django.utils.translation import override

from gongyue.demonstration.accounts import ACCOUNTS

DOCS = Path(__file__).parents[2] / "docs"
GUIDE = (DOCS / "user-guide.zh.md").read_text(encoding="utf-8")
MOST, MOST_IN_ALL = 120_000, 2_500_000  # bytes


def test_every_kind_of_user_has_a_section() -> None:
    cards = re.findall(r"^卡片：(.+)$", GUIDE, re.M)
    named = re.findall(r"\*\*(.+?)\*\*", "".join(cards))
    with override("zh-hans"):
        assert sorted(named) == sorted(str(account.capacity) for account in ACCOUNTS)
    sections = re.split(r"^## ", GUIDE, flags=re.M)[1:]
    assert [text.partition("\n")[0] for text in sections if "pictures/" not in text] == []


def test_its_contents_lead_to_its_sections() -> None:
    headings = re.findall(r"^## (.+)$", GUIDE, re.M)
    assert sorted(re.findall(r"\]\(#(.+?)\)", GUIDE)) == sorted(headings)


def test_its_pictures_are_there_and_no_others() -> None:
    named = re.findall(r"!\[[^\]]+\]\(pictures/([a-z-]+\.png)\)", GUIDE)
    weights = {path.name: path.stat().st_size for path in (DOCS / "pictures").iterdir()}
    assert sorted(named) == sorted(weights)
    assert {name: size for name, size in weights.items() if size > MOST} == {}
    assert sum(weights.values()) <= MOST_IN_ALL
