"""The public site: notices with their proof, and every article with what the program does because of it."""

from __future__ import annotations

import html
import json
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from gongyue import clock
from gongyue.demonstration.line import Line
from gongyue.demonstration.streets import announced, awarded
from gongyue.desk.citations import anchor
from gongyue.kernel import regimes
from gongyue.kernel.actions import ACTIONS
from gongyue.ledger.models import Entry, TreeHead
from gongyue.ledger.sequence import sequence
from gongyue.portal.statute import Statute, numbered
from gongyue.tendering.models import Bid, Tender

REGIME = "/regimes/cn-gd-guangzhou/"
Today = Callable[[str], date]


def text(answer: Any) -> str:
    return html.unescape(str(answer.content.decode()))


def ids(page: str) -> list[str]:
    return re.findall(r' id="([^"]+)"', page)


@pytest.fixture
def today(settings: Any, db: None) -> Today:
    def to(day: str) -> date:
        settings.GONGYUE_DEMONSTRATION = True
        clock.advance(date.fromisoformat(day))
        return date.fromisoformat(day)

    return to


@pytest.fixture
def decided(line: Line, today: Today) -> Line:
    awarded(line, date(2010, 11, 1))
    sequence()
    today("2010-12-31")
    return line


# --- home and notices ---------------------------------------------------------------------------------------------


def test_home_shows_the_streets_and_what_was_published(client: Client, decided: Line) -> None:
    page = client.get("/")
    shown = text(page)
    (chart,) = page.context["charts"]
    assert (chart.streets, chart.total_fen, chart.opened) == (20, 400_000_000_0, 1)
    assert chart.totals == [("city", 1_700_000_000), ("district", 2_300_000_000)]
    assert shown.count('class="chart-row"') == 20
    street = chart.districts[0].streets[0]
    assert (street.name, street.first, street.second, street.stage) == ("广卫街", 500, 500, "tender:awarded")
    assert {notice.kind for notice in page.context["notices"]} >= {"award"}
    assert TreeHead.objects.order_by("-size").first().root in shown  # type: ignore[union-attr]


def test_home_of_an_empty_site(client: Client, cast: Any) -> None:
    page = client.get("/")
    assert (page.status_code, page.context["notices"]) == (200, [])
    assert "还没有公告" in text(page)


def test_nobody_needs_to_log_in(client: Client, decided: Line) -> None:
    entry = Entry.objects.get(action="tender.award")
    for url in ("/", "/notices/", f"/notices/{entry.pk}/", "/streets/", "/regimes/", REGIME):
        assert client.get(url).status_code == 200, url
        assert client.post(url).status_code == 405, url


def test_notices_of_one_kind(client: Client, decided: Line) -> None:
    kinds = client.get("/notices/").context["kinds"]
    assert "award" in kinds
    found = client.get("/notices/?kind=award").context["notices"]
    assert [(notice.kind, notice.purchase_title) for notice in found] == [("award", "广卫街社区综合服务中心")]
    everything = client.get("/notices/?kind=nonsense").context["notices"]
    assert len(everything) > 1
    before = everything[-1].entry
    assert client.get(f"/notices/?before={before}").context["notices"] == []


def test_a_notice_shows_its_article_and_its_place_in_the_ledger(client: Client, decided: Line) -> None:
    entry = Entry.objects.get(action="tender.award")
    page = client.get(f"/notices/{entry.pk}/")
    shown = text(page)
    cite = page.context["first"].cite
    assert f'href="{REGIME}#{anchor(cite)}"' in shown
    assert anchor(cite) in ids(text(client.get(REGIME)))
    assert entry.digest in shown
    assert f"第 {entry.leaf.seq} 号，共 {TreeHead.objects.order_by('-size').first().size} 条" in shown  # type: ignore[union-attr]


def test_the_proof_can_be_checked_with_the_program_the_site_gives(
    client: Client, decided: Line, tmp_path: Path
) -> None:
    entry = Entry.objects.get(action="tender.award")
    program, proof = tmp_path / "check_proof.py", tmp_path / "proof.json"
    program.write_bytes(client.get("/notices/check_proof.py").content)
    proof.write_bytes(client.get(f"/notices/{entry.pk}/proof.json").content)
    assert json.loads(proof.read_text(encoding="utf-8"))["leaf"] == entry.digest
    ran = subprocess.run([sys.executable, program, proof], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout.partition(" of ")[0]) == (0, f"HOLDS: leaf {entry.leaf.seq}")
    proof.write_text(proof.read_text(encoding="utf-8").replace("tender.award", "tender.fail"), encoding="utf-8")
    assert subprocess.run([sys.executable, program, proof], capture_output=True, check=False).returncode == 1


