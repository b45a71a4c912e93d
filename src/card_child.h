/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The program that reads cards (kantapolku-reader), as a source of facts.
 *
 * Nothing here waits: the child keeps the time itself, says when something takes long and ends what
 * takes too long. It ends when this process does.
 */
#ifndef CARD_CHILD_H
#define CARD_CHILD_H

#include "core/card_facts.h"
#include "io/content.h"

struct card_child;

/* Content and place are borrowed until card_child_free(), which ends the child. The content has to
 * be loaded before the child is started. */
struct card_child *card_child_new(const struct content *content,
                                  const struct content_place *place);
void card_child_free(struct card_child *child);

/* Good as long as the child. */
struct card_source card_child_source(struct card_child *child);

#endif
