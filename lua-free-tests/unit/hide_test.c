
/*
 * Copyright (C) The RFL authors
 *
 * hide_test.c: the code that hides and the reference that is read aloud: as
 * people copy them, and as others guess them.
 */


#include "unit.h"
#include "rfl_box.h"

#include <sodium.h>


#define GUESSES     1000000        /* issue 4: that many hide nothing */
#define SLIPS       200
#define SYMBOLS     "0123456789ABCDEFGHJKMNPQRSTVWXYZ*~$=U"


static void test_copied(void);
static void test_slips(void);
static void test_guesses(void);
static void test_label(void);
static void test_receipt(void);
static void test_receipt_slips(void);


int
main(void)
{
    if (rfl_seal_init(NULL) != RFL_OK) {
        printf("Bail out! no libsodium\n");
        return 1;
    }

    test_copied();
    test_slips();
    test_guesses();
    test_label();
    test_receipt();
    test_receipt_slips();

    return unit_done();
}


/* from memory of exactly that size */

static int
parse(const char *text, size_t len, u_char code[RFL_HIDE_CODE_SIZE])
{
    int      rc;
    u_char  *copy;

    copy = malloc(len);

    if (len != 0) {
        memcpy(copy, text, len);
    }

    rc = rfl_hide_parse(copy, len, code);

    free(copy);

    return rc;
}


static void
test_copied(void)
{
    size_t  i;
    u_char  code[RFL_HIDE_CODE_SIZE], text[RFL_HIDE_TEXT_SIZE];

    static const u_char  one[RFL_HIDE_CODE_SIZE] = {
        0x3f, 0xe6, 0x24, 0xde, 0x34, 0x20, 0x00, 0x12, 0xfe, 0x10
    };

    static const u_char  none[RFL_HIDE_CODE_SIZE];

    static const char  *const  same[] = {
        "7ZK2-9QHM-4001-5ZGG-6", "7zk2-9qhm-4oo1-5zgg-6",
        "7ZK29QHM40015ZGG6", " 7ZK2 9QHM 4001 5ZGG 6 ",
        "7ZK2.9QHM.400l.5ZGG.6", "7ZK2_9QHM/400I:5ZGG-6",
        "7ZK2\xe2\x80\x94" "9QHM\xe2\x80\x91" "4001-5ZGG-6",
        "\xe2\x80\x8e" "7ZK2-9QHM-4001-5ZGG-6\xe2\x80\x8f",
        "\xd9\xa7ZK\xd9\xa2-\xd9\xa9QHM-\xd9\xa4\xd9\xa0\xd9\xa0\xd9\xa1-"
        "\xd9\xa5ZGG-6", "\t7ZK2-9QHM\r\n4001-5ZGG-6\n"
    };

    static const char  *const  other[] = {
        "", "7", "7ZK2-9QHM-4001-5ZGG", "7ZK2-9QHM-4001-5ZGG-",
        "7ZK2-9QHM-4001-5ZGG-6A", "7ZK2-9QHM-4001-5ZG-6",
        "7ZK2-9QHM-4001-5ZGG-B", "7ZK2-9QHM-4001-5ZGG-*",
        "ZZK2-9QHM-4001-5ZGG-6", "Z7K2-9QHM-4001-5ZGG-6",
        "7ZK2-9QHM-4001-5ZGG-6!", "7ZK2-9QHM-4001-5ZGG-6\xff",
        "*7ZK2-9QHM-4001-5ZGG-6", "7ZK2-9QHM-4001-5ZG*-6"
    };

    rfl_hide_format(one, text);
    unit_ok(memcmp(text, same[0], RFL_HIDE_TEXT_SIZE) == 0,
            "the code reads %.*s", RFL_HIDE_TEXT_SIZE, (char *) text);

    for (i = 0; i < sizeof(same) / sizeof(same[0]); i++) {
        unit_ok(parse(same[i], strlen(same[i]), code) == RFL_OK
                && memcmp(code, one, sizeof(one)) == 0, "the same, way %zu",
                i);
    }

    for (i = 0; i < sizeof(other) / sizeof(other[0]); i++) {
        unit_ok(parse(other[i], strlen(other[i]), code) == RFL_DECLINED
                && memcmp(code, none, sizeof(none)) == 0,
                "not a code: %s", other[i]);
    }

    unit_int(parse("7ZK2-9QHM\0-4001-5ZGG-6", 22, code), RFL_DECLINED,
             "not a code: with a NUL");
}


