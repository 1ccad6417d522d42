#!/usr/bin/env python3
"""Make every font and licence file of this folder again from seven npm packages.

    python3 fonts/build.py                 write the files into this folder
    python3 fonts/build.py --check         build into a temporary folder and compare
                                           SHA-256 with the files here (exit 1 if different)
    python3 fonts/build.py --packages DIR  use the .tgz files in DIR, made by `npm pack`,
                                           instead of calling npm

Needs Python 3.9 or later, npm, and exactly these three (with uharfbuzz, fontTools packs
GSUB and GPOS in another order than without):

    pip install fonttools==4.68.0 uharfbuzz==0.57.0 brotli==1.2.1

The result is the same, byte for byte, each time: package versions and their SHA-512
are fixed below, and no font is given a new date.

What happens to each font:

  PretendardVariable.ttf     copied. "Pretendard" is a reserved name: never edit this file.
  D2Coding*.ttf              copied. "D2Coding" is a reserved name: never edit these files.
  NotoColorEmoji.ttf         `SVG ` and the vertical metrics dropped; every advance that is
                             not zero becomes half an em, so that PDF text extractors keep
                             the reading order. Outlines, colours and GSUB stay as they are.
  NotoSansKR-*.ttf           subset to what Pretendard does not have (Hanja, Jamo, box
                             drawing, symbols), with the GSUB features for old Hangul; no hinting.
  NotoSerifKR-*.ttf          subset to Hangul syllables, Latin, Greek, punctuation and symbols
                             (no Hanja); figures of one width; no hinting. Contours that
                             several glyphs share are stored once, as components: the same
                             outlines, half the size.
  FiraSans-*.ttf             subset to Latin, Greek, Cyrillic, punctuation and symbols; no hinting.
  STIXTwoText-*.ttf          the same.

All but PLAIN are compressed with Brotli, as NAME.ttf.br.
"""

import argparse
import base64
import hashlib
import io
import subprocess
import sys
import tarfile
import tempfile
from collections import Counter
from pathlib import Path

try:
    import brotli
    import fontTools
    import uharfbuzz
    from fontTools import subset
    from fontTools.ttLib import TTFont
    from fontTools.ttLib.tables._g_l_y_f import Glyph, GlyphComponent, GlyphCoordinates
    from fontTools.ttLib.tables.ttProgram import Program
except ImportError:
    sys.exit("a package is missing: pip install fonttools==4.68.0 uharfbuzz==0.57.0 brotli==1.2.1")

FONTTOOLS = "4.68.0"
UHARFBUZZ = "0.57.0"
BROTLI = "1.2.1"
HERE = Path(__file__).resolve().parent

# The fonts of most documents, which are not compressed: a run is not to wait for them.
PLAIN = {"D2Coding.ttf", "NotoColorEmoji.ttf", "PretendardVariable.ttf"}

