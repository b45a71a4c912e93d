/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The JSON of the commands.
 */
#include "print_json.h"

#include <stdio.h>

#include "base/buf.h"
#include "base/date.h"

void print_json(json_t *root)
{
    json_dumpf(root, stdout, JSON_INDENT(2));
    putchar('\n');
    json_decref(root);
}

json_t *print_json_word(const char *text)
{
    return text ? json_string(text) : json_null();
}

json_t *print_json_text(const struct buf *text)
{
    return print_json_word(text->length ? text->text : NULL);
}

json_t *print_json_day(int day)
{
    char iso[11];

    date_iso(day, iso);
    return print_json_word(*iso ? iso : NULL);
}
