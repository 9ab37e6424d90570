"""The pictures of the README, as LibreOffice prints them; run after `python -m xlperf.dev.derive`."""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
FOLDER = HERE.parents[1] / "workbooks"
RESOLUTION = 110

# picture → workbook, page, and the part of the page worth showing: left, top, width, height in pixels
PICTURES = {
    "绩效目标表.png": ("3-绩效目标表（已填）/02_*.xlsx", 5, (40, 55, 830, 755)),
    "运行监控表.png": ("5-运行监控表（已填）/02_*.xlsx", 5, (40, 55, 1207, 680)),
    "绩效自评表.png": ("8-绩效自评表（已填）/02_*.xlsx", 5, (45, 55, 820, 690)),
    "支出进度.png": ("8-绩效自评表（已填）/02_*.xlsx", 6, (45, 55, 820, 540)),
    "部门汇总表.png": ("9-部门汇总表.xlsx", 1, (30, 40, 1230, 760)),
}


def main() -> None:
    """Draw every picture anew."""
    environment = {**os.environ, "FONTCONFIG_FILE": str(HERE / "fonts.conf")}
    for name, (pattern, page, box) in PICTURES.items():
        source = next(FOLDER.glob(pattern))
        with tempfile.TemporaryDirectory() as folder:
            office = [f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf"]
            subprocess.run(["soffice", *office, "--outdir", folder, str(source)], env=environment, check=True)
            pdf = next(Path(folder).glob("*.pdf"))
            crop = [word for flag, size in zip("xyWH", box, strict=True) for word in (f"-{flag}", str(size))]
            target = FOLDER / name
            subprocess.run(
                [
                    "pdftoppm",
                    "-png",
                    "-singlefile",
                    "-r",
                    str(RESOLUTION),
                    "-f",
                    str(page),
                    *crop,
                    pdf,
                    target.with_suffix(""),
                ],
                check=True,
            )


if __name__ == "__main__":
    main()
