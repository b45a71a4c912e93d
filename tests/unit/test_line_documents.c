/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Documents in line mode, with the real content: read, saved, printed on paper, kept as versions,
 * packed for a recipient. The hooks note what they were asked to do.
 */
#include "core_help.h"

#include "core/package.h"
#include "core/versions.h"
#include "line/line.h"
#include "mem_plan.h"
#include "pack_jobs.h"

struct desk {
    struct mem_store store;
    struct plan *plan;
    struct buf did;           /* what the hooks did, a line each */
    bool printers, mute, desktop;
    char *said;
    size_t room;
};

/* ---- hooks ---- */

static int print(void *data, struct plan *plan, const struct print_job *job, struct buf *path,
                 struct err *err)
{
    struct desk *desk = data;

    (void)plan;
    if (job->printer && strcmp(job->printer, "Broken") == 0)
        return err_set(err, ERR_DEVICE, "the printer did not take it");
    buf_addf(&desk->did, "%s %d %s %s", job->document->id, job->version, lang_code(job->tr->lang),
             job->format);
    if (job->printer)
        buf_addf(&desk->did, " on %s %d%s\n", job->printer, job->copies, job->duplex ? " both" : "");
    else
        buf_addf(&desk->did, " in \"%s\"\n", job->folder);
    buf_add(path, "saved.pdf");
    return 0;
}

static int preview(void *data, struct plan *plan, const struct print_job *job, int cols,
                   struct buf *text, struct err *err)
{
    (void)data, (void)plan, (void)cols;
    if (job->version > 1)
        return err_set(err, ERR_PLAN, "the version is damaged");
    buf_addf(text, "This is %s %d in %s.\n", job->document->id, job->version,
             lang_code(job->tr->lang));
    return 0;
}

static bool printers(void *data, struct buf *names)
{
    const struct desk *desk = data;

    if (desk->printers)
        buf_add(names, "Office\nBroken\n");
    return !desk->mute;
}

static int open_file(void *data, const char *path, struct err *err)
{
    (void)err;
    buf_addf(&((struct desk *)data)->did, "opened %s\n", path);
    return 0;
}

static int keep(void *data, struct plan *plan, const struct document *document,
                const struct tr *tr, int *number, struct err *err)
{
    struct version version = { .document = document->id, .lang = lang_code(tr->lang),
                               .approved_by = "Aino", .approved_on = "2026-11-22" };
    struct versions kept;

    (void)data;
    assert_int_equal(versions_read(plan, document, &kept, err), 0);
    version.number = *number = (int)kept.count + 1;
    versions_free(&kept);
    return plan->ops->keep_version(plan->store, &version, "", err);
}

/* ---- a conversation ---- */

static int set_up(void **state)
{
    struct desk *desk = xcalloc(1, sizeof *desk);

    desk->did = (struct buf)BUF_INIT;
    desk->printers = true;
    desk->plan = mem_plan(help_real()->schema, &desk->store, help_today());
    *state = desk;
    return 0;
}

static int tear_down(void **state)
{
    struct desk *desk = *state;

    plan_close(desk->plan);
    mem_store_free(&desk->store);
    buf_free(&desk->did);
    free(desk->said);
    free(desk);
    return 0;
}

static void talk(struct desk *desk, const char *typed)
{
    const struct face_hooks hooks = {
        .data = desk, .tr = help_tr, .print = print, .preview = preview, .printers = printers,
        .open_file = desk->desktop ? open_file : NULL, .keep = keep, .packer = &pack_jobs,
    };
    FILE *in = fmemopen((char *)(uintptr_t)typed, strlen(typed), "r"), *out;
    struct err err = { 0 };

    free(desk->said);
    desk->said = NULL;
    out = open_memstream(&desk->said, &desk->room);
    assert_int_equal(line_run(desk->plan, in, out, &hooks, LANG_EN, true, &err), 0);
    fclose(in);
    fclose(out);
}

static void assert_says(const struct desk *desk, const char *what)
{
    if (!strstr(desk->said, what))
        fail_msg("\"%s\" was not said in:\n%s", what, desk->said);
}

