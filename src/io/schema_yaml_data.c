/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Tasks, facts, terms, rules, documents and imports: the keys of the files in data/.
 *
 * Tasks, phases and items that a row names are placeholders until schema_finish().
 */
#include "base/mem.h"
#include "core/versions.h"
#include "io/schema_yaml_load.h"

/* Tasks */

static const struct key phase_rows[] = {
    { "id", load_id, offsetof(struct phase, id), true },
    { "title", load_text, offsetof(struct phase, title), true },
};

static const struct keys phase_keys = {
    "phase", phase_rows, countof(phase_rows), sizeof(struct phase), offsetof(struct phase, where),
    NULL
};

static void read_kind(struct loader *l, const struct key *key, struct at value, void *field)
{
    static const char *const words[] = { "form", "gate" };
    int kind = load_word(l, key, value, words, countof(words));

    *(enum task_kind *)field = kind == 1 ? TASK_GATE : TASK_FORM;
}

static void read_complete(struct loader *l, const struct key *key, struct at value, void *field)
{
    static const char *const words[] = { "auto", "ask" };

    *(bool *)field = load_word(l, key, value, words, countof(words)) == 1;
}

static void read_phase(struct loader *l, const struct key *key, struct at value, void *field)
{
    struct phase *phase = arena_alloc(l->schema->arena, 1, sizeof *phase);

    load_id(l, key, value, &phase->id);
    if (phase->id)
        *(const struct phase **)field = phase;
}

static const struct key task_rows[] = {
    { "id", load_id, offsetof(struct task, id), true },
    { "kind", read_kind, offsetof(struct task, kind), false },
    { "phase", read_phase, offsetof(struct task, phase), true },
    { "slide", load_string, offsetof(struct task, slide), false },
    { "title", load_text, offsetof(struct task, title), true },
    { "intro", load_text, offsetof(struct task, intro), false },
    { "depends", load_strings, offsetof(struct task, depend_ids), false },
    { "complete", read_complete, offsetof(struct task, ask_complete), false },
    { "relevant", load_rule, offsetof(struct task, relevant), false },
    { "open", load_strings, offsetof(struct task, open_ids), false },
};

static const struct keys task_keys = {
    "task", task_rows, countof(task_rows), sizeof(struct task), offsetof(struct task, where), NULL
};

static void read_phases(struct loader *l, const struct key *key, struct at value, void *field)
{
    struct schema *schema = field;

    (void)key;
    load_maps(l, &phase_keys, value, &schema->phases, &schema->phase_count);
}

static void read_tasks(struct loader *l, const struct key *key, struct at value, void *field)
{
    struct schema *schema = field;

    (void)key;
    load_maps(l, &task_keys, value, &schema->tasks, &schema->task_count);
}

static const struct key tasks_rows[] = {
    { "phases", read_phases, 0, true },
    { "tasks", read_tasks, 0, true },
};

static const struct keys tasks_keys = {
    "task file", tasks_rows, countof(tasks_rows), 0, NO_WHERE, NULL
};

void load_tasks_file(struct loader *l, struct at root)
{
    load_map(l, &tasks_keys, root, l->schema);
}

/* Facts */

static const struct key value_rows[] = {
    { "number", load_string, offsetof(struct fact, number), false },
    { "min", load_string, offsetof(struct fact, min), false },
    { "max", load_string, offsetof(struct fact, max), false },
    { "unit", load_string, offsetof(struct fact, unit), false },
    { "name", load_text, offsetof(struct fact, name), false },
    { "address", load_string, offsetof(struct fact, address), false },
    { "date", load_string, offsetof(struct fact, date), false },
};

static const struct keys value_keys = {
    "value", value_rows, countof(value_rows), 0, NO_WHERE, NULL
};

static void read_value(struct loader *l, const struct key *key, struct at value, void *field)
{
    (void)key;
    load_map(l, &value_keys, value, field);
}

static void read_confidence(struct loader *l, const struct key *key, struct at value,
                            void *field)
{
    static const char *const words[] = { "H", "M", "L" };
    int level = load_word(l, key, value, words, countof(words));

    *(char *)field = level < 0 ? 'L' : words[level][0];
}

