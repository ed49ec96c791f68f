"""Resources recorded, services proposed in their order and costed, argued before anything is drafted."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gongyue.demonstration.line import Line
from gongyue.demonstration.papers import PAPERS
from gongyue.kernel.models import Obligation, Post
from gongyue.kernel.perform import Outcome
from gongyue.needs import queries
from gongyue.needs.models import NeedsAssessment, ResourceInventory, ServiceProposal
from gongyue.tendering.models import Tender
from tests.parties.acts import attempt, content, done, errors, refusals

ON = "2010-09-10"


@pytest.fixture
def street(line: Line) -> Post:
    """Needs are known on 10 September 2010; nothing else yet."""
    line.open(date(2010, 9, 6))
    line.act("needs.start", None, date(2010, 9, 8))
    line.act("needs.conclude", line.latest(NeedsAssessment), date(2010, 9, 10))
    return line.cast.streets[line.street.pk]


@pytest.fixture
def surveyed(line: Line, street: Post) -> Line:
    line.act("inventory.record", None, date(2010, 9, 10))
    return line


def proposed(line: Line, actor: Post, /, **data: Any) -> Outcome:
    subject = line.latest(ServiceProposal) or ServiceProposal(purchase=line.purchase)
    paper = PAPERS["service_proposal.submit"](line, subject, date(2010, 9, 10))
    return attempt("service_proposal.submit", subject, actor, ON, **(paper | data))


def argued(line: Line, actor: Post, /, **data: Any) -> Outcome:
    subject = line.latest(ServiceProposal)
    return attempt(
        "service_proposal.argue",
        subject,
        actor,
        ON,
        **(PAPERS["service_proposal.argue"](line, subject, date(2010, 9, 10)) | data),
    )


@pytest.mark.clause("GZ-S-A1.1")
def test_resources_are_recorded_and_recorded_anew(surveyed: Line, street: Post) -> None:
    row: ResourceInventory = surveyed.latest(ResourceInventory)
    assert (row.state, row.surveyed_on, len(row.resources)) == ("recorded", date(2010, 9, 10), 4)
    assert row.resources[2] == {
        "kind": "organisation", "name": "社区卫生服务中心", "holder": "区卫生局",
        "capacity": "全科医生 8 名", "joining": "refer",
    }  # fmt: skip
    one = row.resources[0] | {"capacity": "500 平方米"}
    again = done(attempt("inventory.update", row, street, "2010-09-12", surveyed_on="2010-09-12", resources=[one]))
    assert (again.version, again.resources) == (2, [one])
    late = attempt(
        "inventory.update", again, street, "2010-09-12", surveyed_on="2010-09-13", resources=[one | {"holder": ""}]
    )
    assert errors(late) == {
        "surveyed_on": ["不能晚于办理当日"], "resources": ["第 1 行 所属单位：这个字段是必填项。"],
    }  # fmt: skip


@pytest.mark.clause("GZ-P-3.1b", "GZ-S-A1.1")
def test_an_organisation_does_not_record_what_is_at_hand(line: Line, street: Post) -> None:
    provider = line.cast.social[0]
    paper = PAPERS["inventory.record"](line, None, date(2010, 9, 10))
    unborn = ResourceInventory(purchase=line.purchase)
    assert refusals(attempt("inventory.record", unborn, provider, ON, **paper)) == ["kernel.capacity"]
    line.act("inventory.record", None, date(2010, 9, 10))
    kept = line.latest(ResourceInventory)
    assert refusals(attempt("inventory.update", kept, provider, ON, **paper)) == ["kernel.capacity"]


@pytest.mark.clause("GZ-P-3.1b")
@pytest.mark.clause("GZ-S-A1.1")
def test_services_are_proposed_from_needs_and_resources(line: Line, street: Post) -> None:
    assert refusals(proposed(line, street)) == ["resources-before-proposal"]
    line.act("inventory.record", None, date(2010, 9, 10))
    kept = done(proposed(line, street))
    assert (kept.state, len(kept.services), len(kept.costs)) == ("submitted", 3, 3)
    assert kept.services[0] == {
        "service": "家庭个案辅导", "category": "family", "phase": "first", "ready": True,
        "standard": "服务质量标准（试行，演示）",
    }  # fmt: skip


@pytest.mark.clause("GZ-P-3.1b")
def test_not_before_needs_are_known(line: Line) -> None:
    line.open(date(2010, 9, 6))
    line.act("needs.start", None, date(2010, 9, 8))
    line.act("inventory.record", None, date(2010, 9, 9))
    assert refusals(proposed(line, line.cast.streets[line.street.pk])) == ["needs-before-proposal"]


@pytest.mark.clause("GZ-P-3.1b")
def test_street_bureau_and_finance_propose(surveyed: Line) -> None:
    for other in (surveyed.cast.city[0], surveyed.cast.social[0]):
        assert refusals(proposed(surveyed, other)) == ["kernel.capacity"]
    assert done(proposed(surveyed, surveyed.cast.finances[surveyed.district])).state == "submitted"


@pytest.mark.clause("GZ-P-3.1b")
def test_the_argument_says_who_said_what(surveyed: Line, street: Post) -> None:
    done(proposed(surveyed, street))
    assert list(errors(argued(surveyed, street, participants=[], result="", conclusion=""))) == [
        "participants", "result", "conclusion",
    ]  # fmt: skip
    outcome = argued(surveyed, street)
    kept = done(outcome)
    assert (kept.state, kept.argued_on, kept.result) == ("argued", date(2010, 9, 10), "adopted")
    assert [row["opinion"] for row in kept.participants][2] == "希望夜间也有人值班。"
    assert content(outcome.entry)["input"]["participants"][0]["name"] == "区某"


@pytest.mark.clause("GZ-P-3.1b")
def test_an_organisation_does_not_argue_what_was_proposed(surveyed: Line, street: Post) -> None:
    done(proposed(surveyed, street))
    paper = PAPERS["service_proposal.argue"](surveyed, surveyed.latest(ServiceProposal), date(2010, 9, 10))
    outcome = attempt("service_proposal.argue", surveyed.latest(ServiceProposal), surveyed.cast.social[0], ON, **paper)
    assert refusals(outcome) == ["kernel.capacity"]


@pytest.mark.clause("GZ-P-3.1b")
def test_a_proposal_says_what_it_aims_at(surveyed: Line, street: Post) -> None:
    assert errors(proposed(surveyed, street, goals="")) == {"goals": ["这个字段是必填项。"]}
    assert done(proposed(surveyed, street, goals="三年内覆盖六成家庭")).goals == "三年内覆盖六成家庭"


@pytest.mark.clause("GZ-P-3.1b")
def test_each_step_is_the_streets_to_do(line: Line) -> None:
    """Resources from the start of the needs assessment, a proposal from its end, the argument once it is proposed."""

    def owed() -> list[str]:
        rows = Obligation.objects.filter(purchase=line.purchase, is_open=True, organisation__division=line.street)
        return sorted(set(rows.values_list("rule", flat=True)) & steps)

    steps = {"record-inventory", "propose-services", "argue-services"}
    line.open(date(2010, 9, 6))
    assert owed() == []
    line.act("needs.start", None, date(2010, 9, 8))
    assert owed() == ["record-inventory"]
    line.act("needs.conclude", line.latest(NeedsAssessment), date(2010, 9, 10))
    assert owed() == ["propose-services", "record-inventory"]
    line.act("inventory.record", None, date(2010, 9, 10))
    line.act("service_proposal.submit", None, date(2010, 9, 10))
    assert owed() == ["argue-services"]
    line.act("service_proposal.argue", line.latest(ServiceProposal), date(2010, 9, 10))
    assert owed() == []


@pytest.mark.clause("GZ-P-3.1b")
def test_no_tender_before_the_argument(line: Line, street: Post) -> None:
    handler = line.cast.bureaus[line.district][0]
    tender = Tender(purchase=line.purchase)
    paper = PAPERS["tender.draft"](line, tender, date(2010, 10, 15))
    assert "proposal-before-tender" in refusals(attempt("tender.draft", tender, handler, "2010-10-15", **paper))
    line.act("inventory.record", None, date(2010, 10, 15))
    line.act("service_proposal.submit", None, date(2010, 10, 15))
    assert "proposal-before-tender" in refusals(attempt("tender.draft", tender, handler, "2010-10-15", **paper))
    line.act("service_proposal.argue", line.latest(ServiceProposal), date(2010, 10, 15))
    assert "proposal-before-tender" not in refusals(attempt("tender.draft", tender, handler, "2010-10-15", **paper))


@pytest.mark.clause("GZ-P-3.1b")
def test_a_returned_proposal_is_no_ground_for_a_tender(surveyed: Line, street: Post) -> None:
    done(proposed(surveyed, street))
    done(argued(surveyed, street))
    back = attempt("service_proposal.return", surveyed.latest(ServiceProposal), street, ON, reason="服务量过大")
    assert done(back).state == "returned"
    waiting = Obligation.objects.filter(purchase=surveyed.purchase, is_open=True, action__startswith="service_proposal")
    assert [row.action for row in waiting] == ["service_proposal.submit"]
    assert done(proposed(surveyed, street)).state == "submitted"


@pytest.mark.clause("GZ-S-1.3a")
def test_ripe_projects_come_first(surveyed: Line, street: Post) -> None:
    rows = PAPERS["service_proposal.submit"](surveyed, None, date(2010, 9, 10))["services"]
    early, put_off = rows[0] | {"ready": ""}, rows[1] | {"phase": "later"}
    for services in ([early, rows[1], rows[2]], [rows[0], put_off, rows[2]]):
        assert refusals(proposed(surveyed, street, services=services)) == ["ripe-first"]
    unripe = [early, put_off, rows[2]]
    outcome = proposed(surveyed, street, services=unripe)
    assert refusals(outcome) == ["ripe-first"]
    assert outcome.findings[0].severity == "warn"
    kept = done(proposed(surveyed, street, services=unripe, **{"acknowledge-ripe-first": "居民要求强烈"}))
    assert [row["ready"] for row in kept.services] == [False, True, False]


@pytest.mark.clause("GZ-S-1.3a")
def test_what_starts_first_has_its_norm(surveyed: Line, street: Post) -> None:
    rows = PAPERS["service_proposal.submit"](surveyed, None, date(2010, 9, 10))["services"]
    done(proposed(surveyed, street, services=[rows[0], rows[1] | {"standard": ""}, rows[2]]))
    assert refusals(argued(surveyed, street)) == ["norm-for-each"]


@pytest.mark.clause("GZ-S-2.2a")
def test_family_services_come_first(surveyed: Line, street: Post) -> None:
    rows = PAPERS["service_proposal.submit"](surveyed, None, date(2010, 9, 10))["services"]
    behind = [rows[2] | {"phase": "first", "ready": "on", "standard": "标准"}, rows[0], rows[1]]
    outcome = proposed(surveyed, street, services=behind)
    assert ([f.rule for f in outcome.findings], outcome.findings[0].severity) == (["family-first"], "warn")
    none = [row | {"category": "individual"} for row in rows]
    assert refusals(proposed(surveyed, street, services=none)) == ["family-first"]


@pytest.mark.clause("GZ-S-2.2a")
def test_the_catalogue_says_which_kind_comes_first(line: Line) -> None:
    kinds = line.regime.catalogue
    kinds = {key: entry for key, entry in kinds.items() if "kind" not in entry}  # without the partners for referrals
    assert {key: entry["priority"] for key, entry in kinds.items()} == {
        "family": True, "individual": False, "community": False,
    }  # fmt: skip
    assert set(kinds) == set(ServiceProposal.Category.values)


@pytest.mark.clause("GZ-P-2.1b")
def test_the_worksheet_is_summed(surveyed: Line, street: Post) -> None:
    kept = done(proposed(surveyed, street))
    assert queries.worksheet(kept) == queries.Totals(services=3, volume=2568, cost_fen=96_000_000)
    assert [queries.unit_cost_fen(row) for row in kept.costs] == [300_000, 15_000, 500_000]
    assert queries.volumes(kept).splitlines()[1] == "长者居家关怀（独居长者）：每年 2400 人次"
    assert queries.worksheet(None) == queries.Totals(0, 0, 0)


@pytest.mark.clause("GZ-P-2.1b")
def test_only_what_is_proposed_is_costed(surveyed: Line, street: Post) -> None:
    paper = PAPERS["service_proposal.submit"](surveyed, None, date(2010, 9, 10))
    wrong = [paper["costs"][0] | {"service": "法律援助"}, paper["costs"][1] | {"volume": "0"}]
    assert errors(proposed(surveyed, street, costs=wrong)) == {"costs": ["第 2 行 年服务量：确保该值大于或等于1。"]}
    assert errors(proposed(surveyed, street, costs=wrong[:1])) == {
        "costs": ["第 1 行 服务项目：“法律援助”不在上面的服务项目中"]
    }
    twice = [*paper["services"], paper["services"][0]]
    assert errors(proposed(surveyed, street, services=twice)) == {"services": ["服务项目有重复"]}
