/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Documents that follow a regulation and are approved: what stands in which chapter, what a version
 * says of itself, when one may be kept, and that it comes back as it was.
 */
#include "core_help.h"

#include "core/completeness.h"
#include "core/outlines.h"
#include "core/versions.h"
#include "out/doc.h"
#include "out/doc_build.h"
#include "out/writers.h"

static struct content content;

static int load(void **state)
{
    (void)state;
    help_content(&content, "approved");
    return 0;
}

static int unload(void **state)
{
    (void)state;
    content_free(&content);
    return 0;
}

struct fixture {
    char folder[64], path[96];
    struct plan *plan;
};

static int set_up(void **state)
{
    struct fixture *f = xcalloc(1, sizeof *f);

    help_folder(f->folder);
    f->plan = help_new(content.schema, f->folder, f->path);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;

    plan_close(f->plan);
    help_remove(f->folder);
    free(f);
    return 0;
}

/* ---- small language ---- */

/* The plan again, on another day; what is answered is written with that day. */
static void on_day(struct fixture *f, int day)
{
    struct err err = { 0 };
    void *store = NULL;

    plan_close(f->plan);
    if (store_open(&store, f->path, STORE_WRITE, date_make(2026, 11, day), NULL, &err)
        || plan_open(&f->plan, content.schema, &store_sqlite_ops, store, date_make(2026, 11, day),
                     &err))
        fail_msg("%s", err.msg);
}

static void answer(struct fixture *f, const char *address, const char *value)
{
    const struct item *item;
    struct check check = CHECK_INIT;
    struct err err = { 0 };
    char row[24];
    bool new_row;

    if (plan_address(f->plan, address, &item, row, &new_row, &err))
        fail_msg("%s", err.msg);
    if (new_row)
        assert_int_equal(plan_row_add(f->plan, item->repeat, row, &err), 0);
    assert_int_equal(plan_set(f->plan, item, *row ? row : NULL, value, &check, &err), 0);
    check_free(&check);
}

/* A manual that is complete but for one requirement, approved on the 22nd. */
static void fill(struct fixture *f)
{
    answer(f, "org_name", "Mallikoti");
    answer(f, "person[+].person_name", "Aino Malli");
    answer(f, "boss", "1");
    answer(f, "leader", "1");
    answer(f, "approved", "2026-11-22");
    answer(f, "again", "2027-11-22");
    answer(f, "paper", "0");
    answer(f, "r_logs_state", "in_place");
    answer(f, "r_logs_text", "We look every month.");
    answer(f, "r_logs_proof", "Notes of it.");
    answer(f, "r_doors_state", "planned");
    answer(f, "r_doors_text", "They are locked.");
    answer(f, "r_doors_by", "2027-02-01");
}

static const struct document *manual(void)
{
    return schema_document(content.schema, "manual");
}

static char *as_text(struct doc *doc)
{
    struct buf out = BUF_INIT;

    out_text(doc, help_english(), &out);
    doc_free(doc);
    return buf_detach(&out);
}

static char *printed(struct fixture *f, const char *document, int number)
{
    return as_text(doc_build_version(f->plan, schema_document(content.schema, document),
                                     help_english(), number));
}

static void assert_holds(const char *text, const char *const *parts)
{
    for (; *parts; parts++)
        if (!strstr(text, *parts))
            fail_msg("not printed: %s\nin:\n%s", *parts, text);
}

static void assert_lacks(const char *text, const char *const *parts)
{
    for (; *parts; parts++)
        if (strstr(text, *parts))
            fail_msg("printed: %s\nin:\n%s", *parts, text);
}

#define TEXTS(...) (const char *const[]){ __VA_ARGS__, NULL }

static void assert_manual(struct fixture *f, const char *const *holds, const char *const *lacks)
{
    char *text = printed(f, "manual", 0);

    assert_holds(text, holds);
    assert_lacks(text, lacks);
    free(text);
}

/* The code of the refusal, whose message holds `part`; 0 when it may be kept. */
static void assert_may_keep(struct fixture *f, int code, const char *part)
{
    struct versions kept;
    struct err err = { 0 };

    assert_int_equal(versions_read(f->plan, manual(), &kept, &err), 0);
    int found = versions_may_keep(f->plan, manual(), &kept, &err);
    versions_free(&kept);
    if (found != code || (part && !strstr(err.msg, part)))
        fail_msg("%d and not %d: %s", found, code, err.msg);
}

