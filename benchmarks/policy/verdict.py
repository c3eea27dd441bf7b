"""What a run is held against: the goals, the table for a reader, and the one line for a machine."""

import json
import os
import platform
from dataclasses import dataclass

from benchmarks.policy.contest import median, ratio
from benchmarks.policy.decisions import FINDINGS, HANDWRITTEN, OURS, OURS_120, READ_LOOP, Outcome

CAL = 0.7
"""Microseconds of the dict read loop on the machine for which the goal of 120 measures was set."""


@dataclass(frozen=True, slots=True)
class Goal:
    """A figure that was set beforehand, and what this run found."""

    name: str
    sign: str
    wanted: float
    found: float

    @property
    def is_met(self) -> bool:
        """Tell whether the figure is as low, or as high, as was wanted."""
        return self.found <= self.wanted if self.sign == "<=" else self.found >= self.wanted


def ratios(outcome: Outcome) -> dict[str, float]:
    """Give what the goals are about as ratios, each the median of the ratios within a round."""
    rounds = outcome.rounds
    peers = {name: ratio(rounds, name, OURS) for name in outcome.field.forms}
    found = {
        "ours_to_handwritten": ratio(rounds, OURS, HANDWRITTEN),
        "120_measures_to_read_loop": ratio(rounds, OURS_120, READ_LOOP),
        "findings_to_read_loop": ratio(rounds, FINDINGS, READ_LOOP),
    }
    if peers:
        found["fastest_peer_to_ours"] = min(peers.values())
    return found | {f"{name} to ours": value for name, value in peers.items()}


def goals(outcome: Outcome, found: dict[str, float]) -> list[Goal]:
    """Hold what was found against the goals; `at cal` is where the read loop takes CAL."""
    many = found["120_measures_to_read_loop"] * CAL
    return [
        Goal("ours / hand-written", "<=", 1.15, found["ours_to_handwritten"]),
        Goal("fastest peer / ours", ">=", 14, found.get("fastest_peer_to_ours", 0.0)),
        Goal("120 measures, us at cal", "<=", 5, many),
        Goal("findings of one failing measure, us", "<=", 4, median(outcome.rounds, FINDINGS)),
    ]


def line(outcome: Outcome) -> str:
    """Give the one JSON line."""
    found = ratios(outcome)
    return json.dumps(
        {
            "bench": "policy",
            "figure": round(median(outcome.rounds, OURS), 3),
            "unit": "us per decision on 12 measures",
            "ratios": {name: round(value, 3) for name, value in found.items()},
            "p50_ms": round(outcome.p50 / 1000, 6),
            "p99_ms": round(outcome.p99 / 1000, 6),
            "us": {name: round(median(outcome.rounds, name), 3) for name in outcome.rounds},
            "cal_us": round(median(outcome.rounds, READ_LOOP), 3),
            "goals": [
                {
                    "goal": f"{one.name} {one.sign} {one.wanted:g}",
                    "found": round(one.found, 3),
                    "met": one.is_met,
                }
                for one in goals(outcome, found)
            ],
            "forms": outcome.field.forms,
            "checked": outcome.field.checked,
            "disagreements": sum(outcome.field.disagreements.values()),
            "left_out": outcome.field.left_out,
            "machine": f"{os.cpu_count()} cores, Python {platform.python_version()}",
        },
        ensure_ascii=False,
    )


def table(outcome: Outcome) -> str:
    """Give the run as a table, then the goals, then who was left out."""
    ours = median(outcome.rounds, OURS)
    rows = [
        f"{median(outcome.rounds, name):10.2f} us {median(outcome.rounds, name) / ours:9.2f} x  "
        f"{name:42} {_checked(outcome, name)}{outcome.field.forms.get(name, '')}"
        for name in sorted(outcome.rounds, key=lambda name: median(outcome.rounds, name))
    ]
    held = [
        f"{'met' if one.is_met else 'MISSED':>7}: {one.name} {one.sign} {one.wanted:g}: "
        f"{one.found:.2f}"
        for one in goals(outcome, ratios(outcome))
    ]
    left_out = [f"left out: {name}: {why}" for name, why in outcome.field.left_out.items()]
    return "\n".join([*rows, *held, *left_out]) + "\n"


def _checked(outcome: Outcome, name: str) -> str:
    if name not in outcome.field.checked:
        return ""
    wrong, checked = outcome.field.disagreements[name], outcome.field.checked[name]
    return f"{wrong} of {checked} masks differ; "
