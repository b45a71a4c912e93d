/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What the tests of the rights matrix share: a plan in memory, plans written as lines, and made-up
 * ones.
 */
#ifndef TESTS_RIGHTS_HELP_H
#define TESTS_RIGHTS_HELP_H

#include "core_help.h"
#include "mem_plan.h"

#include "core/rights_check.h"
#include "core/rights_text.h"

static inline const struct schema *schema(void)
{
    return help_real()->schema;
}

struct desk {
    struct mem_store store;
    struct plan *plan;
};

static inline void desk_open(struct desk *desk)
{
    desk->store = (struct mem_store){ 0 };
    desk->plan = mem_plan(schema(), &desk->store, help_today());
}

static inline void desk_close(struct desk *desk)
{
    plan_close(desk->plan);
    mem_store_free(&desk->store);
}

static inline const struct rights *rights_now(const struct desk *desk)
{
    return engine_rights(desk->plan->engine);
}

static inline void must(int code, const struct err *err)
{
    if (code)
        fail_msg("%s", err->msg);
}

/* ---- plans as lines ---- */

/* Adds "id=value" or "repeat#key.id=value" to a batch; a row that is not there is added. */
static inline void put(struct plan *plan, struct plan_batch *batch, char *line)
{
    char *value = strchr(line, '='), *hash = strchr(line, '#'), *dot = strchr(line, '.');
    char key[24] = "";
    struct err err = { 0 };
    struct check check = CHECK_INIT;
    const struct item *item;

    assert_non_null(value);
    *value++ = '\0';
    if (hash && dot && hash < value) {
        *hash = *dot = '\0';
        snprintf(key, sizeof key, "%s", hash + 1);
        plan_batch_add_row(batch, help_item(plan->schema, line), key, &err);
        if (answers_row_position(plan->answers, help_item(plan->schema, line), key) < 0 &&
            strstr(err.msg, "at most"))
            fail_msg("%s", err.msg);
        line = dot + 1;
    }
    item = help_item(plan->schema, line);
    err = (struct err){ 0 };
    must(plan_batch_set(batch, item, *key ? key : NULL, value, &check, &err), &err);
    if (check.state == CHECK_BAD)
        fail_msg("%s=%s: %s", line, value, check.message);
    check_free(&check);
}

static inline char *read_lines(const char *name)
{
    struct buf path = BUF_INIT, text = BUF_INIT;
    char block[4096];
    size_t got;
    FILE *file;

    help_data(&path, name);
    file = fopen(path.text, "rb");
    assert_non_null(file);
    while ((got = fread(block, 1, sizeof block, file)) > 0)
        buf_add_n(&text, block, got);
    fclose(file);
    buf_free(&path);
    return buf_detach(&text);
}

/* Puts the lines after `at` up to the next heading, which has no "=", into the plan as one change.
 * Returns where that heading stands, NULL at the end. `at` is changed. */
static inline char *put_block(struct plan *plan, char *at)
{
    struct plan_batch *batch = plan_batch_new(plan);
    struct err err = { 0 };

    while (at && *at) {
        char *end = strchr(at, '\n');
        size_t length = end ? (size_t)(end - at) : strlen(at);
        char *line;
        if (length && at[0] != '#' && !memchr(at, '=', length))
            break;
        line = xstrndup(at, length);
        if (length && at[0] != '#')
            put(plan, batch, line);
        free(line);
        at = end ? end + 1 : NULL;
    }
    must(plan_batch_commit(batch, &err), &err);
    return at && *at ? at : NULL;
}

/* Puts lines into the plan as one change. */
static inline void put_lines(struct desk *desk, const char *lines)
{
    char *text = xstrdup(lines);

    assert_null(put_block(desk->plan, text));
    free(text);
}

static inline char *next_line(char *at)
{
    char *end = strchr(at, '\n');

    return end ? end + 1 : at + strlen(at);
}

/* The base of checks.test in a new plan; returns where the cases begin. */
static inline char *put_base(struct desk *desk, char *text)
{
    char *base = strstr(text, "\nbase\n");

    assert_non_null(base);
    desk_open(desk);
    return put_block(desk->plan, base + strlen("\nbase\n"));
}

static inline void open_base(struct desk *desk)
{
    char *text = read_lines("rights/checks.test");

    put_base(desk, text);
    free(text);
}

static inline int count_of(const struct rights_findings *findings, const char *id,
                    enum severity severity)
{
    int count = 0;

    for (size_t i = 0; i < findings->count; i++)
        count += strcmp(findings->at[i].check->id, id) == 0 &&
                 findings->at[i].severity == severity;
    return count;
}

static inline const char *said(const struct plan *plan, const char *id, const char *row)
{
    const char *value = row ? answers_value(plan->answers, help_item(plan->schema, id), row) : NULL;

    return value ? value : "";
}

