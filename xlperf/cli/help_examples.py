"""Two examples for the end of each command's help, in Chinese and English. Each of them runs as it stands."""

from __future__ import annotations

Pair = tuple[str, str]

# fmt: off
EXAMPLES: dict[str, tuple[Pair, Pair]] = {
    "xlperf parse": (
        ("xlperf parse 绩效文本.docx", "xlperf parse plan.docx"),
        ("xlperf parse 绩效文本.docx --json", "xlperf parse plan.docx --json"),
    ),
    "xlperf generate": (
        ("xlperf generate 绩效文本.docx --period monitoring --as-of 2026-10-31 -o 监控表",
            "xlperf generate plan.docx --period monitoring --as-of 2026-10-31 -o forms"),
        ("xlperf generate --blank 8 --year 2026 -o 目标表", "xlperf generate --blank 8 --year 2026 -o blank"),
    ),
    "xlperf check": (
        ("xlperf check 已填监控表 --errors", "xlperf check returned --errors"),
        ("xlperf check 已填监控表 --annotate 检查", "xlperf check returned --annotate checked"),
    ),
    "xlperf consolidate": (
        ("xlperf consolidate 已填监控表 -o 汇总表.xlsx --expected 绩效文本.docx",
            "xlperf consolidate returned -o summary.xlsx --expected plan.docx"),
        ("xlperf consolidate 已填监控表 -o 汇总表.xlsx --force", "xlperf consolidate returned -o summary.xlsx --force"),
    ),
    "xlperf changes": (
        ("xlperf changes 汇总表.sqlite", "xlperf changes summary.sqlite"),
        ("xlperf changes 汇总表.sqlite --since 2026-10-31", "xlperf changes summary.sqlite --since 2026-10-31"),
    ),
    "xlperf export": (
        ("xlperf export paste 已填监控表 -o 粘贴表", "xlperf export paste returned -o paste"),
        ("xlperf export paste 已填监控表 -o 粘贴表 --force", "xlperf export paste returned -o paste --force"),
    ),
    "xlperf demo": (
        ("xlperf demo", "xlperf demo"),
        ("xlperf demo 示例", "xlperf demo example"),
    ),
    "xlperf addin build": (
        ("xlperf addin build -o 加载项", "xlperf addin build -o addins"),
        ("xlperf addin build -o 加载项 --force", "xlperf addin build -o addins --force"),
    ),
    "xlperf addin install": (
        ("xlperf addin install", "xlperf addin install"),
        ("xlperf addin install excel", "xlperf addin install excel"),
    ),
    "xlperf addin uninstall": (
        ("xlperf addin uninstall", "xlperf addin uninstall"),
        ("xlperf addin uninstall libreoffice", "xlperf addin uninstall libreoffice"),
    ),
    "xlperf addin restamp": (
        ("xlperf addin restamp 监控表.xlsm", "xlperf addin restamp form.xlsm"),
        ("xlperf addin restamp 监控表.xlsm 自评表.xlsm", "xlperf addin restamp form.xlsm other.xlsm"),
    ),
    "xlperf addin functions": (
        ("xlperf addin functions", "xlperf addin functions"),
        ("xlperf addin functions SCORE", "xlperf addin functions SCORE"),
    ),
    "xlperf doctor": (
        ("xlperf doctor", "xlperf doctor"),
        ("xlperf doctor --excel-check 自检.xlsx", "xlperf doctor --excel-check self-check.xlsx"),
    ),
    "xlperf drop": (
        ("xlperf drop check 已填监控表 --no-open", "xlperf drop check returned --no-open"),
        ("xlperf drop consolidate 已填监控表 --no-open", "xlperf drop consolidate returned --no-open"),
    ),
    "xlperf bundle windows": (
        ("xlperf bundle windows --python python-3.11.9-embed-amd64.zip -o xlperf-win64.zip",
            "xlperf bundle windows --python python-3.11.9-embed-amd64.zip -o xlperf-win64.zip"),
        ("xlperf bundle windows --python python-3.11.9-embed-amd64.zip --wheels 轮子 -o xlperf-win64.zip",
            "xlperf bundle windows --python python-3.11.9-embed-amd64.zip --wheels wheels -o xlperf-win64.zip"),
    ),
    "xlperf bundle linux": (
        ("xlperf bundle linux --python python.tar.gz -o xlperf-linux.tar.gz",
            "xlperf bundle linux --python python.tar.gz -o xlperf-linux.tar.gz"),
        ("xlperf bundle linux --arch aarch64 --python python.tar.gz -o xlperf-arm64.tar.gz",
            "xlperf bundle linux --arch aarch64 --python python.tar.gz -o xlperf-arm64.tar.gz"),
    ),
    "xlperf bundle install": (
        ("xlperf bundle install", "xlperf bundle install"),
        ("xlperf bundle install --lang en", "xlperf bundle install --lang en"),
    ),
    "xlperf bundle uninstall": (
        ("xlperf bundle uninstall", "xlperf bundle uninstall"),
        ("xlperf bundle uninstall --lang en", "xlperf bundle uninstall --lang en"),
    ),
    "xlperf pack": (
        ("xlperf pack", "xlperf pack"),
        ("xlperf pack hebei", "xlperf pack hebei"),
    ),
    "xlperf rule": (
        ("xlperf rule", "xlperf rule"),
        ("xlperf rule XPF425", "xlperf rule XPF425"),
    ),
}
# fmt: on