# name: (npm package, version, file that `npm pack` writes, SHA-512 of that file)
PACKAGES = {
    "pretendard": (
        "pretendard", "1.3.9", "pretendard-1.3.9.tgz",
        "PaQAADyLY5v4kYFwkpSJHbSSYIkiriY/1xXw75TKoZ9UQQqeU+tvP05yTdZAWibiIYoo8ZKtRv8PM7w0IaywSw==",
    ),
    "d2coding": (
        "@kfonts/d2coding", "0.2.0", "kfonts-d2coding-0.2.0.tgz",
        "jKhz5i6O9IRcygKeKO2T9bOZfOigbSQkLxcf2vGssiFkB1awjSBjmE+IWxT2ArkVx4yrlFdCvc5o3tArViEOdA==",
    ),
    "emoji": (
        "@expo-google-fonts/noto-color-emoji", "0.4.6",
        "expo-google-fonts-noto-color-emoji-0.4.6.tgz",
        "2pAakFka8eSDCHB5d6NNp/7WrOZAiVYcycOqAbccPd8P8zaWUVfQ0N3y84nNPmhCQT9qzM9bpDi6cgMu6fRKEg==",
    ),
    "noto": (
        "@expo-google-fonts/noto-sans-kr", "0.4.3",
        "expo-google-fonts-noto-sans-kr-0.4.3.tgz",
        "EVS/uJPcf1TgJtjmQmrFr0oGdcl7ml09CSu0E/AyGzR0UfzdR2pBbzWWPsnuzZiGUl643ODYwYiXK5+B+fLjhQ==",
    ),
    "serif": (
        "@expo-google-fonts/noto-serif-kr", "0.4.3",
        "expo-google-fonts-noto-serif-kr-0.4.3.tgz",
        "thoZx9Dcr4CrjFdhOAVJXuv31rkirogUHkY0XUBybyC97NBO18Q2/achY+KfvLVabEZvmEEAH829Y9YUALZbIQ==",
    ),
    "fira": (
        "@expo-google-fonts/fira-sans", "0.4.1", "expo-google-fonts-fira-sans-0.4.1.tgz",
        "zQVs67baYyBVEScaCGKG3MBtGe2hPNc7R3Axmj7JmWs310kOem4poL1mB+O52rwfFqiigzxV876BHFZBxoie1Q==",
    ),
    "stix": (
        "@expo-google-fonts/stix-two-text", "0.4.2", "expo-google-fonts-stix-two-text-0.4.2.tgz",
        "FAPxhJFctQxPo1nz6mrblkUADIJfyn22xzVZu1x0sWeXkw+zFDCiq5CKWO7zl1Qwyzd1D1mxc8ix10Z6mxOeFQ==",
    ),
}

# The D2Coding package has no licence text. The first notice is name record 0 of both
# fonts; the second is the notice under which the project publishes them.
D2CODING_NOTICE = """\
Copyright (c) 2015-2016 NHN Corporation. All rights reserved. Font designed by FONTRIX Inc.
Copyright (c) 2015, NAVER Corporation (http://www.navercorp.com),
with Reserved Font Name D2Coding.

"""

SYLLABLES = range(0xAC00, 0xD7A4)

# What the serif font keeps, as far as the source has it: Latin, Greek, punctuation,
# currency, letter-like signs, arrows, mathematics, circled figures, geometric shapes, CJK
# punctuation, Hangul letters, ㈜ and units, full-width forms. Kana stay with the Hanja.
SERIF = [
    (0x20, 0x24F), (0x2B0, 0x36F), (0x370, 0x3FF), (0x1E00, 0x1EFF), (0x2000, 0x22FF),
    (0x2460, 0x24FF), (0x25A0, 0x25FF), (0x3000, 0x303F), (0x3131, 0x318E), (0x3200, 0x33FF),
    (0xAC00, 0xD7A3), (0xFF01, 0xFF5E), (0xFFE0, 0xFFE6),
]

# What the Latin fonts keep: Latin, combining marks, Greek, Cyrillic, punctuation, currency,
# letter-like signs, arrows, mathematics, geometric shapes.
LATIN = [
    (0x20, 0x24F), (0x250, 0x36F), (0x370, 0x52F), (0x1E00, 0x1EFF), (0x2000, 0x22FF),
    (0x25A0, 0x25FF), (0xFB00, 0xFB06),
]
LATIN_STYLES = ["400Regular", "400Regular_Italic", "600SemiBold", "700Bold"]


def package(key, folder, given):
    """Return {path: bytes} of one npm package, its SHA-512 checked."""
    name, version, filename, sha512 = PACKAGES[key]
    if given:
        archive = Path(given) / filename
    else:
        archive = Path(folder) / filename
        subprocess.run(
            ["npm", "pack", f"{name}@{version}", "--silent", "--ignore-scripts"],
            cwd=folder, check=True, stdout=subprocess.DEVNULL,
        )
    data = archive.read_bytes()
    if base64.b64encode(hashlib.sha512(data).digest()).decode() != sha512:
        sys.exit(f"{filename}: not the package this script was written for")
    with tarfile.open(fileobj=io.BytesIO(data)) as tar:
        return {
            m.name.split("/", 1)[1]: tar.extractfile(m).read()
            for m in tar
            if m.isfile() and m.name.endswith((".ttf", "LICENSE.txt", "LICENSE_FONT"))
        }


