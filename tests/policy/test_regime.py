import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from gongyue.policy import (
    Capacity,
    Citation,
    Dated,
    Disclosure,
    Division,
    Due,
    Finding,
    Incompatible,
    Order,
    PackErrors,
    Regime,
    Slot,
    Who,
    merge,
    read_packs,
)
from gongyue.policy.cel import LOCAL
from gongyue.policy.entries import Stop

from .speech import VOCABULARY

Put = Callable[..., None]
ON = date(2011, 3, 1)


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=LOCAL)  # type: ignore[misc, arg-type]


def facts(**changed: Any) -> dict[str, Any]:
    """A tender that may be published on 1 March 2011."""
    values: dict[str, Any] = {
        "tender.briefing_on": date(2011, 2, 1), "action.at": at(2011, 3, 1, 9), "input.closes_on": date(2011, 3, 21),
        "tender.method": "open", "tender.announced_at": None, "tender.ceiling_fen": 1,
    }  # fmt: skip
    return values | {name.replace("__", "."): value for name, value in changed.items()}


def test_what_a_regime_is(city: Regime) -> None:
    assert (city.code, city.jurisdiction, city.name["en"]) == ("city", "440100", "Example city")
    assert list(city.capacities) == ["finance", "panel", "supplier", "purchaser", "city_bureau", "provider"]
    assert city.capacities["provider"] == Capacity("provider", {"zh": "承接方", "en": "Provider"}, by="award")
    assert city.slots == [
        Slot(
            "annex-1",
            "city",
            {"zh": "附件一评级表", "en": "The rating form of annex 1"},
            "procedure#三(二)3",
            ("EX-3.2.3d",),
        )
    ]
    assert city.divisions[1:] == [
        Division("440104", {"zh": "甲区", "en": "District A"}, "district", "440100", None, None),
        Division("440115", {"zh": "乙区", "en": "District B"}, "district", "440100", None, date(2014, 2, 11)),
    ]


def test_the_digest_is_of_the_body_and_a_stored_body_gives_the_same_regime(city: Regime, packs: Path, put: Put) -> None:
    again = Regime(json.loads(json.dumps(city.body)), VOCABULARY)
    assert again.digest == city.digest == Regime.load([packs], "city", VOCABULARY).digest
    put("city/parameters/tender.yaml", "value: 15", "value: 16")
    assert Regime.load([packs], "city", VOCABULARY).digest != city.digest


def test_a_stored_body_that_no_longer_fits_says_where(city: Regime) -> None:
    actions = {name: spec for name, spec in VOCABULARY.actions.items() if name != "challenge.decide"}
    with pytest.raises(PackErrors) as error:
        Regime(city.body, type(VOCABULARY)(actions, VOCABULARY.milestones, VOCABULARY.born))
    assert (
        str(error.value)
        == "nation/obligations.yaml:1: pay-instalment: unknown action challenge.decide (did you mean challenge.accept?)"
    )


class TestInstruments:
    def test_dates_given_assumed_and_lost(self, city: Regime) -> None:
        rows = city.instruments
        assert [(n, i.effective, i.expires, i.expiry_unknown, i.loaded, i.trial) for n, i in rows.items()] == [
            ("law", date(2003, 1, 1), None, False, True, False),
            ("order-old", date(2004, 9, 11), date(2011, 6, 30), False, True, False),
            ("order-new", date(2011, 7, 1), None, False, True, False),
            ("order-lost", None, None, False, False, False),
            ("procedure", date(2010, 8, 31), None, True, True, True),
            ("scheme", date(2010, 7, 1), date(2012, 7, 1), False, True, False),
        ]
        assert rows["procedure"].assumed == {"zh": "文内未载明日期", "en": "The text gives no date"}
        assert (rows["law"].assumed, rows["procedure"].issued) == (None, date(2010, 8, 31))

    def test_in_force_from_the_first_to_the_last_day(self, city: Regime) -> None:
        scheme, lost = city.instruments["scheme"], city.instruments["order-lost"]
        days = [date(2010, 6, 30), date(2010, 7, 1), date(2012, 7, 1), date(2012, 7, 2)]
        assert [scheme.in_force(day) for day in days] == [False, True, True, False]
        assert not lost.in_force(ON)

    def test_citations(self, city: Regime) -> None:
        citation = city.citation("procedure#三(二)2")
        title = {"zh": "示例流程规范（试行）", "en": "Example Procedure (trial)"}
        assert citation == Citation("procedure", "三(二)2", title, "示民〔2010〕1号")
        assert [str(citation), str(city.citation("law#47"))] == ["示民〔2010〕1号 三(二)2", "《示例法》 47"]
        with pytest.raises(KeyError):
            city.citation("unknown#1")


