"""Who is who: reads for the login page, the post switcher and the registrar's pages."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from gongyue.kernel.models import Division, Obligation, Organisation, Person, Post


def posts_of(person: Person, on: date) -> QuerySet[Post]:
    """The posts a person may act through on a day, longest held first."""
    return (
        held(Post.objects.filter(person=person), on)
        .select_related("organisation__division", "person")
        .order_by("since", "pk")
    )


def post_of(person: Person, pk: int, on: date) -> Post | None:
    """That post, if it is this person's and held on the day."""
    return posts_of(person, on).filter(pk=pk).first()


def held(posts: QuerySet[Post], on: date) -> QuerySet[Post]:
    """Those of these posts that are held on a day."""
    return posts.filter(Q(until=None) | Q(until__gt=on), since__lte=on)


def posts_in(organisation: Organisation) -> QuerySet[Post]:
    """Every post of an organisation, those still held first."""
    return organisation.posts.select_related("person").order_by("state", "since", "pk")


def successors(post: Post) -> QuerySet[Post]:
    """The other posts of its organisation that stand, longest held first: who may take over from it."""
    others = Post.objects.filter(organisation=post.organisation_id, state=Post.State.HELD).exclude(pk=post.pk)
    return others.select_related("organisation", "person").order_by("since", "pk")


def public_seat(division: Division, on: date) -> Post | None:
    """The seat that the public site acts from for people without an account: held in the public of the city (or of
    whatever lies above) in which `division` lies. None: nobody has set it up there. One query."""
    above = division.path.strip("/").split("/")
    seats = Post.objects.filter(
        organisation__organisation_kind=Organisation.Kind.PUBLIC, organisation__division__in=above
    )
    return held(seats, on).select_related("organisation__division", "person").order_by("since", "pk").first()


def clocks(post: Post) -> QuerySet[Obligation]:
    """The open obligations its organisation owes through this post; not those that bind its person alone."""
    return Obligation.objects.filter(organisation=post.organisation_id, post=post, is_open=True, personal=False)


def divisions(registrar: Post) -> QuerySet[Division]:
    """The registrar's city with its districts and streets."""
    return Division.objects.filter(path__startswith=registrar.organisation.division.path).order_by("path")


def organisations(registrar: Post) -> QuerySet[Organisation]:
    """The organisations of the registrar's city."""
    places = divisions(registrar).order_by().values("pk")
    return Organisation.objects.filter(division__in=places).select_related("division").order_by("name", "pk")


def organisation_in_city(registrar: Post, pk: int) -> Organisation | None:
    return organisations(registrar).filter(pk=pk).first()


def people(registrar: Post, text: str = "") -> QuerySet[Person]:
    """People who hold or held a post in the registrar's city, by a part of their name or username."""
    places = divisions(registrar).order_by().values("pk")
    found = Person.objects.filter(pk__in=Post.objects.filter(organisation__division__in=places).values("person"))
    if text:
        found = found.filter(Q(name__icontains=text) | Q(username__icontains=text))
    return found.order_by("name", "pk")
