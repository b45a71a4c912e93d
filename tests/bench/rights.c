/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What the rights matrix costs in a large plan: 300 people, 30 roles, 10 registers, 3,000
 * assignments; and in a small one of a tenth of the people.
 *
 *   checks   (a new picture and all 45 checks) / (45 scans of the assignment table)     < 1
 *   paint    a screen of cells in the large plan / in the small one                    <= 2
 *   move     a key that moves in the grid of people, a screen of 24 x 80 drawn:
 *            in the large plan / in the small one                                      <= 1.5
 *   key      a letter set, picture and findings fresh, a screen painted:
 *            in the large plan / in the small one, both on a disk that syncs           <= 2
 *
 * A scan reads who, which role, which register, from and until of each assignment, as a check that
 * stands alone has to. Times are the lowest of some runs, in processor time of this process, but
 * for `key`, whose commit waits for the disk. Exit status 1 when a ratio is over its limit.
 *
 * usage: rights CONTENT-FOLDER WORK-FOLDER
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/date.h"
#include "base/err.h"
#include "core/expr.h"
#include "core/plan.h"
#include "core/rights_check.h"
#include "core/rights_edit.h"
#include "io/content.h"
#include "io/store_sqlite.h"
#include "ui/view_rights.h"

enum { ROLES = 30, REGISTERS = 10, LARGE = 300, SMALL = 30, RUNS = 15, SCREEN_ROLES = 18 };

struct bench {
    struct plan *plan;
    int people;
    struct ui ui;
    struct view *view;        /* the grid of people */
};

static void must(int code, const struct err *err)
{
    if (code) {
        fprintf(stderr, "rights: %s\n", err->msg);
        exit(2);
    }
}

static double now(clockid_t clock)
{
    struct timespec time;

    clock_gettime(clock, &time);
    return (double)time.tv_sec * 1e6 + (double)time.tv_nsec / 1e3;
}

static void put(struct plan_batch *batch, const struct schema *schema, const char *id,
                const char *row, const char *value)
{
    struct err err = { 0 };
    struct check check = CHECK_INIT;

    must(plan_batch_set(batch, schema_item(schema, id), row, value, &check, &err), &err);
    check_free(&check);
}

static void add(struct plan_batch *batch, const struct schema *schema, const char *repeat,
                int number, char key[24])
{
    struct err err = { 0 };

    snprintf(key, 24, "%d", number);
    must(plan_batch_add_row(batch, schema_item(schema, repeat), key, &err), &err);
}

static void fill(struct bench *bench)
{
    struct plan_batch *batch = plan_batch_new(bench->plan);
    const struct schema *schema = bench->plan->schema;
    struct err err = { 0 };
    char key[24], other[24];

    for (int i = 1; i <= REGISTERS; i++) {
        add(batch, schema, "data_register", i, key);
        put(batch, schema, "dreg_kind", key, "social");
        put(batch, schema, "dreg_owner", key, "organiser");
    }
    for (int i = 1; i <= ROLES; i++) {
        add(batch, schema, "role", i, key);
        put(batch, schema, "role_tasks", key, "jt");
        put(batch, schema, "role_d01", key, "v");
        put(batch, schema, "role_d07", key, "v k");
    }
    for (int i = 1; i <= bench->people; i++)
        add(batch, schema, "person", i, key);
    for (int i = 0; i < bench->people * REGISTERS; i++) {
        add(batch, schema, "assignment", i + 1, key);
        snprintf(other, sizeof other, "%d", i / REGISTERS + 1);
        put(batch, schema, "asg_person", key, other);
        snprintf(other, sizeof other, "%d", i % ROLES + 1);
        put(batch, schema, "asg_role", key, other);
        snprintf(other, sizeof other, "%d", i % REGISTERS + 1);
        put(batch, schema, "asg_register", key, other);
        put(batch, schema, "asg_tasks", key, "lasu");
    }
    must(plan_batch_commit(batch, &err), &err);
}

static void open_view(struct bench *bench)
{
    bench->ui.plan = bench->plan;
    bench->ui.message = (struct buf)BUF_INIT;
    canvas_init(&bench->ui.screen, 24, 80, false);
    bench->view = view_rights_new(&bench->ui);
    bench->view->ops->act(bench->view, &bench->ui, ACTION_OTHER_GRID);
}

static void close_bench(struct bench *bench)
{
    bench->view->ops->free(bench->view);
    canvas_free(&bench->ui.screen);
    buf_free(&bench->ui.message);
    plan_close(bench->plan);
}

static struct bench open_bench(const struct schema *schema, const char *folder, int people)
{
    struct bench bench = { .people = people };
    struct err err = { 0 };
    void *store = NULL;
    char path[512];

    snprintf(path, sizeof path, "%s/%d.polku", folder, people);
    must(store_create(path, &err), &err);
    must(store_open(&store, path, STORE_WRITE, date_make(2026, 11, 22), NULL, &err), &err);
    must(plan_open(&bench.plan, schema, &store_sqlite_ops, store, date_make(2026, 11, 22), &err),
         &err);
    fill(&bench);
    return bench;
}

