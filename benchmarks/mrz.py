"""How many machine-readable zones are read and checked in a second, beside the PyPI package `mrz`.

    ./guomen bench mrz [--seconds N]

Prints one JSON line. Both read the same valid lines, composed here from a fixed seed with check
digits worked out on their own, in the same process and in turns.
"""

import argparse
import importlib
import json
import os
import platform
import statistics
import string
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from guomen.core.travel_documents import read_mrz
from guomen.core.travel_documents.formats import FORMATS, Format, Span

ON = date(2024, 1, 5)
EACH = 400
"""Zones of each format."""
ROUNDS = 9
WANTED = 10
PEERS = {"TD1": "td1", "TD2": "td2", "TD3": "td3", "MRV-A": "mrva", "MRV-B": "mrvb"}
_CODES = {"TD1": "ID", "TD2": "ID", "TD3": "P<", "MRV-A": "V<", "MRV-B": "V<"}
_STATES = (
    "UTO",
    "CHN",
    "D",
    "FRA",
    "RUS",
    "ESP",
    "EGY",
    "GBD",
    "XXA",
    "XXB",
    "XOM",
    "RKS",
    "EUE",
    "UNO",
)
_SYMBOLS = string.ascii_uppercase + string.digits


@dataclass(frozen=True, slots=True)
class Zone:
    """Valid lines with what they were composed from."""

    format: str
    text: str
    traits: tuple[str, ...]


