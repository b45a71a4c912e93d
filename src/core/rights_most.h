/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Ceilings by role and register, worked out once: many assignments have the same. For rights*.c
 * only.
 */
#ifndef CORE_RIGHTS_MOST_H
#define CORE_RIGHTS_MOST_H

#include "core/rights.h"

struct rights_most *rights_most_new(const struct rights *rights);
void rights_most_free(struct rights_most *most);

#endif
