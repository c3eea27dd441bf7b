"""The permitted changes of state, one row each, with the reason why it is permitted."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from guomen.core.refusal import Nature, Refusal


class TransitionNotPermitted(Refusal):
    """The state does not lead to the wished one in the table."""

    code = "transition.not_permitted"
    nature = Nature.CONFLICT


@dataclass(frozen=True, slots=True)
class TransitionTable:
    """The states of one thing: `rows` maps (from, to) to the reason."""

    thing: str
    rows: Mapping[tuple[str, str], str]

    def require(self, now: str, wished: str) -> None:
        """Refuse with `transition.not_permitted` what the table does not hold."""
        if (now, wished) not in self.rows:
            raise TransitionNotPermitted(thing=self.thing, now=now, wished=wished)

    def require_done(self, rows_changed: int, wished: str) -> None:
        """Refuse when the conditional update changed nothing: another officer was first."""
        if not rows_changed:
            raise TransitionNotPermitted(thing=self.thing, now="decided", wished=wished)


RULEBOOK = TransitionTable(
    "rulebook",
    MappingProxyType(
        {
            ("proposed", "published"): "a second officer has read it and agrees",
            ("proposed", "withdrawn"): "the proposer or the second officer found a fault",
        }
    ),
)

DRAFT = TransitionTable(
    "draft",
    MappingProxyType(
        {
            ("open", "proposed"): "its cases come out as expected; a second officer decides",
            ("open", "discarded"): "it is not wanted any more; its text stays readable",
            ("proposed", "open"): "the proposal was withdrawn, and the writing goes on",
        }
    ),
)

REPLAY = TransitionTable(
    "replay",
    MappingProxyType(
        {
            ("waiting", "running"): "a worker takes it up",
            ("waiting", "stopped"): "the one who asked does not need it any more",
            ("running", "running"): "some more days are done",
            ("running", "done"): "every day is done",
            ("running", "stopped"): "the one who asked stops it; what is done stays",
            ("running", "failed"): "the draft cannot be read any more, or the lake is damaged",
            ("stopped", "waiting"): "it is taken up again where it stopped",
            ("failed", "waiting"): "it is tried again",
        }
    ),
)

REFERRAL = TransitionTable(
    "referral",
    MappingProxyType(
        {
            ("open", "admitted"): "an officer is satisfied; the traveller goes on",
            ("open", "not_admitted"): "an officer decides against, with a legal basis",
        }
    ),
)

DOCUMENT = TransitionTable(
    "document",
    MappingProxyType(
        {
            ("valid", "lost"): "the holder or a finder reports it",
            ("valid", "cancelled"): "the issuer takes it back",
            ("lost", "valid"): "it is found and its holder identified",
            ("lost", "cancelled"): "it is replaced; a cancelled document never lives again",
        }
    ),
)

ALERT = TransitionTable(
    "alert",
    MappingProxyType(
        {
            ("proposed", "in_force"): "a second officer has compared it with the authority's order",
            ("proposed", "refused"): "the second officer finds it unfounded or wrong",
            ("in_force", "in_force"): "it was reviewed, and goes on or is extended on a new basis",
            ("in_force", "ended"): "its reason is gone; one officer is enough to lift it",
            ("in_force", "lapsed"): "its last day is over and nobody extended it",
        }
    ),
)

BULLETIN = TransitionTable(
    "bulletin",
    MappingProxyType(
        {
            ("compiled", "released"): "a second officer releases what the first compiled",
            ("compiled", "withdrawn"): "a fault was found before release",
        }
    ),
)