class TestRolesAndOrder:
    def test_the_order_of_a_kind_and_of_a_method(self, city: Regime) -> None:
        plain = Order(("checked", "announced", "awarded"), "procedure#三(二)2", "city", date(2010, 8, 31))
        assert city.order("tender") == city.order("tender", "open") == plain
        negotiated = city.order("tender", "negotiation")
        assert negotiated and negotiated.milestones == ("checked", "awarded")
        assert city.order("needs") is None

    def test_who(self, city: Regime) -> None:
        both = Who(("purchaser", "provider"), "procedure#三(三)2", "city", date(2010, 8, 31))
        assert city.who("contract.draft") == both
        assert city.who("tender.fail") is None
        assert city.who("contract.draft", date(2010, 8, 30)) is None

    def test_duties_apart(self, city: Regime) -> None:
        pair = ("contract.draft", "contract.approve")
        assert city.incompatible == (Incompatible(pair, "purchase", "procedure#三(三)2", date(2010, 8, 31)),)


class TestFigures:
    def test_a_value_on_a_day(self, city: Regime) -> None:
        assert city.parameter("tender.bid_days", ON) == Dated(
            20, "day", "order-old#16", date(2004, 9, 11), date(2011, 6, 30), date(2012, 1, 5), (), "nation"
        )
        assert city.parameter("tender.bid_days", date(2004, 9, 10)) is None
        with pytest.raises(KeyError):
            city.parameter("tender.unknown", ON)

    def test_all_values_on_a_day(self, city: Regime) -> None:
        shared = {"param.tender.briefing_lead_days": 15, "param.tender.city_share": 5000}
        assert city.params(date(2010, 12, 31)) == {
            **shared,
            "param.tender.cap": 200_000_000,
            "param.tender.bid_days": 20,
        }
        assert city.params(date(2011, 1, 1)) == {**shared, "param.tender.cap": None, "param.tender.bid_days": 20}

    def test_histories(self, city: Regime) -> None:
        cap = next(parameter for parameter in city.parameters() if parameter.name == "tender.cap")
        assert [(v.since, v.until, v.value) for v in cap.values] == [
            (date(2011, 1, 1), date(2012, 7, 1), None), (date(2010, 7, 1), date(2010, 12, 31), 200_000_000),
        ]  # fmt: skip
        assert (cap.unit, cap.title) == ("fen", {"zh": "上限", "en": "Cap"})

    def test_a_figure_may_be_a_date_a_flag_or_a_word(self, packs: Path, put: Put) -> None:
        named = 'name: {zh: 甲, en: A}, values: {2010-07-01: {value: %s, cite: "scheme#1"}}}\n'
        put("city/parameters/more.yaml", "x.day: {unit: date, " + named % "2017-09-01"
            + "x.open: {unit: flag, " + named % "true" + "x.word: {unit: text, " + named % "合格")  # fmt: skip
        put("city/rules/contract.yaml", "contract.amount_fen <= plan.amount_fen",
            'contract.starts_on < param.x.day && param.x.open && param.x.word == "合格"')  # fmt: skip
        regime = Regime.load([packs], "city", VOCABULARY)
        names = ("param.x.day", "param.x.open", "param.x.word")
        assert [regime.params(ON)[name] for name in names] == [date(2017, 9, 1), True, "合格"]
        values = {"contract.amount_fen": 1, "plan.amount_fen": 1, "contract.starts_on": date(2017, 9, 1)}
        found = regime.ask("contract.file", values, ON)
        assert [f.figures["param.x.day"] for f in found] == ["2017-09-01"]
        assert regime.ask("contract.file", values | {"contract.starts_on": date(2017, 8, 31)}, ON) == []


