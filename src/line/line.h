/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Line mode: the wizard as a conversation, for screen readers, simple terminals and slow lines.
 *
 * Output is only ever appended: nothing is drawn again, nothing moves the cursor, nothing is
 * told by colour. The order of questions is the engine's, as on the full screen. Every answer is
 * on disk before the next question is asked, so the end of the input is the same as quitting.
 */
#ifndef LINE_LINE_H
#define LINE_LINE_H

#include <stdbool.h>
#include <stdio.h>

#include "base/lang.h"
#include "base/tr.h"
#include "core/face_hooks.h"

struct err;
struct plan;

/* Talks until the user quits or the input ends. `in` must not have been read from. With `utf8`
 * false the output is plain ASCII. Returns 0, or ERR_OUTPUT when `out` took no more. */
int line_run(struct plan *plan, FILE *in, FILE *out, const struct face_hooks *hooks,
             enum lang lang, bool utf8, struct err *err);

#endif
