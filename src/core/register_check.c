/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The levels of the check, from the form of a code to its neighbours in the register.
 *
 * A unit is looked at level by level; a level that finds an error which makes the later ones
 * meaningless (no row, no code) ends the look at that unit, so that one mistake is one message.
 */
#include "core/register_check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "core/identifiers.h"
#include "core/register_parts.h"

static const struct {
    const char *id;
    int level;
    enum severity severity;
} messages[REGCHECK_MESSAGE_COUNT] = {
#define AS_ROW(name, id, level, severity) [REGCHECK_##name] = { id, level, severity },
    REGCHECK_MESSAGE_INFO(AS_ROW)
#undef AS_ROW
};

static const char *const blanks[] = {
#define AS_WORD(name, word) word,
    REGCHECK_BLANK_INFO(AS_WORD)
#undef AS_WORD
};

static const char *const states[] = { "not_checked", "green", "yellow", "red" };

const char *register_message_id(enum register_message message)
{
    return messages[message].id;
}

int register_message_find(const char *id)
{
    for (int i = 0; i < REGCHECK_MESSAGE_COUNT; i++)
        if (strcmp(messages[i].id, id) == 0)
            return i;
    return -1;
}

const char *register_blank_name(enum register_blank blank)
{
    return blanks[blank];
}

const char *register_state_id(enum register_state state)
{
    return states[state];
}

/* ---- rows ---- */

bool regcheck_given(const char *text)
{
    return text && *text;
}

bool regcheck_row_in_force(const struct regcheck_row *row, int day)
{
    struct buf folded = BUF_INIT;
    bool closed;

    utf8_fold(&folded, row->name ? row->name : "");
    closed = strstr(folded.text, "lopetettu") != NULL;
    buf_free(&folded);
    return !closed && !row->withdrawn && (row->begin == DATE_NONE || row->begin <= day)
        && (row->end == DATE_NONE || row->end >= day);
}

bool regcheck_row_is_operating(const struct regcheck_row *row)
{
    const char *class = id_oid_class(row->oid);

    if (row->flags & (REGCHECK_SOCIAL_OPERATING | REGCHECK_HEALTH_OPERATING))
        return !(row->flags & (REGCHECK_SOCIAL_SERVICE | REGCHECK_HEALTH_SERVICE));
    return class && strcmp(class, "operating") == 0;
}

const struct regcheck_row *regcheck_row_find(const struct register_picture *picture,
                                             const char *oid, int day)
{
    const struct regcheck_row *found = NULL;

    for (size_t i = 0; i < picture->count; i++) {
        const struct regcheck_row *row = &picture->rows[i];
        if (strcmp(row->oid, oid) == 0
            && (!found || (!regcheck_row_in_force(found, day) && regcheck_row_in_force(row, day))))
            found = row;
    }
    return found;
}

/* ---- findings ---- */

struct register_finding *regcheck_add(struct look *look, enum register_message message,
                                      enum register_about about, const struct regcheck_row *row)
{
    struct register_result *out = look->out;
    struct register_finding *finding;

    out->at = vec_room(out->at, &out->room, out->count + 1, sizeof out->at[0]);
    finding = &out->at[out->count++];
    *finding = (struct register_finding){ .message = message, .about = about, .row = row,
                                          .severity = messages[message].severity,
                                          .level = messages[message].level,
                                          .unit = look->position };
    return finding;
}

void regcheck_blank(struct register_finding *finding, enum register_blank blank, const char *text)
{
    free(finding->blank[blank]);
    finding->blank[blank] = xstrdup(text ? text : "");
}

static void set_date(struct register_finding *finding, int date)
{
    char iso[11];

    date_iso(date, iso);
    regcheck_blank(finding, REGCHECK_BLANK_DATE, iso);
}

void regcheck_number(struct register_finding *finding, long number)
{
    char text[24];

    snprintf(text, sizeof text, "%ld", number);
    regcheck_blank(finding, REGCHECK_BLANK_NUMBER, text);
}

void regcheck_say(struct look *look, enum register_message message, enum register_about about,
                  const struct regcheck_row *row, enum register_blank blank, const char *text)
{
    regcheck_blank(regcheck_add(look, message, about, row), blank, text);
}

