"""The acts on rulebooks, and the work on drafts before them."""

from guomen.apps.policy.operations.adopting import PackUnfit, adopt_publication
from guomen.apps.policy.operations.drafts import (
    DraftChanged,
    DraftNotReady,
    DraftOutdated,
    begin_draft,
    discard_draft,
    propose_draft,
    save_draft,
)
from guomen.apps.policy.operations.replays import (
    ask_replay,
    fail_replay,
    finish_replay,
    note_replayed,
    resume_replay,
    stop_replay,
    take_up_replay,
)
from guomen.apps.policy.operations.rulebooks import (
    RulebookKnown,
    RulebookUnknown,
    SecondOfficerNeeded,
    propose_rulebook,
    publish_rulebook,
    withdraw_rulebook,
)

__all__ = [
    "DraftChanged",
    "DraftNotReady",
    "DraftOutdated",
    "PackUnfit",
    "RulebookKnown",
    "RulebookUnknown",
    "SecondOfficerNeeded",
    "adopt_publication",
    "ask_replay",
    "begin_draft",
    "discard_draft",
    "fail_replay",
    "finish_replay",
    "note_replayed",
    "propose_draft",
    "propose_rulebook",
    "publish_rulebook",
    "resume_replay",
    "save_draft",
    "stop_replay",
    "take_up_replay",
    "withdraw_rulebook",
]
