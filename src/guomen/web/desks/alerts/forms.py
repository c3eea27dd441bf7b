"""Reads what an officer typed about an alert, keeps it, and says what is missing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext

from guomen.apps.registry.operations import AlertProposal
from guomen.core.alerts import AlertDirection, AlertKind, AlertTerms, Instruction
from guomen.core.travel_documents import DocumentKind, Identified, state_code
from guomen.jurisdiction import Jurisdiction
from guomen.language.sentences import say_code
from guomen.language.tags import active, text_in
from guomen.web.components.fields import Asked, Choice, Shape, read_day

LONGEST = 200
_DAYS = ("valid_from", "until", "review_on")


@dataclass(frozen=True, slots=True)
class Form:
    """The boxes by name with what stands in them, and the days that could be read."""

    boxes: Mapping[str, Asked]
    days: Mapping[str, date]

    @property
    def errors(self) -> tuple[Asked, ...]:
        """The boxes with something wrong."""
        return tuple(one for one in self.boxes.values() if one.error)

    def __getitem__(self, name: str) -> str:
        return self.boxes[name].typed


def empty_proposal(pack: Jurisdiction) -> Form:
    """Give the form for a new alert with nothing in it and nothing wrong."""
    return _form({}, _proposal_boxes(pack), _DAYS, ())


def read_proposal(sent: Mapping[str, str], pack: Jurisdiction) -> Form:
    """Read a proposal; what the alert needs and lacks is told at its box."""
    needed = {"document_kind", "number", "kind", "direction", "instruction"}
    form = _form(sent, _proposal_boxes(pack), _DAYS, {*needed, "legal_basis", "authority", *_DAYS})
    return _with_issuer(form, pack.documents.get(form["document_kind"]))


def proposal_of(form: Form, pack: Jurisdiction, alert: UUID) -> AlertProposal:
    """Give the proposal of a form in which nothing is wrong."""
    kind = pack.documents[form["document_kind"]]
    terms = AlertTerms(
        kind=AlertKind(form["kind"]),
        direction=AlertDirection(form["direction"]),
        legal_basis=form["legal_basis"],
        authority=form["authority"],
        instruction=Instruction(form["instruction"]),
        language=active().tag,
        valid_from=form.days["valid_from"],
        until=form.days["until"],
        review_on=form.days["review_on"],
    )
    return AlertProposal(
        alert=alert, kind=kind, document=typed_document(form, kind), terms=terms, name=form["name"]
    )


def read_document(sent: Mapping[str, str], kind: DocumentKind, needed: bool) -> Form:
    """Read the document anew as the second officer finds it in the order."""
    boxes = {"issuer": _issuer(), "number": _number(), "name": _name()}
    form = _form(sent, boxes, (), {"number"} if needed else ())
    return _with_issuer(form, kind) if needed else form


def read_review(sent: Mapping[str, str], needed: bool) -> Form:
    """Read a review: the new end, the next review, and the basis on which it goes on."""
    boxes = {"legal_basis": _text("legal_basis", gettext("Legal basis on which it goes on"))}
    days = ("until", "review_on")
    return _form(sent, boxes, days, {"legal_basis", *days} if needed else ())


def typed_document(form: Form, kind: DocumentKind) -> Identified:
    """Give the typed document as far as it is looked up by: kind, issuer and number."""
    issuer = state_code(form["issuer"].upper())
    return Identified(kind.code, form["number"].upper(), issuer, "", None, "", None)


def _proposal_boxes(pack: Jurisdiction) -> dict[str, Asked]:
    return {
        "document_kind": _select("document_kind", gettext("Kind of document"), _kinds(pack)),
        "issuer": _issuer(),
        "number": _number(),
        "kind": _select("kind", gettext("Kind of alert"), _codes("alert_kind", AlertKind)),
        "direction": _select(
            "direction", gettext("Direction"), _codes("alert_direction", AlertDirection)
        ),
        "legal_basis": _text(
            "legal_basis",
            gettext("Legal basis"),
            gettext("The law with its article, and the order with its date. No names."),
        ),
        "authority": _text(
            "authority",
            gettext("Authority"),
            gettext("Who asks for it, and how it is reached at any hour."),
        ),
        "instruction": _select(
            "instruction", gettext("What the officer does"), _codes("instruction", Instruction)
        ),
        "name": _name(),
    }


def _issuer() -> Asked:
    hint = gettext(
        "For a foreign document: three letters, as its machine-readable zone prints them."
    )
    return _text("issuer", gettext("Issuing state"), hint)


def _number() -> Asked:
    return _text("number", gettext("Document number"))


def _name() -> Asked:
    hint = gettext(
        "Only for missing minors and misused identities: as the document prints it. It is kept "
        "encrypted, until the alert ends."
    )
    return _text("name", gettext("Name"), hint)


def _text(name: str, label: str, hint: str = "") -> Asked:
    return Asked(name, label, Shape.TEXT, hint=hint)


def _select(name: str, label: str, choices: Iterable[tuple[str, str, str]]) -> Asked:
    found = tuple(Choice(code, text, tag, chosen=False) for code, text, tag in choices)
    return Asked(name, label, Shape.SELECT, choices=found)


def _codes(family: str, codes: Iterable[str]) -> list[tuple[str, str, str]]:
    tag = active().tag
    return [(str(code), say_code(family, str(code), tag), tag) for code in codes]


def _kinds(pack: Jurisdiction) -> list[tuple[str, str, str]]:
    here = active().tag
    return [(kind.code, *text_in(kind.names, here)) for kind in pack.documents.values()]


def _form(
    sent: Mapping[str, str],
    boxes: Mapping[str, Asked],
    days: Iterable[str],
    needed: Iterable[str],
) -> Form:
    wanted = set(needed)
    read = {name: _read(box, sent, name in wanted) for name, box in boxes.items()}
    found: dict[str, date] = {}
    for name in days:
        box, day = read_day(name, _day_label(name), sent)
        read[name] = box if day or box.error or name not in wanted else _lacking(box)
        found |= {name: day} if day else {}
    return Form(read, found)


def _read(box: Asked, sent: Mapping[str, str], needed: bool) -> Asked:
    typed = sent.get(box.name, "").strip()[:LONGEST]
    choices = tuple(
        Choice(one.code, one.text, one.text_tag, one.code == typed) for one in box.choices
    )
    read = Asked(box.name, box.label, box.shape, typed, box.hint, choices=choices)
    unknown = bool(choices) and not any(one.chosen for one in choices)
    return _lacking(read) if needed and (not typed or unknown) else read


def _lacking(box: Asked) -> Asked:
    told = gettext("Choose one.") if box.choices else gettext("Fill this in.")
    return _wrong(box, told)


def _wrong(box: Asked, told: str) -> Asked:
    return Asked(box.name, box.label, box.shape, box.typed, box.hint, told, box.choices, box.parts)


def _with_issuer(form: Form, kind: DocumentKind | None) -> Form:
    """A foreign document is found by its issuer too."""
    box = form.boxes["issuer"]
    if kind is None or kind.national or box.typed:
        return form
    told = gettext("Give the state that issued it, in three letters.")
    return Form({**form.boxes, "issuer": _wrong(box, told)}, form.days)


def _day_label(name: str) -> str:
    return {
        "valid_from": gettext("In force from"),
        "until": gettext("Ends on (this day is outside)"),
        "review_on": gettext("Review on"),
    }[name]
