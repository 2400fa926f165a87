
/*
 * Copyright (C) The RFL authors
 *
 * rfl_policy.c: the policy file: events, ages, lives, limits.  Read at
 * configuration load by the nginx modules and at start by rflctl.
 */


#include "rfl_policy.h"
#include "rfl_policy_json.h"


#define RFL_EVENTS_MAX        256
#define RFL_DAYS_MAX          731  /* no entry lives longer: two years */
#define RFL_DAYS_DEFAULT      180
#define RFL_ADULT_AGE_DEFAULT 18
#define RFL_APPROVALS_DEFAULT 2
#define RFL_CAP_DEFAULT       256


static int rfl_policy_read_events(rfl_json_t *j, json_t *value,
    const rfl_json_member_t *m, void *data);
static int rfl_policy_read_event(rfl_json_t *j, json_t *value,
    const rfl_json_member_t *m, void *data);
static int rfl_policy_read_show(rfl_json_t *j, json_t *value,
    const rfl_json_member_t *m, void *data);


static const size_t  rfl_policy_line = RFL_LINE_MAX;

/* index is RFL_GATE_*; bit 1 << index is RFL_SHOW_* */

static const rfl_str_t  rfl_policy_gates[] = {
    rfl_string("name"),
    rfl_string("fact"),
    rfl_string("closed")
};

static const rfl_str_t  rfl_policy_shows[] = {
    rfl_string("age_band"),
    rfl_string("sex"),
    rfl_string("origin"),
    rfl_string("relation"),
    rfl_string("status")
};

static const unsigned  rfl_policy_ngates =
    sizeof(rfl_policy_gates) / sizeof(rfl_policy_gates[0]);
static const unsigned  rfl_policy_nshows =
    sizeof(rfl_policy_shows) / sizeof(rfl_policy_shows[0]);

static const rfl_json_list_t  rfl_policy_gate_list = {
    rfl_policy_gates, 0, &rfl_policy_ngates
};

static const rfl_json_list_t  rfl_policy_show_list = {
    rfl_policy_shows, 0, &rfl_policy_nshows
};

/*
 * A society may be stricter than the age of majority of the Convention on
 * the Rights of the Child, not laxer.
 */
static const rfl_json_range_t  rfl_policy_ages = { 18, 30 };

static const rfl_json_range_t  rfl_policy_versions = { 1, 1000000 };
static const rfl_json_range_t  rfl_policy_approvals = { 1, 2 };
static const rfl_json_range_t  rfl_policy_caps = { 8, RFL_SLOTS_MAX };
static const rfl_json_range_t  rfl_policy_epochs = {
    1, RFL_EPOCH_LIFE_MAX / RFL_DAY_SECONDS
};
static const rfl_json_range_t  rfl_policy_days = { 1, RFL_DAYS_MAX };


static const rfl_json_member_t  rfl_policy_members[] = {

    { "version", rfl_json_read_uint, offsetof(rfl_policy_t, version),
      &rfl_policy_versions, "give the number that consents refer to, "
      "starting with 1" },

    { "adult_age", rfl_json_read_uint, offsetof(rfl_policy_t, adult_age),
      &rfl_policy_ages, NULL },

    { "approvals", rfl_json_read_uint, offsetof(rfl_policy_t, approvals),
      &rfl_policy_approvals, NULL },

    { "cap", rfl_json_read_uint, offsetof(rfl_policy_t, cap),
      &rfl_policy_caps, NULL },

    { "epoch_days", rfl_json_read_uint, offsetof(rfl_policy_t, epoch_days),
      &rfl_policy_epochs, NULL },

    { "events", rfl_policy_read_events, 0, NULL,
      "list at least one event" },

    { NULL, NULL, 0, NULL, NULL }
};


