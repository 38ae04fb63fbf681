"""Names of persons, told by their titles, by who is said to speak, and by the fields of a form."""

import re

from rules.masking.numbers import Step, stars
from rules.masking.surnames import DOUBLE, EVERYDAY, NO_NAME, OPENS, SINGLE, SURNAME

# What no given name holds: particles, kinds of place, and 某, which is a mask itself.
GIVEN = "(?:(?![某的了在和与被向对是有说称位个们给这那此市县区镇乡街村组户家号同及或等为从到因])[一-鿿])"
_PERSON = "(?:先生|女士|小姐|太太|阿姨|大爷|大妈|大叔|大姐|大哥|大娘|同志)"
TITLE = (
    "(?:先生|女士|小姐|太太|阿姨|大爷|大妈|大叔|大姐|大哥|大娘|奶奶|爷爷|婆婆|爹爹|娭毑|师傅|老师|医生|同志)"
)
_SAYS = "(?:反映|反应|来电|致电|来信|来访|投诉|举报|咨询|求助|表示|建议|要求|请求|报警)"
_FACT = "(?:电话|手机|联系|身份|住址|住在|家住|地址|性别|年龄|微信|男|女)"
WHO = (
    "(?:联系人|投诉人|举报人|来电人|反映人|信访人|申请人|当事人|法定代表人|负责人|经办人|户主|房东|业主(?!管)|市民|居民|村民|"
    "患者|学生|家长|司机|车主|店主|老板|本人|群众)"
)
_TITLED = re.compile(rf"{SURNAME}{GIVEN}{{0,2}}{TITLE}")
# 李家和先生: at the beginning of a name also signs that elsewhere tell its end.
_WHOLE = re.compile(rf"(?<![一-鿿]){SURNAME}(?:{GIVEN}|[家有和为同因从乡村镇街]){{2}}{_PERSON}")
_TITLED_EVERYDAY = re.compile(
    rf"{OPENS}(?!{NO_NAME}|(?<=人)和)(?P<surname>(?![相经时应公家年后那和都从能](?:{DOUBLE}|[{SINGLE}]))[{EVERYDAY}])"
    rf"(?:{GIVEN}{{0,2}}{_PERSON}|{TITLE})"
)
# After these whatever stands is a name, of known surname or not.
FORM = (
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
    rf"(?P<head>{FORM} ?[：:] ?|姓名 ?[：:是为 ] ?|(?:我|本人)叫(?!{_CALLS}|{NO_NAME}))(?!{_UNNAMED})"
    rf"(?P<surname>{DOUBLE}|{_ANY})(?P<given>(?:{_ANY}){{1,3}}?(?:[·•][一-鿿]{{1,6}})?)"
    rf"(?={_SAYS}|{_FACT}|{TITLE}|是|住|今年|来自|[^一-鿿*]|$)"
)
_ADVERB = (
    "多次|再次|再三|曾|已|之前|现|今|昨|前|目前|此前|近|电话|继续|重复|反复|强烈|认为|希望|拨打|通过|没有|不|未|又|也|还|都|均|"
    "就|后|故|特|经|多|首次|第|一直|当|随|遂|即|仍|则|可|应|需|想|自|直接|主动|来|去|打|提出|针对|通|线|网|书面|现场|匿名|本人|"
    "要|只|才|才能|必须|以|由|于|所|无|非"
)
_FORM_SPEAKER = re.compile(
    rf"(?P<head>{FORM})(?!{_ADVERB}|{_UNNAMED}|{NO_NAME})(?P<surname>{DOUBLE}|(?!{_SAYS}){GIVEN})"
    rf"(?P<given>(?:(?!{_SAYS}|{_ADVERB}){GIVEN}){{1,3}}?)(?={_SAYS}|[（(](?:{_FACT}|1[3-9]))"
)
_NAMED = re.compile(
    rf"(?P<head>{WHO}[：:] ?|我叫|名叫|姓名[：:是为 ]?){SURNAME}"
    rf"(?P<given>{GIVEN}{{1,2}}?(?={_SAYS}|{_FACT}|[^一-鿿*]|$)|{GIVEN}{{2}}(?!\*))"
)
_SPEAKER = re.compile(
    rf"(?P<head>{WHO}){SURNAME}(?P<given>{GIVEN}{{1,2}}?)(?={_SAYS}|[（(](?:{_FACT}|1[3-9]))"
)


def _name(found: re.Match[str]) -> str:
    return stars(found["head"] + found["surname"], found["given"], 0)


TITLES: tuple[Step, ...] = (
    (_WHOLE, r"\g<surname>**"),
    (_TITLED_EVERYDAY, r"\g<surname>**"),
    (_TITLED, r"\g<surname>**"),
)
NAMES: tuple[Step, ...] = (
    (_ENTERED, _name),
    (_NAMED, _name),
    (_SPEAKER, _name),
    (_FORM_SPEAKER, _name),
)
