/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What the content says of cards and readers: the files in data/cards.
 *
 * Kinds of cards, chips, roots of trust, PIN references, software, and the cases of the diagnosis
 * with their texts. Read-only after loading; all of it lives as long as the schema.
 */
#ifndef CORE_CARD_DATA_H
#define CORE_CARD_DATA_H

#include "core/schema.h"

/* One condition: the sign has one of the values. A value "<90" or ">2" compares numbers, "-" holds
 * when the sign is absent, "*" when it is there. Signs: core/card_signs.h. */
struct card_condition {
    const char *sign;
    const char **values;      /* NULL-terminated */
    struct where where;
};

struct card_conditions {
    struct card_condition *at;
    size_t count;
};

/* How much a case matters, in the order of telling: it does not work; mind this; all is well; to be
 * known beside that. */
enum card_weight { CARD_WEIGHT_ERROR, CARD_WEIGHT_WARNING, CARD_WEIGHT_OK, CARD_WEIGHT_NOTE };
const char *card_weight_name(enum card_weight weight);

/* A case of the diagnosis. It holds when all of `when` holds, not all of `unless` does, and no
 * earlier case of its group holds. */
struct card_case {
    const char *id;
    enum card_weight weight;
    struct card_conditions when, unless;
    struct text cause, remedy;
    const char *command;      /* to be typed, with blanks; NULL: none */
    const char **ask;         /* ids of contacts; NULL-terminated */
    const char *group;        /* NULL: stands alone */
    struct where where;
};

/* Whom to ask. */
struct card_contact {
    const char *id;
    struct text text;
    struct where where;
};

/* A kind of card, recognised by words in the names of the certificate's issuer: one of `any`, if it
 * has some, and each of `all`, and the conditions. */
struct card_kind {
    const char *id;
    struct text title;
    const char *use;          /* kanta, temporary, test or none: what it is good for here */
    const char *choice;       /* its id in the list card_kinds, or NULL */
    const char **any, **all;  /* NULL-terminated, or NULL */
    struct card_conditions when;
    struct where where;
};

/* A certificate policy that settles the kind. */
struct card_policy {
    const char *oid, *kind;
    struct where where;
};

/* A family of chips, recognised by how the historical bytes begin (hexadecimal digits; "?" stands
 * for any digit). */
struct card_chip {
    const char *id, *history;
    struct text title;
    bool old;                 /* too old to be valid */
    struct where where;
};

/* A root of trust: the SHA-256 of its certificate. */
struct card_root {
    const char *id, *name, *sha256, *source;
    struct where where;
};

/* The references of the codes on a kind of card, hexadecimal. */
struct card_pins {
    const char *id, *pin1, *pin2, *puk;
    bool details;             /* the card also tells whether a code was changed */
    struct where where;
};

/* Software that matters beside us. */
struct card_software {
    const char *id;
    struct text title;
    /* NULL-terminated, or NULL; packages by how their names begin */
    const char **paths, **packages;
    const char *newest;       /* newest version known, or NULL */
    struct where where;
};

/* A maker whose readers may need a driver of their own: USB vendor id and the package. */
struct card_driver {
    const char *vendor, *package;
    struct where where;
};

/* Items in which the plan keeps what tests have found: name, key in the file. NEEDED is how many
 * cards are needed, PRODUCTION the day from which; the others are what they are called. */
#define CARD_ITEM_INFO(_) \
    _(ORGANISATION, "organisation") _(NEEDED, "needed") _(PRODUCTION, "production") \
    _(PERSON, "person") _(PERSON_CARD, "person_card") \
    _(HOLDER, "holder") _(KIND, "kind") _(READY, "ready") \
    _(RECEIVED, "received") _(WORKSTATION, "workstation") _(TESTED, "tested") _(HOW, "how") \
    _(FAULT, "fault") _(UNTIL, "until") _(SEEN_KIND, "seen_kind") \
    _(SEEN_ORGANISATION, "seen_organisation") _(STATION, "station") \
    _(STATION_HOST, "station_host") _(STATION_READER, "station_reader") \
    _(STATION_TESTED, "station_tested") _(STATION_HOW, "station_how")
#define CARD_ITEM_AS_ENUM(name, word) CARD_ITEM_##name,
enum card_item { CARD_ITEM_INFO(CARD_ITEM_AS_ENUM) CARD_ITEM_COUNT };
#undef CARD_ITEM_AS_ENUM

struct card_inventory {
    const char *ids[CARD_ITEM_COUNT];
    const struct item *items[CARD_ITEM_COUNT];    /* when the schema is complete */
    struct where where;       /* without a file: the content keeps no inventory */
};

/* Where an empty schema has none: schema->cards is NULL. */
struct cards {
    const char **issuers;     /* how the O of the issuer of a certificate begins that is DVV's */
    const char **contactless; /* words in the names of readers that cannot read contacts */
    const char **programs;    /* names of processes that use cards */
    struct card_case *cases;          size_t case_count;
    struct card_contact *contacts;    size_t contact_count;
    struct card_kind *kinds;          size_t kind_count;
    struct card_policy *policies;     size_t policy_count;
    struct card_chip *chips;          size_t chip_count;
    struct card_root *roots;          size_t root_count;
    struct card_pins *pins;           size_t pins_count;
    struct card_software *software;   size_t software_count;
    struct card_driver *drivers;      size_t driver_count;
    struct card_inventory inventory;
};

/* By id; NULL when there is none. */
const struct card_kind *card_kind_find(const struct cards *cards, const char *id);
const struct card_case *card_case_find(const struct cards *cards, const char *id);
const struct card_contact *card_contact_find(const struct cards *cards, const char *id);

#endif