/* Keeps the next version, as the command does. */
static void keep(struct fixture *f)
{
    struct versions kept;
    struct err err = { 0 };

    assert_int_equal(versions_read(f->plan, manual(), &kept, &err), 0);
    struct version version = {
        .document = "manual", .number = (int)kept.count + 1, .lang = "en",
        .approved_by = "Aino Malli",
        .approved_on = engine_value(f->plan->engine, help_item(content.schema, "approved"), NULL),
    };
    struct doc *doc = doc_build_version(f->plan, manual(), help_english(), version.number);
    struct buf json = BUF_INIT;
    out_json(doc, help_english(), &json);
    if (store_sqlite_ops.keep_version(f->plan->store, &version, json.text, &err))
        fail_msg("%s", err.msg);
    doc_free(doc);
    buf_free(&json);
    versions_free(&kept);
}

static char *kept_text(struct fixture *f, int number)
{
    struct buf json = BUF_INIT;
    struct err err = { 0 };

    if (store_sqlite_ops.version_content(f->plan->store, "manual", number, &json, &err))
        fail_msg("%s", err.msg);
    struct doc *doc = doc_read_json(json.text);
    assert_non_null(doc);
    buf_free(&json);
    return as_text(doc);
}

/* ---- chapters ---- */

static void test_chapters_by_the_regulation_in_force(void **state)
{
    struct fixture *f = *state;

    fill(f);
    assert_manual(f,
                  TEXTS("Manual\n══════\n", "\nSECRET ", "  draft\n\nManual\n",
                        "Whose: Mallikoti.",
                        "Structure:       Regulation 3/2024\n",
                        "1  Doors\n--------\n\nDoors\nThey are locked.\n\n"
                        "Not in place yet; to be in place on 1 February 2027.\n",
                        "2  Paper and logs\n", "Paper\nThere is no paper.\n\nLogs\n"
                        "We look every month. Evidence: Notes of it.\n"),
                  TEXTS("Environment", "no longer in force", "Nothing at all", "Never"));
}

static void test_chapters_by_an_earlier_regulation(void **state)
{
    struct fixture *f = *state;

    fill(f);
    answer(f, "structure", "early");
    assert_manual(f,
                  TEXTS("Old manual\n", "Regulation 2/2015\n", "(no longer in force; ",
                        "6  Environment\n--------------\n\nIn two parts.\n\n"
                        "6.6.1  Control\n--------------\n\nLogs\nWe look every month. "
                        "Evidence: Notes of it.\n\n"
                        "Paper\nThere is no paper.\n", "6.6.2  Premises\n",
                        "6.6.1  Control *", "* Number or heading has not been checked"),
                  TEXTS("1  Doors\n"));
}

/* The newest regulation in force is followed until another is chosen; one to come is not. */
static void test_which_regulation(void **state)
{
    struct fixture *f = *state;

    assert_string_equal(document_outline(f->plan, manual())->id, "present");
    f->plan->today = date_make(2020, 1, 1);
    assert_string_equal(document_outline(f->plan, manual())->id, "early");
    f->plan->today = date_make(2031, 1, 1);
    assert_string_equal(document_outline(f->plan, manual())->id, "coming");
    answer(f, "structure", "early");
    assert_string_equal(document_outline(f->plan, manual())->id, "early");
    assert_null(document_outline(f->plan, schema_document(content.schema, "plain")));
}

static void test_a_chapter_that_is_not_relevant(void **state)
{
    struct fixture *f = *state;

    answer(f, "shoe_size", "38");
    assert_manual(f, TEXTS("3  Sizes\n--------\n\nSmall feet, says 1/2023.\n"),
                  TEXTS("Large feet", "Nothing at all"));
    answer(f, "shoe_size", "45");
    assert_manual(f, TEXTS("3  Sizes\n--------\n\nLarge feet: 45.\n"),
                  TEXTS("Small feet", "Nothing at all"));
}

/* As long as nobody has said that there is no paper, the document does not say so either. */
static void test_what_nobody_has_said_is_open(void **state)
{
    struct fixture *f = *state;

    assert_manual(f,
                  TEXTS("Paper\nOpen: this has not been described yet.",
                        "1        Doors        still open", "2        Paper        still open"),
                  TEXTS("There is no paper."));
    answer(f, "paper", "0");
    assert_manual(f, TEXTS("Paper\nThere is no paper.\n"),
                  TEXTS("2        Paper        still open"));
    answer(f, "paper", "1");
    assert_manual(f, TEXTS("2        Paper        still open"), TEXTS("There is no paper."));
}

static enum standing standing(const struct fixture *f, const char *id)
{
    return requirement_standing(f->plan, requirement_find(content.schema, id));
}

