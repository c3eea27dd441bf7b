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
    "policy.pack_unfit": _(
        "The files of the rulebook that the centre sent do not have its digest. They are asked for "
        "again; if it stays so, tell the centre."
    ),
    "node.acts_forked": _(
        "Act %(number)s does not follow on what the centre has of this node: its data were restored "
        "or changed. Take the node out of use, keep its folder, and enrol it under another name."
    ),
    "node.acts_missing": _(
        "Acts are missing: %(expected)s is the next one here, and %(given)s was sent. Send from "
        "%(expected)s on."
    ),
    "node.acts_unsigned": _(
        "The signature of act %(number)s is not of the node's key. Enrol the node again and use "
        "the keys written there."
    ),
    "node.act_unfit": _(
        "Act %(number)s cannot be kept (%(why)s). Take the node out of use, and keep its folder."
    ),
    "node.bundle_unfit": _(
        "What the centre sent cannot be used (%(why)s). Check the address of the centre, and that "
        "the node is enrolled there."
    ),
    "node.centre_away": _(
        "The centre at %(centre)s does not answer (%(why)s), and this node never had its rulebook. "
        "The first start needs the link: check the address and start again."
    ),
    "node.name_unfit": _(
        "%(name)s is no name for a node. Use 1 to 32 of the letters a to z, digits and hyphens; "
        "\u201c%(taken)s\u201d is the centre's own."
    ),
    "node.not_enrolled": _(
        "This folder has no enrolment of a port node for %(port)s. Enrol it at the centre "
        "(./guomen node enroll), and put the file into its keys folder."
    ),
    "node.request_stale": _(
        "The request was signed at another time than now, %(now)s. Sign it with this time."
    ),
    "node.revoked": _(
        "The node %(name)s was taken out of use. If that was a mistake, enrol it under another name."
    ),
    "node.unknown": _(
        "No node in use is named %(name)s, or the signature is not its own. Check the list of "
        "nodes."
    ),
    "registry.elsewhere": _(
        "A port node holds no persons. Register, look up and change documents at the centre."
    ),
    "border.referral_unknown": _(
        "There is no such referral at your port. Go back to the list and choose one."
    ),
    "border.file_unreadable": _(
        "This file is neither a CSV text nor an Excel workbook. Save the list as .csv or .xlsx "
        "and send it again."
    ),
    "border.file_unreadable.workbook": _(
        "The workbook is damaged or not an Excel file. Open it, save it as .xlsx and send it again."
    ),
    "border.file_unreadable.quotes": _(
        "Row %(row)s of the text has a quotation mark that is not closed. Close it, or save the"
        " list as .xlsx."
    ),
    "border.file_unreadable.too_large": _(
        "The file is too large (%(given)s of at most %(most)s bytes). Divide the list."
    ),
    "border.file_unreadable.too_many_rows": _(
        "The file has more than %(most)s rows. Divide the list."
    ),
    "border.file_unreadable.too_many_columns": _(
        "Row %(row)s has more than %(most)s columns. Remove what is not part of the list."
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
    "message.doubtful": _(
        "Segment %(segment)s (%(tag)s), character %(position)s: the message contradicts itself "
        "or is not whole (found: %(found)s, counted or assumed: %(assumed)s). Ask the sender "
        "for a corrected message."
    ),
    "message.doubtful.border_unclear": _(
        "Segment %(segment)s (%(tag)s), character %(position)s: the leg that crosses the border"
        " is not named exactly once (%(found)s). Send one LOC+125 and one LOC+87 in the same "
        "leg."
    ),
    "message.doubtful.trailer_missing": _(
        "Segment %(segment)s (%(tag)s), character %(position)s: %(assumed)s is missing here, so"
        " the message may be cut off. Send it again whole."
    ),
    "message.unreadable": _(
        "Segment %(segment)s (%(tag)s), character %(position)s: this cannot be read. Compare it"
        " with the PAXLST guide and send the message again."
    ),
    "message.unreadable.no_header": _(
        "The text holds no interchange: UNB is missing. Send the message from UNA or UNB to UNZ."
    ),
    "message.unreadable.una": _(
        "Segment %(segment)s (%(tag)s), character %(position)s: the service characters "
        "%(found)s cannot separate. Use six different ones that are neither letters nor digits,"
        " such as UNA:+.? '"
    ),
    "message.unreadable.release": _(
        "Character %(position)s: the text breaks off after a release character. Send the "
        "message again whole."
    ),
    "message.unreadable.tag": _(
        "Segment %(segment)s (%(tag)s), character %(position)s: a segment begins with three "
        "letters; here stands %(found)s. Check the terminator before it."
    ),
    "message.unreadable.second_interchange": _(
        "Segment %(segment)s (%(tag)s), character %(position)s: a second interchange begins. "
        "Send one at a time."
    ),
    "message.unreadable.outside": _(
        "Segment %(segment)s (%(tag)s), character %(position)s: this segment stands outside any"
        " message. Put it between UNH and UNT."
    ),
    "message.unreadable.no_message": _(
        "The interchange holds no message. Put the list between UNH and UNT."
    ),
    "message.unreadable.message_type": _(
        "Segment %(segment)s (%(tag)s), character %(position)s: messages of the type %(found)s "
        "are not read here. Send PAXLST."
    ),
    "message.unreadable.kind": _(
        "Segment %(segment)s (%(tag)s), character %(position)s: the kind %(found)s names no "
        "list of a crossing. Send 745 (passengers), 250 (crew) or 266 (flight closed)."
    ),
    "message.unreadable.kind_missing": _(
        "Segment %(segment)s (%(tag)s), character %(position)s: the message does not say what "
        "it lists. Add BGM+745 (passengers) or BGM+250 (crew)."
    ),
    "message.unreadable.date": _(
        "Segment %(segment)s (%(tag)s), character %(position)s: element %(element)s, component "
        "%(component)s, is no date (it looks like %(found)s; expected format %(format)s). "
        "Correct the date."
    ),
    "message.unreadable.birth_in_future": _(
        "Segment %(segment)s (%(tag)s), character %(position)s: the date of birth lies after "
        "today. Correct it."
    ),
    "message.unreadable.number": _(
        "Segment %(segment)s (%(tag)s), character %(position)s: element %(element)s, component "
        "%(component)s, is no number of at most nine digits. Correct it."
    ),
    "message.unreadable.person_unknown": _(
        "Segment %(segment)s (%(tag)s), character %(position)s: NAD+%(found)s is no traveller. "
        "Use FL or DDU for passengers, FM or DDT for crew."
    ),
    "message.unreadable.too_long": _(
        "The message has %(found)s characters, which is too long. Divide the list into parts."
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
    "policy.form_unknown": _(
        "This rulebook is kept in the form %(form)s; this version reads %(known)s. Install the "
        "version that wrote it, or a later one."
    ),
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
    "accounts.purpose_missing": _(
        "Choose the purpose for which you read about this person. It is written into the log."
    ),
    "registry.alert_incomplete.legal_basis": _(
        "Give the legal basis: the law with its article, and the order it is based on."
    ),
    "registry.alert_incomplete.authority": _(
        "Name the authority that asks for the alert, and how it is reached at any hour."
    ),
    "registry.alert_incomplete.reason": _("Give the reason. It stays with the alert."),
    "registry.alert_incomplete": _("Something is missing: %(field)s. Fill it in."),
    "registry.alert_of_another_document.document": _(
        "This is not the document that was proposed. Compare kind, issuer and number with the "
        "authority's order; if the order says this one, refuse the proposal."
    ),
    "registry.alert_of_another_document.name": _(
        "This is not the name that was proposed. Compare it with the authority's order; if the "
        "order says this one, refuse the proposal."
    ),
    "registry.alert_of_another_document": _(
        "This is not what was proposed. Compare it with the authority's order."
    ),
    "registry.alert_unfit.direction": _(
        "An alert of the kind \u201c%(kind)s\u201d does not concern the direction "
        "\u201c%(given)s\u201d. Choose another direction."
    ),
    "registry.alert_unfit.name": _(
        "An alert of the kind \u201c%(kind)s\u201d holds no name. Leave the name out."
    ),
    "registry.alert_unfit.review": _(
        "An alert of the kind \u201c%(kind)s\u201d is reviewed after %(most)s days at most, and not "
        "after its end. Choose an earlier day of review."
    ),
    "registry.alert_unfit.span": _(
        "An alert of the kind \u201c%(kind)s\u201d ends on a day to come, %(most)s days after it begins "
        "at most. Choose another end."
    ),
    "registry.alert_unfit": _("The alert does not fit its kind. Compare its terms with the kind."),
    "registry.alert_unknown": _("There is no such alert. Choose one from the list."),
    "registry.second_officer_needed": _(
        "Who proposed an alert neither confirms nor reviews it. Ask a second officer."
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
    "table.unreadable": _(
        "No row of headings was found in the first %(rows)s rows. Name the columns, such as "
        "Surname and Document number, in one row above the travellers."
    ),
    "table.unreadable.empty": _("The table is empty. Send the file that holds the travellers."),
    "transition.not_permitted": _(
        "This is already decided (%(now)s), so it cannot become %(wished)s. Reload the page to "
        "see what was decided."
    ),
}
"""By code, or by code and the fact `why` where the causes need different sentences."""

_UNKNOWN = _("This was not done; the reason has the code %(code)s. Report the code to support.")


def say_refusal(code: str, facts: Mapping[str, Fact], tag: str) -> str:
    """Say why an act was not done, and what to do next."""
    cause = facts.get("why", facts.get("field"))
    sentence = SENTENCES.get(f"{code}.{cause}", SENTENCES.get(code, _UNKNOWN))
    told = {name: _said(name, value, facts, code, tag) for name, value in facts.items()}
    return fill(sentence, {**told, "code": code}, tag)


def _said(name: str, value: Fact, facts: Mapping[str, Fact], code: str, tag: str) -> Fact:
    family = _family(name, facts, code)
    return say_code(family, str(value), tag) if family else value


def _family(name: str, facts: Mapping[str, Fact], code: str) -> str | None:
    if name in ("now", "wished"):
        thing = str(facts.get("thing", ""))
        return "status" if thing == "document" else thing
    if code == "registry.alert_unfit":
        return {"kind": "alert_kind", "given": "alert_direction"}.get(name)
    return "duty" if name == "duty" else None
