/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The check against the organisation register: the cases of tests/data/register_cases, and the same
 * in a plan: what stands beside an answer, what is taken over, what the plan keeps.
 */
#include "core_help.h"

#include "core/lint_parts.h"
#include "core/register_kept.h"
#include "core/register_plan.h"
#include "io/node.h"
#include "io/schema_yaml.h"
#include "line/line.h"
#include "register_jobs.h"
#include "register_rows.h"

enum { ROWS_MAX = 8, UNITS_MAX = 4, SAYS_MAX = 8, LEVELS_MAX = 8 };

#define OWN "1.2.246.10.99999992.10."

struct cases {
    const char *name;
    struct regcheck_row rows[ROWS_MAX];
    struct register_unit units[UNITS_MAX];
    struct register_claim claim;
    struct register_picture picture;
    const char *says[SAYS_MAX], *levels[LEVELS_MAX], *state;
    size_t row_count, says_count, level_count;
};

/* ---- reading a case ---- */

static void start_case(struct cases *c, const char *name)
{
    memset(c, 0, sizeof *c);
    c->name = name;
    c->rows[0] = (struct regcheck_row){
        .oid = OWN "0", .parent = "", .name = "Perhekoti Esimerkki Oy", .address = "Esimerkkitie 1",
        .postcode = "99999", .town = "Mallila", .business_id = "9999999-2",
        .sector = "2 Yksityinen", .flags = REGCHECK_FLAGS | REGCHECK_SOCIAL_OPERATING,
        .begin = DATE_NONE, .end = DATE_NONE };
    c->rows[1] = (struct regcheck_row){
        .oid = OWN "1", .parent = OWN "0", .name = "Palvelukoti Koivu", .address = "Koivukuja 2",
        .postcode = "99999", .town = "Mallila", .business_id = "9999999-2",
        .sector = "2 Yksityinen", .flags = REGCHECK_FLAGS | REGCHECK_SOCIAL_SERVICE,
        .begin = DATE_NONE, .end = DATE_NONE };
    c->row_count = 2;
    c->units[0] = (struct register_unit){ "1", OWN "1", "Palvelukoti Koivu", "Koivukuja 2",
                                          "99999", "Mallila", false };
    c->claim = (struct register_claim){
        .business_id = "9999999-2", .unit_count = 1, .start = DATE_NONE, .today = help_today(),
        .operating = { NULL, OWN "0", "Perhekoti Esimerkki", "Esimerkkitie 1", "99999",
                       "Mallila", false } };
    c->picture = (struct register_picture){ .imported = true, .file_date = help_today() - 2 };
}

static unsigned read_flags(const char *text)
{
    static const struct {
        const char *word;
        unsigned flag;
    } words[] = { { "so", REGCHECK_SOCIAL_OPERATING }, { "ss", REGCHECK_SOCIAL_SERVICE },
                  { "ho", REGCHECK_HEALTH_OPERATING }, { "hs", REGCHECK_HEALTH_SERVICE } };
    unsigned flags = strcmp(text, "-") == 0 ? 0 : REGCHECK_FLAGS;

    for (size_t i = 0; i < countof(words); i++)
        if (strstr(text, words[i].word))
            flags |= words[i].flag;
    return flags;
}

static void set_row(struct regcheck_row *row, const char *key, const char *value)
{
    const struct {
        const char *key;
        const char **field;
    } texts[] = { { "parent", &row->parent }, { "name", &row->name },
                  { "address", &row->address }, { "postcode", &row->postcode },
                  { "town", &row->town }, { "business", &row->business_id },
                  { "sector", &row->sector } };

    for (size_t i = 0; i < countof(texts); i++)
        if (strcmp(texts[i].key, key) == 0) {
            *texts[i].field = value;
            return;
        }
    if (strcmp(key, "flags") == 0)
        row->flags = read_flags(value);
    else if (strcmp(key, "begin") == 0)
        row->begin = date_parse_iso(value);
    else if (strcmp(key, "end") == 0)
        row->end = date_parse_iso(value);
    else if (strcmp(key, "withdrawn") == 0)
        row->withdrawn = true;
    else
        fail_msg("no field of a row: %s", key);
}

