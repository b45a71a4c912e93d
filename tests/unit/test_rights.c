/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The rights matrix: ceilings, effective rights, the 45 checks, words, faults of the content.
 *
 * Ceilings and cases of checks are files in tests/data/rights. Effective rights are computed a
 * second time here, from the texts of the answers and the data files, without any set or position;
 * both must agree on made-up plans of any kind.
 */
#include "rights_help.h"

#include <sys/stat.h>

#include "core/lint_parts.h"
#include "core/rights_edit.h"

/* ---- ceilings ---- */

/* How the second table calls what data/rights says. */
static char ceiling_sign(const struct rights_data *data, int task, int group)
{
    static const char *const told[] = { "duties", "given", "service", "close" };
    int limit = data->limit[task][group];

    if (!data->most[task][group])
        return '-';
    for (size_t i = 0; limit && i < countof(told); i++)
        if (strcmp(data->limits[limit - 1].id, told[i]) == 0)
            return 'V';
    return limit ? 'o' : 'V';
}

static void test_ceilings(void **state)
{
    const struct rights_data *data = schema()->rights;
    char *text = read_lines("rights/ceilings.test");
    int tasks = 0;

    (void)state;
    for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n")) {
        char signs[RIGHTS_GROUP_COUNT + 1] = "", id[3] = "";
        if (line[0] == '#')
            continue;
        memcpy(id, line, 2);
        for (int g = 0; g < RIGHTS_GROUP_COUNT; g++)
            signs[g] = ceiling_sign(data, tasks, g);
        assert_string_equal(id, data->tasks->choices[tasks].id);
        assert_string_equal(line + 3, signs);
        tasks++;
    }
    assert_int_equal(tasks, RIGHTS_TASK_COUNT);
    free(text);
}

/* Tasks limited to the own register never record or change client documents. */
static void test_letters_left_out(void **state)
{
    const struct rights_data *data = schema()->rights;
    static const int tasks[] = { RIGHTS_IC, RIGHTS_AR, RIGHTS_JO };

    (void)state;
    for (size_t t = 0; t < countof(tasks); t++)
        for (int g = RIGHTS_D03; g <= RIGHTS_D08; g++)
            assert_int_equal(data->most[tasks[t]][g] &
                             (RIGHTS_BIT(RIGHTS_K) | RIGHTS_BIT(RIGHTS_M)), 0);
}

/* Whatever a template proposes is within the ceiling of its tasks, and known as a whole. */
static void test_templates(void **state)
{
    const struct rights_data *data = schema()->rights;
    struct err err = { 0 };

    (void)state;
    assert_int_equal(data->template_count, 34);
    for (size_t i = 0; i < data->template_count; i++) {
        struct desk desk;
        char key[24];
        desk_open(&desk);
        must(rights_add_template(desk.plan, &data->templates[i], help_english(), key, &err), &err);
        for (int g = 0; g < RIGHTS_GROUP_COUNT; g++) {
            struct rights_cell cell;
            rights_cell(rights_now(&desk), 0, g, -1, &cell);
            if (cell.over)
                fail_msg("%s: d%02d over the ceiling", data->templates[i].id, g + 1);
            assert_int_equal(cell.letters, data->templates[i].cells[g]);
            assert_int_equal(cell.origin, cell.letters ? RIGHTS_ORIGIN_TEMPLATE
                                                       : RIGHTS_ORIGIN_EMPTY);
        }
        desk_close(&desk);
    }
}

/* ---- checks ---- */

static void tell(const struct desk *desk)
{
    const struct rights_findings *findings = engine_rights_findings(desk->plan->engine);
    struct buf text = BUF_INIT;

    for (size_t i = 0; i < findings->count; i++) {
        buf_clear(&text);
        rights_finding_text(rights_now(desk), &findings->at[i], help_english(), &text);
        print_message("# %s\n", text.text);
    }
    buf_free(&text);
}

static void test_base_is_clean(void **state)
{
    char *text = read_lines("rights/checks.test");
    struct desk desk;

    (void)state;
    put_base(&desk, text);
    if (engine_rights_findings(desk.plan->engine)->count) {
        tell(&desk);
        fail_msg("the base of checks.test has findings");
    }
    desk_close(&desk);
    free(text);
}

