"""What follows from the register is made anew after an upgrade: wholly, once, and again after a crash within."""

import pytest

from entraide.access.api import Role
from entraide.config import doctor
from entraide.programme.api import list_outdated
from entraide.programme.models import CommitmentCoverage, CommitmentListing, CommitmentTally
from entraide.programme.services import upgrading
from entraide.programme.services.upgrading import renew_after_upgrade
from entraide.search.models import Document
from tests.factories.cooperations import make_register
from tests.factories.nodes import make_node
from tests.factories.people import make_actor

pytestmark = pytest.mark.django_db
INDEX, LISTS = "search index", "list of commitments"


@pytest.fixture
def register():
    """A register of some commitments as the new version keeps it."""
    node = make_node()
    officer = make_actor(node, Role.desk_officer, Role.operator)
    return [make_register(node, actor=officer, state=state) for state in ("LA", "KH", "FR")]


def snapshot():
    """Return all that follows from the register, as rows."""
    documents = Document.objects.order_by("id").values_list("terms", "id", "head", "states", "years", "day", "place")
    coverage = CommitmentCoverage.objects.order_by("commitment", "scope", "year")
    listings = CommitmentListing.objects.order_by("commitment", "scope").values_list("commitment", "scope", "listed_on")
    tallies = CommitmentTally.objects.order_by("mechanism", "domain", "status", "change")
    return (
        [(sorted(terms.split()), *others) for terms, *others in documents],
        list(coverage.values_list("commitment", "scope", "year")),
        list(listings),
        list(tallies.values_list("mechanism", "domain", "status", "change")),
    )


def age():
    """Make of the database what the migrations make of one of the version before."""
    Document.objects.update(head="", states="", years="", day=None, place=0, terms="old")
    CommitmentCoverage.objects.all().delete()


def test_a_database_of_the_version_before_comes_out_as_one_of_now(register):
    """Index, lists and counts are those that the register had; a second time there is nothing to do."""
    made = snapshot()
    assert made[1]
    assert list_outdated("default") == []
    age()
    assert list_outdated("default") == [INDEX, LISTS]
    renew_after_upgrade("default")
    assert snapshot() == made
    assert list_outdated("default") == []


class Killed(BaseException):
    """The process ends here."""


@pytest.mark.parametrize("part", ["_renew", "correct_lists"])
@pytest.mark.parametrize("steps", [0, 1, 2])
def test_who_is_killed_within_leaves_it_to_the_next(register, monkeypatch, part, steps):
    """Nothing half is left that a later run would take for done or count twice."""
    made, done, real = snapshot(), [], getattr(upgrading, part)
    age()
    monkeypatch.setattr(upgrading, "AT_ONCE", 1)

    def dying(*given: object):
        real(*given)
        done.append(given)
        if len(done) > steps:
            raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(upgrading, part, dying)
        with pytest.raises(Killed):
            renew_after_upgrade("default")
    assert list_outdated("default") == [INDEX, LISTS]
    renew_after_upgrade("default")
    assert snapshot() == made


def test_nothing_to_do_is_asked_in_few_queries(register, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        renew_after_upgrade("default")


def test_a_database_that_was_left_half_renewed_is_told_with_the_remedy(register, monkeypatch):
    """Whoever asks what is wrong with the node reads what to run; this node has no files to be looked at."""
    monkeypatch.setattr(doctor, "_open_files", lambda _node: [])
    monkeypatch.setattr(doctor, "_broken_files", lambda _node: [])
    node = make_node()
    assert not [line for line in doctor.find_problems(node) if "earlier version" in line]
    age()
    assert [line for line in doctor.find_problems(node) if "earlier version" in line] == [
        "The search index is of an earlier version; run `entraide migrate`.",
        "The list of commitments is of an earlier version; run `entraide migrate`.",
    ]
