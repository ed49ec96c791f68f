"""Organisations from a file: what is refused, in which row and column, and what the register holds afterwards."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from stdnum.cn import uscc

from gongyue import clock
from gongyue.demonstration.cast import Cast
from gongyue.demonstration.line import Line
from gongyue.kernel.batches import stage
from gongyue.kernel.models import Batch, BatchRow, Organisation, Post, Role
from gongyue.ledger.verify import verify
from gongyue.parties.models import OrganisationImport
from gongyue.parties.rows import OrganisationRow

from .acts import attempt, content, done, errors

HEAD = "名称,类别,登记类型,主体性质,所在区划,统一社会信用代码,代码未通过校验仍登记的理由"
CODE = "91440101MA59A1BC2" + uscc.calc_check_digit("91440101MA59A1BC2")
OTHER = "52440100MJK98765X" + uscc.calc_check_digit("52440100MJK98765X")

ORGAN = {"registration": "", "credit_code": ""}
WRONG = "统一社会信用代码：代码的长度、字符或校验位不对；确需如此登记的，请填写理由"


def row(**given: str) -> dict[str, str]:
    return {
        "name": "云台社工服务社", "organisation_kind": "社会组织", "registration": "民办非企业单位",
        "division": "越秀区", "credit_code": CODE, "credit_code_override": "",
    } | given  # fmt: skip


def staged(post: Post, *rows: dict[str, str]) -> Batch:
    return stage(
        kind="organisations.import", row_form=OrganisationRow, rows=rows, post=post, purchase=None, source="名单.xlsx"
    )


def faults(batch: Batch) -> list[str]:
    return [line for one in BatchRow.objects.filter(batch=batch).order_by("number") for line in one.fault.splitlines()]


def take_in(post: Post, batch: Batch) -> Any:
    return attempt(
        "organisations.import", OrganisationImport.unborn(None, post)[0], post, "2010-08-03", batch=str(batch.pk)
    )


def test_a_file_is_registered_by_one_action_that_holds_its_root(cast: Cast) -> None:
    before = Organisation.objects.count()
    batch = staged(
        cast.registrar,
        row(),
        row(name="越秀区教育局", organisation_kind="其他部门", registration="", credit_code=""),
        row(name="旧证社", division="越秀区 广卫街", credit_code="9144-BAD", credit_code_override="旧证，换证中"),
    )
    assert faults(batch) == []
    outcome = take_in(cast.registrar, batch)
    taken = done(outcome)
    assert content(outcome.entry)["input"]["batch"] == {"rows": 3, "root": batch.root, "source": "名单.xlsx"}
    assert (taken.rows, taken.state, Organisation.objects.count() - before) == (3, "imported", 3)
    old = Organisation.objects.get(name="旧证社")
    assert (old.credit_code, old.credit_code_override, old.division.name) == ("9144BAD", "旧证，换证中", "广卫街")
    assert Organisation.objects.get(name="云台社工服务社").credit_code_override == ""


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (
            {"credit_code": CODE[:-1] + "?"},
            WRONG,
        ),
        ({"credit_code": CODE + "12"}, "统一社会信用代码：统一社会信用代码为 18 位"),
        ({"credit_code": ""}, "统一社会信用代码：请填写统一社会信用代码"),
        ({"division": "月亮区"}, "所在区划：本市没有这个区划"),
        (
            {"organisation_kind": "街道办事处", "registration": "", "credit_code": ""},
            "所在区划：街道办事处请选择其街道",
        ),
        ({"registration": ""}, "登记类型：请选择社会组织的登记类型"),
        ({"organisation_kind": "财政部门"}, "登记类型：机关不填登记类型"),
        (
            {"name": "越秀区财政局", "organisation_kind": "财政部门", "registration": "", "credit_code": ""},
            "名称：该区划已登记同类同名机构",
        ),
    ],
)
def test_a_bad_cell_is_named_by_its_column(given: dict[str, str], said: str, cast: Cast) -> None:
    batch = staged(cast.registrar, row(**given))
    assert (batch.faults, faults(batch)) == (1, [said])
    assert errors(take_in(cast.registrar, batch)) == {"batch": ["这批数据有 1 行有误，请更正后重新上传"]}


def test_a_code_of_the_register_is_refused(cast: Cast) -> None:
    code = cast.social[0].organisation.credit_code
    assert code is not None
    assert faults(staged(cast.registrar, row(credit_code=code))) == ["统一社会信用代码：该统一社会信用代码已登记"]


def test_rows_that_say_the_same_name_the_first(cast: Cast) -> None:
    batch = staged(cast.registrar, row(), row(name="另一家"), row(credit_code=OTHER))
    assert faults(batch) == ["统一社会信用代码：与第 1 行重复", "名称：与第 1 行重复"]


def test_what_was_registered_meanwhile_is_refused(cast: Cast) -> None:
    first, second = staged(cast.registrar, row()), staged(cast.registrar, row(name="云台分社"), row(credit_code=OTHER))
    assert faults(second) == []
    done(take_in(cast.registrar, first))
    assert errors(take_in(cast.registrar, second)) == {"batch": ["第 1 行的机构已另行登记，请更正后重新上传"]}
    assert not Organisation.objects.filter(name="云台分社").exists()


def test_an_office_that_comes_later_stands_in_the_purchases_of_its_place(line: Line) -> None:
    purchase = line.open(date(2010, 8, 2))
    batch = staged(
        line.cast.registrar,
        row(name="第二财政所", organisation_kind="财政部门", registration="", credit_code=""),
    )
    done(take_in(line.cast.registrar, batch))
    roles = Role.objects.filter(purchase=purchase, organisation__name="第二财政所")
    assert [role.capacity for role in roles] == ["district_finance", "procurement_supervisor"]


def test_only_a_registrar_imports(cast: Cast) -> None:
    bureau = cast.bureaus["440104"][0]
    outcome = take_in(bureau, staged(bureau, row()))
    assert (outcome.entry, [f.rule for f in outcome.findings]) == (None, ["kernel.capacity"])


def _seated(post: Post) -> Client:
    client = Client()
    client.force_login(post.person)
    session = client.session
    session["post"] = post.pk
    session.save()
    return client


def test_the_page_takes_a_file_and_leads_to_the_action(cast: Cast, settings: Any) -> None:
    settings.GONGYUE_DEMONSTRATION = True
    clock.advance(date(2010, 8, 3))
    client, url = _seated(cast.registrar), "/batches/organisations.import/"
    assert f'href="{url}"' in client.get("/organisations/").content.decode()
    text = f"{HEAD}\r\n云台社工服务社,社会组织,民办非企业单位,,越秀区,{CODE},\r\n坏行,社会组织,,,月亮区,,\r\n"
    answer = client.post(url, {"file": SimpleUploadedFile("名单.csv", text.encode())})
    page = client.get(answer["Location"])
    assert [(f.row, f.column) for f in page.context["faults"]] == [(2, "所在区划"), (2, "登记类型")]
    good = client.post(url, {"file": SimpleUploadedFile("名单.csv", text.partition("坏行")[0].encode())})
    page = client.get(good["Location"])
    batch = Batch.objects.get()
    assert page.context["url"] == f"/do/organisations.import/new/?batch={batch.pk}"
    assert f'<option value="{batch.pk}" selected' in client.get(page.context["url"]).content.decode()
    assert client.get(f"{url}template.xlsx").status_code == 200
    assert _seated(cast.bureaus["440104"][0]).get(url).status_code == 404


def test_the_ledger_still_verifies(cast: Cast) -> None:
    done(take_in(cast.registrar, staged(cast.registrar, row())))
    assert list(verify()) == []
