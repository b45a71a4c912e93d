/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * How each type of item is asked and how what was said becomes a value.
 *
 * Choices can be named by their number in the list that was told, by id, by label and by the
 * beginning of a label that no other has; so someone who types "2" and someone who types the word
 * both get on.
 */
#include "line/line_parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

/* ---- options: what can be chosen at a place, in the order in which it is told ---- */

struct option {
    const char *value;        /* borrowed */
    char *label, *hint;
};

struct options {
    struct option *at;
    size_t count, room;
};

static void add_option(struct options *options, const char *value, const char *label,
                       const char *hint)
{
    options->at = vec_room(options->at, &options->room, options->count + 1,
                           sizeof options->at[0]);
    options->at[options->count++] = (struct option){ value, xstrdup(label), xstrdup(hint) };
}

static void options_free(struct options *options)
{
    for (size_t i = 0; i < options->count; i++) {
        free(options->at[i].label);
        free(options->at[i].hint);
    }
    free(options->at);
}

static void list_options(const struct line *line, const struct place *place,
                         struct options *out)
{
    const struct list *list = place->item->list;

    for (size_t i = 0; i < list->choice_count; i++) {
        const struct choice *choice = &list->choices[i];
        struct buf label = BUF_INIT, hint = BUF_INIT;
        plan_text(line->plan, &choice->label, &line->tr, &label);
        plan_text(line->plan, &choice->hint, &line->tr, &hint);
        if (engine_is_offered(line->plan->engine, place->item, place->row, choice->id))
            add_option(out, choice->id, label.text, hint.text);
        buf_free(&label);
        buf_free(&hint);
    }
}

static void row_options(const struct line *line, const struct place *place,
                        struct options *out)
{
    const struct item *item = place->item;
    size_t rows = answers_row_count(line->plan->answers, item->target);

    for (size_t i = 0; i < rows; i++) {
        const char *key = answers_row_at(line->plan->answers, item->target, i)->key;
        const char *shown = item->target_show
                                ? answers_value(line->plan->answers, item->target_show, key)
                                : NULL;
        struct buf name = BUF_INIT;
        if (shown)
            buf_add(&name, shown);
        else
            plan_row_name(line->plan, item->target, key, &line->tr, &name);
        add_option(out, key, name.text, "");
        buf_free(&name);
    }
}

static void options_of(const struct line *line, const struct place *place, struct options *out)
{
    *out = (struct options){ 0 };
    if (place->item->type == ITEM_ROW) {
        row_options(line, place, out);
    } else if (place->item->type == ITEM_YESNO) {
        add_option(out, "1", line_text(line, "yes"), "");
        add_option(out, "0", line_text(line, "no"), "");
    } else {
        list_options(line, place, out);
    }
}

static void tell_options(struct line *line, const struct place *place)
{
    struct options options;

    options_of(line, place, &options);
    for (size_t i = 0; i < options.count; i++)
        line_sayf(line, "  %zu %s%s%s", i + 1, options.at[i].label,
                  options.at[i].hint[0] ? ". " : "", options.at[i].hint);
    options_free(&options);
}

static void tell_rows_to_choose(struct line *line, const struct place *place)
{
    if (answers_row_count(line->plan->answers, place->item->target) == 0)
        line_sayf(line, line_text(line, "There is nothing to choose yet. First answer: %s"),
                  text_get(&place->item->target->label, line->tr.lang));
    tell_options(line, place);
}

enum { BEGINNING_MIN = 2 };

/* The one option whose label begins with the text; NULL when none or several do. */
static const char *option_begun(const struct options *options, const char *text)
{
    const char *found = NULL;
    struct buf begun = BUF_INIT, label = BUF_INIT;
    int count = 0;

    utf8_fold(&begun, text);
    for (size_t i = 0; i < options->count && begun.length >= BEGINNING_MIN; i++) {
        buf_clear(&label);
        utf8_fold(&label, options->at[i].label);
        if (strncmp(label.text, begun.text, begun.length) == 0) {
            found = options->at[i].value;
            count++;
        }
    }
    buf_free(&begun);
    buf_free(&label);
    return count == 1 ? found : NULL;
}

static const char *option_named(const struct options *options, const char *text, bool literal)
{
    size_t number = literal ? 0 : line_number(text, options->count);

    if (number)
        return options->at[number - 1].value;
    for (size_t i = 0; i < options->count; i++)
        if (strcmp(options->at[i].value, text) == 0 || utf8_same_folded(options->at[i].label, text))
            return options->at[i].value;
    return option_begun(options, text);
}