static const struct key fact_rows[] = {
    { "id", load_dotted_id, offsetof(struct fact, id), true },
    { "subject", load_text, offsetof(struct fact, subject), true },
    { "text", load_text, offsetof(struct fact, text), true },
    { "value", read_value, 0, false },
    { "where", load_text, offsetof(struct fact, where_to_check), false },
    { "source", load_string, offsetof(struct fact, source), true },
    { "source_date", load_string, offsetof(struct fact, source_date), false },
    { "seen_on", load_string, offsetof(struct fact, seen_on), true },
    { "valid_from", load_string, offsetof(struct fact, valid_from), false },
    { "valid_to", load_string, offsetof(struct fact, valid_to), false },
    { "confidence", read_confidence, offsetof(struct fact, confidence), true },
    { "supersedes", load_dotted_id, offsetof(struct fact, supersedes_id), false },
    { "url", load_string, offsetof(struct fact, url), false },
};

static const struct keys fact_keys = {
    "fact", fact_rows, countof(fact_rows), sizeof(struct fact), offsetof(struct fact, where), NULL
};

void load_facts_file(struct loader *l, struct at root)
{
    struct schema *schema = l->schema;

    load_maps(l, &fact_keys, root, &schema->facts, &schema->fact_count);
    for (size_t i = 0; i < schema->fact_count; i++)
        if (!schema->facts[i].confidence)
            schema->facts[i].confidence = 'L';
}

/* Terms */

/* Words in each language. */
static const struct key word_rows[] = {
    { "fi", load_strings, LANG_FI * sizeof(const char **), true },
    { "sv", load_strings, LANG_SV * sizeof(const char **), true },
    { "en", load_strings, LANG_EN * sizeof(const char **), true },
};

static const struct keys match_keys = {
    "match", word_rows, countof(word_rows), 0, NO_WHERE, NULL
};

static void read_match(struct loader *l, const struct key *key, struct at value, void *field)
{
    (void)key;
    load_map(l, &match_keys, value, field);
}

static const struct key term_rows[] = {
    { "id", load_dotted_id, offsetof(struct gloss, id), true },
    { "term", load_text, offsetof(struct gloss, term), true },
    { "match", read_match, offsetof(struct gloss, match), false },
    { "text", load_text, offsetof(struct gloss, text), true },
};

static const struct keys term_keys = {
    "term", term_rows, countof(term_rows), sizeof(struct gloss), offsetof(struct gloss, where), NULL
};

void load_terms_file(struct loader *l, struct at root)
{
    load_maps(l, &term_keys, root, &l->schema->terms, &l->schema->term_count);
}

/* Rules */

static void read_severity(struct loader *l, const struct key *key, struct at value, void *field)
{
    static const char *const words[] = { "error", "warning", "note" };
    int severity = load_word(l, key, value, words, countof(words));

    *(enum severity *)field = severity < 0 ? SEVERITY_ERROR : (enum severity)severity;
}

void load_task_name(struct loader *l, const struct key *key, struct at value, void *field)
{
    struct task *task = arena_alloc(l->schema->arena, 1, sizeof *task);

    load_id(l, key, value, &task->id);
    task->where = load_where(l, value);
    if (task->id)
        *(const struct task **)field = task;
}

void load_item_name(struct loader *l, const struct key *key, struct at value, void *field)
{
    struct item *item = arena_alloc(l->schema->arena, 1, sizeof *item);

    load_id(l, key, value, &item->id);
    item->where = load_where(l, value);
    if (item->id)
        *(const struct item **)field = item;
}

static const struct key rule_rows[] = {
    { "id", load_dotted_id, offsetof(struct rule, id), true },
    { "severity", read_severity, offsetof(struct rule, severity), true },
    { "task", load_task_name, offsetof(struct rule, task), true },
    { "each", load_item_name, offsetof(struct rule, each), false },
    { "when", load_rule, offsetof(struct rule, when), true },
    { "item", load_item_name, offsetof(struct rule, item), false },
    { "message", load_text, offsetof(struct rule, message), true },
    { "remedy", load_text, offsetof(struct rule, remedy), false },
    { "ask", load_text, offsetof(struct rule, ask), false },
    { "source", load_source, offsetof(struct rule, source), false },
    { "since", load_string, offsetof(struct rule, since), false },
    { "until", load_string, offsetof(struct rule, until), false },
    { "front", load_flag, offsetof(struct rule, front), false },
};

static const struct keys rule_keys = {
    "rule", rule_rows, countof(rule_rows), sizeof(struct rule), offsetof(struct rule, where), NULL
};

void load_rules_file(struct loader *l, struct at root)
{
    load_maps(l, &rule_keys, root, &l->schema->rules, &l->schema->rule_count);
    load_spread_rules(l);
}

/* Documents */

static void read_show(struct loader *l, const struct key *key, struct at value, void *field)
{
    static const char *const words[] = {
#define AS_WORD(name, word) word,
        SHOW_INFO(AS_WORD)
#undef AS_WORD
    };
    int show = load_word(l, key, value, words, countof(words));

    *(enum show *)field = show < 0 ? SHOW_TEXT : (enum show)show;
}

