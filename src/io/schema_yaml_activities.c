/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The network of activities: the keys of data/activities.yaml.
 *
 * What a row names is a placeholder, or an id beside an empty pointer, until activities_finish().
 */
#include "base/mem.h"
#include "core/activity.h"
#include "io/schema_yaml_load.h"

/* ---- durations, gaps and days ---- */

enum { DAYS_MAX = 3660 };

static void read_days(struct loader *l, const struct key *key, struct at value, void *field)
{
    int days = 0;

    load_number(l, key, value, &days);
    if (days > DAYS_MAX)
        load_problem(l, value, "\"%s\" is longer than ten years", key->name);
    else
        *(int *)field = days;
}

static void read_unit(struct loader *l, const struct key *key, struct at value, void *field)
{
    static const char *const words[] = { "day", "workday", "week" };
    int unit = load_word(l, key, value, words, countof(words));

    *(enum activity_unit *)field = unit < 0 ? UNIT_DAY : (enum activity_unit)unit;
}

static const struct key duration_rows[] = {
    { "fact", load_dotted_id, offsetof(struct activity_duration, fact_id), false },
    { "min", read_days, offsetof(struct activity_duration, days[PACE_EARLY]), false },
    { "typ", read_days, offsetof(struct activity_duration, days[PACE_TYPICAL]), false },
    { "max", read_days, offsetof(struct activity_duration, days[PACE_LATE]), false },
    { "unit", read_unit, offsetof(struct activity_duration, unit), false },
};

static const struct keys duration_keys = {
    "duration", duration_rows, countof(duration_rows), sizeof(struct activity_duration), NO_WHERE,
    NULL
};

/* The id of a fact, or a map. */
static void read_duration(struct loader *l, const struct key *key, struct at value, void *field)
{
    struct activity_duration *duration = field;

    for (int i = 0; i < PACE_COUNT; i++)
        duration->days[i] = -1;
    if (at_is(value, NODE_MAP))
        load_map(l, &duration_keys, value, duration);
    else
        load_dotted_id(l, key, value, &duration->fact_id);
}

/* A number of days, or the id of a fact. */
static void read_gap(struct loader *l, const struct key *key, struct at value, void *field)
{
    struct activity_gap *gap = field;
    const char *text = at_text(value);

    if (text && text[0] >= '0' && text[0] <= '9')
        read_days(l, key, value, &gap->days);
    else
        load_dotted_id(l, key, value, &gap->fact_id);
}

static void read_day(struct loader *l, const struct key *key, struct at value, void *field)
{
    load_dotted_id(l, key, value, &((struct activity_day *)field)->id);
}

/* ---- links ---- */

static const struct key after_rows[] = {
    { "id", load_id, offsetof(struct activity_link, id), true },
    { "lag", read_gap, offsetof(struct activity_link, gap), false },
};

static const struct keys after_keys = {
    "link", after_rows, countof(after_rows), sizeof(struct activity_link),
    offsetof(struct activity_link, where), NULL
};

static const struct key before_rows[] = {
    { "id", load_id, offsetof(struct activity_link, id), true },
    { "at_least", read_gap, offsetof(struct activity_link, gap), true },
};

static const struct keys before_keys = {
    "link", before_rows, countof(before_rows), sizeof(struct activity_link),
    offsetof(struct activity_link, where), NULL
};

/* Each link is a map, or the id alone. */
static void read_links(struct loader *l, const struct key *key, struct at value,
                       const struct keys *keys, struct activity_link **links, size_t *count)
{
    if (!at_is(value, NODE_SEQUENCE)) {
        load_problem(l, value, "\"%s\" must be a list", key->name);
        return;
    }
    *links = arena_alloc(l->schema->arena, at_node(value)->length + 1, sizeof **links);
    for (struct at at = at_first(value); at.tree; at = at_next(value, at)) {
        struct activity_link *link = &(*links)[*count];
        if (at_is(at, NODE_MAP)) {
            load_map(l, keys, at, link);
        } else {
            link->where = load_where(l, at);
            load_id(l, key, at, &link->id);
        }
        *count += link->id && link->id[0];
    }
}

static void read_after(struct loader *l, const struct key *key, struct at value, void *field)
{
    struct activity *activity = field;

    read_links(l, key, value, &after_keys, &activity->after, &activity->after_count);
}

static void read_before(struct loader *l, const struct key *key, struct at value, void *field)
{
    struct activity *activity = field;

    read_links(l, key, value, &before_keys, &activity->before, &activity->before_count);
}

/* ---- activities ---- */

static void read_owner(struct loader *l, const struct key *key, struct at value, void *field)
{
    struct owner *owner = arena_alloc(l->schema->arena, 1, sizeof *owner);

    load_id(l, key, value, &owner->id);
    owner->where = load_where(l, value);
    if (owner->id)
        *(const struct owner **)field = owner;
}

static void read_pause(struct loader *l, const struct key *key, struct at value, void *field)
{
    struct activity *activity = field;

    load_flag(l, key, value, &activity->pause);
    activity->pause_given = true;
}

static void read_alone(struct loader *l, const struct key *key, struct at value, void *field)
{
    static const char *const words[] = { "never", "empty", "always" };
    int alone = load_word(l, key, value, words, countof(words));

    *(enum alone *)field = alone < 0 ? ALONE_NEVER : (enum alone)alone;
}

