"""Draw the life of a request into docs/using/lifecycle.md (`update`), or say whether it is current (`check`)."""

import sys
from collections.abc import Iterator
from pathlib import Path

from entraide.requests.adapters.lifecycle import load_lifecycle
from entraide.requests.domain.lifecycle import ACT_NAMES, STATE_NAMES, Direction, Lifecycle, Transition

FILE = Path("docs/using/lifecycle.md")
SIDES = {Direction.OUTGOING: "The side that asks", Direction.INCOMING: "The side that is asked"}
INTRODUCTION = """# The life of a request

Drawn by `python -m tools.lifecycle update` from `src/entraide/requests/vocabulary/lifecycle.yaml`, which both the
services and the pages read. *Other eyes* means that nobody does the act who has done one of the acts named on the same
request. What the partner does arrives as its message, or is recorded here where the partner is a party on paper; an
act that the state does not allow is refused.
"""


def main() -> None:
    """Do what the one argument says; exit code 1 when the drawing is not current."""
    command = sys.argv[1] if len(sys.argv) == 2 else ""
    if command not in {"update", "check"}:
        sys.exit("python -m tools.lifecycle update | check")
    wanted = draw(load_lifecycle())
    if command == "update":
        FILE.write_text(wanted, encoding="utf-8")
    elif not FILE.is_file() or FILE.read_text(encoding="utf-8") != wanted:
        sys.exit(f"{FILE} is not current: run python -m tools.lifecycle update")


def draw(life: Lifecycle) -> str:
    """Return the page: for each side a state diagram (Mermaid) and the same as a table."""
    parts = [INTRODUCTION]
    for direction, title in SIDES.items():
        transitions = list(life.sides[direction].values())
        parts.append("\n".join((f"## {title}\n", *_diagram(life, transitions), "", *_table(transitions), "")))
    return "\n".join(parts)


def _diagram(life: Lifecycle, transitions: list[Transition]) -> Iterator[str]:
    yield "```mermaid"
    yield "stateDiagram-v2"
    states = {state for item in transitions for state in (*item.sources, item.target) if state}
    yield from (f"    {state.value}: {STATE_NAMES[state]}" for state in STATE_NAMES if state in states)
    for item in transitions:
        name = ACT_NAMES[item.act]
        if not item.sources and item.target:
            yield f"    [*] --> {item.target.value}: {name}"
        yield from (f"    {source.value} --> {(item.target or source).value}: {name}" for source in item.sources)
    yield from (f"    {state.value} --> [*]" for state in STATE_NAMES if state in states & life.ends)
    yield "```"


def _table(transitions: list[Transition]) -> Iterator[str]:
    yield "| act | who | recorded on paper by | other eyes than | from | to |"
    yield "|---|---|---|---|---|---|"
    for item in transitions:
        who, on_paper = (", ".join(sorted(roles)).replace("_", " ") for roles in (item.by, item.on_paper))
        eyes = ", ".join(ACT_NAMES[act] for act in item.other_eyes)
        sources = ", ".join(STATE_NAMES[state] for state in item.sources) or "(the beginning)"
        target = STATE_NAMES[item.target] if item.target else "(the same)"
        yield f"| {ACT_NAMES[item.act]} | {who} | {on_paper} | {eyes} | {sources} | {target} |"


if __name__ == "__main__":
    main()
