"""Numbers that tell who somebody is: phones, identities, cards, plates, accounts (个人信息保护法 §28)."""

import re
from collections.abc import Callable

Hide = Callable[[re.Match[str]], str]
Step = tuple[re.Pattern[str], str | Hide]
"""What is found, and what stands for it afterwards."""

# Nothing is cut out of a longer number, nor out of what is already masked.
DIGIT = "[0-9０-９]"
_LEFT, _RIGHT = r"(?<![0-9０-９*])", r"(?![0-9０-９*])"
_DASH = "[-—－– ]?"
_DOT = "[.．·•]"
IS = "[：:是为 ]{0,2}"

_EMAIL = re.compile(r"(?<![A-Za-z0-9._%+*-])[A-Za-z0-9._%+-]+@(?P<host>[A-Za-z0-9.-]+\.[A-Za-z]{2,})")
_IDENTITY = re.compile(
    rf"{_LEFT}[1-9１-９]{DIGIT}{{5}} ?(?:19|20|１９|２０){DIGIT}{{2}}[01０１]{DIGIT}[0-3０-３]{DIGIT} ?"
    rf"{DIGIT}{{3}}[0-9０-９XxＸｘ](?![0-9０-９A-Za-z*])"
)
# A dot counts only on both sides: 1380013.8000 is an amount.
_MIDDLE = rf"(?:{_DASH}{DIGIT}{{4}}{_DASH}|{_DOT}{DIGIT}{{4}}{_DOT})"
_ABROAD = re.compile(rf"{_LEFT}(?P<head>(?:\+|00)?86{_DASH}1[3-9]\d){_MIDDLE}(?P<tail>\d{{4}}){_RIGHT}")
_MOBILE = re.compile(rf"{_LEFT}(?P<head>[1１][3-9３-９]{DIGIT}){_MIDDLE}(?P<tail>{DIGIT}{{4}}){_RIGHT}")
_CARD = re.compile(rf"{_LEFT}[3-6]{DIGIT}{{3}}(?:[ -]?{DIGIT}{{4}}){{3}}(?:[ -]?{DIGIT}{{1,3}})?{_RIGHT}")
_LANDLINE = re.compile(
    rf"{_LEFT}(?P<head>[（(]?0(?:10|2{DIGIT}|[3-9]{DIGIT}{{2}})[）)]?{_DASH})(?P<number>[2-8]{DIGIT}{{6,7}}){_RIGHT}"
)
_LOCAL = re.compile(
    rf"(?P<head>(?:电话|座机|固话|联系方式)(?:号码|号)?{IS})(?P<number>[2-8]{DIGIT}{{6,7}}){_RIGHT}"
)
_PLATE = re.compile(
    r"(?P<head>[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·•.\- ]?)"
    r"(?P<number>(?=(?:[A-Z]*[0-9]){3})[A-HJ-NP-Z0-9]{4,5}[A-HJ-NP-Z0-9挂学警港澳领使])(?![A-Z0-9*])",
    re.IGNORECASE,
)
_PASSPORT = re.compile(
    rf"(?P<head>(?:护照|通行证|台胞证)(?:号码|号)?[（(]?{IS})(?P<number>[A-Za-z]{{1,2}}{DIGIT}{{7,8}})(?![0-9０-９A-Za-z*])"
)
_CHAT = re.compile(
    rf"(?P<head>(?:微信号?|(?<![A-Za-z])(?:wechat|vx|wx)){IS})[A-Za-z][A-Za-z0-9_-]{{5,19}}", re.IGNORECASE
)
_QQ = re.compile(rf"(?P<head>(?<![A-Za-z])QQ号?{IS})[1-9]{DIGIT}{{4,10}}{_RIGHT}", re.IGNORECASE)


def stars(head: str, secret: str, kept: int) -> str:
    """Stars for the secret but its last signs."""
    return head + "*" * (len(secret) - kept) + secret[len(secret) - kept :]


def _identity(found: re.Match[str]) -> str:
    digits = found[0].replace(" ", "")
    return stars(digits[:3], digits[3:], 2)


def _card(found: re.Match[str]) -> str:
    return stars("", re.sub("[ -]", "", found[0]), 4)


def _number(found: re.Match[str]) -> str:
    return stars(found["head"], found["number"], 2)


NUMBERS: tuple[Step, ...] = (
    (_EMAIL, r"***@\g<host>"),
    (_IDENTITY, _identity),
    (_ABROAD, r"\g<head>****\g<tail>"),
    (_MOBILE, r"\g<head>****\g<tail>"),
    (_CARD, _card),
    (_LANDLINE, _number),
    (_LOCAL, _number),
    (_PLATE, _number),
    (_PASSPORT, _number),
    (_CHAT, r"\g<head>******"),
    (_QQ, r"\g<head>******"),
)