/* "Palvelukoti Koivu (1.2.246.10.…10.1), …" of the rows that `wanted` picks. */
static void set_units(struct look *look, struct register_finding *finding,
                      bool (*wanted)(const struct look *, const struct regcheck_row *))
{
    struct buf text = BUF_INIT;

    for (size_t i = 0; i < look->picture->count; i++) {
        const struct regcheck_row *row = &look->picture->rows[i];
        if (!wanted(look, row))
            continue;
        buf_addf(&text, "%s%s (%s)", text.length ? ", " : "", row->name ? row->name : "",
                 row->oid);
    }
    regcheck_blank(finding, REGCHECK_BLANK_UNITS, text.text);
    buf_free(&text);
}

/* ---- the provider's sub-tree ---- */

/* A row belongs to the provider by its OID or by the business id that the register gives it. */
bool regcheck_own(const struct look *look, const struct regcheck_row *row)
{
    if (!regcheck_given(look->claim->business_id))
        return false;
    return id_oid_belongs(row->oid, look->claim->business_id)
        || (regcheck_given(row->business_id)
            && strcmp(row->business_id, look->claim->business_id) == 0
            && !strstr(row->oid, "1.2.246.10."));
}

bool regcheck_own_service(const struct look *look, const struct regcheck_row *row)
{
    return regcheck_own(look, row) && !regcheck_row_is_operating(row)
        && regcheck_row_in_force(row, look->claim->today);
}

static bool is_own_operating(const struct look *look, const struct regcheck_row *row)
{
    return regcheck_own(look, row) && regcheck_row_is_operating(row);
}

static size_t count_rows(const struct look *look,
                         bool (*wanted)(const struct look *, const struct regcheck_row *))
{
    size_t count = 0;

    for (size_t i = 0; i < look->picture->count; i++)
        count += wanted(look, &look->picture->rows[i]);
    return count;
}

static void check_subtree(struct look *look)
{
    struct register_finding *finding;
    struct buf oid = BUF_INIT;

    id_oid_from_ytunnus(look->claim->business_id, &oid);
    if (count_rows(look, regcheck_own) == 0) {
        finding = regcheck_add(look, REGCHECK_NOTHING_FOUND, REGCHECK_ABOUT_ALL, NULL);
        regcheck_blank(finding, REGCHECK_BLANK_OWN, look->claim->business_id);
    } else if (count_rows(look, is_own_operating) == 0) {
        finding = regcheck_add(look, REGCHECK_NO_OPERATING_UNIT, REGCHECK_ABOUT_ALL, NULL);
        regcheck_blank(finding, REGCHECK_BLANK_OID, oid.text);
    } else if (count_rows(look, regcheck_own_service) == 0) {
        regcheck_add(look, REGCHECK_NO_SERVICE_UNIT, REGCHECK_ABOUT_ALL, NULL);
    }
    buf_free(&oid);
}

/* ---- level 12: neighbours ---- */

/* One digit more, less, changed or swapped with the next. */
static bool is_one_slip(const char *a, const char *b)
{
    size_t left = strlen(a), right = strlen(b), begin = 0, end = 0;

    while (begin < left && begin < right && a[begin] == b[begin])
        begin++;
    while (end < left - begin && end < right - begin
           && a[left - 1 - end] == b[right - 1 - end])
        end++;
    left -= begin + end;
    right -= begin + end;
    if (left == 2 && right == 2)
        return a[begin] == b[begin + 1] && a[begin + 1] == b[begin];
    return left <= 1 && right <= 1 && left + right > 0;
}

static const struct regcheck_row *near_row(const struct look *look, const char *oid)
{
    for (size_t i = 0; i < look->picture->count; i++) {
        const struct regcheck_row *row = &look->picture->rows[i];
        bool fits = look->position < 0 ? is_own_operating(look, row)
                                       : regcheck_own_service(look, row);
        if (fits && is_one_slip(row->oid, oid))
            return row;
    }
    return NULL;
}

/* ---- level 5: the row ---- */

static void say_not_found(struct look *look, const char *oid)
{
    const struct regcheck_row *near = near_row(look, oid);
    struct register_finding *finding;

    if (!look->picture->imported || count_rows(look, regcheck_own) == 0)
        return;
    finding = regcheck_add(look, REGCHECK_OID_NOT_FOUND, REGCHECK_ABOUT_OID, NULL);
    regcheck_blank(finding, REGCHECK_BLANK_OID, oid);
    set_units(look, finding, look->position < 0 ? is_own_operating : regcheck_own_service);
    if (near) {
        finding = regcheck_add(look, REGCHECK_NEAR_OID, REGCHECK_ABOUT_OID, near);
        regcheck_blank(finding, REGCHECK_BLANK_PROPOSAL, near->oid);
        regcheck_blank(finding, REGCHECK_BLANK_NAME, near->name);
        regcheck_blank(finding, REGCHECK_BLANK_OID, oid);
    }
}

