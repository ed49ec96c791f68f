"""Who sits on the panel, and what each of them gives."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from gongyue.clock import LOCAL
from gongyue.kernel.forms import ActionForm
from gongyue.kernel.models import Organisation, Post
from gongyue.tendering.fields import ScoresField
from gongyue.tendering.models import Bid, PanelSeat, ScoreSheet, Tender, live

from .common import sealed

BY_PRICE = _("招标文件规定采用最低评标价法，不打分：提交即表示已按全部实质性要求逐家评审，满足要求的按报价由低到高排序")
KEY_LENGTH = 18  # digits of a key that still fits 64 bits


class PostsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Several posts; a number that no table could hold names none of them."""

    def clean(self, value: Any) -> QuerySet[Post]:
        beyond = [pk for pk in value if len(str(pk)) > KEY_LENGTH] if isinstance(value, list | tuple) else []
        if beyond:
            params = {"pk": beyond[0]}
            raise ValidationError(self.error_messages["invalid_pk_value"], code="invalid_pk_value", params=params)
        posts: QuerySet[Post] = super().clean(value)
        return posts


class AppointForm(ActionForm):
    """tender.appoint: the whole panel, each time; an expert left out gives up the seat."""

    experts = sealed(PostsField(label=_("评审专家"), queryset=Post.objects.none(), widget=forms.CheckboxSelectMultiple))

    def prepare(self) -> None:
        tender = self.subject
        assert isinstance(tender, Tender)
        experts: forms.ModelMultipleChoiceField[Post] = self.fields["experts"]  # type: ignore[assignment]
        experts.queryset = self._held()
        seats = PanelSeat.objects.filter(tender=tender.pk, left_at=None)
        self.initial["experts"] = lambda: list(seats.values_list("post", flat=True))  # asked for when it is drawn

    def _held(self) -> QuerySet[Post]:
        posts = Post.objects.filter(
            organisation__organisation_kind=Organisation.Kind.EXPERT_BODY, state=Post.State.HELD
        ).select_related("organisation", "person")
        if self.dossier is not None:
            on = self.dossier.at.astimezone(LOCAL).date()
            posts = posts.filter(Q(until=None) | Q(until__gt=on), since__lte=on)
        return posts.order_by("organisation__name", "person__name", "pk")

    def clean_experts(self) -> QuerySet[Post]:
        experts: QuerySet[Post] = self.cleaned_data["experts"]
        assert isinstance(self.subject, Tender)
        scored = ScoreSheet.objects.filter(tender=self.subject).exclude(post__in=experts)
        if sheet := scored.select_related("post__person").first():
            name = sheet.post.person.name
            raise ValidationError(_("%(name)s 已提交评分，不能更换"), code="scored", params={"name": name})
        return experts


class SheetForm(ActionForm):
    """sheet.submit"""

    scores = ScoresField(label=_("评分"))
    independent = forms.BooleanField(label=_("本人与各投标人没有利害关系"), required=False)

    def prepare(self) -> None:
        sheet = self.subject
        assert isinstance(sheet, ScoreSheet)
        scores = self.fields["scores"]
        assert isinstance(scores, ScoresField)
        if self.dossier is not None:
            out = {Bid.State.DISQUALIFIED, Bid.State.WITHDRAWN, Bid.State.INVALID}
            bids = [bid for bid in live(self.dossier.all(Bid), sheet.tender) if bid.state not in out and not bid.unread]
            scores.grid(bids=bids, factors=sheet.tender.factors if sheet.tender.pointed else [])
            if sheet.tender.review_method == Tender.Review.LOWEST:
                scores.help_text = BY_PRICE

    def clean(self) -> dict[str, Any]:
        """Somebody who is not, or no longer, on the panel does not score."""
        data = super().clean() or self.cleaned_data
        sheet = self.subject
        if isinstance(sheet, ScoreSheet) and self.dossier is not None:
            tender = self.dossier.latest(Tender)
            seated = PanelSeat.objects.filter(tender=sheet.tender, post=sheet.post, left_at=None).exists()
            if not seated or tender is None or tender.pk != sheet.tender_id or not tender.scoring:
                self.add_error("scores", ValidationError(_("您现在没有待评的招标"), code="panel"))
        return data
