/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What the reader program is told before it starts: lines on its standard input,
 * "word<TAB>value...", ended by an empty line. The standard input then stays open; when it closes,
 * the program ends.
 *
 *     root       PATH                      where /sys, /proc, /var and the like are looked for
 *     slow, stop MILLISECONDS              when reading counts as slow; when it is ended
 *     issuer     NAME                      how the O of an issuer begins that is DVV's
 *     pin        SHA-256                   of a pinned root
 *     anchor     PATH                      file of trusted certificates
 *     codes      ID PIN1 PIN2 PUK details|-    references of the codes; details: the card tells more
 *     vendor     USB-VENDOR                whose devices may be readers
 *     path       ID PATH                   software that is there when the path is
 *     package    ID NAME                   software that is there when a package is, by its beginning
 *     program    NAME                      process that may use cards
 */
#ifndef CARD_CONFIG_H
#define CARD_CONFIG_H

#include <stdbool.h>
#include <stddef.h>

enum { CONFIG_ROWS_MAX = 64, CONFIG_FIELDS = 5, CONFIG_LINE_MAX = 4200 };

/* One line: its word and its values, "" where there are fewer. */
struct config_row {
    char *text;
    const char *field[CONFIG_FIELDS + 1];
};

struct config {
    struct config_row rows[CONFIG_ROWS_MAX];
    size_t count;
    const char *root;
    int slow_ms, stop_ms;
};

/* Reads up to the empty line. False when the input ended before it or a line is not understood. */
bool config_read(struct config *config, int fd);
void config_free(struct config *config);

/* The row with this word after `last` (NULL: the first), or NULL. */
const struct config_row *config_next(const struct config *config, const char *word,
                                     const struct config_row *last);

#endif
