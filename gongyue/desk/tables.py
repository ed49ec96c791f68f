"""The desk's tables. Rows come a page at a time; nothing here counts or sorts."""

from __future__ import annotations

from datetime import date

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongyue.budget.models import Fund, PlanItem
from gongyue.kernel.models import Organisation, Post, Purchase
from gongyue.policy import Regime

from .templatetags.gongyue import badge, countdown, day, money
from .words import kind_name, mode_name, stage_state

SHORT = 40  # characters of what a line tells beside its name
NUMBER = {"th": {"class": "num"}, "td": {"class": "num"}}
WIDE = {"th": {"class": "on-wide"}, "td": {"class": "on-wide"}}  # left out on a narrow screen


def link(url: str, text: object) -> SafeString:
    return format_html('<a href="{}">{}</a>', url, text)


class PurchaseTable(tables.Table):  # type: ignore[misc]
    """Purchases, each with the next day something is due."""

    title = tables.Column(verbose_name=gettext_lazy("采购"))
    division = tables.Column(verbose_name=gettext_lazy("所在街道"), attrs=WIDE)
    mode = tables.Column(verbose_name=gettext_lazy("运作模式"), attrs=WIDE)
    stage = tables.Column(verbose_name=gettext_lazy("阶段"), empty_values=())
    due = tables.Column(verbose_name=gettext_lazy("最近期限"), empty_values=())

    class Meta:
        orderable = False
        attrs = {"label": gettext_lazy("采购项目")}
        empty_text = gettext_lazy("没有符合条件的采购")

    def __init__(self, rows: list[Purchase], *, regime: Regime, due: dict[int, date], today: date) -> None:
        super().__init__(rows, exclude=() if regime.programmes else ("mode",))
        if not regime.programmes:
            self.columns["division"].column.verbose_name = gettext_lazy("服务地区")
        self.regime, self.next_due, self.today = regime, due, today

    def render_title(self, record: Purchase) -> SafeString:
        return link(reverse("desk:purchase", args=[record.pk]), record.title)

    def render_division(self, record: Purchase) -> str:
        parent = record.division.parent
        return f"{parent.name} {record.division.name}" if parent else record.division.name

    def render_mode(self, record: Purchase) -> str:
        return mode_name(record, self.regime) or "—"

    def render_stage(self, record: Purchase) -> SafeString:
        kind = record.stage.partition(":")[0] or record.kind
        state = stage_state(record.stage) if record.stage else record.get_state_display()
        return format_html('<b class="stage-kind">{}</b> <span class="quiet">{}</span>', kind_name(kind), state)

    def render_due(self, record: Purchase) -> SafeString:
        due_on = self.next_due.get(record.pk)
        if due_on is None:
            return format_html('<span class="quiet">{}</span>', "—")
        seen = countdown(due_on, self.today)
        return format_html("{} {}", day(on=due_on), badge(label=seen["text"], tone=seen["tone"]))


class OrganisationTable(tables.Table):  # type: ignore[misc]
    name = tables.Column(verbose_name=gettext_lazy("名称"))
    organisation_kind = tables.Column(verbose_name=gettext_lazy("类别"), attrs={"td": {"class": "nowrap"}})
    registration = tables.Column(verbose_name=gettext_lazy("登记类型"), attrs=WIDE)
    division = tables.Column(verbose_name=gettext_lazy("所在区划"))
    credit_code = tables.Column(verbose_name=gettext_lazy("统一社会信用代码"), default="—", attrs=WIDE)
    posts = tables.Column(verbose_name=gettext_lazy("岗位"), empty_values=(), attrs=NUMBER)

    class Meta:
        orderable = False
        attrs = {"label": gettext_lazy("机构")}
        empty_text = gettext_lazy("没有符合条件的机构")

    def __init__(self, rows: list[Organisation], *, posts: dict[int, int]) -> None:
        super().__init__(rows)
        self.held = posts

    def render_posts(self, record: Organisation) -> SafeString:
        url = f"{reverse('desk:posts')}?organisation={record.pk}"
        return link(url, self.held.get(record.pk, 0))


class PostTable(tables.Table):  # type: ignore[misc]
    title = tables.Column(verbose_name=gettext_lazy("岗位"))
    person = tables.Column(verbose_name=gettext_lazy("姓名"))
    organisation = tables.Column(verbose_name=gettext_lazy("机构"))
    since = tables.Column(verbose_name=gettext_lazy("任职"), attrs=WIDE)
    until = tables.Column(verbose_name=gettext_lazy("离任"), default="—", attrs=WIDE)
    state = tables.Column(verbose_name=gettext_lazy("状态"))
    act = tables.Column(verbose_name=gettext_lazy("办理"), empty_values=())

    class Meta:
        orderable = False
        attrs = {"label": gettext_lazy("岗位")}
        empty_text = gettext_lazy("没有符合条件的岗位")

    def __init__(self, rows: list[Post], *, registrar: bool) -> None:
        super().__init__(rows, exclude=() if registrar else ("act",))

    def render_since(self, record: Post) -> SafeString:
        return day(on=record.since)

    def render_until(self, record: Post) -> SafeString:
        return day(on=record.until)

    def render_state(self, record: Post) -> SafeString:
        return badge(label=record.get_state_display(), tone="jade" if record.state == Post.State.HELD else "plain")

    def render_act(self, record: Post) -> SafeString | str:
        if record.state != Post.State.HELD:
            return ""
        leave = link(reverse("desk:do", args=["post.hand_over", record.pk]), _("离任交接"))
        mail = link(reverse("desk:do", args=["post.mail", record.pk]), _("提醒邮箱"))
        return format_html("{} {}", leave, mail)