/* The number of a document in the list, behind that of packages. */
static int number_of(const char *id)
{
    const struct schema *schema = help_real()->schema;

    for (size_t i = 0; i < schema->document_count; i++)
        if (strcmp(schema->documents[i].id, id) == 0)
            return (int)i + 2;
    fail_msg("no document %s", id);
    return 0;
}

/* Talks about one document; `typed` follows its number. */
static void talk_of(struct desk *desk, const char *id, const char *typed)
{
    struct buf keys = BUF_INIT;

    buf_addf(&keys, "p\n%d\n%s", number_of(id), typed);
    talk(desk, keys.text);
    buf_free(&keys);
}

static void set(struct desk *desk, const char *address, const char *value)
{
    const struct item *item;
    struct err err = { 0 };
    char row[24];
    bool new_row = false;

    assert_int_equal(plan_address(desk->plan, address, &item, row, &new_row, &err), 0);
    if (new_row)
        assert_int_equal(plan_row_add(desk->plan, item->repeat, row, &err), 0);
    assert_int_equal(plan_set(desk->plan, item, *row ? row : NULL, value, NULL, &err), 0);
}

/* ---- tests ---- */

/* 1 read, 2 PDF, 3 ODT, 4 text, 5 e-mail, 6 paper, 7 language, 8 folder. */
static void test_read_and_save(void **state)
{
    struct desk *desk = *state;

    talk_of(desk, "plan", "1\n2\n7\n7\n1\n8\n/media/stick\n3\n\nq\n");
    assert_says(desk, "This is plan 0 in en.");
    assert_says(desk, "Written into the file saved.pdf");
    assert_says(desk, "  7 Language of the document: English\n  8 Folder for files: where the plan is");
    assert_says(desk, "Language of the document: suomi");
    assert_says(desk, "This is plan 0 in sv.");
    assert_says(desk, "Folder for files: /media/stick");
    assert_string_equal(desk->did.text, "plan 0 en pdf in \"\"\nplan 0 sv odt in \"/media/stick\"\n");
}

static void test_wrong_number_is_asked_again(void **state)
{
    struct desk *desk = *state;

    talk_of(desk, "plan", "99\n1\n\nq\n");
    assert_says(desk, "\"99\" is not among the choices. Give a number from 1 to 8.");
    assert_says(desk, "This is plan 0 in en.");
}

static void test_on_paper(void **state)
{
    struct desk *desk = *state;

    talk_of(desk, "plan", "6\n1\n0\nmany\n3\nyes\n6\n1\n\n\n6\n2\n2\nno\n6\n\n6\n1\n<\n\nq\n");
    assert_says(desk, "  1 Office\n  2 Broken\nNumber of the printer, Enter goes back: ");
    assert_says(desk, "Give a number from 1 to 99.");
    assert_says(desk, "Sent to the printer: Office");
    assert_says(desk, "Not printed: the printer did not take it");
    assert_string_equal(desk->did.text, "plan 0 en pdf on Office 3 both\nplan 0 en pdf on Office 1\n");
}

static void test_no_printer(void **state)
{
    struct desk *desk = *state;

    desk->printers = false;
    talk_of(desk, "plan", "6\n\nq\n");
    assert_says(desk, "No printer was found on this computer.");
    desk->mute = true;
    talk_of(desk, "plan", "6\n\nq\n");
    assert_says(desk, "The printing service of this computer does not answer.");
    assert_string_equal(desk->did.text, "");
}

static void test_open_on_a_desktop(void **state)
{
    struct desk *desk = *state;

    desk->desktop = true;
    talk_of(desk, "plan", "2\nyes\n2\nno\n\nq\n");
    assert_string_equal(desk->did.text, "plan 0 en pdf in \"\"\nopened saved.pdf\n"
                                        "plan 0 en pdf in \"\"\n");
}

/* End of input in the middle of every question ends the conversation and prints nothing. */
static void test_end_of_input(void **state)
{
    struct desk *desk = *state;
    static const char typed[] = "6\n1\n2\n";

    for (size_t length = 0; length < sizeof typed; length++) {
        char part[sizeof typed] = "";
        memcpy(part, typed, length);
        talk_of(desk, "plan", part);
        assert_string_equal(desk->did.text, "");
    }
}

