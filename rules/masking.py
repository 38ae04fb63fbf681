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
_DOT = "[.．·•]"
_IS = "[：:是为 ]{0,2}"

_EMAIL = re.compile(r"(?<![A-Za-z0-9._%+*-])[A-Za-z0-9._%+-]+@(?P<host>[A-Za-z0-9.-]+\.[A-Za-z]{2,})")
_IDENTITY = re.compile(
    rf"{_LEFT}[1-9１-９]{_D}{{5}} ?(?:19|20|１９|２０){_D}{{2}}[01０１]{_D}[0-3０-３]{_D} ?"
    rf"{_D}{{3}}[0-9０-９XxＸｘ](?![0-9０-９A-Za-z*])"
)
# A dot counts only on both sides: 1380013.8000 is an amount.
_MIDDLE = rf"(?:{_DASH}{_D}{{4}}{_DASH}|{_DOT}{_D}{{4}}{_DOT})"
_ABROAD = re.compile(rf"{_LEFT}(?P<head>(?:\+|00)?86{_DASH}1[3-9]\d){_MIDDLE}(?P<tail>\d{{4}}){_RIGHT}")
_MOBILE = re.compile(rf"{_LEFT}(?P<head>[1１][3-9３-９]{_D}){_MIDDLE}(?P<tail>{_D}{{4}}){_RIGHT}")
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
_PASSPORT = re.compile(
    rf"(?P<head>(?:护照|通行证|台胞证)(?:号码|号)?[（(]?{_IS})(?P<number>[A-Za-z]{{1,2}}{_D}{{7,8}})(?![0-9０-９A-Za-z*])"
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
_LINE = "[-—－–]"
_COUNTED = "(?![0-9０-９*年月日元户个人米平万件天块岁名吨斤次辆度分.%％—－–-])"
_DASHED = re.compile(
    rf"(?<=[区园苑府城庭湾居寓邸村里院郡轩阁坊庄墅舍])(?P<gap> ?){_D}{{1,3}}{_LINE}"
    rf"(?:{_D}{{1,2}}{_LINE})?{_D}{{3,4}}(?:室|号|房)?{_COUNTED}"
)
_HASHED = re.compile(rf"{_FREE}{_N}#{_LINE}?(?:{_D}{{1,2}}{_LINE})?{_D}{{3,4}}(?:室|号|房)?{_COUNTED}")

# ── names ────────────────────────────────────────────────────────────────────────────────────────────────

# The whole 百家姓 and the surnames that are common today.
_DOUBLE = (
    "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|令狐|慕容|司徒|夏侯|端木|南宫|长孙|宇文|轩辕|澹台|万俟|闻人|赫连|公羊|公冶|"
    "宗政|濮阳|淳于|单于|太叔|申屠|仲孙|钟离|鲜于|闾丘|司空|亓官|司寇|颛孙|巫马|公西|漆雕|乐正|壤驷|公良|拓跋|宰父|谷梁|"
    "东郭|呼延|羊舌|微生|梁丘|左丘|西门|独孤|纳兰|完颜|叶赫"
)
_SINGLE = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁沈姚卢姜崔"
    "谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫阎段雷侯龙史陶黎贺毛郝龚邵万钱严覃武戴莫孔汤温康施洪季鲁"
    "裴殷章樊庞俞翁兰甘宁葛柳毕聂焦包左鲍祝翟耿岑苗池邢麦詹柯舒符庄涂卞齐伍辛祁游喻骆倪鄢易欧滕阳晏冷盛尤乔戚蓝单屈"
    "褚窦奚酆邬卜穆萧湛禹狄臧茅闵娄阮刁虞昝裘缪嵇荀甄芮羿靳汲邴糜巫隗宓郗仇栾钭厉戎韶郜蓟蒲邰索蔺屠蒙胥莘逄姬冉郦雍郤璩"
    "桑桂濮牛扈郏浦瞿茹艾寇庾暨匡阙殳夔巩厍晁敖訾阚饶毋乜鞠巢蒯荆竺逯桓仉岳佘牟佟谯笪缑亢郈佴柴霍梅凌颜卓谌邝冼仝郁慕贲赖"
)
# Surnames that also end or begin a word: 照顾、主任、主管、语文、由于、允许、分钟、师傅、向您.
_ENDING = (
    "(?<!照)顾|(?<![主责信])任|(?<![主城物保监])管|(?<![语中])文|(?<![由属对苦关位至等处用鉴基])于|(?<![不允也或])许|"
    "(?<![分点多秒])钟|(?<!师)傅|向(?![您政有相上])|"
    "(?<![儿幼学])童|(?<![主出缺])席|(?<![世年经])纪|(?<!大)宗"
)
# Surnames that are everyday signs (道路, 保安, 项目): only where a name may begin.
_EVERYDAY = (
    "安常费项路连古习支卫简华柏水云昌凤花廉乐皮元平米贝明计伏成谈强危房干解宣杭吉钮滑荣羊於惠曲封储松井富乌巴弓牧山谷车"
    "蓬全班仰秋仲伊宫暴祖景束幸司薄印宿怀鄂咸籍阴鬱能苍双闻党贡劳申扶堵宰寿通边燕冀尚农别充宦鱼容慎戈终居衡步满弘国广禄"
    "东沃利蔚越隆勾融空沙养须丰关查红权盖益晋楚法汝钦帅况商墨哈爱言福郎诸占敬揭粟都从"
    "相经时应公家年后那和麻督师"
)
_OPENS = "(?:(?<![一-鿿])|(?<=[民人者与及跟由的叫找让请位长主系区]))"
_NO_NAME = (
    "马上|周围|周边|许多|高度|高中|严重|白天|左右|何时|何处|任何|任课|如何|易于|于是|方面|万分|向来|毛坯|石头|石灰|文明|"
    "管理|安全|师傅|师生|顾客|施工|金额|包括|游客|曾经|曾多|曾向|曾在|"
    "安置|安装|安保|安排|安徽|安化|安静|常常|常年|常住|常德|费用|费劲|项目|连续|连日|连夜|连同|连带|连忙|支付|支持|支教|支部|"
    "路灯|路边|路口|路过|路上|路面|路人|卫生|古筝|古稀|习惯|简单|童年|童装|席位|纪念|纪律|纪检|纪委|宗教|梅花|凌晨|颜色|柴油|"
    "霍乱|牛奶|桑拿|索要|索赔|屠宰|蒙受|饶恕|仇恨|卓越|敬老|郁闷|"
    "年轻|年迈|年近|年老|年长|农民|农村|党员|广大|全体|全部|全家|双方|国家|车主|车间|水电|东边|后来|后勤|经核|经查|经常|经过|"
    "从前|从事|都是|能否|公交|公司|公安|公园|家长|家教|家属|时常|相关|相邻|应该|空调|房东|房产|商户|商场|班级|居民|关于|明明|"
    "平时|平台|成都|成年|强烈|解决|通过|满意|劳动|益阳|沙市|晋升|华容|山东|广东|广西|云南|福建|法院|司机|祖孙|养老|边上|和我|"
    "和他|和她|爱人|爱心|那边|那么|公共|别人|时候|利用|法定|申请|须要|言语|能够|幸好|终于|红衣|景区|米粉|花园|花店"
)
_SURNAME = rf"(?P<surname>(?!{_NO_NAME})(?:{_DOUBLE}|{_ENDING}|[{_SINGLE}]))"
# What no given name holds: particles, kinds of place, and 某, which is a mask itself.
_GIVEN = "(?:(?![某的了在和与被向对是有说称位个们给这那此市县区镇乡街村组户家号同及或等为从到因])[一-鿿])"
_PERSON = "(?:先生|女士|小姐|太太|阿姨|大爷|大妈|大叔|大姐|大哥|大娘|同志)"
_TITLE = (
    "(?:先生|女士|小姐|太太|阿姨|大爷|大妈|大叔|大姐|大哥|大娘|奶奶|爷爷|婆婆|爹爹|娭毑|师傅|老师|医生|同志)"
)
_SAYS = "(?:反映|反应|来电|致电|来信|来访|投诉|举报|咨询|求助|表示|建议|要求|请求|报警)"
_FACT = "(?:电话|手机|联系|身份|住址|住在|家住|地址|性别|年龄|微信|男|女)"
_WHO = (
    "(?:联系人|投诉人|举报人|来电人|反映人|信访人|申请人|当事人|法定代表人|负责人|经办人|户主|房东|业主(?!管)|市民|居民|村民|"
    "患者|学生|家长|司机|车主|店主|老板|本人|群众)"
)
_TITLED = re.compile(rf"{_SURNAME}{_GIVEN}{{0,2}}{_TITLE}")
# 李家和先生: at the beginning of a name also signs that elsewhere tell its end.
_WHOLE = re.compile(rf"(?<![一-鿿]){_SURNAME}(?:{_GIVEN}|[家有和为同因从乡村镇街]){{2}}{_PERSON}")
_TITLED_EVERYDAY = re.compile(
    rf"{_OPENS}(?!{_NO_NAME}|(?<=人)和)(?P<surname>(?![相经时应公家年后那和都从能](?:{_DOUBLE}|[{_SINGLE}]))[{_EVERYDAY}])"
    rf"(?:{_GIVEN}{{0,2}}{_PERSON}|{_TITLE})"
)
# After these whatever stands is a name, of known surname or not.
_FORM = (
    "(?:联系人|[投申]诉人|诉求人|举报人|来电人|致电人|反映人|反应人|信访人|来访人|求助人|报警人|申请人|当事人|法定代表人|负责人|"
    "经办人|户主)"
)
_ANY = "(?!某)[一-鿿]"
_UNNAMED = (
    "匿名|保密|未知|不详|不愿|不便|没有|暂无|无名|同上|本人|未提供|未留|空白|[一-鿿]{0,3}(?:某|公司|中心|社区|街道|物业|政府|部门|"
    "单位|居委|村委)|[一-鿿]{2,3}局"
)
_CALLS = (
    "[他她它你您人不车]|大家|保安|师傅|工人|家人|孩子|城管|警察|民警|交警|开锁|外卖|滴滴|出租|"
    "老公|老婆|朋友|邻居|救护"
)
_ENTERED = re.compile(
    rf"(?P<head>{_FORM} ?[：:] ?|姓名 ?[：:是为 ] ?|(?:我|本人)叫(?!{_CALLS}|{_NO_NAME}))(?!{_UNNAMED})"
    rf"(?P<surname>{_DOUBLE}|{_ANY})(?P<given>(?:{_ANY}){{1,3}}?(?:[·•][一-鿿]{{1,6}})?)"
    rf"(?={_SAYS}|{_FACT}|{_TITLE}|是|住|今年|来自|[^一-鿿*]|$)"
)
_ADVERB = (
    "多次|再次|再三|曾|已|之前|现|今|昨|前|目前|此前|近|电话|继续|重复|反复|强烈|认为|希望|拨打|通过|没有|不|未|又|也|还|都|均|"
    "就|后|故|特|经|多|首次|第|一直|当|随|遂|即|仍|则|可|应|需|想|自|直接|主动|来|去|打|提出|针对|通|线|网|书面|现场|匿名|本人|"
    "要|只|才|才能|必须|以|由|于|所|无|非"
)
_FORM_SPEAKER = re.compile(
    rf"(?P<head>{_FORM})(?!{_ADVERB}|{_UNNAMED}|{_NO_NAME})(?P<surname>{_DOUBLE}|(?!{_SAYS}){_GIVEN})"
    rf"(?P<given>(?:(?!{_SAYS}|{_ADVERB}){_GIVEN}){{1,3}}?)(?={_SAYS}|[（(](?:{_FACT}|1[3-9]))"
)
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


