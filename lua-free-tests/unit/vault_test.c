
/*
 * Copyright (C) The RFL authors
 *
 * vault_test.c: what is sealed with the vault opens as it was and under no
 * other name; files of holders and of inbox keys; trust files spliced.
 */


#include "unit.h"

#include "rfl_splice.h"
#include "rfl_vault.h"


static int
asks(void *data, rfl_pool_t *pool, rfl_str_t *passphrase, rfl_err_t *err)
{
    (*(unsigned *) data)++;
    rfl_str_set(passphrase, "wrong");

    return RFL_OK;
}


static void
test_vault(rfl_pool_t *pool, const char *dir)
{
    u_char               sk[RFL_BOX_SECRET_SIZE];
    unsigned             asked;
    rfl_err_t            err;
    rfl_str_t            none, society, out;
    rfl_buf_t            b;
    rfl_vault_t         *vault, *again, *other;
    rfl_keyfile_t        root;
    rfl_inbox_file_t     file;
    rfl_inbox_files_t    files;

    rfl_str_null(&none);
    rfl_str_set(&society, "northland");
    asked = 0;

    unit_int(rfl_vault_create(pool, dir, "office", &none, &vault, &err),
             RFL_OK, "a vault is made");
    unit_int(rfl_vault_create(pool, dir, "office", &none, &other, &err),
             RFL_CREATE, "and not made twice");

    rfl_keyfile_generate(&root);
    unit_int(rfl_vault_add(pool, dir, "amal", vault, &root, &none, &err),
             RFL_OK, "one more holder");
    unit_int(rfl_vault_add(pool, dir, "../x", vault, NULL, &none, &err),
             RFL_ERROR, "but none outside of the folder");
    unit_int(rfl_vault_open(pool, dir, "amal", asks, &asked, &again, &err),
             RFL_OK, "opens it");
    unit_int(asked, 0, "without a passphrase, for there is none");
    unit_ok(memcmp(again->key, vault->key, sizeof(vault->key)) == 0
            && again->has_sign
            && memcmp(again->sign.sk, root.sk, sizeof(root.sk)) == 0,
            "the same vault, with the signing key");
    unit_int(rfl_vault_open(pool, dir, "nobody", asks, &asked, &other, &err),
             RFL_DECLINED, "there is no such holder");

    rfl_buf_init(&b, 0);
    rfl_vault_seal(vault, "draft", "n1", 2, "Amina", 5, 256, &b);
    unit_int(b.len, 1 + 24 + 256 + 16, "sealed to one length");
    unit_int(rfl_vault_unseal(pool, again, "draft", "n1", 2, b.data, b.len,
                              &out),
             RFL_OK, "opens");
    unit_str(out, "Amina", "as it was");
    unit_int(rfl_vault_unseal(pool, again, "draft", "n2", 2, b.data, b.len,
                              &out),
             RFL_DECLINED, "not under another name");
    unit_int(rfl_vault_unseal(pool, again, "note", "n1", 2, b.data, b.len,
                              &out),
             RFL_DECLINED, "not as something else");
    b.data[40] ^= 1;
    unit_int(rfl_vault_unseal(pool, again, "draft", "n1", 2, b.data, b.len,
                              &out),
             RFL_DECLINED, "not if it was changed");
    rfl_buf_free(&b);

    unit_int(rfl_inbox_file_new(pool, dir, vault, &root, &society, 20000,
                                20037, &file, &err),
             RFL_OK, "an inbox key");
    unit_int(rfl_inbox_files(pool, dir, &files, &err), RFL_OK, "is read");
    unit_int(files.n, 1, "the only one");
    unit_int(rfl_inbox_file_open(again, &files.keys[0], sk, &err), RFL_OK,
             "opens with the vault");

    again->key[0] ^= 1;
    unit_int(rfl_inbox_file_open(again, &files.keys[0], sk, &err),
             RFL_DECLINED, "and with no other");

    rfl_vault_close(again);
    rfl_vault_close(vault);
}


