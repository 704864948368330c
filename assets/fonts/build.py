"""Makes the three fonts from Inter's own web fonts: see README.md."""

import pathlib
import sys

from fontTools import subset
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

FAMILY = "Shadowpool Sans"
WEIGHTS = {"Regular": 400, "SemiBold": 600, "Bold": 700}
TABULAR = set("0123456789+=<>\u00b1\u2212")
FEATURES = ["ccmp", "locl", "kern", "mark", "mkmk", "sups", "subs"]
RANGES = [
    (0x20, 0x7E), (0xA0, 0x2DF), (0x300, 0x36F), (0x370, 0x3FF), (0x400, 0x52F), (0x1E00, 0x1FFF),
    (0x2000, 0x209C), (0x20A0, 0x20C0), (0x2100, 0x214F), (0x2150, 0x218B), (0x2190, 0x21FF), (0x25A0, 0x25FF),
]
SIGNS = [
    0x2202, 0x2206, 0x220F, 0x2211, 0x2212, 0x2215, 0x2219, 0x221A, 0x221E, 0x222B, 0x2248, 0x2260,
    0x2261, 0x2264, 0x2265, 0x2208, 0x2229, 0x222A, 0x2318, 0x2325, 0x232B, 0x2387, 0x23CE, 0x2605,
    0x2606, 0x26A0, 0x2713, 0x2714, 0x2715, 0x2717, 0x2756, 0x27E8, 0x27E9,
]
# Letters that are two in one, which Inter has apart only: set side by side.
PAIRS = {0x149: (0x2BC, 0x6E), 0x1C4: (0x44, 0x17D)}
# The arrows with which shortcuts name the arrow keys, drawn as the triangles the font has.
KEYS = {0x23F4: 0x25C0, 0x23F5: 0x25B6, 0x23F6: 0x25B2, 0x23F7: 0x25BC}


def main(folder):
    here = pathlib.Path(__file__).parent
    for style, weight in WEIGHTS.items():
        font = TTFont(pathlib.Path(folder) / f"Inter-{style}.woff2", recalcTimestamp=False)
        font.flavor = None
        make_tabular(font)
        add_pairs(font)
        cut_down(font)
        rename(font, style, weight)
        font.save(here / f"ShadowpoolSans-{style}.ttf")


def make_tabular(font):
    gsub = font["GSUB"].table
    tabular = {}
    for record in gsub.FeatureList.FeatureRecord:
        if record.FeatureTag == "tnum":
            for index in record.Feature.LookupListIndex:
                for table in gsub.LookupList.Lookup[index].SubTable:
                    tabular.update(getattr(table, "ExtSubTable", table).mapping)
    for table in font["cmap"].tables:
        for code, glyph in list(table.cmap.items()):
            if chr(code) in TABULAR:
                table.cmap[code] = tabular.get(glyph, glyph)
        for key, triangle in KEYS.items():
            if triangle in table.cmap:
                table.cmap[key] = table.cmap[triangle]


def add_pairs(font):
    letters = font.getBestCmap()
    for code, pair in PAIRS.items():
        pen, left = TTGlyphPen(font.getGlyphSet()), 0
        for part in pair:
            pen.addComponent(letters[part], (1, 0, 0, 1, left, 0))
            left += font["hmtx"][letters[part]][0]
        name = f"uni{code:04X}"
        font.setGlyphOrder([*font.getGlyphOrder(), name])
        font["glyf"][name] = pen.glyph()
        font["hmtx"][name] = (left, font["hmtx"][letters[pair[0]]][1])
        for table in font["cmap"].tables:
            if table.isUnicode():
                table.cmap[code] = name


def cut_down(font):
    options = subset.Options(
        layout_features=FEATURES, name_IDs=["*"], notdef_outline=True, glyph_names=False, recalc_timestamp=False
    )
    subsetter = subset.Subsetter(options)
    codes = [code for first, last in RANGES for code in range(first, last + 1)]
    subsetter.populate(unicodes=codes + SIGNS + list(KEYS))
    subsetter.subset(font)


def rename(font, style, weight):
    names = font["name"]
    has_own_family = style not in ("Regular", "Bold")
    full = FAMILY if style == "Regular" else f"{FAMILY} {style}"
    postscript = f"{FAMILY.replace(' ', '')}-{style}"
    texts = {
        0: "Copyright 2016 The Inter Project Authors (https://github.com/rsms/inter). "
        "Changed for Shadowpool: tabular figures by default, cut down, renamed.",
        1: full if has_own_family else FAMILY,
        2: "Regular" if has_own_family else style,
        3: f"4.1;{postscript}",
        4: full,
        6: postscript,
    }
    if has_own_family:
        texts |= {16: FAMILY, 17: style}
    for number in [7, 16, 17, 18, 21, 22, 25, *texts]:
        names.removeNames(nameID=number)
    for number, text in texts.items():
        names.setName(text, number, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight


main(sys.argv[1])
