/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Relevance, requirements, computed values, task states and findings.
 *
 * The last tests change answers of the shipped content at random and hold what the engine
 * derived step by step against a fresh derivation. The seed is printed; RANDOM_SEED repeats it.
 */
#include "core_help.h"

#include <time.h>

#include "core/check.h"
#include "core/engine.h"

struct world {
    struct content content;
    struct answers *answers;
    struct engine *engine;
};

static struct content mini;

/* ---- small language ---- */

static struct world *world_new(const struct content *content)
{
    struct world *world = xcalloc(1, sizeof *world);
    struct err err = { 0 };

    world->content = *content;
    world->answers = answers_new(content->schema);
    if (engine_new(&world->engine, content->schema, world->answers, help_today(), &err))
        fail_msg("%s", err.msg);
    return world;
}

static void world_free(struct world *world)
{
    engine_free(world->engine);
    answers_free(world->answers);
    free(world);
}

static void put(struct world *world, const char *id, const char *row, const char *value)
{
    const struct item *item = help_item(world->content.schema, id);
    struct buf path = BUF_INIT;
    struct entry entry = { .form = item->form->id, .item = id, .value = value };

    if (row)
        buf_addf(&path, "%s/%s", item->repeat->id, row);
    entry.row = path.text;
    answers_apply(world->answers, &entry);
    engine_changed(world->engine, item, row);
    buf_free(&path);
}

static void row_entry(struct world *world, const char *repeat, const char *row, const char *what,
                      const char *value)
{
    const struct item *item = help_item(world->content.schema, repeat);
    struct buf path = BUF_INIT;
    struct entry entry = { .form = item->form->id, .item = what, .value = value };

    buf_addf(&path, "%s/%s", repeat, row);
    entry.row = path.text;
    answers_apply(world->answers, &entry);
    engine_changed(world->engine, item, row);
    buf_free(&path);
}

static void add_row(struct world *world, const char *repeat, const char *row)
{
    row_entry(world, repeat, row, ENTRY_ROW_ADD, NULL);
}

static const struct cell *cell(struct world *world, const char *id, const char *row)
{
    const struct cell *found =
        answers_cell(world->answers, help_item(world->content.schema, id), row);

    assert_non_null(found);
    return found;
}

static bool relevant(struct world *world, const char *id, const char *row)
{
    return engine_is_relevant(world->engine, help_item(world->content.schema, id), row);
}

static const char *value(struct world *world, const char *id, const char *row)
{
    const char *found = engine_value(world->engine, help_item(world->content.schema, id), row);

    return found ? found : "-";
}

static struct task_state state_of(struct world *world, const char *task)
{
    struct task_state state;

    engine_task(world->engine, schema_task(world->content.schema, task), &state);
    return state;
}

static const char *status(struct world *world, const char *task)
{
    return task_status_name(state_of(world, task).status);
}

/* "r_many missing:mini_name r_card[2]" */
static void findings_text(struct world *world, struct buf *out)
{
    static const char *const names[] = {
        [FINDING_VALUE] = "value",     [FINDING_ROWS] = "rows",     [FINDING_RULE] = "rule",
        [FINDING_MISSING] = "missing", [FINDING_UNSURE] = "unsure", [FINDING_TASK] = "task",
        [FINDING_RIGHTS] = "rights",
    };
    struct findings findings = { 0 };

    buf_clear(out);
    engine_findings(world->engine, &findings);
    for (size_t i = 0; i < findings.count; i++) {
        const struct finding *f = &findings.at[i];
        buf_addf(out, "%s%s:%s", i ? " " : "", f->rule ? f->rule->id : names[f->kind],
                 f->place.item ? f->place.item->id : "");
        if (f->place.row)
            buf_addf(out, "[%s]", f->place.row);
    }
    findings_free(&findings);
}

/* ---- relevance and values ---- */

