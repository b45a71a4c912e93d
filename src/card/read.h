/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Reads one card and passes on what it says, fact by fact (core/card_facts.h).
 */
#ifndef CARD_READ_H
#define CARD_READ_H

#include "card/apdu.h"
#include "card/config.h"
#include "card/emit.h"

/* Reads the card behind the channel: certificates, chain, tries of the codes. Returns 0, or the
 * negative code of apdu.h that ended it. */
int read_card(struct apdu_channel *channel, const struct config *config,
              const struct emitter *to);

/* Connects to the card in a reader and reads it: all that one process for a card does. `reader` is
 * its name as it was passed on, which may differ from what the service calls it. */
void read_reader(const char *reader, const struct config *config, const struct emitter *to);

#endif
