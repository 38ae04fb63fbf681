"""The Chinese word for a code in a column, for papers made without a screen."""

from papers import items, league

GROUPS = {**league.NAMES, "county": "区县"}

CHAIRS = {"secretary": "书记", "mayor": "市长", "director": "中心主任", "deputy": "分管领导"}

RATINGS = {"satisfied": "满意", "mostly": "基本满意", "declined": "不予评价", "dissatisfied": "不满意"}

BY = {"all": "累计", "batch": "批次", "unit": "单位", "chair": "主持人", "owner": "责任领导"}

MOVES = {"up": "上升", "down": "下降", "level": "持平"}

WORDS = {
    "tier": league.TIERS,
    "unit_group": GROUPS,
    "item_group": items.GROUPS,
    "step": items.STEPS,
    "chair_role": CHAIRS,
    "rating": RATINGS,
    "by": BY,
    "move": MOVES,
}
"""Columns that hold codes of a closed list."""


def word(_question: str, column: str, code: str) -> str:
    """What the reader is shown for a text: a code in words, every other as it is."""
    if column == "recent":
        return "、".join(league.TIERS.get(tier, "—") for tier in code.split(","))
    if column == "reasons" and code.startswith("["):
        return items.why(code)
    return WORDS.get(column, {}).get(code, code)
