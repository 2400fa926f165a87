'use strict';

/*
 * Copyright (C) The RFL authors
 *
 * visitor.js: somebody at a small telephone, with a keyboard and nothing
 * else: no JavaScript, no mouse.  Every key press that moves the focus is
 * watched (can it be seen, does it go on in reading order), and so is every
 * request.
 *
 *     const v = await visit({ lang: 'ar' });
 *     await v.go('/ar/search');
 *     await v.write('#name', 'Layla Hadad');
 *     await v.send('Enter');
 *     await v.leave();
 *
 * A moderator at the desk is a visitor with a certificate, shown over TLS to
 * that origin alone:
 *
 *     visit({ url, certificate: { origin: url, certPath, keyPath } })
 */

const assert = require('node:assert');
const fs = require('node:fs');
const { chromium } = require('playwright-core');

const inpage = require('./inpage');
const site = require('./site');

const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const EXECUTABLE = process.env.CHROMIUM || '/usr/bin/chromium-headless-shell';

/* more stops than any page of ours has */
const STOPS = 120;

let browser;

/* the last one that came */
let latest;


async function chrome() {
    browser ||= await chromium.launch({
        executablePath: EXECUTABLE,
        args: ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none'],
    });

    return browser;
}


/*
 * script: JavaScript, which the site itself never needs, and axe in every
 * page: the site's own policy keeps scripts out, a debugger's may come in.
 * There before the page it takes less time than brought into it later.
 * css: false drops every stylesheet, as a bad connection does.
 */

async function visit({ lang = 'en', url = site.url, script = false,
                       css = true, width = 320, height = 640, scale = 1,
                       certificate } = {})
{
    const context = await (await chrome()).newContext({
        baseURL: url,
        javaScriptEnabled: script,
        viewport: { width, height },
        deviceScaleFactor: scale,
        locale: lang,
        serviceWorkers: 'block',
        acceptDownloads: true,
        ignoreHTTPSErrors: url.startsWith('https:'),
        clientCertificates: certificate && [certificate],
    });

    context.setDefaultTimeout(30_000);

    if (script) {
        await context.addInitScript(axe);
    }

    const page = await context.newPage();

    if (!css) {
        await page.route('**/*.css', (route) => route.abort());
    }

    latest = new Visitor(context, page, url);

    return latest;
}


/* what the last visitor has before the eyes, for a test that failed */

async function sight() {
    const page = latest?.page;

    if (!page || page.isClosed()) {
        return '';
    }

    const words = await page.locator('body').innerText({ timeout: 1000 })
        .catch((error) => error.message);

    return `${page.url()}, ${latest.answer?.status()}, `
        + `"${await page.title().catch(() => '')}": `
        + words.replace(/\s+/g, ' ').slice(0, 300);
}


class Visitor {

    constructor(context, page, url) {
        this.context = context;
        this.page = page;
        this.url = url;
        this.requests = [];
        this.faults = [];
        this.answer = null;
        this.keys = 0;

        page.on('request', (request) => this.requests.push(request));
        page.on('pageerror', (error) => this.faults.push(error.message));

        page.on('console', (message) => {
            if (/content security policy/i.test(message.text())) {
                this.faults.push(message.text());
            }
        });

        page.on('response', (response) => {
            if (response.request().isNavigationRequest()) {
                this.answer = response;
            }
        });
    }

    /* one key; counted, because some journeys have a budget of them */

    async key(name) {
        this.keys++;
        await this.page.keyboard.press(name);
    }

    async go(address) {
        this.last = null;
        await this.page.goto(address);
    }

    /* by Tab alone to what the selector names; behind the last stop of a page
     * comes its first */

    async focus(selector, key = 'Tab') {
        const seen = [];
        let ends = 0;

        if (await this.page.evaluate(inpage.focused, selector)) {
            return;
        }

        for (let i = 0; i < STOPS; i++) {
            const stop = await this.tab(key);

            if (await this.page.evaluate(inpage.focused, selector)) {
                return;
            }

            if (stop === null && ++ends > 1) {
                break;
            }

            seen.push(stop?.what);
        }

        assert.fail(`the keyboard does not come to ${selector}, but to: `
                    + seen.join(', '));
    }

