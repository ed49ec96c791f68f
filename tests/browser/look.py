"""Pages made of nothing but components, for looking at them: an address configuration for tests."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import engines
from django.urls import include, path

from gongyue.desk.shell import Item, Seat, Shell
from gongyue.desk.templatetags.gongyue import Stage
from gongyue.kernel.fields import DayField, DocumentField, MoneyField, RowsField

PAGES = Path(__file__).parent / "pages"
TODAY = date(2010, 12, 1)

SHELL = Shell(
    items=(
        Item("待办", "#", "inbox", active=True, count="7"),
        Item("采购项目", "#", "folders"),
        Item("试点街道", "#", "map-pin"),
        Item("机构", "#", "building-community"),
        Item("时限", "#", "calendar-event"),
        Item("规定", "#", "book-2"),
        Item("台账", "#", "timeline"),
    ),
    seats=(
        Seat(1, "社会工作科科长", "越秀区民政局", active=True),
        Seat(2, "采购经办", "黄花岗街道办事处"),
    ),
    switch_url="#",
    person="陈慧敏",
    home_url="#",
    inbox_url="#",
    inbox="7",
    logout_url="#",
    training_day=TODAY,
    training_url="#",
)


class Lot(forms.Form):
    name = forms.CharField(label="采购单元")
    amount = MoneyField(label="金额")
    opens = DayField(label="服务开始", required=False)


class Notice(forms.Form):
    title = forms.CharField(label="公告标题", help_text="与采购文件一致，不超过 60 字。")
    method = forms.ChoiceField(
        label="采购方式", widget=forms.RadioSelect, choices=[("open", "公开招标"), ("invited", "邀请招标")]
    )
    amount = MoneyField(label="最高限价")
    opening = DayField(label="开标日期")
    note = forms.CharField(label="说明", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    joint = forms.BooleanField(label="接受联合体投标", required=False)
    paper = DocumentField(label="采购文件")
    lots = RowsField(Lot, label="采购单元")


def context() -> dict[str, Any]:
    data = {"title": "", "method": "open", "amount": "2000000", "opening": "2010-12-05"}
    lots = {"lots-0-name": "家庭综合服务", "lots-0-amount": "1200000"} | {
        "lots-1-name": "长者服务",
        "lots-1-amount": "1",
    }
    return {
        "shell": SHELL,
        "today": TODAY,
        "form": Notice({**data, **lots}, label_suffix=""),
        "stages": [
            Stage("需求已定", "done", date(2010, 9, 20)),
            Stage("预算已批", "done", date(2010, 10, 15)),
            Stage("已开标", "done", date(2010, 11, 24)),
            Stage("评标", "late", date(2010, 11, 29), "逾期 2 天"),
            Stage("中标公告", "later"),
            Stage("合同备案", "later"),
            Stage("服务中", "later"),
            Stage("末期验收", "later"),
        ],
        "obligations": [
            {"what": "拨付首期款", "about": "黄花岗街 · 合同备案后",
             "holder": "越秀区财政局 社保科 李国强",
             "due_on": date(2010, 11, 19), "known": True, "cite": "《实施程序》三（三）3"},
            {"what": "签订服务合同", "about": "六榕街 · 中标通知书发出后三十日内",
             "holder": "六榕街道办事处 采购经办 何伟",
             "due_on": date(2010, 12, 1), "known": True, "cite": "《政府采购法》第四十六条"},
            {"what": "提交中期评估报告", "about": "逢源街", "holder": "广州市社会工作协会",
             "due_on": date(2010, 12, 31), "known": True, "cite": "《实施程序》三（四）2"},
            {"what": "答复投标人质疑", "about": "林和街 · 投诉处理期间", "holder": "天河区民政局",
             "due_on": date(2010, 12, 6), "known": True, "suspended": True, "cite": "《政府采购法》第五十三条"},
            {"what": "合同备案", "about": "人和镇", "holder": "白云区民政局",
             "due_on": None, "known": False, "cite": ""},
        ],
        "rows": [
            ("项目编号", "440104-2010-017"), ("购买主体", "越秀区民政局"), ("承接主体", "广州市北斗星社会工作服务中心"),
            ("采购方式", "公开招标"), ("服务期", "2011-01-01 至 2011-12-31"), ("备案日期", None),
        ],
        "money": [
            {"name": "首期", "condition": "合同备案", "payer": "市级", "due": 49_687_500, "paid": 49_687_500,
             "on": date(2010, 12, 20), "state": "已付", "tone": "jade"},
            {"name": "首期", "condition": "合同备案", "payer": "区级", "due": 49_687_500, "paid": 0,
             "on": date(2010, 11, 19), "state": "逾期 12 天", "tone": "cinnabar"},
            {"name": "二期", "condition": "中期评估", "payer": "市级", "due": 49_687_500, "paid": 0,
             "on": date(2011, 7, 20), "state": "未到期", "tone": "plain"},
            {"name": "末期", "condition": "末期验收", "payer": "市级、区级", "due": 49_687_500, "paid": 0,
             "on": date(2012, 1, 20), "state": "未到期", "tone": "plain"},
        ],
        "moments": [
            {"at": datetime(2010, 11, 24, 1, 30, tzinfo=UTC), "what": "开标",
             "who": "黄花岗街道办事处 采购经办 何伟",
             "note": "收到投标 4 份，均在截止时间前提交。", "number": "№ 1 024 · 9f2c 71e0",
             "cite": "", "tone": "jade"},
            {"at": datetime(2010, 11, 22, 8, 5, tzinfo=UTC), "what": "退回采购文件",
             "who": "越秀区民政局 社会工作科 陈慧敏",
             "note": "评分办法未列明价格分。", "number": "№ 1 011 · 03bd a4f8", "cite": "《实施程序》三（二）3",
             "tone": "ochre"},
            {"at": date(2010, 10, 15), "what": "批准预算", "who": "越秀区财政局", "note": "", "number": "", "cite": "",
             "tone": "jade"},
        ],
        "refused": [{"sentence": "须先完成“中标公告”。", "cite": "《实施程序》三（二）", "url": "#"}],
        "asked": [{"label": "《实施程序》三（二）3"}, {"label": "《实施程序》三（二）4"}],
    }  # fmt: skip


def page(request: HttpRequest, name: str) -> HttpResponse:
    """One of the pages beside this file, in the frame of the site."""
    template = engines["django"].from_string((PAGES / f"{name}.html").read_text(encoding="utf-8"))
    return HttpResponse(template.render(context(), request))


def gate(request: HttpRequest) -> HttpResponse:
    return render(request, "403_csrf.html", {"number": "7K2M-XH49"})


urlpatterns = [
    path("i18n/", include("django.conf.urls.i18n")),
    path("look/gate/", gate),
    path("look/<slug:name>/", page),
]