static void test_chain(void **state)
{
    struct world *w = world_new(&mini);

    (void)state;
    assert_true(relevant(w, "chain_a", NULL));
    assert_false(relevant(w, "chain_b", NULL));
    put(w, "chain_a", NULL, "1");
    assert_true(relevant(w, "chain_b", NULL));
    assert_false(relevant(w, "chain_c", NULL));
    put(w, "chain_b", NULL, "1");
    put(w, "chain_c", NULL, "abcdef");
    assert_string_equal(value(w, "chain_d", NULL), "6");
    assert_true(relevant(w, "chain_e", NULL));
    assert_true(cell(w, "chain_e", NULL)->required);
    put(w, "chain_c", NULL, "abcd");
    assert_false(cell(w, "chain_e", NULL)->required);
    put(w, "chain_e", NULL, "kept");
    put(w, "chain_a", NULL, "0");
    assert_false(relevant(w, "chain_e", NULL));
    assert_string_equal(value(w, "chain_c", NULL), "-");
    assert_string_equal(value(w, "chain_d", NULL), "-");
    assert_string_equal(cell(w, "chain_e", NULL)->value, "kept");
    assert_int_equal(engine_unused_answers(w->engine, schema_form(mini.schema, "mini")), 3);
    put(w, "chain_a", NULL, "1");
    assert_string_equal(value(w, "chain_e", NULL), "kept");
    assert_int_equal(engine_unused_answers(w->engine, schema_form(mini.schema, "mini")), 0);
    world_free(w);
}

static void test_rows(void **state)
{
    struct world *w = world_new(&mini);

    (void)state;
    put(w, "mini_kind", NULL, "b");
    add_row(w, "card", "1");
    add_row(w, "card", "2");
    assert_string_equal(value(w, "other_cards", NULL), "2");
    assert_string_equal(value(w, "other_sum", NULL), "-");
    put(w, "card_pin", "1", "5");
    put(w, "card_pin", "2", "15");
    assert_string_equal(value(w, "other_sum", NULL), "20");
    assert_string_equal(value(w, "card_share", "1"), "0.25");
    assert_string_equal(value(w, "card_share", "2"), "0.75");
    assert_true(relevant(w, "other_ask", NULL));
    assert_false(relevant(w, "card_why", "1"));
    put(w, "card_old", "2", "1");
    assert_false(relevant(w, "card_why", "1"));
    assert_true(relevant(w, "card_why", "2"));
    assert_true(cell(w, "card_why", "2")->required);
    assert_false(relevant(w, "card_how", "2"));
    put(w, "card_why", "2", "so");
    assert_true(relevant(w, "card_how", "2"));
    put(w, "card_old", "2", "?");
    assert_false(relevant(w, "card_how", "2"));
    row_entry(w, "card", "2", ENTRY_ROW_REMOVE, NULL);
    assert_string_equal(value(w, "other_sum", NULL), "5");
    assert_string_equal(value(w, "card_share", "1"), "1");
    world_free(w);
}

/* Rows of a repeat that is not asked for count nowhere and find nothing. */
static void test_repeat_not_relevant(void **state)
{
    struct world *w = world_new(&mini);
    struct buf found = BUF_INIT;

    (void)state;
    put(w, "mini_name", NULL, "x");
    put(w, "mini_kind", NULL, "b");
    add_row(w, "card", "1");
    put(w, "card_pin", "1", "13");
    put(w, "card_old", "1", "1");
    findings_text(w, &found);
    assert_non_null(strstr(found.text, "r_card:card_pin[1]"));
    assert_non_null(strstr(found.text, "missing:card_why[1]"));
    put(w, "mini_kind", NULL, "a");
    assert_false(relevant(w, "card_pin", "1"));
    assert_string_equal(value(w, "other_cards", NULL), "0");
    assert_string_equal(value(w, "other_sum", NULL), "-");
    findings_text(w, &found);
    assert_null(strstr(found.text, "card"));
    put(w, "card_pin", "1", "14");
    assert_string_equal(value(w, "other_cards", NULL), "0");
    put(w, "card_pin", "1", "13");
    put(w, "mini_kind", NULL, "b");
    assert_string_equal(value(w, "other_sum", NULL), "13");
    assert_true(relevant(w, "card_why", "1"));
    findings_text(w, &found);
    assert_non_null(strstr(found.text, "r_card:card_pin[1]"));
    buf_free(&found);
    world_free(w);
}

