/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Why a question is asked, in plain words.
 *
 * A rule is told by the answers that it reads, never by its SQL. Facts and terms are those that the
 * item's texts name.
 */
#include "core/why.h"

#include <ctype.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/mem.h"
#include "base/tr.h"
#include "base/utf8.h"
#include "core/expr.h"
#include "core/facts.h"
#include "core/model.h"
#include "core/plan.h"

/* ---- the rule ---- */

struct naming {
    const struct plan *plan;
    const char *row;
    const struct tr *tr;
    struct buf *out;
    const struct item *seen[64];
    size_t count;
};

static void row_count_text(size_t rows, const struct tr *tr, struct buf *out)
{
    buf_addf(out, tr_plural(tr, "%zu row", "%zu rows", rows), rows);
}

static void name_one(void *data, const struct item *item)
{
    struct naming *naming = data;
    struct buf answer = BUF_INIT;
    struct place place = { item, item->repeat ? naming->row : NULL };

    for (size_t i = 0; i < naming->count; i++)
        if (naming->seen[i] == item)
            return;
    if (naming->count < countof(naming->seen))
        naming->seen[naming->count++] = item;
    plan_place_name(naming->plan, &place, naming->tr, naming->out);
    buf_add(naming->out, ": ");
    if (item->type == ITEM_REPEAT)
        row_count_text(answers_row_count(naming->plan->answers, item), naming->tr, &answer);
    else if (!item->repeat || place.row)
        plan_show(naming->plan, item, place.row, naming->tr, &answer);
    buf_addf(naming->out, "%s\n", answer.length ? answer.text
                                                : tr_text(naming->tr, "not answered"));
    buf_free(&answer);
}

static void name_reads(struct naming *naming, const struct rule_text *rule)
{
    if (rule->sql)
        expr_reads(naming->plan->schema, rule->sql, name_one, naming);
}

void why_reads(const struct plan *plan, const struct rule_text *rule, const char *row,
               const struct tr *tr, struct buf *out)
{
    struct naming naming = { .plan = plan, .row = row, .tr = tr, .out = out };

    name_reads(&naming, rule);
}

static void why_rule(const struct plan *plan, const struct item *item, const char *row,
                     const struct tr *tr, struct buf *out)
{
    struct buf reads = BUF_INIT;
    struct naming naming = { .plan = plan, .row = row, .tr = tr, .out = &reads };
    bool asked = engine_is_relevant(plan->engine, item, row);

    name_reads(&naming, &item->page->relevant);
    if (item->repeat)
        name_reads(&naming, &item->repeat->relevant);
    name_reads(&naming, &item->relevant);
    name_reads(&naming, &item->calculate);
    name_reads(&naming, &item->choice_filter);
    if (item->calculate.sql)
        buf_add(out, tr_text(tr, "This is computed from your other answers:"));
    else if (asked && reads.length)
        buf_add(out, tr_text(tr, "This is asked because of your other answers:"));
    else if (asked)
        buf_add(out, tr_text(tr, "This is asked of everybody."));
    else
        buf_add(out, tr_text(tr, "This is not asked, because of your other answers:"));
    buf_addf(out, "\n%s", reads.text);
    buf_free(&reads);
}

/* ---- sources and facts ---- */

void why_source(const struct plan *plan, const struct source *source, const struct tr *tr,
                struct buf *out)
{
    int day = source->date ? date_parse_iso(source->date) : DATE_NONE;
    char text[40];

    if (!source->title.in[0])
        return;
    plan_text(plan, &source->title, tr, out);
    if (source->date) {
        date_text(day, tr->lang, text, sizeof text);
        buf_addf(out, ", %s", day == DATE_NONE ? source->date : text);
    }
    if (source->url) {
        buf_add(out, ", ");
        fact_expand(plan->schema, answers_notes(plan->answers), source->url, tr, plan->today,
                    out);
    }
}

struct telling {
    const struct plan *plan;
    const struct tr *tr;
    struct buf *out;
};

/* What the user has found, and beside it what the data say. */
static void tell_value(const struct fact_look *look, const struct tr *tr, struct buf *out)
{
    fact_value(&look->shown, tr, out);
    if (!look->note)
        return;
    buf_add(out, ", ");
    fact_checked(look, tr, out);
    buf_addf(out, ". %s: ", tr_text(tr, "The program's data"));
    fact_value(look->data, tr, out);
}