/* one symbol wrong, or two neighbours exchanged, is always seen */

static void
test_slips(void)
{
    int       i;
    char      c;
    size_t    k, n;
    u_char    code[RFL_HIDE_CODE_SIZE], read[RFL_HIDE_CODE_SIZE];
    u_char    text[RFL_HIDE_TEXT_SIZE];
    unsigned  missed, back, tried;

    missed = 0;
    back = 0;
    tried = 0;

    for (i = 0; i < SLIPS; i++) {
        randombytes_buf(code, sizeof(code));
        rfl_hide_format(code, text);

        back += (parse((char *) text, sizeof(text), read) == RFL_OK
                 && memcmp(code, read, sizeof(code)) == 0);

        for (k = 0; k < sizeof(text); k++) {

            if (text[k] == '-') {
                continue;
            }

            c = (char) text[k];

            for (n = 0; n < 32; n++) {

                if (SYMBOLS[n] == c) {
                    continue;
                }

                text[k] = (u_char) SYMBOLS[n];
                tried++;
                missed += (parse((char *) text, sizeof(text), read)
                           == RFL_OK);
            }

            text[k] = (u_char) c;

            if (k + 1 < sizeof(text) && text[k + 1] != '-'
                && text[k + 1] != text[k])
            {
                text[k] = text[k + 1];
                text[k + 1] = (u_char) c;
                tried++;
                missed += (parse((char *) text, sizeof(text), read)
                           == RFL_OK);
                text[k + 1] = text[k];
                text[k] = (u_char) c;
            }
        }
    }

    unit_int(back, SLIPS, "random codes read back");
    unit_int(missed, 0, "of %u slips none is taken", tried);
}


static void
test_guesses(void)
{
    u_char    code[RFL_HIDE_CODE_SIZE], guess[RFL_HIDE_CODE_SIZE];
    u_char    hide[RFL_HIDE_SIZE];
    unsigned  i, matched, near;

    randombytes_buf(code, sizeof(code));
    rfl_hide_hash(code, hide);

    matched = 0;

    for (i = 0; i < GUESSES; i++) {
        randombytes_buf(guess, sizeof(guess));
        matched += (rfl_hide_matches(hide, guess, sizeof(guess)) == RFL_OK
                    && memcmp(guess, code, sizeof(code)) != 0);
    }

    unit_int(matched, 0, "of %d guesses none hides", GUESSES);

    near = 0;

    for (i = 0; i < 8 * sizeof(code); i++) {
        code[i / 8] ^= (u_char) (1 << i % 8);
        near += (rfl_hide_matches(hide, code, sizeof(code)) == RFL_OK);
        code[i / 8] ^= (u_char) (1 << i % 8);
    }

    unit_int(near, 0, "nor one that is a bit away");
    unit_int(rfl_hide_matches(hide, code, sizeof(code)), RFL_OK,
             "control: the code hides");

    /* what somebody with access to Redis could write there */

    unit_int(rfl_hide_matches(hide, hide, sizeof(hide)), RFL_DECLINED,
             "the hash is not the code");
    unit_int(rfl_hide_matches(hide, hide, sizeof(code)), RFL_DECLINED,
             "nor is its start");
    unit_int(rfl_hide_matches(hide, code, sizeof(code) - 1), RFL_DECLINED,
             "nor a part of the code");
    unit_int(rfl_hide_matches(hide, (const u_char *) "", 0), RFL_DECLINED,
             "nor nothing");
}


/* the key in Redis tells neither the code nor what the record has */

static void
test_label(void)
{
    size_t    k;
    u_char    code[RFL_HIDE_CODE_SIZE], hide[RFL_HIDE_SIZE];
    u_char    label[RFL_HIDE_LABEL_SIZE], changed[RFL_HIDE_LABEL_SIZE];
    unsigned  i, bits, in_it;

    randombytes_buf(code, sizeof(code));
    rfl_hide_hash(code, hide);
    rfl_hide_label(hide, label);

    unit_ok(label[0] == 'h' && label[1] == ':', "its name begins with h:");

    in_it = 0;

    for (k = 2; k + 4 <= sizeof(label); k++) {
        for (i = 0; i + 4 <= sizeof(hide); i++) {
            in_it += (memcmp(label + k, hide + i, 4) == 0);
        }

        for (i = 0; i + 4 <= sizeof(code); i++) {
            in_it += (memcmp(label + k, code + i, 4) == 0);
        }
    }

    unit_int(in_it, 0, "no four bytes of code or hash are in it");

    /* each bit of the code changes about half of the label */

    bits = 0;

    for (i = 0; i < 8 * sizeof(code); i++) {
        code[i / 8] ^= (u_char) (1 << i % 8);
        rfl_hide_hash(code, hide);
        rfl_hide_label(hide, changed);
        code[i / 8] ^= (u_char) (1 << i % 8);

        for (k = 2; k < sizeof(label); k++) {
            bits += (unsigned) __builtin_popcount(label[k] ^ changed[k]);
        }
    }

    /* 80 labels of 128 bits: 5120 expected, 51 the standard deviation */

    unit_ok(bits > 4700 && bits < 5540, "a bit of the code changes half of "
            "its bits: %u of 10240", bits);
}


