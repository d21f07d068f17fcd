"""Letters and address labels on paper: as PDF where typst is installed, and as pages to print."""

from pathlib import Path

SHEETS = Path(__file__).parent / "sheets"
