/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Expressions: whether they compile, and the mistakes that SQL lets pass.
 *
 * SQL compares a text with a number without complaint and treats an empty answer as
 * neither true nor false, so a rule can be wrong and never fail. The check reads the
 * expression's tokens and looks at each name with its neighbours; it knows no grammar
 * and says nothing where it is not sure.
 */
#include "core/lint_parts.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/date.h"
#include "base/err.h"
#include "base/mem.h"
#include "core/expr.h"

enum token_kind { TOKEN_NAME, TOKEN_TEXT, TOKEN_NUMBER, TOKEN_SIGN, TOKEN_END };

struct token {
    enum token_kind kind;
    const char *at;
    size_t length;
};

struct tokens {
    struct token *list;
    size_t count, room;
};

/* An expression in work. */
struct lint_expr {
    struct lint *lint;
    const struct rule_text *rule;
    const struct item *own;
    struct tokens tokens;
};

static size_t sign_length(const char *sql)
{
    static const char *const signs[] = { "<>", "<=", ">=", "==", "!=", "||" };

    for (size_t i = 0; i < countof(signs); i++)
        if (strncmp(sql, signs[i], 2) == 0)
            return 2;
    return 1;
}

static struct token next_token(const char *sql)
{
    size_t length = 1;

    if (*sql == '\0')
        return (struct token){ TOKEN_END, sql, 0 };
    if (*sql == '\'') {
        while (sql[length] && sql[length] != '\'')
            length++;
        return (struct token){ TOKEN_TEXT, sql, length + (sql[length] == '\'') };
    }
    if (isdigit((unsigned char)*sql)) {
        length = strspn(sql, "0123456789.");
        return (struct token){ TOKEN_NUMBER, sql, length };
    }
    if (isalpha((unsigned char)*sql) || *sql == '_') {
        while (isalnum((unsigned char)sql[length]) || sql[length] == '_')
            length++;
        return (struct token){ TOKEN_NAME, sql, length };
    }
    return (struct token){ TOKEN_SIGN, sql, sign_length(sql) };
}

static void read_tokens(struct tokens *tokens, const char *sql)
{
    struct token token;

    do {
        sql += strspn(sql, " \t\n");
        token = next_token(sql);
        sql += token.length;
        tokens->list = vec_room(tokens->list, &tokens->room, tokens->count + 1,
                                sizeof tokens->list[0]);
        tokens->list[tokens->count++] = token;
    } while (token.kind != TOKEN_END);
}

/* Token i, counted from any place; the end beyond both ends. */
static struct token token_at(const struct lint_expr *e, size_t i)
{
    return i < e->tokens.count ? e->tokens.list[i] : e->tokens.list[e->tokens.count - 1];
}

static bool is_word(struct token token, const char *word)
{
    return token.length == strlen(word) && strncasecmp(token.at, word, token.length) == 0
        && token.kind != TOKEN_TEXT;
}

static bool is_one_of(struct token token, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (is_word(token, words[i]))
            return true;
    return false;
}

/* Columns count characters; the place is exact for expressions on one line. */
static struct where place_of(const struct lint_expr *e, struct token token)
{
    struct where where = e->rule->where;

    for (const char *at = e->rule->sql; at < token.at; at++)
        where.col += ((unsigned char)*at & 0xc0) != 0x80;
    return where;
}

static const struct item *item_of(const struct lint_expr *e, size_t i)
{
    struct token token = token_at(e, i);

    if (token.kind != TOKEN_NAME || is_word(token_at(e, i + 1), "("))
        return NULL;
    return schema_item_n(e->lint->schema, token.at, token.length);
}

/* The text of a literal without its quotes. */
static void literal_text(struct token token, char *out, size_t size)
{
    snprintf(out, size, "%.*s", (int)token.length - 2, token.at + 1);
}

/* Comparisons of an item with a literal */

