"""What counting streets and finding rooms take."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.forms import ActionForm
from gongyue.kernel.models import Division, Purchase
from gongyue.programmes.models import SiteCandidate, StreetCount

from .centre import FIRST_YEAR, LAST_YEAR


class DistrictForm(ActionForm):
    """Which district it is about: one of the city's, or the one the actor's own office lies in."""

    district = forms.ChoiceField(label=_("区（县级市）"))

    def prepare(self) -> None:
        place = self.subject.place if self.subject is not None else None
        choice = cast(forms.ChoiceField, self.fields["district"])
        if place is not None:
            districts = Division.objects.filter(level=Division.Level.DISTRICT).order_by("path")
            choice.choices = [(d.pk, d.name) for d in districts if d.within(place) or place.within(d)]


class CountForm(DistrictForm):
    """How many streets there are; of a year that was counted before, a correction of that count."""

    year = forms.IntegerField(label=_("年度"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    streets = forms.IntegerField(label=_("街道数"), min_value=1, max_value=1000)
    source = forms.CharField(label=_("数据来源"), max_length=200)

    def prepare(self) -> None:
        super().prepare()
        known = cast(StreetCount, self.subject)
        if known.pk:
            self.initial.update(district=known.division_id, year=known.year, streets=known.streets, source=known.source)
            self.fields["district"].disabled = self.fields["year"].disabled = True

    def clean(self) -> dict[str, Any]:
        given, known = self.cleaned_data, cast(StreetCount, self.subject)
        if not self.errors and known is not None and known.pk is None:
            twice = StreetCount.objects.filter(regime=known.regime, division=given["district"], year=given["year"])
            if twice.exists():
                self.add_error("year", ValidationError(_("该区该年已经登记，请更正原来的登记"), code="twice"))
        return given


class CandidateForm(DistrictForm):
    """Rooms that somebody holds and a centre could use."""

    address = forms.CharField(label=_("地址"), max_length=200)
    old_area = forms.BooleanField(label=_("在老城区"), required=False, initial=True)
    holder = forms.CharField(label=_("产权或管理单位"), max_length=120)
    area = forms.IntegerField(label=_("面积（平方米）"), min_value=1, max_value=1_000_000)
    use = forms.CharField(label=_("现用途"), max_length=120, required=False)


class MatchForm(ActionForm):
    """Which street's centre gets it."""

    purchase = forms.ChoiceField(label=_("调配给"))

    def prepare(self) -> None:
        found = cast(SiteCandidate, self.subject)
        rows = Purchase.objects.filter(division__path__startswith=found.division.path).order_by("division__path", "pk")
        cast(forms.ChoiceField, self.fields["purchase"]).choices = [(str(row.pk), row.title) for row in rows]
