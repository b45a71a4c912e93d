/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The walk over everything that lint looks at.
 */
#include "core/lint.h"

#include <regex.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/date.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "core/lint_parts.h"
#include "core/package.h"
#include "core/row_map.h"

/* Ids become names in SQL, which rules write without quotes. */
static void check_id(struct lint *lint, const struct where *where, const char *id)
{
    if (sqlite3_keyword_check(id, (int)strlen(id)))
        problems_add(&lint->out, where, "the id \"%s\" is a word of SQL; choose another", id);
}

static void check_source(struct lint *lint, const struct where *where,
                         const struct source *source)
{
    int first, last;

    lint_text(lint, where, "source", &source->title, LINT_DATA_TEXT);
    lint_fact_names(lint, where, "source", source->url);
    if (source->date && date_period(source->date, &first, &last) != 0)
        problems_add(&lint->out, where, "the date of the source, \"%.40s\", is no date",
                     source->date);
}

static void check_date(struct lint *lint, const struct where *where, const char *what,
                       const char *date)
{
    int first, last;

    if (date && date_period(date, &first, &last) != 0)
        problems_add(&lint->out, where, "\"%s\" is no date: \"%.40s\"", what, date);
}

/* Lists */

static void check_list(struct lint *lint, const struct list *list, enum lint_prose prose)
{
    check_source(lint, &list->where, &list->source);
    for (size_t i = 0; i < list->column_count; i++)
        check_id(lint, &list->where, list->columns[i]);
    for (size_t i = 0; i < list->choice_count; i++) {
        const struct choice *choice = &list->choices[i];
        lint_text(lint, &choice->where, "label", &choice->label, prose);
        lint_text(lint, &choice->where, "hint", &choice->hint, prose);
    }
}

/* Forms */

static bool is_never(const struct rule_text *rule)
{
    return rule->sql && (strcmp(rule->sql, "0") == 0 || strcasecmp(rule->sql, "false") == 0);
}

static void check_bound(struct lint *lint, const struct item *item, const char *what,
                        const char *bound)
{
    char *end = NULL;

    if (!bound)
        return;
    if (item->type == ITEM_DATE) {
        if (date_parse_iso(bound) == DATE_NONE)
            problems_add(&lint->out, &item->where, "\"%s\" must be a date like \"2026-01-31\"",
                         what);
        return;
    }
    strtod(bound, &end);
    if (end == bound || *end || (item->type == ITEM_INTEGER && strpbrk(bound, ".eE")))
        problems_add(&lint->out, &item->where, "\"%s\" must be a number", what);
}

static void check_pattern(struct lint *lint, const struct item *item)
{
    regex_t regex;
    char message[120];

    if (!item->pattern)
        return;
    int code = regcomp(&regex, item->pattern, REG_EXTENDED | REG_NOSUB);
    if (code == 0) {
        regfree(&regex);
        return;
    }
    regerror(code, &regex, message, sizeof message);
    problems_add(&lint->out, &item->where, "the pattern is no regular expression: %s", message);
}

static void check_item_texts(struct lint *lint, const struct item *item)
{
    const struct {
        const char *what;
        const struct text *text;
    } texts[] = {
        { "label", &item->label }, { "hint", &item->hint }, { "guidance", &item->guidance },
        { "message", &item->message }, { "unit", &item->unit },
        { "item_label", &item->item_label }, { "report.label", &item->report_label },
    };

    for (size_t i = 0; i < countof(texts); i++)
        lint_text(lint, &item->where, texts[i].what, texts[i].text, LINT_FORM_TEXT);
    lint_label(lint, &item->where, &item->label);
    lint_label(lint, &item->where, &item->report_label);
    lint_model(lint, &item->where, "model", &item->model);
    check_source(lint, &item->where, &item->source);
}

static void check_item_rules(struct lint *lint, const struct item *item)
{
    const struct item *repeat = item->repeat;

    lint_rule(lint, &item->relevant, repeat, NULL, NULL);
    lint_rule(lint, &item->required, repeat, NULL, NULL);
    lint_rule(lint, &item->constraint, repeat, NULL, item);
    lint_rule(lint, &item->calculate, repeat, NULL, NULL);
    lint_rule(lint, &item->initial, repeat, NULL, NULL);
    if (item->list)
        lint_rule(lint, &item->choice_filter, repeat, item->list, NULL);
}

static void check_item(struct lint *lint, const struct item *item)
{
    check_id(lint, &item->where, item->id);
    check_item_texts(lint, item);
    check_item_rules(lint, item);
    check_bound(lint, item, "min", item->min);
    check_bound(lint, item, "max", item->max);
    check_pattern(lint, item);
    if (item->constraint.sql && !item->message.in[0])
        problems_add(&lint->out, &item->constraint.where, "the constraint has no \"message\"");
    if (item->message.in[0] && !item->constraint.sql && !item->pattern && !item->min && !item->max)
        problems_add(&lint->out, &item->where, "the message has no \"constraint\"");
    if (item->read_only && !item->calculate.sql && item_type_holds_answer(item->type))
        problems_add(&lint->out, &item->where,
                     "a read_only item without \"calculate\" stays empty");
    if (is_never(&item->relevant))
        problems_add(&lint->out, &item->relevant.where, "the item \"%s\" can never be reached",
                     item->id);
    if (item->list && strcmp(item->list->id, item->id) == 0)
        check_list(lint, item->list, LINT_FORM_TEXT);
}