static void check_choice(struct lint_expr *e, const struct item *item, struct token literal,
                         const char *text)
{
    struct where where = place_of(e, literal);

    if (!item->list || list_choice(item->list, text))
        return;
    const char **ids = xcalloc(item->list->choice_count + 1, sizeof ids[0]);
    for (size_t i = 0; i < item->list->choice_count; i++)
        ids[i] = item->list->choices[i].id;
    const char *nearest = schema_nearest(text, ids, item->list->choice_count);
    problems_add(&e->lint->out, &where,
                 nearest ? "\"%s\" has no choice '%.60s'; did you mean '%s'?"
                         : "\"%s\" has no choice '%.60s'",
                 item->id, text, nearest);
    free(ids);
}

static void check_text_literal(struct lint_expr *e, const struct item *item,
                               struct token literal)
{
    struct where where = place_of(e, literal);
    const char *column = item_type_column(item->type);
    int first, last;
    char text[80];

    literal_text(literal, text, sizeof text);
    if (column && strcmp(column, "TEXT") != 0)
        problems_add(&e->lint->out, &where, "\"%s\" is a number, '%.60s' is a text", item->id,
                     text);
    else if (item->type == ITEM_DATE && text[0] && date_parse_iso(text) == DATE_NONE
             && date_period(text, &first, &last) != 0 && strcmp(text, "9999-12-31") != 0)
        problems_add(&e->lint->out, &where, "\"%s\" is a date; '%.60s' is none ('2026-01-31')",
                     item->id, text);
    else if (item->type == ITEM_ONE && text[0])
        check_choice(e, item, literal, text);
}

static void check_literal(struct lint_expr *e, const struct item *item, struct token literal)
{
    struct where where = place_of(e, literal);
    const char *column = item_type_column(item->type);

    if (literal.kind == TOKEN_TEXT)
        check_text_literal(e, item, literal);
    else if (literal.kind == TOKEN_NUMBER && column && strcmp(column, "TEXT") == 0)
        problems_add(&e->lint->out, &where, "\"%s\" is a text, %.*s is a number", item->id,
                     (int)literal.length, literal.at);
    else if (literal.kind == TOKEN_NUMBER && item->type == ITEM_YESNO
             && !is_word(literal, "0") && !is_word(literal, "1"))
        problems_add(&e->lint->out, &where, "\"%s\" is 1 or 0", item->id);
}

static const char *const comparisons[] = { "=", "==", "<>", "!=", "<", ">", "<=", ">=", "IS" };

/* Whether the token after a literal, or before it, makes it part of a larger term. */
static bool is_arithmetic(struct token token)
{
    static const char *const signs[] = { "+", "-", "*", "/", "%", "||" };

    return is_one_of(token, signs, countof(signs));
}

/* `name IN ('a', 'b')` */
static void check_in(struct lint_expr *e, const struct item *item, size_t i)
{
    if (!is_word(token_at(e, i), "("))
        return;
    for (i++; token_at(e, i).kind != TOKEN_END && !is_word(token_at(e, i), ")"); i++)
        if (is_word(token_at(e, i), "SELECT"))
            return;
        else
            check_literal(e, item, token_at(e, i));
}

static void check_right(struct lint_expr *e, const struct item *item, size_t i)
{
    struct token sign = token_at(e, i + 1);
    size_t right = i + 2;

    if (is_word(sign, "NOT"))
        sign = token_at(e, right++);
    if (is_word(sign, "IN")) {
        check_in(e, item, right);
    } else if (is_word(sign, "BETWEEN")) {
        check_literal(e, item, token_at(e, right));
        if (is_word(token_at(e, right + 1), "AND"))
            check_literal(e, item, token_at(e, right + 2));
    } else if (is_one_of(sign, comparisons, countof(comparisons))) {
        if (is_word(token_at(e, right), "NOT"))
            right++;
        if (!is_arithmetic(token_at(e, right + 1)))
            check_literal(e, item, token_at(e, right));
        if (item->type == ITEM_MANY && token_at(e, right).kind == TOKEN_TEXT) {
            struct where where = place_of(e, token_at(e, i));
            problems_add(&e->lint->out, &where, "ask a many item with selected(%s, 'id')",
                         item->id);
        }
    }
}

static void check_left(struct lint_expr *e, const struct item *item, size_t i)
{
    if (i >= 2 && is_one_of(token_at(e, i - 1), comparisons, countof(comparisons))
        && !(i >= 3 && is_arithmetic(token_at(e, i - 3))))
        check_literal(e, item, token_at(e, i - 2));
}

