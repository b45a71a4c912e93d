/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What the content says of cards: signs and their values exist, ids are not used twice, texts are
 * whole, numbers have the form that the program reads.
 */
#include <string.h>

#include "core/card_notes.h"
#include "core/card_signs.h"
#include "core/lint_parts.h"

enum { SHA256_DIGITS = 64 };

static bool has_word(const char *words, const char *word)
{
    size_t length = strlen(word);

    for (const char *at = strstr(words, word); at; at = strstr(at + 1, word))
        if ((at == words || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0'))
            return true;
    return false;
}

static void check_value(struct lint *lint, const struct card_condition *condition,
                        const struct card_sign_info *info, const char *value)
{
    if (!card_value_is_sound(value))
        problems_add(&lint->out, &condition->where, "\"%.60s\" is no value to compare with", value);
    else if (info->values && !strchr("-*<>", value[0]) && !has_word(info->values, value))
        problems_add(&lint->out, &condition->where, "the sign \"%s\" is never \"%.60s\", but %s",
                     info->name, value, info->values);
}

static void check_conditions(struct lint *lint, const struct card_conditions *conditions)
{
    for (size_t i = 0; i < conditions->count; i++) {
        const struct card_condition *condition = &conditions->at[i];
        const struct card_sign_info *info = card_sign_find(condition->sign);
        if (!info) {
            problems_add(&lint->out, &condition->where, "there is no sign \"%.60s\"",
                         condition->sign);
            continue;
        }
        for (const char **value = condition->values; value && *value; value++)
            check_value(lint, condition, info, *value);
    }
}

static bool is_sign(const struct lint *lint, const char *text, size_t length)
{
    char name[CARD_KEY_MAX] = "";

    (void)lint;
    if (length < sizeof name)
        memcpy(name, text, length);
    return card_sign_find(name) != NULL;
}

static void check_words(struct lint *lint, const struct where *where, const char *what,
                        const struct text *text)
{
    static const struct lint_blanks signs = { is_sign, "is no sign", true };

    lint_text(lint, where, what, text, LINT_DATA_TEXT);
    lint_blanks(lint, where, text, &signs);
}

/* A command is copied into a terminal: it may name nothing but what the data say. */
static void check_command(struct lint *lint, const struct card_case *one)
{
    for (const char *at = one->command; at && (at = strchr(at, '{')); at++)
        if (strncmp(at, "{usb_package}", 13) != 0)
            problems_add(&lint->out, &one->where, "a command may hold no blank but {usb_package}");
}

static void check_case(struct lint *lint, const struct cards *cards, const struct card_case *one)
{
    check_command(lint, one);
    check_words(lint, &one->where, "cause", &one->cause);
    check_words(lint, &one->where, "remedy", &one->remedy);
    check_conditions(lint, &one->when);
    check_conditions(lint, &one->unless);
    if (card_case_find(cards, one->id) != one)
        problems_add(&lint->out, &one->where, "the id \"%s\" is used twice", one->id);
    for (const char **id = one->ask; id && *id; id++)
        if (!card_contact_find(cards, *id))
            problems_add(&lint->out, &one->where, "unknown contact \"%.60s\"", *id);
}

static void check_kind(struct lint *lint, const struct cards *cards, const struct card_kind *kind)
{
    const struct list *choices = schema_list(lint->schema, "card_kinds");

    lint_text(lint, &kind->where, "title", &kind->title, LINT_DATA_TEXT);
    check_conditions(lint, &kind->when);
    if (card_kind_find(cards, kind->id) != kind)
        problems_add(&lint->out, &kind->where, "the id \"%s\" is used twice", kind->id);
    if (kind->choice && choices && !list_choice(choices, kind->choice))
        problems_add(&lint->out, &kind->where, "the list card_kinds has no \"%.60s\"",
                     kind->choice);
}

static void check_hex(struct lint *lint, const struct where *where, const char *what,
                      const char *text, size_t digits)
{
    size_t length = text ? strspn(text, "0123456789ABCDEF?") : 0;

    if (text && (text[length] != '\0' || length == 0 || (digits && length != digits)
                 || (digits && strchr(text, '?'))))
        problems_add(&lint->out, where, "\"%s\" must be hexadecimal digits in capitals", what);
}

static void check_tables(struct lint *lint, const struct cards *cards)
{
    for (size_t i = 0; i < cards->policy_count; i++)
        if (!card_kind_find(cards, cards->policies[i].kind))
            problems_add(&lint->out, &cards->policies[i].where, "there is no kind \"%.60s\"",
                         cards->policies[i].kind);
    for (size_t i = 0; i < cards->chip_count; i++) {
        lint_text(lint, &cards->chips[i].where, "title", &cards->chips[i].title, LINT_DATA_TEXT);
        check_hex(lint, &cards->chips[i].where, "history", cards->chips[i].history, 0);
    }
    for (size_t i = 0; i < cards->root_count; i++)
        check_hex(lint, &cards->roots[i].where, "sha256", cards->roots[i].sha256, SHA256_DIGITS);
    for (size_t i = 0; i < cards->pins_count; i++) {
        check_hex(lint, &cards->pins[i].where, "pin1", cards->pins[i].pin1, 2);
        check_hex(lint, &cards->pins[i].where, "pin2", cards->pins[i].pin2, 2);
        check_hex(lint, &cards->pins[i].where, "puk", cards->pins[i].puk, 2);
    }
    for (size_t i = 0; i < cards->driver_count; i++)
        check_hex(lint, &cards->drivers[i].where, "vendor", cards->drivers[i].vendor, 4);
}

static void check_software(struct lint *lint, const struct card_software *software)
{
    lint_text(lint, &software->where, "title", &software->title, LINT_DATA_TEXT);
    if (!card_sign_find(software->id))
        problems_add(&lint->out, &software->where, "there is no sign \"%s\"", software->id);
}

/* What the program writes has to be a choice. */
static void need_choice(struct lint *lint, const struct cards *cards, enum card_item which,
                        const char *choice)
{
    const struct item *item = cards->inventory.items[which];

    if (item && (!item->list || !list_choice(item->list, choice)))
        problems_add(&lint->out, &cards->inventory.where, "the item \"%s\" has no choice \"%s\"",
                     item->id, choice);
}

static void check_inventory(struct lint *lint, const struct cards *cards)
{
    for (size_t i = 0; i < cards->kind_count; i++)
        need_choice(lint, cards, CARD_ITEM_SEEN_KIND, cards->kinds[i].id);
    need_choice(lint, cards, CARD_ITEM_HOW, CARD_TEST_MEASURED);
    need_choice(lint, cards, CARD_ITEM_STATION_HOW, CARD_TEST_MEASURED);
}

void lint_cards(struct lint *lint)
{
    const struct cards *cards = lint->schema->cards;

    if (!cards)
        return;
    for (size_t i = 0; i < cards->case_count; i++)
        check_case(lint, cards, &cards->cases[i]);
    for (size_t i = 0; i < cards->contact_count; i++)
        lint_text(lint, &cards->contacts[i].where, "text", &cards->contacts[i].text,
                  LINT_DATA_TEXT);
    for (size_t i = 0; i < cards->kind_count; i++)
        check_kind(lint, cards, &cards->kinds[i]);
    for (size_t i = 0; i < cards->software_count; i++)
        check_software(lint, &cards->software[i]);
    check_tables(lint, cards);
    check_inventory(lint, cards);
}