static void set_unit(struct register_unit *unit, const char *key, const char *value)
{
    const struct {
        const char *key;
        const char **field;
    } texts[] = { { "oid", &unit->oid }, { "name", &unit->name }, { "address", &unit->address },
                  { "postcode", &unit->postcode }, { "town", &unit->town } };

    if (strcmp(key, "others") == 0) {
        unit->others = true;
        return;
    }

    for (size_t i = 0; i < countof(texts); i++)
        if (strcmp(texts[i].key, key) == 0) {
            *texts[i].field = *value ? value : NULL;
            return;
        }
    fail_msg("no field of a unit: %s", key);
}

/* The next "key=value" of a line; false at its end. A part without "=" gives the key "". */
static bool next_part(char **rest, char **key, char **value)
{
    char *part = strsep(rest, ";"), *equals;

    if (!part)
        return false;
    part += strspn(part, " ");
    equals = strchr(part, '=');
    *key = equals ? part : part + strlen(part);
    *value = equals ? equals + 1 : part;
    if (equals)
        *equals = '\0';
    return true;
}

static void read_row(struct cases *c, char *line, bool always_new)
{
    struct regcheck_row *row = NULL;
    char *key, *value;

    assert_true(next_part(&line, &key, &value));
    for (size_t i = 0; i < c->row_count && !always_new; i++)
        if (strcmp(c->rows[i].oid, value) == 0)
            row = &c->rows[i];
    if (!row) {
        assert_true(c->row_count < ROWS_MAX);
        row = &c->rows[c->row_count++];
        *row = (struct regcheck_row){ .oid = value, .parent = OWN "0", .begin = DATE_NONE,
                                      .end = DATE_NONE, .sector = "2 Yksityinen",
                                      .flags = REGCHECK_FLAGS | REGCHECK_SOCIAL_SERVICE };
    }
    while (next_part(&line, &key, &value))
        set_row(row, key, value);
}

static void remove_row(struct cases *c, const char *oid)
{
    for (size_t i = 0; i < c->row_count; i++)
        if (strcmp(c->rows[i].oid, oid) == 0) {
            memmove(&c->rows[i], &c->rows[i + 1], (c->row_count - i - 1) * sizeof c->rows[0]);
            c->row_count--;
            return;
        }
    fail_msg("%s: there is no row %s", c->name, oid);
}

static void read_unit(struct cases *c, char *line)
{
    static const char *const keys[] = { "1", "2", "3", "4" };
    char *key, *value;
    size_t number;

    assert_true(next_part(&line, &key, &value));
    number = (size_t)atoi(value);
    assert_true(number >= 1 && number <= UNITS_MAX);
    if (number > c->claim.unit_count)
        c->claim.unit_count = number;
    c->units[number - 1].key = keys[number - 1];
    while (next_part(&line, &key, &value))
        set_unit(&c->units[number - 1], key, value);
}

static void read_access(struct cases *c, const char *value)
{
    c->claim.access_asked = true;
    if (strncmp(value, "unreported ", 11) == 0) {
        c->claim.access_unreported = true;
        value += 11;
    }
    c->claim.access_point = strcmp(value, "missing") == 0 ? NULL : value;
}

static void read_operating(struct cases *c, char *line)
{
    char *key, *value;

    while (next_part(&line, &key, &value))
        set_unit(&c->claim.operating, key, value);
}

