"""The specimen documents of the domain notes, registered so that anybody can try a lane with them."""

from datetime import UTC, date, datetime
from uuid import NAMESPACE_URL, uuid5

from guomen.apps.registry.operations import DocumentRegistered, Registration, register_documents
from guomen.core.travel_documents import Identified
from guomen.jurisdiction import Jurisdiction
from simulation.people import REGISTRAR

SPECIMENS = (
    ("HRP", "H00000000", "CHAN, TAI MAN", date(1990, 1, 1), "M", date(2022, 6, 30)),
    ("TWP_5", "00000000", "LIN, MEI LING", date(1985, 6, 15), "F", date(2028, 12, 31)),
    ("EEP_HKM", "C00000000", "SPECIMEN", date(1990, 1, 1), "", date(2030, 1, 1)),
    ("EEP_HKM", "CA0000001", "SPECIMEN", date(1985, 6, 15), "", date(2028, 12, 31)),
    ("EEP_TW", "L00000000", "SPECIMEN", date(2001, 12, 31), "", date(2029, 6, 30)),
    ("PPT_ORD", "E00000000", "ZHENGJIAN, YANGBEN", date(1981, 8, 3), "F", date(2028, 4, 8)),
)
_REGISTERED_AT = datetime(2021, 12, 31, tzinfo=UTC)


def register_specimens(jurisdiction: Jurisdiction) -> None:
    """Register them once; a second time changes nothing."""
    rows = [_registration(*row, jurisdiction) for row in SPECIMENS]
    try:
        register_documents(
            actor=REGISTRAR, at=_REGISTERED_AT, day=_REGISTERED_AT.date(), registrations=rows
        )
    except DocumentRegistered:
        return


def _registration(
    kind: str,
    number: str,
    holder: str,
    birth_date: date,
    sex: str,
    expiry_date: date,
    jurisdiction: Jurisdiction,
) -> Registration:
    name = f"specimen:{kind}:{number}"
    return Registration(
        entry=uuid5(NAMESPACE_URL, name + ":entry"),
        person=uuid5(NAMESPACE_URL, name + ":person"),
        document_id=uuid5(NAMESPACE_URL, name),
        kind=jurisdiction.documents[kind],
        document=Identified(kind, number, "CHN", "CHN", birth_date, sex, expiry_date),
        holder_name=holder,
        issued_on=date(2015, 1, 1),
    )
