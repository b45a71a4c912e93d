/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * One row of the organisation register, and the headings that its columns go by.
 *
 * Which heading means which field is data (data/register.yaml), so that it can be corrected
 * without compiling. Headings are compared without regard to case, dots, blanks and hyphens.
 */
#ifndef IO_REGISTER_ROW_H
#define IO_REGISTER_ROW_H

#include <stdbool.h>
#include <stddef.h>

struct err;

/* Field, its name in data files, in the cache and on the command line, and its kind. */
#define REGISTER_FIELDS(_) \
    _(REGISTER_OID, oid, REGISTER_IDENTIFIER) \
    _(REGISTER_PARENT, parent, REGISTER_IDENTIFIER) \
    _(REGISTER_NAME, name, REGISTER_TEXT) \
    _(REGISTER_SHORT_NAME, short_name, REGISTER_TEXT) \
    _(REGISTER_LEVEL, level, REGISTER_TEXT) \
    _(REGISTER_STREET, street, REGISTER_TEXT) \
    _(REGISTER_POST_ADDRESS, post_address, REGISTER_TEXT) \
    _(REGISTER_POSTCODE, postcode, REGISTER_TEXT) \
    _(REGISTER_TOWN, town, REGISTER_TEXT) \
    _(REGISTER_MUNICIPALITY, municipality, REGISTER_TEXT) \
    _(REGISTER_BUSINESS_ID, business_id, REGISTER_BUSINESS) \
    _(REGISTER_SECTOR, sector, REGISTER_TEXT) \
    _(REGISTER_ORGANISATION, organisation, REGISTER_TEXT) \
    _(REGISTER_STATUS, status, REGISTER_TEXT) \
    _(REGISTER_BEGINS, begins, REGISTER_DATE) \
    _(REGISTER_ENDS, ends, REGISTER_DATE) \
    _(REGISTER_SOCIAL_OPERATING, social_operating, REGISTER_FLAG) \
    _(REGISTER_HEALTH_OPERATING, health_operating, REGISTER_FLAG) \
    _(REGISTER_SOCIAL_SERVICE, social_service, REGISTER_FLAG) \
    _(REGISTER_HEALTH_SERVICE, health_service, REGISTER_FLAG)

/* A date is ISO, and empty when it is open (the register writes 1900-01-01 and 2100-12-31 then); a
 * flag is "1", "0" or empty when the register does not say. */
enum register_kind {
    REGISTER_IDENTIFIER, REGISTER_TEXT, REGISTER_BUSINESS, REGISTER_DATE, REGISTER_FLAG
};

#define REGISTER_AS_ENUM(field, name, kind) field,
enum register_field { REGISTER_FIELDS(REGISTER_AS_ENUM) REGISTER_FIELD_COUNT };
#undef REGISTER_AS_ENUM

/* What a heading can mean besides a field. */
enum { REGISTER_NOT_KEPT = -1, REGISTER_UNKNOWN = -2 };

/* No field is NULL: what the register leaves open is "". */
struct register_row {
    const char *field[REGISTER_FIELD_COUNT];
    int line;                 /* where the row begins; of JSON, which entry it is */
};

/* The name in data/register.yaml and on the command line, and how its values are read. */
const char *register_field_name(enum register_field field);
enum register_kind register_field_kind(enum register_field field);

/* Reads data/register.yaml below the content folder `root`. */
struct register_headings;
int register_headings_load(struct register_headings **out, const char *root, struct err *err);
void register_headings_free(struct register_headings *headings);

/* Adds "HEADING=FIELD" of the user, which goes before the data; ERR_USAGE when it is none. */
int register_headings_map(struct register_headings *headings, const char *pair, struct err *err);

/* The field of a heading, REGISTER_NOT_KEPT or REGISTER_UNKNOWN. */
int register_headings_find(const struct register_headings *headings, const char *heading);

#endif