/* `selected(name, 'choice')` */
static void check_selected(struct lint_expr *e, const struct item *item, size_t i)
{
    struct token literal = token_at(e, i + 2);
    struct where where = place_of(e, token_at(e, i));
    char text[80];

    if (i < 2 || !is_word(token_at(e, i - 2), "selected") || !is_word(token_at(e, i + 1), ","))
        return;
    if (item->type != ITEM_MANY) {
        problems_add(&e->lint->out, &where, "selected() is for many items; \"%s\" is %s", item->id,
                     item_type_name(item->type));
        return;
    }
    if (literal.kind != TOKEN_TEXT)
        return;
    literal_text(literal, text, sizeof text);
    check_choice(e, item, literal, text);
}

/* Empty answers */

static bool is_always(const struct rule_text *rule)
{
    return rule->sql && strcmp(rule->sql, "1") == 0;
}

/* May be empty although its form is finished. */
static bool may_stay_empty(const struct item *item)
{
    return !is_always(&item->required) || item->unsure
        || (item->relevant.sql && !is_always(&item->relevant))
        || (item->page && item->page->relevant.sql);
}

/* True when the expression asks elsewhere whether the item is empty. */
static bool asks_empty(const struct lint_expr *e, struct token name)
{
    for (size_t i = 0; i + 2 < e->tokens.count; i++) {
        struct token token = e->tokens.list[i];
        if (token.kind == TOKEN_NAME && token.length == name.length
            && strncmp(token.at, name.at, name.length) == 0 && is_word(token_at(e, i + 1), "IS"))
            return true;
    }
    return false;
}

static void check_empty(struct lint_expr *e, const struct item *item, size_t i)
{
    static const char *const unequal[] = { "<>", "!=" };
    static const char *const after[] = { "AND", "OR", ")", "" };
    struct token name = token_at(e, i), next = token_at(e, i + 1), value = token_at(e, i + 2);
    struct where where = place_of(e, name);
    bool literal = value.kind == TOKEN_TEXT || value.kind == TOKEN_NUMBER;

    if (item == e->own || !may_stay_empty(item) || asks_empty(e, name))
        return;
    bool negated = i > 0 && is_word(token_at(e, i - 1), "NOT")
        && !(i > 1 && is_word(token_at(e, i - 2), "IS"));
    if (negated && is_one_of(next, after, countof(after)))
        problems_add(&e->lint->out, &where, "\"NOT %s\" is not true while the answer is empty; "
                     "write \"%s IS NOT 1\"", item->id, item->id);
    if (literal && is_one_of(next, unequal, countof(unequal)))
        problems_add(&e->lint->out, &where,
                     "\"%s %.*s %.*s\" is not true while the answer is empty; "
                     "write \"%s IS NOT %.*s\"", item->id, (int)next.length, next.at,
                     (int)value.length, value.at, item->id, (int)value.length, value.at);
}

/* `fact('id')`: the fact must exist. Looked at before compiling, which would say less. */
static bool check_fact(struct lint_expr *e, size_t i)
{
    struct token literal = token_at(e, i + 2);
    struct where where = place_of(e, literal);
    char id[80];

    if (!is_word(token_at(e, i), "fact") || !is_word(token_at(e, i + 1), "(")
        || literal.kind != TOKEN_TEXT)
        return true;
    literal_text(literal, id, sizeof id);
    if (schema_fact(e->lint->schema, id))
        return true;
    problems_add(&e->lint->out, &where, "unknown fact \"%s\"", id);
    return false;
}

static void check_tokens(struct lint_expr *e)
{
    for (size_t i = 0; i < e->tokens.count; i++) {
        const struct item *item = item_of(e, i);
        if (!item)
            continue;
        check_right(e, item, i);
        check_left(e, item, i);
        check_selected(e, item, i);
        check_empty(e, item, i);
    }
}

/* Compiling */

