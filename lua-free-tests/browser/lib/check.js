'use strict';

/*
 * Copyright (C) The RFL authors
 *
 * check.js: what is true of every page in every language: no axe violation,
 * nothing that axe leaves open and we do not explain, valid HTML, nothing
 * that sticks out at 320 pixels, also with large or widely set text, and no
 * number that is read from the wrong end.
 */

const assert = require('node:assert');
const { HtmlValidate, StaticConfigLoader } = require('html-validate');

const explained = require('./explained');
const inpage = require('./inpage');


/* the rules are the same for all pages: they are put together once, which
 * takes longer than to read a page */

class Rules extends StaticConfigLoader {

    getConfigFor(handle) {
        return this.rules ||= super.getConfigFor(handle);
    }
}

const html = new HtmlValidate(new Rules({
    root: true,
    extends: ['html-validate:recommended', 'html-validate:document'],
    elements: ['html5'],
    rules: explained.html,
}));


/* colours are the same in all languages, and take axe longest: in one that is
 * read from the left, and one from the right */

async function everything(v, what) {
    const lang = await v.page.evaluate(() => document.documentElement.lang);
    const wrong = [
        ...await markup(v),
        ...await layouts(v),
        ...await accessible(v, /^(en|ar)\b/.test(lang)),
    ];

    assert.deepEqual(wrong, [], what);
}


async function markup(v) {
    const report = await html.validateString(await v.source());

    return report.results.flatMap((result) => result.messages)
        .map((m) => `html ${m.line}:${m.column} ${m.ruleId}: ${m.message}`);
}


async function layouts(v) {
    const wrong = await v.page.evaluate(inpage.backwards);

    for (const [name, rules] of [['', ''], ['large text', inpage.LARGE],
                                 ['wide spacing', inpage.SPACED]])
    {
        await v.page.evaluate(inpage.restyle, rules);

        wrong.push(...(await v.page.evaluate(inpage.layout))
                       .map((line) => `${name} ${line}`.trim()));
    }

    await v.page.evaluate(inpage.restyle, '');

    return wrong;
}


/* a visitor with "script" has axe in every page */

async function accessible(v, colours = true) {
    const wrong = found(await v.page.evaluate((enabled) =>
        axe.run({ resultTypes: ['violations', 'incomplete'],
                  rules: { 'target-size': { enabled: true },
                           'color-contrast': { enabled } } }), colours));

    if (!colours) {
        return wrong;
    }

    /* the colours again, for who reads on a dark screen */

    await v.page.emulateMedia({ colorScheme: 'dark' });

    const dark = found(await v.page.evaluate(() =>
        axe.run({ resultTypes: ['violations', 'incomplete'],
                  runOnly: ['color-contrast', 'link-in-text-block'] })));

    await v.page.emulateMedia({ colorScheme: 'light' });

    return [...wrong, ...dark.map((line) => `dark ${line}`)];
}


function found({ violations, incomplete }) {
    const lines = (results) => results.flatMap((rule) => rule.nodes.map(
        (node) => `axe ${rule.id}: ${node.target.join(' ')}: `
                  + (node.failureSummary || rule.help).replace(/\s+/g, ' ')));

    return [
        ...lines(violations),
        ...lines(incomplete).filter((line) => !explained.axe.some(
            ({ rule, target }) => line.startsWith(`axe ${rule}: `)
                                  && target.test(line))),
    ];
}


module.exports = { everything, markup, layouts, accessible };
