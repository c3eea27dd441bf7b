"""Writes the traditional Chinese catalogue from the simplified one; what people wrote stays."""

from pathlib import Path

import opencc
import polib

GLOSSARY = {
    "裏": "裡",
    "説": "說",
    "不準": "不准",
    "賬號": "帳號",
    "信息": "資訊",
    "打印": "列印",
    "支持": "支援",
    "默認": "預設",
    "鏈接": "連結",
    "屏幕": "螢幕",
    "登錄": "登入",
    "退出登入": "登出",
    "刷新頁面": "重新載入頁面",
    "鍵入": "輸入",
    "閲": "閱",
    "換髮": "換發",
    "併為": "並為",
    "發布": "發佈",
    "布控": "佈控",
    "字段": "欄位",
    "字符": "字元",
    "賬本": "帳本",
    "其他窗口": "其他視窗",
    "“": "「",
    "”": "」",
}
"""House words of the traditional script where a conversion of characters is not enough."""


def traditional(text: str) -> str:
    """Convert simplified text to the traditional script as the house writes it."""
    converted = str(opencc.OpenCC("s2hk").convert(text))
    for word, ours in GLOSSARY.items():
        converted = converted.replace(word, ours)
    return converted


def fill_traditional(simplified: Path, wanted: Path) -> int:
    """Fill the empty entries of `wanted` from `simplified`; give how many were filled."""
    source = {(one.msgctxt, one.msgid): one.msgstr for one in polib.pofile(str(simplified))}
    catalogue = polib.pofile(str(wanted), wrapwidth=98)
    filled = 0
    for entry in catalogue:
        text = source.get((entry.msgctxt, entry.msgid), "")
        if text and not entry.msgstr:
            entry.msgstr = traditional(text)
            filled += 1
    catalogue.save(str(wanted))
    return filled