class FundTable(tables.Table):  # type: ignore[misc]
    name = tables.Column(verbose_name=gettext_lazy("指标"))
    payer = tables.Column(verbose_name=gettext_lazy("出资方"))
    year = tables.Column(verbose_name=gettext_lazy("年度"), attrs=NUMBER)
    purpose = tables.Column(verbose_name=gettext_lazy("用途"))
    amount_fen = tables.Column(verbose_name=gettext_lazy("指标金额（元）"), attrs=NUMBER)
    committed_fen = tables.Column(verbose_name=gettext_lazy("已落实（元）"), attrs=NUMBER)
    paid_fen = tables.Column(verbose_name=gettext_lazy("已拨付（元）"), attrs=NUMBER)
    available = tables.Column(verbose_name=gettext_lazy("可用（元）"), empty_values=(), attrs=NUMBER)

    class Meta:
        orderable = False
        attrs = {"label": gettext_lazy("资金指标")}
        empty_text = gettext_lazy("还没有下达资金指标")

    def render_name(self, record: Fund) -> SafeString:
        number = format_html('<br><small class="quiet">{}</small>', record.indicator_number)
        return format_html_join("", "{}", [(link(reverse("desk:fund", args=[record.pk]), record.name),), (number,)])

    def render_amount_fen(self, record: Fund) -> SafeString:
        return money(fen=record.amount_fen, unit=False)

    def render_committed_fen(self, record: Fund) -> SafeString:
        return money(fen=record.committed_fen, unit=False)

    def render_paid_fen(self, record: Fund) -> SafeString:
        return money(fen=record.paid_fen, unit=False)

    def render_available(self, record: Fund) -> SafeString:
        return money(fen=record.available_fen, unit=False)


ITEM_TONES = {PlanItem.State.APPROVED: "jade", PlanItem.State.RETURNED: "cinnabar"}


class ItemTableTable(tables.Table):  # type: ignore[misc]
    """The items of a year's table, each with how far its purchase has come."""

    purchase = tables.Column(verbose_name=gettext_lazy("采购"))
    amount_fen = tables.Column(verbose_name=gettext_lazy("金额（元）"), attrs=NUMBER)
    procurement = tables.Column(verbose_name=gettext_lazy("政府采购预算（元）"), empty_values=(), attrs=NUMBER)
    state = tables.Column(verbose_name=gettext_lazy("状态"), empty_values=())
    progress = tables.Column(verbose_name=gettext_lazy("阶段"), empty_values=())

    class Meta:
        orderable = False
        attrs = {"label": gettext_lazy("购买服务项目表")}
        empty_text = gettext_lazy("这个年度还没有申报的项目")

    def render_purchase(self, record: PlanItem) -> SafeString:
        title = link(reverse("desk:purchase", args=[record.purchase_id]), record.purchase.title)
        about = record.content if len(record.content) <= SHORT else f"{record.content[:SHORT]}…"
        return format_html('{}<br><small class="quiet">{}</small>', title, about)

    def render_amount_fen(self, record: PlanItem) -> SafeString:
        shown = money(fen=record.amount_fen, unit=False)
        if record.adjusted_on is None:
            return shown
        return format_html('{}<br><small class="quiet">{}</small>', shown, _("已调整"))

    def render_procurement(self, record: PlanItem) -> SafeString:
        if record.procurement is None:
            return format_html('<span class="quiet">{}</span>', "—")
        if not record.procurement:
            return format_html('<span class="quiet">{}</span>', _("不属政府采购"))
        return money(fen=record.procurement_fen, unit=False)

    def render_state(self, record: PlanItem) -> SafeString:
        return badge(label=record.get_state_display(), tone=ITEM_TONES.get(PlanItem.State(record.state), "indigo"))

    def render_progress(self, record: PlanItem) -> SafeString:
        kind = record.purchase.stage.partition(":")[0] or record.purchase.kind
        state = stage_state(record.purchase.stage) if record.purchase.stage else record.purchase.get_state_display()
        return format_html('<b class="stage-kind">{}</b> <span class="quiet">{}</span>', kind_name(kind), state)
