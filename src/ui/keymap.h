/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Actions and their keys: the one table from which come the key map, the footer, the menu and
 * the page of keys.
 *
 * Every action has a plain letter, used where no text is typed, and the same letter with Alt
 * (or Esc and the letter) where text is typed; most have a function key too. Esc and a
 * digit is a function key.
 */
#ifndef UI_KEYMAP_H
#define UI_KEYMAP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/tr.h"
#include "term/term.h"

/* name, key that works everywhere, its name, letter (0: none), label in the footer, in the menu */
#define ACTION_INFO(_) \
    _(OPEN, KEYS_ENTER, "Enter", 0, N_("open"), 0) \
    _(CHOOSE, KEYS_ENTER, "Enter", 0, N_("select"), 0) \
    _(CONTINUE, KEYS_ENTER, "Enter", 0, N_("continue"), 0) \
    _(KEEP, KEYS_ENTER, "Enter", 0, N_("keep"), 0) \
    _(NEXT, KEYS_TAB, "Tab", 0, N_("next"), 0) \
    _(BACK, KEYS_BACK_TAB, N_("Shift-Tab"), 'b', N_("back"), 0) \
    _(LEAVE, KEYS_ESCAPE, "Esc", 0, N_("out"), 0) \
    _(UP, KEYS_UP, "↑", 0, N_("up"), 0) \
    _(DOWN, KEYS_DOWN, "↓", 0, N_("down"), 0) \
    _(PAGE_UP, KEYS_PAGE_UP, "PgUp", 0, N_("page up"), 0) \
    _(PAGE_DOWN, KEYS_PAGE_DOWN, "PgDn", 0, N_("page down"), 0) \
    _(FIRST, KEYS_HOME, "Home", 0, N_("first"), 0) \
    _(LAST, KEYS_END, "End", 0, N_("last"), 0) \
    _(SELECT, ' ', N_("Space"), ' ', N_("select"), 0) \
    _(HELP, KEYS_F0 + 1, "F1", '?', N_("why and help"), 1) \
    _(UNSURE, KEYS_F0 + 4, "F4", 'x', N_("I do not know"), 0) \
    _(ADD, KEYS_INSERT, "Ins", '+', N_("add"), 0) \
    _(REMOVE, KEYS_DELETE, "Del", 'd', N_("remove"), 0) \
    _(MOVE_UP, KEYS_ALT + '<', "Alt-<", '<', N_("move up"), 0) \
    _(MOVE_DOWN, KEYS_ALT + '>', "Alt->", '>', N_("move down"), 0) \
    _(SEARCH, KEYS_F0 + 3, "F3", '/', N_("search"), 1) \
    _(TODAY, KEYS_F0 + 5, "F5", 't', N_("today"), 1) \
    _(TIMELINE, KEYS_ALT + 'a', "Alt-a", 'a', N_("timeline"), 1) \
    _(EARLIER, KEYS_LEFT, "←", 0, N_("earlier"), 0) \
    _(LATER, KEYS_RIGHT, "→", 0, N_("later"), 0) \
    _(ZOOM_IN, '+', "+", '+', N_("closer"), 0) \
    _(ZOOM_OUT, '-', "-", '-', N_("wider"), 0) \
    _(WEEK_EARLIER, '-', "-", '-', N_("a week earlier"), 0) \
    _(WEEK_LATER, '+', "+", '+', N_("a week later"), 0) \
    _(WHAT_IF, KEYS_ALT + 'w', "Alt-w", 'w', N_("what if"), 0) \
    _(DONE, KEYS_ALT + 'd', "Alt-d", 'd', N_("mark done"), 0) \
    _(BEGUN, KEYS_ALT + 'e', "Alt-e", 'e', N_("mark begun"), 0) \
    _(GROUPS, KEYS_ALT + 'j', "Alt-j", 'j', N_("grouping"), 0) \
    _(CALENDAR, KEYS_ALT + 'i', "Alt-i", 'i', N_("into a calendar"), 0) \
    _(CHECK, KEYS_F0 + 7, "F7", 'c', N_("check answers"), 1) \
    _(FACTS, KEYS_ALT + 'f', "Alt-f", 'f', N_("facts to check"), 1) \
    _(ITS_FACTS, KEYS_ALT + 'f', "Alt-f", 'f', N_("facts of the question"), 0) \
    _(PRINT, KEYS_F0 + 2, "F2", 'p', N_("print"), 1) \
    _(PEEK, KEYS_F0 + 11, "F11", 's', N_("in another language"), 0) \
    _(LANG, KEYS_F0 + 6, "F6", 'k', N_("language"), 1) \
    _(UNDO, KEYS_F0 + 8, "F8", 'u', N_("undo"), 1) \
    _(REDO, KEYS_F0 + 9, "F9", 'r', N_("redo"), 1) \
    _(TAKE, KEYS_ALT + 'o', "Alt-o", 'o', N_("take from the register"), 0) \
    _(PROPOSAL, KEYS_ALT + 'e', "Alt-e", 'e', N_("take the proposal"), 0) \
    _(REGISTER, KEYS_ALT + 'g', "Alt-g", 'g', N_("check against the register"), 1) \
    _(BACKUP, KEYS_ALT + 'v', "Alt-v", 'v', N_("copy the plan to another place"), 1) \
    _(IMPORT, KEYS_ALT + 'i', "Alt-i", 'i', N_("bring in people or card tests"), 1) \
    _(RIGHTS, KEYS_ALT + 'l', "Alt-l", 'l', N_("rights matrix"), 1) \
    _(SET_RIGHTS, 0, "v k m a …", 0, N_("rights"), 0) \
    _(CLEAR, KEYS_DELETE, "Del", 0, N_("clear"), 0) \
    _(GIVE_ROLE, KEYS_ENTER, "Enter", 0, N_("give or open"), 0) \
    _(END_ROLE, KEYS_DELETE, "Del", 0, N_("end today"), 0) \
    _(CONFIRM, ' ', N_("Space"), ' ', N_("confirm"), 0) \
    _(OTHER_GRID, KEYS_TAB, "Tab", 0, N_("roles or people"), 0) \
    _(FILL, KEYS_ALT + 'e', "Alt-e", 'e', N_("fill"), 0) \
    _(FILTER, KEYS_ALT + 'f', "Alt-f", 'f', N_("filter"), 0) \
    _(COMPARE, KEYS_ALT + 'd', "Alt-d", 'd', N_("compare"), 0) \
    _(COPY_ROW, KEYS_ALT + 'c', "Alt-c", 'c', N_("copy row"), 0) \
    _(PASTE_ROW, KEYS_ALT + 'p', "Alt-p", 'p', N_("paste row"), 0) \
    _(BLOCK, KEYS_ALT + 'b', "Alt-b", 'b', N_("block"), 0) \
    _(SCOPE, KEYS_ALT + 'g', "Alt-g", 'g', N_("register"), 0) \
    _(WHO, KEYS_ALT + 'w', "Alt-w", 'w', N_("who can?"), 0) \
    _(NEXT_FINDING, KEYS_ALT + 'n', "Alt-n", 'n', N_("next finding"), 0) \
    _(GRID_MENU, KEYS_F0 + 10, "F10", 0, N_("menu"), 0) \
    _(ACCEPT, KEYS_ALT + 'o', "Alt-o", 'o', N_("accept a warning"), 0) \
    _(LOAD, KEYS_ALT + 'i', "Alt-i", 'i', N_("bring in the register"), 0) \
    _(READER, KEYS_ALT + 'z', "Alt-z", 'z', N_("card-reader test"), 1) \
    _(NOTE, KEYS_ENTER, "Enter", 0, N_("note the card"), 0) \
    _(WHOSE, KEYS_ALT + 'e', "Alt-e", 'e', N_("choose whose card"), 0) \
    _(STATION, KEYS_ALT + 'w', "Alt-w", 'w', N_("workstation"), 0) \
    _(COPY, KEYS_F0 + 12, "F12", 'y', N_("page as text"), 1) \
    _(KEYS, KEYS_ALT + 'h', "Alt-h", 'h', N_("keys"), 1) \
    _(MENU, KEYS_F0 + 10, "F10", 'm', N_("menu"), 0) \
    _(QUIT, KEYS_ALT + 'q', "Alt-q", 'q', N_("quit"), 1) \
    _(INTERRUPT, KEYS_CTRL + 'c', "Ctrl-C", 0, N_("quit"), 0)

#define ACTION_AS_ENUM(name, key, key_name, letter, label, menu) ACTION_##name,
enum action { ACTION_INFO(ACTION_AS_ENUM) ACTION_COUNT, ACTION_NONE = ACTION_COUNT };
#undef ACTION_AS_ENUM

/* The action of a key among those that the view knows and those that work everywhere;
 * ACTION_NONE when it is none, or is text because the view is typing. */
enum action keymap_find(const enum action *known, uint32_t key, bool typing);

/* What the action is called in the footer and the menu: a msgid. */
const char *keymap_label(enum action action);
/* The key to show for the action: its letter, or when typing the key that works there. Msgid or
 * one letter; good until the end of the program. */
const char *keymap_key(enum action action, bool typing);
bool keymap_is_in_menu(enum action action);

#endif
