/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Who may see and do what: the rights matrix of a plan.
 *
 * The rights are answers like all others (roles with a cell a document group, users, assignments,
 * exceptions: rows of repeats), so log, undo, export and line mode know them already. This is a
 * picture of them: parsed once, with positions instead of keys, and asked by the grid, the checks
 * and the documents. A picture is of one moment and never changes; engine_rights() keeps one that
 * is up to date. It borrows the strings of the answers it was made from.
 *
 * The rules: an assignment gives a person the cells of a role, in one unit and one register, from a
 * day to a day. A work task counts only in the registers that fit it (decree 457/2024 15-16 §),
 * and what counts may use at most what the decree allows (1 §): everything beyond is left out of
 * the effective rights and is a finding. An exception adds to an assignment or takes away from it.
 * Positions are -1 for "none".
 */
#ifndef CORE_RIGHTS_H
#define CORE_RIGHTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/rights_data.h"

struct answers;
struct form;

struct rights_register {
    const char *key, *name, *contract;    /* name and contract may be NULL */
    unsigned kind, owner;     /* RIGHTS_SOCIAL or _PATIENT, RIGHTS_OWN or _ORGANISER; 0 not said */
    const char *organiser;    /* key of its row, or NULL */
    int from, until;          /* of the register access right; DATE_NONE */
};

enum rights_scope { RIGHTS_SCOPE_NONE, RIGHTS_OWN_CLIENTS, RIGHTS_UNIT, RIGHTS_ORGANISATION };

struct rights_role {
    const char *key, *name, *why, *level; /* all but the key may be NULL */
    const struct rights_template *template;   /* NULL: made by hand */
    unsigned tasks, admin;
    uint16_t cells[RIGHTS_GROUP_COUNT];
    unsigned checked;         /* groups that the user has confirmed or changed herself */
    enum rights_scope scope;
    bool mediator, relation, wide;
    bool dated;               /* it has assignments, and all of them end */
    unsigned excepted;        /* groups that an exception concerns in some assignment */
    int first_assignment, assignment_count;
};

struct rights_unit {
    const char *key, *name, *head;        /* head: key of a person, or NULL */
    unsigned tasks, services;
    int health;               /* 1, 0, or -1 not said */
};

/* A person with the record of her as a user, and the card. */
struct rights_person {
    const char *key, *name, *title, *group, *card_kind;
    int handles, licensed;    /* 1, 0, -1 */
    const char *user;         /* key of the record, or NULL */
    const char *kind, *licence, *licence_no, *extract;
    unsigned posts;           /* RIGHTS_POST_CEO, RIGHTS_POST_DPO */
    int from, until, licence_on, trained, told, secrecy, card_until;
    bool other_means, reliable, has_card;
    int first_assignment, first_account;
};
enum { RIGHTS_POST_CEO = 1, RIGHTS_POST_DPO = 2 };

struct rights_assignment {
    const char *key, *reason, *ticket;
    int person, role, unit, reg, guide, base, granted, approved;
    unsigned work;            /* tasks named for this assignment; 0: those of the role */
    unsigned tasks, services; /* service tasks, social services */
    unsigned grounds;         /* for data of health care: bits of the choices of asg_ground */
    int from, until;
    int next_of_person, next_of_role, first_exception;
};

struct rights_exception {
    const char *key, *reason;
    int assignment, group, approved, until;
    uint16_t letters;
    bool take;
    int next;                 /* of the same assignment */
};

struct rights_account {
    const char *key, *system, *user, *level;
    int person, next;
    bool open, shared;
};

struct rights_waiver {
    const char *key, *check, *about, *reason, *measure;
    int review, by;
};

/* An approval, a review, an order of changes. */
enum rights_event_kind { RIGHTS_EVENT_NONE, RIGHTS_APPROVED, RIGHTS_REVIEWED, RIGHTS_ORDERED };
struct rights_event {
    const char *key, *note;
    enum rights_event_kind kind;
    int on, by;
};

/* Positions by key, sorted; private. */
struct rights_index {
    struct rights_key *at;
    size_t count;
};