static const struct key activity_rows[] = {
    { "id", load_id, offsetof(struct activity, id), true },
    { "task", load_task_name, offsetof(struct activity, task), true },
    { "title", load_text, offsetof(struct activity, title), true },
    { "owner", read_owner, offsetof(struct activity, owner), true },
    { "duration", read_duration, offsetof(struct activity, duration), true },
    { "after", read_after, 0, false },
    { "before", read_before, 0, false },
    { "not_before", read_day, offsetof(struct activity, not_before), false },
    { "deadline", read_day, offsetof(struct activity, deadline), false },
    { "start", load_item_name, offsetof(struct activity, start), false },
    { "finish", load_item_name, offsetof(struct activity, finish), false },
    { "implies", load_item_name, offsetof(struct activity, implies), false },
    { "relevant", load_rule, offsetof(struct activity, relevant), false },
    { "gone", load_text, offsetof(struct activity, gone), false },
    { "done", load_rule, offsetof(struct activity, done), false },
    { "per", load_item_name, offsetof(struct activity, per), false },
    { "alone", read_alone, offsetof(struct activity, alone), false },
    { "wait", load_flag, offsetof(struct activity, wait), false },
    { "pause", read_pause, 0, false },
    { "target", load_flag, offsetof(struct activity, target), false },
    { "slip", load_text, offsetof(struct activity, slip), false },
    { "source", load_source, offsetof(struct activity, source), false },
};

static const struct keys activity_keys = {
    "activity", activity_rows, countof(activity_rows), sizeof(struct activity),
    offsetof(struct activity, where), NULL
};

static const struct key owner_rows[] = {
    { "id", load_id, offsetof(struct owner, id), true },
    { "title", load_text, offsetof(struct owner, title), true },
    { "item", load_item_name, offsetof(struct owner, item), false },
};

static const struct keys owner_keys = {
    "owner", owner_rows, countof(owner_rows), sizeof(struct owner), offsetof(struct owner, where),
    NULL
};

static void read_fact_name(struct loader *l, const struct key *key, struct at value, void *field)
{
    struct fact *fact = arena_alloc(l->schema->arena, 1, sizeof *fact);

    load_dotted_id(l, key, value, &fact->id);
    fact->where = load_where(l, value);
    if (fact->id)
        *(const struct fact **)field = fact;
}

static const struct key pause_rows[] = {
    { "id", load_id, offsetof(struct pause, id), true },
    { "from", read_fact_name, offsetof(struct pause, from), true },
    { "to", read_fact_name, offsetof(struct pause, to), true },
};

static const struct keys pause_keys = {
    "pause", pause_rows, countof(pause_rows), sizeof(struct pause), offsetof(struct pause, where),
    NULL
};

static void read_activity_name(struct loader *l, const struct key *key, struct at value,
                               void *field)
{
    struct activity *activity = arena_alloc(l->schema->arena, 1, sizeof *activity);

    load_id(l, key, value, &activity->id);
    activity->where = load_where(l, value);
    if (activity->id)
        *(const struct activity **)field = activity;
}

static const struct key expiry_rows[] = {
    { "id", load_id, offsetof(struct expiry, id), true },
    { "task", load_task_name, offsetof(struct expiry, task), true },
    { "title", load_text, offsetof(struct expiry, title), true },
    { "day", load_item_name, offsetof(struct expiry, day), false },
    { "from", load_item_name, offsetof(struct expiry, from), false },
    { "after", read_activity_name, offsetof(struct expiry, after), false },
    { "fact", read_fact_name, offsetof(struct expiry, fact), false },
    { "per", load_item_name, offsetof(struct expiry, per), false },
    { "relevant", load_rule, offsetof(struct expiry, relevant), false },
};

static const struct keys expiry_keys = {
    "expiry", expiry_rows, countof(expiry_rows), sizeof(struct expiry),
    offsetof(struct expiry, where), NULL
};

/* ---- the file ---- */

static void read_owners(struct loader *l, const struct key *key, struct at value, void *field)
{
    struct activities *all = field;

    (void)key;
    load_maps(l, &owner_keys, value, &all->owners, &all->owner_count);
}

static void read_pauses(struct loader *l, const struct key *key, struct at value, void *field)
{
    struct activities *all = field;

    (void)key;
    load_maps(l, &pause_keys, value, &all->pauses, &all->pause_count);
}

static void read_activities(struct loader *l, const struct key *key, struct at value, void *field)
{
    struct activities *all = field;

    (void)key;
    load_maps(l, &activity_keys, value, &all->at, &all->count);
}

static void read_expiries(struct loader *l, const struct key *key, struct at value, void *field)
{
    struct activities *all = field;

    (void)key;
    load_maps(l, &expiry_keys, value, &all->expiries, &all->expiry_count);
}

static const struct key file_rows[] = {
    { "target", load_item_name, offsetof(struct activities, target_item), false },
    { "pauses", read_pauses, 0, false },
    { "owners", read_owners, 0, true },
    { "activities", read_activities, 0, true },
    { "expiries", read_expiries, 0, false },
};

static const struct keys file_keys = {
    "file of activities", file_rows, countof(file_rows), sizeof(struct activities),
    offsetof(struct activities, where), NULL
};

void load_activities_file(struct loader *l, struct at root)
{
    struct activities *all = arena_alloc(l->schema->arena, 1, sizeof *all);

    if (!load_map(l, &file_keys, root, all))
        return;
    l->schema->activities = all;
    load_spread_expiries(l);
}
