"""Hides persons in free text before it leaves the queries (个人信息保护法 §6).

An order number is left whole. Where it is unclear where a name ends, rather too much of it goes.
"""

import re
from collections.abc import Callable

from rules.words import Confidentiality

BUILDING = "〔楼栋〕"
"""Stands where a building, entrance or room was named; the village, community or estate stays."""

# ── numbers: nothing is cut out of a longer one, nor out of what is already masked ───────────────────────

_D = "[0-9０-９]"
_LEFT, _RIGHT = r"(?<![0-9０-９*])", r"(?![0-9０-９*])"
_DASH = "[-—－– ]?"
_IS = "[：:是为 ]{0,2}"

_EMAIL = re.compile(r"(?<![A-Za-z0-9._%+*-])[A-Za-z0-9._%+-]+@(?P<host>[A-Za-z0-9.-]+\.[A-Za-z]{2,})")
_IDENTITY = re.compile(
    rf"{_LEFT}[1-9１-９]{_D}{{5}} ?(?:19|20|１９|２０){_D}{{2}}[01０１]{_D}[0-3０-３]{_D} ?"
    rf"{_D}{{3}}[0-9０-９XxＸｘ](?![0-9０-９A-Za-z*])"
)
_ABROAD = re.compile(
    rf"{_LEFT}(?P<head>(?:\+|00)?86{_DASH}1[3-9]\d){_DASH}\d{{4}}{_DASH}(?P<tail>\d{{4}}){_RIGHT}"
)
_MOBILE = re.compile(
    rf"{_LEFT}(?P<head>[1１][3-9３-９]{_D}){_DASH}{_D}{{4}}{_DASH}(?P<tail>{_D}{{4}}){_RIGHT}"
)
_CARD = re.compile(rf"{_LEFT}[3-6]{_D}{{3}}(?:[ -]?{_D}{{4}}){{3}}(?:[ -]?{_D}{{1,3}})?{_RIGHT}")
_LANDLINE = re.compile(
    rf"{_LEFT}(?P<head>[（(]?0(?:10|2{_D}|[3-9]{_D}{{2}})[）)]?{_DASH})(?P<number>[2-8]{_D}{{6,7}}){_RIGHT}"
)
_LOCAL = re.compile(
    rf"(?P<head>(?:电话|座机|固话|联系方式)(?:号码|号)?{_IS})(?P<number>[2-8]{_D}{{6,7}}){_RIGHT}"
)
_PLATE = re.compile(
    r"(?P<head>[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·•.\- ]?)"
    r"(?P<number>(?=(?:[A-Z]*[0-9]){3})[A-HJ-NP-Z0-9]{4,5}[A-HJ-NP-Z0-9挂学警港澳领使])(?![A-Z0-9*])",
    re.IGNORECASE,
)
_CHAT = re.compile(
    rf"(?P<head>(?:微信号?|(?<![A-Za-z])(?:wechat|vx|wx)){_IS})[A-Za-z][A-Za-z0-9_-]{{5,19}}", re.IGNORECASE
)
_QQ = re.compile(rf"(?P<head>(?<![A-Za-z])QQ号?{_IS})[1-9]{_D}{{4,10}}{_RIGHT}", re.IGNORECASE)

# ── building and room ────────────────────────────────────────────────────────────────────────────────────

_HAN = "[一二三四五六七八九十零〇百]"
_N = rf"(?:[A-Za-z]?{_D}{{1,3}}[A-Za-z]?|[A-Za-z]|{_HAN}{{1,4}})"
# Neither inside a number nor the second half of an order number such as 20260928-0417.
_FREE = rf"(?<![0-9０-９A-Za-z一二三四五六七八九十零〇百*第])(?<!{_D}[-—–])"
# "有5栋" counts buildings, "住5栋" names one.
_NAMED_HOUSE = "(?<![有共建还只为])"
_KIND = "房屋|房子|别墅|建筑|违建|楼房|新楼|居民楼|教学楼|住宅|栋"
_HOUSE = rf"(?:{_N}(?:(?:栋|幢)(?!{_KIND})|[号#](?:楼|栋|幢))|[A-Za-z]座)"
_DOOR = rf"(?:[A-Za-z]?{_D}{{3,4}}|{_HAN}{{3,4}})(?:室|号?房间?|号)?(?![0-9０-９*年月日元户个人米平万件天])"
_ROOM = rf"{_D}{{3,4}}(?:室|号?房(?![租款价贷屋产东源地管改主卡补钱])间?)|{_HAN}{{3,4}}室"
_J = "[-—－–、, ]?"
_INSIDE = rf"(?:{_J}{_N}[楼层])?(?:{_J}{_DOOR})?"
_ADDRESS = re.compile(
    rf"{_FREE}(?:{_NAMED_HOUSE}第?{_HOUSE}(?:{_J}第?{_N}(?:单元|门))?{_INSIDE}|第?{_N}单元{_INSIDE}|{_ROOM})"
)
_DASHED = re.compile(
    rf"(?<=[区园苑府城庭湾居寓邸村]){_D}{{1,3}}-(?:{_D}{{1,2}}-)?{_D}{{3,4}}(?:室|号|房)?(?![0-9０-９*年-])"
)

# ── names ────────────────────────────────────────────────────────────────────────────────────────────────

