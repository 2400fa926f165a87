'use strict';

/*
 * Copyright (C) The RFL authors
 *
 * tap.js: tests for prove, one after the other.
 *
 *     test('a name is found', async () => { ... });
 *
 * A test that throws has failed, and the next one runs.  The browser is
 * closed behind the last.
 */

const { close, sight } = require('./visitor');

const tests = [];

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => process.exit(1));
}


function test(name, body) {
    if (tests.length === 0) {
        setImmediate(run);
    }

    tests.push({ name, body });
}


async function run() {
    let failed = 0;

    for (const [i, { name, body }] of tests.entries()) {
        try {
            await body();
            console.log(`ok ${i + 1} - ${name}`);

        } catch (error) {
            failed++;
            console.log(`not ok ${i + 1} - ${name}`);
            console.error([explain(error), await sight()].join('\n')
                          .replace(/^/gm, '#   '));
        }
    }

    console.log(`1..${tests.length}`);
    await close();
    process.exit(failed ? 1 : 0);
}


/* what was wrong, line by line, and where in our files */

function explain(error) {
    const words = Array.isArray(error.actual) && error.actual.length
                  ? [error.message.split('\n')[0], ...error.actual].join('\n')
                  : error.message;
    const places = (error.stack || '').split('\n')
        .filter((line) => /\.test\.js:/.test(line)).slice(0, 2);

    return [words, ...places].join('\n');
}


module.exports = { test };