/* The check found something of that weight, about a row of the repeat when one is named. */
static bool finds(const struct desk *desk, const char *id, enum severity severity,
                  const char *repeat)
{
    const struct rights_findings *findings = engine_rights_findings(desk->plan->engine);
    bool found = false;

    for (size_t i = 0; !found && i < findings->count; i++) {
        const struct rights_finding *finding = &findings->at[i];
        struct buf subject = BUF_INIT;
        rights_finding_subject(rights_now(desk), finding, &subject);
        found = strcmp(finding->check->id, id) == 0 && finding->severity == severity &&
                strncmp(subject.text, repeat, strlen(repeat)) == 0;
        buf_free(&subject);
    }
    return found;
}

/* Runs the case at `at`; returns where the next begins. */
static char *run_case(char *text, char *at, bool *seen, int *failed)
{
    char id[8] = "", word[16] = "", repeat[32] = "", line[64] = "";
    enum severity severity;
    struct desk desk;
    char *rest;

    snprintf(line, sizeof line, "%.*s", (int)strcspn(at, "\n"), at);
    assert_true(sscanf(line, "%7s %15s %31s", id, word, repeat) >= 2);
    severity = word[0] == 'e' ? SEVERITY_ERROR : word[0] == 'w' ? SEVERITY_WARNING : SEVERITY_NOTE;
    put_base(&desk, text);
    rest = put_block(desk.plan, next_line(at));
    if (!finds(&desk, id, severity, repeat)) {
        print_message("# %.20s at %ld finds nothing; found:\n", id, (long)(at - text));
        tell(&desk);
        ++*failed;
    }
    seen[atoi(id + 1) - 1] = true;
    desk_close(&desk);
    return rest;
}

static void test_checks(void **state)
{
    char *text = read_lines("rights/checks.test");
    bool seen[RIGHTS_CHECK_COUNT] = { false };
    struct desk desk;
    int failed = 0;
    char *at = put_base(&desk, text);

    (void)state;
    desk_close(&desk);
    while (at)
        at = run_case(text, at, seen, &failed);
    for (int i = 0; i < RIGHTS_CHECK_COUNT; i++)
        if (!seen[i])
            fail_msg("checks.test has no case of r%02d", i + 1);
    assert_int_equal(failed, 0);
    free(text);
}

/* ---- effective rights, a second time ---- */

/*
 * Everything below reads texts: answers as stored, ids of data files, letter by letter. It shares
 * with the program only the reading of answers and of YAML.
 */
static const char *extra(const char *list_id, const char *choice_id, const char *column)
{
    const struct list *list = schema_list(schema(), list_id);
    const struct choice *choice = list_choice(list, choice_id);

    for (size_t i = 0; i < list->column_count; i++)
        if (strcmp(list->columns[i], column) == 0)
            return choice->extra[i] ? choice->extra[i] : "";
    return "";
}

static bool lives(const char *list, const char *id, const char *kind, const char *owner)
{
    const char *kinds = extra(list, id, "register_kind"), *owners = extra(list, id, "owner");

    return *kind && *owner && (strcmp(kinds, "any") == 0 || strcmp(kinds, kind) == 0) &&
           (strcmp(owners, "any") == 0 || strcmp(owners, owner) == 0);
}

/* One row of data/rights/ceilings.yaml lets the task use the letter. */
static bool row_allows(const struct plan *plan, const struct rights_ceiling *ceiling,
                       const char *group, const char *letter, const char *role)
{
    bool named = false;

    for (const char **id = ceiling->groups; *id; id++)
        named |= strcmp(*id, group) == 0;
    if (!named || (ceiling->without && has_word(ceiling->without, letter)))
        return false;
    if (ceiling->limit && strcmp(ceiling->limit, "mediator") == 0)
        return strcmp(said(plan, "role_mediator", role), "1") == 0;
    if (ceiling->limit && strcmp(ceiling->limit, "reason") == 0)
        return *said(plan, "role_why", role);
    if (ceiling->limit && strcmp(ceiling->limit, "log") == 0)
        return has_word(said(plan, "role_admin", role), "o");
    return true;
}