static void tell_fact(void *data, const struct fact *named)
{
    const struct telling *telling = data;
    const struct tr *tr = telling->tr;
    struct buf line = BUF_INIT;
    struct fact_look look;
    const char *where;

    fact_look(answers_notes(telling->plan->answers), named, telling->plan->today, &look);
    where = text_get(&look.data->where_to_check, tr->lang);
    buf_addf(&line, "%s: ", text_get(&look.data->subject, tr->lang));
    tell_value(&look, tr, &line);
    buf_addf(&line, ". %s: ", tr_text(tr, "Source"));
    fact_sources(look.data, tr, &line);
    buf_add(&line, " (");
    fact_day(look.data->source_date ? look.data->source_date : "-", tr, &line);
    buf_add_char(&line, ')');
    if (look.data->seen_on) {
        buf_addf(&line, ", %s ", tr_text(tr, "checked on"));
        fact_day(look.data->seen_on, tr, &line);
    }
    buf_addf(&line, "; %s", tr_text(tr, fact_confidence(&look)));
    if (look.check && where[0])
        buf_addf(&line, ": %s", where);
    buf_add(&line, ".\n");
    if (!strstr(telling->out->text, line.text))
        buf_add(telling->out, line.text);
    buf_free(&line);
}

/* All texts of the item that a person may read. */
static void item_texts(const struct item *item, enum lang lang, struct buf *out)
{
    buf_addf(out, "%s\n%s\n%s\n%s\n%s\n", text_get(&item->label, lang),
             text_get(&item->hint, lang), text_get(&item->guidance, lang),
             text_get(&item->page->why, lang), text_get(&item->message, lang));
    for (size_t i = 0; item->list && i < item->list->choice_count; i++)
        buf_addf(out, "%s\n%s\n", text_get(&item->list->choices[i].label, lang),
                 text_get(&item->list->choices[i].hint, lang));
}

static void why_facts(const struct plan *plan, const struct item *item, const struct tr *tr,
                      struct buf *out)
{
    struct telling telling = { plan, tr, out };
    struct buf texts = BUF_INIT;

    item_texts(item, tr->lang, &texts);
    fact_each(plan->schema, texts.text, tell_fact, &telling);
    buf_free(&texts);
}

/* ---- terms ---- */

/* A word of the case-folded text begins with `stem`. */
static bool begins_word(const char *folded, const char *stem)
{
    struct buf wanted = BUF_INIT;
    const char *at = folded;
    bool found = false;

    utf8_fold(&wanted, stem);
    while (wanted.length && !found && (at = strstr(at, wanted.text)) != NULL) {
        found = at == folded || !(isalnum((unsigned char)at[-1]) || (at[-1] & 0x80));
        at++;
    }
    buf_free(&wanted);
    return found;
}

static bool term_occurs(const struct gloss *term, const char *folded, enum lang lang)
{
    for (size_t i = 0; term->match[lang] && term->match[lang][i]; i++)
        if (begins_word(folded, term->match[lang][i]))
            return true;
    return false;
}

static void why_terms(const struct plan *plan, const struct item *item, const struct tr *tr,
                      struct buf *out)
{
    struct buf texts = BUF_INIT, expanded = BUF_INIT, folded = BUF_INIT;

    item_texts(item, tr->lang, &texts);
    fact_expand(plan->schema, answers_notes(plan->answers), texts.text, tr, plan->today,
                &expanded);
    utf8_fold(&folded, expanded.text);
    for (size_t i = 0; i < plan->schema->term_count; i++) {
        const struct gloss *term = &plan->schema->terms[i];
        if (term_occurs(term, folded.text, tr->lang))
            buf_addf(out, "%s: %s\n", text_get(&term->term, tr->lang),
                     text_get(&term->text, tr->lang));
    }
    buf_free(&texts);
    buf_free(&expanded);
    buf_free(&folded);
}

/* ---- all ---- */

static void add_part(struct buf *out, const char *heading, struct buf *part)
{
    buf_trim(part);
    if (part->length) {
        if (heading)
            buf_addf(out, "%s\n", heading);
        buf_addf(out, "%s\n\n", part->text);
    }
    buf_free(part);
}

void why_all(const struct plan *plan, const struct item *item, const char *row,
             const struct tr *tr, struct buf *out)
{
    struct buf part = BUF_INIT;

    plan_text(plan, &item->label, tr, &part);
    add_part(out, NULL, &part);
    plan_text(plan, &item->hint, tr, &part);
    add_part(out, NULL, &part);
    plan_text(plan, &item->guidance, tr, &part);
    add_part(out, NULL, &part);
    model_propose(plan, item, tr, &part, NULL);
    add_part(out, tr_text(tr, "A proposal made of your other answers"), &part);
    plan_text(plan, &item->page->why, tr, &part);
    add_part(out, tr_text(tr, "Why this is asked"), &part);
    why_rule(plan, item, row, tr, &part);
    add_part(out, NULL, &part);
    why_terms(plan, item, tr, &part);
    add_part(out, tr_text(tr, "Terms"), &part);
    why_facts(plan, item, tr, &part);
    add_part(out, tr_text(tr, "Facts"), &part);
    why_source(plan, item->source.title.in[0] ? &item->source : &item->form->source, tr, &part);
    add_part(out, tr_text(tr, "Who says so"), &part);
    buf_trim(out);
    buf_add_char(out, '\n');
}
