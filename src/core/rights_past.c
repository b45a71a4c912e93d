/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Replaying the log up to a point, and holding two pictures against each other.
 */
#include "core/rights_past.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/mem.h"
#include "base/tr.h"
#include "core/plan.h"

void rights_past_free(struct rights_past *past)
{
    rights_free(past->rights);
    answers_free(past->answers);
    *past = (struct rights_past){ 0 };
}

/* ---- replaying ---- */

struct replay {
    struct answers *answers;
    const char *stop_after;   /* the ISO day; or NULL */
    int64_t last_change;      /* entries of later changes do not count; -1: no bound */
};

static void replay_entry(void *data, const struct entry *entry)
{
    struct replay *replay = data;

    if (replay->stop_after && (!entry->at || strncmp(entry->at, replay->stop_after, 10) > 0))
        return;
    if (replay->last_change >= 0 && entry->change > replay->last_change)
        return;
    answers_apply(replay->answers, entry);
}

static int replay_plan(const struct plan *plan, struct replay *replay, int day,
                       struct rights_past *out, struct err *err)
{
    int code;

    *out = (struct rights_past){ .answers = answers_new(plan->schema), .day = day };
    replay->answers = out->answers;
    code = plan->ops->read(plan->store, 0, replay_entry, replay, err);
    if (code)
        rights_past_free(out);
    else
        out->rights = rights_new(plan->schema, out->answers, day);
    return code;
}

int rights_past_on(const struct plan *plan, int day, struct rights_past *out, struct err *err)
{
    char iso[11];
    struct replay replay = { .stop_after = iso, .last_change = -1 };

    date_iso(day, iso);
    return replay_plan(plan, &replay, day, out, err);
}

struct search {
    const char *path;
    int64_t change;
    int day;
};

/* A row that was taken away and brought back stands where it came back. */
static void search_entry(void *data, const struct entry *entry)
{
    struct search *search = data;
    char day[11] = "";

    if (strcmp(entry->item, ENTRY_ROW_ADD) != 0 || strcmp(entry->row, search->path) != 0)
        return;
    search->change = entry->change;
    if (entry->at)
        memcpy(day, entry->at, strnlen(entry->at, 10));
    search->day = date_parse_iso(day);
}

int rights_past_event(const struct plan *plan, const char *key, struct rights_past *out,
                      struct err *err)
{
    const struct item *repeat = plan->schema->rights->items[RIGHTS_ITEM_EVENT];
    struct buf path = BUF_INIT;
    struct search search = { .change = -1, .day = plan->today };
    struct replay replay = { 0 };
    int code;

    buf_addf(&path, "%s/%s", repeat->id, key);
    search.path = path.text;
    code = plan->ops->read(plan->store, 0, search_entry, &search, err);
    if (!code && search.change < 0)
        code = err_set(err, ERR_USAGE, N_("%s: there is no such row"), repeat->id);
    replay.last_change = search.change;
    if (!code)
        code = replay_plan(plan, &replay, search.day == DATE_NONE ? plan->today : search.day, out,
                           err);
    buf_free(&path);
    return code;
}

const struct rights_event *rights_last_order(const struct rights *rights)
{
    const struct rights_event *last = NULL;

    for (size_t i = 0; i < rights->event_count; i++)
        if (rights->events[i].kind == RIGHTS_ORDERED && (!last || rights->events[i].on >= last->on))
            last = &rights->events[i];
    return last;
}

/* ---- differences ---- */

static bool is_live(const struct rights *rights, int assignment)
{
    const struct rights_assignment *of = &rights->assignments[assignment];

    return of->person >= 0 && of->role >= 0 &&
           (of->until == DATE_NONE || of->until >= rights->today);
}

static const char *key_of(const void *things, size_t size, int at)
{
    const char *key = NULL;

    if (at >= 0)
        memcpy(&key, (const char *)things + (size_t)at * size, sizeof key);
    return key ? key : "";
}

/* All three kinds of row begin with their key. */
#define KEY(picture, name, at) key_of((picture)->name, sizeof (picture)->name[0], at)

static bool same_text(const char *a, const char *b)
{
    return strcmp(a ? a : "", b ? b : "") == 0;
}

static bool same_rights(const struct rights *before, int a, const struct rights *now, int b)
{
    for (int g = 0; g < RIGHTS_GROUP_COUNT; g++)
        if ((rights_granted(before, a, g, before->today) &
             rights_assignment_ceiling(before, a, g)) !=
            (rights_granted(now, b, g, now->today) & rights_assignment_ceiling(now, b, g)))
            return false;
    return true;
}