static void read_line(struct cases *c, char *line)
{
    char *value = strchr(line, ':');

    if (value) {
        *value++ = '\0';
        value += strspn(value, " ");
    }
    if (strcmp(line, "row") == 0 || strcmp(line, "row+") == 0)
        read_row(c, value, line[3] == '+');
    else if (strcmp(line, "gone") == 0)
        remove_row(c, value);
    else if (strcmp(line, "operating") == 0)
        read_operating(c, value);
    else if (strcmp(line, "unit") == 0)
        read_unit(c, value);
    else if (strcmp(line, "no unit") == 0)
        c->claim.unit_count = 0;
    else if (strcmp(line, "no register") == 0)
        c->picture.imported = false;
    else if (strcmp(line, "business") == 0)
        c->claim.business_id = *value ? value : NULL;
    else if (strcmp(line, "file") == 0)
        c->picture.file_date = date_parse_iso(value);
    else if (strcmp(line, "start") == 0)
        c->claim.start = date_parse_iso(value);
    else if (strcmp(line, "access") == 0)
        read_access(c, value);
    else if (strcmp(line, "state") == 0)
        c->state = value;
    else if (strcmp(line, "says") == 0 && c->says_count < SAYS_MAX)
        c->says[c->says_count++] = value;
    else if (strcmp(line, "level") == 0 && c->level_count < LEVELS_MAX)
        c->levels[c->level_count++] = value;
    else
        fail_msg("%s: what is \"%s\"?", c->name, line);
}

/* ---- judging it ---- */

struct seen {
    bool message[REGCHECK_MESSAGE_COUNT], level[REGCHECK_LEVELS];
    int count;
};

/* "oid_not_found error unit 1" */
static void describe(const struct register_finding *finding, struct buf *out)
{
    buf_clear(out);
    buf_addf(out, "%s %s", register_message_id(finding->message),
             severity_name(finding->severity));
    if (finding->unit >= 0)
        buf_addf(out, " unit %d", finding->unit + 1);
}

static const char *level_name(enum register_level level)
{
    static const char *const names[] = { "open", "clear", "note", "warning", "error" };

    return names[level];
}

static void judge_findings(const struct cases *c, const struct register_result *result,
                           struct seen *seen)
{
    struct buf text = BUF_INIT;

    for (size_t i = 0; i < result->count; i++) {
        describe(&result->at[i], &text);
        if (i >= c->says_count || strcmp(text.text, c->says[i]) != 0)
            fail_msg("case \"%s\": says \"%s\", expected \"%s\"", c->name, text.text,
                     i < c->says_count ? c->says[i] : "nothing more");
        seen->message[result->at[i].message] = true;
    }
    if (result->count < c->says_count)
        fail_msg("case \"%s\": does not say \"%s\"", c->name, c->says[result->count]);
    buf_free(&text);
}

static void judge(struct cases *c, struct seen *seen)
{
    struct register_result result = { 0 };

    c->claim.units = c->units;
    c->picture.rows = c->rows;
    c->picture.count = c->picture.imported ? c->row_count : 0;
    register_check(&c->claim, &c->picture, &result);
    judge_findings(c, &result, seen);
    if (c->state && strcmp(register_state_id(result.state), c->state) != 0)
        fail_msg("case \"%s\": %s, expected %s", c->name, register_state_id(result.state),
                 c->state);
    for (size_t i = 0; i < c->level_count; i++) {
        int level = atoi(c->levels[i]);
        const char *name = strchr(c->levels[i], ' ') + 1;
        assert_true(level >= 0 && level < REGCHECK_LEVELS);
        if (strcmp(level_name(result.level[level]), name) != 0)
            fail_msg("case \"%s\": level %d is %s, expected %s", c->name, level,
                     level_name(result.level[level]), name);
        seen->level[level] = seen->level[level] || result.level[level] > REGCHECK_LEVEL_CLEAR;
    }
    seen->count++;
    register_result_free(&result);
}

static char *read_file(const char *name)
{
    struct buf path = BUF_INIT, text = BUF_INIT;
    char bytes[4096];
    size_t got;
    FILE *file;

    help_data(&path, name);
    file = fopen(path.text, "r");
    if (!file)
        fail_msg("no test data: %s", path.text);
    while ((got = fread(bytes, 1, sizeof bytes, file)) > 0)
        buf_add_n(&text, bytes, got);
    fclose(file);
    buf_free(&path);
    return buf_detach(&text);
}

