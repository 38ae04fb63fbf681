"""Masking: what must go, what must stay, and that masking twice changes nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casedb.demo_texts import CALLED, SURNAMES
from rules.masking import hidden, mask, projected
from rules.words import Confidentiality


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("电话13812345678。", "电话138****5678。"),
        ("138 1234 5678或138-1234-5678", "138****5678或138****5678"),
        ("+8613812345678", "+86138****5678"),
        ("１３８１２３４５６７８", "１３８****５６７８"),
        ("138.0013.8000和138·0013·8000", "138****8000和138****8000"),
        ("金额1380013.8000", "金额1380013.8000"),
        ("会议号 123-456-789", "会议号 123-456-789"),
        ("138123456781", "138123456781"),
        ("编号2026138123456789", "编号2026138123456789"),
        ("转账金额100000元", "转账金额100000元"),
    ],
)
def test_a_mobile_number_keeps_three_and_four_and_is_never_cut_out_of_a_longer_one(text, masked) -> None:
    assert mask(text) == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("0731-87654321", "0731-******21"),
        ("（0731）87654321", "（0731）******21"),
        ("073187654321", "0731******21"),
        ("010-87654321", "010-******21"),
        ("联系电话：5228553", "联系电话：*****53"),
        ("5228553平方米", "5228553平方米"),
        ("拨打0731-12345或12345、110、96960", "拨打0731-12345或12345、110、96960"),
    ],
)
def test_a_landline_keeps_its_area_and_two_digits(text, masked) -> None:
    assert mask(text) == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("身份证43010219900307123X。", "身份证430*************3X。"),
        ("身份证43010219900307123x", "身份证430*************3x"),
        ("430102 19900307 1234", "430*************34"),
        ("护照E12345678", "护照*******78"),
        ("护照号码：EK1234567。", "护照号码：*******67。"),
        ("设备E12345678", "设备E12345678"),
        ("卡号6222021234567890123", "卡号***************0123"),
        ("卡号6222 0212 3456 7890 123", "卡号***************0123"),
    ],
)
def test_identities_and_cards_keep_only_their_ends(text, masked) -> None:
    assert mask(text) == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("车牌湘A12345乱停", "车牌湘A***45乱停"),
        ("粤B·D12345", "粤B·****45"),
        ("湘AD12345", "湘A****45"),
        ("苏e2g81c", "苏e***1c"),
        ("湘A1234警", "湘A***4警"),
        ("湘A12345和湘A54321", "湘A***45和湘A***21"),
        ("新BMW520Li", "新BMW520Li"),
        ("G4京港澳高速", "G4京港澳高速"),
    ],
)
def test_a_plate_keeps_its_head_and_two_signs(text, masked) -> None:
    assert mask(text) == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("东湖花园3栋2单元501室漏水", "东湖花园〔楼栋〕漏水"),
        ("3号楼电梯坏了", "〔楼栋〕电梯坏了"),
        ("15号楼15单元1505", "〔楼栋〕"),
        ("三栋二单元五零一室", "〔楼栋〕"),
        ("小区A座1203", "小区〔楼栋〕"),
        ("小区3-2-501号", "小区〔楼栋〕"),
        ("住在5栋24楼", "住在〔楼栋〕"),
        ("2#楼、3#楼", "〔楼栋〕、〔楼栋〕"),
        ("203房间", "〔楼栋〕"),
        ("8#604漏水", "〔楼栋〕漏水"),
        ("东湖花园8-604、桂苑 8-604", "东湖花园〔楼栋〕、桂苑 〔楼栋〕"),
        ("和平里8-604室、张家村8—604", "和平里〔楼栋〕、张家村〔楼栋〕"),
        ("小区100-200元，小区11-25停水", "小区100-200元，小区11-25停水"),
        ("小区20260928-0417", "小区20260928-0417"),
        ("芙蓉路123号门面", "芙蓉路123号门面"),
        ("8号窗口、地铁3号线、5楼", "8号窗口、地铁3号线、5楼"),
        ("涉及300户，交了5000房租，三室两厅", "涉及300户，交了5000房租，三室两厅"),
        ("共有9栋，3栋楼房，新楼一栋栋", "共有9栋，3栋楼房，新楼一栋栋"),
        ("2018年、2018房地产、3座桥", "2018年、2018房地产、3座桥"),
    ],
)
def test_a_door_goes_and_the_estate_and_road_stay(text, masked) -> None:
    assert mask(text) == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("张先生来电", "张**来电"),
        ("李小明女士称", "李**称"),
        ("欧阳女士", "欧阳**"),
        ("周边李先生家", "周边李**家"),
        ("联系人：张三，", "联系人：张*，"),
        ("联系人：欧阳锋，", "联系人：欧阳*，"),
        ("市民张三丰反映", "市民张**反映"),
        ("我叫王小明，家住", "我叫王**，家住"),
        ("姓名：张三 性别男", "姓名：张* 性别男"),
        ("举报人：李小明举报", "举报人：李**举报"),
        ("村民彭大明（138", "村民彭**（138"),
        ("卫建国先生来电", "卫**来电"),
        ("李家和先生", "李**"),
        ("欧阳建国同志", "欧阳**"),
        ("和张先生，市民安女士，小区项先生", "和张**，市民安**，小区项**"),
        ("芙蓉中路张先生", "芙蓉中路张**"),
        ("联系人：卫建国，电话138", "联系人：卫**，电话138"),
        ("姓名：安静 性别女", "姓名：安* 性别女"),
        ("联系人：阿依古丽，", "联系人：阿***，"),
        ("姓名：阿卜杜拉·买买提，", "姓名：阿*******，"),
        ("我叫安建国，", "我叫安**，"),
        ("我叫卫建国是业主", "我叫卫**是业主"),
        ("投诉人阿依古丽反映", "投诉人阿***反映"),
        ("来电人路建国反映", "来电人路**反映"),
    ],
)
def test_a_name_after_a_form_of_address_keeps_its_surname(text, masked) -> None:
    assert mask(text) == masked


@pytest.mark.parametrize("called", CALLED)
@pytest.mark.parametrize("surname", SURNAMES)
def test_everyone_in_the_demo_is_masked(surname: str, called: str) -> None:
    assert mask(f"{surname}{called}（电话") == f"{surname}**（电话"
    assert mask(f"{surname}建国{called}反映") == f"{surname}**反映"


HUNDRED_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方"
    "俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧"
    "计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫"
    "经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊於惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓"
    "牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙"
    "池乔阴鬱胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍郤璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容"
    "向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰"
    "巢关蒯相查后荆红游竺权逯盖益桓公"
)


@pytest.mark.parametrize("name", ["", "建国"])
def test_every_one_of_the_hundred_surnames_is_known(name: str) -> None:
    assert [sign for sign in HUNDRED_SURNAMES if mask(f"{sign}{name}先生来电") != f"{sign}**来电"] == []


@pytest.mark.parametrize(
    "text",
    [
        "路灯不亮，安全费用连续支付，项目常常停工",
        "居民连续投诉，居民费用咨询，居民路灯投诉",
        "门卫大爷、保安师傅、环卫阿姨、安装师傅",
        "补习老师、实习老师、年轻女士、安全先生",
        "公安同志、党员同志、各位同志",
        "本人和先生",
        "投诉人多次反映，来电人再次来电反映",
        "反映人反映小区投诉",
        "联系人：匿名",
        "我叫物业来修，",
        "王某某反映",
        "张某先生、李某某女士",
        "各位先生女士",
        "居民马上投诉，居民多次反映",
        "市民高空抛物投诉",
        "语文老师、班主任老师、代课老师",
        "由于爷爷奶奶需要照顾",
        "周围大爷大妈跳广场舞",
        "代表业主向您反映",
        "房东：何时退款",
        "林业主管部门咨询",
    ],
)
def test_what_only_looks_like_a_name_stays(text: str) -> None:
    assert mask(text) == text


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("邮箱zhang.san@example.com.cn", "邮箱***@example.com.cn"),
        ("微信号：abc123456", "微信号：******"),
        ("微信zhangsan_88加我", "微信******加我"),
        ("wx:wxid_abc123", "wx:******"),
        ("QQ：123456789", "QQ：******"),
        ("微信公众号发布", "微信公众号发布"),
    ],
)
def test_accounts_go(text, masked) -> None:
    assert mask(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "工单20260928-0417已办结",
        "20260928-0417号楼道灯",
        "编号20260928041712345678",
        "2026-11-25 09:30:00",
        "湘政办发〔2018〕12号",
        "ID:1795317880408",
        "<script>alert(1)</script>",
        "",
    ],
)
def test_order_numbers_dates_and_documents_stay(text: str) -> None:
    assert mask(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "138****5678室",
        "430*************3X",
        "湘A***45",
        "张**先生",
        "联系人：欧阳*，",
        "***@example.com",
        "〔楼栋〕室",
    ],
)
def test_what_is_masked_stays_as_it_is(text: str) -> None:
    assert mask(text) == text


PIECES = [
    "13812345678", "0731-87654321", "43010219900307123X", "6222021234567890123", "湘A12345", "粤B·D12345",
    "3栋", "2单元", "501室", "号楼", "先生", "联系人：", "市民", "我叫", "欧阳", "张", "三", "反映", "某",
    "女士", "微信", "abc123456", "@a.cn", "电话", "*", "-", " ", "，", "0", "12", "8765432", "A座",
    "〔楼栋〕", "栋", "室", "卫", "建国", "同志", "投诉人", "·", "安", "和", "园", "8-604", "8#604", "护照",
    "E12345678", "138.0013.8000", "姓名：",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_masking_twice_changes_nothing_in_what_people_write(text: str) -> None:
    assert mask(mask(text)) == mask(text)


@given(st.text(max_size=60))
def test_masking_twice_changes_nothing_in_any_text(text: str) -> None:
    assert mask(mask(text)) == mask(text)


@given(
    st.integers(0, 99_999_999),
    st.sampled_from(["", "电话", "tel:", "（", "，", "abc"]),
    st.sampled_from("，。)x 室"),
)
def test_no_mobile_number_survives(number: int, before: str, after: str) -> None:
    phone = f"138{number:08d}"

    assert phone not in mask(before + phone + after)


@pytest.mark.parametrize("nothing", [None, float("nan"), 7])
def test_what_is_no_text_becomes_an_empty_one(nothing) -> None:
    assert mask(nothing) == ""


def test_only_open_matters_show_their_text() -> None:
    assert not hidden("open")
    assert not hidden(Confidentiality.OPEN)
    assert all(hidden(word) for word in Confidentiality if word != Confidentiality.OPEN)
    assert hidden(None)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("王小明 13812345678 身份证 431102197001011234 家住幸福小区3栋", "家住幸福小区"),
        ("王小明 138****5678 身份证 431***34 家住幸福小区", "家住幸福小区"),
        ("联系人：张三丰，电话：13812345678，请尽快修复路灯", "请尽快修复路灯"),
        ("市民王女士反映停水三天", "市民反映停水三天"),
        ("市民王**反映停水三天", "市民反映停水三天"),
        ("投诉人欧阳娜娜反映漏水", "反映漏水"),
        ("欧阳女士（13812345678）多次来电，要求退款", "多次来电，要求退款"),
        ("车辆湘A12D45乱停乱放", "车辆乱停乱放"),
        ("车辆湘A***45乱停乱放", "车辆乱停乱放"),
        ("物业电话0746-8234567无人接听", "物业无人接听"),
        ("幸福小区停水，拨打88234567", "幸福小区停水，拨打"),
        ("污水直排 9 天，3 家单位推诿；本周五前清淤", "污水直排 9 天，3 家单位推诿；本周五前清淤"),
        ("20261029-0156 限11月30日前办结", "20261029-0156 限11月30日前办结"),
        ("投入1500000元改造管网", "投入1500000元改造管网"),
        ("雨天积水*严重*", "雨天积水*严重*"),
        (None, ""),
    ],
)
def test_on_a_wall_nothing_is_left_of_numbers_plates_and_names(text: str | None, said: str) -> None:
    assert projected(text) == said
    assert projected(mask(text)) == said
    assert projected(said) == said


@given(st.integers(13_000_000_000, 19_999_999_999), st.text(max_size=20), st.text(max_size=20))
def test_of_a_mobile_number_no_four_digits_reach_a_wall(number: int, before: str, after: str) -> None:
    said = projected(f"{before}，{number}，{after}")

    assert str(number)[:3] not in said or str(number)[:3] in before + after
    assert str(number)[-4:] not in said or str(number)[-4:] in before + after
