/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Versions of documents: which there are, what changed between them, when one may be kept.
 */
#include "core/versions.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "base/tr.h"
#include "core/expr.h"
#include "core/outlines.h"
#include "core/plan.h"
#include "core/requirement.h"

/* ---- the list ---- */

static const char *copied(const char *text)
{
    return text ? xstrdup(text) : NULL;
}

static void add_version(void *data, const struct version *version)
{
    struct versions *versions = data;

    versions->at = vec_room(versions->at, &versions->room, versions->count + 1,
                            sizeof versions->at[0]);
    versions->at[versions->count++] = (struct version){
        .document = copied(version->document), .number = version->number,
        .lang = copied(version->lang), .approved_by = copied(version->approved_by),
        .approved_on = copied(version->approved_on), .at = copied(version->at),
        .who = copied(version->who), .last_answer = version->last_answer,
    };
}

int versions_read(const struct plan *plan, const struct document *document, struct versions *out,
                  struct err *err)
{
    *out = (struct versions){ NULL, 0, 0 };
    return plan->ops->versions(plan->store, document ? document->id : NULL, add_version, out, err);
}

void versions_free(struct versions *versions)
{
    for (size_t i = 0; i < versions->count; i++) {
        struct version *version = &versions->at[i];
        const char *texts[] = { version->document, version->lang, version->approved_by,
                                version->approved_on, version->at, version->who };
        for (size_t t = 0; t < countof(texts); t++)
            free((char *)(uintptr_t)texts[t]);
    }
    free(versions->at);
    *versions = (struct versions){ NULL, 0, 0 };
}

/* ---- what a document shows ---- */

static bool names(const char *const *ids, const char *id)
{
    for (; id && ids && *ids; ids++)
        if (strcmp(*ids, id) == 0)
            return true;
    return false;
}

/* Of a repeat the section shows the columns that it names, else all; a title page
 * the names only. */
static bool section_shows_row(const struct doc_section *section, const struct item *item)
{
    return names(section->of, item->repeat->id) && !section->columns
        && (section->show != SHOW_COVER || item == &item->repeat->items[0]);
}

/* The text of the section has {{item:ID}} in it. */
static bool text_shows(const struct text *text, const struct item *item)
{
    struct buf mark = BUF_INIT;
    bool found;

    buf_addf(&mark, "{{item:%s}}", item->id);
    found = strstr(text_get(text, LANG_FI), mark.text) != NULL;
    buf_free(&mark);
    return found;
}

static bool section_shows(const struct schema *schema, const struct doc_section *section,
                          const struct item *item)
{
    const struct task *task = schema_task_of(schema, item);

    return names(section->of, item->id) || names(section->of, item->report_section)
        || names(section->columns, item->id) || text_shows(&section->body, item)
        || (task && names(section->of, task->id))
        || (item->repeat && section_shows_row(section, item));
}

static bool requirement_shows(const struct schema *schema, const struct item *item)
{
    const struct requirements *of = schema->requirements;

    for (size_t i = 0; of && i < of->count; i++)
        for (int part = 0; part < REQUIREMENT_PART_COUNT; part++)
            if (of->all[i].parts[part] == item)
                return true;
    return false;
}

/* A document with a table of contents shows every requirement, in one chapter or another. `printed`
 * tells of each section whether it is relevant now. */
static bool shows(const struct schema *schema, const struct document *document,
                  const bool *printed, const struct item *item)
{
    const struct doc_control *control = document->control;

    if (control && (item == control->approver || item == control->approved_on
                    || item == control->next_review))
        return false;
    if (strcmp(item->id, "org_name") == 0)
        return true;              /* it stands on every page */
    for (size_t i = 0; i < document->section_count; i++)
        if (printed[i] && section_shows(schema, &document->sections[i], item))
            return true;
    return document->outline && requirement_shows(schema, item);
}

static bool *printed_sections(const struct plan *plan, const struct document *document)
{
    struct expr_db *db = engine_projection(plan->engine);
    bool *printed = xcalloc(document->section_count + 1, sizeof *printed);

    for (size_t i = 0; i < document->section_count; i++)
        printed[i] = expr_once(db, &document->sections[i].relevant) == EXPR_TRUE;
    return printed;
}

/* ---- changes ---- */

struct replay {
    struct answers *answers;
    int64_t to;
};

static void replay_entry(void *data, const struct entry *entry)
{
    const struct replay *replay = data;

    if (entry->id <= replay->to)
        answers_apply(replay->answers, entry);
}

/* The answers as they were at the entry; NULL when the log cannot be read. */
static struct answers *answers_at(const struct plan *plan, int64_t entry, struct err *err)
{
    struct replay replay = { answers_new(plan->schema), entry };

