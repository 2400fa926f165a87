'use strict';

/*
 * Copyright (C) The RFL authors
 *
 * explained.js: what a checker leaves open or sees otherwise than we do, and
 * why it is right as it is.  Whatever is not listed here fails the tests.
 */


/* axe's "incomplete": a person has looked */

const axe = [
];


/* html-validate: rules of taste, and what we do on purpose */

const html = {

    /* "<!doctype html>" is the same in small letters */
    'doctype-style': 'off',

    /* an input without type is one of text, a button without type sends the
     * form: that is what they are here, and bytes are dear */
    'no-implicit-input-type': 'off',
    'no-implicit-button-type': 'off',

    /* buttons of a form share the name "go", boxes of a question its name:
     * which of them it was is the answer */
    'form-dup-name': 'off',

    /* the summary of faults, an h2, comes before the h1 */
    'heading-level': ['error', { minInitialRank: 'h2' }],

    /* the stylesheet is our own, from our own host */
    'require-sri': ['error', { target: 'crossorigin' }],

    /* the stylesheet keeps a number together; a no-break space would be
     * copied along with it */
    'tel-non-breaking': 'off',

    /* the name of the site comes last, and may be long */
    'long-title': 'off',

    /* answers are filled up with spaces, so that their length tells nothing */
    'no-trailing-whitespace': 'off',
};


module.exports = { axe, html };
