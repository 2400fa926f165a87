'use strict';

/*
 * Copyright (C) The RFL authors
 *
 * site.js: the site under test: its address, its languages, the words of its
 * pages, a second one that is broken on purpose, and what an answer weighs on
 * the wire.
 */

const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const net = require('node:net');
const path = require('node:path');

const top = path.resolve(__dirname, '../../..');
const url = process.env.RFL_URL;

if (!url || !process.env.RFL_LANGS) {
    throw new Error('start this with lua-free-tests/browser/run');
}


/* the catalogs, as a translator wrote them: key -> words */

function catalog(file) {
    const text = fs.readFileSync(file, 'utf8');
    const words = {};

    for (const block of text.split(/\n\s*\n/)) {
        const part = (name) => {
            const m = block.match(new RegExp(`^${name} ((?:".*"\\s*)+)`, 'm'));

            return m ? m[1].match(/"(?:\\.|[^"\\])*"/g).map(JSON.parse).join('')
                     : '';
        };

        const key = part('msgctxt');

        if (key) {
            words[key] = part('msgstr') || part('msgid');
        }
    }

    return words;
}


/* t('ar', 'form.go'): the words without their arguments, for comparing */

function words(dir) {
    const catalogs = {};

    return (lang, key) => {
        catalogs[lang] ||= catalog(`${top}/${dir}/${lang}.po`);

        if (!(key in catalogs[lang])) {
            throw new Error(`${dir}/${lang}.po has no "${key}"`);
        }

        return catalogs[lang][key];
    };
}

const t = words('pages/po');

/* the same of the moderators' desk */
const td = words('pages/desk/po');


/* those that the site offers; visitors walk through it in some of them, and
 * of the others every page is looked at as check-pages writes it */

const langs = process.env.RFL_LANGS.split(' ').sort();
const walked = langs.filter((lang) => ['ar', 'en', 'es', 'fr'].includes(lang));


/*
 * Bytes of one answer, head and body, as they come over TCP.
 */

function weigh(address, { method = 'GET', body = '' } = {}) {
    const to = new URL(address, url);
    const head = `${method} ${to.pathname} HTTP/1.1\r\nHost: ${to.host}\r\n`
        + 'Accept-Encoding: gzip\r\nConnection: close\r\n'
        + (body ? 'Content-Type: application/x-www-form-urlencoded\r\n'
                  + `Content-Length: ${Buffer.byteLength(body)}\r\n` : '')
        + '\r\n';

    return new Promise((resolve, reject) => {
        const chunks = [];

        net.connect(to.port, to.hostname)
            .on('data', (chunk) => chunks.push(chunk))
            .on('error', reject)
            .on('end', () => {
                const answer = Buffer.concat(chunks);

                resolve({ bytes: answer.length, text: answer.toString() });
            })
            .write(head + body);
    });
}


/*
 * A second stack, for what must not happen to the one that all tests share.
 * freeze('keyd') stops a part of it without ending it; lines() adds lines to
 * the server block of nginx, which has less patience with a frozen part from
 * then on.
 */

async function second() {
    const state = fs.mkdtempSync('/tmp/rfl-browser.');

    fs.chmodSync(state, 0o711);        /* workers of nginx come through */

    const port = Number(process.env.PORT) + 1;
    const env = { ...process.env, STATE: state, PORT: String(port),
                  DESK_PORT: String(port + 2), SAMPLE: 'none' };
    const frozen = new Set();

    const run = (verb) => execFileSync(`${top}/dist/run.sh`, [verb],
                                       { env, stdio: 'pipe' });
    const pid = (part) => Number(
        fs.readFileSync(`${state}/${part}.pid`, 'utf8').split(' ')[0]);

    run('start');

    const stack = {
        url: `http://127.0.0.1:${port}`,

        freeze(part) {
            process.kill(pid(part), 'SIGSTOP');
            frozen.add(part);
        },

        thaw(part) {
            process.kill(pid(part), 'SIGCONT');
            frozen.delete(part);
        },

        async lines(http, server) {
            const file = `${state}/nginx/nginx.conf`;
            const conf = fs.readFileSync(file, 'utf8');
            const master = pid('nginx');

            fs.writeFileSync(file, conf.replace(/^ {4}server \{$/m,
                                               `${http}\n$&\n${server}`)
                .replace(/rfl_timeout \w+;/, 'rfl_timeout 2s;')
                .replace(/rfl_deadline \w+;/, 'rfl_deadline 3s;'));
            await reload(master);
        },

        stop() {
            if (fs.existsSync(state)) {
                [...frozen].forEach((part) => stack.thaw(part));
                run('stop');
                fs.rmSync(state, { recursive: true });
            }
        },
    };

    process.once('exit', stack.stop);

    return stack;
}


/* nginx takes its configuration anew; until no worker has the one before */

async function reload(master) {
    const workers = () => execFileSync('pgrep', ['-P', String(master)])
                              .toString().trim().split('\n');
    const before = workers();

    process.kill(Number(master), 'SIGHUP');

    for (let i = 0; i < 1500; i++) {
        const now = workers();

        if (!now.some((pid) => before.includes(pid))) {
            return;
        }

        await new Promise((done) => setTimeout(done, 20));
    }

    throw new Error('nginx keeps its old workers');
}


module.exports = { top, url, langs, walked, t, td, weigh, second, reload };
