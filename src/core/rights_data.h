/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What data/rights/ says: the most that each work task may use, role templates, the checks.
 *
 * The work tasks, document groups and rights are closed lists (decree 457/2024 3 §, 10 § and
 * 15-24 §; the split into rights is that of client systems). Their names are in data/lists/; the
 * program knows their ids, and lint refuses content that has others. Sets are masks: bit n is the
 * n-th of a list.
 */
#ifndef CORE_RIGHTS_DATA_H
#define CORE_RIGHTS_DATA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/schema.h"

struct problems;

#define RIGHTS_ENUM(name, word) RIGHTS_##name,

/* Rights to documents: view, record, change, sign, invalidate, search in Kanta, consents, disclose,
 * report. */
#define RIGHTS_LETTER_INFO(_) \
    _(V, "v") _(K, "k") _(M, "m") _(A, "a") _(X, "x") _(H, "h") _(T, "t") _(L, "l") _(R, "r")
enum rights_letter { RIGHTS_LETTER_INFO(RIGHTS_ENUM) RIGHTS_LETTER_COUNT };

/* Rights to run systems: accounts, approval, logs, extranet, archivist's interface. */
#define RIGHTS_ADMIN_INFO(_) _(S, "s") _(G, "g") _(O, "o") _(E, "e") _(Z, "z")
enum rights_admin { RIGHTS_ADMIN_INFO(RIGHTS_ENUM) RIGHTS_ADMIN_COUNT };

/* Document groups D01 to D16. */
#define RIGHTS_GROUP_INFO(_) \
    _(D01, "d01") _(D02, "d02") _(D03, "d03") _(D04, "d04") _(D05, "d05") _(D06, "d06") \
    _(D07, "d07") _(D08, "d08") _(D09, "d09") _(D10, "d10") _(D11, "d11") _(D12, "d12") \
    _(D13, "d13") _(D14, "d14") _(D15, "d15") _(D16, "d16")
enum rights_group { RIGHTS_GROUP_INFO(RIGHTS_ENUM) RIGHTS_GROUP_COUNT };

/* Work tasks of the decree. LA, JJ and LV are the organiser's own. */
#define RIGHTS_TASK_INFO(_) \
    _(PJ, "pj") _(PT, "pt") _(JT, "jt") _(HA, "ha") _(OP, "op") _(IC, "ic") _(AR, "ar") \
    _(JO, "jo") _(TR, "tr") _(TL, "tl") _(TT, "tt") _(PH, "ph") _(LA, "la") _(JJ, "jj") \
    _(LV, "lv")
enum rights_task { RIGHTS_TASK_INFO(RIGHTS_ENUM) RIGHTS_TASK_COUNT };

#define RIGHTS_SERVICE_INFO(_) \
    _(LAPE, "lape") _(TYOI, "tyoi") _(IAKK, "iakk") _(LASU, "lasu") _(VAMM, "vamm") \
    _(PAIH, "paih") _(PERO, "pero")
enum rights_service { RIGHTS_SERVICE_INFO(RIGHTS_ENUM) RIGHTS_SERVICE_COUNT };

#define RIGHTS_BIT(n) (1U << (n))

/* Conditions that the program itself can look at; the others are only told. */
#define RIGHTS_LIMIT_INFO(_) \
    _(LIMIT_MEDIATOR, "mediator") _(LIMIT_SOCIAL, "ground_social") \
    _(LIMIT_CLOSE, "ground_close") _(LIMIT_SIX, "ground_six") _(LIMIT_REASON, "reason") \
    _(LIMIT_LOG, "log")
enum rights_limit_kind { RIGHTS_LIMIT_NONE, RIGHTS_LIMIT_TOLD, RIGHTS_LIMIT_INFO(RIGHTS_ENUM)
                         RIGHTS_LIMIT_COUNT };

struct rights_limit {
    const char *id;
    struct text text;
    bool narrows;             /* tells for which services the right is; no condition to be met */
    struct where where;
};

struct rights_ceiling {
    const char *task, *limit, *without;   /* limit and without may be NULL */
    const char **groups;      /* NULL-terminated */
    struct where where;
};

enum rights_given { RIGHTS_GIVEN_FULL, RIGHTS_GIVEN_PART, RIGHTS_GIVEN_NONE };

