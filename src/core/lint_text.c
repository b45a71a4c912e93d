/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Texts: the facts they name, what they must not hold, and how wide they are.
 */
#include "core/lint_parts.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/tr.h"
#include "base/utf8.h"
#include "core/facts.h"

static const char opening[] = "{{fact:", closing[] = "}}";

static bool is_letter(const char *text)
{
    return isalpha((unsigned char)text[0]) || (unsigned char)text[0] >= 0xc3;
}

/* The newer fact that replaces `fact`, or NULL. */
static const struct fact *replaced_by(const struct schema *schema, const struct fact *fact)
{
    for (size_t i = 0; i < schema->fact_count; i++)
        if (schema->facts[i].supersedes == fact)
            return &schema->facts[i];
    return NULL;
}

static const char *nearest_fact(const struct schema *schema, const char *id)
{
    const char **ids = xcalloc(schema->fact_count + 1, sizeof ids[0]);

    for (size_t i = 0; i < schema->fact_count; i++)
        ids[i] = schema->facts[i].id;
    const char *nearest = schema_nearest(id, ids, schema->fact_count);
    free(ids);
    return nearest;
}

static void check_fact_name(struct lint *lint, const struct where *where, const char *what,
                            const char *id)
{
    const struct fact *fact = schema_fact(lint->schema, id);
    const struct fact *newer = fact ? replaced_by(lint->schema, fact) : NULL;
    const char *nearest = fact ? NULL : nearest_fact(lint->schema, id);

    if (!fact)
        problems_add(&lint->out, where,
                     nearest ? "unknown fact \"%.60s\" in \"%s\"; did you mean \"%s\"?"
                             : "unknown fact \"%.60s\" in \"%s\"",
                     id, what, nearest);
    else if (newer)
        problems_add(&lint->out, where,
                     "the fact \"%s\" in \"%s\" has a newer version; name \"%s\"", id, what,
                     newer->id);
}

/* True when {{item:ID}} stands at `at` and may stand there. */
static bool is_answer(struct lint *lint, const struct where *where, const char *what,
                      const char *at, const char *end)
{
    static const char mark[] = "{{item:";
    const char *id = at + strlen(mark);
    const struct item *item;

    if (!lint->answers || !end || strncmp(at, mark, strlen(mark)) != 0)
        return false;
    item = schema_item_n(lint->schema, id, (size_t)(end - id));
    if (!item || item->repeat)
        problems_add(&lint->out, where, "\"%.*s\" in \"%s\" names no question outside repeats",
                     (int)(end - id), id, what);
    return true;
}

void lint_fact_names(struct lint *lint, const struct where *where, const char *what,
                     const char *text)
{
    char id[80];

    for (const char *at = text; at && (at = strstr(at, "{{"));) {
        const char *end = strstr(at, closing);
        if (is_answer(lint, where, what, at, end)) {
            at = end + strlen(closing);
            continue;
        }
        size_t length = end ? (size_t)(end - at) : 0;
        if (strncmp(at, opening, strlen(opening)) != 0 || !end
            || length - strlen(opening) >= sizeof id) {
            problems_add(&lint->out, where, "\"{{\" in \"%s\" must be {{fact:ID}}", what);
            return;
        }
        length -= strlen(opening);
        memcpy(id, at + strlen(opening), length);
        id[length] = '\0';
        check_fact_name(lint, where, what, id);
        at = end + strlen(closing);
        if (is_letter(at) || (at[0] == ':' && is_letter(at + 1)))
            problems_add(&lint->out, where,
                         "no letter or case ending may follow {{fact:%s}} in \"%s\"", id, what);
    }
}

/* Four digits of their own that begin with 19 or 20. */
static bool holds_year(const char *text)
{
    for (size_t i = 0; text[i];) {
        size_t digits = strspn(text + i, "0123456789");
        if (digits == 4 && (strncmp(text + i, "19", 2) == 0 || strncmp(text + i, "20", 2) == 0))
            return true;
        i += digits ? digits : 1;
    }
    return false;
}

