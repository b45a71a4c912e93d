/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * From the answers of a plan to a claim, from the register or the kept rows to a picture; taking
 * what the register says into the plan.
 *
 * Which items are compared is content (data/register_messages.yaml).
 */
#include "core/register_plan.h"

#include <string.h>
#include <stdlib.h>

#include "base/date.h"
#include "base/err.h"
#include "base/mem.h"
#include "core/check.h"
#include "core/identifiers.h"
#include "core/plan.h"
#include "core/register_kept.h"

bool register_plan_can(const struct plan *plan)
{
    return plan && plan->schema->registers;
}

static const struct item *item_of(const struct plan *plan, enum register_item what)
{
    return plan->schema->registers->items[what];
}

/* ---- the claim ---- */

/* The answer as it stands, wrong or not; NULL when it is not asked or not known. */
static const char *answer(const struct plan *plan, enum register_item what, const char *row)
{
    const struct item *item = item_of(plan, what);
    const char *value = answers_value(plan->answers, item, row);

    if (!value || strcmp(value, VALUE_UNSURE) == 0
        || !engine_is_relevant(plan->engine, item, row))
        return NULL;
    return value;
}

static bool is_yes(const char *value)
{
    return value && strcmp(value, "1") == 0;
}

static void read_units(const struct plan *plan, struct register_report *out)
{
    const struct item *repeat = item_of(plan, REGISTER_ITEM_UNITS);
    size_t count = answers_row_count(plan->answers, repeat);

    out->units = xcalloc(count + 1, sizeof out->units[0]);
    for (size_t i = 0; i < count; i++) {
        const char *key = answers_row_at(plan->answers, repeat, i)->key;
        out->units[i] = (struct register_unit){
            .key = key, .oid = answer(plan, REGISTER_ITEM_UNIT_OID, key),
            .name = answer(plan, REGISTER_ITEM_UNIT_NAME, key),
            .address = answer(plan, REGISTER_ITEM_UNIT_STREET, key),
            .postcode = answer(plan, REGISTER_ITEM_UNIT_POSTCODE, key),
            .town = answer(plan, REGISTER_ITEM_UNIT_TOWN, key),
            .others = is_yes(answer(plan, REGISTER_ITEM_UNIT_OTHERS, key)),
        };
    }
    out->claim.units = out->units;
    out->claim.unit_count = count;
}

static void read_claim(const struct plan *plan, struct register_report *out)
{
    const char *start = answer(plan, REGISTER_ITEM_START, NULL);
    const char *reported = answer(plan, REGISTER_ITEM_ACCESS_REPORTED, NULL);

    out->claim = (struct register_claim){
        .business_id = answer(plan, REGISTER_ITEM_BUSINESS_ID, NULL),
        .operating = { .oid = answer(plan, REGISTER_ITEM_OID, NULL),
                       .name = answer(plan, REGISTER_ITEM_NAME, NULL),
                       .address = answer(plan, REGISTER_ITEM_STREET, NULL),
                       .postcode = answer(plan, REGISTER_ITEM_POSTCODE, NULL),
                       .town = answer(plan, REGISTER_ITEM_TOWN, NULL) },
        .access_point = answer(plan, REGISTER_ITEM_ACCESS_POINT, NULL),
        /* a question that nobody has answered yet is open, not wrong */
        .access_asked = answers_value(plan->answers, item_of(plan, REGISTER_ITEM_ACCESS_POINT),
                                      NULL) != NULL,
        .access_unreported = reported && strcmp(reported, "0") == 0,
        .start = start ? date_parse_iso(start) : DATE_NONE,
        .today = plan->today,
    };
    read_units(plan, out);
}

/* ---- the picture ---- */

static const char *copied(struct arena *arena, const char *text)
{
    return text ? arena_strdup(arena, text) : NULL;
}

