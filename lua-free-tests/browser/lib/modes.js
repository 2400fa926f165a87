'use strict';

/*
 * Copyright (C) The RFL authors
 *
 * modes.js: a page as some see it: on paper, in the colours of their system,
 * without a stylesheet, at 400 %.
 */

const assert = require('node:assert');

const inpage = require('./inpage');

const PAPER = { width: 660, height: 1000 };    /* A4 within its margins */


/* at this size nothing sticks out, and whatever has the focus is seen: tab()
 * says so */

async function fits(v) {
    assert.deepEqual(await v.page.evaluate(inpage.layout), []);

    for (let i = await v.page.evaluate(inpage.controls); i > 0; i--) {
        await v.tab();
    }
}


/* words that are on the paper; nothing to press is, and nothing is cut off */

async function printed(v, words) {
    const before = v.page.viewportSize();

    await v.page.setViewportSize(PAPER);
    await v.page.emulateMedia({ media: 'print' });

    const text = (await v.page.locator('body').innerText())
                     .replace(/\s+/g, ' ');

    for (const word of words) {
        assert.ok(text.includes(word), `printed: "${word}" in "${text}"`);
    }

    assert.deepEqual(await v.page.evaluate(pressable), [], 'printed');
    assert.deepEqual(await v.page.evaluate(inpage.layout), [], 'printed');

    await v.page.emulateMedia({ media: null });
    await v.page.setViewportSize(before);
}


function pressable() {
    return [...document.querySelectorAll('button, select, input, .go')]
        .filter((e) => e.type !== 'hidden' && e.checkVisibility())
        .map((e) => e.outerHTML);
}


/* nothing is told by a colour of ours alone */

async function coloured(v) {
    await v.page.emulateMedia({ forcedColors: 'active' });
    assert.deepEqual(await v.page.evaluate(unseen), [], 'forced colours');
    await v.page.emulateMedia({ forcedColors: null });
}


function unseen() {
    const wrong = [];
    const shown = (selector) => [...document.querySelectorAll(selector)]
        .filter((e) => e.type !== 'hidden' && e.checkVisibility());
    const edge = (e) => {
        const style = getComputedStyle(e);

        return (style.borderTopStyle !== 'none'
                && parseFloat(style.borderTopWidth) >= 1)
               || (style.outlineStyle !== 'none'
                   && parseFloat(style.outlineWidth) >= 1);
    };
    const line = (e) => getComputedStyle(e).textDecorationLine
                            .includes('underline');

    if (!matchMedia('(forced-colors: active)').matches) {
        wrong.push('the colours are not forced');
    }

    for (const e of shown('.go, .stop, input:not([type=radio], '
                          + '[type=checkbox]), select, textarea, .card, '
                          + '.contact, .faults, .refused, .said, .banner, '
                          + '.tag, .mark'))
    {
        edge(e) || wrong.push(`no edge: ${e.outerHTML.slice(0, 80)}`);
    }

    /* what is chosen, beside the mark of the browser itself */

    for (const e of shown('fieldset label:has(:checked)')) {
        const style = getComputedStyle(e.querySelector('input'));

        edge(e) || style.appearance !== 'none'
            || wrong.push(`not seen to be chosen: ${e.innerText}`);
    }

    /* links in a text; an inline block in one has no line of its own */

    for (const e of shown('main a:not(.go, .brand, .queues a, .doors a, '
                          + '[aria-current])')) {
        const inner = [...e.children].find(
            (child) => getComputedStyle(child).display === 'inline-block');

        line(inner || e) || wrong.push(`no line: ${e.innerText}`);
    }

    return wrong;
}


/* as if the stylesheet had not come */

async function plain(v, look) {
    const all = (off) => [...document.styleSheets].forEach((sheet) => {
        sheet.disabled = off;
    });

    await v.page.evaluate(all, true);
    await look();
    await v.page.evaluate(all, false);
}


/* where the words of these begin, from the side where the page begins */

function starts(selector) {
    return [...document.querySelectorAll(selector)].map((e) => {
        const range = document.createRange();

        range.selectNodeContents(e);

        const boxes = [...range.getClientRects()].filter((box) => box.width);

        return Math.round(document.dir === 'rtl'
                          ? Math.max(...boxes.map((box) => box.right))
                          : Math.min(...boxes.map((box) => box.left)));
    });
}


/* on how many lines it stands, of all of these the most */

function lines(selector) {
    return Math.max(...[...document.querySelectorAll(selector)].map((e) => {
        const range = document.createRange();

        range.selectNodeContents(e);

        return new Set([...range.getClientRects()]
                       .map((box) => Math.round(box.top))).size;
    }));
}


/* how much more room is before a label than behind it, of all of these the
 * least */

function apart(selector) {
    const all = [...document.querySelectorAll(selector)];
    const boxes = all.map((e) => e.getBoundingClientRect());
    const room = (i) => boxes[i + 1].top - boxes[i].bottom;

    return Math.min(...all.map((e, i) => i > 0 && e.tagName === 'DT'
                                         ? room(i - 1) - room(i) : Infinity));
}


module.exports = { fits, printed, coloured, plain, starts, lines, apart };
