#!/usr/bin/python3
#
# Copyright (C) The RFL authors
#
# han.py OUT: writes the tables that rfl_name_hani.c and rfl_name_kana.c
# include, from three Debian packages:
#
#     unicode-data    Unihan: Mandarin and Cantonese readings, Japanese on
#                     readings, simplified forms
#     mecab-ipadic    readings of Japanese family and given names
#     kanjidic        readings of characters that occur in names only
#
# The output depends on these files only.

import bz2
import csv
import sys

UNIHAN = "/usr/share/unicode/Unihan_%s.txt.bz2"
IPADIC = "/usr/share/mecab/dic/ipadic/Noun.name.csv"
KANJIDIC = "/usr/share/edict/kanjidic"

FIRST, LAST = 0x3400, 0x9fff
READINGS = 5

TONES = str.maketrans("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿ",
                      "aaaaeeeeiiiioooouuuuuuuuunnnm")


def unihan(name, *fields):
    out = {f: {} for f in fields}
    with bz2.open(UNIHAN % name, "rt", encoding="utf-8") as f:
        for line in f:
            if not line.startswith("U+"):
                continue
            cp, field, value = line.rstrip("\n").split("\t")
            if field in out:
                out[field][int(cp[2:], 16)] = value
    return out


def kana(text):
    """katakana to one byte each; None if there is anything else"""
    out = []
    for c in text:
        if not 0x30a1 <= ord(c) <= 0x30fc:
            return None
        out.append(ord(c) - 0x30a0)
    return bytes(out)


def names():
    """(surface, kind) -> readings, most usual first"""
    found = {}
    with open(IPADIC, encoding="euc-jp", newline="") as f:
        for row in csv.reader(f):
            kind = {"姓": 1, "名": 2}.get(row[7])
            if kind is None or len(row) < 12:
                continue
            reading = kana(row[11])
            if not reading or len(reading) > 15:
                continue
            found.setdefault((row[0], kind), []).append((int(row[3]),
                                                         reading))
    return {k: [r for _, r in sorted(set(v))] for k, v in found.items()}


def kanjidic():
    """character -> (weight, kana) of its on, kun and name readings"""
    out = {}
    with open(KANJIDIC, encoding="euc-jp", errors="replace") as f:
        for line in f:
            words = line.split(" {")[0].split()
            if len(words) < 3 or len(words[0]) != 1:
                continue
            weight, found = 8, []
            for w in words[2:]:
                if w == "T1":
                    weight = 20
                elif w == "T2":
                    break
                elif 0x3041 <= ord(w[0]) <= 0x30fc:
                    w = w.split(".")[0].strip("-")
                    k = kana("".join(chr(ord(c) + 0x60) if ord(c) < 0x3097
                                     else c for c in w))
                    if k and len(k) <= 5:
                        found.append((weight, k))
            out[ord(words[0])] = found
    return out


def nanori(found):
    """
    Readings of single characters in given names: given names of two and
    three characters are cut so that the parts are the most usual ones
    (expectation and maximisation, a few rounds).
    """
    words = []
    for (surface, kind), readings in found.items():
        if kind == 2 and 2 <= len(surface) <= 3 \
                and all(FIRST <= ord(c) <= LAST for c in surface):
            words += [(surface, r) for r in readings]
        elif kind == 2 and len(surface) == 1 \
                and FIRST <= ord(surface) <= LAST:
            words += [(surface, r) for r in readings]

    def cuts(surface, r):
        if len(surface) == 1:
            return [(r,)] if len(r) <= 5 else []
        if len(surface) == 2:
            return [(r[:i], r[i:]) for i in range(1, len(r))
                    if i <= 5 and len(r) - i <= 5]
        return [(r[:i], r[i:j], r[j:]) for i in range(1, len(r) - 1)
                for j in range(i + 1, len(r)) if max(i, j - i, len(r) - j) < 5]

    prob = {}
    for step in range(6):
        count = {}
        for surface, r in words:
            ways = [(c, 1.0) for c in cuts(surface, r)]
            if step:
                ways = []
                for c in cuts(surface, r):
                    w = 1.0
                    for ch, part in zip(surface, c):
                        w *= prob.get((ch, part), 1e-6)
                    ways.append((c, w))
            total = sum(w for _, w in ways)
            if total <= 0:
                continue
            for c, w in ways:
                for ch, part in zip(surface, c):
                    count[ch, part] = count.get((ch, part), 0) + w / total
        char = {}
        for (ch, part), w in count.items():
            char[ch] = char.get(ch, 0) + w
        prob = {(ch, part): w / (char[ch] + 0.5)
                for (ch, part), w in count.items()}

    out = {}
    for (ch, part), p in prob.items():
        if p >= 0.015 and count[ch, part] >= 0.5:
            out.setdefault(ord(ch), {})[part] = int(p * 255)
    for c, readings in kanjidic().items():
        if FIRST <= c <= LAST:
            known = out.setdefault(c, {})
            for w, t in readings:
                known[t] = max(known.get(t, 0), w)
    return {c: [(w, t) for t, w in sorted(v.items(),
                                          key=lambda x: (-x[1], x[0]))[:20]]
            for c, v in sorted(out.items())}