void register_picture_copy(struct register_picture *out, const struct register_picture *picture,
                           struct arena *arena)
{
    struct regcheck_row *rows = arena_alloc(arena, picture->count + 1, sizeof rows[0]);
    struct register_picture copy = *picture;

    for (size_t i = 0; i < picture->count; i++) {
        const struct regcheck_row *row = &picture->rows[i];
        rows[i] = *row;
        rows[i].oid = copied(arena, row->oid);
        rows[i].parent = copied(arena, row->parent);
        rows[i].name = copied(arena, row->name);
        rows[i].address = copied(arena, row->address);
        rows[i].postcode = copied(arena, row->postcode);
        rows[i].town = copied(arena, row->town);
        rows[i].business_id = copied(arena, row->business_id);
        rows[i].sector = copied(arena, row->sector);
    }
    copy.rows = rows;
    copy.file = copied(arena, picture->file);
    copy.digest = copied(arena, picture->digest);
    *out = copy;
}

static int look(const struct register_lookup *source, struct register_report *out,
                struct err *err)
{
    struct register_picture picture = { .file_date = DATE_NONE };
    const struct register_claim *claim = &out->claim;
    const char **oids = xcalloc(claim->unit_count + 3, sizeof oids[0]);
    size_t count = 0;
    int code;

    if (claim->operating.oid)
        oids[count++] = claim->operating.oid;
    if (claim->access_point)
        oids[count++] = claim->access_point;
    for (size_t i = 0; i < claim->unit_count; i++)
        if (claim->units[i].oid)
            oids[count++] = claim->units[i].oid;
    code = source->look(source->data, claim->business_id ? claim->business_id : "", oids, count,
                        &picture, err);
    free(oids);
    if (!code && picture.imported) {
        out->arena = arena_new();
        register_picture_copy(&out->picture, &picture, out->arena);
    }
    return code;
}

int register_plan_check(const struct plan *plan, const struct register_lookup *source,
                        struct register_report *out, struct err *err)
{
    int code = 0;

    read_claim(plan, out);
    out->picture.file_date = DATE_NONE;
    out->checked_on = DATE_NONE;
    if (source)
        code = look(source, out, err);
    if (!out->picture.imported)
        register_kept_read(plan->ops->setting(plan->store, REGISTER_KEPT_SETTING), out);
    register_check(&out->claim, &out->picture, &out->result);
    return code;
}

void register_report_free(struct register_report *report)
{
    register_result_free(&report->result);
    free(report->units);
    free(report->rows);
    free(report->text);
    if (report->arena)
        arena_free(report->arena);
    memset(report, 0, sizeof *report);
}

int register_plan_keep(struct plan *plan, const struct register_report *report, struct err *err)
{
    struct buf text = BUF_INIT;
    const char *before;
    int code = 0;

    if (!report->picture.imported || report->from_plan || plan_read_only(plan))
        return 0;
    register_kept_write(report, plan->today, &text);
    before = plan->ops->setting(plan->store, REGISTER_KEPT_SETTING);
    if (!before || strcmp(before, text.text) != 0)
        code = plan->ops->set_setting(plan->store, REGISTER_KEPT_SETTING, text.text, err);
    buf_free(&text);
    return code;
}

/* ---- beside an answer ---- */

/* What a row says about an item. The two tables go side by side: of the company, of a unit. */
static const struct {
    enum register_item company, unit;
    size_t offset;
    bool (*match)(const char *a, const char *b);
} compared[] = {
    { REGISTER_ITEM_OID, REGISTER_ITEM_UNIT_OID, offsetof(struct regcheck_row, oid), NULL },
    { REGISTER_ITEM_NAME, REGISTER_ITEM_UNIT_NAME, offsetof(struct regcheck_row, name),
      register_names_match },
    { REGISTER_ITEM_STREET, REGISTER_ITEM_UNIT_STREET, offsetof(struct regcheck_row, address),
      register_addresses_match },
    { REGISTER_ITEM_POSTCODE, REGISTER_ITEM_UNIT_POSTCODE,
      offsetof(struct regcheck_row, postcode), NULL },
    { REGISTER_ITEM_TOWN, REGISTER_ITEM_UNIT_TOWN, offsetof(struct regcheck_row, town),
      register_addresses_match },
};

