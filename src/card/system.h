/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What stands around the readers on this computer: the service, its driver, USB devices, software
 * beside us. Facts: core/card_facts.h.
 *
 * Only files are read, below config->root, so that tests can bring their own.
 */
#ifndef CARD_SYSTEM_H
#define CARD_SYSTEM_H

#include "card/config.h"
#include "card/emit.h"

/* All of it. */
void system_emit(const struct config *config, const struct emitter *to);
/* USB devices that are readers, or of a maker of readers; again when a reader came or went. */
void system_emit_usb(const struct config *config, const struct emitter *to);
/* Whether the service runs and may be spoken to; systemd is asked too when it is not. */
void system_emit_service(const struct config *config, const struct emitter *to);
/* Programs that run and may use cards. */
void system_emit_programs(const struct config *config, const struct emitter *to);

#endif
