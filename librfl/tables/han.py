#!/usr/bin/python3
#
# Copyright (C) The RFL authors
#
# han.py OUT: writes the tables that rfl_name_hani.c and rfl_name_kana.c
# include, from four Debian packages:
#
#     unicode-data    Unihan: Mandarin, Cantonese and Korean readings,
#                     Japanese on readings, simplified forms
#     mecab-ipadic    readings of Japanese family and given names
#     kanjidic        readings of characters that occur in names only
#     enamdict        readings of more given names, and of those family names
#                     that it or IPADIC has somebody bear
#
# The output depends on these files only.

import bz2
import csv
import os
import re
import sys

UNIHAN = "/usr/share/unicode/Unihan_%s.txt.bz2"
IPADIC = "/usr/share/mecab/dic/ipadic/Noun.name.csv"
KANJIDIC = "/usr/share/edict/kanjidic"
ENAMDICT = "/usr/share/edict/enamdict"

FIRST, LAST = 0x3400, 0x9fff
READINGS = 5
GIVEN_READINGS = 6
BORNE = 4       # persons of a family name, for its reading to count
KNOWN = 4       # given names that sound so, for a sound to be one

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


def han(text):
    return 1 <= len(text) <= 3 and all(FIRST <= ord(c) <= LAST or c == "々"
                                       for c in text)


def more_names(found):
    """
    Adds the readings of enamdict, those that most persons listed in it bear
    first, then in its own order.  Returns those that it does not classify.
    """
    line = re.compile(r"(\S+) \[(\S+)\] /\(([^)]*)\) ?([^/]*)/")
    rows, borne = [], {}
    with open(ENAMDICT, encoding="euc-jp", errors="replace") as f:
        for text in f:
            m = line.match(text)
            if m is None:
                continue
            surface, sound, types = m.group(1), katakana(m.group(2)), \
                set(m.group(3).split(","))
            if sound is None or len(sound) > 15:
                continue
            if "h" in types:
                # where the family name ends is not said: try all cuts
                for k in range(1, len(surface)):
                    for j in range(1, len(sound)):
                        for key in ((1, surface[:k], sound[:j]),
                                    (2, surface[k:], sound[j:])):
                            borne[key] = borne.get(key, 0) + 1
            elif han(surface):
                rows += [(1, surface, sound)] if "s" in types else []
                rows += [(2, surface, sound)] if types & set("fmg") else []
                # "unclassified" are mostly given names, and the rarer ones
                rows += [(3, surface, sound)] if "u" in types else []

    more = {}
    for kind, surface, sound in rows:
        n = borne.get((kind & 2 or 1, surface, sound), 0)
        if kind > 1 or (n >= BORNE and len(surface) > 1):
            more.setdefault((surface, kind & 2 or 1), []).append(
                (-n, kind, sound))

    for key, readings in more.items():
        known = found.setdefault(key, [])
        known += [r for _, _, r in sorted(readings) if r not in known]

    return {r[1:] for r in rows if r[0] == 3} \
        - {r[1:] for r in rows if r[0] == 2}


# characters that write the syllables of European and Arabic names, with the
# phones of rfl_name_int.h: own knowledge of how China's news agency does it.
# An r that closes a syllable is not written after a, e and o: "%".