static void
test_splice(void)
{
    char       before[256], after[256];
    size_t     i;
    rfl_buf_t  b;
    rfl_str_t  text, society, root, key;

    static const struct {
        const char  *before;
        const char  *after;
    } keys[] = {
        { "", ", \"keys\": [     {} ]" },
        { ",\n  \"keys\": [ ] ", ",\n  \"keys\": [     {} ] " },
        { ", \"keys\": [{\"a\": \"]\"}], \"x\": 1",
          ", \"keys\": [{\"a\": \"]\"},{}], \"x\": 1" },
        { ",\n \"keys\": [\n    {\"a\": [1]},\n    {\"b\": 2}\n  ]\n",
          ",\n \"keys\": [\n    {\"a\": [1]},\n    {\"b\": 2},\n    {}\n  ]"
          "\n" }
    };

    rfl_str_set(&text, "{\"societies\": [ {\"id\":\"a\",\"x\":\"}{\\\"\"},\n"
                       "  { \"id\": \"b\", \"inbox_keys\": [1], \"y\": 2 }]}"
                       "\n");
    rfl_str_set(&society, "b");
    rfl_str_set(&root, "\"R\"");
    rfl_str_set(&key, "{}");

    rfl_buf_init(&b, 0);
    unit_int(rfl_splice(&text, &society, &root, &key, 1, &b), RFL_OK,
             "spliced");

    text.data = b.data;
    text.len = b.len;
    unit_str(text, "{\"societies\": [ {\"id\":\"a\",\"x\":\"}{\\\"\"},\n"
                    "  { \"id\": \"b\", \"inbox_keys\": [     {} ], "
                    "\"y\": 2, \"root\": \"R\" }]}\n",
             "everything else is as it was");
    rfl_buf_free(&b);

    for (i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {

        (void) snprintf(before, sizeof(before),
                        "{\"societies\": [{\"id\": \"a\"},\n"
                        " {\"id\": \"b\"%s}]}", keys[i].before);
        (void) snprintf(after, sizeof(after),
                        "{\"societies\": [{\"id\": \"a\"},\n"
                        " {\"id\": \"b\"%s}]}", keys[i].after);

        rfl_str_set(&text, before);
        text.len = strlen(before);

        unit_int(rfl_splice_key(&text, &society, &key, &b), RFL_OK,
                 "a moderator's key: %zu", i);

        text.data = b.data;
        text.len = b.len;
        unit_str(text, after, "is the last one");
        rfl_buf_free(&b);
    }

    rfl_str_set(&text, "{\"societies\": [{\"id\": \"b\", \"keys\": 7}]}");
    unit_int(rfl_splice_key(&text, &society, &key, &b), RFL_DECLINED,
             "\"keys\" is no list");
    rfl_buf_free(&b);

    rfl_str_set(&text, "{\"societies\": [{\"id\": \"a\"}]}");
    unit_int(rfl_splice(&text, &society, &root, &key, 1, &b), RFL_DECLINED,
             "there is no such society");
    rfl_buf_free(&b);
    unit_int(rfl_splice_key(&text, &society, &key, &b), RFL_DECLINED,
             "nor for a key");
    rfl_buf_free(&b);
}


int
main(void)
{
    char         dir[] = "/tmp/vault-test-XXXXXX", command[64];
    rfl_err_t    err;
    rfl_pool_t  *pool;

    pool = rfl_pool_create(65536);

    if (pool == NULL || rfl_seal_init(&err) != RFL_OK
        || mkdtemp(dir) == NULL)
    {
        return 1;
    }

    test_vault(pool, dir);
    test_splice();

    (void) snprintf(command, sizeof(command), "rm -r %s", dir);
    unit_int(system(command), 0, "tidied up");

    rfl_pool_destroy(pool);

    return unit_done();
}