static void
test_receipt(void)
{
    size_t  i;
    u_char  got[6];
    u_char  text[RFL_RECEIPT_TEXT_SIZE], digits[RFL_RECEIPT_DIGITS_SIZE];

    static const u_char  id[RFL_SUBMISSION_ID_SIZE] = {
        0x3f, 0xe6, 0x24, 0xde, 0x34, 0x23, 0xff
    };

    static const char  *const  same[] = {
        "7ZK29-QHM4~", "7zk29qhm4~", " 7ZK29 QHM4 ~", "7ZK29-QHM4-~",
        "0878 2211 6962 6031", "0878221169626031", "0878-2211-6962-6031",
        "\xdb\xb0\xdb\xb8\xdb\xb7\xdb\xb8 2211 6962 6031"
    };

    static const char  *const  other[] = {
        "", "7ZK29-QHM4", "7ZK29-QHM45", "7ZK29-QHM4~~", "1ZK29-QHM4~",
        "0878 2211 6962 6032", "0878 2211 6962 603",
        "0878 2211 6962 6031 1", "8078 2211 6962 6031",
        "9999 9999 9999 9999", "O878 2211 6962 603A"
    };

    rfl_receipt_format(id, text, digits);
    unit_ok(memcmp(text, same[0], sizeof(text)) == 0, "in letters: %.*s",
            RFL_RECEIPT_TEXT_SIZE, (char *) text);
    unit_ok(memcmp(digits, same[4], sizeof(digits)) == 0, "in digits: %.*s",
            RFL_RECEIPT_DIGITS_SIZE, (char *) digits);

    for (i = 0; i < sizeof(same) / sizeof(same[0]); i++) {
        unit_ok(rfl_receipt_parse((const u_char *) same[i], strlen(same[i]),
                                  got)
                == RFL_OK
                && memcmp(got, id, 5) == 0 && got[5] == (id[5] & 0xf8),
                "the same: %s", same[i]);
    }

    for (i = 0; i < sizeof(other) / sizeof(other[0]); i++) {
        unit_int(rfl_receipt_parse((const u_char *) other[i],
                                   strlen(other[i]), got),
                 RFL_DECLINED, "none: %s", other[i]);
    }
}


static void
test_receipt_slips(void)
{
    int       i;
    u_char    c;
    size_t    k;
    u_char    got[6], id[RFL_SUBMISSION_ID_SIZE];
    u_char    text[RFL_RECEIPT_TEXT_SIZE], digits[RFL_RECEIPT_DIGITS_SIZE];
    unsigned  n, missed;

    missed = 0;

    for (i = 0; i < SLIPS; i++) {
        randombytes_buf(id, sizeof(id));
        rfl_receipt_format(id, text, digits);

        for (k = 0; k < sizeof(digits); k++) {

            c = digits[k];

            if (c == ' ') {
                continue;
            }

            for (n = '0'; n <= '9'; n++) {
                digits[k] = (u_char) n;
                missed += (n != c
                           && rfl_receipt_parse(digits, sizeof(digits), got)
                              == RFL_OK);
            }

            digits[k] = c;
        }

        for (k = 0; k < sizeof(text); k++) {

            c = text[k];

            if (c == '-') {
                continue;
            }

            for (n = 0; n < 32; n++) {
                text[k] = (u_char) SYMBOLS[n];
                missed += (text[k] != c
                           && rfl_receipt_parse(text, sizeof(text), got)
                              == RFL_OK);
            }

            text[k] = c;
        }
    }

    unit_int(missed, 0, "a digit misheard is always seen");
}
