/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Rows of the supplier's list to accounts and people, and what does not agree.
 */
#include "core/rights_compare.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/tr.h"
#include "base/utf8.h"
#include "core/row_import.h"
#include "core/table.h"

static const struct {
    const char *id, *words;
} kinds[] = {
#define AS_ROW(name, id, words) { id, words },
    RIGHTS_COMPARE_INFO(AS_ROW)
#undef AS_ROW
};

const char *rights_compare_id(enum rights_compare_kind kind)
{
    return kinds[kind].id;
}

/* A column of the list; `COLUMN_NONE` when the list has none. */
enum { COLUMN_USER, COLUMN_NAME, COLUMN_LEVEL, COLUMN_STATE, COLUMN_COUNT };
#define COLUMN_NONE ((size_t)-1)

/* A row of the list, or what the plan has, by its folded name; sorted to find and to see twins. */
struct named {
    char *folded;
    int at;
};
struct names {
    struct named *at;
    size_t count;
};

struct comparing {
    const struct rights *rights;
    const struct table *table;
    struct rights_comparison *out;
    size_t columns[COLUMN_COUNT];
    struct names accounts, people;
    bool *seen;               /* accounts that the list has */
    bool *seen_people;
};

/* ---- names ---- */

static int compare_named(const void *a, const void *b)
{
    return strcmp(((const struct named *)a)->folded, ((const struct named *)b)->folded);
}

static char *fold(const char *text)
{
    struct buf folded = BUF_INIT;

    utf8_fold(&folded, text ? text : "");
    buf_trim(&folded);
    return buf_detach(&folded);
}

static void names_add(struct names *names, const char *text, int at)
{
    char *folded = fold(text);

    if (*folded)
        names->at[names->count++] = (struct named){ folded, at };
    else
        free(folded);
}

static void names_sort(struct names *names)
{
    if (names->count)
        qsort(names->at, names->count, sizeof names->at[0], compare_named);
}

static int names_find(const struct names *names, const char *text)
{
    struct named wanted = { fold(text), 0 };
    const struct named *found =
        *wanted.folded && names->count
            ? bsearch(&wanted, names->at, names->count, sizeof names->at[0], compare_named) : NULL;

    free(wanted.folded);
    return found ? found->at : -1;
}

static void names_free(struct names *names)
{
    for (size_t i = 0; i < names->count; i++)
        free(names->at[i].folded);
    free(names->at);
}

/* ---- headings ---- */

static const struct import_kind *kind_of_accounts(const struct rights *rights)
{
    const struct schema *schema = rights->schema;

    for (size_t i = 0; i < schema->import_count; i++)
        if (schema->imports[i].repeat == rights->data->items[RIGHTS_ITEM_ACC])
            return &schema->imports[i];
    return NULL;
}

static int read_headings(struct comparing *c, struct err *err)
{
    static const enum rights_item items[COLUMN_COUNT] = {
        RIGHTS_ITEM_ACC_USER, RIGHTS_ITEM_ACC_PERSON, RIGHTS_ITEM_ACC_LEVEL,
        RIGHTS_ITEM_ACC_STATE
    };
    const struct import_kind *kind = kind_of_accounts(c->rights);
    const struct table_row *headings = &c->table->rows[0];

    for (int i = 0; i < COLUMN_COUNT; i++)
        c->columns[i] = COLUMN_NONE;
    for (size_t h = 0; kind && h < headings->count; h++) {
        const struct import_column *column = import_column_of(kind, headings->cells[h].text);
        for (int i = 0; column && i < COLUMN_COUNT; i++)
            if (column->item == c->rights->data->items[items[i]] && c->columns[i] == COLUMN_NONE)
                c->columns[i] = h;
    }
    if (c->columns[COLUMN_USER] != COLUMN_NONE || c->columns[COLUMN_NAME] != COLUMN_NONE)
        return 0;
    return err_at(err, ERR_INPUT, c->table->file, headings->cells[0].line,
                  headings->cells[0].col, "%s",
                  tr_text(err_tr(err), N_("no heading means a user name or a person's name")));
}