static void test_constraints(void **state)
{
    struct world *w = world_new(&mini);

    (void)state;
    put(w, "mini_limit", NULL, "5");
    assert_int_equal(cell(w, "mini_limit", NULL)->problem, CELL_FINE);
    put(w, "mini_count", NULL, "3");
    assert_int_equal(cell(w, "mini_limit", NULL)->problem, CELL_CONSTRAINT);
    assert_string_equal(value(w, "mini_limit", NULL), "5");
    put(w, "mini_count", NULL, "5");
    assert_int_equal(cell(w, "mini_limit", NULL)->problem, CELL_FINE);
    put(w, "mini_count", NULL, "many");
    assert_int_equal(cell(w, "mini_count", NULL)->problem, CELL_NO_VALUE_OF_TYPE);
    assert_string_equal(value(w, "mini_count", NULL), "-");
    assert_int_equal(cell(w, "mini_limit", NULL)->problem, CELL_FINE);
    put(w, "mini_limit", NULL, NULL);
    assert_int_equal(cell(w, "mini_limit", NULL)->problem, CELL_FINE);
    world_free(w);
}

static void test_offered(void **state)
{
    struct world *w = world_new(&mini);
    const struct item *colour = help_item(mini.schema, "mini_colour");

    (void)state;
    assert_true(engine_is_offered(w->engine, colour, NULL, "red"));
    assert_false(engine_is_offered(w->engine, colour, NULL, "green"));
    assert_false(engine_is_offered(w->engine, colour, NULL, "re"));
    put(w, "mini_day", NULL, "2026-01-01");
    assert_true(engine_is_offered(w->engine, colour, NULL, "green"));
    put(w, "mini_colour", NULL, "green");
    assert_int_equal(cell(w, "mini_colour", NULL)->problem, CELL_FINE);
    put(w, "mini_day", NULL, "2024-01-01");
    assert_int_equal(cell(w, "mini_colour", NULL)->problem, CELL_NOT_OFFERED);
    put(w, "mini_day", NULL, "2028-01-01");
    assert_int_equal(cell(w, "mini_colour", NULL)->problem, CELL_FINE);
    assert_true(engine_is_offered(w->engine, help_item(mini.schema, "mini_kind"), NULL, "a"));
    world_free(w);
}

static void test_row_gone(void **state)
{
    struct world *w = world_new(&mini);

    (void)state;
    put(w, "mini_kind", NULL, "b");
    add_row(w, "person", "1");
    add_row(w, "card", "1");
    put(w, "card_holder", "1", "1");
    put(w, "other_boss", NULL, "1");
    assert_int_equal(cell(w, "card_holder", "1")->problem, CELL_FINE);
    row_entry(w, "person", "1", ENTRY_ROW_REMOVE, NULL);
    assert_int_equal(cell(w, "card_holder", "1")->problem, CELL_ROW_GONE);
    assert_int_equal(cell(w, "other_boss", NULL)->problem, CELL_ROW_GONE);
    assert_string_equal(value(w, "card_holder", "1"), "-");
    add_row(w, "person", "1");
    assert_int_equal(cell(w, "card_holder", "1")->problem, CELL_FINE);
    put(w, "other_boss", NULL, "9");
    assert_int_equal(cell(w, "other_boss", NULL)->problem, CELL_ROW_GONE);
    put(w, "other_boss", NULL, "?");
    assert_int_equal(cell(w, "other_boss", NULL)->problem, CELL_FINE);
    assert_string_equal(value(w, "other_boss", NULL), "-");
    world_free(w);
}