struct rights_template {
    const char *id;           /* a choice of the list rights_templates */
    const char *tasks_text, *admin_text, *scope, *card, *like;
    const char *cells_text[RIGHTS_GROUP_COUNT];
    enum rights_given given;
    bool dated;
    struct where where;

    /* when the schema is complete */
    const struct choice *choice;
    unsigned tasks, admin;
    uint16_t cells[RIGHTS_GROUP_COUNT];
};

/* One of the 45 checks. `number` and `words` are what it compares with, where it needs any. */
struct rights_check {
    const char *id;           /* "r01" */
    enum severity severity;
    struct text message, whole, of_right, remedy, source; /* whole and of_right may be absent */
    const char **words;       /* NULL-terminated, or NULL */
    int number;
    struct where where;
};
enum { RIGHTS_CHECK_COUNT = 45 };

/* The questions that hold the model: name, id. */
#define RIGHTS_ITEM_INFO(_) \
    _(PERSON, "person") _(PERSON_NAME, "person_name") _(PERSON_TITLE, "person_title") \
    _(PERSON_GROUP, "person_group") _(PERSON_HANDLES, "person_handles") \
    _(PERSON_RIGHT, "person_right") _(PERSON_CARD, "person_card") \
    _(UNIT, "unit") _(UNIT_NAME, "unit_name") _(UNIT_TASKS, "unit_tasks") \
    _(UNIT_SERVICES, "unit_services") _(UNIT_HEAD, "unit_head") _(UNIT_HEALTH, "unit_health") \
    _(ORGANISER, "organiser") _(ORGANISER_NAME, "organiser_name") \
    _(CARD, "card") _(CARD_HOLDER, "card_holder") _(CARD_KIND, "card_kind") \
    _(CARD_UNTIL, "card_valid_until") \
    _(REG, "data_register") _(REG_NAME, "dreg_name") _(REG_KIND, "dreg_kind") \
    _(REG_OWNER, "dreg_owner") _(REG_ORGANISER, "dreg_organiser") \
    _(REG_CONTRACT, "dreg_contract") _(REG_FROM, "dreg_from") _(REG_UNTIL, "dreg_until") \
    _(ROLE, "role") _(ROLE_NAME, "role_name") _(ROLE_TEMPLATE, "role_template") \
    _(ROLE_TASKS, "role_tasks") _(ROLE_ADMIN, "role_admin") _(ROLE_SCOPE, "role_scope") \
    _(ROLE_LEVEL, "role_level") \
    _(ROLE_WHY, "role_why") _(ROLE_MEDIATOR, "role_mediator") \
    _(ROLE_RELATION, "role_relation") _(ROLE_WIDE, "role_wide") _(ROLE_CHECKED, "role_checked") \
    _(USER, "user_record") _(USER_PERSON, "usr_person") _(USER_KIND, "usr_kind") \
    _(USER_FROM, "usr_from") _(USER_UNTIL, "usr_until") _(USER_POSTS, "usr_posts") \
    _(USER_LICENCE, "usr_licence") _(USER_LICENCE_NO, "usr_licence_no") \
    _(USER_LICENCE_ON, "usr_licence_on") _(USER_MEANS, "usr_means") \
    _(USER_TRAINED, "usr_trained_on") _(USER_TOLD, "usr_told_on") \
    _(USER_SECRECY, "usr_secrecy_on") _(USER_EXTRACT, "usr_extract") \
    _(USER_RELIABLE, "usr_reliable") \
    _(ASG, "assignment") _(ASG_PERSON, "asg_person") _(ASG_ROLE, "asg_role") \
    _(ASG_UNIT, "asg_unit") _(ASG_REG, "asg_register") _(ASG_WORK, "asg_work") \
    _(ASG_TASKS, "asg_tasks") _(ASG_SERVICES, "asg_services") _(ASG_FROM, "asg_from") \
    _(ASG_UNTIL, "asg_until") _(ASG_GUIDE, "asg_guide") _(ASG_BASE, "asg_base") \
    _(ASG_GROUND, "asg_ground") _(ASG_TICKET, "asg_ticket") _(ASG_REASON, "asg_reason") \
    _(ASG_GRANTED, "asg_granted_by") _(ASG_APPROVED, "asg_approved_by") \
    _(DEV, "deviation") _(DEV_ASG, "dev_assignment") _(DEV_GROUP, "dev_group") \
    _(DEV_RIGHTS, "dev_rights") _(DEV_WAY, "dev_way") _(DEV_REASON, "dev_reason") \
    _(DEV_UNTIL, "dev_until") _(DEV_APPROVED, "dev_approved_by") \
    _(ACC, "account") _(ACC_PERSON, "sys_person") _(ACC_SYSTEM, "sys_system") \
    _(ACC_USER, "sys_user") _(ACC_LEVEL, "sys_level") _(ACC_STATE, "sys_state") \
    _(ACC_SHARED, "sys_shared") \
    _(WAIVER, "waiver") _(WAIVER_CHECK, "wv_check") _(WAIVER_ABOUT, "wv_about") \
    _(WAIVER_REASON, "wv_reason") _(WAIVER_MEASURE, "wv_measure") \
    _(WAIVER_REVIEW, "wv_review") _(WAIVER_BY, "wv_by") \
    _(EVENT, "rights_event") _(EVENT_KIND, "rev_kind") _(EVENT_ON, "rev_on") \
    _(EVENT_BY, "rev_by") _(EVENT_NOTE, "rev_note") \
    _(CODE, "national_code") _(CODE_KEY, "nat_key") _(CODE_CODE, "nat_code") \
    _(BASIS, "acc_basis") _(APPROVER, "acc_approver") _(APPROVED, "acc_approved_on") \
    _(NEXT_REVIEW, "acc_next_review") _(LOG_RHYTHM, "log_rhythm") _(LOG_BY, "log_by") \
    _(MANAGER, "sec_manager") _(DPO, "contact_dpo") _(MANDATE, "archivist_mandate") \
    _(PATIENT_DATA, "org_patient_data")