def projected(text: str | None) -> str:
    """The text as a wall may say it: nothing left of numbers, plates and names, no further than the estate.

    Of what `mask` left standing the rest goes too, with its label; order numbers stay whole.
    """
    shown, said = "", text if isinstance(text, str) else ""
    while shown != said:
        shown, said = said, _projected(said)
    return said


def _projected(text: str) -> str:
    for pattern in (*(pattern for pattern, _hide in _NUMBERS), _LOOSE):
        text = pattern.sub(_GONE, text)
    for pattern in (_REST, _MIXED, _STARRED_NAME, _BESIDE):
        text = pattern.sub(_GONE, mask(text))
    for pattern, kept in _TIDY:
        text = pattern.sub(kept, text)
    return text.replace(BUILDING, "").strip(" ，,、；;：:　")


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
    (_PASSPORT, _number),
    (_CHAT, r"\g<head>******"),
    (_QQ, r"\g<head>******"),
)
_DOORS: tuple[Step, ...] = ((_ADDRESS, BUILDING), (_HASHED, BUILDING), (_DASHED, rf"\g<gap>{BUILDING}"))
_TITLES: tuple[Step, ...] = (
    (_WHOLE, r"\g<surname>**"),
    (_TITLED_EVERYDAY, r"\g<surname>**"),
    (_TITLED, r"\g<surname>**"),
)
_NAMES: tuple[Step, ...] = (
    (_ENTERED, _name),
    (_NAMED, _name),
    (_SPEAKER, _name),
    (_FORM_SPEAKER, _name),
)