static void test_initial(void **state)
{
    struct world *w = world_new(&mini);
    struct buf out = BUF_INIT;

    (void)state;
    assert_false(engine_initial(w->engine, help_item(mini.schema, "mini_first"), NULL, &out));
    assert_false(engine_initial(w->engine, help_item(mini.schema, "mini_name"), NULL, &out));
    put(w, "mini_count", NULL, "4");
    assert_true(engine_initial(w->engine, help_item(mini.schema, "mini_first"), NULL, &out));
    assert_string_equal(out.text, "5");
    buf_free(&out);
    world_free(w);
}

/* ---- steps ---- */

static void steps_text(struct world *w, const char *form, const char *repeat, const char *row,
                       bool full, struct buf *out)
{
    struct places steps = { 0 };

    buf_clear(out);
    engine_steps(w->engine, schema_form(mini.schema, form),
                 repeat ? help_item(mini.schema, repeat) : NULL, row, full, &steps);
    for (size_t i = 0; i < steps.count; i++)
        buf_addf(out, "%s%s", i ? " " : "", steps.at[i].item->id);
    places_free(&steps);
}

static void test_steps(void **state)
{
    struct world *w = world_new(&mini);
    struct buf out = BUF_INIT;

    (void)state;
    steps_text(w, "quiet", NULL, NULL, true, &out);
    assert_string_equal(out.text, "");
    steps_text(w, "mini", NULL, NULL, false, &out);
    assert_string_equal(out.text,
                        "mini_name mini_code mini_long mini_file mini_reader mini_ytunnus"
                        " mini_oid mini_phone mini_email mini_postcode mini_count mini_rate"
                        " mini_day mini_sure mini_flat mini_kind mini_colours mini_colour"
                        " mini_limit mini_first chain_a");
    put(w, "mini_sure", NULL, "0");
    put(w, "chain_a", NULL, "1");
    put(w, "mini_kind", NULL, "b");
    steps_text(w, "mini", NULL, NULL, true, &out);
    assert_non_null(strstr(out.text, "mini_flat mini_note mini_kind"));
    assert_non_null(strstr(out.text, "mini_limit mini_full mini_first chain_a chain_b card"));
    steps_text(w, "mini", "card", "1", true, &out);
    assert_string_equal(out.text, "");
    add_row(w, "card", "1");
    put(w, "card_old", "1", "1");
    steps_text(w, "mini", "card", "1", true, &out);
    assert_string_equal(out.text, "card_name card_holder card_pin card_old card_why");
    put(w, "mini_full", NULL, "x");
    steps_text(w, "mini", NULL, NULL, false, &out);
    assert_non_null(strstr(out.text, "mini_full"));
    buf_free(&out);
    world_free(w);
}

/* ---- tasks and findings ---- */

static void done(struct world *w, const char *task, const char *said)
{
    struct entry entry = { .form = task, .row = "", .item = ENTRY_TASK_DONE, .value = said };

    answers_apply(w->answers, &entry);
    engine_changed_all(w->engine);
}