def load(data):
    return TTFont(io.BytesIO(data), recalcTimestamp=False, recalcBBoxes=False)


def save(font):
    out = io.BytesIO()
    font.save(out, reorderTables=None)
    return out.getvalue()


def emoji_font(data):
    """Drop `SVG ` and vertical metrics; set each advance to half an em."""
    font = load(data)
    for tag in ("SVG ", "vhea", "vmtx"):
        del font[tag]
    half = font["head"].unitsPerEm // 2
    metrics = font["hmtx"].metrics
    for glyph, (advance, bearing) in metrics.items():
        if advance:
            metrics[glyph] = (half, bearing)
    font["hhea"].advanceWidthMax = half
    font["OS/2"].xAvgCharWidth = half
    return save(font)


def fallback_font(data, body):
    """Keep what the body font does not have, and the 399 open Hangul syllables."""
    font = load(data)
    wanted = set(font.getBestCmap()) - set(body.getBestCmap()) - set(SYLLABLES)
    # Open syllables (가, 개, ...): the shaper needs them to put an old final consonant
    # under a vowel (가 + U+11F9), because NFC text has the first two letters as one.
    wanted |= set(SYLLABLES[::28])
    options = subset.Options(
        hinting=False,
        notdef_outline=True,
        glyph_names=False,
        layout_features=["ccmp", "ljmo", "vjmo", "tjmo", "mark", "mkmk"],
        name_IDs=["*"],
        name_languages=[0x409],
        recalc_timestamp=False,
        recalc_bounds=False,
        canonical_order=True,
    )
    options.drop_tables += ["BASE", "STAT", "VORG", "gasp", "prep", "vhea", "vmtx"]
    tool = subset.Subsetter(options)
    tool.populate(unicodes=wanted | {0x20, 0xA0, 0x3000})
    tool.subset(font)
    return save(font)


def serif_font(data):
    """Keep SERIF, give the figures one width, and store shared contours once."""
    font = load(data)
    options = subset.Options(
        hinting=False,
        notdef_outline=True,
        glyph_names=False,
        layout_features=["ccmp", "kern", "liga", "locl", "mark", "mkmk"],
        name_IDs=["*"],
        name_languages=[0x409],
        recalc_timestamp=False,
        recalc_bounds=False,
        canonical_order=True,
    )
    options.drop_tables += ["BASE", "STAT", "VORG", "gasp", "prep", "vhea", "vmtx"]
    tool = subset.Subsetter(options)
    tool.populate(unicodes={c for first, last in SERIF for c in range(first, last + 1)})
    tool.subset(font)

    cmap, table, metrics = font.getBestCmap(), font["glyf"], font["hmtx"].metrics
    width = metrics[cmap[ord("0")]][0]
    for digit in "0123456789":
        name = cmap[ord(digit)]
        glyph, shift = table[name], (width - metrics[name][0]) // 2
        glyph.coordinates.translate((shift, 0))
        glyph.recalcBounds(table)
        metrics[name] = (width, glyph.xMin)
    share_contours(font)
    return save(font)


def latin_font(data):
    """Keep LATIN, with figures of one width on request, small capitals left out."""
    font = load(data)
    options = subset.Options(
        hinting=False,
        notdef_outline=True,
        glyph_names=False,
        layout_features=["ccmp", "kern", "liga", "locl", "mark", "mkmk", "case", "lnum", "tnum"],
        name_IDs=["*"],
        name_languages=[0x409],
        recalc_timestamp=False,
        recalc_bounds=False,
        canonical_order=True,
    )
    options.drop_tables += ["BASE", "DSIG", "STAT", "gasp", "prep"]
    tool = subset.Subsetter(options)
    tool.populate(unicodes={c for first, last in LATIN for c in range(first, last + 1)})
    tool.subset(font)
    return save(font)


def contours(glyph):
    """Return the contours of a simple glyph, each a tuple of (x, y, flag)."""
    start, found = 0, []
    for end in glyph.endPtsOfContours:
        found.append(tuple(
            (*glyph.coordinates[i], glyph.flags[i]) for i in range(start, end + 1)
        ))
        start = end + 1
    return found


