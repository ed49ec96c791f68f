"""One account per kind of user, offered on the demonstration's login page (and nowhere else)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Account(NamedTuple):
    username: str
    capacity: StrOrPromise  # the card's title
    description: StrOrPromise  # what can be tried with it


ACCOUNTS = [
    Account("street-1", _("街道办事处经办"), _("提出需求、实施方案和购买项目")),
    Account("district-1", _("区民政局购买经办"), _("组织招标、起草和签订合同、核对请款")),
    Account("district-1-reviewer", _("区民政局审定人员"), _("审核实施方案、审定合同：与经办人不得为同一人")),
    Account("city-head", _("市民政局处长"), _("审定实施方案、登记机构与岗位")),
    Account("city", _("市民政局经办"), _("合同备案、委托评估")),
    Account("finance-1", _("区财政局"), _("核定项目、安排指标、拨付区级资金")),
    Account("city-finance", _("市财政局"), _("安排指标、拨付市级资金")),
    Account("organisation-1", _("社会组织（承接方）"), _("投标、签约、按期请款")),
    Account("worker-1", _("一线社工（手机）"), _("记服务、登记服务对象和志愿者")),
    Account("organisation-2", _("社会组织（投标人）"), _("查看招标、递交投标文件")),
    Account("expert-1", _("评审专家"), _("独立评分")),
    Account("committee-1", _("居民委员会"), _("反映居民需要和意见")),
    Account("health", _("协作部门（卫生局）"), _("承接分工任务、转介和协调")),
    Account("audit", _("市审计局"), _("只读查阅全部台账，提出审计建议")),
    Account("legal", _("市法制办"), _("审查规范和文本")),
    Account("evaluator", _("第三方评估机构"), _("中期、年终评估")),
]
