/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Answers, places and findings in words.
 */
#include "core/plan.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/tr.h"
#include "core/facts.h"
#include "core/rights_text.h"

void plan_text(const struct plan *plan, const struct text *text, const struct tr *tr,
               struct buf *out)
{
    fact_expand(plan->schema, answers_notes(plan->answers), text_get(text, tr->lang), tr,
                plan->today, out);
}

void plan_row_name(const struct plan *plan, const struct item *repeat, const char *row,
                   const struct tr *tr, struct buf *out)
{
    int position = answers_row_position(plan->answers, repeat, row);

    if (position < 0) {
        buf_add(out, tr_text(tr, "a row that was removed"));
        return;
    }
    if (repeat->item_count > 0 && repeat->items[0].type == ITEM_ROW
        && engine_value(plan->engine, &repeat->items[0], row)) {
        plan_show(plan, &repeat->items[0], row, tr, out);
        return;
    }
    for (size_t i = 0; i < repeat->item_count; i++) {
        const char *value = answers_value(plan->answers, &repeat->items[i], row);
        if (value && repeat->items[i].type == ITEM_TEXT && strcmp(value, VALUE_UNSURE) != 0) {
            buf_add(out, value);
            return;
        }
    }
    buf_addf(out, "%s %d", text_get(&repeat->item_label, tr->lang), position + 1);
}

void plan_show_target(const struct plan *plan, const struct item *item, const char *key,
                      const struct tr *tr, struct buf *out)
{
    const char *shown =
        item->target_show ? answers_value(plan->answers, item->target_show, key) : NULL;

    if (shown && item->target_show->type == ITEM_ROW)
        plan_show_target(plan, item->target_show, shown, tr, out);
    else if (shown)
        check_show(item->target_show, shown, tr, out);
    else
        plan_row_name(plan, item->target, key, tr, out);
}

void plan_show(const struct plan *plan, const struct item *item, const char *row,
               const struct tr *tr, struct buf *out)
{
    const struct cell *cell = answers_cell(plan->answers, item, row);
    const char *value = !cell ? NULL : item->calculate.sql ? cell->computed : cell->value;

    if (!value)
        return;
    if (item->type == ITEM_ROW && !(item->unsure && strcmp(value, VALUE_UNSURE) == 0))
        plan_show_target(plan, item, value, tr, out);
    else
        check_show(item, value, tr, out);
}

void plan_place_name(const struct plan *plan, const struct place *place, const struct tr *tr,
                     struct buf *out)
{
    const struct item *item = place->item;

    if (!item)
        return;
    if (item->repeat && place->row)
        buf_addf(out, "%s %d, ", text_get(&item->repeat->item_label, tr->lang),
                 answers_row_position(plan->answers, item->repeat, place->row) + 1);
    plan_text(plan, item->report_label.in[0] ? &item->report_label : &item->label, tr, out);
}

const char *plan_status_words(const struct task *task, enum task_status status)
{
    static const char *const words[] = {
        [TASK_NOT_STARTED] = N_("not started"), [TASK_IN_PROGRESS] = N_("in progress"),
        [TASK_DONE] = N_("done"), [TASK_CANNOT_START] = N_("cannot start yet"),
        [TASK_PROBLEM] = N_("there is a problem"),
    };

    if (task->kind == TASK_GATE)
        return status == TASK_DONE ? N_("ready") : N_("not ready yet");
    return words[status];
}

void plan_undone_text(const struct plan *plan, const struct place *what, bool again,
                      const struct tr *tr, struct buf *out)
{
    struct buf shown = BUF_INIT;

    buf_add(out, tr_text(tr, again ? N_("Made again") : N_("Taken back")));
    if (plan->undone_fact)
        buf_addf(out, ": %s", text_get(&plan->undone_fact->subject, tr->lang));
    if (what->item) {
        buf_add(out, ": ");
        plan_place_name(plan, what, tr, out);
    }
    buf_add(out, ". ");
    if (what->item && what->item->type != ITEM_REPEAT) {
        plan_show(plan, what->item, what->row, tr, &shown);
        buf_addf(out, tr_text(tr, N_("Now: %s. ")),
                 shown.length ? shown.text : tr_text(tr, "not answered"));
    }
    buf_trim(out);
    buf_free(&shown);
}

/* ---- findings ---- */

