"""What starting a purchase outside any programme takes."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.findings import language
from gongyue.kernel.forms import ActionForm
from gongyue.kernel.models import Division, Organisation, Purchase
from gongyue.parties.forms import ORGANS, RowField
from gongyue.programmes.classes import excluded_matters, service_classes


class StartForm(ActionForm):
    """A purchase of one's own: for whom, of what class, on whose idea, under whose eyes. Who opens it purchases."""

    title = forms.CharField(label=_("项目名称"), max_length=120)
    place = RowField(
        label=_("服务地区"), queryset=Division.objects.none(), help_text=_("本单位所在区划，或其下辖的区、街道")
    )  # fmt: skip
    scope = forms.ChoiceField(
        label=_("购买范围"), choices=Purchase.Scope.choices, initial=Purchase.Scope.PROJECT
    )  # fmt: skip
    service_class = forms.ChoiceField(label=_("服务类别"), required=False)
    project_origin = forms.ChoiceField(
        label=_("项目来源"), choices=Purchase.Origin.choices, initial=Purchase.Origin.DEMAND
    )  # fmt: skip
    supervisor = RowField(
        label=_("监督单位"), queryset=Organisation.objects.none(), help_text=_("谁购买、谁监督；另有指定的请选择")
    )  # fmt: skip
    excluded = forms.MultipleChoiceField(
        label=_("涉及的不得购买事项"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("逐项核对，涉及的请勾选；都不涉及的不选"),
    )  # fmt: skip
    exclusion_note = forms.CharField(
        label=_("核对说明"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("说明为什么可以由社会力量承担"),
    )  # fmt: skip

    def prepare(self) -> None:
        """Places and offices of one's own; classes and excluded matters as the regime has them, else not asked."""
        if self.dossier is None or self.actor is None:
            return
        here = self.actor.organisation.division
        cast(RowField, self.fields["place"]).queryset = (
            Division.objects.filter(path__startswith=here.path).select_related("parent").order_by("path")
        )
        top = here.path.split("/")[0]
        cast(RowField, self.fields["supervisor"]).queryset = Organisation.objects.filter(
            organisation_kind__in=ORGANS, division__path__startswith=f"{top}/"
        ).order_by("-division__path", "pk")
        self.initial.update(place=here.pk, supervisor=self.actor.organisation_id)
        self._ask("service_class", service_classes(self.dossier.regime), required=True)
        self._ask("excluded", excluded_matters(self.dossier.regime), required=False)
        self.fields["exclusion_note"].required = "excluded" in self.fields and not self.fields["excluded"].disabled

    def _ask(self, name: str, known: dict[str, dict[str, str]], *, required: bool) -> None:
        """Offer what the regime lists; what it does not list stays out of sight."""
        field = cast(forms.ChoiceField, self.fields[name])
        none = [("", _("请选择"))] if required else []
        field.choices = [*none, *((key, words[language()]) for key, words in known.items())]
        field.required = required and bool(known)
        if not known:
            field.disabled, field.widget = (
                True,
                forms.MultipleHiddenInput() if name == "excluded" else forms.HiddenInput(),
            )

    def clean(self) -> dict[str, Any]:
        """The purchase not yet written takes what is declared of it from here, so that facts can tell."""
        given = self.cleaned_data
        if isinstance(self.subject, Purchase) and not self.errors:
            self.subject.service_class, self.subject.excluded = given["service_class"], given["excluded"]
            self.subject.scope = given["scope"]
        return given