_DOUBLE = "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|令狐|慕容|司徒|夏侯|端木|南宫|长孙|宇文|轩辕|澹台"
_SINGLE = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁沈姚卢姜崔"
    "谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫阎段雷侯龙史陶黎贺毛郝龚邵万钱严覃武戴莫孔汤温康施洪季鲁"
    "裴殷章樊庞俞翁兰甘宁葛柳毕聂焦包左鲍祝翟耿岑苗池邢麦詹柯舒符庄涂卞齐伍辛祁游喻骆倪鄢易欧滕阳晏冷盛尤乔戚蓝单屈"
)
# Surnames that also end or begin a word: 照顾、主任、主管、语文、由于、允许、分钟、师傅、向您.
_ENDING = (
    "(?<!照)顾|(?<![主责信])任|(?<![主城物保监])管|(?<![语中])文|(?<![由属对苦关位至等处用鉴基])于|(?<![不允也或])许|"
    "(?<![分点多秒])钟|(?<!师)傅|向(?![您政有相上])"
)
_NO_NAME = (
    "马上|周围|周边|许多|高度|高中|严重|白天|左右|何时|何处|任何|任课|如何|易于|于是|方面|万分|向来|毛坯|石头|石灰|文明|"
    "管理|安全|施工|金额|包括|游客|曾经|曾多|曾向|曾在"
)
_SURNAME = rf"(?P<surname>(?!{_NO_NAME})(?:{_DOUBLE}|{_ENDING}|[{_SINGLE}]))"
# What no given name holds: particles, kinds of place, and 某, which is a mask itself.
_GIVEN = "(?:(?![某的了在和与被向对是有说称位个们给这那此市县区镇乡街村组户家号同及或等为从到因])[一-鿿])"
_TITLE = "(?:先生|女士|小姐|太太|阿姨|大爷|大妈|大叔|大姐|大哥|大娘|奶奶|爷爷|婆婆|爹爹|娭毑|师傅|老师|医生)"
_SAYS = "(?:反映|反应|来电|致电|来信|来访|投诉|举报|咨询|求助|表示|建议|要求|请求|报警)"
_FACT = "(?:电话|手机|联系|身份|住址|住在|家住|地址|性别|年龄|微信|男|女)"
_WHO = (
    "(?:联系人|投诉人|举报人|来电人|反映人|信访人|申请人|当事人|法定代表人|负责人|经办人|户主|房东|业主(?!管)|市民|居民|村民|"
    "患者|学生|家长|司机|车主|店主|老板|本人|群众)"
)
_TITLED = re.compile(rf"{_SURNAME}{_GIVEN}{{0,2}}{_TITLE}")
_NAMED = re.compile(
    rf"(?P<head>{_WHO}[：:] ?|我叫|名叫|姓名[：:是为 ]?){_SURNAME}"
    rf"(?P<given>{_GIVEN}{{1,2}}?(?={_SAYS}|{_FACT}|[^一-鿿*]|$)|{_GIVEN}{{2}}(?!\*))"
)
_SPEAKER = re.compile(
    rf"(?P<head>{_WHO}){_SURNAME}(?P<given>{_GIVEN}{{1,2}}?)(?={_SAYS}|[（(](?:{_FACT}|1[3-9]))"
)

Hide = Callable[[re.Match[str]], str]


def mask(text: str | None) -> str:
    """The text without persons: phones, identities, cards, plates, accounts, doors, names.

    Masking what is masked changes nothing. Anything that is no text becomes an empty one.
    """
    if not isinstance(text, str):
        return ""
    masked = _once(text)
    while masked != text:
        text, masked = masked, _once(masked)
    return masked


def hidden(confidentiality: str | None) -> bool:
    """Whether the text may not be shown at all, not even masked: everything but plainly open matters."""
    return confidentiality != Confidentiality.OPEN


def _once(text: str) -> str:
    for sign, steps in _STEPS:
        if sign.search(text):
            for pattern, hide in steps:
                text = pattern.sub(hide, text)
    return text


def _stars(head: str, secret: str, kept: int) -> str:
    """Stars for the secret but its last signs."""
    return head + "*" * (len(secret) - kept) + secret[len(secret) - kept :]


def _identity(found: re.Match[str]) -> str:
    digits = found[0].replace(" ", "")
    return _stars(digits[:3], digits[3:], 2)


def _card(found: re.Match[str]) -> str:
    return _stars("", re.sub("[ -]", "", found[0]), 4)


def _number(found: re.Match[str]) -> str:
    return _stars(found["head"], found["number"], 2)


def _name(found: re.Match[str]) -> str:
    return _stars(found["head"] + found["surname"], found["given"], 0)


Step = tuple[re.Pattern[str], str | Hide]

_NUMBERS: tuple[Step, ...] = (
    (_EMAIL, r"***@\g<host>"),
    (_IDENTITY, _identity),
    (_ABROAD, r"\g<head>****\g<tail>"),
    (_MOBILE, r"\g<head>****\g<tail>"),
    (_CARD, _card),
    (_LANDLINE, _number),
    (_LOCAL, _number),
    (_PLATE, _number),
    (_CHAT, r"\g<head>******"),
    (_QQ, r"\g<head>******"),
)
_DOORS: tuple[Step, ...] = ((_ADDRESS, BUILDING), (_DASHED, BUILDING))
_NAMES: tuple[Step, ...] = ((_TITLED, r"\g<surname>**"), (_NAMED, _name), (_SPEAKER, _name))

# Most titles hold none of these signs: one quick look spares them the slow patterns.
_STEPS = (
    (re.compile("[0-9０-９A-Za-z]"), _NUMBERS),
    (re.compile(f"[栋幢座室]|单元|号楼|{_D}[房#-]"), _DOORS),
    (re.compile(f"{_TITLE}|{_WHO}|我叫|名叫|姓名"), _NAMES),
)
