/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * From a description in data/documents and a plan to a document.
 *
 * One table says who builds each kind of section. This file knows the order, the numbers and the
 * rule that a section without material does not appear; what stands in a section is the
 * business of doc_sections.c, doc_answers.c and doc_points.c.
 */
#include "out/doc_build.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/tr.h"
#include "core/check.h"
#include "core/expr.h"
#include "core/outlines.h"
#include "core/plan.h"
#include "core/schedule.h"
#include "core/versions.h"
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
    [SHOW_MATRIX] = show_matrix,
    [SHOW_RIGHTS_STATE] = show_rights_state,
    [SHOW_RIGHTS_ROLES] = show_rights_roles,
    [SHOW_RIGHTS_USERS] = show_rights_users,
    [SHOW_RIGHTS_PEOPLE] = show_rights_people,
    [SHOW_RIGHTS_FINDINGS] = show_rights_findings,
    [SHOW_RIGHTS_WAIVERS] = show_rights_waivers,
    [SHOW_RIGHTS_STATEMENT] = show_rights_statement,
    [SHOW_RIGHTS_ORDER] = show_rights_order,
    [SHOW_RIGHTS_REVIEW] = show_rights_review,
    [SHOW_RIGHTS_LEAVERS] = show_rights_leavers,
    [SHOW_COVER] = show_cover,
    [SHOW_CONTENTS] = show_contents,
    [SHOW_VERSIONS] = show_versions,
    [SHOW_CHAPTERS] = show_chapters,
    [SHOW_GAPS] = show_gaps,
    [SHOW_EVIDENCE] = show_evidence,
    [SHOW_COMPLETENESS] = show_completeness,
    [SHOW_CROSS] = show_cross,
    [SHOW_COSTS] = show_costs,
    [SHOW_TIMELINE] = show_timeline,
    [SHOW_CARDS] = show_cards,
    [SHOW_CHART] = show_chart,
    [SHOW_VERDICT] = show_verdict,
    [SHOW_ACTIONS] = show_actions,
    [SHOW_EXPIRIES] = show_expiries,
    [SHOW_UNNEEDED] = show_unneeded,
};

static const char opening[] = "{{item:";

/* Answers are put in last and not read again, so what a user types is never taken for a mark. False
 * when one of them is missing. */