static void test_status(void **state)
{
    struct world *w = world_new(&mini);

    (void)state;
    assert_string_equal(status(w, "mini"), "not-started");
    assert_string_equal(status(w, "other"), "cannot-start");
    assert_string_equal(status(w, "ready"), "cannot-start");
    assert_string_equal(status(w, "quiet"), "done");
    assert_true(engine_task_blocks(w->engine, schema_task(mini.schema, "mini")));
    assert_false(engine_task_blocks(w->engine, schema_task(mini.schema, "never")));
    assert_false(state_of(w, "never").relevant);
    put(w, "mini_count", NULL, "1");
    assert_string_equal(status(w, "mini"), "in-progress");
    assert_string_equal(state_of(w, "mini").first_open.item->id, "mini_name");
    assert_int_equal(state_of(w, "mini").required, 1);
    put(w, "mini_name", NULL, "x");
    assert_int_equal(state_of(w, "mini").answered, 1);
    assert_string_equal(status(w, "mini"), "done");
    put(w, "mini_limit", NULL, "9");
    assert_string_equal(status(w, "mini"), "problem");
    assert_string_equal(state_of(w, "mini").first_problem.item->id, "mini_limit");
    assert_true(engine_task_blocks(w->engine, schema_task(mini.schema, "mini")));
    put(w, "mini_limit", NULL, NULL);
    assert_string_equal(status(w, "other"), "not-started");
    assert_int_equal(state_of(w, "other").required, 1);
    assert_string_equal(state_of(w, "other").first_open.item->id, "person");
    add_row(w, "person", "1");
    assert_string_equal(state_of(w, "other").first_open.item->id, "person_name");
    assert_string_equal(state_of(w, "other").first_open.row, "1");
    put(w, "person_name", "1", "A");
    assert_string_equal(status(w, "other"), "in-progress");
    done(w, "other", "1");
    assert_string_equal(status(w, "other"), "done");
    assert_string_equal(status(w, "ready"), "done");
    put(w, "mini_day", NULL, "2027-01-01");
    assert_string_equal(status(w, "ready"), "cannot-start");
    put(w, "mini_day", NULL, NULL);
    done(w, "other", NULL);
    assert_string_equal(status(w, "ready"), "cannot-start");
    put(w, "chain_a", NULL, "1");
    assert_string_equal(status(w, "quiet"), "not-started");
    world_free(w);
}

static void test_unsure(void **state)
{
    struct world *w = world_new(&mini);
    struct buf found = BUF_INIT;

    (void)state;
    put(w, "mini_name", NULL, "x");
    put(w, "mini_sure", NULL, "?");
    assert_string_equal(value(w, "mini_sure", NULL), "-");
    assert_int_equal(state_of(w, "mini").unsure, 1);
    assert_string_equal(status(w, "mini"), "done");
    findings_text(w, &found);
    assert_string_equal(found.text, "unsure:mini_sure missing:person");
    buf_free(&found);
    world_free(w);
}

static void test_findings(void **state)
{
    struct world *w = world_new(&mini);
    static const char *const keys[] = { "1", "2", "3", "4", "5" };
    struct buf found = BUF_INIT;
    struct findings problems = { 0 };

    (void)state;
    findings_text(w, &found);
    assert_string_equal(found.text, "missing:mini_name missing:person");
    put(w, "mini_kind", NULL, "b");
    for (size_t i = 0; i < 3; i++)
        add_row(w, "card", keys[i]);
    put(w, "card_pin", "3", "13");
    put(w, "card_pin", "1", "13");
    put(w, "card_pin", "2", "13");
    put(w, "mini_count", NULL, "60");
    put(w, "mini_limit", NULL, "61");
    for (size_t i = 0; i < countof(keys); i++)
        add_row(w, "person", keys[i]);
    findings_text(w, &found);
    assert_string_equal(found.text,
                        "value:mini_limit r_card:card_pin[1] r_card:card_pin[2]"
                        " r_card:card_pin[3] rows:person r_many:mini_count missing:mini_name"
                        " missing:card_name[1] missing:card_name[2] missing:card_name[3]"
                        " r_blank:mini_name[1] r_blank:mini_name[2] r_blank:mini_name[3]"
                        " missing:person_name[1] missing:person_name[2] missing:person_name[3]"
                        " missing:person_name[4] missing:person_name[5] missing:other_ask");
    row_entry(w, "card", "3", ENTRY_ROW_MOVE, "1");
    put(w, "card_pin", "1", "12");
    findings_text(w, &found);
    assert_non_null(strstr(found.text, "mini_limit r_card:card_pin[3] r_card:card_pin[2] rows"));
    engine_form_problems(w->engine, schema_form(mini.schema, "mini"), &problems);
    assert_int_equal(problems.count, 3);
    findings_free(&problems);
    row_entry(w, "card", "3", ENTRY_ROW_REMOVE, NULL);
    findings_text(w, &found);
    assert_null(strstr(found.text, "[3] r"));
    buf_free(&found);
    world_free(w);
}

/* ---- step by step is the same as at once ---- */

