"""Rule packs of xlperf.toml: what they come to, and what is said of those that make no sense."""

from __future__ import annotations

import re
from contextlib import suppress
from decimal import Decimal
from pathlib import Path

import pytest

from xlperf.jobs.own_packs import Table, own_packs
from xlperf.jobs.preferences import read_preferences
from xlperf.measure import PACKS, PARAMETERS, Pack, cells_of, find_pack
from xlperf.measure.parameters import NONE, YES, Parameter, also_known
from xlperf.model import UsageError

D = Decimal

COUNTY = """
[pack]
use = "本县2026"
[pack.county]
based-on = "national-2026"
name = "本县2026"
note = "县财〔2026〕3号。"
execution-cap = 20
good-from = 70.5
owing-likelihoods = ["有可能", "完全不可能"]
owing-equal = true
owing-excess = 0.2
unscaled-units = []
overrun = "零分法"
second-weights = "无"
month = 12
[pack.county.weights]
"产出" = 45
"效益指标+满意度指标" = 35.0
"""


def packs_in(path: Path, text: str) -> tuple[Pack, ...]:
    path.write_text(text, "utf-8")
    return tuple(read_preferences([str(path)]).packs)


def test_a_table_changes_a_named_pack(tmp_path: Path) -> None:
    (county,) = packs_in(tmp_path / "xlperf.toml", COUNTY)

    assert county == PACKS["national-2026"]._replace(
        key="county",
        zh="本县2026",
        en="本县2026",
        note="县财〔2026〕3号。",
        base="national-2026",
        execution=county.execution._replace(cap=20, bands=(), places=4),
        grades=((D(90), "优"), (D("70.5"), "良"), (D(60), "中"), (D(0), "差")),
        owing_likelihoods=("有可能", "完全不可能"),
        owing_equal=True,
        owing_excess=(D("0.2"),),
        unscaled_units=(),
        overrun="零分法",
        weights=(("产出指标", D(45)), ("效益指标+满意度指标", D(35))),
        second_weights=(),
        month=12,
    )


def test_the_example_of_the_readme_is_a_pack(tmp_path: Path) -> None:
    readme = Path(__file__).parents[2].joinpath("README.md").read_text("utf-8")
    (example,) = (block for block in re.findall(r"```toml\n(.*?)```", readme, re.DOTALL) if "[pack.county]" in block)

    (county,) = packs_in(tmp_path / "xlperf.toml", example)

    assert (county.key, county.zh, county.base) == ("county", "本县2026", "national-2026")
    assert county.weights == (("产出指标", 40), ("效益指标+满意度指标", 40))


def test_it_is_known_for_a_while(tmp_path: Path) -> None:
    (county,) = packs_in(tmp_path / "xlperf.toml", COUNTY)

    assert find_pack(cells_of(county)) == county._replace(key="", zh="", en="", note="")
    with also_known([county]):
        assert find_pack("county") is find_pack("本县2026") is find_pack(cells_of(county)) is county
    assert find_pack("county") is find_pack("本县2026") is None
    assert find_pack(cells_of(county)) == county._replace(key="", zh="", en="", note="")


def typed(parameter: Parameter, pack: Pack) -> object:
    """A parameter of a pack as somebody might type it."""
    cell = parameter.of(pack)
    if parameter.is_list:
        return [] if cell == NONE else str(cell).split("、")
    if parameter.words == (YES, "否"):
        return cell == YES
    if parameter.key in ("weights", "second_weights"):
        return dict(getattr(pack, parameter.key))
    return cell


@pytest.mark.parametrize("base", ["national-2026", "jiangxi"])
@pytest.mark.parametrize("pack", PACKS.values(), ids=PACKS.keys())
def test_every_pack_can_be_written_as_a_table_upon_another(pack: Pack, base: str) -> None:
    content = {parameter.key.replace("_", "-"): typed(parameter, pack) for parameter in PARAMETERS}

    (own,) = own_packs([Table("xlperf.toml", "own", {"based-on": base, **content})])

    assert cells_of(own) == cells_of(pack)
    assert find_pack(cells_of(own)) is pack


NAMES = "、".join(("based-on", "name", "note", *(parameter.key.replace("_", "-") for parameter in PARAMETERS)))
PACK_NAMES = "、".join(f'"{key}"' for key in PACKS)


