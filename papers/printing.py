"""The bulletin as a PDF to print, in faces this machine has: by LibreOffice, else by the browser."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from papers.official import Fonts

CHAINS = {
    "title": (
        "方正小标宋简体",
        "FZXiaoBiaoSong-B05S",
        "小标宋",
        "Noto Serif CJK SC",
        "Source Han Serif SC",
        "SimSun",
    ),
    "body": (
        "仿宋_GB2312",
        "FangSong_GB2312",
        "FangSong",
        "仿宋",
        "Noto Serif CJK SC",
        "Source Han Serif SC",
        "SimSun",
    ),
    "first": ("黑体", "SimHei", "Noto Sans CJK SC", "Source Han Sans SC", "Noto Serif CJK SC"),
    "second": ("楷体_GB2312", "KaiTi_GB2312", "KaiTi", "楷体", "Noto Serif CJK SC", "Source Han Serif SC"),
    "number": ("宋体", "SimSun", "Noto Serif CJK SC", "Source Han Serif SC"),
}
"""By role: the face the standard asks for, then what may stand in for it, the best first."""

LAST_RESORT = ("Noto Sans CJK SC", "WenQuanYi Zen Hei", "WenQuanYi Micro Hei", "Droid Sans Fallback")

SECONDS = 60
"""A program that has not printed by then never will."""


class CannotPrint(RuntimeError):
    """No PDF can be made: a sentence in Chinese (`zh`) and English (`en`)."""

    def __init__(self, zh: str, en: str) -> None:
        self.zh, self.en = zh, en
        super().__init__(zh)


def printer() -> str | None:
    """The office program of this machine; None where there is none."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def browser() -> str | None:
    """The browser of this machine that prints without a screen; None where there is none."""
    names = (os.environ.get("CHROMIUM") or "", "chromium", "chromium-browser", "google-chrome")
    return next((found for found in map(shutil.which, filter(None, names)) if found), None)


def installed() -> set[str]:
    """Names of the Chinese faces of this machine, as ``fc-list`` says them."""
    if shutil.which("fc-list") is None:
        raise CannotPrint(
            "本机没有 fc-list，无法确认中文字体，不生成 PDF。请安装 fontconfig。",
            "There is no fc-list here, so Chinese fonts cannot be checked: no PDF. Install fontconfig.",
        )
    told = subprocess.run(
        ["fc-list", ":lang=zh-cn", "family"], capture_output=True, text=True, timeout=SECONDS, check=False
    )
    return {name.strip() for line in told.stdout.splitlines() for name in line.split(",") if name.strip()}


def faces(known: set[str]) -> Fonts:
    """For each role the best face that is installed; raises CannotPrint where no Chinese one is."""
    chosen = {}
    for role, chain in CHAINS.items():
        found = [name for name in (*chain, *LAST_RESORT) if name in known]
        if not found:
            raise CannotPrint(
                "本机没有中文字体，PDF 会印成方框，因此不生成。请安装仿宋、小标宋或 fonts-noto-cjk。",
                "No Chinese font is installed and the PDF would be boxes: install fonts-noto-cjk.",
            )
        chosen[role] = found[0]
    return Fonts(**chosen)


def substitutions(fonts: Fonts) -> str:
    """What stands in for which face, in words; empty where nothing does."""
    instead: dict[str, list[str]] = {}
    for role, chain in CHAINS.items():
        got = getattr(fonts, role)
        if got != chain[0]:
            instead.setdefault(got, []).append(chain[0])
    told = [f"以 {got} 代{'、'.join(wanted)}" for got, wanted in instead.items()]
    return f"注：印制本件的机器缺字体，{'，'.join(told)}。" if told else ""


@dataclass(frozen=True)
class Makers:
    """The paper in given faces, with a note at its end: as a Word file, and as a page for a browser."""

    word: Callable[[Fonts, str], bytes]
    page: Callable[[Fonts, str], str]


def printed(makers: Makers, known: set[str] | None = None) -> bytes | None:
    """The paper printed by what this machine has: the Word file itself, else its page by the browser.

    None where neither program is there; raises CannotPrint. ``known``: faces instead of those installed.
    """
    by_office, by_browser = printer(), browser()
    if by_office:
        return pdf(makers.word, by_office, known)
    if not by_browser:
        return None
    fonts = faces(installed() if known is None else known)
    with tempfile.TemporaryDirectory() as folder:
        return _by_browser(by_browser, Path(folder), makers.page(fonts, substitutions(fonts)))


def pdf(make: Callable[[Fonts, str], bytes], program: str, known: set[str] | None = None) -> bytes:
    """The Word file that ``make`` writes in the faces of this machine, by the office; raises CannotPrint."""
    fonts = faces(installed() if known is None else known)
    with tempfile.TemporaryDirectory() as folder:
        return _by_office(program, Path(folder), make(fonts, substitutions(fonts)))


def _by_office(program: str, folder: Path, body: bytes) -> bytes:
    source = folder / "paper.docx"
    source.write_bytes(body)
    own = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    asked = [own, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(source)]
    return _printed(program, asked, source.with_suffix(".pdf"))


def _by_browser(program: str, folder: Path, page: str) -> bytes:
    source, made = folder / "paper.html", folder / "paper.pdf"
    source.write_text(page, encoding="utf-8")
    own = [f"--user-data-dir={folder / 'profile'}", "--headless", "--no-sandbox", "--disable-gpu"]
    quiet = ["--disable-background-networking", "--no-pdf-header-footer", f"--print-to-pdf={made}"]
    return _printed(program, [*own, *quiet, source.as_uri()], made)


def _printed(program: str, asked: list[str], made: Path) -> bytes:
    """What the program printed; raises CannotPrint where it fails, or prints nothing."""
    name = Path(program).name
    try:
        subprocess.run([program, *asked], capture_output=True, timeout=SECONDS, check=True)
        return made.read_bytes()
    except (subprocess.SubprocessError, OSError) as error:
        why = type(error).__name__
        raise CannotPrint(f"{name} 没有印出 PDF（{why}）。", f"{name} printed no PDF ({why}).") from None