static bool tasks_allow(const struct plan *plan, const char *tasks, const char *role,
                        const char *reg, const char *group, const char *letter)
{
    const struct rights_data *data = schema()->rights;
    const char *kind = said(plan, "dreg_kind", reg), *owner = said(plan, "dreg_owner", reg);

    if (!lives("document_groups", group, kind, owner))
        return false;
    for (size_t i = 0; i < data->ceiling_count; i++) {
        const struct rights_ceiling *ceiling = &data->ceilings[i];
        if (has_word(tasks, ceiling->task) &&
            strcmp(extra("decree_tasks", ceiling->task, "sector"), "public") != 0 &&
            lives("decree_tasks", ceiling->task, kind, owner) &&
            row_allows(plan, ceiling, group, letter, role))
            return true;
    }
    return false;
}

static bool reviews_logs(const struct plan *plan, const char *role, const char *group,
                         const char *letter)
{
    return strcmp(group, "d15") == 0 && has_word(said(plan, "role_admin", role), "o") &&
           (strcmp(letter, "v") == 0 || strcmp(letter, "r") == 0);
}

static bool day_is_in(const char *from, const char *until, const char *day)
{
    return (!*from || strcmp(day, from) >= 0) && (!*until || strcmp(day, until) <= 0);
}

static const char *record_of(const struct plan *plan, const char *person, const char *id)
{
    const struct item *repeat = help_item(plan->schema, "user_record");

    for (size_t i = 0; i < answers_row_count(plan->answers, repeat); i++) {
        const char *row = answers_row_at(plan->answers, repeat, i)->key;
        if (strcmp(said(plan, "usr_person", row), person) == 0)
            return said(plan, id, row);
    }
    return "";
}

static bool exists(const struct plan *plan, const char *repeat, const char *key)
{
    return answers_row_position(plan->answers, help_item(plan->schema, repeat), key) >= 0;
}

static bool gives(const struct plan *plan, const char *row, const char *group,
                  const char *letter, const char *day)
{
    const struct item *repeat = help_item(plan->schema, "deviation");
    char cell[16];
    bool given, taken = false;

    snprintf(cell, sizeof cell, "role_%s", group);
    given = has_word(said(plan, cell, said(plan, "asg_role", row)), letter);
    for (size_t i = 0; i < answers_row_count(plan->answers, repeat); i++) {
        const char *dev = answers_row_at(plan->answers, repeat, i)->key;
        if (strcmp(said(plan, "dev_assignment", dev), row) != 0 ||
            strcmp(said(plan, "dev_group", dev), group) != 0 ||
            !has_word(said(plan, "dev_rights", dev), letter) ||
            !day_is_in("", said(plan, "dev_until", dev), day))
            continue;
        if (strcmp(said(plan, "dev_way", dev), "take") == 0)
            taken = true;
        else
            given = true;
    }
    return given && !taken;
}

static bool may(const struct plan *plan, const char *row, const char *group, const char *letter,
                const char *day)
{
    const char *role = said(plan, "asg_role", row), *person = said(plan, "asg_person", row);
    const char *reg = said(plan, "asg_register", row), *base = said(plan, "asg_base", row);
    const char *work = said(plan, "asg_work", row);
    const char *tasks = *work ? work : said(plan, "role_tasks", role);
    char cell[16];

    snprintf(cell, sizeof cell, "role_%s", group);
    if (!exists(plan, "person", person) || !exists(plan, "role", role) ||
        !day_is_in(said(plan, "asg_from", row), said(plan, "asg_until", row), day) ||
        !day_is_in(record_of(plan, person, "usr_from"), record_of(plan, person, "usr_until"), day))
        return false;
    if (!gives(plan, row, group, letter, day))
        return false;
    if (reviews_logs(plan, role, group, letter))
        return true;
    if (!exists(plan, "data_register", reg))
        return false;
    if (tasks_allow(plan, tasks, role, reg, group, letter))
        return true;
    return has_word(tasks, "op") && exists(plan, "role", base) &&
           has_word(said(plan, cell, base), letter) &&
           (reviews_logs(plan, base, group, letter) ||
            tasks_allow(plan, said(plan, "role_tasks", base), base, reg, group, letter));
}

