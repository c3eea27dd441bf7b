"""A sentence for every refusal: what is not done, why, and what to do next."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guomen.core.refusal import Fact
from guomen.language.sentences.filling import fill
from guomen.language.sentences.labels import say_code

SENTENCES: Mapping[str, Promise] = {
    "actor.duty_missing": _(
        "Your post does not include the duty %(duty)s. Ask your supervisor, or sign in with "
        "the post that has it."
    ),
    "accounts.key_unknown": _(
        "No device in use has this key. Enrol the device again and use the key shown there."
    ),
    "accounts.name_taken": _("The name %(name)s is taken. Choose another."),
    "accounts.device_unknown": _(
        "No device named %(name)s is in use. Check the name in the list of devices."
    ),
    "border.referral_unknown": _(
        "There is no such referral at your port. Go back to the list and choose one."
    ),
    "border.nonce_reused": _(
        "This press belongs to another traveller, so nothing was recorded. Scan the document again."
    ),
    "border.time_unlikely": _(
        "The device's clock is ahead by %(seconds_ahead)s s. Set the clock and send again."
    ),
    "border.legal_basis_missing": _(
        "Give the legal basis. Nobody is turned away without the law that says so."
    ),
    "border.conveyance_not_here": _(
        "Conveyances of the kind %(kind)s are not inspected at %(port)s. Check the kind and the "
        "port."
    ),
    "border.idempotency_key_unfit": _(
        "The Idempotency-Key has %(length)s characters. Send one of 1 to %(most)s, and the same "
        "one when you repeat the request."
    ),
    "border.time_without_zone": _(
        "The time %(given)s names no zone. Send it with its offset, such as +08:00."
    ),
    "accounts.password_too_short": _(
        "The password has fewer than %(least)s characters. Choose a longer one."
    ),
    "bulletins.figure_unknown": _(
        "There is no figure %(figure)s. Choose one from the list of figures."
    ),
    "bulletins.period_not_covered": _(
        "The records do not cover this period whole. Choose one that they cover."
    ),
    "bulletins.figure_not_in_template": _(
        "The bulletin %(template)s names the figure %(figure)s without listing it. Add it to "
        "the template."
    ),
    "bulletins.nothing_sealed": _(
        "Nothing is sealed yet, so no figure can be shown with its proof. Try again after the "
        "next seal."
    ),
    "bulletins.period_not_sealed": _(
        "Entries of %(period)s that wait for their seal: %(entries)s. Seal them, then compile "
        "again."
    ),
    "bulletins.second_officer_needed": _(
        "Who compiled a bulletin does not release it. Ask a second officer."
    ),
    "bulletins.tallies_behind": _(
        "For %(figure)s the tallies say %(tallied)s and the records say %(recounted)s. Take the "
        "tallies again, then compile."
    ),
    "bulletins.unknown": _("There is no such bulletin. Choose one from the list."),
    "document.kind_unknown": _(
        "No known document looks like this (format %(format)s, code %(code)s, issuer "
        "%(issuer)s). Scan again, or check the document by hand."
    ),
    "event.malformed": _(
        "An act of the kind %(kind)s was described with %(given)s instead of %(expected)s. "
        "Report this to support."
    ),
    "fact.not_declared": _(
        "Nothing called %(fact)s is known here. Check the name against the vocabulary."
    ),
    "fact.wrong_type": _(
        "The value %(given)s does not fit %(fact)s (type: %(expected)s). Correct the value."
    ),
    "ledger.counter_behind_seal": _(
        "The database counts from %(counter)s, but %(sealed_until)s is sealed already: it was "
        "moved. Restore the ledger before you go on."
    ),
    "ledger.entry_not_sealed": _(
        "This entry waits for the next seal, so nothing proves it yet. Try again in a minute."
    ),
    "ledger.entry_unknown": _(
        "The ledger holds no such entry. Check the reference for a missing character."
    ),
    "mrz.unreadable": _("These lines are no machine-readable zone. Scan the document again."),
    "mrz.unreadable.character": _(
        "The character %(character)s in line %(line)s, column %(column)s, cannot stand there. "
        "Only A\u2013Z, 0\u20139 and < can. Scan again or correct it."
    ),
    "mrz.unreadable.shape": _(
        "The lines have the lengths %(given)s; a document has %(expected)s. Scan again, or type "
        "the missing characters."
    ),
    "numerals.language_not_written": _(
        "Bulletins are not written in %(language)s yet. Choose one of %(written)s."
    ),
    "pack.refused": _(
        "The jurisdiction's files have faults (%(faults)s), so nothing was changed. The first: "
        "%(first)s"
    ),
    "period.unreadable": _(
        "%(given)s is no period. Write a year, half-year, quarter or month such as 2023, 2023H1, "
        "2023Q2 or 2023-06."
    ),
    "policy.condition_too_wide": _(
        "A condition has more than %(most)s alternatives, so it cannot be compared with others. "
        "Write fewer, or divide the measure into two."
    ),
    "policy.clause_not_open": _(
        "The clause %(clause)s of %(measure)s does not hold on the day before %(day)s, so it cannot "
        "be closed there. Choose a day on which it holds."
    ),
    "policy.draft_changed": _(
        "Somebody saved this draft while you wrote, so yours was not saved over it. Keep your text, "
        "open the draft again, and put your change in."
    ),
    "policy.draft_not_ready": _(
        "The draft is not ready: faults %(faults)s, cases %(cases)s, of which %(otherwise)s come out "
        "otherwise. It needs a case that it lets through and one that it refuses, and every case "
        "must come out as expected."
    ),
    "policy.draft_outdated": _(
        "The measure %(measure)s was published anew since this draft was begun. Begin a new draft "
        "from the published text, and put your change in."
    ),
    "policy.draft_unknown": _("There is no such draft. Choose one from the list."),
    "policy.replay_unknown": _("There is no such replay. Choose one from the draft's page."),
    "policy.no_rulebook_published": _(
        "No rulebook is published yet, so nothing can be decided. Publish one first."
    ),
    "policy.question_unknown": _(
        "Nobody declared the question %(question)s. The known ones are %(known)s."
    ),
    "policy.rulebook_known": _("This very rulebook was proposed before. Open it in the list."),
    "policy.rulebook_unknown": _("No rulebook has this digest. Choose one from the list."),
    "policy.second_officer_needed": _(
        "Who proposed a rulebook does not publish it. Ask a second officer."
    ),
    "registry.document_registered": _(
        "This document is registered already. Open its record instead."
    ),
    "registry.document_unknown": _(
        "The register holds no such document. Check the number and the kind."
    ),
    "request.unreadable": _(
        "The field %(field)s cannot be read: %(why)s. Compare the request with the description "
        "of the interface."
    ),
    "store.away": _(
        "The database does not answer. A gate refers to an officer meanwhile; send the same "
        "request again."
    ),
    "transition.not_permitted": _(
        "This is already decided (%(now)s), so it cannot become %(wished)s. Reload the page to "
        "see what was decided."
    ),
}
"""By code, or by code and the fact `why` where the causes need different sentences."""

_UNKNOWN = _("This was not done; the reason has the code %(code)s. Report the code to support.")


def say_refusal(code: str, facts: Mapping[str, Fact], tag: str) -> str:
    """Say why an act was not done, and what to do next."""
    sentence = SENTENCES.get(f"{code}.{facts.get('why')}", SENTENCES.get(code, _UNKNOWN))
    told = {name: _said(name, value, tag) for name, value in facts.items()}
    return fill(sentence, {**told, "code": code}, tag)


_FAMILIES = {"duty": "duty", "now": "referral", "wished": "referral"}


def _said(name: str, value: Fact, tag: str) -> Fact:
    family = _FAMILIES.get(name)
    return say_code(family, str(value), tag) if family else value