FOREIGN = """
a 阿啊 ya 亚娅雅 ja,a 雅 e 埃厄爱 ay 艾 o% 奥澳 o% 欧 u 乌吾 i 伊依易义 an 安 aN 昂 en 恩 on 翁
yan 延杨扬颜 yaw 耀尧 in 因英 je% 耶 ye 叶 jo 约 yon 永雍 yu 尤于优余 yun 云
ba% 巴芭 bay 拜 baw,bo 鲍 baw 保 ban 班 baN 邦 be% 伯 bbe 贝 be,beT 白 ben 本 bi 比碧毕 bin 宾彬 bo% 博波 b@ 布卜勃不
pa% 帕 pay 派 paw 保 pan 潘 paN 庞 pe% 珀 pe 佩裴 pen 彭 pi 皮彼 pin 平 po% 坡 p@ 普浦 pon 蓬
da% 达大 day 戴黛代 daw 道 dan 丹旦 daN 当 d@% 德 den 登邓 di 迪狄 din 丁 do% 多朵 don 东栋顿敦 du 杜都
dwan 端段 de 迭 dyu 久 ta% 塔 tay 泰 taw 陶 tan 坦檀 taN 唐汤 tom 汤 t@% 特得 ten 滕 te 捷铁忒 ti 提蒂季
tin 廷汀 to% 托 ton 通 tu 图土 tya,Ja 佳 tya 恰 ga% 加嘎伽 gay 盖 gaw 高 gan 甘 gon 贡 gon,gan 冈 g@% 格 ge 葛 gen 根 gi 吉
go% 戈果哥 gu 古 gwa 瓜 gwi 圭桂 ka% 卡喀 key 凯开 kaw 考 kan 坎康 k@% 克 ko% 科柯 ken 肯 kon 孔 ku 库
kwi,ki 奎 kwa 夸 kwo 阔 kun 昆 ki 基 kin 金 ha% 哈 hay 海 haw 豪 han 汉罕翰 haN 杭 he% 赫 he 黑 hen 亨
ho% 霍 ho 侯 hon 洪 hu 胡 hwi 惠 wa%,wa%d 华 way 怀 hyu 休修 hi,Qi 希 Qi,hi 喜 kyu,gi,Jwi 居 hin 欣兴
Ra% 拉腊 Rey 莱赖来瑞 Ran,Rand 兰 RaN 朗 Raw 劳 R@% 勒 Re 雷列蕾烈 Ren 伦 Ri 里利丽莉李黎历理礼 Rin 林琳 Ro% 罗洛萝
Ron 龙隆荣 Ru 鲁卢露路吕 Ryu 留柳刘 Ryo 廖 Riam 廉 Ryan 连良 R 尔
ma% 马玛 may 迈 mak,may 麦 man 曼 maN 芒 maw 毛茂 me 梅美 me% 默墨 men 门 mi 米密 min 明敏 mo% 莫摩 mon 蒙 mu 穆慕木
m@ 姆 myu 缪 na% 纳娜那 ne 奈内涅 nan 南楠 naw 瑙 nen 嫩 ni 尼妮 nin 宁 no% 诺 non 农 nu 努 nyu 纽牛
Ha% 萨莎 sey 赛 Han 桑 san 珊 ksan,san,San 山 He% 瑟 He 塞 Hen 森 sen 逊先 H@ 斯思丝史 Hi 西锡席 Hin 辛 Ho% 索 son 松
su 苏素 sun 孙 Sa% 沙 Sa 夏 San 尚香 Sen 申 S@ 什施 So 肖绍 Su 舒 Se 雪谢 Se% 舍 Sin 盛 Sun 顺 se 谢
va% 瓦娃 van 万 ve 韦 ven 文 vin 温 vi 维威薇卫 vo% 沃 vu 武 wu 伍 wan 旺王
fa% 法 fe 费 fen 芬 fan 方 van 凡范 fi 菲斐 f@% 弗 f@ 夫甫 fo% 福佛 fu 富傅 fon 冯丰
Ca,sa 查 ca% 察 Can 钱 Ce% 彻切 Ce 车 Ci 奇琪契 ci 齐 Cu 楚丘 ce 策采 cay 蔡 c@ 茨慈 Cin 钦 Cen 琴陈 cen 岑
co 措曹 Ja% 贾 Jan 简詹 Jaw 焦 Je% 杰哲 Jen 珍真 Ji 治 Jon 琼 Jo% 乔 Ju 朱茱 Jun 君 gi 季
ko%,ke 可 Je 洁 ki 姬 da% 妲 Rey 芮 mi 蜜 Se 榭 hu,S@ 许 Ju 裘 tRe 崔翠 Jon 强 Ran 蓝 vi 葳 ga% 嘉 Ru 璐 vo% 渥
be 蓓 pe 培 paw 宝 be%,pe% 柏 Ha% 撒 S@ 世 H@ 士 ti 缇 na% 娜 Ri 莅 ni 倪 Sa 莎 kay 楷 nan 囡 Ryu 琉
Za% 让 Ze% 热 Z@ 日 Zo% 若 Zu 茹 z@ 兹 Wa% 扎 zan 赞 ze% 泽 zo 佐 zu 祖 Wi 济 zen 曾 zay 宰 zin 津 zon 宗
"""


def foreign():
    """character -> texts of phones"""
    out = {}
    words = FOREIGN.split()
    for sounds_, chars in zip(words[::2], words[1::2]):
        for c in chars:
            known = out.setdefault(ord(c), [])
            known += [s for s in sounds_.split(",") if s not in known]
    return sorted((c, " ".join(v[:3])) for c, v in out.items())


def katakana(text):
    """hiragana or katakana to one byte each"""
    return kana("".join(chr(ord(c) + 0x60) if ord(c) < 0x3097 else c
                        for c in text))