static void test_cases(void **state)
{
    char *text = read_file("register_cases"), *rest = text, *line;
    struct seen seen = { 0 };
    struct cases c = { 0 };

    (void)state;
    while ((line = strsep(&rest, "\n"))) {
        if (*line == '#' || !*line)
            continue;
        if (strncmp(line, "case: ", 6) != 0) {
            read_line(&c, line);
            continue;
        }
        if (c.name)
            judge(&c, &seen);
        start_case(&c, line + 6);
    }
    judge(&c, &seen);
    print_message("# %d cases\n", seen.count);
    for (int i = 0; i < REGCHECK_MESSAGE_COUNT; i++)
        if (!seen.message[i])
            fail_msg("no case has the message %s",
                     register_message_id((enum register_message)i));
    for (int i = 0; i < REGCHECK_LEVELS; i++)
        if (!seen.level[i])
            fail_msg("no case has something to say on level %d", i);
    free(text);
}

/* ---- in a plan ---- */

struct world {
    struct content content;
    char folder[64];
    struct plan *plan;
    struct regcheck_row rows[3];
    bool no_register;
};

static int look(void *data, const char *business_id, const char *const *oids, size_t count,
                struct register_picture *out, struct err *err)
{
    struct world *w = data;

    (void)oids, (void)count, (void)err;
    assert_string_equal(business_id, "9999999-2");
    if (w->no_register)
        return 0;
    *out = (struct register_picture){ .imported = true, .rows = w->rows, .count = 3,
                                      .file_date = help_today() - 2, .file = "501.txt",
                                      .digest = "abc" };
    return 0;
}

static struct register_lookup source_of(struct world *w)
{
    return (struct register_lookup){ w, look, NULL };
}

static void set(struct world *w, const char *id, const char *row, const char *value)
{
    struct err err = { 0 };

    if (plan_set(w->plan, schema_item(w->content.schema, id), row, value, NULL, &err))
        fail_msg("%s: %s", id, err.msg);
}

static void fill_plan(struct world *w)
{
    struct err err = { 0 };
    char key[24] = "";

    set(w, "org_name", NULL, "Perhekoti Esimerkki Oy");
    set(w, "org_business_id", NULL, "9999999-2");
    set(w, "registers_found", NULL, "1");
    set(w, "org_oid", NULL, OWN "0");
    assert_int_equal(plan_row_add(w->plan, schema_item(w->content.schema, "unit"), key, &err), 0);
    set(w, "unit_name", key, "Palvelukoti Kaivo");
    set(w, "unit_oid", key, OWN "1");
}

static void fill_rows(struct world *w)
{
    static const char *const names[] = { "Perhekoti Esimerkki Oy", "Palvelukoti Koivu",
                                         "Palvelukoti Mänty" };
    static const char *const oids[] = { OWN "0", OWN "1", OWN "2" };

    for (int i = 0; i < 3; i++)
        w->rows[i] = (struct regcheck_row){
            .oid = oids[i], .name = names[i], .parent = i ? OWN "0" : "", .postcode = "99999",
            .address = i == 2 ? "Mäntytie 5" : "Koivukuja 2", .town = "Mallila",
            .flags = REGCHECK_FLAGS | (i ? REGCHECK_SOCIAL_SERVICE : REGCHECK_SOCIAL_OPERATING),
            .begin = DATE_NONE, .end = DATE_NONE };
}

static int open_world(void **state)
{
    struct world *w = xcalloc(1, sizeof *w);
    struct buf path = BUF_INIT;
    struct err err = { 0 };
    void *store = NULL;

    help_content(&w->content, "../..");
    snprintf(w->folder, sizeof w->folder, "/tmp/register-test-XXXXXX");
    assert_non_null(mkdtemp(w->folder));
    buf_addf(&path, "%s/a.polku", w->folder);
    assert_int_equal(store_create(path.text, &err), 0);
    assert_int_equal(store_open(&store, path.text, STORE_WIZARD, help_today(), NULL, &err), 0);
    if (plan_open(&w->plan, w->content.schema, &store_sqlite_ops, store, help_today(), &err))
        fail_msg("%s", err.msg);
    buf_free(&path);
    fill_plan(w);
    fill_rows(w);
    *state = w;
    return 0;
}