/* Some finding is an error of the kind that says: over the ceiling. */
static bool says_over(const struct desk *desk, int assignment)
{
    static const char *const ids[] = { "r01", "r04", "r05", "r06", "r07", "r10", "r13", "r14",
                                       "r15", "r03" };
    const struct rights *rights = rights_now(desk);
    const struct rights_findings *findings = engine_rights_findings(desk->plan->engine);
    int role = rights->assignments[assignment].role;

    for (size_t i = 0; i < findings->count; i++) {
        const struct rights_finding *finding = &findings->at[i];
        bool about = (finding->about == RIGHTS_ABOUT_ASSIGNMENT && finding->at == assignment) ||
                     (finding->about == RIGHTS_ABOUT_ROLE && finding->at == role) ||
                     (finding->about == RIGHTS_ABOUT_EXCEPTION &&
                      rights->exceptions[finding->at].assignment == assignment);
        for (size_t n = 0; about && n < countof(ids); n++)
            if (strcmp(finding->check->id, ids[n]) == 0)
                return true;
    }
    return false;
}

/* Letters that no task of the role allows anywhere are found. Those that another task of the role
 * gives in another register are only left out. */
static void no_excess_passes(const struct desk *desk, int a, int group)
{
    const struct rights *rights = rights_now(desk);
    const struct rights_assignment *of = &rights->assignments[a];
    unsigned over;

    if (of->role < 0 || !rights_active(rights, a, help_today()))
        return;
    over = rights_granted(rights, a, group, help_today()) &
           ~(unsigned)rights_assignment_ceiling(rights, a, group) &
           ~(unsigned)rights_ceiling(rights, of->role, -1, group);
    if (over && !says_over(desk, a))
        fail_msg("assignment %s exceeds its ceiling at d%02d and nobody says so", of->key,
                 group + 1);
}

static void compare_assignment(const struct desk *desk, int a, const char *day, unsigned seed)
{
    const struct rights *rights = rights_now(desk);
    const struct rights_data *data = rights->data;
    int number = date_parse_iso(day);

    for (int g = 0; g < RIGHTS_GROUP_COUNT; g++) {
        unsigned slow = 0;
        unsigned fast = rights_effective(rights, a, g, number);
        for (int i = 0; i < RIGHTS_LETTER_COUNT; i++)
            slow |= may(desk->plan, rights->assignments[a].key, data->groups->choices[g].id,
                        data->letters->choices[i].id, day) ? RIGHTS_BIT(i) : 0;
        if (slow != fast)
            fail_msg("seed %u, assignment %s, d%02d on %s: %x, not %x", seed,
                     rights->assignments[a].key, g + 1, day, fast, slow);
        assert_int_equal(fast & ~(unsigned)rights_assignment_ceiling(rights, a, g), 0);
        no_excess_passes(desk, a, g);
    }
}

/* What a person has is what her assignments give, and who has it is found from the other side. */
static void compare_people(const struct desk *desk)
{
    const struct rights *rights = rights_now(desk);
    struct rights_found found = { 0 };
    uint16_t cells[RIGHTS_GROUP_COUNT];

    for (int g = 0; g < RIGHTS_GROUP_COUNT; g++) {
        rights_who(rights, RIGHTS_BIT(RIGHTS_V), g, -1, rights->today, &found);
        for (size_t p = 0; p < rights->person_count; p++) {
            bool named = false;
            rights_of_person(rights, (int)p, -1, rights->today, cells);
            for (size_t i = 0; i < found.count; i++)
                named |= rights->assignments[found.at[i]].person == (int)p;
            assert_int_equal(named, (cells[g] & RIGHTS_BIT(RIGHTS_V)) != 0);
        }
    }
    rights_found_free(&found);
}

static void test_effective_twice(void **state)
{
    (void)state;
    for (unsigned seed = 1; seed <= 150; seed++) {
        struct desk desk;
        char day[11];
        make_plan(&desk, seed);
        for (int step = -20; step <= 20; step += 20) {
            date_iso(help_today() + step, day);
            for (int a = 0; a < 10; a++)
                compare_assignment(&desk, a, day, seed);
        }
        compare_people(&desk);
        desk_close(&desk);
    }
}

/* ---- size ---- */

