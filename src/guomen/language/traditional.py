"""Writes the traditional Chinese catalogue from the simplified one; what people wrote stays."""

from pathlib import Path

import opencc
import polib

GLOSSARY = {
    "裏": "裡",
    "賬號": "帳號",
    "信息": "資訊",
    "打印": "列印",
    "默認": "預設",
    "鏈接": "連結",
    "屏幕": "螢幕",
    "登錄": "登入",
    "退出登入": "登出",
}
"""House words of Hong Kong and Macao where a conversion of characters is not enough."""


def traditional(text: str) -> str:
    """Convert simplified text to the traditional script as the house writes it."""
    converted = str(opencc.OpenCC("s2hk").convert(text))
    for word, ours in GLOSSARY.items():
        converted = converted.replace(word, ours)
    return converted


def fill_traditional(simplified: Path, wanted: Path) -> int:
    """Fill the empty entries of `wanted` from `simplified`; give how many were filled."""
    source = {(one.msgctxt, one.msgid): one.msgstr for one in polib.pofile(str(simplified))}
    catalogue = polib.pofile(str(wanted))
    filled = 0
    for entry in catalogue:
        text = source.get((entry.msgctxt, entry.msgid), "")
        if text and not entry.msgstr:
            entry.msgstr = traditional(text)
            filled += 1
    catalogue.save(str(wanted))
    return filled
