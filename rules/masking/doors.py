"""Doors: the building, entrance or room somebody lives in; the village, community or estate stays."""

import re

from rules.masking.numbers import DIGIT, Step

BUILDING = "〔楼栋〕"
"""Stands where a building, entrance or room was named."""

_HAN = "[一二三四五六七八九十零〇百]"
_N = rf"(?:[A-Za-z]?{DIGIT}{{1,3}}[A-Za-z]?|[A-Za-z]|{_HAN}{{1,4}})"
# Neither inside a number nor the second half of an order number such as 20260928-0417.
_FREE = rf"(?<![0-9０-９A-Za-z一二三四五六七八九十零〇百*第])(?<!{DIGIT}[-—–])"
# "有5栋" counts buildings, "住5栋" names one.
_NAMED_HOUSE = "(?<![有共建还只为])"
_KIND = "房屋|房子|别墅|建筑|违建|楼房|新楼|居民楼|教学楼|住宅|栋"
_HOUSE = rf"(?:{_N}(?:(?:栋|幢)(?!{_KIND})|[号#](?:楼|栋|幢))|[A-Za-z]座)"
_DOOR = (
    rf"(?:[A-Za-z]?{DIGIT}{{3,4}}|{_HAN}{{3,4}})(?:室|号?房间?|号)?(?![0-9０-９*年月日元户个人米平万件天])"
)
_ROOM = rf"{DIGIT}{{3,4}}(?:室|号?房(?![租款价贷屋产东源地管改主卡补钱])间?)|{_HAN}{{3,4}}室"
_J = "[-—－–、, ]?"
_INSIDE = rf"(?:{_J}{_N}[楼层])?(?:{_J}{_DOOR})?"
_ADDRESS = re.compile(
    rf"{_FREE}(?:{_NAMED_HOUSE}第?{_HOUSE}(?:{_J}第?{_N}(?:单元|门))?{_INSIDE}|第?{_N}单元{_INSIDE}|{_ROOM})"
)
_LINE = "[-—－–]"
_COUNTED = "(?![0-9０-９*年月日元户个人米平万件天块岁名吨斤次辆度分.%％—－–-])"
_DASHED = re.compile(
    rf"(?<=[区园苑府城庭湾居寓邸村里院郡轩阁坊庄墅舍])(?P<gap> ?){DIGIT}{{1,3}}{_LINE}"
    rf"(?:{DIGIT}{{1,2}}{_LINE})?{DIGIT}{{3,4}}(?:室|号|房)?{_COUNTED}"
)
_HASHED = re.compile(rf"{_FREE}{_N}#{_LINE}?(?:{DIGIT}{{1,2}}{_LINE})?{DIGIT}{{3,4}}(?:室|号|房)?{_COUNTED}")

DOORS: tuple[Step, ...] = ((_ADDRESS, BUILDING), (_HASHED, BUILDING), (_DASHED, rf"\g<gap>{BUILDING}"))