    /* one press of Tab; what is focused then, null at the end of the page */

    async tab(key = 'Tab') {
        await this.key(key);

        const stop = await this.page.evaluate(inpage.stop);

        if (stop === null) {
            this.last = null;
            return null;
        }

        assert.ok(stop.wrong.length === 0,
                  `focus on ${stop.what}: ${stop.wrong.join(', ')}`);

        if (key === 'Tab' && this.last) {
            assert.ok(inpage.follows(this.last, stop),
                      `${stop.what} comes after ${this.last.what}, but is `
                      + 'not behind it on the page');
        }

        this.last = key === 'Tab' ? stop : null;

        return stop;
    }

    /* where the page puts the focus itself, a moment after it has come */

    async opensAt(selector) {
        for (let i = 0; i < 500; i++) {
            if (await this.page.evaluate(inpage.focused, selector)) {
                return;
            }

            await new Promise((done) => setTimeout(done, 20));
        }

        assert.fail(`the page opens at ${selector}`);
    }

    async write(selector, text) {
        await this.focus(selector);
        await this.key('Control+A');
        await this.key('Delete');
        await this.page.keyboard.insertText(text);
    }

    /* a key that opens a page: another document comes, and is all there; the
     * "load" of the one before may still be on its way */

    async send(key = 'Enter') {
        this.last = null;

        await Promise.all([
            this.page.waitForNavigation({ waitUntil: 'load' }),
            this.key(key),
        ]);
    }

    /* Tab to it, Enter */

    async press(selector) {
        await this.focus(selector);
        await this.send('Enter');
    }

    /* the browser's "reload"; the error page of the browser itself takes a
     * moment to be one that can be reloaded */

    async again() {
        this.last = null;

        for (let tries = 100; ; tries--) {
            try {
                await this.page.reload();
                return;

            } catch (error) {
                if (tries === 0 || !/active page/.test(error.message)) {
                    throw error;
                }

                await new Promise((done) => setTimeout(done, 100));
            }
        }
    }

    /* radio button or check box: arrows within a group, Space for a box */

    async choose(name, value) {
        const wanted = `[name="${name}"][value="${value}"]`;
        const type = await this.page.locator(wanted).getAttribute('type');

        if (type === 'checkbox') {
            await this.focus(wanted);
            await this.key('Space');
            assert.ok(await this.page.locator(wanted).isChecked());
            return;
        }

        await this.focus(`[name="${name}"]`);

        const count = await this.page.locator(`[name="${name}"]`).count();

        await this.key('Space');

        for (let i = 0; i < count; i++) {
            if (await this.page.locator(wanted).isChecked()) {
                return;
            }

            await this.key('ArrowDown');
        }

        assert.fail(`the arrows do not come to ${wanted}`);
    }

    /* of a list, with the arrow */

    async pick(name, value) {
        const list = `select[name="${name}"]`;
        const count = await this.page.locator(`${list} option`).count();

        await this.focus(list);

        for (let i = 0; i < count; i++) {
            if (await this.page.locator(list).inputValue() === value) {
                return;
            }

            await this.key('ArrowDown');
        }

        assert.fail(`the arrow does not come to ${value} of ${list}`);
    }

    /* what the server sent, not what the browser made of it */

    async source() {
        return this.answer.text();
    }

    status() {
        return this.answer.status();
    }

    title() {
        return this.page.title();
    }

    /* nothing went elsewhere, nothing stays behind (S-67) */

    async leave() {
        const origin = new URL(this.url).origin;
        const foreign = this.requests
            .map((request) => request.url())
            .filter((address) => new URL(address).origin !== origin);
        const cookies = await this.context.cookies();
        const stored = await this.page.evaluate(inpage.stored);

        await this.context.close();

        assert.deepEqual(foreign, [], 'requests that leave the site');
        assert.deepEqual(cookies, [], 'cookies');
        assert.deepEqual(stored, [], 'storage');
        assert.deepEqual(this.faults, [], 'errors of the pages');
    }
}


async function close() {
    await browser?.close();
    browser = undefined;
}


module.exports = { visit, sight, close };