/* ---- what is measured ---- */

static size_t sink;           /* what is computed is used */

static void scan(const struct bench *bench)
{
    static const enum rights_item items[] = {
        RIGHTS_ITEM_ASG_PERSON, RIGHTS_ITEM_ASG_ROLE, RIGHTS_ITEM_ASG_REG, RIGHTS_ITEM_ASG_FROM,
        RIGHTS_ITEM_ASG_UNTIL
    };
    const struct rights_data *data = bench->plan->schema->rights;
    const struct item *repeat = data->items[RIGHTS_ITEM_ASG];
    size_t rows = answers_row_count(bench->plan->answers, repeat);

    for (size_t r = 0; r < rows; r++) {
        const char *row = answers_row_at(bench->plan->answers, repeat, r)->key;
        for (size_t i = 0; i < sizeof items / sizeof items[0]; i++) {
            const char *value = answers_value(bench->plan->answers, data->items[items[i]], row);
            sink += value ? strlen(value) : 1;
        }
    }
}

static void scans(struct bench *bench)
{
    for (int i = 0; i < RIGHTS_CHECK_COUNT; i++)
        scan(bench);
}

static void checks(struct bench *bench)
{
    struct rights *rights =
        rights_new(bench->plan->schema, bench->plan->answers, bench->plan->today);
    struct rights_findings findings = { 0 };

    rights_check(rights, &findings);
    sink += findings.count;
    rights_findings_free(&findings);
    rights_free(rights);
}

static void paint(struct bench *bench)
{
    const struct rights *rights = engine_rights(bench->plan->engine);
    struct rights_cell cell;

    for (int r = 0; r < SCREEN_ROLES; r++)
        for (int g = 0; g < RIGHTS_GROUP_COUNT; g++) {
            rights_cell(rights, r, g, 0, &cell);
            sink += (size_t)rights_mark(&cell);
        }
}

/* There and back, so that every run begins alike. */
static void move(struct bench *bench)
{
    static const uint32_t keys[] = { KEYS_DOWN, KEYS_RIGHT, KEYS_UP, KEYS_LEFT };

    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        struct event event = { .kind = EVENT_KEY, .key = keys[i] };
        bench->view->ops->input(bench->view, &bench->ui, &event);
        canvas_reset(&bench->ui.screen, 24, 80);
        bench->view->ops->draw(bench->view, &bench->ui, &bench->ui.screen);
    }
    sink += (size_t)bench->ui.screen.grid.cursor_row;
}

static void key(struct bench *bench)
{
    struct err err = { 0 };

    must(rights_toggle(bench->plan, 3, RIGHTS_D03, RIGHTS_V, &err), &err);
    sink += engine_rights_findings(bench->plan->engine)->count;
    paint(bench);
}

static double lowest(struct bench *bench, void (*run)(struct bench *bench), int times,
                     clockid_t clock)
{
    double best = 1e18;

    for (int i = 0; i < RUNS; i++) {
        double start = now(clock), took;
        for (int n = 0; n < times; n++)
            run(bench);
        took = (now(clock) - start) / times;
        best = took < best ? took : best;
    }
    return best;
}

static int report(const char *name, double large, double small, double limit)
{
    double ratio = large / small;

    printf("%-8s %10.1f us / %10.1f us = %6.3f   limit %.2f%s\n", name, large, small, ratio, limit,
           ratio > limit ? "   OVER" : "");
    return ratio > limit;
}

int main(int argc, char **argv)
{
    struct content_place place;
    struct content content = { 0 };
    struct err err = { 0 };
    struct bench large, small;
    int over = 0;

    if (argc != 3)
        return 2;
    expr_setup();
    must(content_find(&place, argv[1], &err), &err);
    must(content_load(&content, &place, NULL, NULL, &err), &err);
    large = open_bench(content.schema, argv[2], LARGE);
    small = open_bench(content.schema, argv[2], SMALL);
    over |= report("checks", lowest(&large, checks, 3, CLOCK_PROCESS_CPUTIME_ID),
                   lowest(&large, scans, 3, CLOCK_PROCESS_CPUTIME_ID), 1.0);
    over |= report("paint", lowest(&large, paint, 50, CLOCK_PROCESS_CPUTIME_ID),
                   lowest(&small, paint, 50, CLOCK_PROCESS_CPUTIME_ID), 2.0);
    open_view(&large);
    open_view(&small);
    over |= report("move", lowest(&large, move, 20, CLOCK_PROCESS_CPUTIME_ID),
                   lowest(&small, move, 20, CLOCK_PROCESS_CPUTIME_ID), 1.5);
    over |= report("key", lowest(&large, key, 2, CLOCK_MONOTONIC),
                   lowest(&small, key, 2, CLOCK_MONOTONIC), 2.0);
    close_bench(&large);
    close_bench(&small);
    content_free(&content);
    return over || !sink;
}
