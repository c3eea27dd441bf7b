"""The twelve measures as an expert would write them in Python by hand, and only them.

Shared tests are made once, whole branches are left early, sets are looked up once for all measures
that ask about them. An unknown fact is None, or a default that fails the comparison.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

HRP, VF6, TRANSIT, INDONESIA, ND, GROUP, FAMILY, OUTBOUND, ONLINE, FACE, TALENT, SHENZHEN = (
    1 << bit for bit in range(12)
)

_TRANSIT = (
    "AUT BEL CZE DNK EST FIN FRA DEU GRC HUN ISL ITA LVA LTU LUX MLT NLD NOR POL PRT SVK SVN ESP SWE "
    "CHE RUS GBR IRL CYP BGR ROU UKR SRB HRV BIH MNE MKD ALB MCO BLR USA CAN BRA MEX ARG CHL AUS NZL "
    "KOR JPN SGP BRN ARE QAT"
)
_SIX = frozenset(("FRA", "DEU", "D", "ITA", "NLD", "ESP", "MYS"))
_BY_NATIONALITY = {
    **dict.fromkeys(_SIX, 0),
    **dict.fromkeys(_TRANSIT.split(), TRANSIT),
    "IDN": INDONESIA,
}
_VISITS = frozenset(("business", "tourism", "family", "transit"))
_FIRST, _LAST = date(2020, 1, 1), date(2023, 12, 30)
_NEVER = date(1, 1, 1)
_ORDINARY = frozenset(("PPT_ORD", "EEP_HKM", "EEP_TW"))
_FACE_DOCUMENTS = frozenset(("HRP", "HRP_NC", "EEP_HKM"))
_FACE_PORTS = frozenset(("SHENZHEN_BAY", "GONGBEI"))
_FACE_KINDS = frozenset("DTSRQ")
_ISSUES = frozenset(("document_issue", "document_renew", "document_replace"))
_SPOILT = frozenset(("damaged", "lost", "stolen", "pages_full"))
_TWENTY = (
    "北京 天津 沈阳 哈尔滨 上海 南京 杭州 宁波 合肥 厦门 "
    "济南 青岛 郑州 广州 深圳 珠海 重庆 成都 昆明 西安"
)
_CITIES = frozenset(_TWENTY.split())
_LEISURE = frozenset(("tourism", "visit_friends"))
_REGIONS = frozenset(("BEIJING", "SHANGHAI"))
_BOTH = dict.fromkeys(("HKG", "MAC"), FAMILY)
_ISSUED: Mapping[Any, Mapping[Any, int]] = {
    "L": {"HKG": GROUP | OUTBOUND, "MAC": GROUP},
    "G": {"HKG": OUTBOUND},
    "S": {"HKG": OUTBOUND},
    "T": _BOTH,
    "D": _BOTH,
    "Q": _BOTH,
}
_MANY = 10**9


# One function on purpose: a call of another would cost as much as three of these tests.
def decide(facts: Mapping[str, Any]) -> int:  # noqa: C901, PLR0915
    """Give the mask of the measures that are met."""
    get = facts.get
    mask = 0
    document = get("document.type")
    if document in _FACE_DOCUMENTS:
        if document == "HRP" and _FIRST <= get("document.expiry_date", _NEVER) <= _LAST:
            mask = HRP
        if (
            get("crossing.port") in _FACE_PORTS
            and get("person.biometric_consent") is True
            and get("person.age", 0) >= 14
            and (
                document != "EEP_HKM"
                or (get("endorsement.multi") is True and get("endorsement.kind") in _FACE_KINDS)
            )
        ):
            mask |= FACE
    nationality = get("person.nationality")
    if nationality in _BY_NATIONALITY:
        if (
            get("crossing.port_twov") is True
            and get("crossing.third_country") is True
            and get("crossing.onward_ticket_confirmed") is True
            and get("crossing.stay_hours", _MANY) <= 240
        ):
            mask |= _BY_NATIONALITY[nationality]
        if (
            nationality in _SIX
            and get("document.passport_kind") == "ordinary"
            and get("crossing.purpose") in _VISITS
            and get("crossing.stay_days", _MANY) <= 15
        ):
            mask |= VF6
    if get("person.category") != "mainland_resident":
        return mask
    if document == "PPT_ORD" and get("application.purpose") in _LEISURE:
        mask |= OUTBOUND
    service = get("application.service")
    endorsement = get("application.endorsement")
    if service == "endorsement_issue":
        issued = _ISSUED.get(endorsement)
        if issued:
            mask |= issued.get(get("application.destination"), 0)
    elif document in _ORDINARY and service in _ISSUES:
        mask |= ND
        if (
            service != "document_issue"
            and get("person.hukou_city") in _CITIES
            and get("document.valid_on_application") is True
            and get("document.fingerprint_on_file") is True
            and get("person.age", 0) >= 16
            and get("person.registered_functionary") is False
            and get("person.active_military") is False
            and (get("document.condition") in _SPOILT or get("document.months_left", _MANY) < 6)
        ):
            mask |= ONLINE
    if endorsement == "R":
        if get("person.work_region") in _REGIONS and get("application.talent_proof") is True:
            mask |= TALENT
    elif (
        endorsement == "G"
        and get("application.destination") == "HKG"
        and get("person.registered_functionary") is False
        and get("person.active_military") is False
        and (get("person.hukou_city") == "深圳" or get("person.residence_permit_city") == "深圳")
    ):
        mask |= SHENZHEN
    return mask
