"""How fast a disclosure of 16 tables and narrative is published, beside LibreOffice: ``make bench-publishing``.

Processor time of a whole ``mingzhang publish`` in four formats (of it, that of starting Python with nothing to do), and of
LibreOffice converting the same Word document to PDF. Once each to warm the disk, then the least of three.
"""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

LEDGER = Path(__file__).resolve().parents[1] / "examples" / "social_insurance_centre_2024_ledger.xlsx"
FORMATS, LIMIT, TIMES = "xlsx,docx,pdf,html", 2.0, 3


def main() -> int:
    """Print the times; the status is 1 where the formats took more than two seconds after start-up."""
    mingzhang = str(Path(sys.executable).with_name("mingzhang"))
    with tempfile.TemporaryDirectory() as folder:
        started = least([mingzhang, "--version"])
        publish = [mingzhang, "publish", str(LEDGER), "--set", "cq2024", "--to", folder, "--formats", FORMATS]
        whole = least(publish)
        print(f"四种格式（{FORMATS}）连同编表、核对：{whole:.2f}秒，其中启动{started:.2f}秒（处理器时间）。")
        office = shutil.which("soffice")
        if office is None:
            print("没有装LibreOffice，无从比较。")
        else:
            word = next(Path(folder).glob("*.docx"))
            taken = least([office, "--headless", "--convert-to", "pdf", "--outdir", f"{folder}/office", str(word)])
            print(f"LibreOffice把其中的docx转成PDF：{taken:.2f}秒（处理器时间）。")
    return 0 if whole - started <= LIMIT else 1


def least(command: list[str]) -> float:
    """The least processor time of a few runs of a command, in seconds, the first one not counted."""
    return min([seconds(command) for _ in range(TIMES + 1)][1:])


def seconds(command: list[str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


if __name__ == "__main__":
    sys.exit(main())