class TestAsking:
    def test_nothing_stands_against_what_satisfies_every_rule(self, city: Regime) -> None:
        assert city.ask("tender.publish", facts(), ON) == []

    def test_a_refusal_carries_its_article_and_figures(self, city: Regime) -> None:
        found = city.ask("tender.publish", facts(tender__briefing_on=date(2011, 2, 15)), ON)
        figures = {"action.at": "2011-03-01", "param.tender.briefing_lead_days": 15, "tender.briefing_on": "2011-02-15"}
        assert found == [Finding("briefing-lead", "block", "procedure#三(二)2", figures)]
        assert found[0].blocks
        assert json.loads(json.dumps(found[0].figures)) == figures

    def test_a_warning_does_not_block(self, city: Regime) -> None:
        values = {"contract.amount_fen": 200, "plan.amount_fen": 100, "action.at": at(2011, 3, 1)}
        found = city.ask("contract.file", values, ON)
        figures = {"contract.amount_fen": 200, "plan.amount_fen": 100}
        assert found == [Finding("contract-in-order", "warn", "scheme#四(三)", figures)]
        assert not found[0].blocks
        assert city.ask("contract.file", values | {"contract.amount_fen": 0}, ON) == []

    def test_a_rule_is_asked_only_while_its_instrument_is_in_force(self, city: Regime) -> None:
        late = facts(tender__briefing_on=date(2011, 2, 28), input__closes_on=date(2011, 3, 2))
        assert [f.rule for f in city.ask("tender.publish", late, date(2010, 8, 30))] == ["bid-period"]
        assert [f.rule for f in city.ask("tender.publish", late, date(2010, 8, 31))] == ["briefing-lead", "bid-period"]
        assert [f.cite for f in city.ask("tender.publish", late, date(2011, 6, 30))][1] == "order-old#16"
        assert [f.cite for f in city.ask("tender.publish", late, date(2011, 7, 1))][1] == "order-new#18"

    def test_figures_are_those_of_the_day(self, city: Regime) -> None:
        closing = facts(input__closes_on=date(2011, 3, 22))  # 21 days
        assert city.ask("tender.publish", closing, date(2011, 6, 30)) == []
        assert [f.figures["param.tender.bid_days"] for f in city.ask("tender.publish", closing, date(2011, 7, 1))] == [
            25
        ]

    def test_what_cannot_be_judged_blocks(self, city: Regime) -> None:
        figures = {"action.at": "2011-03-01", "param.tender.briefing_lead_days": 15, "tender.briefing_on": None}
        lost = Finding("briefing-lead", "undetermined", "procedure#三(二)2", figures, "tender.briefing_on")
        assert city.ask("tender.publish", facts(tender__briefing_on=None), ON) == [lost]
        without = {name: value for name, value in facts().items() if name != "tender.briefing_on"}
        assert city.ask("tender.publish", without, ON) == [lost]
        assert lost.blocks

    def test_what_the_calendar_does_not_know_blocks(self, packs: Path) -> None:
        nation = Regime.load([packs], "nation", VOCABULARY)
        values = {"tender.announced_at": at(2011, 12, 1), "action.at": at(2012, 1, 4)}
        figures = {"tender.announced_at": "2011-12-01", "action.at": "2012-01-04"}
        assert nation.ask("contract.sign", values, date(2012, 1, 4)) == [
            Finding("sign-in-time", "undetermined", "law#46", figures, "working days of 2012 not yet known")
        ]

    @pytest.mark.clause("GZ-P-5.2")
    def test_rules_followed_by_reference_warn(self, city: Regime) -> None:
        late = facts(tender__briefing_on=date(2011, 2, 28), input__closes_on=date(2011, 3, 2))
        found = city.ask("tender.publish", late, ON, soften=True)
        assert [(f.rule, f.severity) for f in found] == [("briefing-lead", "warn"), ("bid-period", "block")]

    def test_an_action_without_rules(self, city: Regime) -> None:
        assert city.ask("payment.pay", {"action.at": at(2011, 3, 1)}, ON) == []

    def test_a_moment_needs_a_time_zone(self, city: Regime) -> None:
        with pytest.raises(ValueError, match=r"^action\.at has no time zone$"):
            city.ask("tender.publish", facts(action__at=datetime(2011, 3, 1)), ON)

    def test_a_moment_elsewhere_is_a_day_in_china(self, city: Regime) -> None:
        midnight = facts(action__at=datetime(2011, 2, 28, 16, tzinfo=UTC), tender__briefing_on=date(2011, 2, 14))
        assert city.ask("tender.publish", midnight, ON) == []
        before = facts(action__at=datetime(2011, 2, 28, 15, 59, tzinfo=UTC), tender__briefing_on=date(2011, 2, 14))
        assert [f.figures["action.at"] for f in city.ask("tender.publish", before, ON)] == ["2011-02-28"]