static bool fill_answers(const struct build *build, const char *text, struct buf *out)
{
    const char *mark;
    bool whole = true;
    while ((mark = strstr(text, opening)) != NULL) {
        const char *id = mark + strlen(opening), *end = strstr(id, "}}");
        struct buf name = BUF_INIT;
        if (end == NULL)
            break;
        buf_add_n(out, text, (size_t)(mark - text));
        buf_add_n(&name, id, (size_t)(end - id));
        size_t begin = out->length;
        build_answer(build, name.text, out);
        whole = whole && out->length > begin;
        buf_free(&name);
        text = end + 2;
    }
    buf_add(out, text);
    return whole;
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

void build_join(struct buf *number)
{
    struct buf joined = BUF_INIT;
    for (const char *at = number->text; *at != '\0'; at++)
        buf_add_n(&joined, *at == ' ' ? "\u00a0" : at, *at == ' ' ? strlen("\u00a0") : 1);
    buf_free(number);
    *number = joined;
}

void build_place_name(const struct build *build, const struct place *place, struct buf *out)
{
    const struct item *repeat = place->item == NULL ? NULL : place->item->repeat;
    struct buf name = BUF_INIT, row = BUF_INIT;
    size_t head = out->length;
    plan_place_name(build->plan, place, build->tr, out);
    if (repeat != NULL && place->row != NULL && place->item != &repeat->items[0]) {
        buf_addf(&row, "%s %d", text_get(&repeat->item_label, build->tr->lang),
                 answers_row_position(build->plan->answers, repeat, place->row) + 1);
        plan_row_name(build->plan, repeat, place->row, build->tr, &name);
        if (strcmp(name.text, row.text) != 0) {
            buf_splice(&name, 0, 0, " (", 2);
            buf_add_char(&name, ')');
            buf_splice(out, head + row.length, 0, name.text, name.length);
        }
    }
    buf_free(&name);
    buf_free(&row);
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

enum expr_truth build_truth(const struct build *build, const struct rule_text *rule)
{
    return expr_once(engine_projection(build->plan->engine), rule);
}

/* Numbers go on in the order of the document; each way of numbering has its own. */
static void add_heading(struct build *build, const struct doc_section *section, int number)
{
    struct buf title = BUF_INIT;
    if (section->numbering == NUMBERING_SECTION)
        buf_addf(&title, "%d  ", number);
    else if (section->numbering == NUMBERING_ANNEX)
        buf_addf(&title, tr_text(build->tr, "Annex %d  "), number);
    build_text(build, &section->title, &title);
    doc_section(build->doc, 1, title.text);
    buf_free(&title);
}

/* "Began: ____" is a field to fill in by hand. */
static bool add_blank(struct build *build, char *line)
{
    static const char blank[] = ": ____";
    size_t length = strlen(line), end = strlen(blank);
    if (length <= end || strcmp(line + length - end, blank) != 0)
        return false;
    line[length - end] = '\0';
    doc_field(build->doc, line, "", NULL);
    return true;
}

/* The number of the item before, when a numbered item is the last block; else 0. */
static long last_number(const struct doc *doc)
{
    const struct block *last = doc->count > 0 ? &doc->blocks[doc->count - 1] : NULL;
    return last != NULL && last->kind == BLOCK_LIST_ITEM && last->label != NULL
               ? strtol(last->label, NULL, 10) : 0;
}

/* "1. Look at the clock" is an item of a list with a number. Numbers go on from the item before,
 * since one between may have been left out. */
static bool add_numbered(struct build *build, const char *line)
{
    size_t digits = strspn(line, "0123456789");
    long before = last_number(build->doc);
    struct buf number = BUF_INIT;
    if (digits == 0 || strncmp(line + digits, ". ", 2) != 0)
        return false;
    buf_addf(&number, "%ld.", before > 0 ? before + 1 : strtol(line, NULL, 10));
    doc_block(build->doc, BLOCK_LIST_ITEM, line + digits + 2, number.text, NULL);
    buf_free(&number);
    return true;
}

static void add_line(struct build *build, char *line)
{
    if (strncmp(line, "- [ ] ", 6) == 0)
        doc_checkbox(build->doc, false, line + 6);
    else if (strncmp(line, "- ", 2) == 0)
        doc_list_item(build->doc, line + 2);
    else if (!add_numbered(build, line) && !add_blank(build, line))
        doc_paragraph(build->doc, line);
}

void build_lines(struct build *build, const char *text)
{
    struct buf lines = BUF_INIT;
    char *rest = NULL;
    buf_add(&lines, text);
    for (char *line = strtok_r(lines.text, "\n", &rest); line != NULL;
         line = strtok_r(NULL, "\n", &rest))
        add_line(build, line);
    buf_free(&lines);
}

void build_body(struct build *build, const struct text *text)
{
    struct buf body = BUF_INIT;
    char *rest = NULL;
    plan_text(build->plan, text, build->tr, &body);
    for (char *line = strtok_r(body.text, "\n", &rest); line != NULL;
         line = strtok_r(NULL, "\n", &rest)) {
        struct buf filled = BUF_INIT;
        if (fill_answers(build, line, &filled))
            add_line(build, filled.text);
        buf_free(&filled);
    }
    buf_free(&body);
}

/* A title page is the document itself: it has no number, and it says its text where it wants. */
static bool is_title_page(const struct doc_section *section)
{
    return section->show == SHOW_TITLE || section->show == SHOW_COVER;
}

/* A statement begins a page for each person, with a heading of its own and the text on each. */
static bool is_statement(const struct doc_section *section)
{
    return section->show == SHOW_RIGHTS_STATEMENT;
}

/* The text and the material of one section; nothing at all when there is no material. */
static void add_part(struct build *build, const struct doc_section *section)
{
    size_t begin = build->doc->count;
    if (builders[section->show] == NULL || build_truth(build, &section->relevant) != EXPR_TRUE)
        return;
    if (!is_title_page(section) && !is_statement(section))
        build_body(build, &section->body);
    size_t body_end = build->doc->count;
    builders[section->show](build, section);
    if (build->doc->count == body_end && section->show != SHOW_TEXT)
        doc_cut(build->doc, begin);
}

static bool has_heading(const struct doc_section *section)
{
    return !is_title_page(section) && !is_statement(section) && section->title.in[LANG_FI] != NULL;
}

/* One section and those without a title after it, which continue it. Returns the number of
 * sections used up; the number of its kind goes on when something was printed under a heading. */
static size_t add_group(struct build *build, const struct doc_section *sections, size_t count,
                        int *numbers)
{
    int *number = &numbers[sections[0].numbering];
    size_t begin = build->doc->count, used = 0;
    if (has_heading(&sections[0]))
        add_heading(build, &sections[0], *number + 1);
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

/* What every page says of who may read it, and which version it is. */
static void set_marks(struct build *build)
{
    const struct document *document = build->document;
    struct buf marking = BUF_INIT, version = BUF_INIT;
    if (document->marking.in[LANG_FI] != NULL)
        plan_text(build->plan, &document->marking, build->tr, &marking);
    else if (document->confidential)
        buf_add(&marking,
                tr_text(build->tr, "Confidential: only for those who need it in their work"));
    if (document->control != NULL)
        build_version(build, &version);
    doc_set_marks(build->doc, marking.length > 0 ? marking.text : NULL,
                  version.length > 0 ? version.text : NULL);
    buf_free(&marking);
    buf_free(&version);
}

void build_header(struct build *build)
{
    struct buf text = BUF_INIT;
    char date[32];
    build_answer(build, "org_name", &text);
    date_text(build->plan->today, build->tr->lang, date, sizeof date);
    doc_set_header(build->doc, text.text, date, NULL);
    set_marks(build);
    buf_clear(&text);
    buf_addf(&text, tr_text(build->tr, "No. %lu"), build->plan->change_count);
    doc_set_number(build->doc, text.text);
    buf_clear(&text);
    build_answer(build, "org_business_id", &text);
    doc_set_version(build->doc, text.text, build->plan->today, (long)build->plan->last_entry);
    buf_free(&text);
}

/* What is approved has the name that its regulation gives it. */
static void title_text(const struct build *build, struct buf *out)
{
    bool named = build->outline != NULL && build->document->control != NULL;
    plan_text(build->plan, named ? &build->outline->name : &build->document->title, build->tr, out);
}

/* A document without a title page of its own begins with its title. */
static void add_title(struct build *build)
{
    for (size_t i = 0; i < build->document->section_count; i++)
        if (is_title_page(&build->document->sections[i])
            || is_statement(&build->document->sections[i]))
            return;
    doc_title(build->doc, build->doc->title);
}

/* Said in place of a document that the plan has no material for. */
static void add_nothing(struct build *build)
{
    if (build->doc->count == 0)
        doc_title(build->doc, build->doc->title);
    doc_paragraph(build->doc, tr_text(build->tr, "The plan does not say anything of this yet. "
                                                 "Answer the questions, then print it again."));
}

struct doc *doc_build_version(const struct plan *plan, const struct document *document,
                              const struct tr *tr, int number)
{
    struct build build = { .plan = plan, .tr = tr, .document = document, .number = number };
    struct buf title = BUF_INIT;
    int numbers[NUMBERING_NONE + 1] = { 0 };
    build.outline = document_outline(plan, document);
    if (document->control != NULL)
        versions_read(plan, document, &build.versions, NULL);
    title_text(&build, &title);
    build.doc = doc_new(document->id, tr->lang, title.text);
    engine_findings(plan->engine, &build.findings);
    build_header(&build);
    add_title(&build);
    size_t title_end = build.doc->count;
    for (size_t i = 0; i < document->section_count;)
        i += add_group(&build, &document->sections[i], document->section_count - i, numbers);
    if (build.doc->count == title_end)
        add_nothing(&build);
    findings_free(&build.findings);
    schedule_free(build.schedule);
    versions_free(&build.versions);
    buf_free(&title);
    return build.doc;
}

struct doc *doc_build(const struct plan *plan, const struct document *document,
                      const struct tr *tr)
{
    return doc_build_version(plan, document, tr, 0);
}
