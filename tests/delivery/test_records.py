from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

import pytest

from gongyue.delivery import queries
from gongyue.delivery.forms.records import KEPT, RecordRow
from gongyue.delivery.models import MonthlyTally, RecordImport, ServiceRecord, TeamMember
from gongyue.demonstration.line import Line
from gongyue.demonstration.written.delivery import ITEMS
from gongyue.kernel import batches
from gongyue.kernel.models import Batch, BatchRow
from gongyue.ledger.models import Entry, Opening
from gongyue.ledger.verify import verify
from tests.contracts.stages import attempt, rules

Today = Callable[[str], date]
ON = date(2010, 11, 20)


def test_a_record_keeps_the_months_sums(staffed: Line) -> None:
    staffed.act("record.enter", None, ON)
    staffed.act("record.enter", None, ON, service_kind="case", item=ITEMS[0], clients="C001", people="", times="")
    case = staffed.latest(ServiceRecord)
    assert (case.clients, case.people, case.times, case.worker.code) == ("C001", 1, 1, "W01")
    assert queries.by_kind(staffed.purchase) == [
        queries.KindLine("case", 1, 1, 1), queries.KindLine("visit", 1, 2, 2),
    ]  # fmt: skip
    hours = queries.hours(staffed.purchase, date(2010, 11, 1))
    assert [(line.worker.code, line.direct, line.indirect, line.agreed) for line in hours] == [
        ("W01", 120, 40, 9600), ("W02", 0, 0, 9600),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "errors"),
    [
        ({"served_on": "2010-10-31"}, {"served_on": ["不能早于合同资助期的首日（2010-11-01）"]}),
        ({"served_on": "2011-11-01"}, {"served_on": ["不能晚于合同资助期的末日（2011-10-31）"]}),
        ({"served_on": "2010-11-21"}, {"served_on": ["日期不能晚于办理当日"]}),
        ({"clients": "C001、C009"}, {"clients": ["服务对象登记中没有：C009"]}),
        ({"people": "", "times": ""}, {"people": ["请填写服务对象编号或人数"]}),
        ({"times": "1"}, {"times": ["人次不能少于人数"]}),
        ({"item": "修路"}, {"item": ["选择一个有效的选项。 修路 不在可用的选项中。"]}),
    ],
)
def test_what_a_record_may_not_say_is_refused_at_its_field(
    data: dict[str, str], errors: dict[str, list[str]], staffed: Line
) -> None:
    assert attempt(staffed, "record.enter", None, ON, **data).form.errors == errors


def test_nobody_serves_who_has_left(staffed: Line) -> None:
    worker = TeamMember.objects.get(purchase=staffed.purchase, code="W01")
    staffed.act("worker.leave", worker, ON, until="2010-11-15")
    staffed.act("worker.replace", worker, ON)
    assert attempt(staffed, "record.enter", None, ON).form.errors == {"worker": ["该社工当日不在岗"]}
    assert attempt(staffed, "record.enter", None, ON, served_on="2010-11-14").entry is not None


def test_only_the_provider_records(staffed: Line) -> None:
    street = staffed.cast.streets[staffed.street.pk]
    assert rules(attempt(staffed, "record.enter", None, ON, actor=street)) == ["kernel.capacity"]


def test_a_correction_keeps_what_was_said_and_a_void_one_counts_no_more(staffed: Line) -> None:
    staffed.act("record.enter", None, ON)
    record = staffed.latest(ServiceRecord)
    said = {
        "served_on": "2010-11-19", "service_kind": "visit", "worker": record.worker_id, "item": ITEMS[1], "people": "5",
        "times": "6", "direct": "30", "indirect": "0", "note": "", "reason": "人数记错。",
    }  # fmt: skip
    staffed.act("record.correct", record, ON, **said)
    record.refresh_from_db()
    assert (record.people, record.version, record.earlier[0]["people"], record.earlier[0]["reason"]) == (
        5, 2, 2, "人数记错。",
    )  # fmt: skip
    assert queries.by_kind(staffed.purchase) == [queries.KindLine("visit", 1, 5, 6)]
    staffed.act("record.void", record, ON, reason="重复登记。")
    assert queries.by_kind(staffed.purchase) == [queries.KindLine("visit", 0, 0, 0)]
    assert Entry.objects.filter(subject=record.key).count() == 3


def test_a_note_does_not_stand_in_the_ledger_and_can_be_erased_there(staffed: Line) -> None:
    """It may name somebody: the leaf holds a commitment, which still verifies once the opening is gone."""
    entered = staffed.act("record.enter", None, ON, note="李伯住三楼，膝伤。").entry
    record = staffed.latest(ServiceRecord)
    said = {name: getattr(record, name) for name in KEPT if name not in ("worker", "served_on")}
    said |= {"worker": record.worker_id, "served_on": "2010-11-20", "note": "张姨住五楼。", "reason": "写错了人。"}
    corrected = staffed.act("record.correct", record, ON, **said).entry
    assert entered is not None and corrected is not None
    record.refresh_from_db()
    assert (record.note, record.earlier[0]["note"]) == ("张姨住五楼。", "李伯住三楼，膝伤。")
    assert not any(text in entry.body for entry in (entered, corrected) for text in ("李伯", "膝伤", "张姨", "五楼"))
    openings = Opening.objects.filter(entry__in=[entered, corrected], path="input.note")
    assert list(openings.order_by("entry").values_list("value", flat=True)) == ["李伯住三楼，膝伤。", "张姨住五楼。"]
    openings.delete()
    assert list(verify()) == []