/* Position in the table, or -1. */
static int find_compared(const struct plan *plan, const struct item *item)
{
    for (size_t i = 0; register_plan_can(plan) && i < countof(compared); i++)
        if (item == item_of(plan, compared[i].company) || item == item_of(plan, compared[i].unit))
            return (int)i;
    return -1;
}

bool register_plan_compares(const struct plan *plan, const struct item *item)
{
    return find_compared(plan, item) >= 0;
}

const char *register_plan_value(const struct plan *plan, const struct regcheck_row *row,
                                const struct item *item)
{
    int at = find_compared(plan, item);
    const char *value;

    if (at < 0 || !row)
        return NULL;
    memcpy(&value, (const char *)row + compared[at].offset, sizeof value);
    return value && *value ? value : NULL;
}

bool register_plan_agrees(const struct plan *plan, const struct item *item, const char *text,
                          const char *value)
{
    int at = find_compared(plan, item);

    if (at < 0 || !compared[at].match)
        return strcmp(text, value) == 0;
    return compared[at].match(text, value);
}

static int unit_position(const struct register_report *report, const char *key)
{
    for (size_t i = 0; i < report->claim.unit_count; i++)
        if (strcmp(report->units[i].key, key) == 0)
            return (int)i;
    return -1;
}

static const struct regcheck_row *own_operating(const struct register_report *report)
{
    for (size_t i = 0; i < report->picture.count; i++) {
        const struct regcheck_row *row = &report->picture.rows[i];
        if (report->claim.business_id && id_oid_belongs(row->oid, report->claim.business_id)
            && regcheck_row_is_operating(row))
            return row;
    }
    return NULL;
}

/* The row that the check proposed for the unit, else the one of the same name. */
static const struct regcheck_row *near_unit(const struct register_report *report, int position)
{
    const struct register_unit *unit = &report->units[position];

    for (size_t i = 0; i < report->result.count; i++)
        if (report->result.at[i].message == REGCHECK_NEAR_OID
            && report->result.at[i].unit == position)
            return report->result.at[i].row;
    for (size_t i = 0; unit->name && i < report->picture.count; i++) {
        const struct regcheck_row *row = &report->picture.rows[i];
        if (row->name && !regcheck_row_is_operating(row)
            && regcheck_row_in_force(row, report->claim.today)
            && register_names_match(row->name, unit->name))
            return row;
    }
    return NULL;
}

static const struct regcheck_row *row_of_unit(const struct register_report *report, int position)
{
    const struct register_unit *unit = position < 0 ? &report->claim.operating
                                                    : &report->units[position];
    const struct regcheck_row *row = NULL;

    if (unit->oid)
        row = regcheck_row_find(&report->picture, unit->oid, report->claim.today);
    if (!row)
        row = position < 0 ? own_operating(report) : near_unit(report, position);
    return row;
}

const struct regcheck_row *register_plan_row(const struct plan *plan,
                                             const struct register_report *report,
                                             const struct item *item, const char *row)
{
    int position = row && item->repeat ? unit_position(report, row) : -1;

    if (!register_plan_compares(plan, item) || (item->repeat && position < 0))
        return NULL;
    return row_of_unit(report, position);
}

/* ---- taking over ---- */

/* The items that a finding is about; -1 ends. */
static const int about[][5] = {
    [REGCHECK_ABOUT_ALL] = { -1 }, [REGCHECK_ABOUT_OID] = { 0, -1 },
    [REGCHECK_ABOUT_NAME] = { 1, -1 }, [REGCHECK_ABOUT_ADDRESS] = { 2, 3, 4, -1 },
    [REGCHECK_ABOUT_ACCESS] = { -1 },
};

