"""The closed lists of the field: every value a coded column may hold, and nothing else.

The database and the code hold the English word; the screen prints the centre's own (see locale/).
"""

from enum import StrEnum


class Nature(StrEnum):
    """What kind of request it is (咨询、求助、投诉、举报、建议、表扬、其他)."""

    CONSULT = "consult"
    HELP = "help"
    COMPLAINT = "complaint"
    REPORT = "report"
    SUGGESTION = "suggestion"
    PRAISE = "praise"
    OTHER = "other"


class Urgency(StrEnum):
    """一般、急、特急."""

    NORMAL = "normal"
    URGENT = "urgent"
    CRITICAL = "critical"


class AreaKind(StrEnum):
    """城区、农村: decides the limit for arriving at a scene."""

    URBAN = "urban"
    RURAL = "rural"


class Reasonable(StrEnum):
    """合理、部分合理、不合理、未定."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    UNDECIDED = "undecided"


class Confidentiality(StrEnum):
    """Who may read the matter: for all but ``open`` a screen shows the kind and the count, never the text."""

    OPEN = "open"
    REPORT = "report"
    MINOR = "minor"
    HEALTH = "health"
    SECRET = "secret"


class UnitGroup(StrEnum):
    """乡镇街道、市直部门、公共服务单位、区县: never ranked in one list."""

    TOWN = "town"
    DEPARTMENT = "department"
    PUBLIC = "public"
    COUNTY = "county"


class Role(StrEnum):
    """主办、协办."""

    LEAD = "lead"
    ASSIST = "assist"


class AssignedBy(StrEnum):
    """中心、会议、吹哨、领导."""

    CENTRE = "centre"
    MEETING = "meeting"
    WHISTLE = "whistle"
    LEADER = "leader"


class Verdict(StrEnum):
    """What a source says of a closed case for which it gives no times: 按时办结、超期办结."""

    ON_TIME = "on_time"
    LATE = "late"


class ContactMode(StrEnum):
    """电话、见面、视频、上门、短信."""

    PHONE = "phone"
    MEETING = "meeting"
    VIDEO = "video"
    VISIT = "visit"
    MESSAGE = "message"


class EvidenceKind(StrEnum):
    """照片、文书、签字、定位."""

    PHOTO = "photo"
    DOCUMENT = "document"
    SIGNATURE = "signature"
    POSITION = "position"


class CallbackSource(StrEnum):
    """中心、上级、承办单位自访、短信、AI外呼: a unit's own calls never rank it."""

    CENTRE = "centre"
    SUPERIOR = "superior"
    UNIT = "unit"
    MESSAGE = "message"
    ROBOT = "robot"


class Rating(StrEnum):
    """满意、基本满意、不予评价、不满意."""

    SATISFIED = "satisfied"
    MOSTLY = "mostly"
    DECLINED = "declined"
    DISSATISFIED = "dissatisfied"


class RatedObject(StrEnum):
    """责任单位, or the centre / petition office that received the case."""

    UNIT = "unit"
    CENTRE = "centre"


class Resolved(StrEnum):
    """The citizen's own answer: 已解决、部分、未解决, or explained and accepted (解释到位)."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    EXPLAINED = "explained"


class WhistleKind(StrEnum):
    """重点工作、综合执法、应急处置."""

    PRIORITY = "priority"
    ENFORCEMENT = "enforcement"
    EMERGENCY = "emergency"


class ArrivalProof(StrEnum):
    """定位、乡镇确认、自报: a self-report alone is unconfirmed."""

    POSITION = "position"
    TOWNSHIP = "township"
    SELF = "self"


class OutcomeLevel(StrEnum):
    """窗口、联席、包案."""

    WINDOW = "window"
    JOINT = "joint"
    LEADER = "leader"


class VisitPurpose(StrEnum):
    """诉求, or only 咨询 / 查询进度, which do not count towards settling at the window."""

    MATTER = "matter"
    CONSULT = "consult"
    PROGRESS = "progress"


class ItemState(StrEnum):
    """交办、表态、办理、申请销号、核查、销号: the six steps of a meeting item, in order."""

    ASSIGNED = "assigned"
    PLEDGED = "pledged"
    HANDLING = "handling"
    APPLIED = "applied"
    VERIFYING = "verifying"
    SIGNED_OFF = "signed_off"


class ItemGroup(StrEnum):
    """督办、交办、会商."""

    SUPERVISION = "supervision"
    ASSIGNMENT = "assignment"
    CONSULTATION = "consultation"


class MeetingState(StrEnum):
    """planned, held, skipped (停开), or merged into another (并入)."""

    PLANNED = "planned"
    HELD = "held"
    SKIPPED = "skipped"
    MERGED = "merged"


class ChairRole(StrEnum):
    """书记、市长、分管领导、中心主任."""

    SECRETARY = "secretary"
    MAYOR = "mayor"
    DEPUTY = "deputy"
    DIRECTOR = "director"


class ReturnRuling(StrEnum):
    """The centre's ruling on a return (退单): accepted ends the unit's clock, refused does not."""

    ACCEPTED = "accepted"
    REFUSED = "refused"


class CountingRule(StrEnum):
    """Rules of what a rating counts for (口径), all in force unless switched off.

    核定的不合理诉求剔除、仅中心回访、首次评价、基本满意算满意、评责任单位、行政调解类和执法办案类另列.
    """

    ADJUDICATED = "adjudicated"
    CENTRE = "centre"
    FIRST = "first"
    MOSTLY = "mostly"
    UNIT = "unit"
    APART = "apart"