# ── on a wall ────────────────────────────────────────────────────────────────────────────────────────────

_GONE = "\ue000"
"""Stands for what was there, until its label has gone with it."""

_LOOSE = re.compile(
    rf"(?<![0-9０-９*A-Za-z.-])(?!19|20)[2-8]{_D}{{6,7}}(?![0-9０-９*.元万亿件户人平米吨方次个-])"
    rf"|(?<![0-9０-９])(?!20){_D}{{11,}}[Xx]?"
)
_MIXED = re.compile(rf"(?<![0-9０-９*])(?={_D}*\*)(?=\**{_D})[0-9０-９*]{{5,}}")
_REST = re.compile(
    r"(?:[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼](?=[A-Z]))?"
    r"(?:[（(]0[0-9０-９]{2,3}[）)]|[+0-9０-９A-Za-z]{0,8})[-—－–·•. ]?\*{2,}"
    r"(?:@[A-Za-z0-9.-]+|[0-9０-９A-Za-z]{1,6}|(?=\*))"
    r"|[0-9０-９A-Za-z]{1,8}[-—－–·•. ]?\*{2,}[0-9０-９A-Za-z]{0,6}|\*{4,}"
)
_STARRED_NAME = re.compile(rf"(?:(?:{_DOUBLE}|[一-鿿])\*{{2,3}}|[{_SINGLE}]\*)(?:[·•][一-鿿*]+)?")
_NUMBER_LABEL = (
    "(?:(?:联系|手机|家庭|固定)?电话|手机|座机|固话|联系方式|身份证|护照|通行证|台胞证|银行卡|卡|车牌|邮箱|微信|QQ|qq)"
    f"(?:号码|号)?{_IS}"
)
_BESIDE = re.compile(
    rf"(?:(?<![一-鿿])|(?<=[民人者叫找位主系])){_SURNAME}{_GIVEN}{{1,2}}?"
    rf"(?=[，,、：: （(]{{0,2}}(?:{_NUMBER_LABEL})?{_GONE}"
    r"|[，,、 （(]{0,2}(?:家住|住在|身份证|[男女][，,、 ]))"
)
_TIDY = (
    (re.compile(rf"(?:{_FORM} ?[：:]? ?|姓名[：:是为 ]*|{_NUMBER_LABEL})?{_GONE}"), _GONE),
    (re.compile(rf"[（(][{_GONE}，,、；; ]*[）)]"), _GONE),
    (re.compile(rf"[，,、；; ]*{_GONE}(?:[，,、；; ]*{_GONE})*(?=[，,、；;。]|$)"), ""),
    (re.compile(_GONE), ""),
    (re.compile("^[，,、；;。 ]+"), ""),
    (re.compile(" {2,}"), " "),
)

# Most titles hold none of these signs: one quick look spares them the slow patterns.
_STEPS = (
    (re.compile("[0-9０-９A-Za-z]"), _NUMBERS),
    (re.compile(f"[栋幢座室]|单元|号楼|{_D}[房#—－–-]"), _DOORS),
    (re.compile(_TITLE), _TITLES),
    (re.compile(f"{_WHO}|{_FORM}|我叫|本人叫|名叫|姓名"), _NAMES),
)