static void remove_folder(const char *path)
{
    DIR *dir = opendir(path);
    struct dirent *entry;

    while (dir && (entry = readdir(dir))) {
        struct buf file = BUF_INIT;
        buf_addf(&file, "%s/%s", path, entry->d_name);
        if (entry->d_name[0] != '.')
            unlink(file.text);
        buf_free(&file);
    }
    if (dir)
        closedir(dir);
    rmdir(path);
}

static int close_world(void **state)
{
    struct world *w = *state;

    plan_close(w->plan);
    remove_folder(w->folder);
    content_free(&w->content);
    free(w);
    return 0;
}

static const struct register_finding *finding_of(const struct register_report *report,
                                                 enum register_message message)
{
    for (size_t i = 0; i < report->result.count; i++)
        if (report->result.at[i].message == message)
            return &report->result.at[i];
    fail_msg("the check does not say %s", register_message_id(message));
    return NULL;
}

static void check(struct world *w, struct register_report *report)
{
    struct register_lookup source = source_of(w);
    struct err err = { 0 };

    memset(report, 0, sizeof *report);
    assert_int_equal(register_plan_check(w->plan, &source, report, &err), 0);
}

static void test_plan(void **state)
{
    struct world *w = *state;
    struct register_report report;
    struct buf text = BUF_INIT;
    const struct tr tr = { .lang = LANG_FI };
    const struct register_finding *name;
    struct place place;

    check(w, &report);
    assert_int_equal(report.result.state, REGCHECK_YELLOW);
    name = finding_of(&report, REGCHECK_NAME_DIFFERS);
    register_finding_text(w->plan, &report, name, &tr, &text);
    assert_non_null(strstr(text.text, "Palvelukoti Koivu"));
    assert_non_null(strstr(text.text, "Palvelukoti Kaivo"));
    assert_null(strchr(text.text, '{'));
    place = register_finding_place(w->plan, &report, name);
    assert_string_equal(place.item->id, "unit_name");
    buf_clear(&text);
    register_finding_contacts(w->plan, name, &tr, &text);
    assert_non_null(strstr(text.text, "ytj"));
    buf_free(&text);
    register_report_free(&report);
}

/* What the register says is taken as one change, which undo takes back. */
static void test_take(void **state)
{
    struct world *w = *state;
    const struct item *name = schema_item(w->content.schema, "unit_name");
    const char *key = answers_row_at(w->plan->answers, name->repeat, 0)->key;
    struct register_report report;
    struct err err = { 0 };
    int taken = 0, entries = 0;

    check(w, &report);
    assert_int_equal(register_plan_take(w->plan, &report,
                                        finding_of(&report, REGCHECK_NAME_DIFFERS), &taken, &err),
                     0);
    assert_int_equal(taken, 1);
    assert_string_equal(answers_value(w->plan->answers, name, key), "Palvelukoti Koivu");
    assert_int_equal(plan_undo(w->plan, NULL, &entries, &err), 0);
    assert_string_equal(answers_value(w->plan->answers, name, key), "Palvelukoti Kaivo");
    register_report_free(&report);
}

static void test_pick(void **state)
{
    struct world *w = *state;
    const struct item *repeat = schema_item(w->content.schema, "unit");
    struct err err = { 0 };
    bool added = false;
    int entries = 0;

    assert_int_equal(register_plan_add(w->plan, &w->rows[2], &added, &err), 0);
    assert_true(added);
    assert_int_equal(answers_row_count(w->plan->answers, repeat), 2);
    assert_string_equal(answers_value(w->plan->answers,
                                      schema_item(w->content.schema, "unit_street"),
                                      answers_row_at(w->plan->answers, repeat, 1)->key),
                        "Mäntytie 5");
    assert_int_equal(register_plan_add(w->plan, &w->rows[2], &added, &err), 0);
    assert_false(added);
    assert_int_equal(answers_row_count(w->plan->answers, repeat), 2);
    assert_int_equal(plan_undo(w->plan, NULL, &entries, &err), 0);
    assert_int_equal(answers_row_count(w->plan->answers, repeat), 1);
}