/* Replaces {row} and {item_id} in a rule's text. */
static void fill_rule_text(const struct plan *plan, const struct finding *finding,
                           const char *text, const struct tr *tr, struct buf *out)
{
    const struct item *each = finding->rule->each;
    const char *open, *close;

    while ((open = strchr(text, '{')) != NULL && (close = strchr(open, '}')) != NULL) {
        size_t length = (size_t)(close - open - 1);
        const struct item *item = schema_item_n(plan->schema, open + 1, length);
        buf_add_n(out, text, (size_t)(open - text));
        if (length == 3 && memcmp(open + 1, "row", 3) == 0 && each)
            buf_addf(out, "%d",
                     answers_row_position(plan->answers, each, finding->place.row) + 1);
        else if (item && (!item->repeat || item->repeat == each))
            plan_show(plan, item, item->repeat ? finding->place.row : NULL, tr, out);
        text = close + 1;
    }
    buf_add(out, text);
}

static void rule_text_out(const struct plan *plan, const struct finding *finding,
                          const struct text *text, const struct tr *tr, struct buf *out)
{
    struct buf expanded = BUF_INIT;

    plan_text(plan, text, tr, &expanded);
    fill_rule_text(plan, finding, expanded.text, tr, out);
    buf_free(&expanded);
}

/* Why the stored value is no value of the type, in words. */
static void type_fault(const struct plan *plan, const struct place *place, const struct tr *tr,
                       struct buf *out)
{
    struct check check = CHECK_INIT;
    const char *value = answers_value(plan->answers, place->item, place->row);

    check_value(place->item, value ? value : "", plan->today, &check);
    check_message(&check, tr, out);
    check_free(&check);
}

void plan_problem_text(const struct plan *plan, const struct place *place, const struct tr *tr,
                       struct buf *out)
{
    const struct cell *cell = answers_cell(plan->answers, place->item, place->row);

    switch (cell ? (enum cell_problem)cell->problem : CELL_FINE) {
    case CELL_NO_VALUE_OF_TYPE:
        type_fault(plan, place, tr, out);
        break;
    case CELL_CONSTRAINT:
        plan_text(plan, &place->item->message, tr, out);
        break;
    case CELL_NOT_OFFERED:
        buf_add(out, tr_text(tr, "This choice no longer fits your other answers."));
        break;
    case CELL_ROW_GONE:
        buf_add(out, tr_text(tr, "The answer points to a row that was removed."));
        break;
    case CELL_FINE:
        break;
    }
}

void plan_finding_text(const struct plan *plan, const struct finding *finding,
                       const struct tr *tr, struct buf *out)
{
    if (finding->kind == FINDING_RULE) {
        rule_text_out(plan, finding, &finding->rule->message, tr, out);
        return;
    }
    if (finding->kind == FINDING_RIGHTS) {
        rights_finding_text(engine_rights(plan->engine), finding->rights, tr, out);
        return;
    }
    if (finding->kind == FINDING_TASK) {
        buf_addf(out, "%s: %s", text_get(&finding->task->title, tr->lang),
                 tr_text(tr, "not done yet"));
        return;
    }
    plan_place_name(plan, &finding->place, tr, out);
    buf_add(out, out->length && out->text[out->length - 1] == '?' ? " " : ": ");
    switch (finding->kind) {
    case FINDING_VALUE:
        plan_problem_text(plan, &finding->place, tr, out);
        break;
    case FINDING_ROWS:
        buf_addf(out, tr_text(tr, "There are too many rows: at most %d."),
                 finding->place.item->row_max);
        break;
    case FINDING_MISSING:
        buf_add(out, tr_text(tr, "not answered yet"));
        break;
    default:
        buf_add(out, tr_text(tr, "to be found out (\"I do not know\")"));
    }
}

void plan_finding_remedy(const struct plan *plan, const struct finding *finding,
                         const struct tr *tr, struct buf *out)
{
    if (finding->kind == FINDING_RULE)
        rule_text_out(plan, finding, &finding->rule->remedy, tr, out);
    else if (finding->kind == FINDING_RIGHTS)
        plan_text(plan, &finding->rights->check->remedy, tr, out);
}

/* ---- addresses of the command line ---- */

