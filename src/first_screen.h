/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The first screen of a plan, kept from the last time.
 *
 * Loading forms, answers and rules takes as long as the whole start of a simple program, and
 * grows with the content. So the wizard keeps the picture that the next start will begin
 * with, and shows it while it loads; what it then draws itself replaces it. The picture
 * is used only for the same plan file, unchanged, on the same day, in the same
 * language, size and version; it lies in the cache folder and may be deleted at any time.
 */
#ifndef FIRST_SCREEN_H
#define FIRST_SCREEN_H

#include <stdbool.h>

struct app;
struct buf;
struct term;

/* Paints the kept picture when it fits; else does nothing. */
void first_screen_show(const struct app *app, const char *plan, struct term *term);

/* Keeps a picture (a frame of term/frame.h) for the next start. To be called when the plan is
 * closed. Failing is no error. `utf8`: the terminal showed letters beyond ASCII. */
void first_screen_keep(const struct app *app, const char *plan, bool utf8,
                       const struct buf *frame);

#endif