/* What the engine derived, as text: one line a cell that is not as at the beginning. */
static void add_cell(struct buf *out, const struct item *item, const char *row,
                     const struct cell *c)
{
    buf_addf(out, "%s%s%s %d%d %d c=%s o=%s\n", item->id, row ? "/" : "", row ? row : "",
             c->relevant, c->required, (int)c->problem, c->computed ? c->computed : "-",
             c->offered ? c->offered : "-");
}

static void derived_text(struct world *w, struct buf *out)
{
    const struct schema *schema = w->content.schema;

    for (size_t i = 0; i < schema->item_count; i++) {
        const struct item *item = schema->items[i];
        size_t rows = item->type == ITEM_REPEAT ? answers_row_count(w->answers, item) : 0;
        if (!item->repeat)
            add_cell(out, item, NULL, answers_cell(w->answers, item, NULL));
        for (size_t r = 0; r < rows; r++) {
            const struct row *row = answers_row_at(w->answers, item, r);
            for (size_t n = 0; n < item->item_count; n++)
                add_cell(out, &item->items[n], row->key, &row->cells[n]);
        }
    }
    for (size_t i = 0; i < schema->task_count; i++)
        buf_addf(out, "%s %s\n", schema->tasks[i].id, status(w, schema->tasks[i].id));
}

/* A value that the item may get: mostly good, now and then none or a wrong one. */
static void random_value(struct world *w, const struct item *item, char out[64])
{
    int dice = rand() % 12;

    out[0] = 0;
    if (dice == 0)
        return;
    if (dice == 1) {
        strcpy(out, "wrong ?");
        return;
    }
    if (dice == 2 && item->unsure) {
        strcpy(out, "?");
        return;
    }
    if (item->type == ITEM_YESNO)
        snprintf(out, 64, "%d", rand() % 2);
    else if (item->list)
        snprintf(out, 64, "%s", item->list->choices[(size_t)rand() % item->list->choice_count].id);
    else if (item->type == ITEM_DATE)
        date_iso(help_today() - 800 + rand() % 1600, out);
    else if (item->type == ITEM_INTEGER || item->type == ITEM_DECIMAL || item->type == ITEM_ROW)
        snprintf(out, 64, "%d", rand() % 20);
    else
        snprintf(out, 64, "%.*s", 1 + rand() % 30, "abcdefghijklmnopqrstuvwxyzabcdefghij");
    (void)w;
}

static void random_change(struct world *w)
{
    const struct schema *schema = w->content.schema;
    const struct item *item = schema->items[(size_t)rand() % schema->item_count];
    size_t rows = item->repeat ? answers_row_count(w->answers, item->repeat) : 0;
    char text[64];
    struct check check = CHECK_INIT;

    if (item->type == ITEM_REPEAT) {
        rows = answers_row_count(w->answers, item);
        answers_new_key(w->answers, item, text);
        if (rows == 0 || (rand() % 3 && rows < 8)) {
            add_row(w, item->id, text);
        } else {
            char *key = xstrdup(answers_row_at(w->answers, item, (size_t)rand() % rows)->key);
            row_entry(w, item->id, key, rand() % 2 ? ENTRY_ROW_REMOVE : ENTRY_ROW_MOVE, "1");
            free(key);
        }
    } else if (item_type_holds_answer(item->type) && !item->calculate.sql &&
               (!item->repeat || rows)) {
        const char *row = rows ? answers_row_at(w->answers, item->repeat,
                                                (size_t)rand() % rows)->key : NULL;
        random_value(w, item, text);
        check_value(item, text, help_today(), &check);
        put(w, item->id, row, check.value.length ? check.value.text : NULL);
    }
    check_free(&check);
}

