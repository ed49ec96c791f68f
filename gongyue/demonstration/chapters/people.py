"""Organisations and posts taken in from files, a post handed over, somebody who stands aside, a street by reference."""

from __future__ import annotations

from datetime import date

from stdnum.cn import uscc

from gongyue.demonstration.cast import Cast, must
from gongyue.demonstration.line import Line
from gongyue.demonstration.streets import Story, Told
from gongyue.kernel.batches import stage
from gongyue.kernel.models import Post, Purchase
from gongyue.parties.models import OrganisationImport, PostImport
from gongyue.parties.rows import OrganisationRow
from gongyue.parties.staffrows import StaffRow

NEWCOMERS = ("西关街坊互助服务社（演示）", "沙面青年社会工作服务社（演示）", "流花长者服务中心（演示）")


def taken_in(cast: Cast, on: date) -> Told:
    """Three organisations that registered in the second year."""
    yield on
    rows = [
        {"name": name, "organisation_kind": "社会组织", "registration": "民办非企业单位", "division": "越秀区",
         "credit_code": (base := f"52440104MJ90000{number:02d}") + uscc.calc_check_digit(base),
         "credit_code_override": ""}
        for number, name in enumerate(NEWCOMERS, 1)
    ]  # fmt: skip
    batch = stage(kind="organisations.import", row_form=OrganisationRow, rows=rows, post=cast.registrar, purchase=None,
                  source="新登记社会组织.xlsx")  # fmt: skip
    unborn = OrganisationImport.unborn(None, cast.registrar)[0]
    must("organisations.import", unborn, cast.registrar, on, {"batch": str(batch.pk)})


def seated(cast: Cast, on: date) -> Told:
    """Their people, and where they are reminded."""
    yield on
    rows = [
        {"organisation": name, "username": f"newcomer-{number}", "name": person, "title": "项目主任",
         "since": on.isoformat(), "email": f"newcomer-{number}@example.org"}
        for number, (name, person) in enumerate(zip(NEWCOMERS, ("关颖", "符朗", "庄妍"), strict=True), 1)
    ]  # fmt: skip
    batch = stage(kind="posts.import", row_form=StaffRow, rows=rows, post=cast.registrar, purchase=None,
                  source="新登记社会组织人员.xlsx")  # fmt: skip
    unborn = PostImport.unborn(None, cast.registrar)[0]
    must("posts.import", unborn, cast.registrar, on, {"batch": str(batch.pk)})


def handed_over(cast: Cast, on: date, district: str) -> Told:
    """The officer of a district's finance bureau leaves, another one carries on."""
    yield on
    leaving = cast.finances[district]
    successor = cast.post(leaving.organisation, leaving.title, f"{leaving.person.username}-new", since=on)
    data = {"until": on.isoformat(), "successor": str(successor.pk)}
    must("post.hand_over", Post.objects.get(pk=leaving.pk), cast.registrar, on, data)
    cast.finances[district] = successor


@Story
def aside(line: Line, on: date) -> Told:
    """The bureau's handler has a relative in a bidder's house; the second officer does what is left."""
    yield on
    handler = line.cast.bureaus[line.district][0]
    line.act("purchase.recuse", line.purchase, on, actor=handler, reason="配偶在拟投标的机构任职。")


def by_reference(cast: Cast, on: date, district: str) -> Told:
    """A street that the pilot does not list, opened by its district after the norm."""
    yield on
    bureau = cast.bureaus[district][0]
    data = {"street": "洪桥街", "title": "洪桥街社区综合服务中心（区级试点）", "mode": "one", "scope": "project"}
    must("purchase.open_by_reference", Purchase.unborn(None, bureau)[0], bureau, on, data)
