"""Reading one text: by the rules, or by the configured endpoint with the rules beside it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from entraide.documents.domain.tree import DocumentTree
from entraide.kernel.languages import READ
from entraide.kernel.node import ReaderEndpoint
from entraide.reader.domain.bounds import Bound, bounds_of
from entraide.reader.domain.endpoint.answer import verify_answer
from entraide.reader.domain.endpoint.prompt import LONGEST_TEXT, build_request
from entraide.reader.domain.endpoint.shape import BadAnswer, Dropped, Failure, parse_completion
from entraide.reader.domain.endpoint.telling import told_of
from entraide.reader.domain.model import Reading
from entraide.reader.domain.plan_reading import read_document
from entraide.reader.domain.reading import open_text, read_text


@dataclass(frozen=True, slots=True)
class ReadingReport:
    """A reading and how it came about.

    `failure` says why the endpoint's answer could not be used, so that the reading is the rules'; `dropped` counts the
    parts of its answer that the text does not bear out. Both are empty where no endpoint was asked. `bounds` say what
    was too long to be read as a plan.
    """

    reading: Reading
    failure: Failure | None = None
    dropped: Mapping[Dropped, int] = field(default_factory=dict)
    bounds: tuple[Bound, ...] = ()

    @property
    def told(self) -> dict[str, Any]:
        """How the text was read, in codes, as sources and `entraide read --json` tell it."""
        return told_of(self.reading.reader, self.failure, self.dropped, self.bounds)


def read_source(
    text: str,
    *,
    name: str,
    endpoint: ReaderEndpoint | None,
    domains: Collection[str],
    tree: DocumentTree | None = None,
) -> ReadingReport:
    """Read `text`, by `endpoint` where there is one; whatever goes wrong with that, the rules' reading is returned.

    A plan or minutes, which the `tree` of the same text shows, is read by the rules alone: its layout says more than
    its words. Never within a transaction: an endpoint may take as long as its time-out. `domains` are the codes of
    cooperation domains. Never raises on any text or answer.
    """
    plan = read_document(tree, name=name) if tree is not None else None
    bounds = bounds_of(tree, is_plan=plan is not None) if tree is not None else ()
    if plan is not None:
        return ReadingReport(plan, bounds=bounds)
    return replace(_read_running_text(text, name, endpoint, domains), bounds=bounds)


def _read_running_text(
    text: str, name: str, endpoint: ReaderEndpoint | None, domains: Collection[str]
) -> ReadingReport:
    rules = read_text(text, name=name)
    if endpoint is None or rules.language not in READ:
        return ReadingReport(rules)
    from entraide.reader.adapters.endpoint import ask_endpoint  # noqa: PLC0415 - an HTTP client is slow to load

    opened = open_text(text)
    if len(opened.clean.text) > LONGEST_TEXT:
        return ReadingReport(rules, failure=Failure.TEXT_TOO_LONG)
    try:
        question = build_request(opened.clean.text, domains, model=endpoint.model, max_tokens=endpoint.max_tokens)
        answer = parse_completion(ask_endpoint(endpoint, question))
        verified = verify_answer(answer, rules, opened, reader=endpoint.model, domains=domains)
    except BadAnswer as error:
        return ReadingReport(rules, failure=error.failure)
    return ReadingReport(verified.reading, dropped=verified.dropped)
