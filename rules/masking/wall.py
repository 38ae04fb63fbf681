"""What a wall says less than a desk: what `mask` left of numbers and names, with its label."""

import re

from rules.masking.names import FORM, GIVEN
from rules.masking.numbers import DIGIT, IS
from rules.masking.surnames import DOUBLE, SINGLE, SURNAME

GONE = "\ue000"
"""Stands for what was there, until its label has gone with it."""

LOOSE = re.compile(
    rf"(?<![0-9０-９*A-Za-z.-])(?!19|20)[2-8]{DIGIT}{{6,7}}(?![0-9０-９*.元万亿件户人平米吨方次个-])"
    rf"|(?<![0-9０-９])(?!20){DIGIT}{{11,}}[Xx]?"
)
MIXED = re.compile(rf"(?<![0-9０-９*])(?={DIGIT}*\*)(?=\**{DIGIT})[0-9０-９*]{{5,}}")
REST = re.compile(
    r"(?:[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼](?=[A-Z]))?"
    r"(?:[（(]0[0-9０-９]{2,3}[）)]|[+0-9０-９A-Za-z]{0,8})[-—－–·•. ]?\*{2,}"
    r"(?:@[A-Za-z0-9.-]+|[0-9０-９A-Za-z]{1,6}|(?=\*))"
    r"|[0-9０-９A-Za-z]{1,8}[-—－–·•. ]?\*{2,}[0-9０-９A-Za-z]{0,6}|\*{4,}"
)
STARRED_NAME = re.compile(rf"(?:(?:{DOUBLE}|[一-鿿])\*{{2,3}}|[{SINGLE}]\*)(?:[·•][一-鿿*]+)?")
_NUMBER_LABEL = (
    "(?:(?:联系|手机|家庭|固定)?电话|手机|座机|固话|联系方式|身份证|护照|通行证|台胞证|银行卡|卡|车牌|邮箱|微信|QQ|qq)"
    f"(?:号码|号)?{IS}"
)
BESIDE = re.compile(
    rf"(?:(?<![一-鿿])|(?<=[民人者叫找位主系])){SURNAME}{GIVEN}{{1,2}}?"
    rf"(?=[，,、：: （(]{{0,2}}(?:{_NUMBER_LABEL})?{GONE}"
    r"|[，,、 （(]{0,2}(?:家住|住在|身份证|[男女][，,、 ]))"
)
TIDY = (
    (re.compile(rf"(?:{FORM} ?[：:]? ?|姓名[：:是为 ]*|{_NUMBER_LABEL})?{GONE}"), GONE),
    (re.compile(rf"[（(][{GONE}，,、；; ]*[）)]"), GONE),
    (re.compile(rf"[，,、；; ]*{GONE}(?:[，,、；; ]*{GONE})*(?=[，,、；;。]|$)"), ""),
    (re.compile(GONE), ""),
    (re.compile("^[，,、；;。 ]+"), ""),
    (re.compile(" {2,}"), " "),
)
