/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What a plan keeps of the register: the provider's own rows, the day and result of the check and
 * the digest of the file, as one text. A line a row, fields with tabs between.
 */
#ifndef CORE_REGISTER_KEPT_H
#define CORE_REGISTER_KEPT_H

#include "core/register_plan.h"

/* The name of the setting in the plan file. */
#define REGISTER_KEPT_SETTING "register"

/* Appends what the plan keeps of a check: picture, result, day. */
void register_kept_write(const struct register_report *report, int today, struct buf *out);

/* Fills the picture of `out` from a kept text (may be NULL); leaves it alone when the text is
 * none. */
void register_kept_read(const char *text, struct register_report *out);

#endif