/* 300 people, 30 roles, 10 registers: all checks together look at each assignment a few times. */
static void test_checks_do_not_scan(void **state)
{
    enum { PEOPLE = 300, ROLES = 30, REGISTERS = 10 };
    struct desk desk;
    struct making m = { .seed = 7 };
    struct err err = { 0 };
    char key[24], other[24];
    const struct rights_findings *findings;

    (void)state;
    desk_open(&desk);
    m.plan = desk.plan;
    m.batch = plan_batch_new(desk.plan);
    for (unsigned i = 1; i <= REGISTERS; i++) {
        add_made(&m, "data_register", i, key);
        put_made(&m, "dreg_kind", key, "social");
        put_made(&m, "dreg_owner", key, i == 1 ? "own" : "organiser");
    }
    for (unsigned i = 1; i <= ROLES; i++)
        make_role(&m, i);
    for (unsigned i = 1; i <= PEOPLE; i++)
        add_made(&m, "person", i, key);
    for (unsigned i = 0; i < PEOPLE * REGISTERS; i++) {
        add_made(&m, "assignment", i + 1, key);
        snprintf(other, sizeof other, "%u", i / REGISTERS + 1);
        put_made(&m, "asg_person", key, other);
        snprintf(other, sizeof other, "%u", i % ROLES + 1);
        put_made(&m, "asg_role", key, other);
        snprintf(other, sizeof other, "%u", i % REGISTERS + 1);
        put_made(&m, "asg_register", key, other);
    }
    must(plan_batch_commit(m.batch, &err), &err);
    findings = engine_rights_findings(desk.plan->engine);
    assert_int_equal(rights_now(&desk)->assignment_count, PEOPLE * REGISTERS);
    assert_true(findings->count > 0);
    assert_true(findings->assignments_read >= PEOPLE * REGISTERS);
    assert_true(findings->assignments_read <= 4 * PEOPLE * REGISTERS);
    desk_close(&desk);
}

/* ---- words ---- */

static void test_words(void **state)
{
    struct desk desk;
    struct err err = { 0 };
    struct buf text = BUF_INIT;

    (void)state;
    open_base(&desk);
    must(rights_set_cell(desk.plan, 1, RIGHTS_D16, RIGHTS_BIT(RIGHTS_V), &err), &err);
    rights_explain_cell(desk.plan, 1, RIGHTS_D16, -1, help_english(), &text);
    assert_non_null(strstr(text.text, "Ohjaaja × D16 Objections and incidents: View\n"));
    assert_non_null(strstr(text.text, "The work tasks of the role allow nothing here."));
    assert_non_null(strstr(text.text, "Onni Kuvitelma, Saara Näyte"));
    assert_non_null(strstr(text.text, "over the ceiling of the work task. D16 Objections and "
                                      "incidents V (R04)"));
    buf_clear(&text);
    rights_explain_cell(desk.plan, 1, RIGHTS_D07, 1, help_english(), &text);
    assert_non_null(strstr(text.text, "Giving a social service, public ("));
    assert_null(strstr(text.text, "private"));
    buf_clear(&text);
    rights_explain_person(desk.plan, 1, -1, help_english(), &text);
    assert_non_null(strstr(text.text, "Ohjaaja; Koivu; Hyvinvointialue"));
    assert_non_null(strstr(text.text, "D07 Carrying out the service: VK"));
    buf_free(&text);
    desk_close(&desk);
}

/* ---- faults of the content ---- */

static void note_report(void *data, const struct where *where, const char *message)
{
    (void)where;
    buf_addf(data, "%s\n", message);
}

static void link_in(const char *folder, const char *from, const char *name)
{
    struct buf source = BUF_INIT, target = BUF_INIT;
    char *real;

    help_data(&source, from);
    real = realpath(source.text, NULL);
    assert_non_null(real);
    buf_addf(&target, "%s/%s", folder, name);
    assert_int_equal(symlink(real, target.text), 0);
    free(real);
    buf_free(&source);
    buf_free(&target);
}

/* A folder of content that is the shipped one but for data/rights/. */
static void link_content(const char *folder, char rights[96])
{
    static const char *const parts[] = {
        "tasks.yaml", "facts.yaml", "lists", "rules.yaml", "requirement.yaml", "regulations",
    };
    char data[80], from[96];

    link_in(folder, "../../forms", "forms");
    snprintf(data, sizeof data, "%s/data", folder);
    assert_int_equal(mkdir(data, 0700), 0);
    for (size_t i = 0; i < countof(parts); i++) {
        snprintf(from, sizeof from, "../../data/%s", parts[i]);
        link_in(data, from, parts[i]);
    }
    snprintf(rights, 96, "%s/rights", data);
    assert_int_equal(mkdir(rights, 0700), 0);
}

