/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Sections that are lists of points: what is wrong, what is open, what changed.
 *
 * Findings and open points are boxes to tick, so that the paper is a list to work through. Open
 * points stand under the one who can answer them, because one call then settles them all.
 */
#include "out/doc_sections.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/mem.h"
#include "base/tr.h"
#include "core/check.h"
#include "core/plan_facts.h"
#include "out/doc.h"

/* ---- findings ---- */

/* A section that names tasks shows their findings only. */
static bool is_of_section(const struct doc_section *section, const struct task *task)
{
    if (section->of == NULL || section->of[0] == NULL)
        return true;
    for (size_t i = 0; section->of[i] != NULL; i++)
        if (task != NULL && strcmp(section->of[i], task->id) == 0)
            return true;
    return false;
}

static void add_finding(struct build *build, const struct finding *finding)
{
    struct buf text = BUF_INIT, remedy = BUF_INIT, ask = BUF_INIT;
    plan_finding_text(build->plan, finding, build->tr, &text);
    plan_finding_remedy(build->plan, finding, build->tr, &remedy);
    if (finding->rule != NULL)
        plan_text(build->plan, &finding->rule->ask, build->tr, &ask);
    if (remedy.length > 0)
        buf_addf(&text, "\n%s %s", tr_text(build->tr, "What to do:"), remedy.text);
    if (ask.length > 0)
        buf_addf(&text, "\n%s %s", tr_text(build->tr, "Ask:"), ask.text);
    doc_checkbox(build->doc, false, text.text);
    buf_free(&text);
    buf_free(&remedy);
    buf_free(&ask);
}

static void add_findings(struct build *build, const struct doc_section *section,
                         enum severity severity, const char *heading)
{
    size_t begin = build->doc->count;
    doc_section(build->doc, 2, heading);
    for (size_t i = 0; i < build->findings.count; i++) {
        const struct finding *finding = &build->findings.at[i];
        bool open = finding->kind == FINDING_MISSING || finding->kind == FINDING_UNSURE;
        if (!open && finding->severity == severity && is_of_section(section, finding->task))
            add_finding(build, finding);
    }
    if (build->doc->count == begin + 1)
        doc_cut(build->doc, begin);
}

void show_findings(struct build *build, const struct doc_section *section)
{
    add_findings(build, section, SEVERITY_ERROR, tr_text(build->tr, "Errors"));
    add_findings(build, section, SEVERITY_WARNING, tr_text(build->tr, "Warnings"));
}

/* ---- open points ---- */

struct open_point {
    char *whom;               /* heading of its group */
    const struct finding *finding;
    bool printed;
};

static char *whom_to_ask(const struct build *build, const struct finding *finding)
{
    const struct rule *rule = build_asking_rule(build, finding->place.item);
    struct buf whom = BUF_INIT;
    if (rule != NULL)
        plan_text(build->plan, &rule->ask, build->tr, &whom);
    if (whom.length == 0 && finding->task != NULL)
        build_task_name(build, finding->task, &whom);
    return buf_detach(&whom);
}

static struct open_point *open_points(const struct build *build,
                                      const struct doc_section *section, size_t *count)
{
    struct open_point *points = xcalloc(build->findings.count + 1, sizeof *points);
    *count = 0;
    for (size_t i = 0; i < build->findings.count; i++) {
        const struct finding *finding = &build->findings.at[i];
        bool open = finding->kind == FINDING_MISSING || finding->kind == FINDING_UNSURE;
        if (!open || finding->place.item == NULL || !is_of_section(section, finding->task))
            continue;
        points[*count].whom = whom_to_ask(build, finding);
        points[(*count)++].finding = finding;
    }
    return points;
}

static void add_point(struct build *build, struct open_point *point)
{
    struct buf text = BUF_INIT;
    build_place_name(build, &point->finding->place, &text);
    if (point->finding->kind == FINDING_UNSURE)
        buf_addf(&text, " \u2013 %s", tr_text(build->tr, "not known"));
    doc_checkbox(build->doc, false, text.text);
    point->printed = true;
    buf_free(&text);
}

void show_open(struct build *build, const struct doc_section *section)
{
    size_t count;
    struct open_point *points = open_points(build, section, &count);
    for (size_t i = 0; i < count; i++) {
        if (points[i].printed)
            continue;
        doc_section(build->doc, 2, points[i].whom);
        for (size_t k = i; k < count; k++)
            if (strcmp(points[k].whom, points[i].whom) == 0)
                add_point(build, &points[k]);
    }
    for (size_t i = 0; i < count; i++)
        free(points[i].whom);
    free(points);
}

/* ---- changes ---- */

struct change {
    const struct fact *fact;  /* whose note it is; then there is no item */
    const struct item *item;  /* the repeat, when a row was added or removed */
    char *row, *value;        /* row: "" outside repeats; value: NULL when cleared */
    char day[11];
    bool added, removed;
};

struct changes {
    const struct schema *schema;
    struct change *at;
    size_t count, room;
};

/* "person/3": the repeat, and its key behind the slash. */
static const struct item *entry_item(const struct schema *schema, const struct entry *entry,
                                     const char **key)
{
    const char *slash = strchr(entry->row, '/');
    *key = slash == NULL ? "" : slash + 1;
    if (strcmp(entry->item, ENTRY_ROW_ADD) != 0 && strcmp(entry->item, ENTRY_ROW_REMOVE) != 0)
        return schema_item(schema, entry->item);
    return slash == NULL ? NULL
                         : schema_item_n(schema, entry->row, (size_t)(slash - entry->row));
}