/* ---- what was said, as a value ---- */

static bool read_text(struct line *line, const struct place *place,
                      const struct saying *saying, struct buf *value)
{
    (void)line;
    (void)place;
    buf_add(value, saying->text.text);
    return true;
}

/* Only an item of the list has a meaning; yes and no are also known by their usual words. */
static bool read_option(struct line *line, const struct place *place,
                        const struct saying *saying, struct buf *value)
{
    struct check check = CHECK_INIT;
    struct options options;
    const char *found;

    options_of(line, place, &options);
    found = option_named(&options, saying->text.text, saying->literal);
    if (!found && place->item->type == ITEM_YESNO) {
        check_value(place->item, saying->text.text, line->plan->today, &check);
        found = check.state == CHECK_OK ? check.value.text : NULL;
    }
    if (found)
        buf_add(value, found);
    else
        line_sayf(line, line_text(line, "\"%s\" is not among the choices. Give a number from 1 "
                                        "to %zu."), saying->text.text, options.count);
    options_free(&options);
    check_free(&check);
    return found != NULL;
}

static bool add_named(const struct options *options, const char *word, struct buf *value)
{
    const char *found = option_named(options, word, false);

    if (found)
        buf_addf(value, "%s%s", value->length ? " " : "", found);
    return found != NULL;
}

/* Numbers or ids with blanks or commas between, or one label. */
static bool read_options(struct line *line, const struct place *place,
                         const struct saying *saying, struct buf *value)
{
    const char *whole, *at = saying->text.text;
    struct options options;
    bool good = true;

    options_of(line, place, &options);
    whole = option_named(&options, at, saying->literal);
    if (whole)
        buf_add(value, whole);
    while (!whole && *at && good) {
        size_t length = strcspn(at, " ,;");
        char *word = xstrndup(at, length);
        good = length == 0 || add_named(&options, word, value);
        if (!good)
            line_sayf(line, line_text(line, "\"%s\" is not among the choices. Give numbers from "
                                            "1 to %zu with spaces between."),
                      word, options.count);
        free(word);
        at += length;
        at += strspn(at, " ,;");
    }
    options_free(&options);
    return good;
}

/* ---- the table ---- */

static const struct line_kind kinds[ITEM_TYPE_COUNT] = {
    [ITEM_TEXT] = { NULL, read_text, line_ask_value, N_("Text") },
    [ITEM_LONGTEXT] = { NULL, read_text, line_ask_long, N_("Text, several lines") },
    [ITEM_FILE_REF] = { NULL, read_text, line_ask_value, N_("Path of the file") },
    [ITEM_YTUNNUS] = { NULL, read_text, line_ask_value, N_("Business ID") },
    [ITEM_OID] = { NULL, read_text, line_ask_value, N_("OID code") },
    [ITEM_PHONE] = { NULL, read_text, line_ask_value, N_("Telephone number") },
    [ITEM_EMAIL] = { NULL, read_text, line_ask_value, N_("E-mail address") },
    [ITEM_POSTCODE] = { NULL, read_text, line_ask_value, N_("Postal code") },
    [ITEM_CARD_READER] = { NULL, read_text, line_ask_value, N_("Card reader") },
    [ITEM_INTEGER] = { NULL, read_text, line_ask_value, N_("Whole number") },
    [ITEM_DECIMAL] = { NULL, read_text, line_ask_value, N_("A number such as 12,5") },
    [ITEM_DATE] = { NULL, read_text, line_ask_value, N_("Date such as 1.9.2027 or +14") },
    [ITEM_YESNO] = { tell_options, read_option, line_ask_value, N_("Number") },
    [ITEM_ONE] = { tell_options, read_option, line_ask_value, N_("Number") },
    [ITEM_MANY] = { tell_options, read_options, line_ask_value, N_("Numbers with spaces") },
    [ITEM_ROW] = { tell_rows_to_choose, read_option, line_ask_value, N_("Number") },
    [ITEM_NOTE] = { NULL, read_text, line_ask_note, N_("Enter goes on") },
    [ITEM_HEADING] = { NULL, read_text, line_ask_note, N_("Enter goes on") },
    [ITEM_REPEAT] = { NULL, read_text, line_ask_rows, NULL },
};

const struct line_kind *line_kind(enum item_type type)
{
    return &kinds[type];
}
