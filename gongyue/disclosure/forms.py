"""What is put before the public, and where."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.fields import DayField, DocumentField
from gongyue.kernel.forms import ActionForm
from gongyue.parties.redaction import PublicText

from . import queries
from .models import ProjectFacts, ProviderFile, Publication, unpublished

FIRST_YEAR = 1990
EVALUATION = "evaluation"  # the kind of notice that the disclosure lists give to results of evaluations
CONTRACT = "contract"  # and to contracts


class LogForm(ActionForm):
    notice = forms.ChoiceField(label=_("公告"), choices=())
    channel = forms.ChoiceField(label=_("渠道"), choices=Publication.Channel.choices)
    channel_name = forms.CharField(label=_("渠道名称"), max_length=80)
    address = forms.CharField(label=_("网址或地点"), max_length=300)
    published_on = DayField(label=_("发布日期"))
    screenshot = DocumentField(label=_("网页截图或报样"), required=False)

    def prepare(self) -> None:
        """The notices this purchase has given, latest first: those of evaluations or of one contract where these are
        asked for. A contract's appears on the designated medium first."""
        publication = cast(Publication, self.subject)
        found = [n for n in queries.notices_of(publication.purchase) if self._asked(publication, n)]
        if publication.about == Publication.About.CONTRACT:
            designated = Publication.Channel.DESIGNATED
            cast(forms.ChoiceField, self.fields["channel"]).choices = [(designated.value, designated.label)]
        self.days = {str(n.entry): n.published_at.date() for n in found}
        names = [(str(n.entry), f"{n.title}（{n.published_at:%Y-%m-%d}）") for n in found]
        cast(forms.ChoiceField, self.fields["notice"]).choices = names
        if not names:
            self.fields["notice"].help_text = _("眼下没有可登记的公告，公告公布后在此选择")

    def _asked(self, publication: Publication, notice: queries.PublicNotice) -> bool:
        """Whether it is what is to be published: neither an evaluation's nor a waiting contract's among the others."""
        number = notice.values.get("contract.number") if notice.kind == CONTRACT else None
        if publication.contract is not None:
            return number == publication.contract.number
        if (publication.about == Publication.About.EVALUATION) != (notice.kind == EVALUATION):
            return False
        waiting = unpublished(self.dossier) if self.dossier is not None else []
        return all(number != one.number for one in waiting)

    def clean(self) -> dict[str, Any]:
        super().clean()
        day, notice = self.cleaned_data.get("published_on"), self.cleaned_data.get("notice")
        if day and self.dossier and day > self.dossier.today:
            self.add_error("published_on", forms.ValidationError(_("日期不能晚于办理当日"), code="future"))
        if day and notice and day < self.days[notice]:
            self.add_error("published_on", forms.ValidationError(_("发布日期不能早于公告形成之日"), code="early"))
        if Publication.objects.filter(
            notice=notice or 0, channel=self.cleaned_data.get("channel"),
            channel_name=self.cleaned_data.get("channel_name"),
        ).exists():  # fmt: skip
            self.add_error("channel_name", forms.ValidationError(_("这份公告在这一渠道的发布已经登记"), code="twice"))
        return self.cleaned_data


class ProjectFactsForm(ActionForm):
    content = PublicText(label=_("服务内容"), max_length=5000)
    method = PublicText(label=_("服务方式"), max_length=5000)
    expected = PublicText(label=_("预期效果"), max_length=5000)
    other = PublicText(label=_("其他足以判断能力的情况"), max_length=5000, required=False)

    def prepare(self) -> None:
        facts = cast(ProjectFacts, self.subject)
        if facts.pk:
            self.initial.update({name: getattr(facts, name) for name in ("content", "method", "expected", "other")})


class ProviderFileForm(ActionForm):
    year = forms.IntegerField(label=_("年度"), min_value=FIRST_YEAR)
    item = forms.ChoiceField(label=_("材料"), choices=ProviderFile.Item.choices)
    text = PublicText(label=_("内容"), max_length=20_000, rows=8)
    attachment = DocumentField(label=_("附件（将公开）"), required=False)
    true = forms.BooleanField(label=_("所填内容真实，且已去除服务对象和员工的个人信息"))

    def prepare(self) -> None:
        """One that stands is put anew under the same year and item."""
        file = cast(ProviderFile, self.subject)
        if file.pk:
            self.initial.update({"year": file.year, "item": file.item, "text": file.text})
            self.fields["year"].disabled = self.fields["item"].disabled = True

    def clean(self) -> dict[str, Any]:
        super().clean()
        file, year = cast(ProviderFile, self.subject), self.cleaned_data.get("year")
        if year and self.dossier and year > self.dossier.today.year:
            self.add_error("year", forms.ValidationError(_("年度不能晚于当前年份"), code="future"))
        same = ProviderFile.objects.filter(
            organisation=file.organisation_id, year=year or 0, item=self.cleaned_data.get("item")
        )
        if same.exclude(pk=file.pk).exists():
            error = _("该年度的这项材料已公开，请在本机构页面更新")
            self.add_error("item", forms.ValidationError(error, code="taken"))
        return self.cleaned_data


def years(since: date, today: date) -> list[int]:
    """The years a provider answers for: from the one of its first contract to this one, latest first."""
    return list(range(today.year, since.year - 1, -1))