static bool holds_address(const char *text)
{
    const char *sign = strchr(text, '@');

    return strstr(text, "://") || strstr(text, "www.")
        || (sign && sign > text && isalnum((unsigned char)sign[-1])
            && isalnum((unsigned char)sign[1]));
}

/* Copies the text without its facts, whose ids may hold years. */
static void without_facts(struct buf *out, const char *text)
{
    const char *at;

    while ((at = strstr(text, opening))) {
        const char *end = strstr(at, closing);
        if (!end)
            break;
        buf_add_n(out, text, (size_t)(at - text));
        text = end + strlen(closing);
    }
    buf_add(out, text);
}

static void check_prose(struct lint *lint, const struct where *where, const char *what,
                        const char *text)
{
    struct buf prose = BUF_INIT;

    without_facts(&prose, text);
    if (holds_year(prose.text))
        problems_add(&lint->out, where, "\"%s\" holds a year; name a fact instead", what);
    if (holds_address(prose.text))
        problems_add(&lint->out, where, "\"%s\" holds an address; name a fact instead", what);
    if (strstr(prose.text, "€"))
        problems_add(&lint->out, where, "\"%s\" holds an amount of money; name a fact instead",
                     what);
    buf_free(&prose);
}

static bool is_same(const struct text *text, int lang)
{
    return lang > 0 && text->in[lang] == text->in[0];
}

void lint_text(struct lint *lint, const struct where *where, const char *what,
               const struct text *text, enum lint_prose prose)
{
    for (int i = 0; i < LANG_COUNT && text->in[0]; i++) {
        if (is_same(text, i))
            continue;
        lint_fact_names(lint, where, what, text->in[i]);
        if (prose == LINT_FORM_TEXT)
            check_prose(lint, where, what, text->in[i]);
    }
}

/* The text with the newest facts put in; units are in English, which is near enough for a width. */
static void with_facts(struct lint *lint, const char *text, enum lang lang, struct buf *out)
{
    const struct tr tr = { .lang = lang };
    const char *at;

    while ((at = strstr(text, opening))) {
        const char *id = at + strlen(opening), *end = strstr(id, closing);
        char name[80] = "";
        if (!end)
            break;
        if ((size_t)(end - id) < sizeof name)
            memcpy(name, id, (size_t)(end - id));
        const struct fact *fact = schema_fact(lint->schema, name);
        buf_add_n(out, text, (size_t)(at - text));
        if (fact)
            fact_value(fact, &tr, out);
        text = end + strlen(closing);
    }
    buf_add(out, text);
}

void lint_label(struct lint *lint, const struct where *where, const struct text *text)
{
    for (int i = 0; i < LANG_COUNT && text->in[0]; i++) {
        struct buf label = BUF_INIT;
        if (is_same(text, i))
            continue;
        with_facts(lint, text->in[i], (enum lang)i, &label);
        int width = utf8_width(label.text);
        if (width > LABEL_COLUMNS_MAX)
            problems_add(&lint->out, where, "the label is %d columns wide in %s; at most %d", width,
                         lang_code((enum lang)i), LABEL_COLUMNS_MAX);
        buf_free(&label);
    }
}

static void check_blanks(struct lint *lint, const struct where *where, const char *text,
                         const struct lint_blanks *blanks)
{
    while ((text = strchr(text, '{'))) {
        size_t length = strcspn(++text, "{}");
        if (blanks->facts && text[0] == '{') {
            const char *end = strstr(text, closing);
            text = end ? end : text + 1;
            continue;
        }
        if (text[length] != '}' || !blanks->known(lint, text, length))
            problems_add(&lint->out, where, "\"{%.*s}\" %s", (int)length, text, blanks->fault);
        text += length;
    }
}

void lint_blanks(struct lint *lint, const struct where *where, const struct text *text,
                 const struct lint_blanks *blanks)
{
    for (int i = 0; i < LANG_COUNT && text->in[0]; i++)
        if (!is_same(text, i))
            check_blanks(lint, where, text->in[i], blanks);
}