def forms(w):
    """
    What a reading sounds like in a name, with its share in quarters: of a
    verb (yu.ku) the stem, itself and what it ends in before another (yuki);
    of an adjective (taka.i) the stem and the old form (takashi).
    """
    stem, _, end = w.partition(".")
    out = [(stem, 4)]
    if len(end) == 1 and end in "うくぐすつぬぶむる":
        out += [(stem + end, 3),
                (stem + "いきぎしちにびみり"["うくぐすつぬぶむる".index(end)],
                 3)]
    elif end in ("い", "しい"):
        out.append((stem + "し", 3))
    return out


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
                    for form, part in forms(w.strip("-")):
                        k = katakana(form)
                        if k and len(k) <= 5:
                            found.append((weight * part // 4, k))
            out[ord(words[0])] = found
    return out


def own():
    """character -> (weight, kana), as kanjidic()"""
    out, c = {}, 0
    with open(os.path.join(os.path.dirname(__file__), "nanori.txt"),
              encoding="utf-8") as f:
        for line in f:
            for w in [] if line.startswith("#") else line.split():
                if ord(w[0]) >= FIRST:
                    c = ord(w)
                else:
                    out.setdefault(c, []).append((8, katakana(w)))
    return out


def hong_kong(jyutping):
    """phones of a syllable as Hong Kong spells it"""
    spelled = {"ng": "N", "aa": "a", "oe": "eu", "ou": "u", "eo": "u",
               "ju": "u", "z": "C", "c": "C", "j": "y"}
    s = re.sub("ng|aa|oe|ou|eo|ju|[zcj]",
               lambda m: spelled[m.group()], jyutping)
    return re.sub("(?<=a)u", "w", re.sub("(?<=[aeiou])i", "y", s))


def dialects():
    """character -> Hokkien, character -> Hakka"""
    hokkien, hakka, c = {}, {}, 0
    with open(os.path.join(os.path.dirname(__file__), "hokkien.txt"),
              encoding="utf-8") as f:
        for line in f:
            for w in [] if line.startswith("#") else line.split():
                if ord(w[0]) >= FIRST:
                    c = ord(w)
                else:
                    (hakka if c in hokkien else hokkien)[c] = w
    return hokkien, hakka


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
    for c, readings in list(kanjidic().items()) + list(own().items()):
        if FIRST <= c <= LAST:
            known = out.setdefault(c, {})
            for w, t in readings:
                known[t] = max(known.get(t, 0), w)
    return {c: [(w, t) for t, w in sorted(v.items(),
                                          key=lambda x: (-x[1], x[0]))[:28]]
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
    for path in (IPADIC, KANJIDIC, ENAMDICT):
        if not os.path.exists(path):
            sys.exit("han.py: %s is missing, run \"make deps\"" % path)

    r = unihan("Readings", "kMandarin", "kCantonese", "kJapaneseOn",
               "kHangul")
    v = unihan("Variants", "kSimplifiedVariant")

    mandarin = {c: t.split()[0].lower().translate(TONES)
                for c, t in r["kMandarin"].items()}
    cantonese = {c: hong_kong(t.split()[0].rstrip("0123456789"))
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
    for (_, k), readings in found.items():
        (family_kana if k == 1 else given_kana).update(readings[:READINGS])

    rare = more_names(found)
    alike = {}
    for (surface, k), readings in found.items():
        for t in readings if k == 2 else ():
            alike[t] = alike.get(t, 0) + ((surface, t) not in rare)
    given_kana.update(t for t, n in alike.items()
                      if n >= KNOWN and len(t) > 1)

    for surface in sorted({s for s, _ in found}):
        readings = [(1, t) for t in found.get((surface, 1), [])[:READINGS]]
        readings += [(2, t) for t
                     in found.get((surface, 2), [])[:GIVEN_READINGS]]
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

        hokkien, hakka = dialects()
        sounds(f, "hokkien", hokkien)
        sounds(f, "hakka", hakka)

        numbers(f, "uint16_t  rfl_han_korean[]",
                (ord(r["kHangul"].get(c, "\0")[0])
                 for c in range(FIRST, LAST + 1)))
        numbers(f, "uint32_t  rfl_han_simple[][2]", simple, "{ %d, %d }")

        f.write("\n\nstatic const rfl_han_name_t  rfl_han_names[] = {\n")
        for c, at in index:
            f.write("    { { %d, %d, %d, %d }, %d },\n" % (*c, at))
        f.write("};\n")

        numbers(f, "u_char  rfl_han_readings[]", blob)

        f.write("\n\nstatic const rfl_han_sound_t  rfl_han_foreign[] = {\n")
        for c, text in foreign():
            f.write("    { %d, \"%s\" },\n" % (c, text))
        f.write("};\n")

        # character, then (weight, length, kana) ... 0; none is at 0

        blob3, chars = bytearray(1), []
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
