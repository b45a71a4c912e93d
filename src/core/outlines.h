/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Tables of contents that somebody prescribes (data/regulations/): the chapters of a regulation,
 * or the requirements of an act, and which questions answer each.
 *
 * The answers are the same whatever the outline. A document names a question whose answer is the
 * id of the outline to follow, so that a new regulation is a new file and a new choice.
 */
#ifndef CORE_OUTLINES_H
#define CORE_OUTLINES_H

#include "core/schema.h"

struct plan;

struct outline_part {
    const char *number;       /* "6.7"; as printed before the title */
    struct text title;
    struct text body;         /* said before the answers; absent otherwise */
    struct text otherwise;    /* said in their place while the part is not relevant */
    const char **of;          /* ids of questions, in the order of printing; NULL-terminated */
    struct rule_text relevant;
    bool unsure;              /* number or title have not been seen in the regulation */
    struct where where;
};

struct outline {
    const char *id;
    struct text name;         /* what a document that follows it is called */
    struct text title;        /* the regulation or act itself */
    struct text reference;    /* how a part is referred to, with {number}; absent: number alone */
    struct source source;
    const char *valid_from, *valid_to, *seen_on;
    struct outline_part *parts;
    size_t part_count;
    struct where where;
};

/* By id; NULL when there is none. */
const struct outline *schema_outline(const struct schema *schema, const char *id);

/* The outline that the document follows on the plan's day: the one answered, else the newest valid
 * one among the choices of the document's question; NULL when the document follows none. */
const struct outline *document_outline(const struct plan *plan, const struct document *document);

/* Whether the date lies in the outline's time. */
bool outline_is_valid(const struct outline *outline, int date);

#endif
