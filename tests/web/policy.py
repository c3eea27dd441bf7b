"""What the tests of the policy desk share: officers at their browsers, proposals and publications."""

from datetime import datetime, timedelta

from django.test import Client

from guomen import clock
from guomen.apps.policy.operations import begin_draft, propose_draft, publish_rulebook
from guomen.apps.policy.queries import files_of, jurisdiction, published_digest
from guomen.jurisdiction.drafting import texts_of
from tests.nation import AT, NationForTests

EXTENSION = "M-2023-0508-HRP"
LATER = AT + timedelta(hours=1)
_AFTER_THE_END = (
    "  - facts: {document.type: HRP, document.expiry_date: 2022-06-30}\n    on: 2024-01-01"
)


def signed_in(name: str) -> Client:
    """Give a browser in which an officer is signed in and reads English."""
    client = Client()
    sent = {"name": name, "password": f"{name}-officer-1"}
    assert client.post("/desk/login/", sent).status_code == 302
    client.get("/desk/?lang=en")
    return client


def published_texts(measure_id: str = EXTENSION) -> tuple[str, str]:
    """Give a published measure's file and its cases."""
    measure = jurisdiction().rulebook.measure(measure_id)
    assert measure is not None
    return texts_of(files_of(pack_digest=published_digest() or ""), measure)


def prolonged(until: str = "2024-07-01") -> tuple[str, str]:
    """Give the extension with another end, and the case beyond the old end with another day."""
    text, cases = published_texts()
    assert _AFTER_THE_END in cases
    moved = cases.replace(_AFTER_THE_END, _AFTER_THE_END.replace("2024-01-01", until))
    return text.replace("until: 2024-01-01", f"until: {until}"), moved


def propose(nation: NationForTests, texts: tuple[str, str] | None = None) -> str:
    """Propose a draft by the first officer; give the digest."""
    text, cases = texts or prolonged()
    draft = clock.new_id()
    actor = nation.officer("policy1")
    begin_draft(actor=actor, at=AT, draft=draft, measure=EXTENSION, text=text, cases=cases)
    return propose_draft(actor=actor, at=LATER, entry=clock.new_entry(), draft=draft)


def publish(nation: NationForTests, digest: str, at: datetime = LATER) -> None:
    """Publish a proposal by the second officer."""
    publish_rulebook(
        actor=nation.officer("policy2"), at=at, entry=clock.new_entry(), pack_digest=digest
    )