class TestLawOfAnotherDay:
    """`as_of`: the rule resolves on the day a fact gives (here the announcement), not on the day of acting."""

    HIGH = {"tender.ceiling_fen": 100_000_001, "tender.method": "open", "action.at": at(2011, 9, 1)}

    def test_it_is_not_asked_of_what_was_announced_before(self, city: Regime) -> None:
        values = self.HIGH | {"tender.announced_at": at(2011, 6, 30, 23, 59)}
        assert city.ask("tender.award", values, date(2011, 9, 1)) == []

    def test_it_is_asked_of_what_was_announced_since(self, city: Regime) -> None:
        values = self.HIGH | {"tender.announced_at": at(2011, 7, 1)}
        assert [(f.rule, f.severity) for f in city.ask("tender.award", values, date(2011, 9, 1))] == [
            ("award-in-panel", "warn")
        ]

    def test_a_day_that_is_not_known_cannot_be_judged(self, city: Regime) -> None:
        found = city.ask("tender.award", self.HIGH | {"tender.announced_at": None}, date(2011, 9, 1))
        assert [(f.rule, f.severity, f.missing) for f in found] == [
            ("award-in-panel", "undetermined", "tender.announced_at")
        ]

    def test_unless_it_does_not_apply(self, city: Regime) -> None:
        other = self.HIGH | {"tender.announced_at": None, "tender.method": "single_source"}
        assert city.ask("tender.award", other, date(2011, 9, 1)) == []
        assert city.ask("tender.award", self.HIGH | {"tender.announced_at": None}, date(2011, 6, 30)) == []

    def test_figures_too_are_those_of_that_day(self, packs: Path, put: Put) -> None:
        put("nation/rules/tender.yaml", "tender.ceiling_fen <= 1000000 * 100", "param.tender.bid_days == 20")
        put("nation/rules/tender.yaml", 'cite: "order-new#20"', 'cite: "law#20"\n  from: 2004-09-11')
        regime = Regime.load([packs], "city", VOCABULARY)
        found = regime.ask("tender.award", self.HIGH | {"tender.announced_at": at(2011, 6, 30)}, date(2011, 9, 1))
        assert found == []
        found = regime.ask("tender.award", self.HIGH | {"tender.announced_at": at(2011, 7, 1)}, date(2011, 9, 1))
        assert [f.figures["param.tender.bid_days"] for f in found] == [25]


class TestSaying:
    def test_the_sentence_in_both_languages(self, city: Regime) -> None:
        found = city.ask("tender.publish", facts(input__closes_on=date(2011, 3, 4)), ON)[0]
        assert city.say(found, "zh") == "投标期限不足 20 日（截止 2011-03-04）"
        assert city.say(found, "en") == "Bidders get less than 20 days (closing on 2011-03-04)"

    def test_the_sentence_of_the_entry_that_spoke(self, city: Regime) -> None:
        found = city.ask("tender.publish", facts(input__closes_on=date(2011, 3, 4)), date(2011, 7, 1))[0]
        assert city.say(found, "zh") == "投标期限不足 25 日"

    def test_money(self, city: Regime) -> None:
        found = city.ask("contract.file", {"contract.amount_fen": 200_000_000, "plan.amount_fen": 12_345}, ON)[0]
        assert city.say(found, "zh") == "合同金额 2,000,000.00 元 超出计划 123.45 元"
        assert city.say(found, "en") == "The contract, CNY 2,000,000.00, is over the plan, CNY 123.45"

    def test_an_unknown_rule(self, city: Regime) -> None:
        with pytest.raises(KeyError):
            city.say(Finding("kernel.state", "block", "gongyue", {}), "zh")