/* 7 leads to the versions there: 1-3 are the questions, then language, keeping, what is kept. */
static void test_versions(void **state)
{
    struct desk *desk = *state;

    talk_of(desk, "security-plan", "7\n\n\nq\n");
    assert_says(desk, "Information security plan. No version has been kept yet");
    assert_says(desk, "! Answer first who approves the document, and on which day.");
    set(desk, "person[+].person_name", "Aino Malli");
    talk_of(desk, "security-plan", "7\n1\n1\n2\n22.11.2026\n4\n5\nno\n5\nyes\n\n\nq\n");
    assert_says(desk, "not answered");
    assert_says(desk, "Language of the version: suomi\n  5 Keep it as version 1");
    assert_says(desk, "A kept version cannot be changed any more.");
    assert_says(desk, "Version 1 is kept. It can be read and printed below.");
    assert_says(desk, "Version 1 is in force. Nothing has changed since.");
    assert_says(desk, "! Nothing has changed since version 1.");
    assert_int_equal(desk->store.version_count, 1);
    assert_string_equal(desk->store.versions[0].version.lang, "fi");
}

static void test_kept_version_in_its_language(void **state)
{
    struct desk *desk = *state;
    struct version version = { .document = "security-plan", .number = 1, .lang = "sv",
                               .approved_by = "Aino", .approved_on = "2026-11-20" };

    for (; version.number < 3; version.number++)
        mem_keep_version(&desk->store, &version, "", NULL);
    talk_of(desk, "security-plan", "7\n4\n1\n\n5\n1\n2\n6\n1\n\n\n\n\n\nq\n");
    assert_says(desk, "  4 Version 2: approved 20 November 2026, Aino (svenska)\n  5 Version 1: ");
    assert_says(desk, "Not printed: the version is damaged");
    assert_says(desk, "Version 1, as it was approved");
    assert_says(desk, "This is security-plan 1 in sv.");
    assert_string_equal(desk->did.text, "security-plan 1 sv pdf in \"\"\n"
                                        "security-plan 1 sv pdf on Office 1\n");
}

static void test_nothing_is_kept_when_reading_only(void **state)
{
    struct desk *desk = *state;

    set(desk, "person[+].person_name", "Aino Malli");
    set(desk, "sec_manager", "1");
    set(desk, "sec_approved_on", "2026-11-22");
    desk->store.reason = "opened by another";
    talk_of(desk, "security-plan", "7\n5\n\n\nq\n");
    assert_says(desk, "opened by another");
    assert_int_equal(desk->store.version_count, 0);
}

static void test_package(void **state)
{
    struct desk *desk = *state;

    talk(desk, "p\n1\n1\n2\n3\n4\n5\n/media/stick\n1\n\nq\n");
    assert_says(desk, "  1 A package for a recipient: several documents at once");
    assert_says(desk, "  1 Documents for the session in Kanta Extranet");
    assert_says(desk, "What is in it:\n  - Worksheet for Kanta Extranet (pdf)");
    assert_says(desk, "What is still missing:\n  - ");
    assert_says(desk, "extranet (en, 80)");
    assert_says(desk, "  3 Made as: one file (zip)");
    assert_says(desk, "  1 / 5 Kanta Ekstranetin ty");
    assert_says(desk, "The package is made: /media/stick/esimerkki-extranet-fi.zip");
}

static void test_package_that_cannot_be_written(void **state)
{
    struct desk *desk = *state;

    talk(desk, "p\n1\n1\n5\n/full\n1\n\nq\n");
    assert_says(desk, "Not made: /full/esimerkki-extranet-en: the disk is full");
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
        TEST(test_read_and_save), TEST(test_wrong_number_is_asked_again), TEST(test_on_paper),
        TEST(test_no_printer), TEST(test_open_on_a_desktop), TEST(test_end_of_input),
        TEST(test_versions), TEST(test_kept_version_in_its_language),
        TEST(test_nothing_is_kept_when_reading_only), TEST(test_package),
        TEST(test_package_that_cannot_be_written),
#undef TEST
    };

    return cmocka_run_group_tests_name("line documents", tests, help_load_real, help_free_real);
}