static void check_doubled(struct look *look, const struct regcheck_row *row)
{
    size_t count = 0;

    for (size_t i = 0; i < look->picture->count; i++)
        count += strcmp(look->picture->rows[i].oid, row->oid) == 0
            && regcheck_row_in_force(&look->picture->rows[i], look->claim->today);
    if (count > 1)
        regcheck_say(look, REGCHECK_DOUBLED, REGCHECK_ABOUT_OID, row, REGCHECK_BLANK_OID, row->oid);
}

/* ---- level 4: whose it is ---- */

static void say_other_company(struct look *look, const char *oid, const char *owner,
                              const struct regcheck_row *row)
{
    struct register_finding *finding =
        regcheck_add(look, REGCHECK_OTHER_COMPANY, REGCHECK_ABOUT_OID, row);

    if (look->unit->others)
        finding->severity = SEVERITY_NOTE;
    regcheck_blank(finding, REGCHECK_BLANK_OID, oid);
    regcheck_blank(finding, REGCHECK_BLANK_NAME,
                   row && regcheck_given(row->name) ? row->name : owner);
}

/* False, and said, when the code is below another company's business id. */
static bool check_owner(struct look *look, const char *oid, const struct regcheck_row *row)
{
    struct register_finding *finding;
    char owner[10];

    if (!id_oid_business_id(oid, owner))
        return true;
    if (!id_oid_belongs(oid, look->claim->business_id)) {
        say_other_company(look, oid, owner, row);
        return false;
    }
    if (row && regcheck_given(row->business_id) && strcmp(row->business_id, owner) != 0) {
        finding = regcheck_add(look, REGCHECK_BUSINESS_ID_DIFFERS, REGCHECK_ABOUT_OID, row);
        regcheck_blank(finding, REGCHECK_BLANK_NAME, row->business_id);
        regcheck_blank(finding, REGCHECK_BLANK_OID, oid);
    }
    return true;
}

/* ---- levels 6, 7, 10: kind, marks, time ---- */

static bool check_kind(struct look *look, const struct regcheck_row *row)
{
    bool operating = regcheck_row_is_operating(row);

    if (look->position < 0 && !operating) {
        regcheck_say_class(look, row->oid, "service");
        return false;
    }
    if (look->position >= 0 && operating) {
        regcheck_say(look, REGCHECK_OPERATING_FOR_SERVICE, REGCHECK_ABOUT_OID, row,
                     REGCHECK_BLANK_OID, row->oid);
        return false;
    }
    return true;
}

static void check_marks(struct look *look, const struct regcheck_row *row)
{
    unsigned social = look->position < 0 ? REGCHECK_SOCIAL_OPERATING : REGCHECK_SOCIAL_SERVICE;
    unsigned health = look->position < 0 ? REGCHECK_HEALTH_OPERATING : REGCHECK_HEALTH_SERVICE;
    char sector = row->sector ? regcheck_sector(row->sector) : '2';
    struct register_finding *finding;

    if ((row->flags & REGCHECK_FLAGS) && !(row->flags & social)) {
        finding = regcheck_add(look, row->flags & health ? REGCHECK_ONLY_HEALTH
                                                         : REGCHECK_NOT_SOCIAL,
                               REGCHECK_ABOUT_OID, row);
        regcheck_blank(finding, REGCHECK_BLANK_NAME, row->name);
    }
    if (sector != '2' && sector != '3')
        regcheck_say(look, REGCHECK_SECTOR, REGCHECK_ABOUT_OID, row, REGCHECK_BLANK_NAME,
                     row->sector);
}

