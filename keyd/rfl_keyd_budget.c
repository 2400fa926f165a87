
/*
 * Copyright (C) The RFL authors
 *
 * rfl_keyd_budget.c: how many questions may be asked, by all visitors together:
 * a token bucket for the moment and a cap for the day.  A worker that was
 * taken over asks no more than this.
 */


#include "rfl_keyd.h"


#define RFL_KEYD_TOKEN   1000000000


static void rfl_keyd_budget_fill(rfl_keyd_budget_t *budget);


void
rfl_keyd_budget_init(rfl_keyd_budget_t *budget,
    const rfl_keyd_options_t *options)
{
    budget->rate = options->rate;
    budget->burst = options->burst;
    budget->daily = options->daily;
    budget->tokens = options->burst * RFL_KEYD_TOKEN;
    budget->at = rfl_keyd_monotonic();
    budget->day = rfl_keyd_now() / RFL_DAY_SECONDS;
    budget->used = 0;
}


int64_t
rfl_keyd_budget_wait(rfl_keyd_budget_t *budget)
{
    int64_t  lack, left;

    rfl_keyd_budget_fill(budget);

    if (budget->used >= budget->daily) {

        left = (budget->day + 1) * RFL_DAY_SECONDS - rfl_keyd_now();

        return (left < 1) ? 1 : left;
    }

    lack = RFL_KEYD_TOKEN - budget->tokens;

    if (lack <= 0) {
        return 0;
    }

    /* the time until one token is there, rounded up to a second */

    lack = (lack + budget->rate - 1) / budget->rate;

    return (lack + 999999999) / 1000000000;
}


void
rfl_keyd_budget_take(rfl_keyd_budget_t *budget, unsigned questions)
{
    budget->tokens -= (int64_t) questions * RFL_KEYD_TOKEN;
    budget->used += questions;
}


static void
rfl_keyd_budget_fill(rfl_keyd_budget_t *budget)
{
    int64_t  now, day, elapsed, full;

    now = rfl_keyd_monotonic();
    elapsed = now - budget->at;
    budget->at = now;

    /* options are bounded so that none of this overflows */

    full = budget->burst * RFL_KEYD_TOKEN;

    if (elapsed >= (full - budget->tokens) / budget->rate + 1) {
        budget->tokens = full;

    } else if (elapsed > 0) {
        budget->tokens += elapsed * budget->rate;
    }

    day = rfl_keyd_now() / RFL_DAY_SECONDS;

    if (day > budget->day) {
        budget->day = day;
        budget->used = 0;
    }
}