static const char *cell_of(const struct comparing *c, const struct table_row *row, int column)
{
    size_t at = c->columns[column];

    return at != COLUMN_NONE && at < row->count && *row->cells[at].text ? row->cells[at].text
                                                                        : NULL;
}

/* ---- rows ---- */

static struct rights_mismatch *add(struct comparing *c, enum rights_compare_kind kind, int person,
                                   int account)
{
    struct rights_comparison *out = c->out;

    out->at = vec_room(out->at, &out->room, out->count + 1, sizeof out->at[0]);
    out->at[out->count] = (struct rights_mismatch){ .kind = kind, .person = person,
                                                    .account = account };
    return &out->at[out->count++];
}

/* What came with the row stands with each thing that was said of it. */
static void fill_row(struct comparing *c, const struct table_row *row, size_t from)
{
    for (size_t i = from; i < c->out->count; i++) {
        c->out->at[i].line = row->cells[0].line;
        c->out->at[i].user = cell_of(c, row, COLUMN_USER);
        c->out->at[i].name = cell_of(c, row, COLUMN_NAME);
        c->out->at[i].level = cell_of(c, row, COLUMN_LEVEL);
    }
    c->out->agreeing += c->out->count == from;
}

/* The list says that the account is closed: a choice's own label, in any language. */
static bool says_closed(const struct comparing *c, const char *state)
{
    const struct list *list = c->rights->data->items[RIGHTS_ITEM_ACC_STATE]->list;
    const struct choice *closed = list_choice(list, "closed");

    for (int lang = 0; state && closed && lang < LANG_COUNT; lang++)
        if (utf8_same_folded(state, closed->label.in[lang]))
            return true;
    return state && (utf8_same_folded(state, "0") || utf8_same_folded(state, "closed"));
}

static bool has_right(const struct rights *rights, int person)
{
    for (int a = rights->people[person].first_assignment; a >= 0;
         a = rights->assignments[a].next_of_person)
        if (rights_active(rights, a, rights->today))
            return true;
    return false;
}

/* The level that the system ought to have: one of a role in force, else the account's own. NULL:
 * nobody has said one, or it agrees. */
static const char *wrong_level(const struct rights *rights, int person, int account,
                               const char *level)
{
    const char *expected = NULL;

    for (int a = rights->people[person].first_assignment; a >= 0;
         a = rights->assignments[a].next_of_person) {
        const char *of = rights_active(rights, a, rights->today)
                             ? rights->roles[rights->assignments[a].role].level : NULL;
        if (of && utf8_same_folded(of, level))
            return NULL;
        expected = of ? of : expected;
    }
    if (!expected && account >= 0)
        expected = rights->accounts[account].level;
    return expected && !utf8_same_folded(expected, level) ? expected : NULL;
}

static void compare_open(struct comparing *c, const struct table_row *row, int person,
                         int account)
{
    const struct rights *rights = c->rights;
    const char *name = cell_of(c, row, COLUMN_NAME), *level = cell_of(c, row, COLUMN_LEVEL);
    const char *expected;

    if (person < 0)
        add(c, RIGHTS_COMPARE_UNKNOWN, -1, account);
    else if (!has_right(rights, person))
        add(c, RIGHTS_COMPARE_NO_RIGHT, person, account);
    else if (account >= 0 && !rights->accounts[account].open)
        add(c, RIGHTS_COMPARE_CLOSED, person, account);
    if (account >= 0 && name && names_find(&c->people, name) != person)
        add(c, RIGHTS_COMPARE_OTHER_PERSON, person, account);
    if (person >= 0 && level && (expected = wrong_level(rights, person, account, level)))
        add(c, RIGHTS_COMPARE_LEVEL, person, account)->expected = expected;
}

