/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A page that may be taller than the screen, and the window of it that is shown.
 *
 * The window follows the cursor, unless the user has scrolled on to read.
 */
#ifndef UI_WINDOW_H
#define UI_WINDOW_H

#include "ui/ui.h"

struct window {
    int top;                  /* first row shown, as the cursor wants it */
    int scrolled;             /* rows that the user has scrolled on from there */
};

/* Shows the window of `body` from row `first` of the canvas on, and that there is more. A page
 * that is `read` has nothing for a cursor to do: scrolling is all that moves it. */
void window_draw(struct window *window, struct ui *ui, struct canvas *canvas, int first,
                 const struct canvas *body, bool read);

/* PgDn reads on, PgUp comes back; so do the arrows on a page that is `read`. Any other event
 * returns to the cursor. With `keeps_pages` PgDn means something else to the page. Returns whether
 * the event was used. */
bool window_scroll(struct window *window, const struct ui *ui, const struct event *event,
                   bool read, bool keeps_pages);

#endif
