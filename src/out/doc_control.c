/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A document that is approved: its title page, its versions, and what every page says of both.
 *
 * The one that is being kept and the ones printed later must be the same, so nothing here says
 * what day it is: the day of printing stands in the header only.
 */
#include "out/doc_sections.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/tr.h"
#include "core/facts.h"
#include "core/outlines.h"
#include "core/plan.h"
#include "core/versions.h"
#include "out/doc.h"

enum { NAMES_MAX = 8 };       /* changed questions named one by one */

static const char reviewed[] = N_("Reviewed, no changes");

static const struct version *last_version(const struct build *build)
{
    const struct versions *kept = &build->versions;
    return kept->count > 0 ? &kept->at[kept->count - 1] : NULL;
}

static void iso_text(const struct build *build, const char *iso, struct buf *out)
{
    char shown[32];
    int date = iso == NULL ? DATE_NONE : date_parse_iso(iso);
    if (date == DATE_NONE)
        return;
    date_text(date, build->tr->lang, shown, sizeof shown);
    buf_add(out, shown);
}

void build_version(const struct build *build, struct buf *out)
{
    const struct version *last = last_version(build);
    if (build->number > 0)
        buf_addf(out, tr_text(build->tr, "version %d"), build->number);
    else if (last != NULL)
        buf_addf(out, tr_text(build->tr, "working copy after version %d"), last->number);
    else
        buf_add(out, tr_text(build->tr, "draft"));
}

/* ---- what changed ---- */

/* The questions whose answers changed from one end of the log to another, or `otherwise`. */
static void changes_text(const struct build *build, int64_t from, int64_t to,
                         const char *otherwise, struct buf *out)
{
    const struct item **items = NULL;
    size_t count = 0;
    struct err err = { 0 };
    if (versions_changes(build->plan, build->document, from, to, &items, &count, &err) == 0) {
        if (count == 0)
            buf_add(out, tr_text(build->tr, otherwise));
        for (size_t i = 0; i < count && i < NAMES_MAX; i++) {
            buf_add(out, i == 0 ? "" : "; ");
            build_item_name(build, items[i], out);
        }
        if (count > NAMES_MAX) {
            buf_add(out, "; ");
            buf_addf(out, tr_text(build->tr, "and %zu more"), count - NAMES_MAX);
        }
    }
    free(items);
}

static void version_row(struct build *build, const char *number, const char *day, const char *who,
                        const char *what)
{
    doc_cell(build->doc, number);
    doc_cell(build->doc, day);
    doc_cell(build->doc, who);
    doc_cell(build->doc, what);
}

static void kept_row(struct build *build, size_t at)
{
    const struct version *version = &build->versions.at[at];
    struct buf number = BUF_INIT, day = BUF_INIT, what = BUF_INIT;
    buf_addf(&number, "%d", version->number);
    iso_text(build, version->approved_on, &day);
    if (at == 0)
        buf_add(&what, tr_text(build->tr, "First version"));
    else
        changes_text(build, version[-1].last_answer, version->last_answer, reviewed, &what);
    version_row(build, number.text, day.text, version->approved_by, what.text);
    buf_free(&number);
    buf_free(&day);
    buf_free(&what);
}

/* The row of what is being printed or kept, which is newer than all that are kept. */
static void present_row(struct build *build)
{
    const struct doc_control *control = build->document->control;
    const struct version *last = last_version(build);
    struct buf number = BUF_INIT, day = BUF_INIT, who = BUF_INIT, what = BUF_INIT;
    if (build->number > 0) {
        buf_addf(&number, "%d", build->number);
        plan_show(build->plan, control->approved_on, NULL, build->tr, &day);
        plan_show(build->plan, control->approver, NULL, build->tr, &who);
    } else {
        buf_add(&number, tr_text(build->tr, last == NULL ? N_("draft") : N_("working copy")));
        buf_add(&day, tr_text(build->tr, "not approved"));
    }
    if (last != NULL)
        changes_text(build, last->last_answer, INT64_MAX,
                     build->number > 0 ? reviewed : N_("No changes"), &what);
    else
        buf_add(&what, tr_text(build->tr, "First version"));
    version_row(build, number.text, day.text, who.text, what.text);
    buf_free(&number);
    buf_free(&day);
    buf_free(&who);
    buf_free(&what);
}

