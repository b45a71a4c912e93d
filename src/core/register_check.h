/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The plan's OIDs held against the organisation register: what agrees, what does not.
 *
 * Everything here is a pure function of what the caller gives: the provider's part of the register
 * as rows in memory, and what the plan says. An exact row of the register wins over a fault of the
 * form: the register has rows whose codes break the rules. Without a register the result is "not
 * checked", however good the form of the codes is. Messages are ids only; their texts are
 * data/register_messages.yaml, worded by core/register_plan.h.
 */
#ifndef CORE_REGISTER_CHECK_H
#define CORE_REGISTER_CHECK_H

#include <stdbool.h>
#include <stddef.h>

#include "core/schema.h"

/* The types that a row is marked with; without REGCHECK_FLAGS the file has no such columns. */
enum register_flag {
    REGCHECK_FLAGS = 1,
    REGCHECK_HEALTH_OPERATING = 2, REGCHECK_SOCIAL_OPERATING = 4,
    REGCHECK_HEALTH_SERVICE = 8, REGCHECK_SOCIAL_SERVICE = 16
};

/* A row of the register. NULL: the file has no such column; "": the column is empty. Dates are day
 * numbers, DATE_NONE when the end is open or not known. */
struct regcheck_row {
    const char *oid, *parent, *name, *address, *postcode, *town;
    const char *business_id, *sector;
    unsigned flags;
    int begin, end;
    bool withdrawn;           /* the status says that the row is not in force */
};

/* What is known of the register: the rows whose OID is below the provider's business id, and the
 * rows, if any, of the other OIDs that the plan names. */
struct register_picture {
    bool imported;            /* false: there is no register to compare with */
    const struct regcheck_row *rows;
    size_t count;
    int file_date;            /* the day of the file, else of its import; DATE_NONE: not known */
    bool garbled;             /* letters of the file were broken, or columns are missing */
    const char *file, *digest;        /* name and SHA-256 of the imported file, or NULL */
};

/* What the plan says of one unit. Absent answers are NULL. */
struct register_unit {
    const char *key;          /* of its row in the plan; NULL: the operating unit */
    const char *oid, *name, *address, *postcode, *town;
    bool others;              /* the plan says that the unit is another provider's */
};

struct register_claim {
    const char *business_id;
    struct register_unit operating;
    const struct register_unit *units;
    size_t unit_count;
    const char *access_point; /* its OID */
    bool access_asked;        /* the plan asks for it */
    bool access_unreported;   /* the plan says that it is not in Kanta yet */
    int start;                /* planned first day of production, or DATE_NONE */
    int today;
};

enum { REGCHECK_LEVELS = 13, REGCHECK_FRESH_DAYS = 7, REGCHECK_GREEN_DAYS = 30 };

/* The messages in the order of their rank: name, id in the data file, level, usual severity. */
#define REGCHECK_MESSAGE_INFO(_) \
    _(PERSON_CODE, "person_code", 0, SEVERITY_ERROR) \
    _(NOTHING_FOUND, "nothing_found", 6, SEVERITY_ERROR) \
    _(NO_SERVICE_UNIT, "no_service_unit", 6, SEVERITY_ERROR) \
    _(NO_OPERATING_UNIT, "no_operating_unit", 6, SEVERITY_ERROR) \
    _(OID_NOT_FOUND, "oid_not_found", 5, SEVERITY_ERROR) \
    _(ENDED, "ended", 10, SEVERITY_ERROR) \
    _(NOT_BEGUN, "not_begun", 10, SEVERITY_ERROR) \
    _(OTHER_COMPANY, "other_company", 4, SEVERITY_ERROR) \
    _(OPERATING_FOR_SERVICE, "operating_for_service", 6, SEVERITY_ERROR) \
    _(WRONG_CLASS, "wrong_class", 2, SEVERITY_ERROR) \
    _(NOT_SOCIAL, "not_social", 7, SEVERITY_ERROR) \
    _(ONLY_HEALTH, "only_health", 7, SEVERITY_ERROR) \
    _(SYNTAX, "syntax", 1, SEVERITY_ERROR) \
    _(LEADING_ZERO, "leading_zero", 3, SEVERITY_WARNING) \
    _(DIGIT_IN_REGISTER, "digit_in_register", 3, SEVERITY_WARNING) \
    _(DIGIT, "digit", 3, SEVERITY_ERROR) \
    _(BUSINESS_ID_DIFFERS, "business_id_differs", 4, SEVERITY_WARNING) \
    _(NAME_DIFFERS, "name_differs", 9, SEVERITY_WARNING) \
    _(ADDRESS_DIFFERS, "address_differs", 9, SEVERITY_WARNING) \
    _(PARENT_MISSING, "parent_missing", 8, SEVERITY_WARNING) \
    _(UNIT_NOT_IN_REGISTER, "unit_not_in_register", 11, SEVERITY_WARNING) \
    _(UNIT_NOT_IN_PLAN, "unit_not_in_plan", 11, SEVERITY_WARNING) \
    _(DOUBLED, "doubled", 5, SEVERITY_WARNING) \
    _(SECTOR, "sector", 7, SEVERITY_WARNING) \
    _(CLEANED, "cleaned", 0, SEVERITY_NOTE) \
    _(ODD_FORM, "odd_form", 2, SEVERITY_NOTE) \
    _(OLD_FILE, "old_file", 5, SEVERITY_WARNING) \
    _(ACCESS_POINT, "access_point", 2, SEVERITY_ERROR) \
    _(SAME_ADDRESS, "same_address", 12, SEVERITY_NOTE) \
    _(NEAR_OID, "near_oid", 12, SEVERITY_NOTE) \
    _(NUMBER_GAP, "number_gap", 11, SEVERITY_NOTE)

