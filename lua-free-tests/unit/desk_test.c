
/*
 * Copyright (C) The RFL authors
 *
 * desk_test.c: the desk's folder: a trust file that stands where the policy
 * should, told with the line that names it, or with why that cannot be told.
 */


#include "unit.h"
#include "rfl_desk.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>


static char  dir[64] = "/tmp/rfl-desk-XXXXXX";


static void
write_file(const char *name, const char *text)
{
    int   fd;
    char  path[128];

    (void) snprintf(path, sizeof(path), "%s/%s", dir, name);

    fd = open(path, O_WRONLY|O_CREAT|O_TRUNC, 0600);

    unit_ok(fd != -1 && write(fd, text, strlen(text)) == (ssize_t) strlen(text)
            && close(fd) == 0, "%s is written", name);
}


static void
remove_file(const char *name)
{
    char  path[128];

    (void) snprintf(path, sizeof(path), "%s/%s", dir, name);
    (void) unlink(path);
}


int
main(void)
{
    rfl_err_t   err;
    rfl_desk_t  desk;

    unit_ok(mkdtemp(dir) != NULL, "a folder");

    write_file("trust.json", "{\"societies\": []}\n");
    write_file(RFL_DESK_CONF,
        "{\n"
        "  \"index\": {\"socket\": \"i\", \"user\": \"u\","
        " \"password_file\": \"p\"},\n"
        "  \"desk\": {\"socket\": \"d\", \"user\": \"u\","
        " \"password_file\": \"p\"},\n"
        "  \"keyd\": {\"socket\": \"k\"},\n"
        "  \"policy\": \"trust.json\",\n"
        "  \"trust\": \"trust.json\",\n"
        "  \"key\": \"desk.key\"\n"
        "}\n");

    unit_int(rfl_desk_init(&desk, dir, &err), RFL_OK, "it is opened: %s",
             err.text);

    unit_int(rfl_desk_rules(&desk, &err), RFL_ERROR, "a swap is found");
    unit_ok(strstr(err.text, "swap what \"policy\"") != NULL
            && strstr(err.text, RFL_DESK_CONF ":5") != NULL,
            "... and its line told: %s", err.text);

    remove_file(RFL_DESK_CONF);

    unit_int(rfl_desk_rules(&desk, &err), RFL_ERROR,
             "the file that names them is gone meanwhile");
    unit_ok(strstr(err.text, RFL_DESK_CONF "\": No such file") != NULL,
            "... which is told: %s", err.text);
    unit_ok(strstr(err.text, "trust.json:1: ") != NULL,
            "... beside what is wrong");

    rfl_desk_close(&desk);

    remove_file("trust.json");
    (void) rmdir(dir);

    return unit_done();
}