struct rights {
    const struct schema *schema;
    const struct rights_data *data;
    const struct answers *answers;
    int today;
    struct rights_register *registers;    size_t register_count;
    struct rights_role *roles;            size_t role_count;
    struct rights_unit *units;            size_t unit_count;
    struct rights_person *people;         size_t person_count;
    struct rights_assignment *assignments; size_t assignment_count;
    struct rights_exception *exceptions;  size_t exception_count;
    struct rights_account *accounts;      size_t account_count;
    struct rights_waiver *waivers;        size_t waiver_count;
    struct rights_event *events;          size_t event_count;
    struct rights_index by_role, by_person, by_unit, by_register, by_assignment;
    struct rights_most *most; /* private: ceilings that were asked for */
};

/* Content has the model and `answers` may be looked at this way. */
bool rights_can(const struct schema *schema);

/* The form holds the roles of the matrix; never when the content has no model. */
bool rights_are_in(const struct schema *schema, const struct form *form);

/* A picture of the answers as they are now; `today` is the day that checks and marks go by. NULL
 * when the content has no model. */
struct rights *rights_new(const struct schema *schema, const struct answers *answers, int today);
void rights_free(struct rights *rights);

/* Reads the cells of a role again, after only they, or what is confirmed of them, have changed. */
void rights_reread_cells(struct rights *rights, int role);

/* The user has begun: there is a role, an assignment or a register. */
bool rights_begun(const struct rights *rights);

/* Positions by the key of a row; -1 when there is none. */
int rights_role_at(const struct rights *rights, const char *key);
int rights_person_at(const struct rights *rights, const char *key);
int rights_assignment_at(const struct rights *rights, const char *key);

/* ---- ceilings ---- */

/* The tasks among `tasks` that count in the register. */
unsigned rights_fitting(const struct rights *rights, unsigned tasks, int reg);
/* What the role may have at most of a group, in a register; with -1 in any of those that fit its
 * tasks. Rights whose condition is plainly not met are left out. */
uint16_t rights_ceiling(const struct rights *rights, int role, int reg, int group);
/* The same for an assignment: its own tasks, its register; a student's base role. */
uint16_t rights_assignment_ceiling(const struct rights *rights, int assignment, int group);

/* ---- effective rights ---- */

/* The assignment has person and role, and that day lies in its time and in the person's. */
bool rights_active(const struct rights *rights, int assignment, int day);
/* What the assignment says before the ceiling: cell, plus and minus exceptions of that day. */
uint16_t rights_granted(const struct rights *rights, int assignment, int group, int day);
/* What it gives on that day: granted, within the ceiling, while it is active. */
uint16_t rights_effective(const struct rights *rights, int assignment, int group, int day);
/* All that a person has on that day in a register (-1: in any), by group. */
void rights_of_person(const struct rights *rights, int person, int reg, int day,
                      uint16_t out[RIGHTS_GROUP_COUNT]);

/* Assignments that give all of `letters` on the group; positions in the order of the plan. */
struct rights_found {
    int *at;
    size_t count, room;
};
void rights_who(const struct rights *rights, uint16_t letters, int group, int reg, int day,
                struct rights_found *out);
void rights_found_free(struct rights_found *found);

/* The first assignment of the role to the person from `after` on (-1: from the start), or -1. */
int rights_between(const struct rights *rights, int person, int role, int after);

/* ---- one cell of the grid of roles ---- */

enum rights_origin { RIGHTS_ORIGIN_EMPTY, RIGHTS_ORIGIN_TEMPLATE, RIGHTS_ORIGIN_CONFIRMED,
                     RIGHTS_ORIGIN_CHANGED };

struct rights_cell {
    uint16_t letters;         /* as stored */
    uint16_t ceiling;         /* what may be set */
    uint16_t over;            /* letters beyond it */
    uint16_t template_letters;
    uint16_t limited;         /* letters that only a condition allows */
    enum rights_origin origin;
    bool excepted, dated;     /* an exception is about it; as the role's */
};
/* `reg` -1: whatever register. A group that does not live in the register has ceiling 0. */
void rights_cell(const struct rights *rights, int role, int group, int reg,
                 struct rights_cell *out);
/* One sign for a cell: '-' the ceiling allows nothing, '!' over it, '*' exception, 't' limited in
 * time, '~' from the template and not confirmed, '?' a condition, ' ' none of these. */
char rights_mark(const struct rights_cell *cell);

/* "VKM" or, in ids, "v k m"; `out` holds 24 bytes. */
void rights_letters(unsigned letters, char out[24]);
void rights_ids(const struct list *list, unsigned mask, char *out, size_t size);

#endif