class TestRules:
    def test_a_rule_shows_where_it_comes_from(self, city: Regime) -> None:
        rule = city.rules("tender.publish", ON)[0]
        assert (rule.id, rule.pack, rule.where, rule.severity) == (
            "briefing-lead",
            "city",
            "city/rules/tender.yaml:1",
            "block",
        )
        assert (rule.from_, rule.until, rule.clauses) == (date(2010, 8, 31), None, ("EX-3.2.2a",))
        assert rule.names == {"action.at", "param.tender.briefing_lead_days", "tender.briefing_on"}
        assert rule.sources == {
            "require": "days_between(tender.briefing_on, action.at) >= param.tender.briefing_lead_days"
        }
        assert rule.reading == {"zh": "发标之前十五日", "en": "Fifteen days before issue"}

    def test_all_of_them_replaced_or_not(self, city: Regime) -> None:
        assert [(rule.id, rule.cite) for rule in city.all_rules()] == [
            ("briefing-lead", "procedure#三(二)2"), ("sign-in-time", "law#46"), ("contract-in-order", "scheme#四(三)"),
            ("bid-period", "order-new#18"), ("bid-period", "order-old#16"), ("award-in-panel", "order-new#20"),
        ]  # fmt: skip
        assert city.all_rules()[2].sources == {
            "when": "contract.amount_fen > 0", "require": "contract.amount_fen <= plan.amount_fen",
        }  # fmt: skip


