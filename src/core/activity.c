/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Joining the activities to what they name, and finding cycles among them.
 */
#include "core/activity.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "core/problems.h"
#include "core/schedule_net.h"

struct joining {
    const struct schema *schema;
    struct activities *all;
    struct problems out;
};

static int compare_ids(const void *left, const void *right)
{
    const struct activity *const *a = left, *const *b = right;

    return strcmp((*a)->id, (*b)->id);
}

const struct activity *activity_find(const struct activities *activities, const char *id)
{
    size_t low = 0, high = activities->count;

    while (low < high) {
        size_t at = low + (high - low) / 2;
        int order = strcmp(id, activities->by_id[at]->id);
        if (order == 0)
            return activities->by_id[at];
        if (order < 0)
            high = at;
        else
            low = at + 1;
    }
    return NULL;
}

static void sort_by_id(struct joining *j)
{
    struct activities *all = j->all;

    all->by_id = arena_alloc(j->schema->arena, all->count + 1, sizeof all->by_id[0]);
    for (size_t i = 0; i < all->count; i++) {
        all->at[i].index = i;
        all->by_id[i] = &all->at[i];
    }
    qsort(all->by_id, all->count, sizeof all->by_id[0], compare_ids);
    for (size_t i = 1; i < all->count; i++)
        if (all->by_id[i]->id[0] && strcmp(all->by_id[i]->id, all->by_id[i - 1]->id) == 0)
            problems_add(&j->out, &all->by_id[i]->where, "the id \"%s\" is already used",
                         all->by_id[i]->id);
}

static const struct activity *find(struct joining *j, const char *id, const struct where *where)
{
    const struct activity *activity = activity_find(j->all, id);

    if (activity)
        return activity;
    const char **ids = xcalloc(j->all->count + 1, sizeof ids[0]);
    for (size_t i = 0; i < j->all->count; i++)
        ids[i] = j->all->at[i].id;
    const char *nearest = schema_nearest(id, ids, j->all->count);
    problems_add(&j->out, where, nearest ? "unknown activity \"%s\"; did you mean \"%s\"?"
                                         : "unknown activity \"%s\"", id, nearest);
    free(ids);
    return NULL;
}

static const struct fact *find_fact(struct joining *j, const char *id, const struct where *where)
{
    const struct fact *fact = id ? schema_fact(j->schema, id) : NULL;

    if (id && !fact)
        problems_add(&j->out, where, "unknown fact \"%s\"", id);
    return fact;
}

static const struct fact *named_fact(struct joining *j, const struct fact *named)
{
    return named ? find_fact(j, named->id, &named->where) : NULL;
}

static const struct task *find_task(struct joining *j, const struct task *named)
{
    const struct task *task = named ? schema_task(j->schema, named->id) : NULL;

    if (named && !task)
        problems_add(&j->out, &named->where, "unknown task \"%s\"", named->id);
    return task;
}

/* The item that a placeholder names, provided that it is of the type. */
static const struct item *find_item(struct joining *j, const struct item *named,
                                    enum item_type type)
{
    const struct item *item = named ? schema_item(j->schema, named->id) : NULL;

    if (!named)
        return NULL;
    if (!item)
        problems_add(&j->out, &named->where, "unknown item \"%s\"", named->id);
    else if (item->type != type)
        problems_add(&j->out, &named->where, "the item \"%s\" is no %s", named->id,
                     item_type_name(type));
    else
        return item;
    return NULL;
}

/* The same, and it is outside repeats or in the rows of `per`. */
static const struct item *find_own(struct joining *j, const struct item *named,
                                   enum item_type type, const struct item *per)
{
    const struct item *item = find_item(j, named, type);

    if (!item || !item->repeat || item->repeat == per)
        return item;
    problems_add(&j->out, &named->where, "the item \"%s\" is in the repeat \"%s\"", item->id,
                 item->repeat->id);
    return NULL;
}

/* Any item outside repeats that is answered. */
static const struct item *find_answer(struct joining *j, const struct item *named)
{
    const struct item *item = named ? schema_item(j->schema, named->id) : NULL;

    if (!named || (item && !item->repeat && item_type_holds_answer(item->type)))
        return item;
    problems_add(&j->out, &named->where, item ? "the item \"%s\" has no answer of its own here"
                                              : "unknown item \"%s\"", named->id);
    return NULL;
}

static void join_day(struct joining *j, struct activity *activity, struct activity_day *day)
{
    const struct item named = { .id = day->id, .where = activity->where };

    if (!day->id)
        return;
    if (strchr(day->id, '.'))
        day->fact = find_fact(j, day->id, &activity->where);
    else
        day->item = find_own(j, &named, ITEM_DATE, activity->per);
}