static const rfl_json_member_t  rfl_event_members[] = {

    { "id", rfl_json_read_id, offsetof(rfl_event_t, id), NULL,
      "give a short name such as \"flood-2026\"" },

    { "names", rfl_json_read_texts, offsetof(rfl_event_t, names),
      &rfl_policy_line, "give the event's name in each language" },

    { "show", rfl_policy_read_show, offsetof(rfl_event_t, show), NULL, NULL },

    { "gate", rfl_json_read_list, offsetof(rfl_event_t, gate),
      &rfl_policy_gate_list, NULL },

    { "max_days", rfl_json_read_uint, offsetof(rfl_event_t, max_days),
      &rfl_policy_days, NULL },

    { NULL, NULL, 0, NULL, NULL }
};


int
rfl_policy_parse(rfl_pool_t *pool, const rfl_str_t *text,
    rfl_policy_t **policy, rfl_err_t *err)
{
    int            rc;
    rfl_json_t     j;
    rfl_policy_t  *p;

    p = rfl_pcalloc(pool, sizeof(rfl_policy_t));
    if (p == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    p->adult_age = RFL_ADULT_AGE_DEFAULT;
    p->approvals = RFL_APPROVALS_DEFAULT;
    p->cap = RFL_CAP_DEFAULT;
    p->epoch_days = 1;

    rc = rfl_json_open(&j, pool, text, 0, err);

    if (rc == RFL_OK && json_object_get(j.root, "societies") != NULL) {
        (void) rfl_json_fault(&j, "is a trust file, not a policy");
        rc = RFL_DECLINED;
    }

    if (rc == RFL_OK) {
        rc = rfl_json_object(&j, j.root, rfl_policy_members, p);
    }

    rfl_json_close(&j);

    if (rc == RFL_OK) {
        *policy = p;
    }

    return rc;
}


const rfl_event_t *
rfl_policy_event(const rfl_policy_t *policy, const rfl_str_t *id)
{
    unsigned  i;

    for (i = 0; i < policy->nevents; i++) {
        if (rfl_str_eq(&policy->events[i].id, id)) {
            return &policy->events[i];
        }
    }

    return NULL;
}


static int
rfl_policy_read_events(rfl_json_t *j, json_t *value,
    const rfl_json_member_t *m, void *data)
{
    void          *events;
    unsigned       i, k;
    rfl_policy_t  *policy = data;

    if (rfl_json_array(j, value, 1, RFL_EVENTS_MAX, sizeof(rfl_event_t),
                       rfl_policy_read_event, &events, &policy->nevents)
        != RFL_OK)
    {
        return RFL_ERROR;
    }

    policy->events = events;

    for (i = 1; i < policy->nevents; i++) {
        for (k = 0; k < i; k++) {

            if (rfl_str_eq(&policy->events[i].id, &policy->events[k].id)) {
                return rfl_json_fault(j, "have the id \"%.*s\" twice: give "
                                      "each event its own",
                                      (int) policy->events[i].id.len,
                                      (char *) policy->events[i].id.data);
            }
        }
    }

    return RFL_OK;
}


static int
rfl_policy_read_event(rfl_json_t *j, json_t *value,
    const rfl_json_member_t *m, void *data)
{
    rfl_event_t  *event = data;

    event->gate = RFL_GATE_NAME;
    event->max_days = RFL_DAYS_DEFAULT;

    return rfl_json_object(j, value, rfl_event_members, event);
}


static int
rfl_policy_read_show(rfl_json_t *j, json_t *value, const rfl_json_member_t *m,
    void *data)
{
    json_t                   *child;
    size_t                    i;
    unsigned                  bit, *show;
    static const rfl_json_member_t  one = {
        NULL, NULL, 0, &rfl_policy_show_list, NULL
    };

    show = (unsigned *) ((u_char *) data + m->offset);
    *show = 0;

    if (!json_is_array(value)) {
        return rfl_json_fault(j, "must be a list in brackets");
    }

    json_array_foreach(value, i, child) {

        if (rfl_json_read_list(j, child, &one, &bit) != RFL_OK) {
            return RFL_ERROR;
        }

        if (*show & (1u << bit)) {
            return rfl_json_fault(j, "has an element twice: remove one");
        }

        *show |= 1u << bit;
    }

    return RFL_OK;
}