static void note_change(void *data, const struct entry *entry)
{
    struct changes *changes = data;
    const char *key;
    const struct item *item = entry_item(changes->schema, entry, &key);
    const struct fact *fact = strcmp(entry->item, ENTRY_FACT_NOTE) == 0
                                  ? schema_fact(changes->schema, entry->form) : NULL;
    if (item == NULL && fact == NULL)
        return;
    changes->at = vec_room(changes->at, &changes->room, changes->count + 1,
                           sizeof changes->at[0]);
    struct change *change = &changes->at[changes->count++];
    memset(change, 0, sizeof *change);
    change->fact = fact;
    change->item = item;
    change->row = xstrdup(key);
    change->value = entry->value == NULL ? NULL : xstrdup(entry->value);
    change->added = strcmp(entry->item, ENTRY_ROW_ADD) == 0;
    change->removed = strcmp(entry->item, ENTRY_ROW_REMOVE) == 0;
    memcpy(change->day, entry->at, strnlen(entry->at, sizeof change->day - 1));
}

static bool is_overtaken(const struct changes *changes, size_t at)
{
    const struct change *change = &changes->at[at];
    for (size_t i = at + 1; i < changes->count; i++)
        if (changes->at[i].item == change->item && changes->at[i].fact == change->fact
            && strcmp(changes->at[i].row, change->row) == 0)
            return true;
    return false;
}

static void day_text(const struct build *build, const char *iso, struct buf *out)
{
    char shown[32];
    int date = date_parse_iso(iso);
    if (date == DATE_NONE)
        return;
    date_text(date, build->tr->lang, shown, sizeof shown);
    buf_add(out, shown);
}

/* A row that is gone has no name any more, so its item stands alone. */
static void change_place(const struct build *build, const struct change *change, struct buf *out)
{
    const struct item *repeat = change->item->type == ITEM_REPEAT ? change->item
                                                                 : change->item->repeat;
    struct place place = { change->item, *change->row == '\0' ? NULL : change->row };
    bool here = repeat == NULL
                || answers_row_position(build->plan->answers, repeat, change->row) >= 0;
    if (here && change->item->type == ITEM_REPEAT)
        plan_row_name(build->plan, repeat, change->row, build->tr, out);
    else if (here)
        build_place_name(build, &place, out);
    else if (change->item->type == ITEM_REPEAT)
        plan_text(build->plan, &change->item->item_label, build->tr, out);
    else
        build_item_name(build, change->item, out);
}

static void change_value(const struct build *build, const struct change *change, struct buf *out)
{
    const struct item *target = change->item->target;
    if (change->added)
        buf_add(out, tr_text(build->tr, "(added)"));
    else if (change->removed)
        buf_add(out, tr_text(build->tr, "(removed)"));
    else if (change->value == NULL)
        buf_add(out, tr_text(build->tr, "(cleared)"));
    else if (change->item->unsure && strcmp(change->value, VALUE_UNSURE) == 0)
        buf_add(out, tr_text(build->tr, "not known"));
    else if (target == NULL)
        check_show(change->item, change->value, build->tr, out);
    else if (answers_row_position(build->plan->answers, target, change->value) >= 0)
        plan_row_name(build->plan, target, change->value, build->tr, out);
    else
        buf_add(out, tr_text(build->tr, "(removed)"));
}

static void add_change(struct build *build, const struct change *change)
{
    struct buf day = BUF_INIT, place = BUF_INIT, value = BUF_INIT;
    day_text(build, change->day, &day);
    if (change->fact != NULL) {
        buf_add(&place, text_get(&change->fact->subject, build->tr->lang));
        plan_note_text(change->fact, change->value, build->tr, &value);
    } else {
        change_place(build, change, &place);
        change_value(build, change, &value);
    }
    doc_cell(build->doc, day.text);
    doc_cell(build->doc, place.text);
    doc_cell(build->doc, value.text);
    buf_free(&day);
    buf_free(&place);
    buf_free(&value);
}

static void add_changes(struct build *build, const struct changes *changes, const char *printed_at)
{
    const char *const headings[] = {
        tr_text(build->tr, "Date"), tr_text(build->tr, "Question"),
        tr_text(build->tr, "New answer"),
    };
    struct buf since = BUF_INIT, day = BUF_INIT;
    day_text(build, printed_at, &day);
    buf_addf(&since, tr_text(build->tr, "Changes since the print of %s"), day.text);
    doc_table(build->doc, BLOCK_TABLE, since.text, headings, countof(headings));
    for (size_t i = 0; i < changes->count; i++)
        if (!is_overtaken(changes, i))
            add_change(build, &changes->at[i]);
    buf_free(&since);
    buf_free(&day);
}

/* Before the first print everything is new, and nothing is worth telling apart. */
void show_changes(struct build *build, const struct doc_section *section)
{
    const struct plan *plan = build->plan;
    struct changes changes = { .schema = plan->schema };
    struct err err = { 0 };
    char printed_at[24] = "";
    int64_t last = plan->ops->last_print(plan->store, build->document->id, printed_at);
    (void)section;
    if (last > 0 && plan->ops->read(plan->store, last, note_change, &changes, &err) == 0
        && changes.count > 0) {
        printed_at[10] = '\0';
        add_changes(build, &changes, printed_at);
    }
    for (size_t i = 0; i < changes.count; i++) {
        free(changes.at[i].row);
        free(changes.at[i].value);
    }
    free(changes.at);
}
