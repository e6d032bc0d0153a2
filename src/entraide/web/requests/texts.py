"""What the pages of requests call states, acts, evidences and clocks."""

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from entraide.requests.domain.lifecycle import ACT_NAMES, STATE_NAMES, Direction, State

Text = str | Promise

_TONES = {
    State.STOPPED: "bad",
    State.AWAITING_APPROVAL: "wait",
    State.RELEASED: "calm",
    State.RECEIVED: "calm",
    State.ACKNOWLEDGED: "calm",
    State.IN_EXECUTION: "calm",
    State.ANSWERED: "good",
}
STATES: dict[State, tuple[Text, str]] = {
    state: (_(name), _TONES.get(state, "neutral")) for state, name in STATE_NAMES.items()
}
"""The name of each state and the tone of its badge."""

DIRECTIONS: dict[Direction, Text] = {
    Direction.OUTGOING: _("Sent by this ministry"),
    Direction.INCOMING: _("Received from a partner"),
}

ACTS: dict[str, Text] = {act.value: _(name) for act, name in ACT_NAMES.items()}

EVIDENCES: dict[str, Text] = {
    "submission_accepted": _("Submission accepted"),
    "relay_accepted": _("Stored durably at the recipient"),
    "delivered": _("Delivered"),
    "rejected": _("Rejected by the recipient"),
    "non_delivery": _("Not delivered"),
    "retrieved": _("Opened by a post"),
}

CLOCKS: dict[str, Text] = {
    "acknowledgement": _("Acknowledgement by a human"),
    "decision": _("Decision"),
    "execution": _("Execution and answer"),
    "preservation": _("End of preservation"),
}

FIRST_CONDITION = pgettext_lazy("condition of a form's field", "Needed when “{field}” is: {values}.")
FIELD_FILLED = pgettext_lazy("condition of a form's field", "Needed when “{field}” is answered.")


def state_text(state: State) -> str:
    """Return the name of a state in the reader's language."""
    return str(STATES[state][0])


def remedy_for(clearable: str, *, missing: bool) -> str:
    """Return what can be done about a finding."""
    if missing or clearable == "never_for_missing":
        return gettext("Supply what is missing on the form, and check again.")
    if clearable == "decision_reference":
        return gettext(
            "Colleagues cannot clear this by themselves: an approver clears it on the reference of a decision of a "
            "court or an asylum authority, and a second approver confirms."
        )
    return gettext("An approver may clear it with a reason and a second approver confirms; both acts are journaled.")
