#!/usr/bin/python3

# Copyright (C) The RFL authors
#
# samples.py: what dist/sample/ holds is well by the schemas and by the
# readers, and every sample entry could be published today.

import json
import subprocess
import sys
import unicodedata

import jsonschema

from lib.reads import done, ok, reads, start

POLICY = "dist/sample/policy.json"
TRUST = "dist/sample/trust.example.json"


def validator(what):
    with open("schema/%s.schema.json" % what, encoding="utf-8") as f:
        return jsonschema.Draft202012Validator(json.load(f))


def main():
    start()

    for what, path in (("policy", POLICY), ("trust", TRUST)):
        with open(path, "rb") as f:
            text = f.read()
        answer = reads([text], what)[0]
        ok(answer == "ok", "%s is read: %s" % (path, answer))
        ok(validator(what).is_valid(json.loads(text)),
           "%s is well by its schema" % path)

    out = subprocess.run(["dist/sample/make-samples"], check=True,
                         stdout=subprocess.PIPE).stdout
    texts = out.splitlines()
    entry = validator("entry")
    drafts = [json.loads(t) for t in texts]
    answers = reads(texts, "draft", POLICY, TRUST)

    ok(len(texts) >= 60, "%d sample entries" % len(texts))

    for draft, answer in zip(drafts, answers):
        ok(entry.is_valid(draft), "%s is well by the schema" % draft["id"])
        ok(answer == "ok", "%s can be published: %s" % (draft["id"], answer))

    ok(len(set(d["id"] for d in drafts)) == len(drafts), "ids differ")
    ok(set(d["kind"] for d in drafts) == {"looking", "alive"}, "both kinds")
    ok(set(d["event"] for d in drafts) == {"river-flood", "hill-quake"},
       "both open events")

    scripts = set()
    for draft in drafts:
        for name in draft["names"]:
            full = name if isinstance(name, str) else name["full"]
            scripts |= {unicodedata.name(c).split()[0] for c in full
                        if c.isalpha()}
    ok(len(scripts) >= 18, "%d scripts: %s" %
       (len(scripts), " ".join(sorted(scripts))))

    # the control: the rules are at work

    drafts[0]["age_class"] = "minor"
    answer = reads([json.dumps(drafts[0]).encode()], "draft", POLICY,
                   TRUST)[0]
    ok(answer.startswith("no ") and "minor" in answer, "control: " + answer)

    out = subprocess.run(["dist/sample/make-samples", "--society",
                          "northland,southland"], check=True,
                         stdout=subprocess.PIPE).stdout
    ok(set(json.loads(t)["society"] for t in out.splitlines())
       == {"northland", "southland"}, "dealt out to two societies")

    return done()


sys.exit(main())
