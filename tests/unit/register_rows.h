/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A register of a few made-up rows for the tests of the faces: those of the example perhekoti, with
 * what its plan has otherwise.
 */
#ifndef REGISTER_ROWS_H
#define REGISTER_ROWS_H

#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "core/register_plan.h"

/* The day of the file: three days before the day of the golden screens. */
#define REGISTER_ROWS_DAY "2026-11-20"

static inline const struct regcheck_row *register_rows(size_t *count)
{
#define OWN "1.2.246.10.99999992.10."
    static const struct regcheck_row rows[] = {
        { .oid = OWN "0", .parent = "", .name = "Perhekoti Esimerkki Oy",
          .address = "Esimerkkitie 1", .postcode = "99999", .town = "Mallila",
          .flags = REGCHECK_FLAGS | REGCHECK_SOCIAL_OPERATING, .begin = DATE_NONE,
          .end = DATE_NONE },
        { .oid = OWN "1", .parent = OWN "0", .name = "Perhekoti Malli, Perhekoti Esimerkki Oy",
          .address = "Esimerkkitie 3", .postcode = "99999", .town = "Mallila",
          .flags = REGCHECK_FLAGS | REGCHECK_SOCIAL_SERVICE, .begin = DATE_NONE,
          .end = DATE_NONE },
        { .oid = OWN "2", .parent = OWN "0", .name = "Tukiasunto Näyte", .address = "Koivukuja 2",
          .postcode = "99999", .town = "Mallila",
          .flags = REGCHECK_FLAGS | REGCHECK_SOCIAL_SERVICE, .begin = DATE_NONE,
          .end = DATE_NONE },
    };
#undef OWN

    *count = countof(rows);
    return rows;
}

static inline int register_rows_look(void *data, const char *business_id, const char *const *oids,
                                     size_t oid_count, struct register_picture *out,
                                     struct err *err)
{
    (void)data, (void)business_id, (void)oids, (void)oid_count, (void)err;
    *out = (struct register_picture){ .imported = true, .file = "501.txt", .digest = "5d41402a",
                                      .file_date = date_parse_iso(REGISTER_ROWS_DAY) };
    out->rows = register_rows(&out->count);
    return 0;
}

/* Passes on the first of the rows, from the one whose name holds the words. */
static inline int register_rows_find(void *data, const char *words, size_t most,
                                     struct register_picture *out, struct err *err)
{
    size_t count;
    const struct regcheck_row *rows = register_rows(&count);
    struct buf folded = BUF_INIT, name = BUF_INIT;

    (void)data, (void)err;
    *out = (struct register_picture){ .imported = true };
    utf8_fold(&folded, words);
    for (size_t i = 0; i < count && !out->count; i++) {
        buf_clear(&name);
        utf8_fold(&name, rows[i].name);
        if (strstr(name.text, folded.text) || strncmp(rows[i].oid, words, strlen(words)) == 0) {
            out->rows = &rows[i];
            out->count = count - i < most ? count - i : most;
        }
    }
    buf_free(&folded);
    buf_free(&name);
    return 0;
}

static const struct register_lookup register_rows_lookup = { NULL, register_rows_look,
                                                             register_rows_find };

#endif
