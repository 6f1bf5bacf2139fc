"""Prints the slides of the sample courses as the PDF that the seed stores.

    apt-get install --no-install-recommends chromium fonts-noto-cjk
    python3 -m venv /tmp/slides && /tmp/slides/bin/pip install pikepdf==10.18.0
    /tmp/slides/bin/python backend/seed/print.py

The PDF is committed and holds the letters it needs: nobody needs this who does not change a slide.
"""

import subprocess
import tempfile
from pathlib import Path

import pikepdf

HERE = Path(__file__).parent
SLIDES, COURSES = HERE / "slides", HERE / "courses"


def main() -> None:
    for page in sorted(SLIDES.glob("*/*.html")):
        with tempfile.TemporaryDirectory() as folder:
            printed = Path(folder, "printed.pdf")
            subprocess.run(
                ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
                 f"--print-to-pdf={printed}", page.as_uri()],
                check=True, capture_output=True,
            )
            pack(printed, COURSES / page.parent.name / page.with_suffix(".pdf").name)


def pack(printed: Path, to: Path) -> None:
    """Halves it: the letters are many small objects, which are compressed together."""
    with pikepdf.open(printed) as pdf:
        # When it was printed is nobody's business, and would change the file each time.
        for date in ("/CreationDate", "/ModDate"):
            if date in pdf.docinfo:
                del pdf.docinfo[date]
        together = pikepdf.ObjectStreamMode.generate
        pdf.save(to, object_stream_mode=together, recompress_flate=True, deterministic_id=True)


if __name__ == "__main__":
    main()