def numbers(f, decl, values, fmt="%d"):
    f.write("\n\nstatic const %s = {\n" % decl)
    values = list(values)
    for i in range(0, len(values), 12):
        f.write("    " + ", ".join(fmt % v for v in values[i:i + 12])
                + ",\n")
    f.write("};\n")


def sounds(f, name, table):
    """readings of single characters: an index a character, a text each"""
    texts = sorted(set(table.values()))
    index = {t: i + 1 for i, t in enumerate(texts)}
    numbers(f, "uint16_t  rfl_han_%s[]" % name,
            (index.get(table.get(c), 0) for c in range(FIRST, LAST + 1)))
    f.write("\n\nstatic const char *const  rfl_han_%s_text[] = {\n    \"\",\n"
            % name)
    for t in texts:
        f.write("    \"%s\",\n" % t)
    f.write("};\n")


def main():
    r = unihan("Readings", "kMandarin", "kCantonese", "kJapaneseOn")
    v = unihan("Variants", "kSimplifiedVariant")

    mandarin = {c: t.split()[0].lower().translate(TONES)
                for c, t in r["kMandarin"].items()}
    cantonese = {c: t.split()[0].rstrip("0123456789")
                 for c, t in r["kCantonese"].items()}
    on = {c: t.split()[0].lower() for c, t in r["kJapaneseOn"].items()}

    simple = []
    for c, t in sorted(v["kSimplifiedVariant"].items()):
        s = int(t.split()[0][2:], 16)
        if s != c and c <= 0xffff and s <= 0xffff:
            simple.append((c, s))

    blob = bytearray(b"\0")
    index = []
    family_kana, given_kana = set(), set()
    found = names()

    for surface in sorted({s for s, _ in found}):
        readings = [(k, t) for k in (1, 2)
                    for t in found.get((surface, k), [])[:READINGS]]
        for k, t in readings:
            (family_kana if k == 1 else given_kana).add(t)
        if len(surface) > 4 or not any(FIRST <= ord(c) <= LAST
                                       for c in surface) \
                or any(ord(c) > 0xffff for c in surface):
            continue
        index.append(([ord(c) for c in surface]
                      + [0] * (4 - len(surface)), len(blob)))
        for k, t in readings:
            blob.append(k << 4 | len(t))
            blob += t
        blob.append(0)

    index.sort()

    with open(sys.argv[1], "w", encoding="utf-8") as f:
        f.write("\n/* written by librfl/tables/han.py; do not edit */\n")
        f.write("\n#define RFL_HAN_FIRST  0x%x\n#define RFL_HAN_LAST   0x%x\n"
                % (FIRST, LAST))

        sounds(f, "mandarin", mandarin)
        sounds(f, "cantonese", cantonese)
        sounds(f, "on", on)

        numbers(f, "uint16_t  rfl_han_simple[][2]", simple, "{ %d, %d }")

        f.write("\n\nstatic const rfl_han_name_t  rfl_han_names[] = {\n")
        for c, at in index:
            f.write("    { { %d, %d, %d, %d }, %d },\n" % (*c, at))
        f.write("};\n")

        numbers(f, "u_char  rfl_han_readings[]", blob)

        # character, then (weight, length, kana) ... 0

        blob3, chars = bytearray(), []
        for c, v in nanori(found).items():
            chars.append((c, len(blob3)))
            for w, t in v:
                blob3 += bytes([max(w, 1), len(t)]) + t
            blob3.append(0)
        numbers(f, "u_char  rfl_han_nanori[]", blob3)
        numbers(f, "uint32_t  rfl_han_nanori_at[][2]", chars, "{ %d, %d }")

        for name, table in (("family", family_kana), ("given", given_kana)):
            blob2, at = bytearray(), []
            for t in sorted(table):
                at.append(len(blob2))
                blob2.append(len(t))
                blob2 += t
            numbers(f, "u_char  rfl_han_%s_kana[]" % name, blob2)
            numbers(f, "uint32_t  rfl_han_%s_at[]" % name, at)


main()
