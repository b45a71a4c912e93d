/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The texts of the check against the organisation register: every message that the program says
 * has its text, in the order of rank, and names only blanks, contacts and kinds that exist.
 */
#include <string.h>

#include "core/lint_parts.h"
#include "core/register_check.h"

static bool is_blank(const struct lint *lint, const char *text, size_t length)
{
    (void)lint;
    for (int i = 0; i < REGCHECK_BLANK_COUNT; i++) {
        const char *name = register_blank_name((enum register_blank)i);
        if (strlen(name) == length && strncmp(name, text, length) == 0)
            return true;
    }
    return false;
}

static void check_words(struct lint *lint, const struct register_word *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        lint_text(lint, &words[i].where, "text", &words[i].text, LINT_DATA_TEXT);
        lint_text(lint, &words[i].where, "more", &words[i].more, LINT_DATA_TEXT);
        if (register_word_find(words, count, words[i].id) != &words[i])
            problems_add(&lint->out, &words[i].where, "the id \"%s\" is used twice", words[i].id);
    }
}

static void check_message(struct lint *lint, const struct registers *registers, size_t at)
{
    static const struct lint_blanks blanks = {
        is_blank, "is no blank of a register message", true
    };
    const struct register_wording *wording = &registers->messages[at];
    int message = register_message_find(wording->id);

    lint_text(lint, &wording->where, "message", &wording->message, LINT_DATA_TEXT);
    lint_text(lint, &wording->where, "remedy", &wording->remedy, LINT_DATA_TEXT);
    lint_blanks(lint, &wording->where, &wording->message, &blanks);
    lint_blanks(lint, &wording->where, &wording->remedy, &blanks);
    if (message != (int)at)
        problems_add(&lint->out, &wording->where, message < 0
                     ? "the program says no message \"%s\""
                     : "the message \"%s\" does not stand at its rank, which the program knows",
                     wording->id);
    for (const char **id = wording->contacts; id && *id; id++)
        if (!register_word_find(registers->contacts, registers->contact_count, *id))
            problems_add(&lint->out, &wording->where, "unknown contact \"%s\"", *id);
}

static void need_word(struct lint *lint, const struct where *where,
                      const struct register_word *words, size_t count, const char *id)
{
    if (!register_word_find(words, count, id))
        problems_add(&lint->out, where, "\"%s\" is missing among the register texts", id);
}

void lint_registers(struct lint *lint)
{
    static const char *const kinds[] = {
        "operating", "service", "controller", "document", "event", "code_set", "device",
        "messaging", "person", "professional", "self_employed", "other",
    };
    static const char *const notes[] = { "where", "import", "again" };
    const struct registers *registers = lint->schema->registers;

    if (!registers)
        return;
    check_words(lint, registers->states, registers->state_count);
    check_words(lint, registers->notes, registers->note_count);
    check_words(lint, registers->contacts, registers->contact_count);
    check_words(lint, registers->kinds, registers->kind_count);
    for (size_t i = 0; i < registers->message_count; i++)
        check_message(lint, registers, i);
    if (registers->message_count != REGCHECK_MESSAGE_COUNT)
        problems_add(&lint->out, &registers->where, "there are %zu register messages; the program "
                     "says %d", registers->message_count, REGCHECK_MESSAGE_COUNT);
    for (int i = 0; i < REGCHECK_STATE_COUNT; i++)
        need_word(lint, &registers->where, registers->states, registers->state_count,
                  register_state_id((enum register_state)i));
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        need_word(lint, &registers->where, registers->kinds, registers->kind_count, kinds[i]);
    for (size_t i = 0; i < sizeof notes / sizeof notes[0]; i++)
        need_word(lint, &registers->where, registers->notes, registers->note_count, notes[i]);
}