static void check_time(struct look *look, const struct regcheck_row *row)
{
    int start = look->claim->start == DATE_NONE || look->claim->start < look->claim->today
        ? look->claim->today : look->claim->start;
    struct register_finding *finding = NULL;

    if (row->begin != DATE_NONE && row->begin > start) {
        finding = regcheck_add(look, REGCHECK_NOT_BEGUN, REGCHECK_ABOUT_OID, row);
        set_date(finding, row->begin);
    } else if ((row->end != DATE_NONE && row->end < start)
               || !(regcheck_row_in_force(row, look->claim->today)
                    || (row->begin != DATE_NONE && row->begin > look->claim->today))) {
        finding = regcheck_add(look, REGCHECK_ENDED, REGCHECK_ABOUT_OID, row);
        set_date(finding, row->end);
    }
    if (finding)
        regcheck_blank(finding, REGCHECK_BLANK_NAME, row->name);
}

/* ---- one unit ---- */

static void check_row(struct look *look, const struct regcheck_row *row)
{
    check_doubled(look, row);
    check_time(look, row);
    if (!check_kind(look, row))
        return;
    check_marks(look, row);
    regcheck_parents(look, row);
    regcheck_name(look, row);
    regcheck_address(look, row);
    regcheck_neighbours(look, row);
}

/* The unit of another provider, as the plan says: it must be in force all the same, but what it is
 * called and where it belongs is not the user's business. */
static void check_others(struct look *look, const char *oid, const struct regcheck_row *row)
{
    if (!row) {
        say_not_found(look, oid);
        return;
    }
    check_doubled(look, row);
    check_time(look, row);
    if (check_kind(look, row))
        check_marks(look, row);
}

static void check_code(struct look *look, const char *oid)
{
    const struct regcheck_row *row = regcheck_row_find(look->picture, oid, look->claim->today);
    bool good = regcheck_form(look, oid, row), own;

    if (!good && !row)
        return;
    /* whose rows they are is not known without a business id */
    if (!regcheck_given(look->claim->business_id))
        return;
    own = check_owner(look, oid, row);
    if (row && own)
        check_row(look, row);
    else if (own)
        say_not_found(look, oid);
    else if (look->unit->others)
        check_others(look, oid, row);
    if (!row && own && look->position >= 0 && strcmp(id_oid_class(oid), "operating") == 0)
        regcheck_say(look, REGCHECK_OPERATING_FOR_SERVICE, REGCHECK_ABOUT_OID, NULL,
                     REGCHECK_BLANK_OID, oid);
}

/* A unit of the plan without a code may still stand in the register under its name. */
static void check_nameless(struct look *look)
{
    if (!look->picture->imported || look->position < 0 || !regcheck_given(look->unit->name))
        return;
    for (size_t i = 0; i < look->picture->count; i++)
        if (regcheck_own_service(look, &look->picture->rows[i]) && look->picture->rows[i].name
            && register_names_match(look->picture->rows[i].name, look->unit->name))
            return;
    regcheck_say(look, REGCHECK_UNIT_NOT_IN_REGISTER, REGCHECK_ABOUT_OID, NULL, REGCHECK_BLANK_NAME,
        look->unit->name);
}

static void check_unit(struct look *look, const struct register_unit *unit, int position)
{
    struct id_result cleaned = ID_RESULT_INIT;
    const char *oid;

    look->unit = unit;
    look->position = position;
    if (!regcheck_given(unit->oid)) {
        check_nameless(look);
        return;
    }
    if (id_has_person_code(unit->oid, NULL, NULL)) {
        regcheck_add(look, REGCHECK_PERSON_CODE, REGCHECK_ABOUT_OID, NULL);
        return;
    }
    /* a code that stands in the register as it was typed needs no cleaning */
    id_check("oid_syntax", unit->oid, &cleaned);
    regcheck_note_cleaned(look, &cleaned, unit->oid);
    oid = cleaned.canonical.length ? cleaned.canonical.text : unit->oid;
    check_code(look, oid);
    id_result_free(&cleaned);
}

/* ---- access point, file ---- */

static bool is_own_code(const struct register_claim *claim, const char *oid)
{
    return regcheck_named(claim, oid)
        || (claim->operating.oid && strcmp(claim->operating.oid, oid) == 0);
}

static void check_access(struct look *look)
{
    const struct register_claim *claim = look->claim;
    bool given = regcheck_given(claim->access_point);
    bool own = given && (is_own_code(claim, claim->access_point)
                         || regcheck_row_find(look->picture, claim->access_point, claim->today));

    if (!claim->access_asked || (given && !own && !claim->access_unreported))
        return;
    regcheck_say(look, REGCHECK_ACCESS_POINT, REGCHECK_ABOUT_ACCESS, NULL, REGCHECK_BLANK_OID,
        given ? claim->access_point : "");
}