class Composer:
    """Composes valid zones: every kind of name, state, number and optional data that 9303 permits."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)

    def zone(self, layout: Format) -> Zone:
        """Compose one zone of a layout."""
        lines = [["<"] * layout.length for _ in range(layout.lines)]
        fields, traits = self._fields(layout)
        for name, value in fields.items():
            _put(lines, layout.fields[name], value)
        for rule in layout.checks:
            covered = "".join("".join(lines[s.line][s.start : s.end]) for s in rule.over)
            is_long = rule.field == "number" and "long number" in traits
            is_blank = rule.blank_if_empty and not covered.strip("<")
            if is_blank and self.chance.random() < 0.5:
                traits.append("blank digit of an empty field")
            elif not is_long:
                _put(lines, rule.digit, digit(covered))
        return Zone(layout.name, "\n".join("".join(line) for line in lines), tuple(traits))

    def _fields(self, layout: Format) -> tuple[dict[str, str], list[str]]:
        name, traits = self._name(layout)
        number = self._symbols(self.chance.randint(5, 9))
        fields = {
            "code": _CODES[layout.name],
            "issuer": self.chance.choice(_STATES),
            "nationality": self.chance.choice(_STATES),
            "name": name,
            "number": number,
            "birth_date": f"{ON - timedelta(days=self.chance.randint(2500, 30_000)):%y%m%d}",
            "sex": self.chance.choice("MF<"),
            "expiry_date": f"{ON + timedelta(days=self.chance.randint(-2000, 3650)):%y%m%d}",
            "optional": self.chance.choice(["", self._symbols(7)]),
        }
        if layout.long_number and self.chance.random() < 0.1:
            traits.append("long number")
            rest = self._symbols(3)
            fields["number"] = self._symbols(9)
            fields["optional"] = rest + digit(fields["number"] + rest)
        return fields, traits

    def _name(self, layout: Format) -> tuple[str, list[str]]:
        place = layout.fields["name"]
        width, kind = place.end - place.start, self.chance.random()
        words = ["".join(self.chance.choices(string.ascii_uppercase, k=n)) for n in (7, 5, 4)]
        if kind < 0.1:
            return words[0], ["only a primary name"]
        if kind < 0.2:
            return ("<".join(words[:1] * 2) + "<<" + "<".join(words * 9))[: width - 1] + "Z", [
                "name cut at the end"
            ]
        return f"{words[0]}<<{words[1]}<{words[2]}", []

    def _symbols(self, count: int) -> str:
        return "".join(self.chance.choices(_SYMBOLS, k=count))


def digit(text: str) -> str:
    """Work out ICAO's check digit, apart from the product's own way."""
    values = (0 if one == "<" else int(one, 36) for one in text)
    return str(sum(value * (7, 3, 1)[at % 3] for at, value in enumerate(values)) % 10)


def _put(lines: list[list[str]], place: Span, value: str) -> None:
    for at, one in enumerate(value):
        lines[place.line][place.start + at] = one


Read = Callable[[str], object]


def contestants(layout: str) -> dict[str, Read]:
    """Give ours, the peer reading and checking, and the peer only checking."""
    checker = _checker(layout)

    def read_and_checked(text: str) -> object:
        done = checker(text)
        return bool(done), done.fields()

    return {
        "ours": lambda text: read_mrz(text, ON),
        "mrz": read_and_checked,
        "mrz, checked only": lambda text: bool(checker(text)),
    }


def _checker(layout: str) -> Any:
    name = PEERS[layout]
    return getattr(importlib.import_module(f"mrz.checker.{name}"), f"{name.upper()}CodeChecker")


def seconds_of(read: Read, texts: list[str]) -> float:
    """Time one pass over the texts."""
    began = time.perf_counter()
    for text in texts:
        read(text)
    return time.perf_counter() - began


def race(zones: dict[str, list[Zone]], seconds: float) -> dict[str, dict[str, list[float]]]:
    """Let all read each format in turns; give microseconds of one document, by format and round."""
    found: dict[str, dict[str, list[float]]] = {}
    for layout, several in zones.items():
        texts, field = [zone.text for zone in several], contestants(layout)
        found[layout] = {name: [] for name in field}
        until = time.perf_counter() + seconds / len(zones)
        while time.perf_counter() < until or len(found[layout]["ours"]) < ROUNDS:
            for name, read in field.items():
                found[layout][name].append(seconds_of(read, texts) / len(texts) * 1e6)
        sys.stderr.write(f"bench mrz: {layout} {_medians(found[layout])}\n")
    return found


def _medians(rounds: dict[str, list[float]]) -> dict[str, float]:
    return {name: round(statistics.median(times), 2) for name, times in rounds.items()}


def ratios(rounds: dict[str, dict[str, list[float]]], name: str) -> dict[str, float]:
    """Give the median of the ratios within a round, of a peer to ours, by format."""
    return {
        layout: statistics.median(a / b for a, b in zip(one[name], one["ours"], strict=True))
        for layout, one in rounds.items()
    }


def disagreements(zones: dict[str, list[Zone]]) -> tuple[Counter[str], dict[str, str]]:
    """Count the valid zones on which the two differ, and give one example of each class."""
    classes: Counter[str] = Counter()
    examples: dict[str, str] = {}
    for layout, several in zones.items():
        checker = _checker(layout)
        for zone in several:
            for found in _differing(zone, checker(zone.text)):
                classes[found] += 1
                examples.setdefault(found, zone.text)
    return classes, examples


def _differing(zone: Zone, theirs: Any) -> list[str]:
    ours, accepts = read_mrz(zone.text, ON), bool(theirs)
    if not ours.valid:
        return ["ours refuses"]
    if not accepts:
        told = ", ".join(sorted(str(name) for name, _ in theirs.report.falses))
        return [f"mrz refuses: {told}{_with(zone)}"]
    fields = theirs.fields()
    pairs = {
        "number": (ours.number, fields.document_number),
        "surname": (ours.surname, fields.surname),
        "given names": (ours.given_names, fields.name),
        "birth": (ours.birth_text, fields.birth_date),
    }
    return [
        f"both accept, other {name}{_with(zone)}"
        for name, (one, other) in pairs.items()
        if one != other
    ]


def _with(zone: Zone) -> str:
    return " (long number)" if "long number" in zone.traits else ""


def main() -> None:
    """Compose, compare, time, and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=20)
    seconds = parser.parse_args().seconds
    composer = Composer(20240105)
    layouts = [layout for layout in FORMATS if layout.name in PEERS]
    zones = {one.name: [composer.zone(one) for _ in range(EACH)] for one in layouts}
    differing, examples = disagreements(zones)
    for name, text in examples.items():
        sys.stderr.write(f"bench mrz: {name}\n{text}\n")
    rounds = race(zones, seconds)
    print(json.dumps(report(rounds, differing, zones), ensure_ascii=False))


def report(
    rounds: dict[str, dict[str, list[float]]], differing: Counter[str], zones: dict[str, list[Zone]]
) -> dict[str, object]:
    """Give the line as an object."""
    ours = sorted(time for one in rounds.values() for time in one["ours"])
    both, checked = ratios(rounds, "mrz"), ratios(rounds, "mrz, checked only")
    lowest = min(both.values())
    return {
        "bench": "mrz",
        "figure": round(1e6 / statistics.median(ours)),
        "unit": "documents/s read and checked",
        "ratios": {f"mrz to ours, {name}": round(value, 2) for name, value in both.items()},
        "ratios_checked_only": {name: round(value, 2) for name, value in checked.items()},
        "p50_ms": round(statistics.median(ours) / 1000, 5),
        "p99_ms": round(ours[int(len(ours) * 0.99)] / 1000, 5),
        "us": {layout: _medians(one) for layout, one in rounds.items()},
        "goals": [
            {"goal": f"mrz / ours >= {WANTED}", "found": round(lowest, 2), "met": lowest >= WANTED}
        ],
        "checked": sum(len(several) for several in zones.values()),
        "disagreements": sum(differing.values()),
        "classes": dict(differing.most_common()),
        "machine": f"{os.cpu_count()} cores, Python {platform.python_version()}",
    }


if __name__ == "__main__":
    main()
