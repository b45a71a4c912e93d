/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Watches the service and its readers, and passes on what changes.
 */
#ifndef CARD_WATCH_H
#define CARD_WATCH_H

#include "card/config.h"
#include "card/emit.h"

/* Runs until the process is ended. */
void watch_readers(const struct config *config, const struct emitter *to);

#endif