def moved(shape, x, y):
    return tuple((a + x, b + y, flag) for a, b, flag in shape)


def share_contours(font):
    """Store each contour, or run of contours, that several glyphs share as one glyph.

    The font gives each syllable outlines of its own, though most strokes are the same ones
    in another place. Places are whole units, so no point moves.
    """
    table, metrics = font["glyf"], font["hmtx"].metrics
    order = list(font.getGlyphOrder())

    # glyph: [(part, x, y)]; a part is a tuple of contours, its first point at (0, 0)
    rows, overlap = {}, set()
    for name in order:
        glyph = table[name]
        if glyph.numberOfContours < 1:
            continue
        if glyph.flags[0] & 0x40:
            overlap.add(name)
            glyph.flags[0] &= ~0x40
        rows[name] = [
            ((moved(shape, -shape[0][0], -shape[0][1]),), shape[0][0], shape[0][1])
            for shape in contours(glyph)
        ]
    ids, parts = {}, []

    def number(part):
        if part not in ids:
            ids[part] = len(parts)
            parts.append(part)
        return ids[part]

    rows = {name: [(number(p), x, y) for p, x, y in row] for name, row in rows.items()}

    # Join two neighbours that are never seen apart, until there are none.
    joined = True
    while joined:
        joined = False
        alone = Counter(part for row in rows.values() for part, _, _ in row)
        pairs = Counter(
            (a[0], b[0], b[1] - a[1], b[2] - a[2])
            for row in rows.values() for a, b in zip(row, row[1:])
        )
        for name, row in rows.items():
            out, i = [], 0
            while i < len(row):
                a = row[i]
                if i + 1 < len(row):
                    b = row[i + 1]
                    x, y = b[1] - a[1], b[2] - a[2]
                    if pairs[a[0], b[0], x, y] == alone[a[0]] == alone[b[0]]:
                        both = parts[a[0]] + tuple(moved(s, x, y) for s in parts[b[0]])
                        out.append((number(both), a[1], a[2]))
                        joined, i = True, i + 2
                        continue
                out.append(a)
                i += 1
            rows[name] = out

    def outline(shapes):
        glyph = Glyph()
        points = [point for shape in shapes for point in shape]
        glyph.numberOfContours = len(shapes)
        glyph.coordinates = GlyphCoordinates([(x, y) for x, y, _ in points])
        glyph.flags = bytearray(flag for _, _, flag in points)
        ends, last = [], -1
        for shape in shapes:
            last += len(shape)
            ends.append(last)
        glyph.endPtsOfContours = ends
        glyph.program = Program()
        glyph.recalcBounds(table)
        return glyph

    def add(shapes):
        name = f"part{len(order):05}"
        order.append(name)
        table.glyphs[name] = glyph = outline(shapes)
        metrics[name] = (0, glyph.xMin)
        return name

    # A part is worth a glyph if it saves more than it costs: 3 bytes a point against 8 for
    # each place and 24 for the glyph. It lies where it is needed most often: places then fit
    # one byte, or are nought.
    places = {}
    for row in rows.values():
        for part, x, y in row:
            places.setdefault(part, []).append((x, y))
    shared = {}
    for part, found in places.items():
        points = sum(map(len, parts[part]))
        if len(found) > 1 and 3 * points * (len(found) - 1) > 8 * len(found) + 24:
            home = tuple(sorted(axis)[len(axis) // 2] for axis in zip(*found))
            shared[part] = (add([moved(s, *home) for s in parts[part]]), *home)

    for name, row in rows.items():
        pieces = [
            (shared[part][0], x - shared[part][1], y - shared[part][2])
            for part, x, y in row if part in shared
        ]
        if not pieces:
            if name in overlap:
                table[name].flags[0] |= 0x40
            continue
        rest = [moved(s, x, y) for part, x, y in row if part not in shared for s in parts[part]]
        if rest:
            pieces.append((add(rest), 0, 0))
        old = table[name]
        glyph = Glyph()
        glyph.numberOfContours = -1
        glyph.components = []
        for piece, x, y in pieces:
            component = GlyphComponent()
            component.glyphName, component.x, component.y = piece, x, y
            component.flags = 0x0002  # x and y are a place
            glyph.components.append(component)
        if name in overlap:
            glyph.components[0].flags |= 0x0400
        for side in ("xMin", "yMin", "xMax", "yMax"):
            setattr(glyph, side, getattr(old, side))
        table.glyphs[name] = glyph

    if len(order) > 0xFFFF:
        sys.exit("serif: more glyphs than a font can hold")
    font.setGlyphOrder(order)
    table.setGlyphOrder(order)
    font["maxp"].recalc(font)


def build(given):
    """Return {file name: bytes} of all that this script makes."""
    with tempfile.TemporaryDirectory() as folder:
        pretendard, d2coding, emoji, noto, serif, fira, stix = (
            package(key, folder, given) for key in PACKAGES
        )
    out = {
        "PretendardVariable.ttf": pretendard["dist/public/variable/PretendardVariable.ttf"],
        "D2Coding.ttf": d2coding["src/D2Coding.ttf"],
        "D2CodingBold.ttf": d2coding["src/D2CodingBold.ttf"],
        "NotoColorEmoji.ttf": emoji_font(emoji["400Regular/NotoColorEmoji_400Regular.ttf"]),
    }
    body = load(out["PretendardVariable.ttf"])
    for weight, style in ((400, "Regular"), (700, "Bold")):
        source = noto[f"{weight}{style}/NotoSansKR_{weight}{style}.ttf"]
        out[f"NotoSansKR-{style}.ttf"] = fallback_font(source, body)
        source = serif[f"{weight}{style}/NotoSerifKR_{weight}{style}.ttf"]
        out[f"NotoSerifKR-{style}.ttf"] = serif_font(source)

    for source, family in ((fira, "FiraSans"), (stix, "STIXTwoText")):
        for style in LATIN_STYLES:
            name = f"{family}-{style[3:].replace('Regular_', '')}.ttf"
            out[name] = latin_font(source[f"{style}/{family}_{style}.ttf"])
        out[f"OFL-{family}.txt"] = source["LICENSE_FONT"]

    out["OFL-Pretendard.txt"] = licence = pretendard["dist/LICENSE.txt"]
    out["OFL-NotoColorEmoji.txt"] = emoji["LICENSE_FONT"]
    out["OFL-NotoSansKR.txt"] = noto["LICENSE_FONT"]
    out["OFL-NotoSerifKR.txt"] = serif["LICENSE_FONT"]
    body_text = licence[licence.index(b"This Font Software is licensed"):]
    out["OFL-D2Coding.txt"] = D2CODING_NOTICE.encode() + body_text
    return out


def verify(out):
    """Stop if a font lost something the program relies on."""
    fonts = {name: load(data) for name, data in out.items() if name.endswith(".ttf")}
    cmaps = {name: font.getBestCmap() for name, font in fonts.items()}

    def must(condition, text):
        if not condition:
            sys.exit("verify: " + text)

    for name, font in fonts.items():
        must("glyf" in font and "CFF " not in font, f"{name}: outlines are not TrueType")
    must(all(c in cmaps["PretendardVariable.ttf"] for c in SYLLABLES), "Pretendard: syllables")
    for name in ("D2Coding.ttf", "D2CodingBold.ttf"):
        advance = {c: fonts[name]["hmtx"][g][0] for c, g in cmaps[name].items()}
        must(
            {advance[c] for c in SYLLABLES} == {1000}
            and {advance[c] for c in range(0x20, 0x7F)} == {500},
            f"{name}: Hangul is not twice as wide as Latin",
        )
        must(all(c in cmaps[name] for c in range(0x2500, 0x2580)), f"{name}: box drawing")
    emoji = fonts["NotoColorEmoji.ttf"]
    must({"COLR", "CPAL", "GSUB"} <= set(emoji.keys()), "emoji: tables")
    must({a for a, _ in emoji["hmtx"].metrics.values()} == {0, 512}, "emoji: advances")
    regular, bold = cmaps["NotoSansKR-Regular.ttf"], cmaps["NotoSansKR-Bold.ttf"]
    must(set(regular) == set(bold), "Noto Sans KR: the two weights differ")
    hanja = {
        ord(bytes((row, cell)).decode("euc_kr"))  # the 4,888 Hanja of KS X 1001
        for row in range(0xCA, 0xFE) for cell in range(0xA1, 0xFF)
    }
    # The font has never had these three: NFC turns U+F95F and U+F9AA into U+5BE7, which it
    # has, and D2Coding has U+9699.
    must(hanja - set(regular) == {0x9699, 0xF95F, 0xF9AA}, "Noto Sans KR: Hanja")
    jamo = [*range(0x1100, 0x1200), *range(0xA960, 0xA97D), *range(0xD7B0, 0xD7C7)]
    must(all(c in regular for c in jamo), "Noto Sans KR: Jamo")
    features = {r.FeatureTag for r in fonts["NotoSansKR-Regular.ttf"]["GSUB"].table.FeatureList.FeatureRecord}
    must({"ljmo", "vjmo", "tjmo"} <= features, "Noto Sans KR: Jamo features")
    for style in ("Regular", "Bold"):
        name = f"NotoSerifKR-{style}.ttf"
        cmap, widths = cmaps[name], fonts[name]["hmtx"]
        must(fonts[name]["name"].getDebugName(1) == "Noto Serif KR", f"{name}: family")
        must(set(cmap) == set(cmaps["NotoSerifKR-Regular.ttf"]), f"{name}: not as Regular")
        signs = map(ord, "·–—“”‘’…«»→←↑↓↔⇒•※○●■□™®©°±×÷€₩「」『』〈〉《》、。éüñßØ①㈜㎡")
        must(all(c in cmap for c in [*range(0x20, 0x7F), *SYLLABLES, *signs]), f"{name}: signs")
        must(len({widths[cmap[ord(d)]][0] for d in "0123456789"}) == 1, f"{name}: figures")
    alphabets = [
        *range(0x20, 0x7F), *range(0xC0, 0x17F), *range(0x391, 0x3A2), *range(0x3A3, 0x3CA),
        *range(0x410, 0x450), *range(0x1EA0, 0x1EFA), *map(ord, "ЄІЇҐєіїґ–—“”„‚‘’«»…·•№€ȘșȚț"),
    ]
    for name, cmap in cmaps.items():
        if name.startswith(("FiraSans", "STIXTwoText")):
            must(all(c in cmap for c in alphabets), f"{name}: letters")


def compressed(out):
    """Return the same files, the fonts compressed that few documents need."""
    def stored(name, data):
        if not name.endswith(".ttf") or name in PLAIN:
            return name, data
        # A window of 4 MB: a larger one saves 0.1 % and takes longer to unpack.
        return name + ".br", brotli.compress(data, quality=11, lgwin=22)

    return dict(stored(name, data) for name, data in out.items())


def main():
    parser = argparse.ArgumentParser(description="Build the fonts of this folder.")
    parser.add_argument("--check", action="store_true", help="compare only, write nothing here")
    parser.add_argument("--packages", metavar="DIR", help="folder with the npm .tgz files")
    args = parser.parse_args()
    if fontTools.version != FONTTOOLS:
        sys.exit(f"fontTools {fontTools.version} found, {FONTTOOLS} needed")
    if uharfbuzz.__version__ != UHARFBUZZ:
        sys.exit(f"uharfbuzz {uharfbuzz.__version__} found, {UHARFBUZZ} needed")
    if brotli.__version__ != BROTLI:
        sys.exit(f"brotli {brotli.__version__} found, {BROTLI} needed")

    out = build(args.packages)
    verify(out)
    out = compressed(out)
    different = []
    for name, data in sorted(out.items()):
        digest = hashlib.sha256(data).hexdigest()
        path = HERE / name
        state = ""
        if args.check:
            old = hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else None
            state = "  same" if old == digest else "  DIFFERENT" if old else "  MISSING"
            if old != digest:
                different.append(name)
        else:
            path.write_bytes(data)
        print(f"{digest}  {len(data):>9}  {name}{state}")
    if different:
        sys.exit("not the same: " + ", ".join(different))


if __name__ == "__main__":
    main()