static void read_numbering(struct loader *l, const struct key *key, struct at value, void *field)
{
    static const char *const words[] = { "section", "annex", "none" };
    int numbering = load_word(l, key, value, words, countof(words));

    *(enum doc_numbering *)field =
        numbering < 0 ? NUMBERING_SECTION : (enum doc_numbering)numbering;
}

static const struct key section_rows[] = {
    { "title", load_text, offsetof(struct doc_section, title), false },
    { "show", read_show, offsetof(struct doc_section, show), true },
    { "of", load_strings, offsetof(struct doc_section, of), false },
    { "columns", load_strings, offsetof(struct doc_section, columns), false },
    { "grades", load_string, offsetof(struct doc_section, grades), false },
    { "relevant", load_rule, offsetof(struct doc_section, relevant), false },
    { "text", load_text, offsetof(struct doc_section, body), false },
    { "number", read_numbering, offsetof(struct doc_section, numbering), false },
};

static const struct keys section_keys = {
    "section", section_rows, countof(section_rows), sizeof(struct doc_section),
    offsetof(struct doc_section, where), NULL
};

static void read_sections(struct loader *l, const struct key *key, struct at value, void *field)
{
    struct document *document = field;

    (void)key;
    load_maps(l, &section_keys, value, &document->sections, &document->section_count);
}

static const struct key control_rows[] = {
    { "approver", load_item_name, offsetof(struct doc_control, approver), true },
    { "approved_on", load_item_name, offsetof(struct doc_control, approved_on), true },
    { "next_review", load_item_name, offsetof(struct doc_control, next_review), true },
};

static const struct keys control_keys = {
    "control", control_rows, countof(control_rows), sizeof(struct doc_control), NO_WHERE, NULL
};

static void read_control(struct loader *l, const struct key *key, struct at value, void *field)
{
    struct doc_control *control = arena_alloc(l->schema->arena, 1, sizeof *control);

    (void)key;
    if (load_map(l, &control_keys, value, control))
        *(struct doc_control **)field = control;
}

static const struct key document_rows[] = {
    { "id", load_dotted_id, offsetof(struct document, id), true },
    { "title", load_text, offsetof(struct document, title), true },
    { "audience", load_text, offsetof(struct document, audience), false },
    { "formats", load_strings, offsetof(struct document, formats), true },
    { "order", load_number, offsetof(struct document, order), false },
    { "confidential", load_flag, offsetof(struct document, confidential), false },
    { "marking", load_text, offsetof(struct document, marking), false },
    { "outline", load_id, offsetof(struct document, outline), false },
    { "control", read_control, offsetof(struct document, control), false },
    { "sections", read_sections, 0, true },
};

static const struct keys document_keys = {
    "document", document_rows, countof(document_rows), sizeof(struct document),
    offsetof(struct document, where), NULL
};

void load_document_file(struct loader *l, struct at root)
{
    load_one(l, &document_keys, root, &l->schema->documents, &l->schema->document_count);
}

/* Imports */

static const struct keys heading_keys = {
    "headings", word_rows, countof(word_rows), 0, NO_WHERE, NULL
};

static void read_headings(struct loader *l, const struct key *key, struct at value, void *field)
{
    (void)key;
    load_map(l, &heading_keys, value, field);
}

static const struct key column_rows[] = {
    { "item", load_item_name, offsetof(struct import_column, item), true },
    { "headings", read_headings, offsetof(struct import_column, headings), true },
    { "part", load_flag, offsetof(struct import_column, part), false },
};

static const struct keys column_keys = {
    "column", column_rows, countof(column_rows), sizeof(struct import_column),
    offsetof(struct import_column, where), NULL
};

static void read_columns(struct loader *l, const struct key *key, struct at value, void *field)
{
    struct import_kind *import = field;

    (void)key;
    load_maps(l, &column_keys, value, &import->columns, &import->column_count);
}

static const struct key import_rows[] = {
    { "id", load_dotted_id, offsetof(struct import_kind, id), true },
    { "repeat", load_item_name, offsetof(struct import_kind, repeat), true },
    { "key", load_item_name, offsetof(struct import_kind, key), true },
    { "columns", read_columns, 0, true },
};

static const struct keys import_keys = {
    "import", import_rows, countof(import_rows), sizeof(struct import_kind),
    offsetof(struct import_kind, where), NULL
};

void load_import_file(struct loader *l, struct at root)
{
    load_one(l, &import_keys, root, &l->schema->imports, &l->schema->import_count);
}