static void check_page(struct lint *lint, const struct form *form, const struct page *page)
{
    const struct where *where = page->item_count > 0 ? &page->items[0].where : &form->where;

    lint_text(lint, where, "title", &page->title, LINT_FORM_TEXT);
    lint_text(lint, where, "why", &page->why, LINT_FORM_TEXT);
    lint_rule(lint, &page->relevant, NULL, NULL, NULL);
    if (is_never(&page->relevant))
        problems_add(&lint->out, &page->relevant.where, "the page can never be reached");
}

static void check_form(struct lint *lint, const struct form *form)
{
    const struct task *task = schema_task(lint->schema, form->id);

    check_id(lint, &form->where, form->id);
    if (lint->schema->task_count > 0 && (!task || task->form != form))
        problems_add(&lint->out, &form->where, "no task has the form \"%s\"", form->id);
    lint_text(lint, &form->where, "title", &form->title, LINT_FORM_TEXT);
    check_source(lint, &form->where, &form->source);
    check_date(lint, &form->where, "valid_from", form->valid_from);
    for (size_t i = 0; i < form->page_count; i++)
        check_page(lint, form, &form->pages[i]);
}

/* Data */

static void check_task(struct lint *lint, const struct task *task)
{
    lint_text(lint, &task->where, "title", &task->title, LINT_DATA_TEXT);
    lint_text(lint, &task->where, "intro", &task->intro, LINT_DATA_TEXT);
    lint_rule(lint, &task->relevant, NULL, NULL, NULL);
}

static bool is_item_or_row(const struct lint *lint, const char *name, size_t length)
{
    return schema_item_n(lint->schema, name, length)
        || (length == 3 && memcmp(name, "row", 3) == 0);
}

static void check_cross_rule(struct lint *lint, const struct rule *rule)
{
    static const struct lint_blanks blanks = { is_item_or_row, "names no item", true };
    const struct text *texts[] = { &rule->message, &rule->remedy, &rule->ask };
    static const char *const names[] = { "message", "remedy", "ask" };

    for (size_t i = 0; i < countof(texts); i++) {
        lint_text(lint, &rule->where, names[i], texts[i], LINT_DATA_TEXT);
        lint_blanks(lint, &rule->where, texts[i], &blanks);
    }
    lint_rule(lint, &rule->when, rule->each, NULL, NULL);
    check_source(lint, &rule->where, &rule->source);
    check_date(lint, &rule->where, "since", rule->since);
    check_date(lint, &rule->where, "until", rule->until);
    if (rule->item && rule->item->repeat && rule->item->repeat != rule->each)
        problems_add(&lint->out, &rule->where, "\"item\" is in a repeat: \"each\" must be \"%s\"",
                     rule->item->repeat->id);
}

static void check_fact(struct lint *lint, const struct fact *fact)
{
    check_date(lint, &fact->where, "valid_from", fact->valid_from);
    check_date(lint, &fact->where, "valid_to", fact->valid_to);
    check_date(lint, &fact->where, "seen_on", fact->seen_on);
    lint_text(lint, &fact->where, "text", &fact->text, LINT_DATA_TEXT);
    if ((fact->number || fact->min || fact->max) && !fact->unit)
        problems_add(&lint->out, &fact->where, "a value with a number needs a \"unit\"");
}

static void check_columns(struct lint *lint, const struct doc_section *section)
{
    for (const char **id = section->columns; id && *id; id++)
        if (!schema_item(lint->schema, *id))
            problems_add(&lint->out, &section->where, "unknown item \"%.60s\" in \"columns\"", *id);
}

/* A list of at most GRADE_MOST, each of which needs more than the one before. */
static void check_grades(struct lint *lint, const struct doc_section *section)
{
    const struct list *list = section->grades ? schema_list(lint->schema, section->grades) : NULL;
    int before = 0;

    if (!section->grades)
        return;
    if (!list || list->choice_count > GRADE_MOST || section->show != SHOW_CROSS)
        problems_add(&lint->out, &section->where, section->show != SHOW_CROSS
                     ? "\"grades\" belongs to \"cross\""
                     : list ? "the list \"%.60s\" has more than %d grades"
                            : "unknown list \"%.60s\" in \"grades\"", section->grades, GRADE_MOST);
    for (size_t i = 0; list && i < list->choice_count; i++) {
        int least = row_map_grade_least(list, &list->choices[i]);
        if (least <= before)
            problems_add(&lint->out, &list->choices[i].where,
                         "\"least\" of a grade must be a number and grow from grade to grade");
        before = least;
    }
}