static void join_links(struct joining *j, struct activity_link *links, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        links[i].other = find(j, links[i].id, &links[i].where);
        links[i].gap.fact = find_fact(j, links[i].gap.fact_id, &links[i].where);
    }
}

static const struct owner *find_owner(struct joining *j, const struct owner *named)
{
    for (size_t i = 0; named && i < j->all->owner_count; i++)
        if (strcmp(j->all->owners[i].id, named->id) == 0)
            return &j->all->owners[i];
    if (named)
        problems_add(&j->out, &named->where, "unknown owner \"%s\"", named->id);
    return NULL;
}

static void join_activity(struct joining *j, struct activity *activity)
{
    activity->task = find_task(j, activity->task);
    activity->owner = find_owner(j, activity->owner);
    activity->per = find_item(j, activity->per, ITEM_REPEAT);
    activity->duration.fact = find_fact(j, activity->duration.fact_id, &activity->where);
    join_links(j, activity->after, activity->after_count);
    join_links(j, activity->before, activity->before_count);
    join_day(j, activity, &activity->not_before);
    join_day(j, activity, &activity->deadline);
    activity->start = find_own(j, activity->start, ITEM_DATE, activity->per);
    activity->finish = find_own(j, activity->finish, ITEM_DATE, activity->per);
    activity->implies = find_own(j, activity->implies, ITEM_YESNO, activity->per);
    if (!activity->pause_given)
        activity->pause = !activity->wait;
}

static void join_expiry(struct joining *j, struct expiry *expiry)
{
    if (expiry->requirement) {
        expiry->task = schema_task_of(j->schema, expiry->day);
        return;
    }
    expiry->task = find_task(j, expiry->task);
    expiry->per = find_item(j, expiry->per, ITEM_REPEAT);
    expiry->day = find_own(j, expiry->day, ITEM_DATE, expiry->per);
    expiry->from = find_own(j, expiry->from, ITEM_DATE, expiry->per);
    expiry->fact = named_fact(j, expiry->fact);
    if (expiry->after)
        expiry->after = find(j, expiry->after->id, &expiry->after->where);
}

/* ---- cycles ---- */

static void name_cycle(struct joining *j, const int *cycle, int length)
{
    struct buf names = BUF_INIT;

    for (int i = 0; i <= length; i++)
        buf_addf(&names, "%s%s", i ? " > " : "", j->all->at[cycle[i % length]].id);
    problems_add(&j->out, &j->all->at[cycle[0]].where, "activities wait for each other: %s",
                 names.text);
    buf_free(&names);
}

static void check_cycle(struct joining *j)
{
    struct net *net = net_new();
    int *cycle = NULL, length;

    for (size_t i = 0; i < j->all->count; i++)
        net_add(net, &(struct net_node)NET_NODE_INIT);
    for (size_t i = 0; i < j->all->count; i++) {
        const struct activity *activity = &j->all->at[i];
        for (size_t n = 0; n < activity->after_count; n++)
            if (activity->after[n].other)
                net_link(net, (int)activity->after[n].other->index, (int)i, 0);
        for (size_t n = 0; n < activity->before_count; n++)
            if (activity->before[n].other)
                net_link(net, (int)i, (int)activity->before[n].other->index, 0);
    }
    length = net_sort(net, &cycle);
    if (length > 0)
        name_cycle(j, cycle, length);
    free(cycle);
    net_free(net);
}

int activities_finish(const struct schema *schema, struct activities *activities,
                      schema_report report, void *data)
{
    struct joining j = { schema, activities, { report, data, 0 } };

    if (!activities)
        return 0;
    sort_by_id(&j);
    activities->target_item = find_own(&j, activities->target_item, ITEM_DATE, NULL);
    for (size_t i = 0; i < activities->owner_count; i++)
        activities->owners[i].item = find_answer(&j, activities->owners[i].item);
    for (size_t i = 0; i < activities->pause_count; i++) {
        struct pause *pause = &activities->pauses[i];
        pause->from = named_fact(&j, pause->from);
        pause->to = named_fact(&j, pause->to);
    }
    for (size_t i = 0; i < activities->count; i++)
        join_activity(&j, &activities->at[i]);
    for (size_t i = 0; i < activities->expiry_count; i++)
        join_expiry(&j, &activities->expiries[i]);
    check_cycle(&j);
    return j.out.count;
}
