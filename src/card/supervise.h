/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Watches over the processes that may hang.
 *
 * One process watches the readers, one more reads each card that comes. This one only passes their
 * lines on and keeps the time: it makes no call that can block on a reader, says when something
 * takes long, and ends what takes too long.
 */
#ifndef CARD_SUPERVISE_H
#define CARD_SUPERVISE_H

#include "card/config.h"

/* Runs until the standard input closes or the watch ends. Returns the program's exit status. */
int supervise(const struct config *config);

#endif