static void test_standings(void **state)
{
    static const struct {
        const char *item, *value, *requirement;   /* `item` NULL: nothing is answered */
        enum standing expected;
    } steps[] = {
        { NULL, NULL, "r_logs", STANDING_OPEN },
        { NULL, NULL, "r_paper", STANDING_OPEN },
        { "r_logs_state", "in_place", "r_logs", STANDING_OPEN },
        { "r_logs_text", "So.", "r_logs", STANDING_IN_PLACE },
        { "r_logs_state", "planned", "r_logs", STANDING_PLANNED },
        { "r_logs_state", "not_us", "r_logs", STANDING_OPEN },
        { "r_logs_why", "nobody logs in.", "r_logs", STANDING_NOT_US },
        { "r_logs_state", "open", "r_logs", STANDING_OPEN },
        { "paper", "0", "r_paper", STANDING_ASIDE },
    };
    struct fixture *f = *state;

    for (size_t i = 0; i < countof(steps); i++) {
        if (steps[i].item)
            answer(f, steps[i].item, steps[i].value);
        if (standing(f, steps[i].requirement) != steps[i].expected)
            fail_msg("step %zu: %d", i, (int)standing(f, steps[i].requirement));
    }
    struct tally tally = tally_point(f->plan, "control");
    assert_int_equal(tally.all, 2);
    assert_int_equal(tally.of[STANDING_OPEN], 1);
    assert_int_equal(tally.of[STANDING_ASIDE], 1);
    assert_int_equal(tally_all(f->plan).all, 3);
    assert_int_equal(tally_point(f->plan, "joined").all, 0);
}

static void test_completeness_and_evidence(void **state)
{
    struct fixture *f = *state;

    fill(f);
    assert_manual(f,
                  TEXTS("Annex 1  Actions\n", "1        Doors        planned",
                        "Annex 2  People\n", "Annex 3  Evidence\n",
                        "2        Logs         in place  Aino Malli  Notes of it.",
                        "Annex 4  Completeness\n", "Act 1/2023\n",
                        "Users are trained      subsection 1, point   2         not asked of this",
                        "It is controlled       subsection 1, point   2         complete",
                        "It is safe to join     subsection 2                    no question asks",
                        "1  Doors           –           planned 1 of 1\n",
                        "2  Paper and logs  Aino Malli  complete\n"),
                  TEXTS("2        Logs         planned", "* Number"));
    answer(f, "r_doors_state", "not_us");
    answer(f, "r_doors_why", "there are none.");
    assert_manual(f, TEXTS("This does not concern us, because there are none.\n",
                           "Annex 1  People\n", "1  Doors           –           complete\n"),
                  TEXTS("Actions"));
}

static void test_contents_name_what_follows(void **state)
{
    struct fixture *f = *state;

    fill(f);
    assert_manual(f, TEXTS("\n1  Doors ....", "\n2  Paper and logs ....",
                           "\nAnnex 1  Actions ...."),
                  TEXTS("Versions ....", "Contents ...."));
}

static void test_marks_of_lines(void **state)
{
    struct fixture *f = *state;
    char *text = printed(f, "plain", 0);

    assert_holds(text, TEXTS("1. First\n2. Last\n", "When:  ____", "[ ] Box\n"));
    assert_lacks(text, TEXTS("2. Name", "Annex"));
    free(text);
    answer(f, "org_name", "Mallikoti");
    text = printed(f, "plain", 0);
    assert_holds(text, TEXTS("1. First\n2. Name: Mallikoti\n3. Last\n"));
    free(text);
}

/* ---- keeping ---- */

static void test_when_it_may_be_kept(void **state)
{
    struct fixture *f = *state;
    struct versions none = { NULL, 0, 0 };
    struct err err = { 0 };

    assert_int_equal(versions_may_keep(f->plan, schema_document(content.schema, "plain"), &none,
                                       &err), ERR_USAGE);
    assert_may_keep(f, ERR_MISSING, "boss, approved");
    answer(f, "approved", "2026-11-21");
    assert_may_keep(f, ERR_MISSING, ": boss");
    fill(f);
    assert_may_keep(f, 0, NULL);
    answer(f, "approved", "2026-11-21");
    assert_may_keep(f, ERR_MISSING, "after the approval of 21 November 2026");
    answer(f, "approved", "2026-11-22");
    keep(f);
    assert_may_keep(f, ERR_MISSING, "nothing has changed since version 1");
}

/* What the document does not show may change after the approval; what it shows may not, unless it
 * was taken back. */
