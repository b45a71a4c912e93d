/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What the reader program is told.
 */
#include "card/config.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"

enum { SLOW_MS = 2000, STOP_MS = 20000, STOP_MS_MAX = 120000 };

/* Byte by byte, so that nothing after the line is taken. */
static bool read_line(int fd, char *line, size_t size)
{
    for (size_t length = 0; length < size;) {
        ssize_t count = read(fd, line + length, 1);
        if (count < 0 && errno == EINTR)
            continue;
        if (count != 1)
            return false;
        if (line[length] == '\n') {
            line[length] = '\0';
            return true;
        }
        length++;
    }
    return false;
}

static void split(struct config_row *row, const char *line)
{
    char *at = row->text = xstrdup(line);

    for (size_t i = 0; i <= CONFIG_FIELDS; i++)
        row->field[i] = "";
    for (size_t i = 0; at && i <= CONFIG_FIELDS; i++)
        row->field[i] = strsep(&at, "\t");
}

static bool is_word(const char *word)
{
    static const char *const words[] = {
        "root", "slow", "stop", "issuer", "pin", "anchor", "codes", "vendor", "path", "package",
        "program",
    };

    for (size_t i = 0; i < countof(words); i++)
        if (strcmp(words[i], word) == 0)
            return true;
    return false;
}

static void take_budget(const char *value, int *out)
{
    long number = strtol(value, NULL, 10);

    if (number > 0 && number <= STOP_MS_MAX)
        *out = (int)number;
}

/* A row that says nothing new but to the struct itself is kept all the same: its text is. */
static bool take_row(struct config *config, const char *line)
{
    struct config_row *row = &config->rows[config->count];

    if (config->count >= CONFIG_ROWS_MAX)
        return false;
    split(row, line);
    config->count++;
    if (!is_word(row->field[0]))
        return false;
    if (strcmp(row->field[0], "root") == 0)
        config->root = row->field[1];
    if (strcmp(row->field[0], "slow") == 0)
        take_budget(row->field[1], &config->slow_ms);
    if (strcmp(row->field[0], "stop") == 0)
        take_budget(row->field[1], &config->stop_ms);
    return true;
}

bool config_read(struct config *config, int fd)
{
    char line[CONFIG_LINE_MAX];

    memset(config, 0, sizeof *config);
    config->root = "";
    config->slow_ms = SLOW_MS;
    config->stop_ms = STOP_MS;
    while (read_line(fd, line, sizeof line)) {
        if (!*line)
            return true;
        if (!take_row(config, line))
            return false;
    }
    return false;
}

void config_free(struct config *config)
{
    for (size_t i = 0; i < config->count; i++)
        free(config->rows[i].text);
    config->count = 0;
}

const struct config_row *config_next(const struct config *config, const char *word,
                                     const struct config_row *last)
{
    for (size_t i = last ? (size_t)(last - config->rows) + 1 : 0; i < config->count; i++)
        if (strcmp(config->rows[i].field[0], word) == 0)
            return &config->rows[i];
    return NULL;
}
