from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongyue.policy import Calendar, Undetermined
from gongyue.policy.cel import LOCAL, Condition, Environment, Functions, bind, local_day, midnight

CALENDAR = Calendar({2010: ([date(2010, 10, 1)], []), 2011: ([], [])})
NAMES: dict[str, Any] = {
    "tender.on": date,
    "tender.at": datetime,
    "tender.ceiling_fen": int,
    "tender.sealed": bool,
    "tender.method": str,
    "tender.places": list[str],
    "plan.share_bp": dict[str, int],
    "param.tender.days": int,
}
ENVIRONMENT = Environment(NAMES, Functions(CALENDAR))
DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))


def compiled(source: str) -> Condition:
    return ENVIRONMENT.compile(source)


def holds(source: str, **values: Any) -> bool:
    given = {name.replace("__", "."): value for name, value in values.items()}
    return compiled(source).holds(ENVIRONMENT.activate(given))


def refusal(source: str) -> str:
    with pytest.raises(ValueError) as error:
        compiled(source)
    return str(error.value)


def missing(source: str, **values: Any) -> str:
    with pytest.raises(Undetermined) as error:
        holds(source, **values)
    return error.value.missing


def test_every_type_is_bound() -> None:
    assert holds("tender.ceiling_fen == 5", tender__ceiling_fen=5)
    assert holds("tender.sealed", tender__sealed=True)
    assert holds('tender.method == "公开招标" && size(tender.method) == 4', tender__method="公开招标")
    assert holds('"广卫街" in tender.places', tender__places=["广卫街"])
    assert holds('"广卫街" in tender.places', tender__places=("广卫街",))
    assert holds('plan.share_bp["越秀区"] == 5000', plan__share_bp={"越秀区": 5000})
    assert holds("tender.on < tender.at", tender__on=date(2011, 3, 1), tender__at=datetime(2011, 3, 1, 9, tzinfo=LOCAL))


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("tender.ceiling_fne > 1", "1:7: undeclared reference to 'tender.ceiling_fne'"),
        ("tender.sealed &&\n  tendr.on_known", "2:8: undeclared reference to 'tendr.on_known'"),
        ("tender.ceiling_fen", "1:1: a condition must be true or false, this is INT"),
        ("tender.on", "1:1: a condition must be true or false, this is TIMESTAMP"),
        ("dyn(tender.sealed)", "1:1: a condition must be true or false, this is DYN"),
        ("tender.ceiling_fen > 'a'", "1:20: found no matching overload for '_>_' applied to '(int, string)'"),
        ("days_between(tender.on) > 1", "1:13: undeclared reference to 'days_between'"),
        ("year_of(tender.method) > 1", "1:8: found no matching overload for 'year_of' applied to '(string)'"),
        ("tender.sealed || has(tender.sealed)", "1:18: has() reads the value itself: ask for its _known instead"),
        ("has(tender.on)", "1:1: has() reads the value itself: ask for its _known instead"),
        ("tender.ceiling_fen > int(1.5)", "1:26: no fractions: use fen and basis points"),
        ("double(tender.ceiling_fen) > 1.0", "1:1: no fractions: use fen and basis points"),
        ("tender.ceiling_fen > 1e3", "1:22: no fractions: use fen and basis points"),
        ("tender.sealed &&\ntender.on.getFullYear() == 2011",
         '2:10: name the time zone, as in getMonth("Asia/Shanghai"): without it CEL reads UTC'),
    ],
)  # fmt: skip
def test_what_does_not_compile_says_where(source: str, reason: str) -> None:
    assert refusal(source) == reason


def test_syntax_errors_say_where() -> None:
    assert refusal("tender.sealed &&").startswith("1:17: Syntax error: mismatched input '<EOF>' expecting ")


def test_words_in_strings_are_not_code() -> None:
    assert holds("'has(x) 1.5 double(y) .getMonth()' != tender.method", tender__method="x")
    condition = compiled('tender.method == \'tender.sealed\' || tender.method == "it\\"s plan.share_bp" // tender.on\n')
    assert condition.names == {"tender.method"}


def test_names_are_the_declared_variables() -> None:
    condition = compiled(
        "!tender.on_known || tender.on.getMonth('Asia/Shanghai') > 2 && tender.ceiling_fen > param.tender.days "
        "&& tender.places.exists(p, p == 'x') && plan . share_bp.size() == 1"
    )
    assert condition.names == {
        "tender.on", "tender.ceiling_fen", "param.tender.days", "tender.places", "plan.share_bp",
    }  # fmt: skip
    assert condition.guarded == {"tender.on"}


def test_none_is_unbound_and_known_tells() -> None:
    guarded = "!tender.on_known || days_between(tender.on, tender.on) == 0"
    assert holds(guarded, tender__on=None)
    assert holds(guarded, tender__on=date(2011, 3, 1))
    assert not holds("tender.on_known", tender__on=None)
    assert missing("tender.on == tender.on", tender__on=None) == "tender.on"


def test_what_is_not_given_at_all_is_not_even_known_to_be_absent() -> None:
    assert missing("!tender.on_known") == "tender.on"
    assert missing("tender.ceiling_fen > 1") == "tender.ceiling_fen"