    if (plan->ops->read(plan->store, 0, replay_entry, &replay, err) == 0)
        return replay.answers;
    answers_free(replay.answers);
    return NULL;
}

static bool same_text(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

static bool same_row(const struct answers *before, const struct answers *after,
                     const struct item *item, const char *key)
{
    return same_text(answers_value(before, item, key), answers_value(after, item, key));
}

/* Rows that came, went or moved; the same rows may still differ in an item. */
static bool same_rows(const struct answers *before, const struct answers *after,
                      const struct item *repeat)
{
    size_t count = answers_row_count(before, repeat);

    if (answers_row_count(after, repeat) != count)
        return false;
    for (size_t i = 0; i < count; i++)
        if (strcmp(answers_row_at(before, repeat, i)->key,
                   answers_row_at(after, repeat, i)->key) != 0)
            return false;
    return true;
}

static bool differs(const struct answers *before, const struct answers *after,
                    const struct item *item)
{
    if (item->type == ITEM_REPEAT)
        return !same_rows(before, after, item);
    if (!item_type_holds_answer(item->type))
        return false;
    if (!item->repeat)
        return !same_row(before, after, item, NULL);
    for (size_t i = 0; i < answers_row_count(after, item->repeat); i++) {
        const char *key = answers_row_at(after, item->repeat, i)->key;
        if (answers_row_position(before, item->repeat, key) >= 0
            && !same_row(before, after, item, key))
            return true;
    }
    return false;
}

static void add_item(const struct item **items, size_t *count, const struct item *item)
{
    for (size_t i = 0; i < *count; i++)
        if (items[i] == item)
            return;
    items[(*count)++] = item;
}

int versions_changes(const struct plan *plan, const struct document *document, int64_t from,
                     int64_t to, const struct item ***items, size_t *count, struct err *err)
{
    const struct schema *schema = plan->schema;
    struct answers *before = answers_at(plan, from, err);
    struct answers *after = before ? answers_at(plan, to, err) : NULL;
    bool *printed = printed_sections(plan, document);

    *items = xcalloc(schema->item_count + 1, sizeof **items);
    *count = 0;
    for (size_t i = 0; after && i < schema->item_count; i++) {
        const struct item *item = schema->items[i];
        if (shows(schema, document, printed, item) && differs(before, after, item))
            add_item(*items, count, item->repeat ? item->repeat : item);
    }
    bool read = after != NULL;
    free(printed);
    answers_free(before);
    answers_free(after);
    return read ? 0 : ERR_PLAN;
}

/* ---- may it be kept? ---- */

static bool is_answered(const struct plan *plan, const struct item *item)
{
    return engine_value(plan->engine, item, NULL) != NULL
        && answers_cell(plan->answers, item, NULL)->problem == CELL_FINE;
}

static const char *approved_on(const struct plan *plan, const struct document *document)
{
    return engine_value(plan->engine, document->control->approved_on, NULL);
}

struct last_day {
    const char *day;
    int64_t entry;            /* the last one written on that day or before */
};

static void note_day(void *data, const struct entry *entry)
{
    struct last_day *last = data;

    if (strncmp(entry->at, last->day, 10) <= 0)
        last->entry = entry->id;
}

/* Whether anything that the document shows was changed after the day of approval. */
static int judge_changes(const struct plan *plan, const struct document *document,
                         struct versions_verdict *out, struct err *err)
{
    struct last_day last = { approved_on(plan, document), 0 };
    const struct item **items = NULL;
    size_t count = 0;
    int code = plan->ops->read(plan->store, 0, note_day, &last, err);

    if (!code)
        code = versions_changes(plan, document, last.entry, INT64_MAX, &items, &count, err);
    if (!code && count > 0)
        *out = (struct versions_verdict){ VERSIONS_CHANGED, items[0], 0 };
    free(items);
    return code;
}

/* Whether nothing is new, not even a review. */
static int judge_same(const struct plan *plan, const struct document *document,
                      const struct version *last, struct versions_verdict *out, struct err *err)
{
    const struct item **items = NULL;
    size_t count = 0;
    int code;

    if (strcmp(last->approved_on, approved_on(plan, document)) != 0)
        return 0;
    code = versions_changes(plan, document, last->last_answer, INT64_MAX, &items, &count, err);
    if (!code && count == 0)
        *out = (struct versions_verdict){ VERSIONS_SAME, NULL, last->number };
    free(items);
    return code;
}

int versions_judge(const struct plan *plan, const struct document *document,
                   const struct versions *kept, struct versions_verdict *out, struct err *err)
{
    int code;

    *out = (struct versions_verdict){ VERSIONS_FREE, NULL, 0 };
    if (!is_answered(plan, document->control->approver)
        || !is_answered(plan, document->control->approved_on)) {
        out->bar = VERSIONS_NOT_APPROVED;
        return 0;
    }
    code = judge_changes(plan, document, out, err);
    if (!code && out->bar == VERSIONS_FREE && kept->count > 0)
        code = judge_same(plan, document, &kept->at[kept->count - 1], out, err);
    return code;
}

/* ---- in words ---- */

static int refuse_unapproved(const struct plan *plan, const struct doc_control *control,
                             struct err *err)
{
    const struct item *items[] = { control->approver, control->approved_on };
    struct buf ids = BUF_INIT;
    int code;

    for (size_t i = 0; i < countof(items); i++)
        if (!is_answered(plan, items[i]))
            buf_addf(&ids, "%s%s", ids.length ? ", " : "", items[i]->id);
    code = err_set(err, ERR_MISSING, N_("who approved it and when has not been answered: %s"),
                   ids.text);
    buf_free(&ids);
    return code;
}

static void approval_day(const struct plan *plan, const struct document *document, enum lang lang,
                         char day[32])
{
    date_text(date_parse_iso(approved_on(plan, document)), lang, day, 32);
}

int versions_may_keep(const struct plan *plan, const struct document *document,
                      const struct versions *kept, struct err *err)
{
    const struct doc_control *control = document->control;
    enum lang lang = err_tr(err) ? err_tr(err)->lang : LANG_EN;
    struct versions_verdict verdict;
    char day[32];
    int code;

    if (!control)
        return err_set(err, ERR_USAGE, N_("%s is not a document that is approved"), document->id);
    code = versions_judge(plan, document, kept, &verdict, err);
    if (code || verdict.bar == VERSIONS_FREE)
        return code;
    if (verdict.bar == VERSIONS_NOT_APPROVED)
        return refuse_unapproved(plan, control, err);
    if (verdict.bar == VERSIONS_SAME)
        return err_set(err, ERR_MISSING,
                       N_("nothing has changed since version %d; after a review answer %s first"),
                       verdict.number, control->approved_on->id);
    approval_day(plan, document, lang, day);
    return err_set(err, ERR_MISSING,
                   N_("answers were changed after the approval of %s (first: %s); have it "
                      "approved again and answer %s"), day,
                   text_get(&verdict.changed->label, lang), control->approved_on->id);
}

void versions_bar_text(const struct plan *plan, const struct document *document,
                       const struct versions_verdict *verdict, const struct tr *tr, struct buf *out)
{
    char day[32];

    switch (verdict->bar) {
    case VERSIONS_FREE:
        break;
    case VERSIONS_NOT_APPROVED:
        buf_add(out, tr_text(tr, "Answer first who approves the document, and on which day."));
        break;
    case VERSIONS_CHANGED:
        approval_day(plan, document, tr->lang, day);
        buf_addf(out, tr_text(tr, "Answers were changed after the approval of %1$s. The first is "
                                  "\"%2$s\". Have the document approved again, and change the "
                                  "day."),
                 day, text_get(&verdict->changed->label, tr->lang));
        break;
    case VERSIONS_SAME:
        buf_addf(out, tr_text(tr, "Nothing has changed since version %d. After a review, change "
                                  "the day of approval."), verdict->number);
        break;
    }
}

void versions_now_text(const struct plan *plan, const struct document *document,
                       const struct versions *kept, const struct tr *tr, struct buf *out)
{
    const struct version *last = kept->count ? &kept->at[kept->count - 1] : NULL;
    const struct item **items = NULL;
    size_t count = 0;

    if (!last) {
        buf_add(out, tr_text(tr, "No version has been kept yet: what is printed is a draft."));
    } else if (versions_changes(plan, document, last->last_answer, INT64_MAX, &items, &count, NULL)
               == 0) {
        buf_addf(out, tr_text(tr, "Version %d is in force."), last->number);
        buf_add_char(out, ' ');
        if (count)
            buf_addf(out, tr_plural(tr, "%zu question has changed since.",
                                    "%zu questions have changed since.", (unsigned long)count),
                     count);
        else
            buf_add(out, tr_text(tr, "Nothing has changed since."));
    }
    free(items);
}

void version_text(const struct version *version, const struct tr *tr, struct buf *out)
{
    char day[32];
    enum lang lang = tr->lang;

    date_text(date_parse_iso(version->approved_on), tr->lang, day, sizeof day);
    buf_addf(out, tr_text(tr, "Version %d"), version->number);
    buf_add(out, ": ");
    buf_addf(out, tr_text(tr, "approved %s, %s"), day, version->approved_by);
    if (lang_parse(version->lang, &lang) == 0 && lang != tr->lang)
        buf_addf(out, " (%s)", lang_name(lang));
}
