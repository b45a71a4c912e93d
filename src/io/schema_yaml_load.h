/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Reading maps by tables of keys; shared by the schema_yaml files only.
 *
 * A table describes one kind of map: each row names a key, what reads its value, and where
 * in the struct the value goes. So the vocabulary of the form language is data: a new key is a new
 * row, and unknown keys get a suggestion from the same rows. A null value is an absent key. The
 * first row of a thing with an id is "id"; a missing one becomes "".
 */
#ifndef IO_SCHEMA_YAML_LOAD_H
#define IO_SCHEMA_YAML_LOAD_H

#include <stdbool.h>
#include <stddef.h>

#include "core/problems.h"
#include "core/schema.h"
#include "io/node.h"

struct loader {
    struct schema *schema;
    const struct tree *tree;
    struct problems out;
    struct list *list;        /* the list whose choices are being read: collects its columns */
    bool in_repeat;
};

struct key;
typedef void (*key_read)(struct loader *l, const struct key *key, struct at value, void *field);

struct key {
    const char *name;
    key_read read;
    size_t offset;
    bool needed;
};

/* `what` is the kind of map in words. `where` is the offset of a struct where, or NO_WHERE. */
struct keys {
    const char *what;
    const struct key *rows;
    size_t count, size, where;
    /* A key that is in no row; true when it was taken. May be NULL. */
    bool (*other)(struct loader *l, struct at key, struct at value, void *thing);
};
#define NO_WHERE ((size_t)-1)

struct where load_where(const struct loader *l, struct at at);
void load_problem(struct loader *l, struct at at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Reads a map into `thing`; false when the value is no map. */
bool load_map(struct loader *l, const struct keys *keys, struct at map, void *thing);

/* Reads a sequence of maps, appending to the array `*items` of `*count` things. */
void load_maps(struct loader *l, const struct keys *keys, struct at sequence, void *items,
               size_t *count);

/* Reads one map, appending it to the array; NULL when it is no map. */
void *load_one(struct loader *l, const struct keys *keys, struct at map, void *items,
               size_t *count);

/* Position of the value among `words`, or -1 after reporting it. */
int load_word(struct loader *l, const struct key *key, struct at value, const char *const *words,
              size_t count);

/* A small letter, then small letters, digits and underlines. */
bool load_is_id(const char *text);

/* Readers; the comment gives the type of the field. */
void load_id(struct loader *l, const struct key *key, struct at value,
             void *field);                                            /* const char * */
void load_dotted_id(struct loader *l, const struct key *key, struct at value,
                    void *field);                                     /* const char * */
void load_string(struct loader *l, const struct key *key, struct at value,
                 void *field);                                        /* const char * */
void load_strings(struct loader *l, const struct key *key, struct at value,
                  void *field);                                       /* const char ** */
void load_text(struct loader *l, const struct key *key, struct at value,
               void *field);                                          /* struct text */
void load_flag(struct loader *l, const struct key *key, struct at value,
               void *field);                                          /* bool */
void load_number(struct loader *l, const struct key *key, struct at value,
                 void *field);                                        /* int */
void load_rule(struct loader *l, const struct key *key, struct at value,
               void *field);                                          /* struct rule_text */
void load_source(struct loader *l, const struct key *key, struct at value,
                 void *field);                                        /* struct source */
void load_nothing(struct loader *l, const struct key *key, struct at value,
                  void *field);                                       /* accepted, not kept */
/* Placeholders that only have an id and a place, until schema_finish(). */
void load_task_name(struct loader *l, const struct key *key, struct at value,
                    void *field);                                     /* const struct task * */
void load_item_name(struct loader *l, const struct key *key, struct at value,
                    void *field);                                     /* const struct item * */

/* Items of a form, a page or a repeat, appended to `items`, which has room for what
 * load_item_room() says. */
size_t load_item_room(struct loader *l, struct at sequence);
void load_items(struct loader *l, struct at sequence, struct item *items, size_t *count);

/* The item is a requirement: it becomes several items. */
bool load_is_requirement(struct at item);
size_t load_requirement_room(struct loader *l, struct at item);
void load_requirement(struct loader *l, struct at item, struct item *items, size_t *count);

/* Copies the rules and the expiries about every requirement for each of them. */
void load_spread_rules(struct loader *l);
void load_spread_expiries(struct loader *l);

/* One for each kind of file. */
void load_form_file(struct loader *l, struct at root);
void load_list_file(struct loader *l, struct at root);
void load_tasks_file(struct loader *l, struct at root);
void load_facts_file(struct loader *l, struct at root);
void load_terms_file(struct loader *l, struct at root);
void load_rules_file(struct loader *l, struct at root);
void load_registers_file(struct loader *l, struct at root);
void load_requirement_file(struct loader *l, struct at root);
void load_activities_file(struct loader *l, struct at root);
void load_cards_file(struct loader *l, struct at root);
void load_document_file(struct loader *l, struct at root);
void load_import_file(struct loader *l, struct at root);
void load_packages_file(struct loader *l, struct at root);
void load_rights_file(struct loader *l, struct at root);
void load_outline_file(struct loader *l, struct at root);

#endif