/* Those up to here are the 28 messages of the check; what comes after are hints beside them. */
#define REGCHECK_MESSAGE_AS_ENUM(name, id, level, severity) REGCHECK_##name,
enum register_message { REGCHECK_MESSAGE_INFO(REGCHECK_MESSAGE_AS_ENUM) REGCHECK_MESSAGE_COUNT };
#undef REGCHECK_MESSAGE_AS_ENUM
enum { REGCHECK_RANKED = REGCHECK_ACCESS_POINT + 1 };

/* "oid_not_found" and the like, as data/register_messages.yaml names them. */
const char *register_message_id(enum register_message message);
/* The message with this id, or -1. */
int register_message_find(const char *id);

/* What the blanks of a message stand for: {oid}, {name}, {own}, {date}, {number}, {proposal},
 * {kind} (an id among the kinds of the data file), {units}. */
#define REGCHECK_BLANK_INFO(_) \
    _(OID, "oid") _(NAME, "name") _(OWN, "own") _(DATE, "date") _(NUMBER, "number") \
    _(PROPOSAL, "proposal") _(KIND, "kind") _(UNITS, "units")
#define REGCHECK_BLANK_AS_ENUM(name, word) REGCHECK_BLANK_##name,
enum register_blank { REGCHECK_BLANK_INFO(REGCHECK_BLANK_AS_ENUM) REGCHECK_BLANK_COUNT };
#undef REGCHECK_BLANK_AS_ENUM

/* Without the braces. */
const char *register_blank_name(enum register_blank blank);

/* What a finding is about, and so which answer corrects it. */
enum register_about {
    REGCHECK_ABOUT_ALL, REGCHECK_ABOUT_OID, REGCHECK_ABOUT_NAME, REGCHECK_ABOUT_ADDRESS,
    REGCHECK_ABOUT_ACCESS
};

struct register_finding {
    enum register_message message;
    enum severity severity;
    int level;
    enum register_about about;
    int unit;                 /* position in the claim's units; -1: the operating unit or all */
    const struct regcheck_row *row;   /* of the picture, when one is meant; or NULL */
    char *blank[REGCHECK_BLANK_COUNT];
};

enum register_state {
    REGCHECK_NOT_CHECKED, REGCHECK_GREEN, REGCHECK_YELLOW, REGCHECK_RED, REGCHECK_STATE_COUNT
};
/* "not_checked", "green", "yellow", "red" */
const char *register_state_id(enum register_state state);

/* What a level came to. */
enum register_level { REGCHECK_LEVEL_OPEN, REGCHECK_LEVEL_CLEAR, REGCHECK_LEVEL_NOTE,
                      REGCHECK_LEVEL_WARNING, REGCHECK_LEVEL_ERROR };

struct register_result {
    enum register_state state;
    enum register_level level[REGCHECK_LEVELS];
    struct register_finding *at;      /* in the order of rank */
    size_t count, room;
    int age;                  /* of the file, in days; -1 when not known */
    int again;                /* the day to fetch the file again, or DATE_NONE */
};

/* Replaces nothing: `out` is zeroed by the caller. The result points into the picture. */
void register_check(const struct register_claim *claim, const struct register_picture *picture,
                    struct register_result *out);
void register_result_free(struct register_result *result);

/* ---- parts of the check that stand alone ---- */

/* The row with exactly this OID; the one in force on `day` when there are several. */
const struct regcheck_row *regcheck_row_find(const struct register_picture *picture,
                                             const char *oid, int day);
/* The row is in force on that day: dates, status, and the name not saying that it is closed. */
bool regcheck_row_in_force(const struct regcheck_row *row, int day);
bool regcheck_row_is_operating(const struct regcheck_row *row);

/* The same name but for case, composition of letters, legal form, what stands behind a comma, and a
 * slip of the pen. */
bool register_names_match(const char *a, const char *b);
/* How alike two names are, 0 to 100. */
int register_name_likeness(const char *a, const char *b);
/* The same street address but for case, blanks and a post office box. */
bool register_addresses_match(const char *a, const char *b);
/* The text was decoded wrongly somewhere on its way. */
bool register_is_garbled(const char *text);

/* A date of the register ("2021-02-01T00:00:01", "31.12.2025", "20251231"): false when it is none.
 * The first and the last day that the register knows, 1 January 1900 and 31 December 2100, stand
 * for no day and give DATE_NONE. */
bool regcheck_date(const char *text, int *date);
/* '1' to '3', the code of a known sector ("2 Yksityinen"), or 0. */
char regcheck_sector(const char *text);

#endif
