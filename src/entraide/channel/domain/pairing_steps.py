"""The steps of a pairing as they are posted, and their answers."""

from dataclasses import dataclass
from typing import Annotated, Final
from uuid import UUID

from entraide.channel.domain.pairing import NONCE_BYTES, PAIRING_VERSION, Card, PairingState
from entraide.kernel.codecs import Hex, Text
from entraide.kernel.signing import Signature
from entraide.kernel.wire import Document

MAX_CODE = 80


@dataclass(frozen=True, slots=True)
class Commit(Document):
    """The node that starts is bound to its card and nonce before it sees the other's."""

    constants = {"v": PAIRING_VERSION, "step": "commit"}

    pairing: Annotated[UUID, "chosen by the node that starts"]
    commitment: Annotated[bytes, Hex((NONCE_BYTES,)), "over its nonce and card"]


@dataclass(frozen=True, slots=True)
class Committed(Document):
    """The answer to a commitment: the other node shows itself."""

    constants = {"v": PAIRING_VERSION}

    card: Annotated[Card, "of the node that answers"]
    nonce: Annotated[bytes, Hex((NONCE_BYTES,)), "random"]


@dataclass(frozen=True, slots=True)
class Reveal(Document):
    """The node that starts shows what it committed to."""

    constants = {"v": PAIRING_VERSION, "step": "reveal"}

    pairing: Annotated[UUID, "as in the commitment"]
    card: Annotated[Card, "of the node that starts"]
    nonce: Annotated[bytes, Hex((NONCE_BYTES,)), "random"]


@dataclass(frozen=True, slots=True)
class Standing(Document):
    """The answer to a reveal or an abort."""

    constants = {"v": PAIRING_VERSION}

    state: Annotated[PairingState, "where the pairing stands now"]


@dataclass(frozen=True, slots=True)
class Confirm(Document):
    """An operator has confirmed the digits."""

    constants = {"v": PAIRING_VERSION, "step": "confirm"}

    pairing: Annotated[UUID, "as in the commitment"]
    signature: Annotated[Signature, "over the transcript and the name of the node that signs"]


@dataclass(frozen=True, slots=True)
class Confirmed(Document):
    """The answer to a confirmation."""

    constants = {"v": PAIRING_VERSION}

    state: Annotated[PairingState, "where the pairing stands now"]
    signature: Annotated[Signature | None, "the other node's confirmation, once it has given it"]


@dataclass(frozen=True, slots=True)
class Abort(Document):
    """The pairing is stopped."""

    constants = {"v": PAIRING_VERSION, "step": "abort"}

    pairing: Annotated[UUID, "as in the commitment"]
    code: Annotated[str, Text(MAX_CODE), "why"]


Step = Commit | Reveal | Confirm | Abort
STEPS: Final[dict[str, type[Step]]] = {"commit": Commit, "reveal": Reveal, "confirm": Confirm, "abort": Abort}