static void test_day(void **state)
{
    static const struct {
        int age;
        const char *said;
    } cases[] = {
        { -1, "" },
        { 0, "The register is from today, 22 November 2026." },
        { 1, "The register is of 21 November 2026: 1 day old." },
        { 2, "The register is of 20 November 2026: 2 days old." },
    };
    const struct tr tr = { .lang = LANG_EN };
    int today = date_make(2026, 11, 22);

    (void)state;
    for (size_t i = 0; i < countof(cases); i++) {
        struct buf text = BUF_INIT;
        register_day_text(today - cases[i].age, today, &tr, &text);
        assert_string_equal(text.text, cases[i].said);
        buf_free(&text);
    }
}

/* Without the register the rows that the plan kept are compared, and said to be so. */
static void test_kept(void **state)
{
    struct world *w = *state;
    struct register_report first, again;
    struct buf text = BUF_INIT;
    const struct tr tr = { .lang = LANG_EN };
    struct err err = { 0 };

    w->no_register = true;
    check(w, &first);
    assert_int_equal(first.result.state, REGCHECK_NOT_CHECKED);
    register_report_free(&first);
    w->no_register = false;
    check(w, &first);
    assert_int_equal(register_plan_keep(w->plan, &first, &err), 0);
    w->no_register = true;
    check(w, &again);
    assert_true(again.from_plan);
    assert_int_equal(again.checked_on, help_today());
    assert_int_equal(again.picture.file_date, first.picture.file_date);
    assert_string_equal(again.picture.digest, "abc");
    assert_int_equal(again.result.state, first.result.state);
    assert_int_equal(again.result.count, first.result.count);
    for (size_t i = 0; i < first.result.count; i++)
        assert_int_equal(again.result.at[i].message, first.result.at[i].message);
    register_age_text(w->plan, &again, &tr, &text);
    assert_non_null(strstr(text.text, "not on this computer"));
    buf_free(&text);
    register_report_free(&first);
    register_report_free(&again);
}

/* A kept text from elsewhere may hold anything. */
static void test_kept_garbage(void **state)
{
    static const char *const texts[] = {
        "", "\n", "x", "2\t\t\t\t\t\t\n", "1\t2026-11-22\tgreen\t\t\t\t0\n\t\n\t\t\t\n",
        "1\t2026-11-22\tgreen\t\t\t\t0\n\xff\xfe\t\t\t\t\t\t\t\t\t\t\t\n",
    };

    (void)state;
    for (size_t i = 0; i < countof(texts); i++) {
        struct register_report report = { 0 };
        register_kept_read(texts[i], &report);
        assert_true(report.picture.count <= 1);
        assert_int_equal(report.picture.imported, i >= 4);
        register_report_free(&report);
    }
    register_kept_read(NULL, NULL);
}

static void test_beside(void **state)
{
    struct world *w = *state;
    const struct item *name = schema_item(w->content.schema, "unit_name");
    const char *key = answers_row_at(w->plan->answers, name->repeat, 0)->key;
    const struct regcheck_row *row;
    struct register_report report;

    check(w, &report);
    row = register_plan_row(w->plan, &report, name, key);
    assert_string_equal(row->oid, OWN "1");
    assert_string_equal(register_plan_value(w->plan, row, name), "Palvelukoti Koivu");
    assert_false(register_plan_agrees(w->plan, name, "Palvelukoti Kaivo", row->name));
    assert_true(register_plan_agrees(w->plan, name, "palvelukoti koivu", row->name));
    assert_null(register_plan_row(w->plan, &report, schema_item(w->content.schema, "org_form"),
                                  NULL));
    row = register_plan_row(w->plan, &report, schema_item(w->content.schema, "org_oid"), NULL);
    assert_string_equal(row->oid, OWN "0");
    register_report_free(&report);
}

/* ---- the texts ---- */

struct texts_case {
    const char *from, *to;    /* in data/register_messages.yaml */
    const char *says;
};

static void note_report(void *data, const struct where *where, const char *message)
{
    (void)where;
    buf_addf(data, "%s\n", message);
}

