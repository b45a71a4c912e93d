/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Which facts matter, and what is said of each.
 */
#include "core/plan_facts.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "base/tr.h"
#include "core/fact_notes.h"

void plan_facts_free(struct plan_facts *facts)
{
    free(facts->at);
    *facts = (struct plan_facts){ 0 };
}

void plan_fact_look(const struct plan *plan, const struct fact *named, struct fact_look *out)
{
    fact_look(answers_notes(plan->answers), named, plan->today, out);
}

/* ---- which facts ---- */

/* Facts by their place in the schema. */
struct marks {
    const struct schema *schema;
    bool *at;
};

static struct marks marks_new(const struct schema *schema)
{
    return (struct marks){ schema, xcalloc(schema->fact_count + 1, sizeof(bool)) };
}

static void mark(void *data, const struct fact *named)
{
    struct marks *marks = data;

    marks->at[named - marks->schema->facts] = true;
}

/* A question in rows is asked when it is in one of them; before there is one, when its repeat
 * is. */
static bool is_asked(const struct plan *plan, const struct item *item)
{
    size_t rows = item->repeat ? answers_row_count(plan->answers, item->repeat) : 0;

    if (rows == 0)
        return engine_is_relevant(plan->engine, item->repeat ? item->repeat : item, NULL);
    for (size_t r = 0; r < rows; r++)
        if (engine_is_relevant(plan->engine, item,
                               answers_row_at(plan->answers, item->repeat, r)->key))
            return true;
    return false;
}

/* Any of the languages will do: a text names the same facts in all. */
static void mark_what_matters(const struct plan *plan, struct marks *marks)
{
    const struct schema *schema = plan->schema;
    bool *open = xcalloc(schema->form_count + 1, sizeof *open);

    for (size_t i = 0; i < schema->task_count; i++) {
        struct task_state state;
        engine_task(plan->engine, &schema->tasks[i], &state);
        if (schema->tasks[i].form)
            open[schema->tasks[i].form->index] = state.relevant && state.status != TASK_DONE;
    }
    for (size_t i = 0; i < schema->item_count; i++)
        if (open[schema->items[i]->form->index] && is_asked(plan, schema->items[i]))
            fact_each_of_item(schema, schema->items[i], LANG_FI, mark, marks);
    free(open);
}

static void unmark_old(struct marks *marks)
{
    for (size_t i = 0; i < marks->schema->fact_count; i++)
        if (marks->schema->facts[i].supersedes)
            marks->at[marks->schema->facts[i].supersedes - marks->schema->facts] = false;
}

enum fact_group plan_fact_group(const struct plan_fact *fact)
{
    if (fact->look.check)
        return fact->matters ? FACTS_TO_CHECK : FACTS_OTHER_TO_CHECK;
    return fact->look.note ? FACTS_CHECKED : FACTS_REST;
}

const char *plan_fact_heading(enum fact_group group)
{
    static const char *const headings[] = {
        [FACTS_TO_CHECK] = N_("To be checked for the open tasks"),
        [FACTS_OTHER_TO_CHECK] = N_("Others that are not certain"),
        [FACTS_CHECKED] = N_("Checked by you"),
        [FACTS_REST] = N_("Other facts"),
    };

    return headings[group];
}

static void take(const struct plan *plan, const struct marks *wanted, const struct marks *matter,
                 struct plan_facts *out)
{
    const struct schema *schema = plan->schema;

    out->count = 0;
    for (enum fact_group group = FACTS_TO_CHECK; group <= FACTS_REST; group++)
        for (size_t i = 0; i < schema->fact_count; i++) {
            struct plan_fact fact = { .matters = matter->at[i] };
            if (!wanted->at[i])
                continue;
            plan_fact_look(plan, &schema->facts[i], &fact.look);
            if (plan_fact_group(&fact) != group)
                continue;
            out->at = vec_room(out->at, &out->room, out->count + 1, sizeof out->at[0]);
            out->at[out->count++] = fact;
        }
}

static void facts_of(const struct plan *plan, const struct item *item, struct plan_facts *out)
{
    struct marks wanted = marks_new(plan->schema), matter = marks_new(plan->schema);

    if (item)
        fact_each_of_item(plan->schema, item, LANG_FI, mark, &wanted);
    else
        memset(wanted.at, true, plan->schema->fact_count);
    unmark_old(&wanted);
    mark_what_matters(plan, &matter);
    take(plan, &wanted, &matter, out);
    free(wanted.at);
    free(matter.at);
}

void plan_facts(const struct plan *plan, struct plan_facts *out)
{
    facts_of(plan, NULL, out);
}

void plan_facts_of(const struct plan *plan, const struct item *item, struct plan_facts *out)
{
    facts_of(plan, item, out);
}

size_t plan_facts_to_check(const struct plan *plan)
{
    struct marks matter = marks_new(plan->schema);
    size_t count = 0;

    mark_what_matters(plan, &matter);
    for (size_t i = 0; i < plan->schema->fact_count; i++) {
        struct fact_look look;
        if (!matter.at[i])
            continue;
        plan_fact_look(plan, &plan->schema->facts[i], &look);
        count += look.check;
    }
    free(matter.at);
    return count;
}

/* ---- what is said of one ---- */

