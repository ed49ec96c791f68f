import pytest

from gongyue.demonstration.cast import Cast
from gongyue.kernel.models import Obligation, Organisation, Purchase, Role
from gongyue.programmes.models import ImplementationPlan
from tests.parties.acts import assign, attempt, content, done, errors, refusals, register

GOOD = "52440100MJ00009123"
WRONG = "52440100MJ00009124"
SOCIAL = {
    "name": "新榕社会工作服务中心", "organisation_kind": "social_organisation", "division": "440100",
    "registration": "private_non_enterprise",
}  # fmt: skip


def test_an_organ_is_registered_without_a_code(cast: Cast) -> None:
    outcome = register(cast.registrar)
    office = done(outcome)
    assert (office.name, office.organisation_kind, office.registration) == ("江南中街道办事处", "street_office", "")
    assert (office.division_id, office.credit_code, office.credit_code_override) == ("440105:江南中街", None, "")
    assert (office.state, office.version) == ("registered", 1)
    assert outcome.entry is not None
    assert outcome.entry.subject == f"organisation:{office.pk}"
    assert content(outcome.entry)["input"]["division"] == "440105:江南中街"


def test_a_social_organisation_is_registered_by_its_code(cast: Cast) -> None:
    office = done(register(cast.registrar, **SOCIAL, credit_code="52 440100 mj0000912-3"))
    assert office.credit_code == GOOD
    assert office.registration == "private_non_enterprise"


def test_a_wrong_code_is_refused_at_the_field(cast: Cast) -> None:
    outcome = register(cast.registrar, **SOCIAL, credit_code=WRONG)
    assert errors(outcome) == {"credit_code": ["代码的长度、字符或校验位不对；确需如此登记的，请填写理由"]}
    assert not Organisation.objects.filter(name=SOCIAL["name"]).exists()


def test_a_wrong_code_passes_with_a_reason_which_is_recorded(cast: Cast) -> None:
    outcome = register(cast.registrar, **SOCIAL, credit_code=WRONG, credit_code_override="证书原文如此")
    office = done(outcome)
    assert (office.credit_code, office.credit_code_override) == (WRONG, "证书原文如此")
    assert content(outcome.entry)["input"]["credit_code_override"] == "证书原文如此"


def test_a_right_code_keeps_no_reason(cast: Cast) -> None:
    office = done(register(cast.registrar, **SOCIAL, credit_code=GOOD, credit_code_override="不需要"))
    assert office.credit_code_override == ""


def test_a_code_is_registered_once(cast: Cast) -> None:
    done(register(cast.registrar, **SOCIAL, credit_code=GOOD))
    again = register(cast.registrar, **(SOCIAL | {"name": "另一家"}), credit_code=GOOD.lower())
    assert errors(again) == {"credit_code": ["该统一社会信用代码已登记"]}


def test_a_wrong_code_is_registered_once_too(cast: Cast) -> None:
    done(register(cast.registrar, **SOCIAL, credit_code=WRONG, credit_code_override="证书原文如此"))
    again = register(
        cast.registrar, **(SOCIAL | {"name": "另一家"}), credit_code=WRONG, credit_code_override="证书原文如此"
    )
    assert errors(again) == {"credit_code": ["该统一社会信用代码已登记"]}


def test_a_social_organisation_needs_its_type_and_its_code(cast: Cast) -> None:
    assert errors(register(cast.registrar, **SOCIAL)) == {"credit_code": ["请填写统一社会信用代码"]}
    untyped = register(cast.registrar, **(SOCIAL | {"registration": ""}), credit_code=GOOD)
    assert errors(untyped) == {"registration": ["请选择社会组织的登记类型"]}


def test_a_company_needs_its_code(cast: Cast) -> None:
    company = {
        "name": "明镜评估公司",
        "organisation_kind": "evaluator",
        "division": "440100",
        "registration": "company",
    }
    assert errors(register(cast.registrar, **company)) == {"credit_code": ["请填写统一社会信用代码"]}


def test_an_organ_has_no_registration_type(cast: Cast) -> None:
    assert errors(register(cast.registrar, registration="company", credit_code=GOOD)) == {
        "registration": ["机关不填登记类型"]
    }


def test_a_street_office_sits_in_a_street(cast: Cast) -> None:
    assert errors(register(cast.registrar, division="440105")) == {"division": ["街道办事处请选择其街道"]}


def test_one_organisation_of_a_name_and_kind_in_a_place(cast: Cast) -> None:
    done(register(cast.registrar))
    assert errors(register(cast.registrar)) == {"name": ["该区划已登记同类同名机构"]}


def test_places_outside_the_city_cannot_be_chosen(cast: Cast) -> None:
    assert list(errors(register(cast.registrar, division="440000"))) == ["division"]


@pytest.mark.clause("GZ-P-4.1")
def test_only_the_registrar_registers(cast: Cast) -> None:
    for other in (cast.bureaus["440104"][0], cast.city_finance):
        assert other is not None
        outcome = attempt("organisation.register", Organisation.unborn(None, other)[0], other, "2010-07-05")
        assert refusals(outcome) == ["kernel.capacity"]


def test_an_office_registered_later_joins_the_purchases_of_its_street(cast: Cast) -> None:
    """A by-reference street is known only once its purchase is open; its office comes after it."""
    bureau = cast.bureaus["440104"][0]
    opened = attempt(
        "purchase.open_by_reference", Purchase.unborn(None, bureau)[0], bureau, "2010-10-08", street="洪桥街",
        mode="one", title="洪桥街社区综合服务中心", scope="centre",
    )  # fmt: skip
    purchase = done(opened)
    waiting = Obligation.objects.get(purchase=purchase, action="needs.start")
    assert (waiting.organisation, waiting.post) == (None, None)
    office = done(register(cast.registrar, "2010-10-11", name="洪桥街道办事处", division="440104:洪桥街"))
    roles = Role.objects.filter(purchase=purchase, organisation=office)
    assert [(r.capacity, r.since.isoformat(), r.post) for r in roles] == [("street_office", "2010-10-11", None)]
    post = done(assign(cast.registrar, office, "hongqiao", "2010-10-11"))
    waiting.refresh_from_db()
    assert (waiting.organisation_id, waiting.post_id) == (office.pk, post.pk)
    plan = ImplementationPlan(purchase=purchase)
    submitted = attempt(
        "implementation.submit", plan, post, "2010-10-12", content="家庭服务", site_kind="new", site_address="一号"
    )
    assert submitted.entry is not None