@pytest.mark.parametrize("action", ["purchase.open", "bid.submit", "sheet.submit", "needs.start"])
def test_what_no_list_publishes_is_no_notice(action: str, client: Client, decided: Line) -> None:
    entry = Entry.objects.filter(action=action).first()
    assert entry is not None
    for url in (f"/notices/{entry.pk}/", f"/notices/{entry.pk}/proof.json"):
        assert client.get(url).status_code == (404 if not _listed(action) else 200), url
    assert client.get("/notices/987654/").status_code == 404


def _listed(action: str) -> bool:
    return bool(regimes.current("cn-gd-guangzhou").disclosures_of(action, date(2010, 12, 1)))


def test_no_public_page_lets_on_who_bid_before_the_opening(client: Client, line: Line, today: Today) -> None:
    announced(line, date(2010, 11, 1))
    line.bid(date(2010, 11, 10), {0: "1960000", 1: "1985000"})
    sequence()
    today("2010-11-20")
    assert Bid.objects.filter(tender=line.latest(Tender)).count() == 2
    pages = "".join(text(client.get(url)) for url in ("/", "/notices/", "/streets/", REGIME))
    assert [organisation in pages for organisation in ("榕荫", "木棉")] == [False, False]


# --- the regulation -----------------------------------------------------------------------------------------------


def test_every_article_that_a_page_may_cite_has_its_place(client: Client, cast: Any, today: Today) -> None:
    today("2010-12-31")
    regime = regimes.current("cn-gd-guangzhou")
    found = ids(text(client.get(REGIME)))
    cited = {rule.cite for rule in regime.all_rules()} | {duty.cite for duty in regime.all_obligations()}
    cited |= {who.cite for name in ACTIONS if (who := regime.who(name))}
    cited |= {pair.cite for pair in regime.incompatible} | {slot.cite for slot in regime.slots}
    cited |= {value.cite for parameter in regime.parameters() for value in parameter.values}
    assert sorted(cite for cite in cited if anchor(cite) not in found) == []
    articles = [anchor(cite) for cite in cited]
    assert [name for name in articles if found.count(name) != 1] == []


def test_every_rule_deadline_and_figure_is_shown(client: Client, cast: Any, today: Today) -> None:
    today("2010-12-31")
    regime = regimes.current("cn-gd-guangzhou")
    shown = text(client.get(REGIME))
    found = set(ids(shown))
    assert [name for name in sorted(found) if ids(shown).count(name) != 1] == []
    asked = [rule for rule in regime.all_rules() if any(regime.who(name) for name in rule.on)]
    assert {f"rule-{rule.id}" for rule in asked} <= found
    assert {f"deadline-{duty.id}" for duty in regime.all_obligations()} <= found
    assert {f"figure-{parameter.name}" for parameter in regime.parameters()} <= found
    assert {f"instrument-{name}" for name in regime.instruments} <= found
    assert all(slot.what["zh"] in shown for slot in regime.slots)


def test_links_within_the_page_lead_somewhere(client: Client, cast: Any, today: Today) -> None:
    today("2010-12-31")
    shown = text(client.get(REGIME))
    targets = set(re.findall(r'href="#([^"]+)"', shown)) - {"content"}
    assert sorted(targets - set(ids(shown))) == []


def test_what_is_assumed_unknown_or_missing_says_so(client: Client, cast: Any, today: Today) -> None:
    today("2010-12-31")
    page = client.get(REGIME)
    statute = page.context["statute"]
    views = {view.instrument.id: view for view in statute.instruments}
    procedure = views["gz-procedure-2010"]
    assert (procedure.in_force, procedure.instrument.expiry_unknown) == (True, True)
    assert procedure.assumed.startswith("规范自公布之日起施行")
    assert [view.instrument.loaded for view in statute.missing] == [False] * len(statute.missing)
    assert {"gz-fiscal-2010"} <= {view.instrument.id for view in statute.missing}
    shown = text(page)
    assert [words in shown for words in ("推定", "无法推算", "未载入")] == [True] * 3
    assert "按推定的施行日推算为 2012-08-31，只作提示" in shown


