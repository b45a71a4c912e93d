/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Finds and loads the content: forms/ and data/ below one folder.
 *
 * The folder is --data DIR, else the source tree when the program runs from its build tree,
 * else the installed place. The last two have a compiled image; while it is fresh, no YAML is
 * parsed, and places in the schema name files below the folder.
 */
#ifndef IO_CONTENT_H
#define IO_CONTENT_H

#include <stdbool.h>

#include "core/schema.h"

struct err;

struct content {
    struct schema *schema;
    bool from_image;
    void *kept;               /* private: what the schema points into */
};

/* Where things lie. All strings are absolute or as given by the user. */
struct content_place {
    char root[4096];          /* holds forms/ and data/ */
    char image[4096];         /* may not exist; "" for none */
    char locale[4096];        /* catalogues, as in io/catalog.h */
};

/* `dir` is --data or NULL. */
int content_find(struct content_place *out, const char *dir, struct err *err);

/* Loads all content; content_free() in any case, and `err` names a file of `out` until then. Each
 * problem goes to `report` (may be NULL); with any problem the result is
 * ERR_INPUT and `err` holds the first one. */
int content_load(struct content *out, const struct content_place *place, schema_report report,
                 void *data, struct err *err);
void content_free(struct content *content);

/* For who is done with the schema for a while: gives memory back that comes again by itself. */
void content_rest(const struct content *content);

/* Makes the schema of all YAML below `root` and writes it as an image. */
int content_compile(const char *root, const char *image, struct err *err);

#endif
