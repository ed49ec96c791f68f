"""The components: exact money, honest deadlines, and an end to mistyped arguments."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory
from django.utils import translation
from django.utils.html import strip_tags

from gongyue.desk.icons import ICONS
from gongyue.desk.templatetags.gongyue import TONES, countdown, yuan

TODAY = date(2010, 12, 1)


def render(text: str, **context: Any) -> str:
    return Template("{% load gongyue %}" + text).render(Context(context)).strip()


def words(text: str, **context: Any) -> list[str]:
    """What a reader sees, line by line, without the tags."""
    return [line.strip() for line in strip_tags(render(text, **context)).splitlines() if line.strip()]


@pytest.mark.parametrize(
    ("fen", "text"),
    [
        (0, "0.00"),
        (5, "0.05"),
        (123_456_789, "1,234,567.89"),
        (-123_450, "−1,234.50"),
        (10**15, "10,000,000,000,000.00"),
    ],
)
def test_fen_as_yuan(fen: int, text: str) -> None:
    assert yuan(fen) == text


@pytest.mark.parametrize(
    ("fen", "text"),
    [
        (200_000_000, "200 万元"),
        (33_750_000, "33.75 万元"),
        (400_000_000_000, "400,000 万元"),
        (1, "0.000001 万元"),
        (-1_000_000, "−1 万元"),
        (None, "—"),
    ],
)
def test_fen_as_wan_yuan_is_exact(fen: int | None, text: str) -> None:
    assert words("{% wan fen=fen %}", fen=fen) == [text]


def test_inside_an_attribute_an_amount_carries_no_tag() -> None:
    assert render("{% wan fen=200000000 plain=True %}") == "200 万元"


@pytest.mark.parametrize(("bp", "text"), [(6250, "62.5%"), (10000, "100%"), (1, "0.01%"), (-5, "−0.05%"), (None, "—")])
def test_basis_points_as_percent_are_exact(bp: int | None, text: str) -> None:
    assert words("{% percent bp=bp %}", bp=bp) == [text]


def test_money_in_a_line_and_in_a_column() -> None:
    assert words("{% money fen=100 %}") == ["1.00 元"]
    assert words("{% money fen=100 unit=False %}") == ["1.00"]


def test_a_moment_is_shown_on_its_local_day() -> None:
    at = datetime(2010, 11, 30, 16, 30, tzinfo=UTC)
    assert words("{% day on=at %}", at=at) == ["2010年12月1日"]
    assert words("{% day on=at time=True %}", at=at) == ["2010年12月1日 00:30"]
    assert words("{% day on=at week=True %}", at=at) == ["2010年12月1日 星期三"]


@pytest.mark.parametrize(
    ("due_on", "text", "tone"),
    [
        (date(2010, 11, 19), "已逾期 12 天", "cinnabar"),
        (date(2010, 11, 30), "已逾期 1 天", "cinnabar"),
        (TODAY, "今天到期", "ochre"),
        (date(2010, 12, 4), "剩余 3 天", "ochre"),
        (date(2010, 12, 5), "剩余 4 天", "plain"),
        (None, "不限期", "plain"),
    ],
)
def test_a_deadline_counts_calendar_days(due_on: date | None, text: str, tone: str) -> None:
    seen = countdown(due_on, TODAY)
    assert (seen["text"], seen["tone"]) == (text, tone)


def test_a_day_that_cannot_be_computed_says_so() -> None:
    assert countdown(None, TODAY, known=False)["text"] == "尚不能确定"


def test_a_suspended_deadline_is_never_overdue() -> None:
    shown = render(
        "{% obligation what='答复质疑' today=today due_on=due suspended=True %}", today=TODAY, due=date(2010, 1, 1)
    )
    assert 'class="obligation tone-plain"' in shown
    assert words("{% obligation what='答复质疑' today=today due_on=due suspended=True %}", today=TODAY, due=TODAY) == [
        "暂停计时", "答复质疑", "期限 2010-12-01 星期三",
    ]  # fmt: skip


def test_a_finding_names_its_kind_sentence_and_article() -> None:
    text = "{% finding sentence='不足 15 日' cite='《程序》三（二）2' url='/a/' reading='会后起算' %}"
    assert words(text) == ["不能办理：不足 15 日", "《程序》三（二）2", "会后起算"]


def test_what_is_shown_is_escaped() -> None:
    assert "&lt;b&gt;" in render("{% finding sentence=said %}", said="<b>")
    assert "&lt;b&gt;" in render("{% badge label=said %}", said="<b>")


@pytest.mark.parametrize(
    ("findings", "is_link"),
    [([], True), ([{"sentence": "请注意", "severity": "warn"}], True), ([{"sentence": "不能"}], False)],
)
def test_an_offer_that_is_blocked_is_no_link(findings: list[dict[str, str]], is_link: bool) -> None:
    assert ('href="/go/"' in render("{% offer label='发布' url='/go/' findings=f %}", f=findings)) == is_link


def test_of_many_refusals_the_first_are_shown_and_the_rest_is_folded() -> None:
    found = [{"sentence": f"第{n}条", "severity": "warn" if n == 0 else "block"} for n in range(5)]
    shown = render("{% offer label='发布' findings=f %}", f=found)
    open_part, _, folded = shown.partition("<details>")
    assert [[n for n in range(5) if f"第{n}条" in part] for part in (open_part, folded)] == [[1, 2, 3], [0, 4]]
    assert "另有 2 条" in folded
    assert "<details>" not in render("{% offer label='发布' findings=f %}", f=found[:3])


def test_a_share_is_drawn_in_thousandths() -> None:
    assert 'class="part" width="620"' in render("{% share part=62 whole=100 %}")
    assert 'class="part" width="1000"' in render("{% share part=3 whole=2 %}")
    assert 'class="part" width="0"' in render("{% share part=1 whole=0 %}")


def test_the_query_keeps_what_it_does_not_change() -> None:
    request = RequestFactory().get("/", {"stage": "running", "page": "2"})
    assert render("{% query page=3 %}", request=request) == "?stage=running&amp;page=3"
    assert render("{% query page=None %}", request=request) == "?stage=running"


@pytest.mark.parametrize(
    "text", ["{% icon 'no-such' %}", "{% badge label='x' tone='red' %}", "{% badge text='x' %}", "{% money 100 %}"]
)
def test_mistakes_in_a_template_fail_at_once(text: str) -> None:
    with pytest.raises(TemplateSyntaxError):
        render(text)


def test_templates_name_tones_and_icons_that_there_are() -> None:
    """Also in branches that no test walks into."""
    texts = {path: path.read_text() for path in Path("gongyue").rglob("templates/**/*.html")}
    wrong = [
        (path.name, name)
        for path, text in texts.items()
        for pattern, known in ((r'tone="(\w+)"', TONES), (r'icon="([\w-]+)"', ICONS), (r'\{% icon "([\w-]+)"', ICONS))
        for name in re.findall(pattern, text)
        if name not in known
    ]
    assert (len(texts) > 100, wrong) == (True, [])


def test_components_speak_english_too() -> None:
    with translation.override("en"):
        assert words("{% money fen=100 %}") == ["1.00 yuan"]
        assert words("{% wan fen=33750000 %} {% wan fen=33750005 %}") == ["337,500 yuan 337,500.05 yuan"]
        assert countdown(date(2010, 11, 30), TODAY)["text"] == "1 day overdue"
        assert countdown(date(2010, 12, 5), TODAY)["text"] == "4 days left"
