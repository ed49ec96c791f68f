"""Projects and providers, as the public sees them."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from gongyue import clock
from gongyue.disclosure import projects as disclosure
from gongyue.disclosure.models import ProviderFile
from gongyue.kernel import regimes, storage
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Document, Organisation
from gongyue.oversight.models import Feedback

SIZE = 20  # projects a page


@require_safe
def projects(request: HttpRequest) -> HttpResponse:
    """Every project of which anything was published; by a part of its title where asked."""
    text = request.GET.get("q", "").strip()[:60]
    rows = disclosure.projects()
    if text:
        rows = rows.filter(title__icontains=text)
    return render(
        request, "portal/projects.html", {"page": Paginator(rows, SIZE).get_page(request.GET.get("page")), "text": text}
    )


@require_safe
def project(request: HttpRequest, pk: int) -> HttpResponse:
    """The five blocks of one project; of what nothing was published nothing is there (404)."""
    purchase = get_object_or_404(disclosure.projects(), pk=pk)
    dossier = Dossier(purchase, at=clock.now(), regime=regimes.current(purchase.regime))
    context = {"project": disclosure.project(purchase, dossier), "speaks": dossier.regime.acts(Feedback.kind)}
    return render(request, "portal/project.html", context)


@require_safe
def provider(request: HttpRequest, pk: int) -> HttpResponse:
    """A provider's yearly files, with what is missing, and its projects."""
    organisation = get_object_or_404(
        Organisation.objects.select_related("division"), pk=pk,
        organisation_kind=Organisation.Kind.SOCIAL_ORGANISATION,
    )  # fmt: skip
    found = disclosure.provider(organisation, clock.today())
    if found is None:
        raise Http404
    return render(request, "portal/provider.html", {"provider": found})


@require_safe
def attachment(request: HttpRequest, pk: int, document: int) -> FileResponse:
    """A file that a provider put before the public; always as a download."""
    keys = [file.key for file in ProviderFile.objects.filter(organisation=pk)]
    found = get_object_or_404(Document, pk=document, subject__in=keys, restricted=False)
    answer = FileResponse(storage.open_stored(found.sha256), as_attachment=True, filename=found.name)
    answer["Content-Type"] = "application/octet-stream"
    return answer
