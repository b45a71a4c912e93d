/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * From a description in data/documents and a plan to a document.
 *
 * One table says who builds each kind of section. This file knows the order, the numbers and the
 * rule that a section without material does not appear; what stands in a section is the
 * business of doc_sections.c, doc_answers.c and doc_points.c.
 */
#include "out/doc_build.h"

#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/tr.h"
#include "core/check.h"
#include "core/expr.h"
#include "core/plan.h"
#include "core/schedule.h"
#include "out/doc.h"
#include "out/doc_sections.h"

/* A kind without a builder has no material yet. */
static section_builder *const builders[SHOW_COUNT] = {
    [SHOW_TITLE] = show_title,
    [SHOW_STATE] = show_state,
    [SHOW_NEXT] = show_next,
    [SHOW_STATUS] = show_status,
    [SHOW_ANSWERS] = show_answers,
    [SHOW_TABLE] = show_table,
    [SHOW_WORKSHEET] = show_worksheet,
    [SHOW_TEXT] = show_text,
    [SHOW_FINDINGS] = show_findings,
    [SHOW_OPEN] = show_open,
    [SHOW_FACTS] = show_facts,
    [SHOW_CHANGES] = show_changes,
    [SHOW_SIGNATURE] = show_signature,
    [SHOW_DUTIES] = show_duties,
    [SHOW_QUESTIONS] = show_questions,
    [SHOW_REGISTER] = show_register,
    [SHOW_CHECKLIST] = show_checklist,
    [SHOW_TIMELINE] = show_timeline,
    [SHOW_CARDS] = show_cards,
    [SHOW_CHART] = show_chart,
    [SHOW_VERDICT] = show_verdict,
    [SHOW_ACTIONS] = show_actions,
    [SHOW_EXPIRIES] = show_expiries,
    [SHOW_UNNEEDED] = show_unneeded,
};

static const char opening[] = "{{item:";

/* Answers are put in last and not read again, so what a user types is never taken for a mark. */
static void fill_answers(const struct build *build, const char *text, struct buf *out)
{
    const char *mark;
    while ((mark = strstr(text, opening)) != NULL) {
        const char *id = mark + strlen(opening), *end = strstr(id, "}}");
        struct buf name = BUF_INIT;
        if (end == NULL)
            break;
        buf_add_n(out, text, (size_t)(mark - text));
        buf_add_n(&name, id, (size_t)(end - id));
        build_answer(build, name.text, out);
        buf_free(&name);
        text = end + 2;
    }
    buf_add(out, text);
}

void build_text(const struct build *build, const struct text *text, struct buf *out)
{
    struct buf filled = BUF_INIT;
    plan_text(build->plan, text, build->tr, &filled);
    fill_answers(build, filled.text, out);
    buf_free(&filled);
}

void build_item_name(const struct build *build, const struct item *item, struct buf *out)
{
    bool named = item->report_label.in[LANG_FI] != NULL;
    plan_text(build->plan, named ? &item->report_label : &item->label, build->tr, out);
}

void build_task_name(const struct build *build, const struct task *task, struct buf *out)
{
    plan_text(build->plan, &task->title, build->tr, out);
}

void build_answer(const struct build *build, const char *id, struct buf *out)
{
    const struct item *item = schema_item(build->plan->schema, id);
    if (item != NULL && item->repeat == NULL
        && engine_is_relevant(build->plan->engine, item, NULL))
        plan_show(build->plan, item, NULL, build->tr, out);
}

const struct rule *build_asking_rule(const struct build *build, const struct item *item)
{
    const struct schema *schema = build->plan->schema;
    for (size_t i = 0; i < schema->rule_count; i++)
        if (schema->rules[i].item == item && schema->rules[i].ask.in[LANG_FI] != NULL)
            return &schema->rules[i];
    return NULL;
}

bool build_is_unsure(const struct build *build, const struct item *item, const char *row)
{
    const char *value = answers_value(build->plan->answers, item, row);
    return item->unsure && value != NULL && strcmp(value, VALUE_UNSURE) == 0;
}

static void note_truth(void *data, const char *row, const struct expr_value *values)
{
    bool *holds = data;
    (void)row;
    *holds = expr_truth(&values[0]) == EXPR_TRUE;
}