def on(base: str, text: str) -> str:
    return f'[pack.a]\nbased-on = "{base}"\n{text}'


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (on("hebei", "best_form = 85"), "中没有 pack.a.best_form 这一项，是否应为 best-from？"),
        (on("hebei", "zzz = 85"), f"中没有 pack.a.zzz 这一项，可以写的有 {NAMES}。"),
        ("[pack.a]\nbest-from = 85", f'中的 pack.a.based-on 应为{PACK_NAMES}之一，现为 ""。'),
        (on("hebie", ""), f'中的 pack.a.based-on 应为{PACK_NAMES}之一，现为 "hebie"。'),
        (on("hebei", "name = 2026"), "中的 pack.a.name 应为引号里的文字，现为 2026。"),
        (on("hebei", "name = '承德 '"), '中的 pack.a.name 应为引号里的文字，现为 "承德 "。'),
        ('[pack." a"]\nbased-on = "hebei"', "中 pack. a 的名称为空，或含有看不见的字符，请换一个名称。"),
        ("[pack.hubei]\nbased-on = 'hebei'", "中 pack.hubei 的名称“hubei”已是另一个规则包的，请换一个名称。"),
        (on("hebei", "name = '湖北'"), "中 pack.a 的名称“湖北”已是另一个规则包的，请换一个名称。"),
        (
            on("hebei", "name = 'b'\n[pack.b]\nbased-on = 'hebei'"),
            "中 pack.b 的名称“b”已是另一个规则包的，请换一个名称。",
        ),
        (
            on("national-2026", "execution-cap = 20"),
            "中的 pack.a.weights 应为各类分值，连同 execution-cap 的20分合计100分，现为 合计110分。",
        ),
        (
            on("hebei", 'weights = {"产出" = 40, "效益" = 40, "满意度" = 10}'),
            "中的 pack.a.second-weights 应为产出指标之下合计40分，同 weights，现为 50分。",
        ),
        (
            on("hubei-2026", 'second-weights = {"社会效益" = 20, "服务对象满意度" = 10}'),
            "中的 pack.a.second-weights 应为效益指标+满意度指标之下合计40分，同 weights，现为 30分。",
        ),
        (
            on("hebei", 'second-weights = {"经济成本" = 20}'),
            "中的 pack.a.second-weights 应为成本指标之下合计0分，同 weights，现为 20分。",
        ),
        (
            on("hebei", "best-from = 70"),
            "中的 pack.a.fair-from 应为依次不小于前一项（fair-from、good-from、best-from），现为 60、80、70。",
        ),
        (
            on("jiangxi-2026", "band1-from = 0.9"),
            "中的 pack.a.band1-from 应为依次不小于前一项（band1-from、band2-from、band3-from），现为 0.9、0.8、1。",
        ),
        (
            on("hebei", "band1-from = 0.7"),
            "中的 pack.a.band2-from 应为比例，不加引号，如 0.8（即80%）"
            "（执行率二档自：中间一档；没有的同上一行），现为 无。",
        ),
        (
            on("jiangxi-2026", "band3-points = 11"),
            "中的 pack.a.band3-points 应为不超过 execution-cap 的10分，现为 11。",
        ),
        (
            on("hebei", "equal-exceeded = '优'"),
            '中的 pack.a.equal-exceeded 应为"达标"、"未达标"之一'
            "（等于型超过目标值：算达标还是未达标；得分都是满分），现为 优。",
        ),
        (
            on("hebei", "owing-lights = ['紫灯']"),
            '中的 pack.a.owing-lights 应为方括号里的文字，每个是"红灯"、"黄灯"、"绿灯"、"蓝灯"之一'
            "（须说明原因的指标预警：监控时；无表示不论），现为 紫灯。",
        ),
        (
            on("hebei", "rescale = 1"),
            "中的 pack.a.rescale 应为true 或 false，不加引号"
            "（缺类时重新折算：某个一级指标没有指标时，分值是否给其他类；是或否），现为 1。",
        ),
        (
            on("hebei", "month = 13"),
            "中的 pack.a.month 应为整数，不加引号，如 6（监控期：监控到几月底，可另行指定），现为 13。",
        ),
        (
            on("hebei", "month = 0"),
            "中的 pack.a.month 应为整数，不加引号，如 6（监控期：监控到几月底，可另行指定），现为 0。",
        ),
        (
            on("hebei", "alert-yellow-above = nan"),
            "中的 pack.a.alert-yellow-above 应为比例，不加引号，如 0.8（即80%）"
            "（自评黄色预警高于：预算未支付的比例），现为 NaN。",
        ),
        (
            on("hebei", "alert-yellow-above = '20%'"),
            "中的 pack.a.alert-yellow-above 应为比例，不加引号，如 0.8（即80%）"
            "（自评黄色预警高于：预算未支付的比例），现为 20%。",
        ),
        (
            on("hebei", 'weights = {"产出" = "五十"}'),
            '中的 pack.a.weights 应为各类的分值，如 { "产出指标" = 50 }'
            "（一级指标分值：“+”连接的几类合在一起），现为 {…}。",
        ),
    ],
)
def test_what_makes_no_sense_is_told_with_file_pack_and_key(tmp_path: Path, text: str, sentence: str) -> None:
    path = tmp_path / "xlperf.toml"

    with pytest.raises(UsageError) as error:
        packs_in(path, text)

    assert error.value.text() == f"设置文件 {path} {sentence}"
    assert error.value.text("en").isprintable()


@pytest.mark.parametrize("key", [parameter.key.replace("_", "-") for parameter in PARAMETERS])
@pytest.mark.parametrize(
    "value",
    [-1, 10**9, D("1e-9"), D("inf"), [["红灯"]], [1], {"产出指标": None}, {"": 50}, None, "", "、", " \u200b", b"x"],
    ids=repr,
)
def test_whatever_stands_there_is_refused_or_makes_a_pack_that_is_read_back(key: str, value: object) -> None:
    content = {"based-on": "national-2026", key: value}

    with suppress(UsageError):
        (own,) = own_packs([Table("xlperf.toml", "own", content)])
        assert find_pack(cells_of(own))