class TestObligations:
    def test_what_follows_an_action(self, city: Regime) -> None:
        assert [rule.id for rule in city.obligations_after("tender.publish")] == [
            "briefing-answer", "finish-tender", "sites-ready",
        ]  # fmt: skip
        pay = city.obligations_after("contract.file")[-1]
        stops = (Stop("challenge.accept", ("challenge.decide",)),)
        assert (pay.id, pay.do, pay.who, pay.suspend, pay.clauses, pay.pack) == (
            "pay-instalment", "payment.pay", ("finance",), stops, ("EX-47",),
            "nation",
        )  # fmt: skip

    def rule(self, city: Regime, name: str) -> Any:
        return next(rule for rule in city.all_obligations() if rule.id == name)

    def test_it_applies_while_in_force_and_where_its_condition_holds(self, city: Regime) -> None:
        finish = self.rule(city, "finish-tender")
        assert city.applies(finish, {"tender.method": "open"}, ON)
        assert not city.applies(finish, {"tender.method": "invited"}, ON)
        assert not city.applies(finish, {"tender.method": "open"}, date(2010, 6, 30))
        assert not city.applies(finish, {"tender.method": "open"}, date(2012, 7, 2))

    def test_a_duty_is_rather_shown_than_lost(self, city: Regime) -> None:
        assert city.applies(self.rule(city, "finish-tender"), {"tender.method": None}, ON)

    def test_a_nearer_one_replaces_it(self, packs: Path, put: Put) -> None:
        put("city/obligations.yaml", "- id: half-year-plan", "- id: pay-instalment")
        regime = Regime.load([packs], "city", VOCABULARY)
        both = [rule for rule in regime.obligations_after("contract.file") if rule.id == "pay-instalment"]
        assert [regime.applies(rule, {}, ON) for rule in both] == [True, False]
        assert [regime.applies(rule, {}, date(2012, 7, 2)) for rule in both] == [False, True]

    def test_a_dropped_one_does_not_apply(self, packs: Path, put: Put) -> None:
        put(
            "city/obligations.yaml",
            "- id: finish-tender",
            '- {id: pay-instalment, drop: true, cite: "scheme#1"}\n- id: finish-tender',
        )
        regime = Regime.load([packs], "city", VOCABULARY)
        pay = self.rule(regime, "pay-instalment")
        assert [regime.applies(pay, {}, day) for day in (date(2010, 6, 30), ON)] == [True, False]

    def test_the_last_day_in_each_unit(self, city: Regime) -> None:
        filed = {"action.at": at(2010, 9, 30, 23)}
        assert city.due(self.rule(city, "pay-instalment"), filed, ON) == Due(date(2010, 10, 13))
        assert city.due(self.rule(city, "finish-tender"), {"action.at": at(2010, 9, 2)}, ON) == Due(date(2010, 10, 8))
        answer = self.rule(city, "briefing-answer")
        assert city.due(answer, {"tender.briefing_on": date(2011, 3, 1)}, ON) == Due(date(2011, 3, 16))

    def test_a_next_step_has_no_day_and_a_fixed_date_is_itself(self, city: Regime) -> None:
        assert city.due(self.rule(city, "file-contract"), {}, ON) == Due(None)
        assert city.due(self.rule(city, "sites-ready"), {}, ON) == Due(date(2010, 8, 31))

    def test_a_date_without_a_period_is_the_day_itself(self, packs: Path, put: Put) -> None:
        put("city/obligations.yaml", "  within: {value: 1, unit: month}\n")
        put("city/obligations.yaml", "  within: {param: tender.briefing_lead_days}\n", "  roll: false\n")
        regime = Regime.load([packs], "city", VOCABULARY)
        finish, answer = self.rule(regime, "finish-tender"), self.rule(regime, "briefing-answer")
        assert regime.due(finish, {"action.at": at(2010, 10, 2)}, ON) == Due(date(2010, 10, 8))
        assert regime.due(finish, {"action.at": None}, ON) == Due(None, False)
        assert regime.due(answer, {"tender.briefing_on": date(2010, 10, 2)}, ON) == Due(date(2010, 10, 2))

    def test_an_action_may_end_it_unmet(self, packs: Path, put: Put) -> None:
        put(
            "city/obligations.yaml",
            "  who: [city_bureau]\n",
            "  who: [city_bureau]\n  lapse: tender.fail\n  seed: one\n",
        )
        regime = Regime.load([packs], "city", VOCABULARY)
        rule = self.rule(regime, "file-contract")
        assert (rule.lapse, rule.seed) == (("tender.fail",), "one")

    def test_what_is_missing_is_not_known(self, city: Regime) -> None:
        answer = self.rule(city, "briefing-answer")
        assert city.due(answer, {"tender.briefing_on": None}, ON) == Due(None, False)
        assert city.due(answer, {"tender.briefing_on": ON}, date(2010, 8, 30)) == Due(None, False)
        assert city.due(self.rule(city, "pay-instalment"), {"action.at": at(2011, 12, 30)}, ON) == Due(None, False)

    def test_a_recurring_one_does_not_drift(self, city: Regime) -> None:
        plan = self.rule(city, "half-year-plan")
        start = {"contract.starts_on": date(2010, 8, 31)}
        assert [city.due(plan, start, ON, turn).on for turn in (1, 2, 3)] == [
            date(2011, 2, 28), date(2011, 8, 31), date(2012, 2, 29),
        ]  # fmt: skip
        assert city.due(plan, {"contract.starts_on": None}, ON, 2) == Due(None, False)

    def test_a_recurring_one_may_begin_with_a_shorter_period(self, packs: Path, put: Put) -> None:
        put(
            "city/obligations.yaml",
            "  every: {value: 6, unit: month}",
            "  within: {value: 10, unit: day}\n  every: {value: 6, unit: month}",
        )
        regime = Regime.load([packs], "city", VOCABULARY)
        plan, start = self.rule(regime, "half-year-plan"), {"contract.starts_on": date(2010, 8, 31)}
        assert [regime.due(plan, start, ON, turn).on for turn in (1, 2, 3)] == [
            date(2010, 9, 10), date(2011, 3, 10), date(2011, 9, 10),
        ]  # fmt: skip

    def test_a_recurring_one_whose_first_day_is_not_known(self, packs: Path, put: Put) -> None:
        short = "  within: {value: 10, unit: workday}\n  every: {value: 6, unit: month}"
        put("city/obligations.yaml", "  every: {value: 6, unit: month}", short)
        regime = Regime.load([packs], "city", VOCABULARY)
        plan, start = self.rule(regime, "half-year-plan"), {"contract.starts_on": date(2011, 12, 30)}
        assert regime.due(plan, start, ON, 2) == Due(None, False)


def test_what_must_be_published(city: Regime) -> None:
    notice = Disclosure(
        "contract-notice", ("contract.sign",), "contract", {"zh": "合同公告", "en": "Contract notice"},
        ("contract.amount_fen", "contract.starts_on"), "scheme#四(五)", "city", date(2010, 7, 1), date(2012, 7, 1),
        when="contract.amount_fen > 0",
    )  # fmt: skip
    assert city.disclosures_of("contract.sign") == city.disclosures_of("contract.sign", ON) == [notice]
    assert city.disclosures_of("contract.sign", date(2012, 7, 2)) == []
    assert city.disclosures_of("contract.file") == []
    asked = [{"contract.amount_fen": 1}, {"contract.amount_fen": 0}, {}]
    assert [city.publishes(notice, "contract.sign", facts, ON) for facts in asked] == [True, False, True]


def test_a_merged_body_is_all_a_regime_needs(packs: Path) -> None:
    body = merge(read_packs([packs]), "nation")
    nation = Regime(body, VOCABULARY)
    assert (nation.programmes, nation.divisions, nation.slots, nation.jurisdiction) == ({}, [], [], "")
