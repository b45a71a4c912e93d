/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The full-screen wizard: a stack of views over one event loop.
 *
 * Everything drawn follows from the plan and the top view's own state; an event changes
 * these and the screen is drawn anew, whatever its size. Views never wait for input, and a
 * dialog is one more view on the stack.
 */
#ifndef UI_UI_H
#define UI_UI_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/tr.h"
#include "core/face_hooks.h"
#include "core/plan.h"
#include "term/term.h"
#include "ui/canvas.h"
#include "ui/keymap.h"

struct card_results;
struct register_report;
struct row_import;
struct schedule;
struct table;
struct ui;
struct version;

/* Runs the wizard until the user leaves it or the terminal goes away. With `plan` NULL it begins
 * with the first meeting. Returns 0, or the code of an error that ended it. */
int ui_run(struct plan *plan, struct term *term, const struct face_hooks *hooks, enum lang lang,
           bool ascii, struct err *err);

/* ---- for views ---- */

struct view;

struct view_ops {
    /* Draws the part between header and footer and the header itself. */
    void (*draw)(struct view *view, struct ui *ui, struct canvas *canvas);
    /* An action that the keymap found for a key. */
    void (*act)(struct view *view, struct ui *ui, enum action action);
    /* A key or paste that is no action; may be NULL. */
    void (*input)(struct view *view, struct ui *ui, const struct event *event);
    /* A letter that means an answer here, before it can mean an action; may be NULL. */
    bool (*letter)(struct view *view, struct ui *ui, uint32_t letter);
    /* Called every few seconds while the view is on top, and before the program ends; or NULL. */
    void (*rest)(struct view *view, struct ui *ui, bool leaving);
    /* There is something to read from what the view watches, wherever in the stack it is. */
    void (*ready)(struct view *view, struct ui *ui);
    /* The view was put on the stack; it may put another on top of itself. May be NULL. */
    void (*shown)(struct view *view, struct ui *ui);
    /* The view is on top again; what it has cached may be old. May be NULL. */
    void (*again)(struct view *view, struct ui *ui);
    void (*free)(struct view *view);
};

struct view {
    const struct view_ops *ops;
    const enum action *actions;   /* in the order of the footer, ended by ACTION_NONE */
    bool typing;                  /* letters are text, not actions */
    bool answering;               /* an answer of the plan is edited here */
    bool still;                   /* all of it is seen: the footer offers no scrolling */
    int watched;                  /* a descriptor that wakes it by ready(); 0: none */
    bool works;                   /* has work to go on with: rest() is called whenever no event
                                     waits */
};

enum { UI_DEPTH_MAX = 24 };

/* An answer that could not be written. */
struct unsaved {
    const struct item *item;
    char row[24];
    char *value, *why;
};

struct ui {
    struct plan *plan;            /* NULL in the first meeting, until it is made */
    struct term *term;
    const struct face_hooks *hooks;
    struct tr tr;
    struct canvas screen;
    struct view *views[UI_DEPTH_MAX];
    int depth;
    struct buf message;           /* one line above the footer; "" shows when it was saved */
    bool message_is_problem;
    bool quit;
    struct unsaved *unsaved;      /* quit.c */
    size_t unsaved_count, unsaved_room;
    const struct view *asked;     /* the question whether to quit, while it stands */
    bool copy_told;               /* where today's copy lies has been said */
    bool full;                    /* ask questions of low priority too */
    struct buf print_folder;      /* where files are printed to; "": beside the plan */
    struct register_report *report;   /* view_register.c: the last check, or NULL */
    int64_t report_entry;         /* and the entry of the log after which it was made */
    struct schedule *schedule;    /* steps.c: as it was when it was last needed, or NULL */
};

/* Puts a view on top and takes it over; removes the top one. */
void ui_push(struct ui *ui, struct view *view);
void ui_pop(struct ui *ui);

/* Says something in the line above the footer, until the next key. */
void ui_say(struct ui *ui, const char *text);
void ui_say_problem(struct ui *ui, const char *text);
void ui_say_error(struct ui *ui, const struct err *err);

/* The text in the language of the screen. */
const char *ui_text(const struct ui *ui, const char *msgid);
/* False when the plan cannot be changed, which is then said in the message line. */
bool ui_can_write(struct ui *ui);

/* Rows between the header and the footer of a screen of this size, and columns for texts. */
int ui_body_rows(const struct canvas *canvas);
int ui_text_cols(const struct canvas *canvas);

/* Draws title and right-hand text in row 0 and the rule under it; returns the first body row. */
int ui_draw_header(struct ui *ui, struct canvas *canvas, const char *title, const char *right);

/* Draws how far a work is; returns the row for what stands below. */
int ui_draw_bar(struct canvas *canvas, int row, int percent);

/* Draws the message, or when it was saved, and the keys of the view. */
void ui_draw_footer(struct ui *ui, const struct view *view);

/* Does an action: the view's own, or one that works everywhere. */
void ui_act(struct ui *ui, enum action action);
/* Whether an action that works everywhere does so now: most need a plan. */
bool ui_can_act(const struct ui *ui, enum action action);

/* Asks which document, and goes on to its page. */
void ui_ask_document(struct ui *ui);
/* The same of a package for a recipient, where packages can be made. */
bool ui_can_pack(const struct ui *ui);
void ui_ask_package(struct ui *ui);

/* ---- quit.c: leaving, and what stands in the way ---- */

/* Notes, and says, that the answer could not be written; notes that it now is. `row` is "" outside
 * repeats. */
void ui_not_saved(struct ui *ui, const struct item *item, const char *row, const char *value,
                  const struct err *err);
