"""Turn the drawings into the pictures that are kept: ``python -m demo.pictures.render``.

Needs Chromium and playwright; the demo city loads the pictures that are kept, not these drawings.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from demo.pictures import indoors, outdoors, together, town
from demo.pictures.kit import HEIGHT, WIDTH

HERE = Path(__file__).parent
MAX_BYTES = 60_000


def render() -> None:
    """Write one WebP per drawing beside this file."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        for name, draw in (town.PICTURES | outdoors.PICTURES | indoors.PICTURES | together.PICTURES).items():
            page.set_content(f'<body style="margin:0">{draw()}</body>')
            shot = Image.open(BytesIO(page.screenshot())).convert("RGB")
            target = HERE / f"{name}.webp"
            shot.save(target, "WEBP", quality=82, method=6)
            if target.stat().st_size > MAX_BYTES:
                raise SystemExit(f"{target.name}: {target.stat().st_size} bytes, {MAX_BYTES} at most")
        browser.close()


if __name__ == "__main__":
    render()
