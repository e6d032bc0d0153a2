"""The list of organisations in the order in which people look them up: by State, then by name, in their language."""

from collections.abc import Sequence
from itertools import accumulate
from typing import overload

from entraide.directory.api import Organisation, count_organisations, list_organisations_by_name
from entraide.kernel.node import Node
from entraide.search.domain.folding import fold
from entraide.web.templatetags.programme import state_title


class OrganisationsInOrder(Sequence[Organisation]):
    """All organisations as a sequence of which only the asked stretch is read; those of no State come last."""

    def __init__(self, node: Node, language: str) -> None:
        self._node = node
        self._language = language
        self._counts = count_organisations(node)
        self._states = sorted(self._counts, key=lambda code: (code == "", fold(state_title(code)) if code else ""))

    def __len__(self) -> int:
        return sum(self._counts.values())

    @overload
    def __getitem__(self, asked: int) -> Organisation: ...

    @overload
    def __getitem__(self, asked: slice) -> Sequence[Organisation]: ...

    def __getitem__(self, asked: int | slice) -> Organisation | Sequence[Organisation]:
        """Return the organisation at a place, or those of a stretch; raises `IndexError` for a place beyond the end."""
        if isinstance(asked, slice):
            start, stop, _ = asked.indices(len(self))
            return self._read(start, stop)
        place = range(len(self))[asked]
        return self._read(place, place + 1)[0]

    def _read(self, start: int, stop: int) -> Sequence[Organisation]:
        ends = list(accumulate(self._counts[code] for code in self._states))
        begins = [end - self._counts[code] for code, end in zip(self._states, ends, strict=True)]
        touched = [number for number, end in enumerate(ends) if begins[number] < stop and end > start]
        if not touched:
            return []
        return list_organisations_by_name(
            self._node,
            [self._states[number] for number in touched],
            self._language,
            offset=start - begins[touched[0]],
            limit=stop - start,
        )
