from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gongyue.demonstration.cast import Cast
from gongyue.demonstration.line import Line
from gongyue.kernel.models import Obligation, Post, Purchase
from gongyue.kernel.perform import Outcome
from gongyue.needs import queries
from gongyue.needs.facts import NeedsFacts
from gongyue.needs.models import NeedsAssessment
from tests.parties.acts import attempt, content, done, errors, refusals

STREET = "440104:广卫街"
SERVICES = [
    {"service": "家庭个案辅导", "target": "困难家庭", "volume": "120", "unit_cost": "3000"},
    {"service": "长者居家关怀", "target": "独居长者", "volume": "2400", "unit_cost": "150.50"},
]


@pytest.fixture
def purchase(line: Line) -> Purchase:
    return line.open(date(2010, 9, 6))


@pytest.fixture
def street(cast: Cast) -> Post:
    return cast.streets[STREET]


@pytest.fixture
def started(purchase: Purchase, street: Post) -> NeedsAssessment:
    """Since 8 September, by survey."""
    assessment: NeedsAssessment = done(start(purchase, street))
    return assessment


def start(purchase: Purchase, actor: Post, on: str = "2010-09-08", /, **data: Any) -> Outcome:
    given = {"assessor": "南岭学院调研组", "method": "survey", "commission": ""} | data
    return attempt("needs.start", NeedsAssessment(purchase=purchase), actor, on, **given)


def conclude(assessment: NeedsAssessment, actor: Post, on: str = "2010-09-30", /, **data: Any) -> Outcome:
    given = {"concluded_on": "2010-09-28", "sample": "412", "summary": "独居长者照顾最受关注", "services": SERVICES}
    return attempt("needs.conclude", assessment, actor, on, **(given | data))


@pytest.mark.clause("GZ-P-3.1a")
def test_an_assessment_says_who_and_how(started: NeedsAssessment, purchase: Purchase) -> None:
    assert (started.state, started.version, started.started_on) == ("started", 1, date(2010, 9, 8))
    assert (started.assessor, started.method, started.commission) == ("南岭学院调研组", "survey", "")
    purchase.refresh_from_db()
    assert purchase.stage == "needs:started"


@pytest.mark.clause("GZ-P-3.1a")
@pytest.mark.parametrize("missing", ["assessor", "method"])
def test_it_must_say_who_and_how(purchase: Purchase, street: Post, missing: str) -> None:
    assert list(errors(start(purchase, street, **{missing: ""}))) == [missing]


@pytest.mark.clause("GZ-P-3.1a")
def test_a_commission_has_its_paper(purchase: Purchase, street: Post) -> None:
    refused = start(purchase, street, method="commissioned")
    assert errors(refused) == {"commission": ["委托评估须填写委托文件"]}
    kept = done(start(purchase, street, method="commissioned", commission="穗越民函〔2010〕8号"))
    assert (kept.method, kept.commission) == ("commissioned", "穗越民函〔2010〕8号")


@pytest.mark.clause("GZ-P-3.1a")
def test_street_bureau_and_finance_may_assess(purchase: Purchase, cast: Cast) -> None:
    for other in (cast.city[0], cast.social[0]):
        assert refusals(start(purchase, other)) == ["kernel.capacity"]
    done(start(purchase, cast.finances["440104"]))
    assessment = NeedsAssessment.objects.get(purchase=purchase)
    for other in (cast.city[0], cast.social[0]):
        assert refusals(conclude(assessment, other)) == ["kernel.capacity"]
    assert done(conclude(assessment, cast.bureaus["440104"][0])).state == "concluded"


@pytest.mark.clause("GZ-P-3.1a")
def test_it_is_concluded_with_its_sample_and_date(started: NeedsAssessment, street: Post) -> None:
    concluded = done(conclude(started, street))
    assert (concluded.state, concluded.version) == ("concluded", 2)
    assert (concluded.concluded_on, concluded.sample) == (date(2010, 9, 28), 412)
    assert concluded.summary == "独居长者照顾最受关注"


