import pytest

from xlperf.document.items import numbered_items


@pytest.mark.parametrize(
    ("line", "item"),
    [
        ("1.目标内容1", "目标内容1"),
        ("1、目标", "目标"),
        ("１．目标", "目标"),
        ("(1)目标", "目标"),
        ("（1）目标", "目标"),
        ("1）目标", "目标"),
        ("（一）目标", "目标"),
        ("1. 目标", "目标"),
        ("1.2023年完成建设", "2023年完成建设"),
        ("1.5万元用于培训", "1.5万元用于培训"),
        ("2023年完成建设", "2023年完成建设"),
    ],
)
def test_the_number_goes_and_the_text_stays(line, item):
    assert numbered_items([line]) == (item,)


def test_lines_without_a_number_go_on_with_the_item_before():
    assert numbered_items(["1.甲", "接着", "2.乙"]) == ("甲\n接着", "乙")


def test_an_introduction_stays_with_the_first_item():
    assert numbered_items(["总的说明", "1.甲", "2.乙"]) == ("总的说明\n甲", "乙")


def test_without_any_number_every_line_is_an_item():
    assert numbered_items(["甲", "乙"]) == ("甲", "乙")
    assert numbered_items([]) == ()
