"""How a port's acts reach the centre once each and in order, over a link that may do anything.

The node numbers its acts without gaps and chains them; the centre takes what follows on the last
one that it has. Both sides are pure: a simulation can put any network, disk and clock around them.
"""

from guomen.core.outbox.acts import NO_ACT, NumberedAct, is_signed_act, sign_act
from guomen.core.outbox.receiving import ActsForked, ActsMissing, ActsUnsigned, Received, fresh_acts
from guomen.core.outbox.sending import Sending

__all__ = [
    "NO_ACT",
    "ActsForked",
    "ActsMissing",
    "ActsUnsigned",
    "NumberedAct",
    "Received",
    "Sending",
    "fresh_acts",
    "is_signed_act",
    "sign_act",
]
