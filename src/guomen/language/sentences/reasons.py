"""A sentence for everything a lane looked at: in order, not in order, or not to be told."""

from collections.abc import Callable, Mapping
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guomen.core.clearance import Reason
from guomen.jurisdiction import Jurisdiction
from guomen.language.sentences.filling import fill
from guomen.language.sentences.labels import say_code
from guomen.language.tags import text_in
from guomen.language.values import say_day

_NOT = "not in order"
_UNTOLD = "not told"
_VERDICTS = {True: "in order", False: _NOT, None: _UNTOLD}

SENTENCES: Mapping[str, Mapping[str, Promise]] = {
    "document.check_digit": {
        _NOT: _(
            "The check digit of the %(field)s is %(printed)s and should be %(computed)s (line "
            "%(line)s, column %(column)s). Scan again; if it stays, look at the document closely."
        )
    },
    "document.not_for_crossing": {
        _NOT: _("A %(kind)s is not a document to cross the border with. Ask for another.")
    },
    "document.number_form": {
        _NOT: _("The number does not have the form of a %(kind)s. Compare it with the print.")
    },
    "document.on_record": {
        _NOT: _("This %(kind)s is not in the register that issues it. Check where it was issued.")
    },
    "document.status": {
        "in order": _("The register holds the document as %(status)s."),
        _NOT: _("The register holds the document as %(status)s. Ask the holder how it was found."),
    },
    "document.alert": {
        _NOT: _("There is an alert on this document. Read its legal basis before you decide.")
    },
    "document.expiry": {
        "in order": _("The document is valid until %(expiry_date)s."),
        _NOT: _(
            "The document expired on %(expiry_date)s, and no measure extends it on %(day)s. The "
            "holder needs a new one."
        ),
        _UNTOLD: _("The document shows no expiry date that can be read. Check the printed one."),
    },
    "document.extended": {
        "in order": _(
            "The document expired on %(expiry_date)s and counts as valid until "
            "%(deemed_expiry_date)s under the measure \u201c%(measure)s\u201d."
        )
    },
    "endorsement.present": {
        _NOT: _("An endorsement is needed and none was shown. Ask for it and read it in.")
    },
    "endorsement.in_date": {
        _NOT: _("The endorsement %(kind)s was valid until %(valid_until)s. A new one is needed.")
    },
    "endorsement.entries_left": {
        _NOT: _("The endorsement %(kind)s has no journeys left. A new one is needed.")
    },
    "endorsement.in_order": {
        "in order": _("The endorsement %(kind)s is valid until %(valid_until)s.")
    },
    "visa.present": {
        _NOT: _("A visa is needed and none was shown. Ask for a visa or a residence permit."),
        _UNTOLD: _("Whether a visa is needed cannot be told yet. Ask where the traveller goes."),
    },
    "visa.exempt": {"in order": _("No visa is needed under the measure \u201c%(measure)s\u201d.")},
    "visa.in_date": {
        _NOT: _("The visa %(kind)s was valid until %(valid_until)s. A new one is needed.")
    },
    "visa.entries_left": {_NOT: _("The visa %(kind)s has no entries left. A new one is needed.")},
    "visa.in_order": {"in order": _("The visa %(kind)s is valid until %(valid_until)s.")},
    "holder.verified": {
        "in order": _("The holder was compared with the document."),
        _NOT: _("The holder could not be matched to the document. An officer compares again."),
        _UNTOLD: _("Nobody has compared the holder with the document yet. An officer compares."),
    },
    "lane.open_to_holder": {
        "in order": _("The lane \u201c%(lane)s\u201d is open to this holder."),
        _NOT: _("The lane \u201c%(lane)s\u201d is not open to this holder. Use a staffed lane."),
        _UNTOLD: _(
            "Whether the lane \u201c%(lane)s\u201d is open to this holder cannot be told. Use a "
            "staffed lane."
        ),
    },
    "node.knowledge_old": {
        "in order": _(
            "The standings and alerts here are of %(day)s. Look at the document closely, and ask "
            "the centre by telephone where something is unclear."
        ),
        _NOT: _(
            "The standings and alerts here are of %(day)s, too old for a gate. Use a staffed "
            "lane, and have the link to the centre restored."
        ),
    },
}
"""By code and verdict; only what can occur has a sentence."""

_UNKNOWN = _("Something was looked at that has no sentence yet: %(code)s. Ask a supervisor.")


def say_reason(reason: Reason, tag: str, jurisdiction: Jurisdiction) -> str:
    """Say one thing that was looked at, with its value, and what to do next."""
    sentences = SENTENCES.get(reason.code, {})
    sentence = sentences.get(_VERDICTS[reason.in_order], _UNKNOWN)
    told = {name: _said(name, value, tag, jurisdiction) for name, value in reason.facts}
    return fill(sentence, {**told, "code": reason.code}, tag)


def _day(value: str, tag: str, _jurisdiction: Jurisdiction) -> str:
    return say_day(date.fromisoformat(value), tag)


def _kind(value: str, tag: str, jurisdiction: Jurisdiction) -> str:
    kind = jurisdiction.documents.get(value)
    return text_in(kind.names, tag)[0] if kind else _endorsement(value, tag, jurisdiction)


def _endorsement(value: str, tag: str, jurisdiction: Jurisdiction) -> str:
    vocabulary = jurisdiction.rulebook.vocabulary
    if "endorsement.kind" not in vocabulary:
        return value
    texts = vocabulary["endorsement.kind"].codes.get(value)
    return text_in(texts, tag)[0] if texts else value


def _measure(value: str, tag: str, jurisdiction: Jurisdiction) -> str:
    measure = jurisdiction.rulebook.measure(value)
    return text_in(measure.titles, tag)[0] if measure else value


def _lane(value: str, tag: str, jurisdiction: Jurisdiction) -> str:
    lane = jurisdiction.lanes.get(value)
    return text_in(lane.names, tag)[0] if lane else value


def _field(value: str, tag: str, _jurisdiction: Jurisdiction) -> str:
    return say_code("field", value, tag)


def _status(value: str, tag: str, _jurisdiction: Jurisdiction) -> str:
    return say_code("status", value, tag)


_SAYERS: Mapping[str, Callable[[str, str, Jurisdiction], str]] = {
    "expiry_date": _day,
    "deemed_expiry_date": _day,
    "valid_until": _day,
    "day": _day,
    "kind": _kind,
    "measure": _measure,
    "lane": _lane,
    "field": _field,
    "status": _status,
}


def _said(name: str, value: str, tag: str, jurisdiction: Jurisdiction) -> str:
    say = _SAYERS.get(name)
    return say(value, tag, jurisdiction) if say else value
