'use strict';

/*
 * Copyright (C) The RFL authors
 *
 * A name in any script, with digits, brackets and direction marks in it,
 * leaves the words around it where they are: seen by geometry, because the
 * order on the screen is what a reader gets.
 */

const assert = require('node:assert');

const site = require('./lib/site');
const { test } = require('./lib/tap');
const { visit } = require('./lib/visitor');


/* nobody is called so */

const scripts = {
    latin: ['Qwenzor', 'Tulvik'],
    arabic: ['قظغوث', 'طضظان'],
    hebrew: ['זצקוט', 'גפצן'],
    thaana: ['ޒޮޅުން', 'ޤަޞްވ'],
    syriac: ['ܩܨܛܘܙ', 'ܛܦܨܢ'],
    nko: ['ߞߊߦߙߏ', 'ߡߓߊߟߎ'],
    adlam: ['𞤀𞤣𞤤𞤢𞤥', '𞤁𞤭𞤴𞤢'],
    cyrillic: ['Жщузорь', 'Цхелвик'],
    ethiopic: ['ጰጸጥዖር', 'ጨቀሽ'],
    devanagari: ['झ्ञुटूर', 'ढ़ुङ्ख'],
    myanmar: ['ဇျှုတိ', 'ဍဋ်ခေ'],
    chinese: ['齉龘', '靐爩'],
};

/* a and b are parts of different direction, or of the same */

const shapes = [
    (a, b) => `${a} ${b}`,
    (a, b) => `${a} (${b})`,
    (a, b) => `(${a}) ${b}`,
    (a, b) => `${a}, ${b}`,
    (a, b) => `${a} - ${b}`,
    (a, b) => `${a}/${b}`,
    (a, b) => `${a} ${b}.`,
    (a, b) => `${b} "${a}"`,
    (a, b) => `'${a} ${b}`,
    (a, b) => `${a} ${b}!`,
];

const pairs = [
    ['latin', 'arabic'], ['arabic', 'latin'], ['latin', 'hebrew'],
    ['hebrew', 'cyrillic'], ['cyrillic', 'arabic'], ['arabic', 'chinese'],
    ['thaana', 'latin'], ['ethiopic', 'arabic'], ['syriac', 'devanagari'],
    ['myanmar', 'hebrew'], ['nko', 'latin'], ['latin', 'adlam'],
    ['arabic', 'arabic'], ['latin', 'latin'],
];

/* marks and embeddings: what the server lets through must do no harm */

const [A, H, L] = [scripts.arabic, scripts.hebrew, scripts.latin];

const marked = [
    `${L[0]}\u200f ${L[1]}`, `${A[0]}\u200e ${A[1]}`, `${L[0]} \u061c${A[1]}`,
    `${A[0]}\u200c${A[1]} ${L[0]}`, `${L[0]}\u200d ${H[1]}`,
    `\u202e${L[0]} ${L[1]}`, `${L[0]} ${L[1]}\u202e`, `\u202d${A[0]} ${A[1]}`,
    `\u2067${L[0]} ${L[1]}`, `${L[0]}\u2069 ${A[1]}`, `\u202b${L[0]} ${A[1]}`,
    `${L[0]} \u202c${A[0]}\u202c`, `\u2066\u2067${A[0]} ${L[1]}`,
    `${L[0]} \u0663\u0664 ${A[0]}`, `${A[0]} +00 12 345 ${A[1]}`,
    `${H[0]} 12-34 ${H[1]}`, `\u06f1\u06f2 ${L[0]} ${L[1]}`,
    `${A[0]} <b>${A[1]}</b>`, `${A[0]} &rlm; ${L[1]}`,
];

const names = [
    ...pairs.flatMap(([a, b], i) => shapes
        .filter((shape, k) => (i + k) % 2 === 0)
        .map((shape) => shape(scripts[a][0], scripts[b][1]))),
    ...Object.values(scripts).map(([a, b]) => `${a} ${b}`),
    ...marked,
];


/*
 * Where the words before the name are, the name, a number that we put behind
 * it, and the telephone of the contact.  bare: as if the page had forgotten
 * to isolate the name.
 */

function measure(bare) {
    const lead = document.querySelector('.lead');
    const range = document.createRange();

    if (bare) {
        const bdi = lead.querySelector('bdi');

        bdi.replaceWith(...bdi.childNodes);

    } else {
        lead.append(' 00-12');
    }

    const box = (node) => {
        range.selectNodeContents(node);

        const { left, right } = range.getBoundingClientRect();

        return { left: Math.round(left), right: Math.round(right) };
    };

    return {
        words: box(lead.firstChild),
        name: box(lead.querySelector('strong')),
        number: box(lead.lastChild),
        phone: box(document.querySelector('address a')),
        title: document.title,
    };
}


/* a, then b, in the direction of the page */

function after(lang, a, b) {
    return lang === 'ar' ? b.right <= a.left + 1 : b.left >= a.right - 1;
}


async function ask(v, lang, name) {
    const address = `/${lang}/search`;

    await v.page.route('**' + address, (route) => route.continue({
        method: 'POST',
        postData: new URLSearchParams({ name }).toString(),
        headers: { ...route.request().headers(),
                   'content-type': 'application/x-www-form-urlencoded' },
    }));
    await v.go(address);
    await v.page.unroute('**' + address);

    return v.page.locator('h1').innerText();
}


for (const lang of ['en', 'ar']) {

    test(`${lang}: ${names.length} names leave the words around them`,
         async () =>
    {
        const v = await visit({ lang, width: 1000 });
        const heading = site.t(lang, 'noresult.title');
        const wrong = [];
        let shown = 0;
        let control = 0;

        assert.equal(await ask(v, lang, 'Qwenzor Zed Tulvik'), heading);

        const usual = await v.page.evaluate(measure, false);

        for (const name of names) {
            const got = await ask(v, lang, name);

            /* a name of odd characters may be declined, which shows it in
             * its field only */

            if (got !== heading) {
                assert.equal(got, site.t(lang, 'search.title'), name);
                continue;
            }

            const seen = await v.page.evaluate(measure, false);
            shown++;

            for (const part of ['words', 'phone', 'title']) {
                if (JSON.stringify(seen[part]) !== JSON.stringify(usual[part])) {
                    wrong.push(`${JSON.stringify(name)}: ${part}`);
                }
            }

            if (!after(lang, seen.words, seen.name)
                || !after(lang, seen.name, seen.number))
            {
                wrong.push(`${JSON.stringify(name)}: order`);
            }

            const bare = await v.page.evaluate(measure, true);

            control += !after(lang, bare.name, bare.number);
        }

        assert.deepEqual(wrong, []);
        assert.ok(shown >= 100, `${shown} of them were shown`);
        assert.ok(control > 20, `${control} would not without isolation`);
        await v.leave();
    });
}
