"""Words set by typst in fonts of our own: letters on paper, and the pictures that links are shown with."""

from pathlib import Path

FOLDER = Path(__file__).parent
FONTS = FOLDER / "fonts"