#define RIGHTS_ITEM_AS_ENUM(name, word) RIGHTS_ITEM_##name,
enum rights_item { RIGHTS_ITEM_INFO(RIGHTS_ITEM_AS_ENUM) RIGHTS_ITEM_COUNT };
#undef RIGHTS_ITEM_AS_ENUM

/* Where a task counts. */
struct rights_work {
    unsigned owners, kinds;   /* of the register: bits of RIGHTS_OWN.., RIGHTS_SOCIAL.. */
    bool is_public, care, health;
    const char *section;      /* of the decree */
};

enum { RIGHTS_OWN = 1, RIGHTS_ORGANISER = 2 };
enum { RIGHTS_SOCIAL = 1, RIGHTS_PATIENT = 2 };

struct rights_data {
    struct text decree;       /* what the sections of the work tasks belong to */
    struct rights_limit *limits;          size_t limit_count;
    struct rights_ceiling *ceilings;      size_t ceiling_count;
    struct rights_template *templates;    size_t template_count;
    struct rights_check *checks;          size_t check_count;

    /* when the schema is complete */
    bool complete;            /* all that the model needs is there */
    const struct item *items[RIGHTS_ITEM_COUNT];
    const struct item *cells[RIGHTS_GROUP_COUNT];     /* role_d01 and so on */
    const struct list *letters, *admin, *groups, *tasks, *service_tasks, *services;
    const struct list *template_names, *providers;
    unsigned group_kinds[RIGHTS_GROUP_COUNT];         /* registers that a group lives in */
    unsigned group_owners[RIGHTS_GROUP_COUNT];
    struct rights_work work[RIGHTS_TASK_COUNT];
    /* what a task may do with a group, and under which condition: 0, or 1 + its position */
    uint16_t most[RIGHTS_TASK_COUNT][RIGHTS_GROUP_COUNT];
    unsigned char limit[RIGHTS_TASK_COUNT][RIGHTS_GROUP_COUNT];
    unsigned char limit_kinds[64];        /* enum rights_limit_kind, by that number */
};

/* Joins the data with lists and items; called by schema_finish(). Missing items are reported when
 * the files of data/rights/ are there. */
void rights_data_finish(struct schema *schema, struct problems *out);

/* The set of the words in `text` that are ids of the list; unknown ones are left out. */
unsigned rights_mask(const struct list *list, const char *text);

/* By id (may be NULL); NULL when there is none. */
const struct rights_template *rights_template_find(const struct rights_data *data,
                                                   const char *id);

#endif