def test_a_file_has_no_column_for_a_note(staffed: Line) -> None:
    assert list(batches.columns(RecordRow)) == [
        "服务日期", "类型", "工号", "服务项目", "服务对象编号", "人数", "人次", "直接服务（分钟）", "间接服务（分钟）",
    ]  # fmt: skip


def test_a_partners_contact_does_not_stand_in_the_ledger(staffed: Line) -> None:
    entry = staffed.act("partner.list", None, ON, contact="钱主任 020-81230000").entry
    assert entry is not None
    assert not any(text in entry.body for text in ("钱主任", "81230000"))
    assert Opening.objects.get(entry=entry, path="input.contact").value == "钱主任 020-81230000"


def test_two_files_add_up_in_the_months_sums(staffed: Line, today: Today) -> None:
    today("2010-11-20")
    staffed.act("record.enter", None, ON)
    for people in ("2", "3"):
        batch = staged(staffed, [row(people=people, times="4"), row(people=people, times="5")])
        staffed.act("records.import", None, ON, batch=str(batch.pk))
    assert queries.by_kind(staffed.purchase) == [queries.KindLine("visit", 5, 12, 20)]


def test_rows_changed_after_they_were_checked_are_not_taken(staffed: Line, today: Today) -> None:
    today("2010-11-20")
    batch = staged(staffed, [row(), row(people="3", times="3")])
    changed = BatchRow.objects.get(batch=batch, number=2)
    changed.data |= {"people": 300}
    changed.save()
    with pytest.raises(ValueError, match="are not those that were staged"):
        staffed.act("records.import", None, ON, batch=str(batch.pk))
    assert ServiceRecord.objects.count() == 0


# --- a file -----------------------------------------------------------------------------------------------------------


def row(**changes: str) -> dict[str, str]:
    return {
        "served_on": "2010-11-02", "service_kind": "探访", "worker": "W01", "item": ITEMS[1], "clients": "",
        "people": "2", "times": "2", "direct": "60", "indirect": "0",
    } | changes  # fmt: skip


def staged(line: Line, rows: Iterable[dict[str, str]]) -> Batch:
    return batches.stage(
        kind="delivery.records", row_form=RecordRow, rows=rows, post=line.actor("records.import"),
        purchase=line.purchase, source="记录.xlsx",
    )  # fmt: skip


def test_a_file_of_records_is_taken_in_by_one_act(staffed: Line, today: Today) -> None:
    today("2010-11-20")
    rows = [
        row(),
        row(service_kind="个案", clients="C001", people="1", times="1"),
        row(served_on="2010-11-15", worker="W02"),
    ]
    batch = staged(staffed, rows)
    assert (batch.rows, batch.faults) == (3, 0)
    outcome = staffed.act("records.import", None, ON, batch=str(batch.pk))
    assert outcome.entry is not None
    assert f'"root":"{batch.root}"' in outcome.entry.body
    taken = staffed.latest(RecordImport)
    assert (taken.rows, taken.batch_id) == (3, batch.pk)
    kept = ServiceRecord.objects.filter(batch=batch).order_by("pk").values_list("worker__code", "clients", "state")
    assert list(kept) == [("W01", "", "entered"), ("W01", "C001", "entered"), ("W02", "", "entered")]
    assert MonthlyTally.objects.filter(purchase=staffed.purchase).count() == 3
    assert queries.by_kind(staffed.purchase) == [
        queries.KindLine("case", 1, 1, 1), queries.KindLine("visit", 2, 4, 4),
    ]  # fmt: skip
    record = ServiceRecord.objects.filter(batch=batch).latest("pk")
    staffed.act("record.void", record, ON, reason="不是本项目的。")
    assert queries.by_kind(staffed.purchase)[1].records == 1


def test_wrong_rows_are_named_and_nothing_is_taken(staffed: Line, today: Today) -> None:
    today("2010-11-20")
    wrong: list[dict[str, Any]] = [
        row(served_on="2010-10-31"), row(worker="W09"), row(clients="C001 C007"), row(people="两个"),
        row(served_on="2010-12-01"),
    ]  # fmt: skip
    batch = staged(staffed, wrong)
    assert list(BatchRow.objects.filter(batch=batch).order_by("number").values_list("fault", flat=True)) == [
        "服务日期：不能早于合同资助期的首日（2010-11-01）",
        "工号：选择一个有效的选项。 W09 不在可用的选项中。",
        "服务对象编号：服务对象登记中没有：C007",
        "人数：输入整数。",
        "服务日期：日期不能晚于办理当日",
    ]
    outcome = attempt(staffed, "records.import", None, ON, batch=str(batch.pk))
    assert outcome.form.errors == {"batch": ["这批数据有 5 行有误，请更正后重新上传"]}
    assert ServiceRecord.objects.count() == 0