/* What lint says of the file with its first `from` replaced. */
static void lint_texts(const struct texts_case *c, struct buf *said)
{
    char *text = read_file("../../data/register_messages.yaml"), *at = strstr(text, c->from);
    struct buf changed = BUF_INIT;
    struct tree tree;
    struct err err = { 0 };
    struct schema *schema = schema_new();
    struct lint lint = { .schema = schema, .out = { note_report, said, 0 } };

    assert_non_null(at);
    buf_add_n(&changed, text, (size_t)(at - text));
    buf_add(&changed, c->to);
    buf_add(&changed, at + strlen(c->from));
    assert_int_equal(tree_parse(&tree, changed.text, changed.length, "texts", &err), 0);
    schema_yaml_add(schema, &tree, CONTENT_REGISTERS, note_report, said);
    lint_registers(&lint);
    schema_free(schema);
    tree_free(&tree);
    buf_free(&changed);
    free(text);
}

static void test_lint(void **state)
{
    static const struct texts_case cases[] = {
        { "tunnuksella {own}", "tunnuksella {owner}", "\"{owner}\" is no blank" },
        { "id: ended", "id: not_begun", "\"not_begun\" does not stand at its rank" },
        { "id: ended", "id: finished", "the program says no message \"finished\"" },
        { "[soteri, register]", "[soteri, registry]", "unknown contact \"registry\"" },
        { "id: green", "id: greenish", "\"green\" is missing" },
        { "id: controller", "id: controllers", "\"controller\" is missing" },
        { "  unit_oid: unit_oid\n", "", "plan has no \"unit_oid\"" },
        { "remedy:", "remady:", "did you mean \"remedy\"?" },
    };

    (void)state;
    for (size_t i = 0; i < countof(cases); i++) {
        struct buf said = BUF_INIT;
        lint_texts(&cases[i], &said);
        if (!strstr(said.text, cases[i].says))
            fail_msg("lint does not say %s but\n%s", cases[i].says, said.text);
        buf_free(&said);
    }
}

/* ---- line mode ---- */

static int copy_nothing(void *data, struct plan *plan, const char *place, struct buf *path,
                        struct err *err)
{
    (void)data, (void)plan, (void)place, (void)path, (void)err;
    return 0;
}

/* What line mode says to the lines; the caller frees. */
static char *talk(struct world *w, const char *lines, const struct register_lookup *registers)
{
    struct face_hooks hooks = { .tr = help_tr, .print = help_print, .copy = copy_nothing,
                                .registers = registers, .importer = &register_jobs };
    FILE *in = fmemopen((char *)lines, strlen(lines), "r"), *out;
    struct err err = { 0 };
    size_t length;
    char *said = NULL;

    out = open_memstream(&said, &length);
    assert_int_equal(line_run(w->plan, in, out, &hooks, LANG_EN, true, &err), 0);
    fclose(in);
    fclose(out);
    return said;
}

static void assert_said(const char *said, const char *text)
{
    if (!strstr(said, text))
        fail_msg("not said: %s\nin:\n%s", text, said);
}

/* The check, taking over what the register says, a search with picking a row, and undo. */
static void test_line(void **state)
{
    struct world *w = *state;
    const struct item *name = schema_item(w->content.schema, "unit_name");
    struct register_report report;
    char *said;

    set(w, "registers_found", NULL, "1");
    said = talk(w, "g\n1\ny\nTuki\n1\n\nq\n", &register_rows_lookup);
    assert_said(said, "Something is left to check");
    assert_said(said, "1 warning: Palvelukoti Kaivo: The name differs");
    assert_said(said, "Take what the register says into the plan?");
    assert_said(said, "Taken from the register.");
    assert_said(said, "Tukiasunto Näyte, Koivukuja 2");
    assert_said(said, "Taken into the plan: Tukiasunto Näyte");
    free(said);
    assert_int_equal(answers_row_count(w->plan->answers, name->repeat), 2);
    assert_string_equal(answers_value(w->plan->answers, name,
                                      answers_row_at(w->plan->answers, name->repeat, 0)->key),
                        "Perhekoti Malli, Perhekoti Esimerkki Oy");
    w->no_register = true;
    check(w, &report);
    assert_true(report.from_plan);
    register_report_free(&report);
}