@pytest.mark.clause("GZ-P-2.1b")
def test_services_are_measured_and_summed(
    started: NeedsAssessment, street: Post, django_assert_num_queries: Any
) -> None:
    done(conclude(started, street))
    with django_assert_num_queries(2):
        assessment = queries.assessment_of(started.purchase)
        assert assessment is not None
        totals = queries.totals(assessment)
    rows = assessment.services.values_list("service", "target", "volume", "unit_cost_fen")
    assert list(rows) == [
        ("家庭个案辅导", "困难家庭", 120, 300_000), ("长者居家关怀", "独居长者", 2400, 15_050),
    ]  # fmt: skip
    assert [row.cost_fen for row in assessment.services.all()] == [36_000_000, 36_120_000]
    assert totals == queries.Totals(services=2, volume=2520, cost_fen=72_120_000)


def test_the_ledger_keeps_the_measure(started: NeedsAssessment, street: Post) -> None:
    kept = content(conclude(started, street).entry)["input"]
    assert kept["services"][1] == {
        "service": "长者居家关怀", "target": "独居长者", "volume": 2400, "unit_cost": 15_050,
    }  # fmt: skip
    assert (kept["sample"], kept["concluded_on"]) == (412, "2010-09-28")


@pytest.mark.clause("GZ-P-2.1b")
def test_there_is_no_assessment_without_a_measured_service(started: NeedsAssessment, street: Post) -> None:
    assert errors(conclude(started, street, services=[])) == {"services": ["至少填写 1 行"]}
    row = SERVICES[0] | {"volume": "0", "unit_cost": "-1"}
    assert errors(conclude(started, street, services=[SERVICES[1], row])) == {
        "services": ["第 2 行 年服务量：确保该值大于或等于1。", "第 2 行 单位成本（元）：金额不能为负数"]
    }


def test_a_sample_is_at_least_one(started: NeedsAssessment, street: Post) -> None:
    assert list(errors(conclude(started, street, sample="0"))) == ["sample"]


def test_it_is_not_concluded_before_it_was_started(started: NeedsAssessment, street: Post) -> None:
    assert errors(conclude(started, street, concluded_on="2010-09-07")) == {
        "concluded_on": ["完成日期不能早于启动日期"]
    }
    assert done(conclude(started, street, concluded_on="2010-09-08")).concluded_on == date(2010, 9, 8)


def test_it_is_not_concluded_in_the_future(started: NeedsAssessment, street: Post) -> None:
    assert errors(conclude(started, street, concluded_on="2010-10-01")) == {
        "concluded_on": ["完成日期不能晚于办理当日"]
    }
    assert done(conclude(started, street, concluded_on="2010-09-30")).concluded_on == date(2010, 9, 30)


def test_it_is_started_first(purchase: Purchase, street: Post) -> None:
    assert refusals(conclude(NeedsAssessment(purchase=purchase), street)) == ["kernel.state"]


def test_it_is_concluded_once(started: NeedsAssessment, street: Post) -> None:
    done(conclude(started, street))
    assert refusals(conclude(started, street, "2010-10-08")) == ["kernel.done"]
    assert started.services.count() == 2


@pytest.mark.clause("GZ-P-4.6a", "GZ-S-A1.1")
def test_the_street_is_asked_for_it(purchase: Purchase, street: Post) -> None:
    def waiting() -> list[tuple[str, Post | None]]:
        rows = Obligation.objects.filter(purchase=purchase, is_open=True, action__startswith="needs.")
        return [(row.action, row.post) for row in rows]

    assert waiting() == [("needs.start", street)]
    assessment = done(start(purchase, street))
    assert waiting() == [("needs.conclude", street)]
    done(conclude(assessment, street))
    assert waiting() == []


def test_what_rules_read(purchase: Purchase, street: Post, line: Line) -> None:
    assert NeedsFacts.of(line.dossier(date(2010, 9, 7))) == NeedsFacts("", None, None, answers=0)
    assessment = done(start(purchase, street))
    assert NeedsFacts.of(line.dossier(date(2010, 9, 9))) == NeedsFacts("started", None, None, answers=0)
    done(conclude(assessment, street))
    assert NeedsFacts.of(line.dossier(date(2010, 10, 1))) == NeedsFacts("concluded", date(2010, 9, 28), 412, answers=0)


def test_there_may_be_no_assessment(purchase: Purchase) -> None:
    assert queries.assessment_of(purchase) is None