static inline bool has_word(const char *words, const char *word)
{
    size_t length = strlen(word);

    for (const char *at = words; (at = strstr(at, word)) != NULL; at += length)
        if ((at == words || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0'))
            return true;
    return false;
}

/* ---- made-up plans ---- */

static inline unsigned dice(unsigned *seed, unsigned sides)
{
    *seed = *seed * 1103515245U + 12345U;
    return (*seed >> 16) % sides;
}

static inline const char *some_words(unsigned *seed, const struct list *list, unsigned rarity,
                              char out[200])
{
    out[0] = '\0';
    for (size_t i = 0; i < list->choice_count; i++)
        if (dice(seed, rarity) == 0)
            snprintf(out + strlen(out), 200 - strlen(out), "%s%s", *out ? " " : "",
                     list->choices[i].id);
    return out;
}

/* A day around the tests' today, or none. */
static inline const char *some_day(unsigned *seed, char out[11])
{
    if (dice(seed, 3) == 0)
        out[0] = '\0';
    else
        date_iso(help_today() + (int)dice(seed, 61) - 30, out);
    return out;
}

struct making {
    struct plan *plan;
    struct plan_batch *batch;
    unsigned seed;
};

static inline void put_made(struct making *m, const char *id, const char *row, const char *value)
{
    struct err err = { 0 };
    struct check check = CHECK_INIT;

    must(plan_batch_set(m->batch, help_item(m->plan->schema, id), row, value, &check, &err), &err);
    check_free(&check);
}

static inline void put_row_number(struct making *m, const char *id, const char *row, unsigned most)
{
    char key[24];

    snprintf(key, sizeof key, "%u", dice(&m->seed, most) + 1);
    put_made(m, id, row, dice(&m->seed, 12) == 0 ? "" : key);
}

static inline void add_made(struct making *m, const char *repeat, unsigned number, char key[24])
{
    struct err err = { 0 };

    snprintf(key, 24, "%u", number);
    must(plan_batch_add_row(m->batch, help_item(m->plan->schema, repeat), key, &err), &err);
}

static inline void make_role(struct making *m, unsigned number)
{
    char key[24], text[200], id[16];

    add_made(m, "role", number, key);
    put_made(m, "role_tasks", key, some_words(&m->seed, schema()->rights->tasks, 6, text));
    put_made(m, "role_admin", key, some_words(&m->seed, schema()->rights->admin, 8, text));
    put_made(m, "role_why", key, dice(&m->seed, 2) ? "Syy" : "");
    put_made(m, "role_mediator", key, dice(&m->seed, 4) ? "0" : "1");
    for (int g = 1; g <= RIGHTS_GROUP_COUNT; g++) {
        snprintf(id, sizeof id, "role_d%02d", g);
        put_made(m, id, key, some_words(&m->seed, schema()->rights->letters, 4, text));
    }
}

static inline void make_assignment(struct making *m, unsigned number)
{
    char key[24], text[200], day[11];

    add_made(m, "assignment", number, key);
    put_row_number(m, "asg_person", key, 4);
    put_row_number(m, "asg_role", key, 5);
    put_row_number(m, "asg_register", key, 4);
    if (dice(&m->seed, 4) == 0)
        put_made(m, "asg_work", key, some_words(&m->seed, schema()->rights->tasks, 5, text));
    put_row_number(m, "asg_base", key, 5);
    put_made(m, "asg_from", key, some_day(&m->seed, day));
    put_made(m, "asg_until", key, some_day(&m->seed, day));
}

static inline void make_deviation(struct making *m, unsigned number)
{
    char key[24], text[200], day[11];
    const struct list *groups = schema()->rights->groups;

    add_made(m, "deviation", number, key);
    put_row_number(m, "dev_assignment", key, 10);
    put_made(m, "dev_group", key, groups->choices[dice(&m->seed, RIGHTS_GROUP_COUNT)].id);
    put_made(m, "dev_way", key, dice(&m->seed, 2) ? "give" : "take");
    put_made(m, "dev_rights", key, some_words(&m->seed, schema()->rights->letters, 3, text));
    put_made(m, "dev_until", key, some_day(&m->seed, day));
}

static inline void make_plan(struct desk *desk, unsigned seed)
{
    static const char *const kinds[] = { "social", "patient", "" };
    static const char *const owners[] = { "own", "organiser", "" };
    struct making m = { .seed = seed };
    struct err err = { 0 };
    char key[24], day[11];

    desk_open(desk);
    m.plan = desk->plan;
    m.batch = plan_batch_new(desk->plan);
    for (unsigned i = 1; i <= 4; i++) {
        add_made(&m, "person", i, key);
        put_made(&m, "person_name", key, "Joku");
        add_made(&m, "data_register", i, key);
        put_made(&m, "dreg_kind", key, kinds[dice(&m.seed, 5) / 2]);
        put_made(&m, "dreg_owner", key, owners[dice(&m.seed, 5) / 2]);
    }
    for (unsigned i = 1; i <= 5; i++)
        make_role(&m, i);
    for (unsigned i = 1; i <= 2; i++) {
        add_made(&m, "user_record", i, key);
        put_row_number(&m, "usr_person", key, 4);
        put_made(&m, "usr_until", key, some_day(&m.seed, day));
    }
    for (unsigned i = 1; i <= 10; i++)
        make_assignment(&m, i);
    for (unsigned i = 1; i <= 6; i++)
        make_deviation(&m, i);
    must(plan_batch_commit(m.batch, &err), &err);
}

#endif
