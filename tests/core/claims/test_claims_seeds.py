"""Keeps the reading of the two seed articles equal to their annotation."""

from decimal import Decimal
from typing import Any

from guomen.core.claims import Claim, read_claims


def test_every_annotated_claim_is_found_and_nothing_else(
    gold: dict[str, Any], seeds: dict[str, str]
) -> None:
    for name, text in seeds.items():
        expected = [tuple(entry["span_raw"]) for entry in _of(gold, name)]
        assert [(claim.start, claim.end) for claim in read_claims(text)] == sorted(expected)


def test_values_units_and_bindings_are_as_annotated(
    gold: dict[str, Any], seeds: dict[str, str]
) -> None:
    for name, text in seeds.items():
        entries = _of(gold, name)
        order = {entry["id"]: index for index, entry in enumerate(entries)}
        for claim, entry in zip(read_claims(text), entries, strict=True):
            assert _described(claim) == _annotated(entry, order), entry["id"]


def _of(gold: dict[str, Any], name: str) -> list[dict[str, Any]]:
    entries = [entry for entry in gold["claims"] if entry["file"] == name]
    return sorted(entries, key=lambda entry: entry["span_raw"])


def _described(claim: Claim) -> dict[str, Any]:
    comparison = claim.comparison
    return {
        "quote": claim.quote,
        "interval": (claim.low, claim.high, claim.high_open),
        "unit": claim.unit,
        "tier": claim.tier,
        "kind": claim.kind,
        "qualifier": claim.qualifier,
        "comparison": comparison and (comparison.kind, comparison.direction, comparison.ratio),
        "refers_to": claim.refers_to,
        "period": (claim.period.words, claim.period.inherited),
    }


def _annotated(entry: dict[str, Any], order: dict[str, int]) -> dict[str, Any]:
    interval, comparison = entry["interval"], entry["comparison"]
    return {
        "quote": entry["quote_raw"],
        "interval": (
            Decimal(interval["lo"]),
            Decimal(interval["hi"]),
            interval["closed"] == "[)",
        ),
        "unit": entry["unit_code"],
        "tier": entry["tier"],
        "kind": entry["kind"],
        "qualifier": entry["qualifier"]["type"],
        "comparison": comparison
        and (comparison["type"], comparison["direction"], Decimal(comparison["ratio_new_old"])),
        "refers_to": order.get(entry["refers_to"]),
        "period": (entry["period"]["text"], entry["period"]["inherited"]),
    }
