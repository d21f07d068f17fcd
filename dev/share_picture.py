"""Makes the picture that links to the site itself are shown with: python -m dev.share_picture

Only for changing how it looks; the result is kept in static/img/share.png.
"""

from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "campaigns" / "demo" / "pictures" / "two-cities-1280.webp"
FONT = ROOT / "campaigns" / "typesetting" / "fonts" / "headlines" / "NotoSerif-Bold.ttf"
RESULT = ROOT / "static" / "img" / "share.png"
WIDTH, HEIGHT = 1200, 630
# The heights of the band with the name, and of what lies above the skylines in the picture.
BAND, SKY = 170, 190
PAPER, INK, BLUE, RUST = "#fbfaf7", "#1b2028", "#234b8a", "#a23e12"
# The linocut's paper, and what lies halfway from paper to each ink: so few keep the file below 100 kB.
COLOURS = (PAPER, INK, BLUE, RUST, "#f4ede0", "#bb552b", "#8b9cb3", "#d8a186", "#8b8e90")
# Drawn so many times larger, for smooth edges.
FINE = 4


def main() -> None:
    drawn = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    with Image.open(PICTURE) as picture:
        wide = picture.convert("RGB").resize((WIDTH, WIDTH * picture.height // picture.width), Image.Resampling.LANCZOS)
    drawn.paste(wide.crop((0, SKY, WIDTH, SKY + HEIGHT - BAND)), (0, BAND))
    drawn.paste(band().resize((WIDTH, BAND), Image.Resampling.LANCZOS))
    drawn.quantize(palette=palette(), dither=Image.Dither.NONE).save(RESULT, "PNG", optimize=True)
    print(f"{RESULT}: {RESULT.stat().st_size // 1000} kB")


def band() -> Image.Image:
    """Two rings, as in the site's head, and its name."""
    large = Image.new("RGB", (WIDTH * FINE, BAND * FINE), PAPER)
    pen = ImageDraw.Draw(large)
    radius, line, middle = 34 * FINE, 7 * FINE, BAND * FINE // 2
    places = {BLUE: 48 * FINE + radius, RUST: 48 * FINE + radius * 9 // 4}
    for colour, x in places.items():
        pen.ellipse((x - radius, middle - radius, x + radius, middle + radius), outline=colour, width=line)
    # The blue one passes over the other on its way down.
    x = places[BLUE]
    pen.arc((x - radius, middle - radius, x + radius, middle + radius), -80, 0, fill=BLUE, width=line)
    font = ImageFont.truetype(str(FONT), 64 * FINE)
    pen.text((210 * FINE, middle), "Sister City Campaigns", fill=INK, font=font, anchor="lm")
    return large


def palette() -> Image.Image:
    found = Image.new("P", (1, 1))
    found.putpalette([int(colour[place : place + 2], 16) for colour in COLOURS for place in (1, 3, 5)])
    return found


if __name__ == "__main__":
    main()
