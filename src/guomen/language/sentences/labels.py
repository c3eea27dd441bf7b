"""Words for the closed codes of the core: directions, outcomes, states, fields and units."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guomen.language.tags import speaking

_LABELS: Mapping[str, Mapping[str, Promise]] = {
    "direction": {"entry": _("entry"), "exit": _("exit")},
    "outcome": {
        "pass": _("passed"),
        "refer": _("referred to an officer"),
        "admitted": _("admitted"),
        "not_admitted": _("not admitted"),
    },
    "status": {
        "valid": _("valid"),
        "lost": _("reported lost"),
        "cancelled": _("cancelled"),
    },
    "referral": {
        "open": _("waiting for an officer"),
        "admitted": _("admitted"),
        "not_admitted": _("not admitted"),
    },
    "conveyance_kind": {
        "aircraft": _("aircraft"),
        "ship": _("ships"),
        "train": _("trains"),
        "vehicle": _("vehicles"),
    },
    "field": {
        "number": _("document number"),
        "birth_date": _("date of birth"),
        "expiry_date": _("expiry date"),
        "optional": _("optional data"),
        "composite": _("whole document"),
    },
    "confidence": {
        "V": _("verified in a published source"),
        "K-high": _("known from practice, rather certain"),
        "K-med": _("known from practice, not checked against the text"),
        "K-low": _("uncertain, ask before you rely on it"),
    },
    "column": {
        "kind": _("kind of act"),
        "port": _("port"),
        "direction": _("direction"),
        "group": _("group of travellers"),
        "lane": _("kind of lane"),
        "conveyance_kind": _("kind of conveyance"),
        "document_kind": _("kind of document"),
        "measure": _("measure"),
        "outcome": _("outcome"),
    },
    "duty": {
        "border.clear_passage": _("clear people at a lane"),
        "border.inspect_conveyance": _("inspect conveyances"),
        "border.decide_referral": _("decide referrals"),
        "registry.register_document": _("register documents"),
        "registry.propose_alert": _("propose alerts"),
        "registry.confirm_alert": _("confirm and review alerts"),
        "policy.propose_rulebook": _("propose rulebooks"),
        "policy.publish_rulebook": _("publish rulebooks"),
        "bulletins.compile_bulletin": _("compile bulletins"),
        "bulletins.release_bulletin": _("release bulletins"),
        "accounts.manage": _("manage posts and devices"),
        "border.report_acts": _("report the acts of a port node"),
        "ledger.declare_simulation": _("declare a simulation"),
    },
    "alert": {
        "proposed": _("proposed, waits for a second officer"),
        "in_force": _("in force"),
        "refused": _("refused by the second officer"),
        "ended": _("lifted"),
        "lapsed": _("lapsed"),
    },
    "alert_kind": {
        "lost_or_stolen": _("lost or stolen document"),
        "exit_ban": _("ban on leaving, by a court or an authority"),
        "missing_minor": _("missing minor"),
        "misused_identity": _("misused identity"),
    },
    "alert_direction": {
        "entry": _("on entry"),
        "exit": _("on exit"),
        "both": _("on entry and exit"),
    },
    "instruction": {
        "call_authority": _("Call the authority before you decide."),
        "keep_document": _(
            "Keep the document, give the holder a receipt for it, and call the authority."
        ),
        "show_exit_ban": _(
            "Show the holder the order and the remedy against it, and call the authority. The "
            "holder does not leave while the order holds."
        ),
        "protect_minor": _(
            "Bring the minor to a quiet room with an officer, not alone and not under arrest, and "
            "call the authority."
        ),
        "check_identity": _(
            "Compare the holder closely and ask what only the rightful holder knows. The rightful "
            "holder may stand before you."
        ),
    },
    "purpose": {
        "decide_referral": _("to decide this referral"),
        "answer_person": _("to answer the person concerned"),
        "oversight": _("for oversight of the officers' work"),
    },
    "rulebook": {
        "proposed": _("proposed, waits for a second officer"),
        "published": _("published"),
        "withdrawn": _("withdrawn"),
    },
    "draft": {
        "open": _("being written"),
        "proposed": _("proposed, waits for a second officer"),
        "discarded": _("discarded"),
    },
    "replay": {
        "waiting": _("waits for the worker"),
        "running": _("running"),
        "done": _("done"),
        "stopped": _("stopped"),
        "failed": _("could not be run"),
    },
    "replay_verdict": {
        "helped": _("helped"),
        "lost": _("lost"),
        "changed": _("answered otherwise"),
    },
    "question_value": {
        "yes": pgettext_lazy("answer", "yes"),
        "no": pgettext_lazy("answer", "no"),
    },
}


def say_code(family: str, code: str, tag: str) -> str:
    """Say one code of a closed list; a code that has no word yet is shown as it is."""
    with speaking(tag):
        return str(_LABELS.get(family, {}).get(code, code))
