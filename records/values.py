"""What may be kept: known fields, texts that fit on every database, local times."""

import json
import operator
from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Date, DateTime, Integer, String, Table

from records import changes
from records.refusals import BadValue

WORDS = {
    **changes.WORDS,
    "day": "会议日期",
    "answer": "答复",
    "facts": "数据说明",
    "figure": "所指数字",
    "until_at": "异议期限",
    "started_at": "计时时间",
    "item": "大屏位置",
    **dict.fromkeys(("key", "item_key"), "事项编号"),
    **dict.fromkeys(("unit", "unit_id"), "单位"),
    **dict.fromkeys(("text", "words"), "内容"),
    **dict.fromkeys(("by", "changed_by", "filed_by", "answered_by", "written_by"), "署名（职务）"),
    **dict.fromkeys(("changed_at", "filed_at", "answered_at", "written_at", "frozen_at"), "时间"),
}
"""What a field is called in a Chinese sentence."""

LONGEST_TEXT = 10_000
"""Characters of a text without a limit of its own: a pledge is a sentence, not a book."""


def checked(table: Table, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values as the columns of their names keep them on every database. Raises `BadValue`."""
    return {name: _kept(name, table.columns[name].type, value) for name, value in values.items()}


def refuse_unknown(fields: Collection[str], values: Mapping[str, Any]) -> None:
    """Raises `BadValue` for a value whose field may not be set."""
    for name in values:
        if name not in fields:
            raise _bad(name, "不是可改的字段", "is no field that can be set")


def said(words: str, name: str) -> str:
    """A text that must say something. Raises `BadValue`."""
    if not isinstance(words, str) or not words.strip():
        raise _bad(name, "不能为空", "must not be empty")
    return words


def _kept(name: str, kind: Any, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(kind, JSON | Integer):
        return _plain(name, kind, value)
    if isinstance(kind, String):
        return _text(name, value, kind.length or LONGEST_TEXT)
    if isinstance(kind, DateTime) and (not isinstance(value, datetime) or value.tzinfo is not None):
        raise _bad(name, "须为本地时间", "must be a local time without an offset")
    if isinstance(kind, Date) and (not isinstance(value, date) or isinstance(value, datetime)):
        raise _bad(name, "须为日期", "must be a day")
    return value


def _plain(name: str, kind: Any, value: Any) -> Any:
    """A number as a plain one, lists and dictionaries as they will be read again."""
    try:
        return json.loads(json.dumps(value)) if isinstance(kind, JSON) else operator.index(value)
    except (TypeError, ValueError):
        raise _bad(name, "内容不合格式", "is of the wrong kind") from None


def _text(name: str, value: Any, longest: int) -> str:
    if not isinstance(value, str) or "\0" in value:
        raise _bad(name, "须为文字", "must be a text")
    if len(value) > longest:
        raise _bad(name, f"最多 {longest} 个字", f"may have {longest} characters at most")
    return value


def _bad(name: str, zh: str, en: str) -> BadValue:
    return BadValue(f"{WORDS.get(name, name)}：{zh}，没有保存。", f"{name} {en}: nothing was saved.")
