"""A sentence for everything that was mended or is wrong in an advance list, with its place."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guomen.core.messages import CellFinding, Finding
from guomen.language.sentences.filling import fill

_IN_MESSAGE = _("Segment %(segment)s (%(tag)s), character %(position)s: %(sentence)s")
_IN_TABLE = _("Row %(row)s, column %(column)s: %(sentence)s")

SENTENCES: Mapping[str, Promise] = {
    "message.blanks": _("blanks around segments or values were left out (segments: %(found)s)."),
    "message.birth_incomplete": _("month and day of birth are not known. Ask for them."),
    "message.border_unclear": _(
        "the leg that crosses the border is not named exactly once (%(found)s). Ask the sender."
    ),
    "message.carrier_missing": _("the carrier is missing; %(assumed)s is taken from the flight."),
    "message.characters_assumed": _("the text is not UTF-8; it was read as %(assumed)s."),
    "message.count_wrong": _(
        "the count says %(found)s, but there are %(assumed)s. Ask the sender whether something is "
        "missing."
    ),
    "message.date_empty": _("the date is empty and stays unknown."),
    "message.date_format": _(
        "the date has another format (%(found)s); it was read as %(assumed)s."
    ),
    "message.document_incomplete": _("the document's kind or number is missing."),
    "message.document_missing": _("no document is listed for this traveller."),
    "message.document_unnamed": _("a date or state stands here without its document."),
    "message.element_unread": _("what stands at %(found)s (element:component) is not read."),
    "message.line_folded": _("folded lines were joined (segments: %(found)s)."),
    "message.lower_case": _("lower case was read as capitals (segments: %(found)s)."),
    "message.mark_removed": _("the mark at the beginning of the text was left out."),
    "message.mode_unknown": _(
        "the mode of transport %(found)s is not known; an aircraft is assumed."
    ),
    "message.name_divided": _("the name has %(found)s parts; all after the first are given names."),
    "message.name_missing": _("the traveller has no name. Ask the sender."),
    "message.name_undivided": _("the name is not divided into surname and given names."),
    "message.part_after_last": _("parts follow after the last one. Ask the sender."),
    "message.part_differs": _("part %(found)s is of another crossing. Ask the sender."),
    "message.part_double": _("these parts came twice: %(found)s. Ask the sender."),
    "message.part_missing": _("these parts are missing: %(found)s. Ask the sender."),
    "message.part_unmarked": _("the part has no mark C or F; %(assumed)s is assumed."),
    "message.reference_differs": _(
        "the reference %(found)s differs from the header's %(assumed)s."
    ),
    "message.repetition": _("the repetition character was read as text (segments: %(found)s)."),
    "message.segment_empty": _("an empty segment was left out."),
    "message.segment_unread": _("this segment is not read; it is kept as it is written."),
    "message.terminator_missing": _("the segment is not ended; %(assumed)s is assumed."),
    "message.text_around": _("text outside the interchange was left out (characters: %(found)s)."),
    "message.total_missing": _(
        "the control total is missing; %(assumed)s travellers were counted."
    ),
    "message.total_unknown": _("the control total of the kind %(found)s is not checked."),
    "message.total_wrong": _(
        "the control total says %(found)s, but there are %(assumed)s. Ask the sender whether "
        "somebody is missing."
    ),
    "message.trailer_alone": _("this trailer has no header and was left out."),
    "message.trailer_missing": _("%(assumed)s is missing here; the message may be cut off."),
    "message.una_missing": _("UNA is missing; %(assumed)s is assumed."),
    "message.una_short": _("UNA lost a character; %(assumed)s is assumed."),
    "message.version_unknown": _(
        "the release %(found)s is not known; it was read like the others."
    ),
    "table.answer": _("%(found)s is neither yes nor no. Write yes or no."),
    "table.birth_in_future": _("the date of birth lies after today. Correct it."),
    "table.cell_unread": _("this column has no heading, so the cell is not read."),
    "table.column_missing": _("the column %(field)s is missing."),
    "table.conveyance": _(
        "%(found)s is no kind of conveyance. Write aircraft, ship, train or vehicle."
    ),
    "table.date": _("%(found)s is no date. Write it as 2024-01-31."),
    "table.date_ambiguous": _("day and month may be exchanged. Write the date as 2024-01-31."),
    "table.heading_double": _("this heading is there twice; the first column counts."),
    "table.heading_unknown": _("the heading %(field)s is not known; the column is not read."),
    "table.kind": _(
        "%(found)s is no kind of document. Write P for a passport, I for an identity card, C for a "
        "permit or V for a visa."
    ),
    "table.line_unread": _("this line above the headings is not understood and not read."),
    "table.missing": _("%(field)s is missing. Fill it in."),
    "table.name_undivided": _("the name is not divided into surname and given names."),
    "table.role": _("%(found)s is neither passenger nor crew. Write one of them."),
    "table.sex": _("%(found)s is no sex. Write M, F or X."),
    "table.state": _("%(found)s is no state. Write its three letters, such as UTO."),
    "table.time": _("%(found)s is no time. Write it as 06:20."),
}
"""By the finding's code."""


_FIELDS: Mapping[str, Promise] = {
    "surname": _("surname"),
    "given_names": _("given names"),
    "name": _("name"),
    "birth_date": _("date of birth"),
    "sex": _("sex"),
    "nationality": _("nationality"),
    "document_kind": _("kind of document"),
    "document_number": _("document number"),
    "issuer": _("issuing state"),
    "expiry_date": _("date of expiry"),
    "role": _("role"),
    "transit": _("transit"),
    "embarkation": _("place of embarkation"),
    "debarkation": _("place of debarkation"),
    "carrier": _("carrier"),
    "conveyance": _("conveyance"),
    "mark": _("flight, voyage, train or plate"),
    "departure_port": _("port of departure"),
    "departure_day": _("day of departure"),
    "departure_time": _("time of departure"),
    "arrival_port": _("port of arrival"),
    "arrival_day": _("day of arrival"),
    "arrival_time": _("time of arrival"),
}
"""The fields of a table; headings that nobody knows are said as they are written."""


def say_list_finding(finding: Finding | CellFinding, tag: str) -> str:
    """Say what was found in a message or a table, and where."""
    names = finding.__dataclass_fields__
    facts: dict[str, object] = {name: getattr(finding, name) for name in names}
    if isinstance(finding, CellFinding) and finding.field in _FIELDS:
        facts["field"] = fill(_FIELDS[finding.field], {}, tag)
    place = _IN_MESSAGE if isinstance(finding, Finding) else _IN_TABLE
    told = facts | {"sentence": fill(SENTENCES[finding.code], facts, tag)}
    return fill(place, told, tag)
