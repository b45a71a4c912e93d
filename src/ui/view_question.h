/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What the files of the question view share; for view_question*.c only.
 */
#ifndef UI_VIEW_QUESTION_H
#define UI_VIEW_QUESTION_H

#include "ui/ui.h"
#include "ui/widget.h"
#include "ui/window.h"

struct question_view {
    struct view view;
    const struct form *form;
    const struct item *repeat;
    char row[24];             /* key of the row whose questions these are; "" at form level */
    struct places steps;
    size_t at;
    bool back_to_list;        /* the answer leads back to the view below */
    bool full;                /* a question of low priority was asked for by name */
    struct widget widget;
    struct buf stored;        /* the value that the widget began with */
    struct buf drafted;       /* the text last kept as a draft */
    bool has_draft;
    struct buf cleaned;       /* what was repaired in the value that was stored last */
    struct buf problem;
    bool warned;              /* the problem was shown: the next Enter goes on */
    bool kept_here;           /* the answer could not be written: leaving again gives it up */
    int peek;                 /* 0: no other language shown */
    struct window window;
};

/* The step that is shown; NULL behind the last one. */
const struct place *question_current(const struct question_view *q);

/* The key of the row whose questions these are; NULL at form level. */
const char *question_row(const struct question_view *q);

/* ---- view_question_draw.c ---- */

/* Draws the question as struct view_ops says. */
void question_draw(struct view *view, struct ui *ui, struct canvas *canvas);

/* The actions of the footer; what a narrow one drops comes last. */
const enum action *question_footer(const struct widget *widget, const struct ui *ui);

/* ---- view_question_store.c ---- */

/* What could not be written is in the field again, so that leaving it tries once more. */
void question_restore_unsaved(struct question_view *q, struct ui *ui);
/* What was typed before a crash is put back into the field, and said. */
void question_restore_draft(struct question_view *q, struct ui *ui);

/* Stores what is in the field. A value that is refused leaves the field; what cannot be written is
 * kept to be tried again. */
enum stored { STORED, REFUSED, FAILED };
enum stored question_store(struct question_view *q, struct ui *ui);

/* Stores before leaving any way but onwards; false: stay. A value that is refused is said on the
 * next page. What cannot be written stays in the field once, so that it can be copied. */
bool question_store_to_leave(struct question_view *q, struct ui *ui);

/* Says in the message line what the value became, when that is not what was typed. */
void question_say_normal_form(struct question_view *q, struct ui *ui);

/* Keeps what is being typed as a draft in the plan file, unless nothing has changed. */
void question_keep_draft(struct question_view *q, struct ui *ui);

#endif