/* "Source: slide set (2020), looked at on 22.11.2026" */
static void add_source(const struct fact *fact, const struct tr *tr, struct buf *out)
{
    buf_addf(out, "%s: ", tr_text(tr, "Source"));
    fact_sources(fact, tr, out);
    if (fact->source_date) {
        buf_add(out, " (");
        fact_day(fact->source_date, tr, out);
        buf_add_char(out, ')');
    }
    if (fact->seen_on) {
        buf_addf(out, ", %s ", tr_text(tr, "checked on"));
        fact_day(fact->seen_on, tr, out);
    }
}

static void add_where(const struct fact *fact, const struct tr *tr, struct buf *out)
{
    const char *where = text_get(&fact->where_to_check, tr->lang);

    if (!where[0] && fact->url)
        where = fact->url;
    if (where[0])
        buf_addf(out, "%s: %s\n", tr_text(tr, "Where to check"), where);
}

static void add_bound(const char *msgid, const char *date, const struct tr *tr, struct buf *out)
{
    struct buf day = BUF_INIT;

    if (!date)
        return;
    fact_day(date, tr, &day);
    buf_add(out, ", ");
    buf_addf(out, tr_text(tr, msgid), day.text);
    buf_free(&day);
}

static void add_validity(const struct fact *fact, const struct tr *tr, struct buf *out)
{
    add_bound(N_("valid from %s"), fact->valid_from, tr, out);
    add_bound(N_("valid until %s"), fact->valid_to, tr, out);
}

/* "3–4 weeks. Source: …", and the sentence of the data. */
static void add_version(const struct fact *fact, const struct tr *tr, struct buf *out)
{
    fact_value(fact, tr, out);
    buf_add(out, ". ");
    add_source(fact, tr, out);
    add_validity(fact, tr, out);
    buf_addf(out, ".\n%s\n", text_get(&fact->text, tr->lang));
}

/* What the chain says beside the version of the day. */
static void add_others(const struct fact_look *look, const struct tr *tr, struct buf *out)
{
    bool newer = true, headed = false;

    for (const struct fact *fact = look->named; fact; fact = fact->supersedes) {
        newer &= fact != look->data;
        if (fact == look->data)
            continue;
        if (newer || !headed)
            buf_addf(out, "\n%s\n", tr_text(tr, newer ? N_("Later") : N_("Earlier")));
        headed |= !newer;
        add_version(fact, tr, out);
    }
}

static const char *certainty(const struct fact_look *look)
{
    if (look->newer)
        return N_("The program's data are newer than your check. Choose which value is used.");
    if (look->aged)
        return N_("You checked this over half a year ago. Check it again.");
    if (look->check)
        return N_("This is not certain. Check it yourself.");
    return look->data->confidence == 'H' ? N_("This is confirmed.")
                                         : N_("This comes from an older or indirect source.");
}

void plan_fact_text(const struct plan *plan, const struct fact *named, const struct tr *tr,
                    struct buf *out)
{
    struct fact_look look;

    plan_fact_look(plan, named, &look);
    if (look.note) {
        fact_value(&look.shown, tr, out);
        buf_add(out, ", ");
        fact_checked(&look, tr, out);
        buf_add(out, ".\n");
    }
    if (look.check || !look.note)
        buf_addf(out, "%s%s\n", look.check ? "! " : "", tr_text(tr, certainty(&look)));
    if (look.check)
        add_where(look.data, tr, out);
    buf_addf(out, "\n%s\n", tr_text(tr, look.note ? N_("What the program's data say")
                                                  : N_("Now")));
    add_version(look.data, tr, out);
    add_others(&look, tr, out);
    buf_trim(out);
}

void plan_note_text(const struct fact *fact, const char *text, const struct tr *tr,
                    struct buf *out)
{
    struct fact_note note;
    struct fact_look look;

    if (!text || !fact_note_parse(text, &note)) {
        buf_add(out, tr_text(tr, "(no longer checked by the user)"));
        return;
    }
    look = (struct fact_look){ .named = fact, .data = fact, .shown = *fact, .note = &note };
    fact_use_note(&look.shown, &note);
    fact_value(&look.shown, tr, out);
    buf_add(out, " (");
    fact_checked(&look, tr, out);
    buf_add_char(out, ')');
    fact_note_clear(&note);
}

/* ---- noting ---- */

/* The newest day on which somebody looked after the data: a note made today knows of it. */
static int seen_on(const struct plan *plan, const struct fact *fact)
{
    const struct fact *data = fact_on(fact, plan->today);
    int first, last;

    if (!data->seen_on || date_period(data->seen_on, &first, &last))
        return DATE_NONE;
    return last;
}

int plan_set_note(struct plan *plan, const struct fact *fact, int on, const char *by,
                  const char *value, struct err *err)
{
    struct plan_batch *batch = plan_batch_new(plan);
    struct fact_note note = { .on = on, .seen = seen_on(plan, fact), .by = (char *)by,
                              .value = (char *)value };

    plan_batch_set_note(batch, fact, value ? &note : NULL);
    return plan_batch_commit(batch, err);
}

int plan_keep_note(struct plan *plan, const struct fact *fact, struct err *err)
{
    const struct fact_note *note = fact_notes_of(answers_notes(plan->answers), fact);

    return note ? plan_set_note(plan, fact, note->on, note->by, note->value, err) : 0;
}