/* An expression that does not compile is reported by lint; on paper its section appears. */
static bool is_relevant(const struct build *build, const struct doc_section *section)
{
    struct expr_spec spec = { .rule = &section->relevant };
    struct expr_set *set = NULL;
    struct err err = { 0 };
    bool holds = true;
    if (section->relevant.sql == NULL)
        return true;
    if (expr_set_new(&set, engine_projection(build->plan->engine), NULL, &spec, 1, &err) == 0)
        expr_set_run(set, NULL, note_truth, &holds, &err);
    expr_set_free(set);
    return holds;
}

static void add_heading(struct build *build, const struct doc_section *section, int number)
{
    struct buf title = BUF_INIT;
    buf_addf(&title, "%d  ", number);
    build_text(build, &section->title, &title);
    doc_section(build->doc, 1, title.text);
    buf_free(&title);
}

/* Each line of the body is a paragraph; a line that begins with a dash is an item of a list, and
 * with a box after the dash a box to tick. */
static void add_body(struct build *build, const struct doc_section *section)
{
    struct buf body = BUF_INIT;
    char *rest = NULL;
    if (section->body.in[LANG_FI] == NULL)
        return;
    build_text(build, &section->body, &body);
    for (char *line = strtok_r(body.text, "\n", &rest); line != NULL;
         line = strtok_r(NULL, "\n", &rest)) {
        if (strncmp(line, "- [ ] ", 6) == 0)
            doc_checkbox(build->doc, false, line + 6);
        else if (strncmp(line, "- ", 2) == 0)
            doc_list_item(build->doc, line + 2);
        else
            doc_paragraph(build->doc, line);
    }
    buf_free(&body);
}

/* The text and the material of one section; nothing at all when there is no material. */
static void add_part(struct build *build, const struct doc_section *section)
{
    size_t begin = build->doc->count;
    if (builders[section->show] == NULL || !is_relevant(build, section))
        return;
    if (section->show != SHOW_TITLE)
        add_body(build, section);
    size_t body_end = build->doc->count;
    builders[section->show](build, section);
    if (build->doc->count == body_end && section->show != SHOW_TEXT)
        doc_cut(build->doc, begin);
}

/* The title page has no number: its section is the document itself. */
static bool has_heading(const struct doc_section *section)
{
    return section->show != SHOW_TITLE && section->title.in[LANG_FI] != NULL;
}

/* One section and those without a title after it, which continue it. Returns the number of
 * sections used up; `*number` goes on when something was printed under a heading. */
static size_t add_group(struct build *build, const struct doc_section *sections, size_t count,
                        int *number)
{
    size_t begin = build->doc->count, used = 0;
    if (has_heading(&sections[0]))
        add_heading(build, &sections[0], *number);
    size_t heading_end = build->doc->count;
    do
        add_part(build, &sections[used++]);
    while (used < count && sections[used].title.in[LANG_FI] == NULL);
    if (build->doc->count == heading_end)
        doc_cut(build->doc, begin);
    else if (has_heading(&sections[0]))
        (*number)++;
    return used;
}

static void set_header(struct build *build)
{
    struct buf provider = BUF_INIT;
    char date[32];
    build_answer(build, "org_name", &provider);
    date_text(build->plan->today, build->tr->lang, date, sizeof date);
    const char *notice =
        tr_text(build->tr, "Confidential: only for those who need it in their work");
    doc_set_header(build->doc, provider.text, date, build->document->confidential ? notice : NULL);
    buf_clear(&provider);
    build_answer(build, "org_business_id", &provider);
    doc_set_version(build->doc, provider.text, build->plan->today, (long)build->plan->last_entry);
    buf_free(&provider);
}

struct doc *doc_build(const struct plan *plan, const struct document *document,
                      const struct tr *tr)
{
    struct build build = { .plan = plan, .tr = tr, .document = document };
    struct buf title = BUF_INIT;
    int number = 1;
    plan_text(plan, &document->title, tr, &title);
    build.doc = doc_new(document->id, tr->lang, title.text);
    engine_findings(plan->engine, &build.findings);
    set_header(&build);
    for (size_t i = 0; i < document->section_count;)
        i += add_group(&build, &document->sections[i], document->section_count - i, &number);
    findings_free(&build.findings);
    schedule_free(build.schedule);
    buf_free(&title);
    return build.doc;
}
