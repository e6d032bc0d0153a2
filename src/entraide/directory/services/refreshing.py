"""The search index of the directory, made anew where rows are put back."""

from collections.abc import Collection, Mapping
from uuid import UUID

from entraide.directory.models import Organisation, OrganisationName, Person, PersonName, Post, PostTitle, Tenure
from entraide.directory.services.finding import index_organisation, index_post

Rows = Mapping[str, Collection[UUID]]
"""Ids of rows by their model as `label.Name`."""


def list_found_through(rows: Rows) -> tuple[set[UUID], set[UUID]]:
    """Return the organisations and the posts that are found through these rows, as they are now."""
    organisations = set(rows.get("directory.Organisation", ()))
    names = OrganisationName.objects.filter(id__in=list(rows.get("directory.OrganisationName", ())))
    organisations |= set(names.values_list("organisation_id", flat=True))
    posts = set(rows.get("directory.Post", ()))
    titles = PostTitle.objects.filter(id__in=list(rows.get("directory.PostTitle", ())))
    posts |= set(titles.values_list("post_id", flat=True))
    people = set(rows.get("directory.Person", ()))
    spellings = PersonName.objects.filter(id__in=list(rows.get("directory.PersonName", ())))
    people |= set(spellings.values_list("person_id", flat=True))
    tenures = Tenure.objects.filter(id__in=list(rows.get("directory.Tenure", ())))
    held = Tenure.objects.filter(person__in=Person.objects.filter(id__in=people))
    posts |= set(tenures.values_list("post_id", flat=True)) | set(held.values_list("post_id", flat=True))
    return organisations, posts


def refresh_found(organisations: Collection[UUID], posts: Collection[UUID]) -> None:
    """Make these organisations and posts findable as they are now, within the running transaction."""
    for id_ in Organisation.objects.filter(id__in=list(organisations)).values_list("id", flat=True):
        index_organisation(id_)
    for id_ in Post.objects.filter(id__in=list(posts)).values_list("id", flat=True):
        index_post(id_)