@pytest.mark.parametrize(
    ("source", "values", "lacking"),
    [
        ('plan.share_bp["甲"] == 1', {"plan__share_bp": {}}, 'Key not found in map : "甲"'),
        ("tender.ceiling_fen * 2 > 1", {"tender__ceiling_fen": 2**62}, "integer overflow"),
        ("tender.ceiling_fen > 1", {"tender__ceiling_fen": 2**63}, "int too big to convert"),
        ("1 / tender.ceiling_fen > 1", {"tender__ceiling_fen": 0}, "divide by zero"),
        ("tender.ceiling_fen > 1", {"tender__ceiling_fen": "2"},
         "Unexpected value type for 'tender.ceiling_fen': str. (Expected INT)"),
    ],
)  # fmt: skip
def test_an_error_is_never_true(source: str, values: dict[str, Any], lacking: str) -> None:
    assert missing(source, **values) == lacking
    assert missing(f"!({source})", **values) == lacking


def test_an_error_that_cannot_matter_does_not() -> None:
    assert holds("tender.on_known || tender.ceiling_fen > 0", tender__ceiling_fen=1)
    assert not holds("tender.on_known && tender.ceiling_fen > 0", tender__ceiling_fen=0)


def test_the_engines_own_limit_is_no_answer() -> None:
    source = f"[{', '.join('1' * 300)}].all(x, [{', '.join('1' * 300)}].all(y, y == x))"
    assert "iteration" in missing(source).lower()


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^tender\.at has no time zone$"):
        bind({"tender.at": datetime(2011, 1, 1)}, NAMES)


def test_a_type_rules_cannot_take_is_refused() -> None:
    with pytest.raises(TypeError, match="^tender.share is <class 'float'>, which a rule cannot take$"):
        Environment({"tender.share": float}, Functions(CALENDAR))


def test_only_what_is_wanted_is_bound() -> None:
    assert bind({"tender.sealed": True, "other.x": 1}, {"tender.sealed", "tender.on"}) == {
        "tender.sealed": True, "tender.sealed_known": True,
    }  # fmt: skip


def test_days_are_days_in_china() -> None:
    before = datetime(2010, 12, 31, 15, 59, tzinfo=UTC)  # 23:59 in China
    after = datetime(2010, 12, 31, 16, 0, tzinfo=UTC)  # midnight in China
    assert [local_day(before), local_day(after), local_day(date(2011, 1, 1))] == [
        date(2010, 12, 31), date(2011, 1, 1), date(2011, 1, 1),
    ]  # fmt: skip
    assert holds("days_between(tender.at, tender.on) == 1", tender__at=before, tender__on=date(2011, 1, 1))
    assert holds("days_between(tender.at, tender.on) == 0", tender__at=after, tender__on=date(2011, 1, 1))
    assert holds("year_of(tender.at) == 2010", tender__at=before)
    assert holds("year_of(tender.at) == 2011", tender__at=after)
    assert holds("tender.at == tender.on", tender__at=after, tender__on=date(2011, 1, 1))


def test_functions_give_midnights() -> None:
    at = datetime(2010, 9, 30, 17, 30, tzinfo=LOCAL)
    for call, day in (
        ("add_days(tender.at, 5)", date(2010, 10, 5)),
        ("add_days(tender.at, -30)", date(2010, 8, 31)),
        ("add_workdays(tender.at, 1)", date(2010, 10, 4)),
        ("add_workdays(tender.at, -1)", date(2010, 9, 29)),
        ("add_months(tender.at, 5)", date(2011, 2, 28)),
    ):
        assert holds(f"{call} == tender.on", tender__at=at, tender__on=day)
    assert holds("workdays_between(tender.at, tender.on) == 2", tender__at=at, tender__on=date(2010, 10, 5))


def test_beyond_the_calendar_nothing_is_guessed() -> None:
    for source in ("workdays_between(tender.on, tender.at) > 0", "add_workdays(tender.at, 1) > tender.on"):
        late = {"tender__on": date(2011, 12, 30), "tender__at": datetime(2012, 1, 4, tzinfo=LOCAL)}
        assert missing(source, **late) == "working days of 2012 not yet known"


def test_without_a_calendar_only_working_days_are_lost() -> None:
    environment = Environment(NAMES, Functions(Calendar({})))
    activation = environment.activate({"tender.on": date(2011, 1, 3)})
    assert environment.compile("add_days(tender.on, 1) > tender.on").holds(activation)
    with pytest.raises(Undetermined, match="^working days of 2011 not yet known$"):
        environment.compile("workdays_between(tender.on, tender.on) == 0").holds(activation)


@given(DAYS, DAYS, st.integers(0, 86_399), st.integers(0, 86_399))
def test_days_between_is_the_difference_of_dates(one: date, other: date, early: int, late: int) -> None:
    start, end = midnight(one) + timedelta(seconds=early), midnight(other) + timedelta(seconds=late)
    values = {"tender.at": start.astimezone(UTC), "tender.on": other, "tender.ceiling_fen": (other - one).days}
    activation = ENVIRONMENT.activate(values)
    assert compiled("days_between(tender.at, tender.on) == tender.ceiling_fen").holds(activation)
    assert local_day(end) == other
