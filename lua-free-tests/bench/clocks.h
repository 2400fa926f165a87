
/*
 * Copyright (C) The RFL authors
 *
 * clocks.h: the processor time of the processes that answer, for load.c.
 */


#ifndef _CLOCKS_H_INCLUDED_
#define _CLOCKS_H_INCLUDED_


#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>


#define LOAD_CLOCKS     8

/* nanoseconds between two readings of the clocks, and how many at most */
#define LOAD_PAUSE      20000
#define LOAD_STILL      1000


static clockid_t  load_clock[LOAD_CLOCKS];
static unsigned   load_nclocks;


/* "PID,PID,..."; every thread of a process counts */

static int
load_clocks(char *pids)
{
    char  *pid, *state;

    for (pid = strtok_r(pids, ",", &state);
         pid != NULL;
         pid = strtok_r(NULL, ",", &state))
    {
        if (load_nclocks == LOAD_CLOCKS
            || clock_getcpuclockid((pid_t) atol(pid),
                                   &load_clock[load_nclocks])
               != 0)
        {
            fprintf(stderr, "load: no clock of process %s\n", pid);
            return -1;
        }

        load_nclocks++;
    }

    return 0;
}


/* what all clocks have come to, in nanoseconds */

static uint64_t
load_cpu(void)
{
    uint64_t         ns;
    unsigned         i;
    struct timespec  ts;

    ns = 0;

    for (i = 0; i < load_nclocks; i++) {

        if (clock_gettime(load_clock[i], &ts) == 0) {
            ns += (uint64_t) ts.tv_sec * 1000000000 + (uint64_t) ts.tv_nsec;
        }
    }

    return ns;
}


/*
 * The same, when nobody computes any more: an answer is sent before what it
 * was made from is wiped.
 */

static uint64_t
load_still(void)
{
    uint64_t         ns, last;
    unsigned         i;
    struct timespec  ts;

    ts.tv_sec = 0;
    ts.tv_nsec = LOAD_PAUSE;

    ns = load_cpu();

    for (i = 0; i < LOAD_STILL && load_nclocks; i++) {

        last = ns;

        (void) nanosleep(&ts, NULL);

        ns = load_cpu();

        if (ns == last) {
            break;
        }
    }

    return ns;
}


#endif /* _CLOCKS_H_INCLUDED_ */
