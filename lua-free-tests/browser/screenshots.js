'use strict';

/*
 * Copyright (C) The RFL authors
 *
 * screenshots.js DIR: pictures for the documentation, as a telephone shows
 * the pages: one strip per language, of the pages that a person sees one
 * after the other.
 */

const fs = require('node:fs');

const { walk } = require('./lib/forms');
const { visit, close } = require('./lib/visitor');

const WIDTH = 320;
const HEIGHT = 600;
const GAP = 16;


async function main(dir) {
    for (const lang of ['en', 'ar']) {
        fs.writeFileSync(`${dir}/phone-${lang}.png`,
                         await strip(await shots(lang), lang));
    }

    await close();
}


async function shots(lang) {
    const v = await visit({ lang, width: WIDTH, height: HEIGHT });
    const pictures = [];

    const take = async () => {
        await v.page.evaluate(() => {
            document.activeElement.blur();
            scrollTo(0, 0);
        });
        pictures.push(await v.page.screenshot());
    };

    await v.go(`/${lang}/`);
    await take();

    await v.go(`/${lang}/search`);
    await v.write('#name', 'Layla Hadad');
    await v.send('Enter');
    await take();

    await walk(v, lang, 'alive', async (place) => {
        if (['name', 'check', 'sent'].includes(place)) {
            await take();
        }
    });

    await v.leave();

    return pictures;
}


/* side by side, in the direction of the language */

async function strip(pictures, lang) {
    const width = pictures.length * (WIDTH + GAP) + GAP;
    const v = await visit({ width, height: HEIGHT + 2 * GAP });
    const images = pictures.map((png) => '<img alt="" src="data:image/png;base64,'
                                         + png.toString('base64') + '">');

    await v.page.setContent(`<html dir="${lang === 'ar' ? 'rtl' : 'ltr'}">
        <style>body{margin:0;padding:${GAP}px;display:flex;gap:${GAP}px;
        background:#dfe4e6}img{border-radius:10px}</style>${images.join('')}`);

    const png = await v.page.screenshot();

    await v.context.close();

    return png;
}


main(process.argv[2]).catch((error) => {
    console.error(error.message);
    process.exit(1);
});