static void compare_with_fresh(struct world *w, int step)
{
    struct buf by_steps = BUF_INIT, at_once = BUF_INIT;
    struct engine *kept = w->engine;
    struct err err = { 0 };
    struct buf before = BUF_INIT, after = BUF_INIT;

    derived_text(w, &by_steps);
    findings_text(w, &before);
    w->engine = NULL;
    assert_int_equal(engine_new(&w->engine, w->content.schema, w->answers, help_today(), &err), 0);
    derived_text(w, &at_once);
    findings_text(w, &after);
    engine_free(w->engine);
    w->engine = kept;
    if (strcmp(by_steps.text, at_once.text) != 0 || strcmp(before.text, after.text) != 0) {
        size_t at = 0, line = 0;
        for (; by_steps.text[at] && by_steps.text[at] == at_once.text[at]; at++)
            if (by_steps.text[at] == '\n')
                line = at + 1;
        fail_msg("step %d: by steps \"%.80s\", at once \"%.80s\"", step, by_steps.text + line,
                 at_once.text + line);
    }
    buf_free(&by_steps);
    buf_free(&at_once);
    buf_free(&before);
    buf_free(&after);
}

static void walk(const struct content *content, int steps, int check_every)
{
    const char *given = getenv("RANDOM_SEED");
    unsigned seed = given ? (unsigned)strtoul(given, NULL, 10) : (unsigned)time(NULL);
    struct world *w = world_new(content);

    print_message("# RANDOM_SEED=%u\n", seed);
    srand(seed);
    for (int i = 0; i < steps; i++) {
        random_change(w);
        if (i % check_every == 0)
            compare_with_fresh(w, i);
    }
    world_free(w);
}

static void test_walk_mini(void **state)
{
    (void)state;
    walk(&mini, 1000, 4);
}

static void test_walk_real(void **state)
{
    struct content real = { 0 };

    (void)state;
    help_content(&real, "../..");
    walk(&real, 600, 6);
    content_free(&real);
}

/* Many rows: each value is in its place, and the sum over all of them is right. */
static void test_five_thousand(void **state)
{
    struct world *w = world_new(&mini);
    char key[16], number[16];
    const struct item *pin = help_item(mini.schema, "card_pin");

    (void)state;
    put(w, "mini_kind", NULL, "b");
    for (int i = 1; i <= 1700; i++) {
        struct entry entry = { .form = "mini", .item = ENTRY_ROW_ADD };
        struct buf path = BUF_INIT;
        snprintf(key, sizeof key, "%d", i);
        snprintf(number, sizeof number, "%d", i + 1);
        buf_addf(&path, "card/%s", key);
        entry.row = path.text;
        answers_apply(w->answers, &entry);
        entry.item = "card_pin";
        entry.value = number;
        answers_apply(w->answers, &entry);
        entry.item = "card_name";
        answers_apply(w->answers, &entry);
        entry.item = "card_old";
        entry.value = i % 2 ? "1" : "0";
        answers_apply(w->answers, &entry);
        buf_free(&path);
    }
    engine_changed_all(w->engine);
    assert_string_equal(value(w, "other_cards", NULL), "1700");
    assert_string_equal(value(w, "other_sum", NULL), "1447550");
    assert_int_equal(state_of(w, "mini").required, 1 + 1700 + 850);
    put(w, "card_pin", "1700", "1");
    assert_string_equal(value(w, "other_sum", NULL), "1445850");
    assert_int_equal(answers_cell(w->answers, pin, "1700")->problem, CELL_CONSTRAINT);
    world_free(w);
}

static int load(void **state)
{
    (void)state;
    help_content(&mini, "mini");
    return 0;
}

static int unload(void **state)
{
    (void)state;
    content_free(&mini);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_chain),        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_repeat_not_relevant),
        cmocka_unit_test(test_constraints),  cmocka_unit_test(test_offered),
        cmocka_unit_test(test_row_gone),     cmocka_unit_test(test_initial),
        cmocka_unit_test(test_steps),        cmocka_unit_test(test_status),
        cmocka_unit_test(test_unsure),       cmocka_unit_test(test_findings),
        cmocka_unit_test(test_walk_mini),    cmocka_unit_test(test_walk_real),
        cmocka_unit_test(test_five_thousand),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("engine", tests, load, unload);
}