static void compare_row(struct comparing *c, const struct table_row *row)
{
    const struct rights *rights = c->rights;
    int account = names_find(&c->accounts, cell_of(c, row, COLUMN_USER));
    int person = account >= 0 ? rights->accounts[account].person
                              : names_find(&c->people, cell_of(c, row, COLUMN_NAME));
    size_t before = c->out->count;

    c->out->rows++;
    if (account >= 0 && c->seen[account])
        add(c, RIGHTS_COMPARE_TWICE, person, account);
    if (account >= 0)
        c->seen[account] = true;
    if (person >= 0)
        c->seen_people[person] = true;
    if (!says_closed(c, cell_of(c, row, COLUMN_STATE)))
        compare_open(c, row, person, account);
    else if (account >= 0 && rights->accounts[account].open)
        add(c, RIGHTS_COMPARE_CLOSED_THERE, person, account);
    fill_row(c, row, before);
}

static void find_missing(struct comparing *c)
{
    const struct rights *rights = c->rights;

    for (size_t i = 0; i < rights->account_count; i++) {
        const struct rights_account *account = &rights->accounts[i];
        if (account->open && !c->seen[i] &&
            !(account->person >= 0 && c->columns[COLUMN_USER] == COLUMN_NONE &&
              c->seen_people[account->person]))
            add(c, RIGHTS_COMPARE_MISSING, account->person, (int)i)->user = account->user;
    }
}

static void compare_all(struct comparing *c)
{
    const struct rights *rights = c->rights;

    c->accounts.at = xcalloc(rights->account_count + 1, sizeof c->accounts.at[0]);
    c->people.at = xcalloc(rights->person_count + 1, sizeof c->people.at[0]);
    c->seen = xcalloc(rights->account_count + 1, sizeof c->seen[0]);
    c->seen_people = xcalloc(rights->person_count + 1, sizeof c->seen_people[0]);
    for (size_t i = 0; i < rights->account_count; i++)
        names_add(&c->accounts, rights->accounts[i].user, (int)i);
    for (size_t i = 0; i < rights->person_count; i++)
        names_add(&c->people, rights->people[i].name, (int)i);
    names_sort(&c->accounts);
    names_sort(&c->people);
    for (size_t r = 1; r < c->table->count; r++)
        compare_row(c, &c->table->rows[r]);
    find_missing(c);
    names_free(&c->accounts);
    names_free(&c->people);
    free(c->seen);
    free(c->seen_people);
}

int rights_compare(const struct rights *rights, const struct table *table,
                   struct rights_comparison *out, struct err *err)
{
    struct comparing c = { .rights = rights, .table = table, .out = out };
    int code;

    *out = (struct rights_comparison){ 0 };
    if (table->count == 0)
        return err_at(err, ERR_INPUT, table->file, 1, 1, "%s",
                      tr_text(err_tr(err), N_("the file is empty")));
    code = read_headings(&c, err);
    if (!code)
        compare_all(&c);
    return code;
}

void rights_comparison_free(struct rights_comparison *comparison)
{
    free(comparison->at);
    *comparison = (struct rights_comparison){ 0 };
}

void rights_mismatch_text(const struct rights *rights, const struct rights_mismatch *mismatch,
                          const struct tr *tr, struct buf *out)
{
    const char *name = mismatch->name;

    if (!name && mismatch->person >= 0)
        name = rights->people[mismatch->person].name;
    if (mismatch->user)
        buf_add(out, mismatch->user);
    if (name)
        buf_addf(out, "%s%s", mismatch->user ? ", " : "", name);
    buf_addf(out, ": %s", tr_text(tr, kinds[mismatch->kind].words));
    if (mismatch->expected)
        buf_addf(out, tr_text(tr, N_(" (%1$s, not %2$s)")), mismatch->expected, mismatch->level);
    buf_add_char(out, '.');
}
