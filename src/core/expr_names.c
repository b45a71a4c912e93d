/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What an expression names, and whether it keeps its shape, found by a scan of its words: nothing
 * is compiled for it.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "core/activity.h"
#include "core/expr_parts.h"
#include "core/outlines.h"
#include "core/schema.h"

enum { EXPR_LENGTH_MAX = 4096 };

/* ---- names in an expression ---- */

static size_t skip_quoted(const char *sql)
{
    size_t i = 1;

    while (sql[i] && !(sql[i] == sql[0] && sql[i + 1] != sql[0]))
        i += sql[i] == sql[0] ? 2 : 1;
    return sql[i] ? i + 1 : i;
}

static size_t word_length(const char *sql)
{
    size_t i = 0;

    while (isalnum((unsigned char)sql[i]) || sql[i] == '_')
        i++;
    return i;
}

/* Calls `each` for every word outside string literals; a quoted name is a word too. */
static void each_word(const char *sql, void (*each)(void *, const char *, size_t), void *data)
{
    while (*sql) {
        if (*sql == '\'') {
            sql += skip_quoted(sql);
        } else if (isalpha((unsigned char)*sql) || *sql == '_') {
            size_t length = word_length(sql);
            each(data, sql, length);
            sql += length;
        } else if (isdigit((unsigned char)*sql)) {
            sql += word_length(sql);
        } else {
            sql++;
        }
    }
}

struct reads {
    const struct schema *schema;
    const struct item **seen;
    size_t count, room;
};

/* Names are found whatever their case, as SQLite finds them. */
static const struct item *item_named(const struct schema *schema, const char *word,
                                     size_t length)
{
    char small[128];

    if (length >= sizeof small)
        return NULL;
    for (size_t i = 0; i < length; i++)
        small[i] = (char)tolower((unsigned char)word[i]);
    return schema_item_n(schema, small, length);
}

static void note_read(void *data, const char *word, size_t length)
{
    struct reads *reads = data;
    const struct item *item = item_named(reads->schema, word, length);

    if (!item)
        return;
    for (size_t i = 0; i < reads->count; i++)
        if (reads->seen[i] == item)
            return;
    reads->seen = vec_room(reads->seen, &reads->room, reads->count + 1, sizeof reads->seen[0]);
    reads->seen[reads->count++] = item;
}

void expr_reads(const struct schema *schema, const char *sql,
                void (*each)(void *data, const struct item *item), void *data)
{
    struct reads reads = { .schema = schema };

    each_word(sql, note_read, &reads);
    for (size_t i = 0; i < reads.count; i++)
        each(data, reads.seen[i]);
    free(reads.seen);
}

const char *expr_shape_fault(const char *sql, size_t *at)
{
    int depth = 0;
    size_t i = 0;

    while (sql[i]) {
        *at = i;
        if (sql[i] == '\'' || sql[i] == '"') {
            size_t length = skip_quoted(sql + i);
            if (length < 2 || sql[i + length - 1] != sql[i])
                return "the quotation mark is not closed";
            i += length;
            continue;
        }
        if (sql[i] == ';' || (sql[i] == '-' && sql[i + 1] == '-') ||
            (sql[i] == '/' && sql[i + 1] == '*'))
            return "statements and comments are not allowed in an expression";
        if (strchr("?:@$`[]#\\", sql[i]))
            return "this character is not allowed in an expression";
        depth += sql[i] == '(' ? 1 : sql[i] == ')' ? -1 : 0;
        if (depth < 0)
            return "there is a closing parenthesis too many";
        i++;
    }
    *at = i;
    if (i > EXPR_LENGTH_MAX)
        return "the expression is too long";
    return depth ? "a parenthesis is not closed" : NULL;
}

/* ---- which columns are needed ---- */

static void note_needed(void *data, const struct item *item)
{
    bool *needed = data;

    needed[item->index] = true;
}

static void need_reads(const struct schema *schema, const struct rule_text *rule, bool *needed)
{
    if (rule->sql)
        expr_reads(schema, rule->sql, note_needed, needed);
}

static void need_activities(const struct schema *schema, bool *needed)
{
    const struct activities *all = schema->activities;

    for (size_t i = 0; all && i < all->count; i++) {
        need_reads(schema, &all->at[i].relevant, needed);
        need_reads(schema, &all->at[i].done, needed);
    }
    for (size_t i = 0; all && i < all->expiry_count; i++)
        need_reads(schema, &all->expiries[i].relevant, needed);
}

bool *expr_needed_items(const struct schema *schema)
{
    bool *needed = xcalloc(schema->item_count + 1, sizeof needed[0]);

    for (size_t i = 0; i < schema->item_count; i++) {
        const struct item *item = schema->items[i];
        const struct rule_text *rules[] = { &item->required, &item->relevant, &item->constraint,
                                            &item->calculate, &item->initial,
                                            &item->choice_filter, &item->page->relevant };
        for (size_t r = 0; r < countof(rules); r++)
            need_reads(schema, rules[r], needed);
    }
    for (size_t i = 0; i < schema->task_count; i++)
        need_reads(schema, &schema->tasks[i].relevant, needed);
    for (size_t i = 0; i < schema->rule_count; i++)
        need_reads(schema, &schema->rules[i].when, needed);
    for (size_t i = 0; i < schema->document_count; i++)
        for (size_t n = 0; n < schema->documents[i].section_count; n++)
            need_reads(schema, &schema->documents[i].sections[n].relevant, needed);
    for (size_t i = 0; i < schema->outline_count; i++)
        for (size_t n = 0; n < schema->outlines[i].part_count; n++)
            need_reads(schema, &schema->outlines[i].parts[n].relevant, needed);
    need_activities(schema, needed);
    return needed;
}
