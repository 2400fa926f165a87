# Copyright (C) The RFL authors
#
# reads.py: what the tests of this folder share: TAP, the readers in C by the
# program "reads", and closed lists of the CDDL.

import os
import re
import subprocess

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..",
                    "..")
READS = os.environ.get("READS", "build/release/unit/reads")

count = failed = 0


def ok(good, name):
    global count, failed
    count += 1
    failed += not good
    print("%sok %d - %s" % ("" if good else "not ", count, name))


def start():
    os.chdir(ROOT)

    if "READS" not in os.environ:
        subprocess.run(["make", "-s", READS], check=True)


def done():
    """the exit status"""
    print("1..%d" % count)
    return failed != 0


def reads(texts, *args):
    """a line of answer for each text"""
    return subprocess.run(
        [READS, *args], check=True, stdout=subprocess.PIPE,
        input=b"".join(t.hex().encode() + b"\n" for t in texts)
    ).stdout.decode().splitlines()


def cddl_list(cddl, name):
    """{"mother": 1, ...} of "relation = &( mother: 1, ... )" """
    body = re.search(r"^%s = &\((.*?)\)" % name.replace("_", "-"), cddl,
                     re.S | re.M).group(1)
    return {m.group(1): int(m.group(2))
            for m in re.finditer(r"([a-z0-9_-]+): (\d+)", body)}