static bool is_same(const struct rights *before, int a, const struct rights *now, int b)
{
    const struct rights_assignment *x = &before->assignments[a], *y = &now->assignments[b];

    return same_text(KEY(before, people, x->person), KEY(now, people, y->person)) &&
           same_text(KEY(before, roles, x->role), KEY(now, roles, y->role)) &&
           same_text(KEY(before, units, x->unit), KEY(now, units, y->unit)) &&
           same_text(KEY(before, registers, x->reg), KEY(now, registers, y->reg)) &&
           same_text(before->roles[x->role].level, now->roles[y->role].level) &&
           before->roles[x->role].admin == now->roles[y->role].admin && x->tasks == y->tasks &&
           x->services == y->services && x->from == y->from && x->until == y->until &&
           same_rights(before, a, now, b);
}

static void add_difference(struct rights_differences *out, enum rights_change_kind kind,
                           int before, int now)
{
    out->at = vec_room(out->at, &out->room, out->count + 1, sizeof out->at[0]);
    out->at[out->count++] = (struct rights_difference){ kind, before, now };
}

void rights_differences(const struct rights *before, const struct rights *now,
                        struct rights_differences *out)
{
    out->count = 0;
    for (size_t i = 0; i < now->assignment_count; i++) {
        int old = before ? rights_assignment_at(before, now->assignments[i].key) : -1;
        bool was = old >= 0 && is_live(before, old);
        if (!is_live(now, (int)i))
            continue;
        if (!was)
            add_difference(out, RIGHTS_ADDED, -1, (int)i);
        else if (!is_same(before, old, now, (int)i))
            add_difference(out, RIGHTS_ALTERED, old, (int)i);
    }
    for (size_t i = 0; before && i < before->assignment_count; i++) {
        int left = rights_assignment_at(now, before->assignments[i].key);
        bool told = left >= 0 && now->assignments[left].until != DATE_NONE &&
                    now->assignments[left].until == before->assignments[i].until;
        if (is_live(before, (int)i) && !told && (left < 0 || !is_live(now, left)))
            add_difference(out, RIGHTS_REMOVED, (int)i, left);
    }
}

void rights_differences_free(struct rights_differences *differences)
{
    free(differences->at);
    *differences = (struct rights_differences){ 0 };
}

/* ---- leavers ---- */

/* The last day of the person's work, else of all her rights when they all end; DATE_NONE. */
static int last_day(const struct rights *rights, const struct rights_person *person)
{
    int last = DATE_NONE;

    if (person->until != DATE_NONE)
        return person->until;
    for (int a = person->first_assignment; a >= 0; a = rights->assignments[a].next_of_person) {
        if (rights->assignments[a].until == DATE_NONE)
            return DATE_NONE;
        if (rights->assignments[a].until > last)
            last = rights->assignments[a].until;
    }
    return last;
}

static struct rights_leaver look_at(const struct rights *rights, int at)
{
    const struct rights_person *person = &rights->people[at];
    struct rights_leaver leaver = { .person = at, .last_day = last_day(rights, person) };

    for (int a = person->first_assignment; a >= 0; a = rights->assignments[a].next_of_person)
        leaver.open_rights += is_live(rights, a);
    for (int a = person->first_account; a >= 0; a = rights->accounts[a].next)
        leaver.open_accounts += rights->accounts[a].open;
    /* A professional card belongs to the person and stays hers. */
    leaver.card = person->has_card &&
                  !(person->card_kind && strcmp(person->card_kind, "professional") == 0);
    return leaver;
}

void rights_leavers(const struct rights *rights, int days, struct rights_leavers *out)
{
    out->count = 0;
    for (size_t p = 0; p < rights->person_count; p++) {
        struct rights_leaver leaver = look_at(rights, (int)p);
        bool leaves = leaver.last_day != DATE_NONE && leaver.last_day <= rights->today + days &&
                      (leaver.open_rights || leaver.open_accounts ||
                       leaver.last_day >= rights->today - days);
        if (!leaves && !(leaver.open_accounts && !leaver.open_rights))
            continue;
        out->at = vec_room(out->at, &out->room, out->count + 1, sizeof out->at[0]);
        out->at[out->count++] = leaver;
    }
}

void rights_leavers_free(struct rights_leavers *leavers)
{
    free(leavers->at);
    *leavers = (struct rights_leavers){ 0 };
}