/* What "of" may name: tasks, items, and the report sections of items. */
static size_t names_for_of(const struct schema *schema, const char **names)
{
    size_t count = 0;

    for (size_t i = 0; i < schema->task_count; i++)
        names[count++] = schema->tasks[i].id;
    for (size_t i = 0; i < schema->item_count; i++) {
        names[count++] = schema->items[i]->id;
        if (schema->items[i]->report_section)
            names[count++] = schema->items[i]->report_section;
    }
    return count;
}

static bool is_among(const char *id, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(names[i], id) == 0)
            return true;
    return false;
}

static void check_of(struct lint *lint, const struct doc_section *section)
{
    const struct schema *schema = lint->schema;
    const char **names = xcalloc(schema->task_count + 2 * schema->item_count + 1, sizeof names[0]);
    size_t count = names_for_of(schema, names);

    for (const char **id = section->of; id && *id; id++) {
        if (is_among(*id, names, count))
            continue;
        const char *nearest = schema_nearest(*id, names, count);
        problems_add(&lint->out, &section->where, nearest
                     ? "\"of\" names \"%.60s\", which is nothing; did you mean \"%s\"?"
                     : "\"of\" names \"%.60s\": no task, item or report section", *id, nearest);
    }
    free(names);
}

static void check_document(struct lint *lint, const struct document *document)
{
    lint_text(lint, &document->where, "title", &document->title, LINT_DATA_TEXT);
    lint_text(lint, &document->where, "audience", &document->audience, LINT_DATA_TEXT);
    lint_text(lint, &document->where, "marking", &document->marking, LINT_DATA_TEXT);
    for (size_t i = 0; i < document->section_count; i++) {
        const struct doc_section *section = &document->sections[i];
        lint_text(lint, &section->where, "title", &section->title, LINT_DATA_TEXT);
        lint->answers = true;
        lint_text(lint, &section->where, "text", &section->body, LINT_DATA_TEXT);
        lint->answers = false;
        lint_rule(lint, &section->relevant, NULL, NULL, NULL);
        check_columns(lint, section);
        check_grades(lint, section);
        check_of(lint, section);
    }
}

/* Imports */

static bool has_heading(const struct import_column *column, const char *heading)
{
    for (int lang = 0; lang < LANG_COUNT; lang++)
        for (const char **one = column->headings[lang]; one && *one; one++)
            if (utf8_same_folded(*one, heading))
                return true;
    return false;
}

/* Is the heading of the column `at` also that of one before it? */
static void check_heading(struct lint *lint, const struct import_kind *import, size_t at,
                          const char *heading)
{
    for (size_t i = 0; i < at; i++)
        if (has_heading(&import->columns[i], heading))
            problems_add(&lint->out, &import->columns[at].where,
                         "the heading \"%.60s\" is also that of \"%s\"", heading,
                         import->columns[i].item->id);
}

static void check_import(struct lint *lint, const struct import_kind *import)
{
    bool has_key = false;

    for (size_t i = 0; i < import->column_count; i++) {
        const struct import_column *column = &import->columns[i];
        has_key |= column->item == import->key && !column->part;
        for (int lang = 0; lang < LANG_COUNT; lang++)
            for (const char **heading = column->headings[lang]; heading && *heading; heading++)
                check_heading(lint, import, i, *heading);
    }
    if (!has_key)
        problems_add(&lint->out, &import->where, "no column has the key \"%s\"",
                     import->key->id);
    if (import->key->type != ITEM_TEXT)
        problems_add(&lint->out, &import->where, "the key \"%s\" must be a text",
                     import->key->id);
}

int lint_check(const struct schema *schema, struct expr_db *db, schema_report report, void *data)
{
    struct lint lint = { .schema = schema, .db = db, .out = { report, data, 0 } };

    for (size_t i = 0; i < schema->form_count; i++)
        check_form(&lint, &schema->forms[i]);
    for (size_t i = 0; i < schema->item_count; i++)
        check_item(&lint, schema->items[i]);
    for (size_t i = 0; i < schema->list_count; i++)
        check_list(&lint, &schema->lists[i], LINT_DATA_TEXT);
    for (size_t i = 0; i < schema->task_count; i++)
        check_task(&lint, &schema->tasks[i]);
    for (size_t i = 0; i < schema->rule_count; i++)
        check_cross_rule(&lint, &schema->rules[i]);
    for (size_t i = 0; i < schema->fact_count; i++)
        check_fact(&lint, &schema->facts[i]);
    for (size_t i = 0; i < schema->term_count; i++)
        lint_text(&lint, &schema->terms[i].where, "text", &schema->terms[i].text, LINT_DATA_TEXT);
    for (size_t i = 0; i < schema->document_count; i++)
        check_document(&lint, &schema->documents[i]);
    lint_outlines(&lint);
    lint_requirements(&lint);
    lint_registers(&lint);
    lint_rights(&lint);
    lint_schedule(&lint);
    lint_cards(&lint);
    for (size_t i = 0; i < schema->import_count; i++)
        check_import(&lint, &schema->imports[i]);
    package_lint(&lint);
    lint_cycles(&lint);
    return lint.out.count;
}
