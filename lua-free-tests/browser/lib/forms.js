'use strict';

/*
 * Copyright (C) The RFL authors
 *
 * forms.js: the five forms as somebody fills them in: what is answered on
 * each step, and the walk from the first page to what was sent.
 */

const assert = require('node:assert');


/* the steps in their order; "first": the step cannot be left empty, and this
 * is the field that is asked for then */

const forms = {

    alive: {
        code: true,
        steps: [
            { name: 'adult', first: 'adult', answers: { adult: 'yes' } },
            { name: 'name', first: 'name', answers: {
                name: 'مريم قاسم الحلو', name_other: 'Maryam Qasim al-Helou',
                father: 'قاسم الحلو', mother: 'Żaneta' } },
            { name: 'about', answers: {
                birth_year: '1990', sex: 'f', place: 'Port Amber (north)' } },
            { name: 'reach', first: 'phone', answers: {
                phone: '+00 98 765 43 21', email: 'qwenzor@mail.example',
                reach: 'By my aunt,\nroom 12', talk: 'العربية, English' } },
            { name: 'publish', first: 'consent', answers: {
                consent: 'searchable', status: 'safe',
                show: ['age_band', 'status'] } },
        ],
    },

    looking: {
        code: true,
        steps: [
            { name: 'who', first: 'name', answers: {
                name: 'Qwenzor Tulvik', father: 'Tulvik' } },
            { name: 'about', answers: { age: '34', sex: 'm' } },
            { name: 'tie', first: 'relation', answers: {
                relation: 'brother', tie: 'We lived in one house.' } },
            { name: 'last', answers: {
                last_when: 'March', last_where: 'At the bridge,\nin the dark' } },
            { name: 'you', first: 'sender', answers: {
                sender: 'Anna Qwenzor', phone: '+00 98 765 43 20' } },
            { name: 'publish', first: 'consent', answers: {
                consent: 'match_only' } },
        ],
    },

    message: {
        entry: true,
        steps: [
            { name: 'message', first: 'message', answers: {
                message: 'We are well.\nPlease call.' } },
            { name: 'you', first: 'sender', answers: {
                sender: 'Anna Qwenzor', relation: 'sister',
                email: 'anna@mail.example' } },
        ],
    },

    report: {
        entry: true,
        steps: [
            { name: 'why', first: 'why', answers: {
                why: 'danger', words: 'He is being looked for.' } },
            { name: 'you', answers: { sender: 'Anna Qwenzor' } },
        ],
    },

    withdraw: {
        steps: [
            { name: 'which', answers: {
                wish: 'renew', name: 'Qwenzor Tulvik',
                words: 'The notice of last year.',
                phone: '+00 98 765 43 20' } },
        ],
    },
};


/* to the first step, as a visitor comes there */

async function start(v, lang, form) {
    if (form === 'withdraw') {
        await v.go(`/${lang}/privacy`);
        await v.press(`footer a[href="/${lang}/withdraw"]`);

    } else if (forms[form].entry) {
        await v.go(`/${lang}/search`);
        await v.write('#name', 'Layla Hadad');
        await v.send('Enter');
        await v.press(form === 'message'
                      ? '.hits form button:not([formaction])'
                      : '.hits form button[formaction]');

    } else {
        await v.go(`/${lang}/${form}`);
        await v.press('main form button');
    }
}


/* the answers of one step, by keyboard; they stand in the page's order */

async function answer(v, answers) {
    for (const [name, value] of Object.entries(answers)) {
        const field = v.page.locator(`main [name="${name}"]`).first();
        const type = await field.evaluate((e) => e.type);

        if (type === 'select-one') {
            await v.pick(name, value);

        } else if (type === 'radio' || type === 'checkbox') {
            for (const one of [value].flat()) {
                await v.choose(name, one);
            }

        } else {
            await v.write(`main [name="${name}"]`, value);
        }
    }
}


/*
 * All steps, the check page, and what was sent.  each(place) is called on
 * every page: "name", "name, faults", "check", "sent".
 */

async function walk(v, lang, form, each = () => {}) {
    const { steps } = forms[form];

    await start(v, lang, form);

    for (const { name, first, answers } of steps) {
        await each(name);

        if (first) {
            await v.press('main .go');
            await each(`${name}, faults`);
        }

        await answer(v, answers);
        await v.press('main .go');
    }

    assert.equal(await v.page.locator('[value=send]').count(), 1,
                 `the answers of ${form} are shown before they go: `
                 + await v.title());
    await each('check');
    await send(v);
    await each('sent');
}


/* people who are quicker than people are asked to send once more */

async function send(v) {
    await v.press('[value=send]');

    if (await v.page.locator('[value=send]').count()) {
        await new Promise((done) => setTimeout(done, 2500));
        await v.press('[value=send]');
    }

    assert.equal(await v.page.locator('.slip').count(), 1,
                 'sent: ' + await v.title());
}


/* the reference, its digits, the code */

async function slip(v) {
    const words = await v.page.locator('.slip dd').allInnerTexts();

    return { receipt: words[0], digits: words[1], code: words[2] };
}


/* all answers of a form, as the check page must show them: typed ones */

function typed(form) {
    return forms[form].steps.flatMap(({ answers }) => Object.entries(answers))
        .filter(([name]) => !['adult', 'sex', 'consent', 'status', 'show',
                              'relation', 'why', 'wish', 'country', 'event']
                             .includes(name))
        .map(([, value]) => value);
}


/* one line of words, however they are broken */

function flat(text) {
    return text.replace(/\s+/g, ' ');
}


async function shows(v, words) {
    const text = flat(await v.page.locator('main').innerText());

    for (const word of words) {
        assert.ok(text.includes(flat(word)), `it shows "${word}": ${text}`);
    }
}


module.exports = { forms, start, answer, walk, send, slip, typed, shows };