@pytest.mark.clause("GZ-P-3.2.2a")
def test_a_rule_is_shown_with_its_figure_source_and_reading(client: Client, cast: Any, today: Today) -> None:
    today("2010-12-31")
    page = client.get(REGIME)
    publish = next(action for action in page.context["statute"].actions if action.name == "tender.publish")
    lead = next(rule for rule in publish.rules if rule.id == "briefing-lead")
    assert "15" in lead.sentence
    assert (lead.label, lead.current) == ("穗民〔2010〕320号附件1 三(二)2", True)
    assert "tender.briefing_on" in lead.sources["require"]
    assert lead.reading != ""
    assert lead.sources["require"] in text(page)


def test_a_rule_outside_its_interval_is_marked(client: Client, cast: Any, today: Today) -> None:
    today("2010-08-01")
    page = client.get(REGIME)
    publish = next(action for action in page.context["statute"].actions if action.name == "tender.publish")
    assert {rule.id: rule.current for rule in publish.rules}["briefing-lead"] is False
    assert "此时不核对" in text(page)


def test_the_regulation_in_english(client: Client, cast: Any, today: Today) -> None:
    today("2010-12-31")
    client.cookies["django_language"] = "en"
    page = client.get(REGIME)
    assert page.context["statute"].name == "Guangzhou (pilot of 2010)"
    assert page["Content-Language"] == "en"
    assert "Scheme for piloting street community service centres" in text(page)


def test_a_regime_that_is_not_loaded_does_not_exist(client: Client, cast: Any) -> None:
    assert client.get("/regimes/cn-national/").status_code == 404
    assert client.get("/regimes/xx/").status_code == 404


def test_articles_are_counted_as_people_count() -> None:
    articles = ["三(十)", "二(一)", "三(二)10", "三(二)2", "三(一)", "附件2", "第四十六条", "第三十五条", "第九条"]
    assert sorted(articles, key=numbered) == [
        "二(一)", "三(一)", "三(二)2", "三(二)10", "三(十)", "第九条", "第三十五条", "第四十六条", "附件2",
    ]  # fmt: skip


# --- all of it ----------------------------------------------------------------------------------------------------


def test_no_page_carries_inline_code_or_style(client: Client, decided: Line) -> None:
    entry = Entry.objects.get(action="tender.award")
    for url in ("/", "/login/", "/notices/", f"/notices/{entry.pk}/", "/streets/", "/regimes/", REGIME):
        page = client.get(url)
        assert re.findall(r"<style|\sstyle=|\son[a-z]+=\"|<script(?![^>]*\ssrc=)", page.content.decode()) == [], url
        assert "default-src 'none'" in page["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("url", "count"),
    [("/", 10), ("/notices/", 6), ("/streets/", 4), ("/regimes/", 4), (REGIME, 5)],
)
def test_queries(url: str, count: int, client: Client, decided: Line, django_assert_num_queries: Any) -> None:
    client.get(url)  # each loaded version of the regimes is compiled once a process
    with django_assert_num_queries(count):
        client.get(url)


def test_a_regime_is_folded_by_room_and_nothing_is_left_over(cast: Any) -> None:
    """Every act and every deadline once, each in a room that has a name; the place's own figures apart."""
    statute = Statute(regimes.current("cn-gd-guangzhou"), date(2011, 3, 1))
    assert [row.name for room in statute.rooms for row in room.rows if room.name == "其他"] == []
    assert sorted(row.name for room in statute.rooms for row in room.rows) == sorted(a.name for a in statute.actions)
    assert [room.name for room in statute.rooms][:4] == ["试点与立项", "需求", "计划与预算", "采购"]
    told = [one.id for room in statute.deadline_rooms for _duty, one in room.rows]
    assert sorted(told) == sorted(one.id for one in statute.deadlines)
    assert {one.name for one in statute.own_parameters} & {one.name for one in statute.other_parameters} == set()
    assert len(statute.own_parameters) + len(statute.other_parameters) == len(statute.parameters)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    ["/feedback/%00/", "/feedback/?receipt=%00", "/q/%00/", "/regimes/%00/", "/projects/?q=a%00", "/notices/?%00=1"],
)
def test_a_nul_in_an_address_is_no_address(address: str, client: Client) -> None:
    assert client.get(address).status_code == 400
