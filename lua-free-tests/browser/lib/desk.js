'use strict';

/*
 * Copyright (C) The RFL authors
 *
 * desk.js: the moderators' desk: who sits there, how they come in and to an
 * item, and what visitors hand in for them.
 *
 *     const amina = await enter('amina', { lang: 'ar' });
 *     await open(amina, 'new', receipt);
 */

const assert = require('node:assert');
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');

const site = require('./site');
const { visit } = require('./visitor');

const url = process.env.RFL_DESK_URL;
const people = `${process.env.STATE}/people`;

/* what visitors sent is brought to the desk every three seconds */
const ARRIVAL = 60_000;

/* sooner than that nobody has read an item */
const READING = 2000;


/* id: whose certificate is shown; none: null */

async function sit(id, options = {}) {
    return visit({
        width: 1280,
        ...options,
        url,
        certificate: id && { origin: url, certPath: `${people}/${id}.pem`,
                             keyPath: `${people}/${id}.key` },
    });
}


function passphrase(id) {
    return fs.readFileSync(`${people}/${id}.passphrase`, 'utf8').trim();
}


/* with the passphrase, if the keys are locked */

async function enter(id, { lang = 'en', ...options } = {}) {
    const v = await sit(id, { lang, ...options });

    v.lang = lang;
    await v.go(`/${lang}/`);
    await unlock(v, passphrase(id));
    assert.equal(await v.page.locator('.queues').count() > 0, true,
                 `${id} comes in: ${await v.title()}`);

    return v;
}


/* the field has the focus when the page opens */

async function unlock(v, words) {
    if (await v.page.locator('#passphrase').count()) {
        await v.write('#passphrase', words);
        await v.send('Enter');
    }
}


/* the line of an item in a queue, once it has come */

async function find(v, queue, receipt) {
    const until = Date.now() + ARRIVAL;
    const address = `/${v.lang}/queue/${queue}`;

    for (let next = address; ;) {
        await v.go(next);

        const line = v.page.locator('tbody th a', { hasText: receipt });

        if (await line.count()) {
            return line.getAttribute('href');
        }

        const more = v.page.locator('.pages a[href*="skip="]').last();

        next = await more.count() && await more.getAttribute('href') !== next
               && !next.includes('skip') ? await more.getAttribute('href')
                                         : address;

        assert.ok(Date.now() < until, `${receipt} comes to ${queue}`);
        await new Promise((done) => setTimeout(done, 300));
    }
}


/* from its line in the queue, with the keyboard */

async function open(v, queue, receipt) {
    const href = await find(v, queue, receipt);

    await v.press(`tbody th a[href="${href}"]`);
    assert.ok((await v.page.locator('h1').innerText()).includes(receipt));
}


/* its page, by its address */

async function look(v, queue, receipt) {
    await v.go(await find(v, queue, receipt));
}


/* Enter alone, once the page has put the focus there, and it was read */

async function approve(v) {
    await v.opensAt('[value=approve]');
    await new Promise((done) => setTimeout(done, READING));
    await v.send('Enter');
}


/* one of the decisions, reason by its word */

async function decide(v, act, reason) {
    await v.choose('act', act);

    if (reason) {
        await v.focus('#reason');

        const list = v.page.locator('#reason');

        while (await list.inputValue() !== reason) {
            const before = await list.inputValue();

            await v.key('ArrowDown');
            assert.notEqual(await list.inputValue(), before, reason);
        }
    }

    await v.press('.decide .go');
}


/* a certificate of the desk's own authority */

function certificate(id) {
    const run = (...args) => execFileSync('openssl', args, { stdio: 'pipe' });
    const file = (end) => `${people}/${id}.${end}`;

    run('req', '-new', '-newkey', 'ec', '-pkeyopt',
        'ec_paramgen_curve:P-256', '-nodes', '-subj', `/CN=${id}`,
        '-keyout', file('key'), '-out', file('csr'));
    run('x509', '-req', '-in', file('csr'), '-days', '10',
        '-CA', `${people}/ca.pem`, '-CAkey', `${people}/ca.key`,
        '-CAserial', `${people}/${id}.srl`, '-CAcreateserial',
        '-extfile', `${people}/ca.conf`, '-extensions', 'person',
        '-out', file('pem'));
}


/* rflctl staff, and then what it says is to be done: all keys are locked */

async function staff(verb, ...args) {
    const master = fs.readFileSync(`${process.env.STATE}/web.pid`, 'utf8')
                     .split(' ')[0];

    execFileSync(`${site.top}/build/release/rflctl`,
                 ['staff', verb, '--state', `${process.env.STATE}/desk`,
                  ...args], { stdio: 'pipe' });
    await site.reload(master);
}


/* a draft of the case system, for the desk to take over */

function draft(id, names) {
    const day = (n) => new Date(Date.now() + n * 86_400_000).toISOString();

    fs.writeFileSync(`${process.env.STATE}/desk/spool/in/${id}.ndjson`,
        JSON.stringify({
            id, names, kind: 'alive', society: 'northland',
            event: 'river-flood', age_class: 'adult', age_band: '40-49',
            birth_year: 1981, status: 'safe',
            confirmed_on: day(-9).slice(0, 10),
            consent: { class: 'searchable', date: day(-9).slice(0, 10),
                       policy: 1 },
            not_after: day(60).slice(0, 19) + 'Z',
        }) + '\n');
}


/*
 * A form handed in without a browser: each page gets the answers it asks for.
 * What was sent says its receipt, and the code.
 */

async function hand(lang, form, answers) {
    let page = await post(lang, form, answers.entry
                          ? { entry: answers.entry } : {});

    for (let steps = 0; steps < 12; steps++) {
        const check = page.includes('value="send"');

        if (page.includes('class="slip"')) {
            break;
        }

        /* people who are quicker than people are asked to send once more */

        if (check && steps > 0) {
            await new Promise((done) => setTimeout(done, 700));
        }

        page = await post(lang, form, {
            ...hidden(page),
            ...(check ? { go: 'send' } : asked(page, answers)),
        });
    }

    const slip = [...page.matchAll(/<dd[^>]*>(.*?)<\/dd>/gs)]
        .map((found) => found[1].replace(/<[^>]*>/g, '').trim());

    assert.ok(page.includes('class="slip"'), `${form}: it is sent`);

    return { receipt: slip[0], code: slip[2] };
}


function hidden(page) {
    return Object.fromEntries(['state', 'entry'].flatMap((name) => {
        const found = page.match(new RegExp(`name="${name}" value="([^"]+)"`));

        return found ? [[name, found[1]]] : [];
    }));
}


function asked(page, answers) {
    return Object.fromEntries(Object.entries(answers).filter(
        ([name]) => name !== 'entry' && page.includes(`name="${name}"`)));
}


async function post(lang, form, fields) {
    const body = new URLSearchParams();

    for (const [name, value] of Object.entries(fields)) {
        [value].flat().forEach((one) => body.append(name, one));
    }

    const answer = await fetch(`${site.url}/${lang}/${form}`,
                               { method: 'POST', body });

    return answer.text();
}


/* with the code of what was sent, at once */

async function hide(code) {
    const page = await post('en', 'withdraw', {});

    await post('en', 'withdraw', { ...hidden(page), wish: 'hide', code });
}


/* what is sealed about an entry that the search finds by this name */

async function entry(name) {
    const page = await post('en', 'search', { name });

    return hidden(page).entry;
}


module.exports = { url, people, sit, enter, unlock, passphrase, find, open,
                   look, approve, decide, certificate, staff, draft, hand, hide, entry };
