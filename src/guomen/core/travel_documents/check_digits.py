"""Check digits: ICAO's 7-3-1 (Doc 9303-3 §4.9) and MOD 11-2 (ISO 7064, GB 11643)."""

_VALUES = {"<": 0} | {c: int(c, 36) for c in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
DIGITS = "0123456789"
_MOD_11_2_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_MOD_11_2_RESULT = "10X98765432"

ALPHABET = frozenset(_VALUES)
"""The characters that a machine-readable zone may hold."""

_TABLE = bytes(_VALUES.get(chr(code), 0) for code in range(256))


def weighted_7_3_1(characters: str) -> str:
    """Compute the check digit of MRZ characters (A-Z, 0-9 and <)."""
    # Slices of bytes are summed in C: a lane reads thousands of zones a second.
    values = characters.encode("ascii").translate(_TABLE)
    return DIGITS[(7 * sum(values[::3]) + 3 * sum(values[1::3]) + sum(values[2::3])) % 10]


def mod_11_2(first_17: str) -> str:
    """Compute the last character of an 18-character identity number from the 17 digits before."""
    total = sum(int(d) * w for d, w in zip(first_17, _MOD_11_2_WEIGHTS, strict=True))
    return _MOD_11_2_RESULT[total % 11]