void ui_saved(struct ui *ui, const struct item *item, const char *row);
/* The answer of that place which could not be written, or NULL. */
const char *ui_unsaved(const struct ui *ui, const struct item *item, const char *row);
void ui_forget_unsaved(struct ui *ui);

/* Quits when nothing can be lost or misunderstood by it, else asks. */
void ui_quit(struct ui *ui);
void ui_ask_quit(struct ui *ui);

/* ---- views ---- */

struct view *view_tasks_new(struct ui *ui);
/* Opens a task where it goes on: its first open question, its check page, or what keeps a gate
 * closed. */
void ui_open_task(struct ui *ui, const struct task *task);
/* What is open before a gate. */
struct view *view_gate_new(struct ui *ui, const struct task *gate);
/* Opens the question, or the rows, of a place; the answer leads back to the view below. */
void ui_open_place(struct ui *ui, const struct place *place);
/* The questions of a form from a place on; item NULL: from the first open one. With
 * `back_to_list` the answer leads back to the view below (check page, search). */
struct view *view_question_new(struct ui *ui, const struct form *form, const struct place *place,
                               bool back_to_list);
/* When the top view asks questions in order: on from, or back from, the step of the repeat. */
void ui_question_next(struct ui *ui, const struct item *repeat);
void ui_question_back(struct ui *ui, const struct item *repeat);
void ui_question_leave(struct ui *ui, const struct item *repeat);
/* The rows of a repeat. */
struct view *view_rows_new(struct ui *ui, const struct item *repeat);
/* The check against the organisation register, which leads to the search of it. */
struct view *view_register_new(struct ui *ui);
/* The register from a file: which file, and the work. The work leaves with the view below the
 * question. */
struct view *view_ask_register_new(struct ui *ui);
int view_register_load_new(struct view **out, struct ui *ui, const char *place,
                             struct err *err);
/* The rights matrix: roles by document groups, and people by roles. */
struct view *view_rights_new(struct ui *ui);
/* The check that was made is old. */
void ui_register_forget(struct ui *ui);
/* Makes the check anew, since the register may have changed; what it finds stays in the plan. */
void ui_register_renew(struct ui *ui);
/* The proposal for an item that has a model, appended to `out`; false when it has none, or `typed`
 * is the proposal already. `*blanks` (may be NULL) gets how many blanks have no answer yet. */
bool ui_proposal(struct ui *ui, const struct item *item, const char *typed, struct buf *out,
                 int *blanks);
/* Draws it below the field; returns the rows used. */
int ui_draw_proposal(struct ui *ui, struct canvas *body, int row, const struct item *item,
                     const char *typed);
/* Whether the register stands beside the answer of this item; what taking it over would write (NULL
 * when nothing); draws it and returns the rows used. `typed` is what stands in the field. */
bool ui_register_beside(const struct ui *ui, const struct item *item);
const char *ui_register_offer(struct ui *ui, const struct place *place, const char *typed);
int ui_draw_register(struct ui *ui, struct canvas *body, int row, const struct place *place,
                     const char *typed);
/* The card-reader test; with no card to be read here it says so. */
struct view *view_reader_new(struct ui *ui);
/* Check your answers: of a form, or (NULL) of the whole plan. */
struct view *view_check_new(struct ui *ui, const struct form *form);
struct view *view_today_new(struct ui *ui);
struct view *view_menu_new(struct ui *ui);
struct view *view_search_new(struct ui *ui);
struct view *view_keys_new(struct ui *ui);
/* Why a question is asked, its help, terms, facts and source. */
struct view *view_why_new(struct ui *ui, const struct place *place);
/* Facts to check: of the whole plan, or (item not NULL) those that the question names; one fact;
 * and noting what was found. */
struct view *view_facts_new(struct ui *ui, const struct item *item);
struct view *view_fact_new(struct ui *ui, const struct fact *fact);
struct view *view_note_new(struct ui *ui, const struct fact *fact);
/* What to do with a version of a document that was kept: read, save, print; a document's versions;
 * the folder for files. */
struct view *view_kept_new(struct ui *ui, const struct document *document,
                           const struct version *version);
struct view *view_versions_new(struct ui *ui, const struct document *document);
struct view *view_folder_new(struct ui *ui);
/* Opens a file, or a folder, with the program of the desktop. */
void ui_open_saved(struct ui *ui, const char *path);
/* The first meeting: the company's name. */
struct view *view_welcome_new(struct ui *ui);
/* Where to copy the plan to. */
struct view *view_copy_new(struct ui *ui);
/* The file to bring rows or results of card tests in from; and what that would change. The preview
 * takes the import and the table, or the results, over; when the user agrees it leaves with the
 * view below. */
struct view *view_ask_import_new(struct ui *ui);
struct view *view_import_new(const char *file, struct table *table, struct row_import *import);
struct view *view_import_tests_new(struct card_results *results);
/* A text to read, with a title; both are copied. */
struct view *view_text_new(struct ui *ui, const char *title, const char *text);
/* The same of a text that depends on the width of the screen: `write` appends it anew whenever that
 * or the plan has changed. `data` is borrowed. */
struct view *view_written_new(struct ui *ui, const char *title,
                              void (*write)(struct ui *ui, const void *data, struct buf *text),
                              const void *data);

/* A question with a few answers; `chosen` gets the position of the answer, -1 when the user goes
 * back. The labels are copied. */
struct view *view_choose_new(struct ui *ui, const char *title, const char *text,
                             const char *const *labels, int count,
                             void (*chosen)(struct ui *ui, void *data, int answer), void *data);

#endif
