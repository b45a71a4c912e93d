/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What the files of the rights matrix share; for view_rights*.c and tests only.
 *
 * The grid borrows from the picture of the plan, which every change makes anew: what acts on the
 * grid calls rights_view_fill() first, and takes what it needs before it changes the plan.
 */
#ifndef UI_VIEW_RIGHTS_H
#define UI_VIEW_RIGHTS_H

#include "core/rights_accept.h"
#include "core/rights_grid.h"
#include "ui/ui.h"

struct rights_view {
    struct view view;
    struct rights_frame frame;            /* what is looked at */
    struct rights_grid grid;
    int *widths;              /* columns of each column of the grid */
    size_t row, col, top, left;
    char row_key[24], col_key[24];        /* what has the focus, to find it again */
    bool block;               /* a block is marked, from here to the focus */
    size_t block_row, block_col;
    bool copied;              /* a row of roles was copied */
    uint16_t cells[RIGHTS_GROUP_COUNT];
    char person[24];          /* the person whose roles were copied; "" none */
    struct rights_grant grant;            /* being asked for */
    uint16_t letters;         /* the right that is asked about */
    struct rights_warning *warnings;      /* those that are offered to be accepted */
    /* what the grid was made for */
    bool filled;
    int64_t filled_entry;
    enum lang filled_lang;
    unsigned long fills;      /* how often it was made, ever */
};

/* Makes the grid when it is not the one of the plan and the frame. */
void rights_view_fill(struct rights_view *view, struct ui *ui);
/* The grid is made again before it is used next. */
void rights_view_forget(struct rights_view *view);
/* There is a cell under the cursor. */
bool rights_view_has_cell(const struct rights_view *view);
/* The position of the focus: a role or person, a group or role. */
int rights_view_row(const struct rights_view *view);
int rights_view_col(const struct rights_view *view);
void rights_view_move(struct rights_view *view, long rows, long cols);
/* The marked block, or the one cell with the focus. */
struct rights_block rights_view_block(const struct rights_view *view);
/* Says what came of a change: `code` of the change, and then `text`. */
void rights_view_done(struct rights_view *view, struct ui *ui, int code, const struct err *err,
                      const char *text);

/* view_rights_cell.c: changing roles and their cells */
bool rights_view_letter(struct rights_view *view, struct ui *ui, uint32_t letter);
void rights_view_clear(struct rights_view *view, struct ui *ui);
void rights_view_confirm(struct rights_view *view, struct ui *ui);
void rights_view_ask_fill(struct rights_view *view, struct ui *ui);
void rights_view_copy(struct rights_view *view, struct ui *ui);
void rights_view_paste(struct rights_view *view, struct ui *ui);
void rights_view_add(struct rights_view *view, struct ui *ui);
/* The rights of the cell as a list. */
struct view *view_rights_letters_new(struct ui *ui, int role, int group, int reg);

/* view_rights_accept.c: which warning, and why it is accepted */
void rights_view_accept(struct rights_view *view, struct ui *ui);

/* view_rights_people.c: who has which role */
void rights_view_open_person(struct rights_view *view, struct ui *ui);
void rights_view_end(struct rights_view *view, struct ui *ui);
void rights_view_paste_person(struct rights_view *view, struct ui *ui);

/* view_rights_ask.c: looking, and choosing what to look at */
void rights_view_explain(struct rights_view *view, struct ui *ui);
void rights_view_ask_compare(struct rights_view *view, struct ui *ui);
void rights_view_ask_filter(struct rights_view *view, struct ui *ui);
void rights_view_ask_scope(struct rights_view *view, struct ui *ui);
void rights_view_ask_who(struct rights_view *view, struct ui *ui);

#endif
