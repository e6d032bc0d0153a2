"""What the channel itself says to a partner."""

from dataclasses import dataclass
from typing import Annotated

from entraide.journal.domain.errors import BadCheckpoint
from entraide.journal.domain.notes import LONGEST_NOTE
from entraide.kernel.codecs import Text
from entraide.kernel.wire import Message


@dataclass(frozen=True, slots=True)
class HeadTold(Message):
    """The head of the author's own log, once a day and before other messages.

    The reader keeps it; one that is smaller, or of the same size with another root, is rejected with
    `channel.bad_witness`.
    """

    message_type, message_version = "channel.witness", 1
    refused_with = BadCheckpoint.code

    checkpoint: Annotated[str, Text(LONGEST_NOTE), "the signed note"]
