'use strict';

/*
 * Copyright (C) The RFL authors
 *
 * screenshots-desk.js DIR: the moderators' desk for docs/moderators.md: what
 * Amina sees in the morning, and what Boris sees after her; on a phone, too.
 */

const { sit, unlock, passphrase } = require('./lib/desk');
const { close } = require('./lib/visitor');

const WIDTH = 1024;


async function main(dir) {
    const amina = await come('amina', 'en', WIDTH);

    await amina.page.screenshot({ path: `${dir}/desk-unlock.png`,
                                  clip: top(420) });
    await unlock(amina, passphrase('amina'));
    await amina.page.screenshot({ path: `${dir}/desk-queues.png`,
                                  clip: top(480) });

    await amina.go('/en/queue/withdraw');
    await amina.go(await line(amina, 0));
    await amina.page.screenshot({ path: `${dir}/desk-withdraw.png`,
                                  clip: top(760) });

    /* somebody who says they are alive, and may be looked for */

    const item = await met(amina);

    await amina.page.screenshot({ path: `${dir}/desk-item.png`,
                                  fullPage: true, clip: top(1360) });
    await amina.send('Enter');

    const boris = await come('boris', 'en', WIDTH);

    await unlock(boris, passphrase('boris'));
    await boris.go(item);
    await boris.page.screenshot({ path: `${dir}/desk-second.png`,
                                  clip: top(780) });

    const phone = await come('amina', 'ar', 320);

    await phone.go(item.replace('/en/', '/ar/'));
    await phone.page.screenshot({ path: `${dir}/desk-phone-ar.png` });

    await close();
}


function top(height) {
    return { x: 0, y: 0, width: WIDTH, height };
}


async function come(id, lang, width) {
    const v = await sit(id, { lang, width, height: 800 });

    v.lang = lang;
    await v.go(`/${lang}/`);

    return v;
}


async function line(v, number) {
    return v.page.locator('tbody th a').nth(number).getAttribute('href');
}


/* the first of the new ones that says "I am alive" and meets somebody */

async function met(v) {
    for (let number = 0; ; number++) {
        await v.go('/en/queue/new');

        const href = await line(v, number);

        await v.go(href);

        if (await v.page.locator('.meet').count()
            && (await v.page.locator('h1').innerText()).includes('alive'))
        {
            return href;
        }
    }
}


main(process.argv[2]).catch((error) => {
    console.error(error.message);
    process.exit(1);
});
