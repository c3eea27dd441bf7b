"""Who acts, and under which duties: handed into every operation."""

from dataclasses import dataclass
from enum import StrEnum

from guomen.core.refusal import Nature, Refusal


class Duty(StrEnum):
    """What a post or a device may do. Nothing is allowed that is not listed here."""

    CLEAR_PASSAGE = "border.clear_passage"
    INSPECT_CONVEYANCE = "border.inspect_conveyance"
    DECIDE_REFERRAL = "border.decide_referral"
    REGISTER_DOCUMENT = "registry.register_document"
    PROPOSE_ALERT = "registry.propose_alert"
    CONFIRM_ALERT = "registry.confirm_alert"
    PROPOSE_RULEBOOK = "policy.propose_rulebook"
    PUBLISH_RULEBOOK = "policy.publish_rulebook"
    COMPILE_BULLETIN = "bulletins.compile_bulletin"
    RELEASE_BULLETIN = "bulletins.release_bulletin"
    MANAGE_ACCOUNTS = "accounts.manage"
    REPORT_ACTS = "border.report_acts"
    DECLARE_SIMULATION = "ledger.declare_simulation"


class Purpose(StrEnum):
    """Why an officer reads a person's data. Nothing of a person is opened without one of these."""

    DECIDE_REFERRAL = "decide_referral"
    ANSWER_PERSON = "answer_person"
    OVERSIGHT = "oversight"


class ActorKind(StrEnum):
    """A person at a post, a machine with a key, or the administration's own process."""

    OFFICER = "officer"
    DEVICE = "device"
    SYSTEM = "system"


class DutyMissing(Refusal):
    """The actor's posts do not include the duty that the act needs."""

    code = "actor.duty_missing"
    nature = Nature.NOT_ALLOWED


@dataclass(frozen=True, slots=True)
class Actor:
    """One actor: `reference` is an opaque id that may stand in the ledger."""

    kind: ActorKind
    reference: str
    duties: frozenset[Duty]
    port: str | None = None
    lane: str | None = None

    def require(self, duty: Duty, port: str | None = None) -> None:
        """Refuse with `actor.duty_missing` unless the actor holds `duty`, and at that port."""
        elsewhere = port is not None and self.port is not None and port != self.port
        if duty not in self.duties or elsewhere:
            raise DutyMissing(duty=duty.value, actor=self.reference)
