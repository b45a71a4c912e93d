/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What the files of line mode share; private to them.
 *
 * The conversation is a tree of loops: task list, form, rows, question. Each loop tells
 * something, reads one line and acts. A loop below tells by enum line_go where the one above
 * goes on; `quit` in struct line ends them all.
 */
#ifndef LINE_LINE_PARTS_H
#define LINE_LINE_PARTS_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/tr.h"
#include "core/plan.h"
#include "line/line.h"

struct input;

/* An answer that could not be written. */
struct line_unsaved {
    const struct item *item;
    char row[24];             /* "" outside repeats */
};

struct line {
    struct plan *plan;
    const struct face_hooks *hooks;
    struct tr tr;
    struct input *input;
    FILE *out;
    bool utf8;
    struct buf print_folder;  /* where files are printed to; "": beside the plan */
    bool full;                /* ask questions of low priority too */
    bool quit;                /* the user quits, or the input has ended */
    const struct page *page;  /* the page that was told last */
    struct line_unsaved *unsaved;  /* answers that could not be written (line_more.c) */
    size_t unsaved_count, unsaved_room;
};

/* ---- line_io.c: reading and saying ---- */

struct input *input_new(FILE *in, FILE *out, bool utf8);
void input_free(struct input *input);

/* Says a text: one or more lines, wrapped when the terminal's width is known. */
void line_say(struct line *line, const char *text);
/* Columns for a text: those of the terminal, 80 where there is none. */
int line_cols(const struct line *line);
void line_sayf(struct line *line, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void line_say_error(struct line *line, const struct err *err);

/* The text in the user's language. */
const char *line_text(const struct line *line, const char *msgid);
const char *line_plural(const struct line *line, const char *one, const char *many, size_t n);

/* Reads one cleaned line into `text`, after the prompt. False, and line->quit is set, when the
 * input has ended or the user has interrupted and wants to quit. */
bool line_read(struct line *line, const char *prompt, struct buf *text);

/* What the user said: one of the commands, which are lines of one character, or a text. */
enum said {
    SAID_TEXT, SAID_NOTHING, SAID_HELP, SAID_BACK, SAID_STATUS, SAID_CLEAR, SAID_UNSURE,
    SAID_LIST, SAID_END
};

struct saying {
    enum said said;
    bool literal;             /* began with a backslash: never a number or a command */
    struct buf text;          /* without the backslash */
};

/* Reads a line and tells what it means. Quitting is asked about here. */
void line_listen(struct line *line, const char *prompt, struct saying *out);

/* Waits until `fd` can be read, or the user has typed a line or has interrupted. */
enum line_woke { LINE_WOKE_READY, LINE_WOKE_TYPED, LINE_WOKE_INTERRUPTED };
enum line_woke line_wait(struct line *line, int fd);

/* The user has pressed Ctrl-C since the last line; forgotten with this. */
bool line_interrupted(void);

/* The plan can be changed; otherwise the reason is said. */
bool line_can_write(struct line *line);

/* Asks yes or no until it is answered; nothing and the end of the input mean no. */
bool line_confirm(struct line *line, const char *question);

/* The number that `text` is, from 1 to `count`; 0 when it is none. */
size_t line_number(const char *text, size_t count);
/* Asks for such a number; 0 when anything else is said. */
size_t line_ask_number(struct line *line, const char *prompt, size_t count);

/* ---- line_kinds.c: one row per type of item ---- */

enum line_go { GO_ON, GO_BACK, GO_LIST };

struct line_kind {
    /* Tells what can be answered, before the prompt; NULL: nothing to tell. */
    void (*tell)(struct line *line, const struct place *place);
    /* Turns what was said into a text for plan_set(); false, with the reason said, when it means
     * nothing. */
    bool (*read)(struct line *line, const struct place *place, const struct saying *saying,
                 struct buf *value);
    /* The whole conversation about one place. */
    enum line_go (*ask)(struct line *line, const struct place *place);
    const char *what;         /* what to type, in the prompt (msgid) */
};

const struct line_kind *line_kind(enum item_type type);

/* ---- line_ask.c: questions ---- */

/* Asks one place. */
enum line_go line_ask(struct line *line, const struct place *place);
enum line_go line_ask_value(struct line *line, const struct place *place);
enum line_go line_ask_note(struct line *line, const struct place *place);
enum line_go line_ask_long(struct line *line, const struct place *place);

/* Asks about a place that a list names: also one that is not asked now, or only computed. */
enum line_go line_visit(struct line *line, const struct place *place);

/* Moves to the next (1) or previous (-1) step of the form or row; false at its end. */
bool line_step(const struct line *line, struct place *at, int direction);

/* "Task, question 3/6. Label?" and what belongs to it. */
void line_tell_question(struct line *line, const struct place *place);
void line_tell_help(struct line *line, const struct place *place);
/* Where the user is (place NULL: in the task list), how far the plan is, when it was saved. */
void line_tell_status(struct line *line, const struct place *place);
/* The answer as it reads, with the weekday of a date; nothing when there is none. */
void line_show(const struct line *line, const struct place *place, struct buf *out);
/* "Now: …. Number, ? help, < back, = status: " */
void line_prompt(const struct line *line, const struct place *place, const char *what,
                 struct buf *out);

/* ---- line_form.c: forms and rows ---- */

/* A form from a place on (item NULL: from the first open question) to its check page. */
void line_form(struct line *line, const struct form *form, const struct place *start);
enum line_go line_ask_rows(struct line *line, const struct place *place);

/* ---- line_check.c: reviewing ---- */

/* Check your answers: of a form, or (NULL) of the whole plan. */
enum line_go line_check(struct line *line, const struct form *form);
/* What is wrong, with numbers; of a form, or (NULL) of the whole plan. With `always` it says so
 * when nothing is wrong. */
enum line_go line_problems(struct line *line, const struct form *form, bool always);

/* After a numbered list was told: asks for a number and visits the place. False when the user
 * goes on or away; `*go` tells where. */
bool line_pick(struct line *line, const struct places *places, const char *what,
               enum line_go *go);
void line_add_place(struct places *places, const struct item *item, const char *row);

/* ---- line_register.c: the organisation register ---- */

/* What the register says about the answer of a place; false when the place is none that is
 * compared. `offer` gets the value that "*" takes over; "" when there is none. */
bool line_tell_register(struct line *line, const struct place *place, struct buf *offer);
/* The check of all codes, and the search. */
void line_register(struct line *line);
/* The register from a file (line_register_load.c). */
void line_register_load(struct line *line);

/* ---- line_reader.c: the card-reader test ---- */

bool line_can_read_cards(const struct line *line);
void line_reader(struct line *line);

/* ---- line_rights.c: the rights matrix ---- */

struct rights_changed;
struct rights_frame;

void line_rights(struct line *line);
/* Roles and their cells (line_rights_roles.c). */
void line_rights_roles(struct line *line, const struct rights_frame *frame);
/* Which warning to accept, and why (line_rights_accept.c). */
void line_rights_accept(struct line *line);
/* Which roles to add from a template. */
void line_rights_add(struct line *line);
/* The matrix as the answers make it now; belongs to the engine, until the next change. */
const struct rights *line_rights_now(const struct line *line);
/* Letters of rights in a text such as "v k"; -1 when there is something else in it. */
int line_rights_letters(const char *text);
/* What came of a change. */
void line_rights_done(struct line *line, int code, const struct err *err,
                      const struct rights_changed *changed, const char *text);

/* ---- line_schedule.c: the schedule ---- */

/* What is to be done today; the whole schedule, to be looked at and changed. */
void line_today(struct line *line);
/* Says the most urgent thing to do, if there is one. */
void line_tell_today(struct line *line);
void line_timeline(struct line *line);

/* ---- line_more.c: what can be done beside answering ---- */

/* What is open before a gate; a number leads to the question. */
void line_gate(struct line *line, const struct task *gate);
void line_search(struct line *line, const char *words);
void line_copy(struct line *line);
void line_import(struct line *line);
void line_choose_lang(struct line *line);
void line_undo(struct line *line, bool again);
void line_offer_drafts(struct line *line);

/* Asks for a number from 1 to `count`, again when it is none; 0 when the user goes back. */
size_t line_choose(struct line *line, const char *prompt, size_t count);

/* Notes whether the answer of the place could be written; what to say about saving when the
 * user leaves: `all` when every answer is saved. */
void line_note_saved(struct line *line, const struct place *place, bool saved);
void line_tell_saved(struct line *line, const char *all, struct buf *out);

/* ---- line_print.c: documents ---- */

struct line_choice {
    char *label;
    int code;
};

/* Numbered choices, zeroed at first. */
struct line_menu {
    struct line_choice *at;
    size_t count, room;
};

/* `code` is from 0. With `now` the label tells what is chosen: "Language: suomi". */
void line_menu_add(struct line_menu *menu, int code, const char *label, const char *now);
void line_menu_clear(struct line_menu *menu);
void line_menu_free(struct line_menu *menu);
void line_menu_tell(struct line *line, const struct line_menu *menu);
/* The code of the choice; -1 when the user goes back. */
int line_menu_ask(struct line *line, const struct line_menu *menu, const char *prompt);

/* Which document, or a package. */
void line_print(struct line *line);
/* What to do with a document, as it is now (version 0) or as it was kept. */
void line_document(struct line *line, const struct document *document, int version,
                   enum lang lang);
/* The folder for files in words; asks for another. */
const char *line_folder(const struct line *line);
void line_ask_folder(struct line *line);
/* Asks whether to open what was saved, where there is a desktop. */
void line_offer_open(struct line *line, const char *path);

/* ---- line_pack.c: packages for a recipient ---- */

bool line_can_pack(const struct line *line);
void line_pack(struct line *line);

/* ---- line_versions.c: documents that are approved ---- */

void line_versions(struct line *line, const struct document *document);

/* ---- line_facts.c ---- */

/* Facts to check, one fact, noting what was found. */
void line_facts(struct line *line);
/* How many are to be checked, when any are. */
void line_tell_facts(struct line *line);

#endif
