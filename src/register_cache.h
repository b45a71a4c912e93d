/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Joins the check against the register with the register that this computer keeps: the rows of
 * io/register_store.h as those of core/register_check.h.
 *
 * The cache is opened for each look, since an import may replace it at any time; none, or one that
 * cannot be read, is no register.
 */
#ifndef REGISTER_CACHE_H
#define REGISTER_CACHE_H

#include "core/register_plan.h"

struct register_cache;

struct register_cache *register_cache_new(void);
void register_cache_free(struct register_cache *cache);

/* For core/register_plan.h; good as long as the cache. */
struct register_lookup register_cache_lookup(struct register_cache *cache);

#endif