/* Calls for each answer of the finding that differs from the register; returns how many. */
static int each_difference(struct plan *plan, const struct register_report *report,
                           const struct register_finding *finding, struct plan_batch *batch,
                           int *code, struct err *err)
{
    const char *key = finding->unit < 0 ? NULL : report->units[finding->unit].key;
    const struct regcheck_row *row = row_of_unit(report, finding->unit);
    int count = 0;

    for (const int *at = about[finding->about]; *at >= 0; at++) {
        const struct item *item = item_of(plan, key ? compared[*at].unit : compared[*at].company);
        const char *value = register_plan_value(plan, row, item);
        const char *now = answers_value(plan->answers, item, key);
        if (!value || (now && strcmp(now, value) == 0))
            continue;
        count++;
        if (batch && !*code)
            *code = plan_batch_set(batch, item, key, value, NULL, err);
    }
    return count;
}

bool register_plan_can_take(const struct plan *plan, const struct register_report *report,
                            const struct register_finding *finding)
{
    int code = 0;

    if (finding->message == REGCHECK_UNIT_NOT_IN_PLAN)
        return true;
    return each_difference((struct plan *)plan, report, finding, NULL, &code, NULL) > 0;
}

int register_plan_take(struct plan *plan, const struct register_report *report,
                       const struct register_finding *finding, int *taken, struct err *err)
{
    struct plan_batch *batch;
    bool added = false;
    int code = 0;

    *taken = 0;
    if (finding->message == REGCHECK_UNIT_NOT_IN_PLAN) {
        code = register_plan_add(plan, finding->row, &added, err);
        *taken = added;
        return code;
    }
    batch = plan_batch_new(plan);
    *taken = each_difference(plan, report, finding, batch, &code, err);
    if (code || *taken == 0) {
        plan_batch_free(batch);
        *taken = 0;
        return code;
    }
    return plan_batch_commit(batch, err);
}

/* ---- picking a row ---- */

static bool has_code(const struct plan *plan, const char *oid)
{
    const struct item *repeat = item_of(plan, REGISTER_ITEM_UNITS);

    for (size_t i = 0; i < answers_row_count(plan->answers, repeat); i++) {
        const char *have = answers_value(plan->answers, item_of(plan, REGISTER_ITEM_UNIT_OID),
                                         answers_row_at(plan->answers, repeat, i)->key);
        if (have && strcmp(have, oid) == 0)
            return true;
    }
    return false;
}

/* Answers of an operating unit that are there already are the user's business. */
static int add_operating(struct plan *plan, const struct regcheck_row *row, bool *added,
                         struct err *err)
{
    const struct item *item = item_of(plan, REGISTER_ITEM_OID);
    const char *now = answers_value(plan->answers, item, NULL);

    *added = !now || strcmp(now, row->oid) != 0;
    return plan_set(plan, item, NULL, row->oid, NULL, err);
}

int register_plan_add(struct plan *plan, const struct regcheck_row *row, bool *added,
                      struct err *err)
{
    const struct item *repeat = item_of(plan, REGISTER_ITEM_UNITS);
    struct plan_batch *batch;
    char key[24] = "";
    int code;

    if (regcheck_row_is_operating(row))
        return add_operating(plan, row, added, err);
    *added = !has_code(plan, row->oid);
    if (!*added)
        return 0;
    batch = plan_batch_new(plan);
    code = plan_batch_add_row(batch, repeat, key, err);
    for (size_t i = 0; i < countof(compared) && !code; i++) {
        const struct item *item = item_of(plan, compared[i].unit);
        const char *value = register_plan_value(plan, row, item);
        if (value)
            code = plan_batch_set(batch, item, key, value, NULL, err);
    }
    return plan_batch_end(batch, code, err);
}