static bool is_garbled_picture(const struct register_picture *picture)
{
    bool garbled = picture->garbled;

    for (size_t i = 0; i < picture->count && !garbled; i++)
        garbled = register_is_garbled(picture->rows[i].name);
    return garbled;
}

static void check_file(struct look *look)
{
    struct register_result *out = look->out;
    int date = look->picture->file_date;
    struct register_finding *finding;

    out->age = date == DATE_NONE ? -1 : look->claim->today - date;
    out->again = date == DATE_NONE ? DATE_NONE : date + REGCHECK_FRESH_DAYS;
    if (out->age >= 0 && out->age <= REGCHECK_FRESH_DAYS && !is_garbled_picture(look->picture))
        return;
    finding = regcheck_add(look, REGCHECK_OLD_FILE, REGCHECK_ABOUT_ALL, NULL);
    regcheck_number(finding, out->age < 0 ? 0 : out->age);
    if (out->age >= 0 && out->age <= REGCHECK_GREEN_DAYS && !is_garbled_picture(look->picture))
        finding->severity = SEVERITY_NOTE;
}

/* ---- the whole ---- */

static int compare_findings(const void *left, const void *right)
{
    const struct register_finding *a = left, *b = right;

    if (a->message != b->message)
        return a->message < b->message ? -1 : 1;
    if (a->unit != b->unit)
        return a->unit < b->unit ? -1 : 1;
    return a->row == b->row ? 0 : (a->row < b->row ? -1 : 1);
}

/* Every code that the plan must give is given. */
static bool is_complete(const struct register_claim *claim)
{
    bool complete = regcheck_given(claim->operating.oid) && claim->unit_count > 0;

    for (size_t i = 0; i < claim->unit_count; i++)
        complete = complete && regcheck_given(claim->units[i].oid);
    return complete;
}

static void sum_up(const struct look *look)
{
    struct register_result *out = look->out;
    bool compared = look->picture->imported && regcheck_given(look->claim->business_id);

    for (int i = 0; i < REGCHECK_LEVELS; i++)
        out->level[i] = compared || i <= 3 ? REGCHECK_LEVEL_CLEAR : REGCHECK_LEVEL_OPEN;
    out->state = REGCHECK_GREEN;
    for (size_t i = 0; i < out->count; i++) {
        static const enum register_level levels[] = {
            [SEVERITY_ERROR] = REGCHECK_LEVEL_ERROR, [SEVERITY_WARNING] = REGCHECK_LEVEL_WARNING,
            [SEVERITY_NOTE] = REGCHECK_LEVEL_NOTE,
        };
        const struct register_finding *finding = &out->at[i];
        if (levels[finding->severity] > out->level[finding->level])
            out->level[finding->level] = levels[finding->severity];
        if (finding->severity == SEVERITY_ERROR)
            out->state = REGCHECK_RED;
        else if (finding->severity == SEVERITY_WARNING && out->state == REGCHECK_GREEN)
            out->state = REGCHECK_YELLOW;
    }
    if (out->state == REGCHECK_GREEN && !is_complete(look->claim))
        out->state = REGCHECK_YELLOW;
    if (!compared)
        out->state = REGCHECK_NOT_CHECKED;
}

void register_check(const struct register_claim *claim, const struct register_picture *picture,
                    struct register_result *out)
{
    struct look look = { .claim = claim, .picture = picture, .out = out, .position = -1 };

    out->age = -1;
    out->again = DATE_NONE;
    if (picture->imported && regcheck_given(claim->business_id))
        check_subtree(&look);
    check_unit(&look, &claim->operating, -1);
    for (size_t i = 0; i < claim->unit_count; i++)
        check_unit(&look, &claim->units[i], (int)i);
    look.position = -1;
    if (picture->imported) {
        regcheck_lists(&look);
        check_file(&look);
    }
    check_access(&look);
    if (out->count > 0)
        qsort(out->at, out->count, sizeof out->at[0], compare_findings);
    sum_up(&look);
}

void register_result_free(struct register_result *result)
{
    for (size_t i = 0; i < result->count; i++)
        for (size_t b = 0; b < REGCHECK_BLANK_COUNT; b++)
            free(result->at[i].blank[b]);
    free(result->at);
    memset(result, 0, sizeof *result);
}
