"""What a hand and a stamp leave on paper, as SVG: seal, signature, scanner dust.

The seal is no copy of a real one: it bears a plain star instead of the national
emblem and the words "BẢN MẪU" (specimen), so that nobody can mistake a page of the
demonstration for a paper of the agency it names.
"""

import math
from functools import lru_cache
from random import Random
from xml.sax.saxutils import escape

RED = "#d0202b"
INK = "#1d2f9e"
SPECIMEN = "BẢN MẪU"


def _arc_text(text, radius, size, *, top=True, spread=None):
    """Place ``text`` letter by letter on a circle around (50, 50)."""
    step = min(15.5, (spread or 250) / max(len(text), 1))
    start = -step * (len(text) - 1) / 2
    letters = []
    for index, letter in enumerate(text):
        if letter == " ":
            continue
        turn = start + index * step
        angle = math.radians(turn - 90 if top else 90 - turn)
        x = 50 + radius * math.cos(angle)
        y = 50 + radius * math.sin(angle)
        spin = turn if top else -turn
        letters.append(
            f'<text transform="translate({x:.2f} {y:.2f}) rotate({spin:.1f})" '
            f'text-anchor="middle" font-size="{size}">{escape(letter)}</text>'
        )
    return "".join(letters)


def _star(radius):
    points = []
    for index in range(10):
        reach = radius if index % 2 == 0 else radius * 0.4
        angle = math.radians(index * 36 - 90)
        points.append(
            f"{50 + reach * math.cos(angle):.2f},{47 + reach * math.sin(angle):.2f}"
        )
    return f'<polygon points="{" ".join(points)}"/>'


@lru_cache(maxsize=256)
def seal(upper, lower):
    """Return the SVG of a round red seal of 36 mm.

    :param upper: text of the ring's upper arc, the agency.
    :param lower: text in the middle, under the star.
    """
    return (
        '<svg class="seal" viewBox="0 0 100 100" xmlns="http://www.w3.org/2000/svg">'
        f'<g fill="{RED}" stroke="none" font-family="Liberation Serif" '
        'font-weight="bold" opacity="0.86">'
        f'<circle cx="50" cy="50" r="48" fill="none" stroke="{RED}" '
        'stroke-width="1.7"/>'
        f'<circle cx="50" cy="50" r="45.6" fill="none" stroke="{RED}" '
        'stroke-width="0.6"/>'
        f'<circle cx="50" cy="50" r="32" fill="none" stroke="{RED}" '
        'stroke-width="0.7"/>'
        + _arc_text(upper, 36.2, 8.2)
        + _arc_text(SPECIMEN, 40.6, 6.8, top=False, spread=62)
        + _star(13)
        + f'<text x="50" y="70" text-anchor="middle" font-size="6.4">{escape(lower)}'
        "</text></g></svg>"
    )


def signature(seed):
    """Return the SVG of a signature in blue ink, always the same for one ``seed``."""
    dice = Random(f"signature {seed}")
    slant, calm = dice.uniform(-4, 9), dice.uniform(0.5, 1.0)
    x, y = 12.0, 34.0
    # A tall first letter, a run of small ones, and a flourish back under them.
    path = [
        f"M {x:.1f} {y:.1f}",
        f"C {x - 6:.1f} {dice.uniform(2, 10):.1f} {x + 20 + slant:.1f} "
        f"{dice.uniform(-4, 8):.1f} {x + 10:.1f} {y + dice.uniform(-2, 12):.1f}",
    ]
    x += 10
    for _ in range(dice.randint(4, 9)):
        width, lift = dice.uniform(4, 13), dice.uniform(5, 24) * calm
        lift *= dice.choice((1, -1, -1))
        path.append(
            f"C {x + slant:.1f} {y + lift:.1f} {x + width + slant:.1f} "
            f"{y + lift * dice.uniform(0.3, 1.1):.1f} {x + width:.1f} "
            f"{y + dice.uniform(-7, 7):.1f}"
        )
        x += width
    if dice.random() < 0.7:
        path.append(
            f"C {x + dice.uniform(8, 30):.1f} {y - 22:.1f} "
            f"{x + dice.uniform(6, 28):.1f} {y + 18:.1f} "
            f"{dice.uniform(8, 40):.1f} {dice.uniform(38, 50):.1f}"
        )
    path.append(f"l {dice.uniform(10, 52):.1f} {dice.uniform(-9, 2):.1f}")
    return (
        '<svg class="ink" viewBox="0 0 140 56" xmlns="http://www.w3.org/2000/svg">'
        f'<path d="{" ".join(path)}" fill="none" stroke="{INK}" '
        f'stroke-width="{dice.uniform(1.1, 1.9):.2f}" stroke-linecap="round" '
        'stroke-linejoin="round" opacity="0.9"/></svg>'
    )


def dust(seed):
    """Return the SVG of the specks and the grey edge that an office scanner leaves."""
    dice = Random(f"dust {seed}")
    # One path of dots: a node for each speck makes the page slow to draw.
    specks = " ".join(
        f"M {dice.uniform(2, 208):.1f} {dice.uniform(2, 295):.1f} h 0.01"
        for _ in range(dice.randint(18, 45))
    )
    edge = dice.choice((0.6, 207.6))
    return (
        '<svg viewBox="0 0 210 297" width="210mm" height="297mm" '
        'xmlns="http://www.w3.org/2000/svg">'
        '<rect width="210" height="297" fill="#fbfaf6"/>'
        f'<rect x="{edge}" width="1.8" height="297" fill="#999" opacity="0.16"/>'
        f'<path d="{specks}" stroke="#555" stroke-width="0.45" '
        'stroke-linecap="round" fill="none" opacity="0.35"/></svg>'
    )