/* A choice_filter may also name the columns of its list. */
static const char *nearest_name(const struct schema *schema, const struct list *list,
                                const char *word)
{
    size_t columns = list ? list->column_count : 0;
    const char **ids = xcalloc(schema->item_count + columns + 1, sizeof ids[0]);

    for (size_t i = 0; i < schema->item_count; i++)
        ids[i] = schema->items[i]->id;
    for (size_t i = 0; i < columns; i++)
        ids[schema->item_count + i] = list->columns[i];
    const char *nearest = schema_nearest(word, ids, schema->item_count + columns);
    free(ids);
    return nearest;
}

static void report_error(struct lint *lint, const struct rule_text *rule,
                         const struct list *list, const struct err *err)
{
    static const char unknown[] = "no such column: ";
    struct where where = { rule->where.file, err->line, err->col };
    bool names = strncmp(err->msg, unknown, strlen(unknown)) == 0;
    const char *word = names ? err->msg + strlen(unknown) : "";
    const struct item *item = schema_item(lint->schema, word);
    const char *nearest = names ? nearest_name(lint->schema, list, word) : NULL;

    if (!err->line)
        where = rule->where;
    if (item && item->repeat)
        problems_add(&lint->out, &where,
                     "\"%s\" is in the repeat \"%s\"; ask with (SELECT ... FROM %s)", item->id,
                     item->repeat->id, item->repeat->id);
    else if (nearest)
        problems_add(&lint->out, &where, "unknown item \"%.60s\"; did you mean \"%s\"?", word,
                     nearest);
    else if (names)
        problems_add(&lint->out, &where, "unknown item \"%.60s\"", word);
    else
        problems_add(&lint->out, &where, "%s", err->msg);
}

void lint_rule(struct lint *lint, const struct rule_text *rule, const struct item *repeat,
               const struct list *list, const struct item *own)
{
    const struct expr_spec spec = { rule, list };
    struct lint_expr e = { .lint = lint, .rule = rule, .own = own };
    struct err err = { 0 };
    bool facts = true;

    if (!rule->sql)
        return;
    read_tokens(&e.tokens, rule->sql);
    for (size_t i = 0; i < e.tokens.count; i++)
        facts &= check_fact(&e, i);
    if (!facts)
        ;
    else if (expr_check(lint->db, repeat, &spec, &err) != 0)
        report_error(lint, rule, list, &err);
    else
        check_tokens(&e);
    free(e.tokens.list);
}

/* Cycles */

enum mark { MARK_NEW, MARK_OPEN, MARK_DONE };

struct cycles {
    struct lint *lint;
    unsigned char *marks;     /* by item index */
};

struct visit {
    struct cycles *cycles;
    const struct item *from;
    const struct rule_text *rule;
};

static void visit_item(struct cycles *cycles, const struct item *item);

static void visit_read(void *data, const struct item *item)
{
    struct visit *visit = data;
    struct cycles *cycles = visit->cycles;

    if (cycles->marks[item->index] == MARK_OPEN)
        problems_add(&cycles->lint->out, &visit->rule->where,
                     "\"%s\" depends on \"%s\", which depends on it in turn", visit->from->id,
                     item->id);
    else if (cycles->marks[item->index] == MARK_NEW)
        visit_item(cycles, item);
}

static void visit_rule(struct cycles *cycles, const struct item *item,
                       const struct rule_text *rule)
{
    struct visit visit = { cycles, item, rule };

    if (rule->sql)
        expr_reads(cycles->lint->schema, rule->sql, visit_read, &visit);
}

/* An item's value depends on what it is calculated from and on what makes it relevant: itself, its
 * page, its repeat. */
static void visit_item(struct cycles *cycles, const struct item *item)
{
    cycles->marks[item->index] = MARK_OPEN;
    visit_rule(cycles, item, &item->calculate);
    visit_rule(cycles, item, &item->relevant);
    if (item->repeat)
        visit_rule(cycles, item, &item->repeat->relevant);
    visit_rule(cycles, item, &item->page->relevant);
    cycles->marks[item->index] = MARK_DONE;
}

void lint_cycles(struct lint *lint)
{
    const struct schema *schema = lint->schema;
    struct cycles cycles = { lint, xcalloc(schema->item_count + 1, 1) };

    for (size_t i = 0; i < schema->item_count; i++)
        if (cycles.marks[i] == MARK_NEW)
            visit_item(&cycles, schema->items[i]);
    free(cycles.marks);
}
