"""What recording and answering a false statement takes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.fields import DocumentField
from gongyue.kernel.forms import ActionForm
from gongyue.tendering.models.falsehood import FalseReply, FalseStatement

from .common import text


class FalseForm(ActionForm):
    """falsestatement.record"""

    part = forms.ChoiceField(label=_("所在材料"), choices=FalseStatement.Part.choices)
    what = text(_("不实之处"), help_text=_("写明哪一项内容与事实不符"))
    evidence = text(_("依据"), help_text=_("向谁核实、查到什么"))
    paper = DocumentField(label=_("证明材料"), restricted=True)


class FalseReplyForm(ActionForm):
    """falsereply.give"""

    text = text(_("说明"))
    paper = DocumentField(label=_("说明所附材料"), required=False, restricted=True)


class UpholdForm(ActionForm):
    """falsestatement.uphold: nobody is found against unheard."""

    told = text(
        _("告知情况"), required=False, help_text=_("机构没有说明的，写明何时、怎样告知，给了多少时间；已说明的不填")
    )
    finding = text(_("认定意见"), help_text=_("罚款、列入不良行为记录由财政部门依法决定，这里只作事实认定"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        statement = self.subject
        if isinstance(statement, FalseStatement):
            heard = FalseReply.objects.filter(statement=statement, state=FalseReply.State.GIVEN).exists()
            if not heard and not data.get("told"):
                unheard = _("机构还没有说明：请等其说明，或写明告知的情况")
                self.add_error("told", ValidationError(unheard, code="unheard"))
        return data


class DropForm(ActionForm):
    """falsestatement.drop"""

    finding = text(_("认定意见"))
