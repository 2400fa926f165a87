'use strict';

/*
 * Copyright (C) The RFL authors
 *
 * inpage.js: what runs inside a page.  It works with JavaScript off, because
 * none of it waits: no promise, no timer.
 */


function focused(selector) {
    return document.activeElement.matches(selector);
}


/* how many stops of Tab there should be */

function controls() {
    const groups = new Set();
    let n = 0;

    for (const e of document.querySelectorAll(
             'a[href], button, summary, select, textarea, '
             + 'input:not([type=hidden])'))
    {
        if (!e.checkVisibility() || e.tabIndex < 0) {
            continue;
        }

        if (e.type === 'radio') {
            if (groups.has(e.name)) {
                continue;
            }

            groups.add(e.name);
        }

        n++;
    }

    return n;
}


/* all that a screen reader says about a field, or its group, besides the
 * label */

function described(selector) {
    const e = document.querySelector(selector);
    const told = [e, e.closest('fieldset')]
        .map((x) => x?.getAttribute('aria-describedby') || '').join(' ');

    return told.split(' ')
        .map((id) => document.getElementById(id)?.innerText).join(' ');
}


/* what has the focus, where it is, and whether one can see that */

function stop() {
    const e = document.activeElement;

    if (!e || e === document.body || e === document.documentElement) {
        return null;
    }

    const style = getComputedStyle(e);
    const box = e.getBoundingClientRect();
    const words = (e.getAttribute('aria-label') || e.innerText || e.name || '');
    const wrong = [];

    /* a group that takes the focus for being read aloud is no control */

    if (e.tabIndex >= 0) {
        if (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2) {
            wrong.push('nothing shows it');
        }

        const x = Math.min(Math.max(box.left + box.width / 2, 0),
                           innerWidth - 1);
        const y = Math.min(Math.max(box.top + Math.min(box.height, 44) / 2, 0),
                           innerHeight - 1);
        const on = document.elementFromPoint(x, y);

        if (box.bottom <= 0 || box.top >= innerHeight
            || box.right <= 0 || box.left >= innerWidth)
        {
            wrong.push('it is out of sight');

        } else if (!on || !(e.contains(on) || on.contains(e))) {
            wrong.push('it is covered');
        }
    }

    return {
        what: e.tagName.toLowerCase() + (e.id && '#' + e.id)
              + ' "' + words.trim().slice(0, 30) + '"',
        skip: e.classList.contains('skip'),
        rtl: document.dir === 'rtl',
        top: box.top + scrollY,
        bottom: box.bottom + scrollY,
        left: box.left,
        right: box.right,
        wrong,
    };
}


/* is b behind a: below it, in its line and further on, or in the next
 * column? */

function follows(a, b) {
    if (a.skip || b.skip || b.top >= a.bottom - 8) {
        return true;
    }

    if (b.rtl ? b.right <= a.left : b.left >= a.right) {
        return true;
    }

    const beside = b.bottom > a.top && b.top < a.bottom;

    return beside && (b.rtl ? b.right <= a.right : b.left >= a.left);
}


/* text of double size, or the spacing of WCAG 1.4.12 */

function restyle(rules) {
    const sheet = new CSSStyleSheet();

    sheet.replaceSync(rules);
    document.adoptedStyleSheets = rules ? [sheet] : [];
}

const LARGE = 'html{font-size:200%!important}';
const SPACED = '*{line-height:1.5!important;letter-spacing:.12em!important;'
    + 'word-spacing:.16em!important}p{margin-block-end:2em!important}';


/* what sticks out of the page sideways, or is cut off */

function layout() {
    const width = document.documentElement.clientWidth;
    const wrong = [];

    for (const e of document.body.querySelectorAll('*')) {
        const style = getComputedStyle(e);
        const box = e.getBoundingClientRect();

        /* for screen readers only, and what is in it */

        const aside = e.closest('.away, thead');

        /* tables at a desk may scroll by themselves, with the keyboard, too */

        if (width > 640 && e.closest('.wide[tabindex="0"]')) {
            continue;
        }

        if (!box.width || !box.height || e.closest('.skip, svg *, option')
            || style.visibility === 'hidden'
            || (aside && getComputedStyle(aside).clipPath !== 'none'))
        {
            continue;
        }

        const out = box.left < -1 || box.right > width + 1;
        const cut = style.overflowX !== 'visible' && e.tagName !== 'INPUT'
                    && e.scrollWidth > e.clientWidth + 1;

        if (out || cut) {
            wrong.push((cut ? 'cut off: ' : 'sticks out: ')
                       + e.tagName.toLowerCase() + (e.id && '#' + e.id)
                       + (e.className && '.' + e.className)
                       + ` ${Math.round(box.left)}..${Math.round(box.right)}`
                       + ` of ${width} "${e.innerText?.slice(0, 30)}"`);
        }
    }

    if (document.scrollingElement.scrollWidth > width) {
        wrong.push(`scrolls to ${document.scrollingElement.scrollWidth}`);
    }

    return wrong;
}


/* numbers, references and addresses whose signs do not go from left to right:
 * what a page from right to left does to them unless they are isolated */

function backwards() {
    const words = document.createTreeWalker(document.body,
                                            NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    const wrong = [];

    while (words.nextNode()) {
        const node = words.currentNode;

        /* the invented ar-XB turns its words round on purpose */

        if (node.parentElement.closest('textarea, select, script')
            || node.data.includes('\u202e'))
        {
            continue;
        }

        for (const run of node.data.matchAll(
                 /\+?\d[\d ()-]*\d|[\w.-]+@[\w.-]+|[0-9A-Z]+(-[0-9A-Z]+)+/g))
        {
            let last = null;

            for (let i = run.index; i < run.index + run[0].length; i++) {
                range.setStart(node, i);
                range.setEnd(node, i + 1);

                const box = range.getBoundingClientRect();

                if (last && box.width && Math.abs(box.top - last.top) < 2
                    && box.left < last.left)
                {
                    wrong.push(`backwards: "${run[0]}"`);
                    break;
                }

                last = box.width ? box : last;
            }
        }
    }

    return wrong;
}


function stored() {
    try {
        return [...Object.keys(localStorage), ...Object.keys(sessionStorage)];

    } catch {
        return [];                     /* about:blank has none */
    }
}


module.exports = { focused, controls, described, stop, follows, restyle, LARGE,
                   SPACED, layout, backwards, stored };