/* An item of the repeat by its id, or by what follows the repeat's id and an underscore. */
static const struct item *item_in(const struct schema *schema, const struct item *repeat,
                                  const char *name)
{
    const struct item *item = schema_item(schema, name);
    struct buf full = BUF_INIT;

    if (!item || item->repeat != repeat) {
        buf_addf(&full, "%s_%s", repeat->id, name);
        item = schema_item(schema, full.text);
        buf_free(&full);
    }
    return item && item->repeat == repeat ? item : NULL;
}

static int unknown(const struct plan *plan, const char *text, struct err *err)
{
    const char **ids = xcalloc(plan->schema->item_count + 1, sizeof *ids);
    const char *near;

    for (size_t i = 0; i < plan->schema->item_count; i++)
        ids[i] = plan->schema->items[i]->id;
    near = schema_nearest(text, ids, plan->schema->item_count);
    free(ids);
    if (near)
        return err_set(err, ERR_USAGE, N_("there is no item \"%s\"; did you mean \"%s\"?"),
                       text, near);
    return err_set(err, ERR_USAGE, N_("there is no item \"%s\""), text);
}

/* Inside a repeat the name may be short: "nme" is near "person_name". */
static int unknown_in(const struct item *repeat, const char *name, struct err *err)
{
    const char **ids = xcalloc(repeat->item_count + 1, sizeof *ids), *near;
    struct buf full = BUF_INIT;
    int code;

    for (size_t i = 0; i < repeat->item_count; i++)
        ids[i] = repeat->items[i].id;
    buf_addf(&full, "%s_%s", repeat->id, name);
    near = schema_nearest(full.text, ids, repeat->item_count);
    if (!near)
        near = schema_nearest(name, ids, repeat->item_count);
    code = err_set(err, ERR_USAGE,
                   near ? N_("%s has no item \"%s\"; did you mean \"%s\"?")
                        : N_("%s has no item \"%s\""),
                   repeat->id, name, near);
    buf_free(&full);
    free(ids);
    return code;
}

static int find_row(const struct plan *plan, const struct item *repeat, const char *inside,
                    char row[24], bool *new_row, struct err *err)
{
    const struct row *found;
    char *end;
    long number;

    if (strcmp(inside, "+") == 0 && new_row) {
        *new_row = true;
        return 0;
    }
    number = inside[0] == '#' ? answers_row_position(plan->answers, repeat, inside + 1) + 1
                              : strtol(inside, &end, 10);
    found = number > 0 ? answers_row_at(plan->answers, repeat, (size_t)number - 1) : NULL;
    if (!found || (inside[0] != '#' && *end))
        return err_set(err, ERR_USAGE, N_("%s[%s]: there is no such row (%zu rows)"), repeat->id,
                       inside, answers_row_count(plan->answers, repeat));
    strncpy(row, found->key, 23);
    row[23] = 0;
    return 0;
}

static int address_row(const struct plan *plan, const char *text, size_t name,
                       const struct item **item, char row[24], bool *new_row, struct err *err)
{
    const char *close = strchr(text + name, ']');
    const struct item *repeat = schema_item_n(plan->schema, text, name);
    char *inside;
    int code;

    if (!repeat) {
        inside = xstrndup(text, name);
        code = unknown(plan, inside, err);
        free(inside);
        return code;
    }
    if (repeat->type != ITEM_REPEAT)
        return err_set(err, ERR_USAGE, N_("\"%s\" has no rows: write it without brackets"),
                       repeat->id);
    if (!close || close[1] != '.')
        return err_set(err, ERR_USAGE, N_("\"%s\": write %s[2].item, with the row's number"),
                       text, repeat->id);
    *item = item_in(plan->schema, repeat, close + 2);
    if (!*item)
        return unknown_in(repeat, close + 2, err);
    inside = xstrndup(text + name + 1, (size_t)(close - text) - name - 1);
    code = find_row(plan, repeat, inside, row, new_row, err);
    free(inside);
    return code;
}

int plan_address(const struct plan *plan, const char *text, const struct item **item,
                 char row[24], bool *new_row, struct err *err)
{
    size_t name = strcspn(text, "[");

    row[0] = 0;
    if (new_row)
        *new_row = false;
    if (text[name])
        return address_row(plan, text, name, item, row, new_row, err);
    *item = schema_item(plan->schema, text);
    if (!*item)
        return unknown(plan, text, err);
    if ((*item)->repeat)
        return err_set(err, ERR_USAGE, N_("\"%s\" is in rows: write %s[1].%s"), text,
                       (*item)->repeat->id, text);
    return 0;
}