static void test_changes_after_the_approval(void **state)
{
    struct fixture *f = *state;
    struct err err = { 0 };
    int entries;

    fill(f);
    on_day(f, 23);
    answer(f, "person[1].person_secret", "x");
    answer(f, "shoe_size", "39");
    assert_may_keep(f, 0, NULL);
    answer(f, "r_logs_text", "We never look.");
    assert_may_keep(f, ERR_MISSING, "first: Logs: how");
    assert_int_equal(plan_undo(f->plan, NULL, &entries, &err), 0);
    assert_may_keep(f, 0, NULL);
    answer(f, "person[1].person_title", "Manager");
    assert_may_keep(f, ERR_MISSING, "first: People");
    answer(f, "approved", "2026-11-23");
    assert_may_keep(f, 0, NULL);
}

static void test_versions_tell_what_changed(void **state)
{
    struct fixture *f = *state;

    fill(f);
    assert_manual(f, TEXTS("State:           not approved; only a kept version is in force\n",
                           "draft    not approved               First version"),
                  TEXTS("working copy"));
    keep(f);
    assert_manual(f, TEXTS("\nSECRET  ", "  working copy after version 1\n",
                           "working copy  not approved                   No changes\n"),
                  TEXTS("draft"));
    on_day(f, 23);
    answer(f, "approved", "2026-11-23");
    keep(f);
    on_day(f, 24);
    answer(f, "r_logs_text", "We look every week.");
    answer(f, "person[+].person_name", "Bo Ek");
    answer(f, "shoe_size", "39");
    answer(f, "approved", "2026-11-24");
    keep(f);
    char *text = kept_text(f, 3);
    assert_holds(text, TEXTS("  version 3\n", "Version:         version 3\n",
                             "Approved by:     Aino Malli\nApproved:        24 November 2026\n",
                             "1        22 November 2026  Aino Malli   First version\n",
                             "2        23 November 2026  Aino Malli   Reviewed, no changes\n",
                             "3        24 November 2026  Aino Malli   People; Logs\n"));
    assert_lacks(text, TEXTS("not approved", "working copy"));
    free(text);
    on_day(f, 25);
    answer(f, "person[#1].person_name", "Aino Malli-Ek");
    assert_manual(f, TEXTS("working copy  not approved                   People\n"),
                  TEXTS("version 4"));
}

/* The day of printing stands in the header only, and nothing that happens later gets in. */
static void test_a_version_comes_back_as_it_was(void **state)
{
    struct fixture *f = *state;

    fill(f);
    char *before = printed(f, "manual", 1);
    keep(f);
    char *kept = kept_text(f, 1);
    assert_string_equal(kept, before);
    free(kept);
    on_day(f, 29);
    answer(f, "org_name", "Toinen");
    answer(f, "structure", "early");
    answer(f, "r_logs_text", NULL);
    answer(f, "approved", "2026-11-29");
    keep(f);
    kept = kept_text(f, 1);
    assert_string_equal(kept, before);
    free(kept);
    kept = kept_text(f, 2);
    assert_holds(kept, TEXTS("Old manual · Toinen", "29 November 2026  page 1 / "));
    free(kept);
    free(before);
}

/* Taking back an answer does not take back a version. */
static void test_undo_leaves_versions(void **state)
{
    struct fixture *f = *state;
    struct versions kept;
    struct err err = { 0 };
    int entries;

    fill(f);
    keep(f);
    for (entries = 1; entries > 0;)
        assert_int_equal(plan_undo(f->plan, NULL, &entries, &err), 0);
    assert_int_equal(versions_read(f->plan, manual(), &kept, &err), 0);
    assert_int_equal(kept.count, 1);
    assert_string_equal(kept.at[0].approved_by, "Aino Malli");
    versions_free(&kept);
    char *text = kept_text(f, 1);
    assert_holds(text, TEXTS("We look every month."));
    free(text);
}

#define WITH(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH(test_chapters_by_the_regulation_in_force),
        WITH(test_chapters_by_an_earlier_regulation), WITH(test_which_regulation),
        WITH(test_a_chapter_that_is_not_relevant), WITH(test_what_nobody_has_said_is_open),
        WITH(test_standings), WITH(test_completeness_and_evidence),
        WITH(test_contents_name_what_follows), WITH(test_marks_of_lines),
        WITH(test_when_it_may_be_kept), WITH(test_changes_after_the_approval),
        WITH(test_versions_tell_what_changed), WITH(test_a_version_comes_back_as_it_was),
        WITH(test_undo_leaves_versions),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("versions", tests, load, unload);
}