static void copy_changed(const char *rights, const char *file, const char *from, const char *to)
{
    struct buf path = BUF_INIT, name = BUF_INIT;
    char *text, *at = NULL;
    FILE *out;

    buf_addf(&path, "%s/%s", rights, file);
    buf_addf(&name, "../../data/rights/%s", file);
    text = read_lines(name.text);
    if (from) {
        at = strstr(text, from);
        assert_non_null(at);
    }
    out = fopen(path.text, "w");
    assert_non_null(out);
    if (at)
        fprintf(out, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
    else
        fputs(text, out);
    fclose(out);
    free(text);
    buf_free(&path);
    buf_free(&name);
}

/* What loading and lint say of the content with the first `from` of a file replaced. */
static void lint_with(const char *file, const char *from, const char *to, struct buf *out)
{
    static const char *const files[] = { "ceilings.yaml", "templates.yaml", "checks.yaml" };
    char folder[64], rights[96];
    struct content_place place;
    struct content content = { 0 };
    struct buf command = BUF_INIT;
    struct err err = { 0 };

    help_folder(folder);
    link_content(folder, rights);
    for (size_t i = 0; i < countof(files); i++)
        copy_changed(rights, files[i], strcmp(files[i], file) == 0 ? from : NULL, to);
    must(content_find(&place, folder, &err), &err);
    place.image[0] = 0;
    if (content_load(&content, &place, note_report, out, &err) == 0)
        lint_rights(&(struct lint){ .schema = content.schema, .out = { note_report, out, 0 } });
    content_free(&content);
    buf_addf(&command, "rm -rf '%s'", folder);
    assert_int_equal(system(command.text), 0);
    buf_free(&command);
}

static void test_lint(void **state)
{
    static const struct {
        const char *file, *from, *to, *said;
    } cases[] = {
        { "ceilings.yaml", "task: pj", "task: qq", "needs the work task \"qq\"" },
        { "ceilings.yaml", "[d04, d05]", "[d04, d55]", "needs the document group \"d55\"" },
        { "ceilings.yaml", "limit: duties", "limit: dutties", "needs the limit \"dutties\"" },
        { "ceilings.yaml", "[d04, d05]", "[d04, d01]", "pj has two ceilings of d01" },
        { "templates.yaml", "id: housing_head", "id: housing_heads",
          "needs the name of the template \"housing_heads\"" },
        { "templates.yaml", "like: housing_carer", "like: nobody",
          "needs the template \"nobody\"" },
        { "templates.yaml", "d14: \"v k r\"", "d16: \"v\"", "gives more of d16" },
        { "templates.yaml", "given: full", "given: all", "unknown given \"all\"" },
        { "checks.yaml", "id: r03", "id: r02", "the check \"r02\" stands where \"r03\" must" },
        { "checks.yaml", "{name}: työ", "{nimi}: työ", "\"{nimi}\" is no blank" },
        { "checks.yaml", "severity: error", "severity: fault", "unknown severity \"fault\"" },
        { "checks.yaml", "remedy:", "remady:", "did you mean \"remedy\"?" },
    };

    (void)state;
    for (size_t i = 0; i < countof(cases); i++) {
        struct buf text = BUF_INIT;
        lint_with(cases[i].file, cases[i].from, cases[i].to, &text);
        if (!strstr(text.text, cases[i].said))
            fail_msg("case %zu: \"%s\", not \"%s\"", i, text.text, cases[i].said);
        buf_free(&text);
    }
}

/* ---- the group ---- */

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ceilings), cmocka_unit_test(test_letters_left_out),
        cmocka_unit_test(test_templates), cmocka_unit_test(test_base_is_clean),
        cmocka_unit_test(test_checks), cmocka_unit_test(test_effective_twice),
        cmocka_unit_test(test_checks_do_not_scan), cmocka_unit_test(test_words),
        cmocka_unit_test(test_lint),
    };

    return cmocka_run_group_tests(tests, help_load_real, help_free_real);
}
