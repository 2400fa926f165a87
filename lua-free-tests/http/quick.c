
/*
 * Copyright (C) The RFL authors
 *
 * quick.c: preloaded into what tests of the desk start, unless they ask for
 * it as it is: a passphrase is stretched with the least of libsodium's costs
 * instead of those that the file of the key asks for, 0.7 s each time.  The
 * files say the same as ever, and a wrong passphrase opens nothing.
 */


#define _GNU_SOURCE
#include <dlfcn.h>
#include <stddef.h>


#define QUICK_OPS   1
#define QUICK_MEM   8192


typedef int (*quick_pwhash_pt)(unsigned char *out, unsigned long long len,
    const char *word, unsigned long long word_len, const unsigned char *salt,
    unsigned long long ops, size_t mem, int alg);


__attribute__((visibility("default"))) int
crypto_pwhash(unsigned char *out, unsigned long long len, const char *word,
    unsigned long long word_len, const unsigned char *salt,
    unsigned long long ops, size_t mem, int alg)
{
    quick_pwhash_pt  next;

    next = (quick_pwhash_pt) dlsym(RTLD_NEXT, "crypto_pwhash");

    return next(out, len, word, word_len, salt, QUICK_OPS, QUICK_MEM, alg);
}
