"""Paints the drawings of the sample courses as the pictures that the seed stores.

    apt-get install --no-install-recommends chromium fonts-noto-cjk
    python3 -m venv /tmp/drawings && /tmp/drawings/bin/pip install pillow==12.0.0
    /tmp/drawings/bin/python backend/seed/draw.py

A drawing (SVG) may hold programs, so that none is taken in from outside; a picture goes wherever an
officer's own go, into course packages too. The pictures are committed: nobody needs this who does not
change a drawing.
"""

import re
import subprocess
import tempfile
from pathlib import Path

from PIL import Image

HERE = Path(__file__).parent
DRAWINGS, COURSES = HERE / "drawings", HERE / "courses"
# Pixels for each unit of a drawing: sharp on a phone held upright.
SCALE = 1.25
# Drawings of one screenshot, which a browser bounds in its height.
AT_ONCE = 15
# Flat drawings have few; the rest is smoothing.
COLOURS = 32


def main() -> None:
    drawings = sorted(DRAWINGS.glob("*/*.svg"))
    for at in range(0, len(drawings), AT_ONCE):
        paint(drawings[at : at + AT_ONCE])


def paint(drawings: list[Path]) -> None:
    sizes = [size(it) for it in drawings]
    images = (
        f'<img src="{path.as_uri()}" width="{width}" height="{height}" style="display:block">'
        for path, (width, height) in zip(drawings, sizes)
    )
    with tempfile.TemporaryDirectory() as folder:
        page, shot = Path(folder, "page.html"), Path(folder, "shot.png")
        page.write_text(f'<body style="margin:0">{"".join(images)}', encoding="utf-8")
        width, height = max(it[0] for it in sizes), sum(it[1] for it in sizes)
        # The headless window keeps some of its height for itself.
        subprocess.run(
            ["chromium", "--headless", "--no-sandbox", "--hide-scrollbars", "--disable-gpu",
             "--allow-file-access-from-files", f"--force-device-scale-factor={SCALE}",
             f"--window-size={width},{height + 200}", f"--screenshot={shot}", page.as_uri()],
            check=True, capture_output=True,
        )
        whole = Image.open(shot).convert("RGB")
    top = 0
    for path, (width, height) in zip(drawings, sizes):
        box = (0, round(top * SCALE), round(width * SCALE), round((top + height) * SCALE))
        top += height
        few = whole.crop(box).quantize(COLOURS, dither=Image.Dither.NONE)
        picture = COURSES / path.parent.name / path.with_suffix(".png").name
        few.save(picture, optimize=True)


def size(drawing: Path) -> tuple[int, int]:
    box = re.search(r'viewBox="0 0 (\d+) (\d+)"', drawing.read_text(encoding="utf-8"))
    return int(box[1]), int(box[2])


if __name__ == "__main__":
    main()
