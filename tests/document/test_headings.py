import pytest

from xlperf.document.headings import contents, heading, part, section, stated_year, title


@pytest.mark.parametrize(
    ("text", "number", "name"),
    [
        ("1.办案业务经费绩效目标表", 1, "办案业务经费"),
        ("[bookmark: _Toc_4]4.2023年补助(【2023】6号）经费绩效目标表", 4, "2023年补助(【2023】6号）经费"),
        ("１．办案业务经费绩效目标表", 1, "办案业务经费"),
        ("12、办案业务经费 绩效目标表", 12, "办案业务经费"),
        ("办案业务经费绩效目标表（续）", None, "办案业务经费"),
        ("项目支出绩效目标表", None, "项目支出"),
        ("2023年补助经费绩效目标表", None, "2023年补助经费"),
    ],
)
def test_a_heading_is_split_at_its_first_point(text, number, name):
    assert heading(text)[:2] == (number, name)


def test_other_texts_are_no_heading():
    assert heading("绩效目标") is None
    assert heading("绩效目标表由各单位填报") is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("一、总体绩效目标", "overall"),
        ("总体绩效目标", "overall"),
        ("一、部门整体绩效目标：", "overall"),
        ("二．分项绩效目标", "sub"),
        ("（三）工作保障措施", "safeguards"),
        ("部门整体绩效目标", None),
        ("提高总体绩效目标", None),
    ],
)
def test_sections(text, name):
    assert section(text) == name


def test_titles_state_a_year():
    assert title("承德市某法院2023年部门预算绩效文本")
    assert all(map(title, ("第一部分", "（2024年度）", "2023年2月", "目录")))
    assert part("第二部分 预算项目绩效目标")
    assert not title("保证办公")
    assert stated_year("2023年部门预算") == 2023
    assert stated_year("2023年2月") is None


def test_a_table_of_contents_is_known_by_its_pages():
    assert contents("1.办案业务经费绩效目标表\t5")
    assert contents("一、总体绩效目标……………3")
    assert not contents("1.办案业务经费绩效目标表")
    assert not contents("购置设备 5")
