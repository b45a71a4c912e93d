/* SPDX-License-Identifier: EUPL-1.2 */
#include "ui/keymap.h"

#include "base/mem.h"

static const struct {
    uint32_t key;
    const char *key_name;
    char letter;
    const char *label;
    bool menu;
} actions[ACTION_COUNT] = {
#define ACTION_AS_ROW(name, key, key_name, letter, label, menu) \
    [ACTION_##name] = { key, key_name, letter, label, menu },
    ACTION_INFO(ACTION_AS_ROW)
#undef ACTION_AS_ROW
};

/* What a view need not name: it works everywhere. */
static const enum action everywhere[] = {
    ACTION_MENU, ACTION_QUIT, ACTION_INTERRUPT, ACTION_UNDO, ACTION_REDO, ACTION_LANG, ACTION_PRINT,
    ACTION_SEARCH, ACTION_TODAY, ACTION_TIMELINE, ACTION_CHECK, ACTION_COPY, ACTION_KEYS,
    ACTION_BACKUP, ACTION_IMPORT, ACTION_FACTS, ACTION_REGISTER, ACTION_RIGHTS, ACTION_READER
};

static bool key_means(enum action action, uint32_t key, bool typing)
{
    uint32_t letter = (unsigned char)actions[action].letter;

    if (actions[action].key && key == actions[action].key)
        return !typing || key >= KEYS_NONE;
    if (!letter)
        return false;
    return key == KEYS_ALT + letter || (!typing && key == letter);
}

enum action keymap_find(const enum action *known, uint32_t key, bool typing)
{
    for (; known && *known != ACTION_NONE; known++)
        if (key_means(*known, key, typing))
            return *known;
    for (size_t i = 0; i < countof(everywhere); i++)
        if (key_means(everywhere[i], key, typing))
            return everywhere[i];
    return ACTION_NONE;
}

const char *keymap_label(enum action action)
{
    return actions[action].label;
}

const char *keymap_key(enum action action, bool typing)
{
    static const char letters[][2] = { "?", "x", "+", "d", "<", ">", "/", "t", "c", "p",
                                       "s", "k", "u", "r", "y", "h", "m", "q", "b",
                                       "v", "i", "f", "o", "g", "a", "w", "e", "j", "-", "l",
                                       "n", "z" };

    for (size_t i = 0; !typing && i < countof(letters); i++)
        if (letters[i][0] == actions[action].letter)
            return letters[i];
    return actions[action].key_name;
}

bool keymap_is_in_menu(enum action action)
{
    return actions[action].menu;
}
