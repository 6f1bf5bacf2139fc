"""Writes the documents that the import is tested with, from two versions of a sample standard of
the seed: the first as Word and PDF, the draft of the second as Word.

    python3 -m venv /tmp/documents && /tmp/documents/bin/pip install python-docx==1.1.2
    apt-get install --no-install-recommends libreoffice-writer-nogui poppler-utils fonts-noto-cjk
    /tmp/documents/bin/python tests/documents/write.py

LibreOffice makes the PDF and says on which page each heading stands. The documents are committed,
so that the tests need none of this.
"""

import re
import subprocess
import tempfile
from pathlib import Path

from standard import Standard, read
from word import label, write

HERE = Path(__file__).parent
SEED = HERE.parents[1] / "backend/seed/standards"
FIRST, SECOND = "jgsw-01-2026", "jgsw-01-2027"


def main() -> None:
    for name in (FIRST, SECOND):
        standard = read(SEED / f"{name}.md")
        document = HERE / f"{name}.docx"
        with tempfile.TemporaryDirectory() as folder:
            write(standard, {}, document)
            pages = _pages(standard, _pdf(document, Path(folder)))
            write(standard, pages, document)
    _pdf(HERE / f"{FIRST}.docx", HERE)


def _pdf(document: Path, folder: Path) -> Path:
    command = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", folder, document]
    subprocess.run(command, check=True, capture_output=True)
    return folder / f"{document.stem}.pdf"


def _pages(standard: Standard, pdf: Path) -> dict[str, int]:
    """Where each heading stands, counted from the first page of the body."""
    text = subprocess.run(["pdftotext", pdf, "-"], check=True, capture_output=True).stdout.decode()
    pages = [re.sub(r"\s", "", page) for page in text.split("\f")]
    body = next(at for at, page in enumerate(pages) if "前言" in page and "...." not in page)
    found, at = {}, body
    for part in standard.parts:
        if part.kind not in ("named", "heading", "appendix"):
            continue
        words = re.sub(r"\s", "", label(part))
        at = next((page for page in range(at, len(pages)) if words in pages[page]), at)
        found[label(part)] = at - body + 1
    return found


if __name__ == "__main__":
    main()