void show_versions(struct build *build, const struct doc_section *section)
{
    const char *const headings[] = {
        tr_text(build->tr, "Version"), tr_text(build->tr, "Approved"),
        tr_text(build->tr, "Approved by"), tr_text(build->tr, "What changed"),
    };
    (void)section;
    if (build->document->control == NULL)
        return;
    doc_table(build->doc, BLOCK_TABLE, NULL, headings, sizeof headings / sizeof headings[0]);
    for (size_t i = 0; i < build->versions.count; i++)
        kept_row(build, i);
    present_row(build);
}

/* ---- title page ---- */

static void item_field(struct build *build, const struct item *item, const char *label)
{
    struct buf name = BUF_INIT, value = BUF_INIT;
    if (engine_is_relevant(build->plan->engine, item, NULL))
        plan_show(build->plan, item, NULL, build->tr, &value);
    if (label == NULL)
        build_item_name(build, item, &name);
    if (value.length > 0)
        doc_field(build->doc, label == NULL ? name.text : label, value.text, NULL);
    buf_free(&name);
    buf_free(&value);
}

/* A repeat is one field with the names of its rows. */
static void rows_field(struct build *build, const struct item *repeat)
{
    const struct answers *answers = build->plan->answers;
    struct buf name = BUF_INIT, value = BUF_INIT;
    for (size_t i = 0; i < answers_row_count(answers, repeat); i++) {
        buf_add(&value, i == 0 ? "" : ", ");
        plan_row_name(build->plan, repeat, answers_row_at(answers, repeat, i)->key, build->tr,
                      &value);
    }
    build_item_name(build, repeat, &name);
    if (value.length > 0)
        doc_field(build->doc, name.text, value.text, NULL);
    buf_free(&name);
    buf_free(&value);
}

static void named_fields(struct build *build, const struct doc_section *section)
{
    for (const char **id = section->of; id != NULL && *id != NULL; id++) {
        const struct item *item = schema_item(build->plan->schema, *id);
        if (item != NULL && item->type == ITEM_REPEAT)
            rows_field(build, item);
        else if (item != NULL && item->repeat == NULL)
            item_field(build, item, NULL);
    }
}

static void approval_fields(struct build *build, const struct doc_control *control)
{
    struct buf version = BUF_INIT;
    build_version(build, &version);
    doc_field(build->doc, tr_text(build->tr, "Version"), version.text, NULL);
    if (build->number > 0) {
        item_field(build, control->approver, tr_text(build->tr, "Approved by"));
        item_field(build, control->approved_on, tr_text(build->tr, "Approved"));
    } else {
        doc_field(build->doc, tr_text(build->tr, "State"),
                  tr_text(build->tr, "not approved; only a kept version is in force"), NULL);
    }
    item_field(build, control->next_review, tr_text(build->tr, "Review due"));
    buf_free(&version);
}

/* Whose structure it is. An earlier one is said to be that. */
static void outline_field(struct build *build)
{
    const struct outline *outline = build->outline;
    bool valid = outline_is_valid(outline, build->plan->today);
    struct buf title = BUF_INIT, seen = BUF_INIT, note = BUF_INIT;
    plan_text(build->plan, &outline->title, build->tr, &title);
    fact_day(outline->seen_on, build->tr, &seen);
    buf_addf(&note, valid ? tr_text(build->tr, "structure checked %s")
                          : tr_text(build->tr, "no longer in force; structure checked %s"),
             seen.text);
    doc_field(build->doc, tr_text(build->tr, "Structure"), title.text, note.text);
    buf_free(&title);
    buf_free(&seen);
    buf_free(&note);
}

void show_cover(struct build *build, const struct doc_section *section)
{
    doc_title(build->doc, build->doc->title);
    build_body(build, &section->body);
    doc_field(build->doc, tr_text(build->tr, "Provider"), build->doc->provider, NULL);
    named_fields(build, section);
    if (build->document->control != NULL)
        approval_fields(build, build->document->control);
    if (build->outline != NULL)
        outline_field(build);
}

/* ---- contents ---- */

void show_contents(struct build *build, const struct doc_section *section)
{
    (void)section;
    doc_block(build->doc, BLOCK_CONTENTS, NULL, NULL, NULL);
}