/* Beside each answer stands what the register says, and "*" takes it. */
static void test_line_take(void **state)
{
    struct world *w = *state;
    const struct item *name = schema_item(w->content.schema, "unit_name");
    const char *key = answers_row_at(w->plan->answers, name->repeat, 0)->key;
    struct place place = { name, key };
    char *said;

    set(w, "registers_found", NULL, "1");
    said = talk(w, "/name of the service unit\n1\n*\n\nq\n", &register_rows_lookup);
    assert_said(said, "In the register: Perhekoti Malli, Perhekoti Esimerkki Oy – differs. "
                      "* takes it into the plan.");
    assert_said(said, "Saved: Perhekoti Malli, Perhekoti Esimerkki Oy.");
    free(said);
    assert_string_equal(answers_value(w->plan->answers, place.item, place.row),
                        "Perhekoti Malli, Perhekoti Esimerkki Oy");
    said = talk(w, "/name of the service unit\n1\n*\n\nq\n", &register_rows_lookup);
    assert_said(said, "– the same.");
    assert_null(strstr(said, "* takes"));
    assert_said(said, "The register says nothing else about this.");
    free(said);
    assert_string_equal(answers_value(w->plan->answers, place.item, place.row),
                        "Perhekoti Malli, Perhekoti Esimerkki Oy");
}

/* The register from a file: a good one, one that must be asked about, a broken one, none. */
static void test_line_load(void **state)
{
    char *said = talk(*state, "g\n+\n/media/tikku/register.csv\n\nq\n", NULL);

    assert_said(said, "The register has been brought in.");
    assert_said(said, "6 rows are in the register now.");
    assert_said(said, "The register is of 20 November 2026: 2 days old.");
    assert_said(said, "The file has 1 of 3 pages only");
    assert_said(said, "Columns that were not read: Koodi, Lisätieto");
    assert_said(said, "register.csv:7: there are fewer values");
    assert_said(said, "2 more remarks of this kind.");
    assert_said(said, "50 % has been read");
    free(said);
    said = talk(*state, "g\n+\n/media/tikku/codes.csv\n1\n\nq\n", NULL);
    assert_said(said, "No heading of the file is known to mean the OID code");
    assert_said(said, "  1 Koodi (for example 1.2.246.10.99999992.10.0)");
    assert_said(said, "  2 Lisätieto (empty in the first row)");
    assert_said(said, "Read as you said: Koodi = the OID code");
    free(said);
    said = talk(*state, "g\n+\n/media/tikku/codes.csv\n\n\nq\n", NULL);
    assert_said(said, "Nothing was changed.");
    free(said);
    said = talk(*state, "g\n+\n/media/tikku/broken.csv\n+\nnowhere\n\nq\n", NULL);
    assert_said(said, "Not brought in: broken.csv:3:2: there is a NUL byte here");
    assert_said(said, "Not brought in: nowhere: cannot be read");
    free(said);
}

static void test_line_without_register(void **state)
{
    char *said = talk(*state, "g\nkoivu\n\nq\n", NULL);

    assert_said(said, "Not checked");
    assert_said(said, "koodistopalvelu");
    assert_said(said, "The register has not been imported.");
    free(said);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),
        cmocka_unit_test_setup_teardown(test_plan, open_world, close_world),
        cmocka_unit_test_setup_teardown(test_take, open_world, close_world),
        cmocka_unit_test_setup_teardown(test_pick, open_world, close_world),
        cmocka_unit_test_setup_teardown(test_kept, open_world, close_world),
        cmocka_unit_test(test_day),
        cmocka_unit_test(test_kept_garbage),
        cmocka_unit_test_setup_teardown(test_beside, open_world, close_world),
        cmocka_unit_test(test_lint),
        cmocka_unit_test_setup_teardown(test_line, open_world, close_world),
        cmocka_unit_test_setup_teardown(test_line_take, open_world, close_world),
        cmocka_unit_test_setup_teardown(test_line_load, open_world, close_world),
        cmocka_unit_test_setup_teardown(test_line_without_register, open_world, close_world),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
