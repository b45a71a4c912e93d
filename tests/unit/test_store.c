/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The plan file: what it refuses, what it survives, who may write.
 */
#include "core_help.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>

#include "core/answers.h"

struct fixture {
    char folder[64], path[96];
};

static int set_up(void **state)
{
    struct fixture *f = xcalloc(1, sizeof *f);
    struct err err = { 0 };

    help_folder(f->folder);
    snprintf(f->path, sizeof f->path, "%s/plan.polku", f->folder);
    assert_int_equal(store_create(f->path, &err), 0);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;

    chmod(f->folder, 0700);
    help_remove(f->folder);
    free(f);
    return 0;
}

/* ---- small language ---- */

static void *open_store(const char *path, enum store_mode mode)
{
    struct err err = { 0 };
    void *store = NULL;

    if (store_open(&store, path, mode, help_today(), NULL, &err))
        fail_msg("%s", err.msg);
    return store;
}

static void assert_refused(const char *path, enum store_mode mode, const char *part)
{
    struct err err = { 0 };
    void *store = NULL;

    assert_int_equal(store_open(&store, path, mode, help_today(), NULL, &err), ERR_PLAN);
    if (!strstr(err.msg, part))
        fail_msg("\"%s\" lacks \"%s\"", err.msg, part);
}

static int append(void *store, const char *value, struct err *err)
{
    struct entry entry = { .form = "f", .row = "", .item = "i", .value = value, .change = 1 };
    int code = store_sqlite_ops.append(store, &entry, 1, err);

    if (!code) {
        assert_true(entry.id > 0);
        assert_true(entry.session > 0);
        assert_int_equal(strlen(entry.at), 19);
    }
    return code;
}

static void must_append(void *store, const char *value)
{
    struct err err = { 0 };

    if (append(store, value, &err))
        fail_msg("%s", err.msg);
}

static void add_value(void *data, const struct entry *entry)
{
    buf_addf(data, "%s ", entry->value ? entry->value : "-");
}

static void assert_values(void *store, const char *expected)
{
    struct buf out = BUF_INIT;
    struct err err = { 0 };

    assert_int_equal(store_sqlite_ops.read(store, 0, add_value, &out, &err), 0);
    assert_string_equal(out.text, expected);
    buf_free(&out);
}

static int sql(const char *path, const char *text)
{
    sqlite3 *db = NULL;
    int status = sqlite3_open(path, &db);

    if (status == SQLITE_OK)
        status = sqlite3_exec(db, text, NULL, NULL, NULL);
    sqlite3_close(db);
    return status;
}

static void write_file(const char *path, const char *bytes, size_t length)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

    assert_true(fd >= 0);
    assert_int_equal(write(fd, bytes, length), (ssize_t)length);
    close(fd);
}

static bool exists(const char *path)
{
    return access(path, F_OK) == 0;
}

static void beside(const struct fixture *f, const char *end, char out[160])
{
    snprintf(out, 160, "%s%s", f->path, end);
}

/* ---- creating and appending ---- */

static void test_create(void **state)
{
    struct fixture *f = *state;
    struct err err = { 0 };
    struct stat st;
    char path[160];
    DIR *dir;
    int files = 0;

    assert_int_equal(stat(f->path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    assert_int_equal(store_create(f->path, &err), ERR_OUTPUT);
    assert_non_null(strstr(err.msg, "exists already"));
    snprintf(path, sizeof path, "%s/no/plan.polku", f->folder);
    assert_int_equal(store_create(path, &err), ERR_OUTPUT);
    dir = opendir(f->folder);
    for (struct dirent *e; (e = readdir(dir)) != NULL;)
        files += e->d_name[0] != '.';
    closedir(dir);
    assert_int_equal(files, 1);
}

static void test_append(void **state)
{
    struct fixture *f = *state;
    struct stat st;
    char lock[160];
    void *store = open_store(f->path, STORE_WRITE);

    beside(f, ".lock", lock);
    assert_true(exists(lock));
    assert_null(store_sqlite_ops.read_only(store));
    must_append(store, "one");
    must_append(store, NULL);
    assert_values(store, "one - ");
    store_sqlite_ops.close(store);
    assert_false(exists(lock));
    assert_int_equal(stat(f->path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    store = open_store(f->path, STORE_READ);
    assert_values(store, "one - ");
    assert_non_null(store_sqlite_ops.read_only(store));
    assert_int_equal(append(store, "x", NULL), ERR_PLAN);
    assert_false(exists(lock));
    store_sqlite_ops.close(store);
}

static void test_only_added_to(void **state)
{
    struct fixture *f = *state;
    void *store = open_store(f->path, STORE_WRITE);

    must_append(store, "one");
    store_sqlite_ops.close(store);
    assert_int_equal(sql(f->path, "DELETE FROM answer"), SQLITE_CONSTRAINT);
    assert_int_equal(sql(f->path, "UPDATE answer SET value='x'"), SQLITE_CONSTRAINT);
    assert_int_equal(sql(f->path, "REPLACE INTO answer SELECT * FROM answer"), SQLITE_CONSTRAINT);
    store = open_store(f->path, STORE_READ);
    assert_values(store, "one ");
    store_sqlite_ops.close(store);
}

static void test_cleaned(void **state)
{
    struct fixture *f = *state;
    struct buf out = BUF_INIT;
    void *store = open_store(f->path, STORE_WRITE);

    must_append(store, "one");
    store_sqlite_ops.close(store);
    assert_int_equal(sql(f->path, "INSERT INTO answer VALUES(9, 'f', '', 'i',"
                                  " 'a'||char(27)||CAST(x'ff' AS TEXT), '', 1, 2, NULL)"),
                     SQLITE_OK);
    store = open_store(f->path, STORE_READ);
    assert_values(store, "one a\u00b7\u00b7 ");
    store_sqlite_ops.close(store);
    buf_free(&out);
}

/* ---- settings, drafts, prints ---- */

static void add_draft(void *data, const char *item, const char *row, const char *text,
                      const char *at)
{
    buf_addf(data, "%s|%s|%s|%zu ", item, row, text, strlen(at));
}

static void test_small_tables(void **state)
{
    struct fixture *f = *state;
    const struct store_ops *ops = &store_sqlite_ops;
    struct buf out = BUF_INIT;
    struct err err = { 0 };
    char at[24];
    void *store = open_store(f->path, STORE_WRITE);

    assert_null(ops->setting(store, "lang"));
    assert_int_equal(ops->set_setting(store, "lang", "sv", &err), 0);
    assert_int_equal(ops->set_setting(store, "lang", "en", &err), 0);
    assert_string_equal(ops->setting(store, "lang"), "en");
    assert_int_equal(ops->set_draft(store, "i", "", "first", &err), 0);
    assert_int_equal(ops->set_draft(store, "i", "", "second", &err), 0);
    assert_int_equal(ops->set_draft(store, "i", "card/2", "other", &err), 0);
    assert_int_equal(ops->drafts(store, add_draft, &out, &err), 0);
    assert_non_null(strstr(out.text, "i||second|19 "));
    assert_non_null(strstr(out.text, "i|card/2|other|19 "));
    assert_null(strstr(out.text, "first"));
    assert_int_equal(ops->set_draft(store, "i", "", NULL, &err), 0);
    buf_clear(&out);
    assert_int_equal(ops->drafts(store, add_draft, &out, &err), 0);
    assert_string_equal(out.text, "i|card/2|other|19 ");
    assert_int_equal(ops->last_print(store, "plan", at), 0);
    assert_string_equal(at, "");
    must_append(store, "one");
    assert_int_equal(ops->note_print(store, "plan", "fi", &err), 0);
    must_append(store, "two");
    assert_int_equal(ops->last_print(store, "plan", at), 1);
    assert_int_equal(strlen(at), 19);
    assert_int_equal(ops->note_print(store, "plan", "sv", &err), 0);
    assert_int_equal(ops->last_print(store, "plan", at), 2);
    ops->close(store);
    store = open_store(f->path, STORE_READ);
    assert_string_equal(ops->setting(store, "lang"), "en");
    assert_int_equal(ops->set_setting(store, "lang", "fi", &err), ERR_PLAN);
    ops->close(store);
    buf_free(&out);
}

static void test_peek(void **state)
{
    struct fixture *f = *state;
    struct err err = { 0 };
    char name[40], changed[40];
    void *store = open_store(f->path, STORE_WRITE);

    must_append(store, "Koti");
    store_sqlite_ops.close(store);
    assert_int_equal(store_peek(f->path, "i", name, changed, 40, &err), 0);
    assert_string_equal(name, "Koti");
    assert_int_equal(strncmp(changed, "2026-11-22T", 11), 0);
    assert_int_equal(strlen(changed), 16);
    assert_int_equal(store_peek(f->folder, "i", name, changed, 40, &err), ERR_PLAN);
}

/* ---- what is refused ---- */

static void test_foreign(void **state)
{
    struct fixture *f = *state;
    char path[160], lock[170];
    static const char lock_text[] = "somebody's own file";
    struct stat st;

    snprintf(path, sizeof path, "%s/other", f->folder);
    assert_refused(path, STORE_READ, "there is no such plan");
    assert_refused(f->folder, STORE_WRITE, "is not a file");
    write_file(path, "", 0);
    assert_refused(path, STORE_WRITE, "is empty");
    for (int i = 0; i < 2; i++) {
        write_file(path, "This is a letter and not a plan at all.", 39);
        assert_refused(path, i ? STORE_WRITE : STORE_READ, "not a kantapolku plan");
    }
    snprintf(lock, sizeof lock, "%s.lock", path);
    write_file(lock, lock_text, sizeof lock_text);
    assert_refused(path, STORE_WIZARD, "not a kantapolku plan");
    assert_int_equal(stat(lock, &st), 0);
    assert_int_equal(st.st_size, sizeof lock_text);
    unlink(path);
    assert_int_equal(sql(path, "CREATE TABLE t(x)"), SQLITE_OK);
    assert_refused(path, STORE_WRITE, "another program");
}

static void test_damaged(void **state)
{
    struct fixture *f = *state;
    void *store = open_store(f->path, STORE_WRITE);
    char junk[4096];
    int fd;

    for (int i = 0; i < 300; i++)
        must_append(store, "a text that fills pages, a text that fills pages");
    store_sqlite_ops.close(store);
    memset(junk, 0xA5, sizeof junk);
    fd = open(f->path, O_RDWR);
    assert_int_equal(pwrite(fd, junk, sizeof junk, 8192), (ssize_t)sizeof junk);
    assert_refused(f->path, STORE_READ, "damaged");
    assert_refused(f->path, STORE_WIZARD, "damaged");
    assert_int_equal(ftruncate(fd, 5000), 0);
    assert_refused(f->path, STORE_WRITE, "damaged");
    close(fd);
}

static void test_tampered(void **state)
{
    static const char *const changes[] = {
        "CREATE TABLE extra(x)",
        "CREATE VIEW v AS SELECT 1",
        "DROP TRIGGER answer_is_kept",
        "CREATE TRIGGER t AFTER INSERT ON answer BEGIN SELECT 1; END",
        "ALTER TABLE setting ADD COLUMN more TEXT",
        "CREATE INDEX i ON answer(item)",
        ("DROP TRIGGER answer_is_kept; CREATE TABLE x(y TEXT DEFAULT 'CREATE TRIGGER answer_is_kept"
         " BEFORE DELETE ON answer BEGIN SELECT RAISE(ABORT, ''the log is only added to''); END')"),
    };
    struct fixture *f = *state;
    struct err err = { 0 };

    for (size_t i = 0; i < countof(changes); i++) {
        unlink(f->path);
        assert_int_equal(store_create(f->path, &err), 0);
        assert_int_equal(sql(f->path, changes[i]), SQLITE_OK);
        assert_refused(f->path, STORE_READ, "has tables that kantapolku did not make");
        assert_refused(f->path, STORE_WRITE, "has tables that kantapolku did not make");
    }
}

static void test_newer(void **state)
{
    struct fixture *f = *state;
    void *store = open_store(f->path, STORE_WRITE);

    must_append(store, "one");
    store_sqlite_ops.close(store);
    assert_int_equal(sql(f->path, "PRAGMA user_version=99; CREATE TABLE later(x)"), SQLITE_OK);
    assert_refused(f->path, STORE_WRITE, "newer kantapolku (format 99");
    store = open_store(f->path, STORE_WIZARD);
    assert_non_null(strstr(store_sqlite_ops.read_only(store), "newer"));
    assert_values(store, "one ");
    assert_int_equal(append(store, "x", NULL), ERR_PLAN);
    store_sqlite_ops.close(store);
    store = open_store(f->path, STORE_READ);
    assert_values(store, "one ");
    store_sqlite_ops.close(store);
}

static void test_older(void **state)
{
    struct fixture *f = *state;
    struct err err = { 0 };
    char copy[160];
    void *store = open_store(f->path, STORE_WRITE);

    must_append(store, "one");
    store_sqlite_ops.close(store);
    beside(f, ".format-1", copy);
    assert_int_equal(sql(f->path, "DROP TABLE draft; DROP TABLE print; DROP TABLE version;"
                                  "PRAGMA user_version=1"), SQLITE_OK);
    store = open_store(f->path, STORE_READ);
    assert_values(store, "one ");
    store_sqlite_ops.close(store);
    assert_false(exists(copy));
    store = open_store(f->path, STORE_WRITE);
    assert_true(exists(copy));
    assert_values(store, "one ");
    must_append(store, "two");
    assert_int_equal(store_sqlite_ops.set_draft(store, "i", "", "x", &err), 0);
    store_sqlite_ops.close(store);
    store = open_store(f->path, STORE_READ);
    assert_values(store, "one two ");
    store_sqlite_ops.close(store);
    store = open_store(copy, STORE_READ);
    assert_values(store, "one ");
    store_sqlite_ops.close(store);
}

/* ---- versions ---- */

static const struct version version_1 = {
    .document = "security-plan", .number = 1, .lang = "fi", .approved_by = "Aino Malli",
    .approved_on = "2026-11-20",
};

static void add_version(void *data, const struct version *version)
{
    buf_addf(data, "%s %d %s %s %s @%d %zu%s|", version->document, version->number, version->lang,
             version->approved_by, version->approved_on, (int)version->last_answer,
             strlen(version->at), *version->who ? "" : " nobody");
}

static void assert_versions(void *store, const char *document, const char *expected)
{
    struct buf out = BUF_INIT;
    struct err err = { 0 };

    assert_int_equal(store_sqlite_ops.versions(store, document, add_version, &out, &err), 0);
    assert_string_equal(out.text, expected);
    buf_free(&out);
}

static void assert_content(void *store, int number, int code, const char *expected)
{
    struct buf out = BUF_INIT;
    struct err err = { 0 };

    assert_int_equal(store_sqlite_ops.version_content(store, "security-plan", number, &out, &err),
                     code);
    assert_non_null(strstr(code ? err.msg : out.text, expected));
    buf_free(&out);
}

static void test_versions(void **state)
{
    struct fixture *f = *state;
    struct version second = version_1, other = version_1;
    struct err err = { 0 };
    void *store = open_store(f->path, STORE_WRITE);

    assert_versions(store, NULL, "");
    assert_content(store, 1, ERR_USAGE, "has not been kept");
    must_append(store, "one");
    assert_int_equal(store_sqlite_ops.keep_version(store, &version_1, "ä\n", &err), 0);
    must_append(store, "two");
    second.number = 2;
    second.approved_by = "Bo\x1b Ek";
    assert_int_equal(store_sqlite_ops.keep_version(store, &second, "b", &err), 0);
    other.document = "rights";
    assert_int_equal(store_sqlite_ops.keep_version(store, &other, "c", &err), 0);
    store_sqlite_ops.close(store);
    store = open_store(f->path, STORE_READ);
    assert_versions(store, "rights", "rights 1 fi Aino Malli 2026-11-20 @2 19|");
    assert_versions(store, "security-plan",
                    "security-plan 1 fi Aino Malli 2026-11-20 @1 19|"
                    "security-plan 2 fi Bo\u00b7 Ek 2026-11-20 @2 19|");
    assert_content(store, 1, 0, "ä\n");
    assert_content(store, 2, 0, "b");
    assert_content(store, 3, ERR_USAGE, "version 3 of security-plan");
    second.number = 3;
    assert_int_equal(store_sqlite_ops.keep_version(store, &second, "d", &err), ERR_PLAN);
    store_sqlite_ops.close(store);
}

/* A number that is taken, or that leaves a gap, is not written; nor is anything rewritten. */
static void test_versions_are_only_added(void **state)
{
    struct fixture *f = *state;
    struct version gap = version_1;
    struct err err = { 0 };
    void *store = open_store(f->path, STORE_WRITE);

    gap.number = 2;
    assert_int_equal(store_sqlite_ops.keep_version(store, &gap, "x", &err), ERR_PLAN);
    assert_int_equal(store_sqlite_ops.keep_version(store, &version_1, "a", &err), 0);
    assert_int_equal(store_sqlite_ops.keep_version(store, &version_1, "x", &err), ERR_PLAN);
    store_sqlite_ops.close(store);
    assert_int_equal(sql(f->path, "DELETE FROM version"), SQLITE_CONSTRAINT);
    assert_int_equal(sql(f->path, "UPDATE version SET content='x'"), SQLITE_CONSTRAINT);
    assert_int_equal(sql(f->path, "REPLACE INTO version SELECT * FROM version"), SQLITE_CONSTRAINT);
    store = open_store(f->path, STORE_READ);
    assert_versions(store, NULL, "security-plan 1 fi Aino Malli 2026-11-20 @0 19|");
    assert_content(store, 1, 0, "a");
    store_sqlite_ops.close(store);
}

/* What is not what was kept is not printed as if it were. */
static void test_damaged_version(void **state)
{
    struct fixture *f = *state;
    struct err err = { 0 };
    void *store = open_store(f->path, STORE_WRITE);

    assert_int_equal(store_sqlite_ops.keep_version(store, &version_1, "approved", &err), 0);
    store_sqlite_ops.close(store);
    assert_int_equal(sql(f->path, "PRAGMA writable_schema=ON;"
                                  "CREATE TEMP TABLE kept AS SELECT sql FROM sqlite_master"
                                  " WHERE name='version_is_final';"
                                  "DROP TRIGGER version_is_final;"
                                  "UPDATE version SET content='Approved';"
                                  "INSERT INTO sqlite_master SELECT 'trigger', 'version_is_final',"
                                  " 'version', 0, sql FROM kept"), SQLITE_OK);
    store = open_store(f->path, STORE_READ);
    assert_content(store, 1, ERR_PLAN, "is damaged");
    store_sqlite_ops.close(store);
}

static void test_format_before_versions(void **state)
{
    struct fixture *f = *state;
    struct err err = { 0 };
    char copy[160];
    void *store;

    beside(f, ".format-2", copy);
    assert_int_equal(sql(f->path, "DROP TABLE version; PRAGMA user_version=2"), SQLITE_OK);
    store = open_store(f->path, STORE_READ);
    assert_versions(store, NULL, "");
    assert_content(store, 1, ERR_USAGE, "has not been kept");
    store_sqlite_ops.close(store);
    assert_false(exists(copy));
    store = open_store(f->path, STORE_WRITE);
    assert_true(exists(copy));
    assert_int_equal(store_sqlite_ops.keep_version(store, &version_1, "a", &err), 0);
    assert_content(store, 1, 0, "a");
    store_sqlite_ops.close(store);
    assert_int_equal(sql(copy, "PRAGMA user_version"), SQLITE_OK);
}

/* The file cannot grow any more, as on a full disk. Gives the limit to go back to. */
static struct rlimit fill_disk(const char *path)
{
    struct rlimit old, small;
    struct stat st;

    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
    small = old;
    small.rlim_cur = (rlim_t)st.st_size;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    return old;
}

/* More than a page of the file; the caller frees it. */
static char *large_text(void)
{
    enum { LENGTH = 100000 };
    char *text = xcalloc(1, LENGTH + 1);

    memset(text, 'x', LENGTH);
    return text;
}

/* What is kept on a full disk: nothing, and what was there stays. A log of one entry is open for
 * writing; `refused` has to say ERR_PLAN. Back with room on the disk. */
static void *refuse_on_full_disk(const struct fixture *f, const char *large,
                                 int (*refused)(void *store, const char *large, struct err *err))
{
    struct rlimit old;
    struct err err = { 0 };
    void *store = open_store(f->path, STORE_WRITE);

    must_append(store, "one");
    old = fill_disk(f->path);
    assert_int_equal(refused(store, large, &err), ERR_PLAN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
    assert_non_null(strstr(err.msg, "could not be written"));
    return store;
}

static int keep_first(void *store, const char *large, struct err *err)
{
    return store_sqlite_ops.keep_version(store, &version_1, large, err);
}

static void test_version_on_a_full_disk(void **state)
{
    struct err err = { 0 };
    char *large = large_text();
    void *store = refuse_on_full_disk(*state, large, keep_first);

    assert_versions(store, NULL, "");
    assert_int_equal(keep_first(store, large, &err), 0);
    assert_content(store, 1, 0, large);
    store_sqlite_ops.close(store);
    free(large);
}

/* ---- who may write ---- */

/* A child that holds the plan until it is told to go: by a byte, or by a signal. */
static pid_t hold(const char *path, int *go)
{
    int ready[2], end[2];
    char byte;
    pid_t child;

    assert_int_equal(pipe(ready), 0);
    assert_int_equal(pipe(end), 0);
    child = fork();
    if (child == 0) {
        void *store = NULL;
        int code = store_open(&store, path, STORE_WRITE, help_today(), NULL, NULL);
        close(end[1]);
        if (write(ready[1], code ? "n" : "y", 1) == 1 && read(end[0], &byte, 1) >= 0 && !code)
            store_sqlite_ops.close(store);
        _exit(0);
    }
    close(end[0]);
    close(ready[1]);
    assert_int_equal(read(ready[0], &byte, 1), 1);
    assert_int_equal(byte, 'y');
    close(ready[0]);
    *go = end[1];
    return child;
}

static void test_locked(void **state)
{
    struct fixture *f = *state;
    char pid_text[32], lock[160];
    void *store;
    int go, status;
    pid_t child = hold(f->path, &go);

    beside(f, ".lock", lock);
    snprintf(pid_text, sizeof pid_text, "process %ld", (long)child);
    assert_refused(f->path, STORE_WRITE, pid_text);
    store = open_store(f->path, STORE_WIZARD);
    assert_non_null(strstr(store_sqlite_ops.read_only(store), pid_text));
    assert_int_equal(append(store, "x", NULL), ERR_PLAN);
    store_sqlite_ops.close(store);
    assert_true(exists(lock));
    store = open_store(f->path, STORE_READ);
    assert_values(store, "");
    store_sqlite_ops.close(store);
    close(go);
    waitpid(child, &status, 0);
    store = open_store(f->path, STORE_WRITE);
    must_append(store, "mine");
    store_sqlite_ops.close(store);
    assert_false(exists(lock));
    child = hold(f->path, &go);
    kill(child, SIGKILL);
    waitpid(child, &status, 0);
    close(go);
    assert_true(exists(lock));
    store = open_store(f->path, STORE_WRITE);
    must_append(store, "after");
    store_sqlite_ops.close(store);
    assert_false(exists(lock));
}

/* Opens the plan as somebody who is not root. Returns 0 when it went as `part` says. */
static int open_as_user(const char *path, enum store_mode mode, const char *part)
{
    int status;
    pid_t child = fork();

    if (child == 0) {
        struct err err = { 0 };
        void *store = NULL;
        const char *reason;
        int code;
        if (geteuid() == 0 && (setgid(65534) || setuid(65534)))
            _exit(2);
        code = store_open(&store, path, mode, help_today(), NULL, &err);
        reason = code ? err.msg : store_sqlite_ops.read_only(store);
        _exit((code != 0) == (mode == STORE_WRITE) && strstr(reason, part) ? 0 : 1);
    }
    waitpid(child, &status, 0);
    return WEXITSTATUS(status);
}

static void test_read_only_file(void **state)
{
    struct fixture *f = *state;

    if (geteuid() == 0) {
        assert_int_equal(chown(f->folder, 65534, 65534), 0);
        assert_int_equal(chown(f->path, 65534, 65534), 0);
    }
    chmod(f->path, 0400);
    assert_int_equal(open_as_user(f->path, STORE_WRITE, "may read this plan but not change"), 0);
    assert_int_equal(open_as_user(f->path, STORE_WIZARD, "may read this plan but not"), 0);
    chmod(f->path, 0200);
    assert_int_equal(open_as_user(f->path, STORE_WRITE, "access is not allowed"), 0);
    chmod(f->path, 0600);
    chmod(f->folder, 0500);
    assert_int_equal(open_as_user(f->path, STORE_WRITE, "cannot be written"), 0);
    assert_int_equal(open_as_user(f->path, STORE_READ, "only reads"), 0);
    chmod(f->folder, 0700);
}

/* ---- what goes wrong while writing ---- */

static void test_full_disk(void **state)
{
    const struct fixture *f = *state;
    char *large = large_text();
    void *store = refuse_on_full_disk(f, large, append);

    assert_values(store, "one ");
    must_append(store, "two");
    assert_values(store, "one two ");
    store_sqlite_ops.close(store);
    store = open_store(f->path, STORE_READ);
    assert_values(store, "one two ");
    store_sqlite_ops.close(store);
    free(large);
}

/* Writes numbers and tells each to the parent after it was acknowledged. */
static void write_numbers(const char *path, int to)
{
    void *store = NULL;
    uint32_t number = 0;
    char text[16];

    if (store_open(&store, path, STORE_WRITE, help_today(), NULL, NULL))
        _exit(1);
    for (;;) {
        struct entry entry = { .form = "f", .row = "", .item = "i", .value = text, .change = 1 };
        snprintf(text, sizeof text, "%u", ++number);
        if (store_sqlite_ops.append(store, &entry, 1, NULL) ||
            write(to, &number, sizeof number) != sizeof number)
            _exit(1);
    }
}

struct counted {
    uint32_t newest;
    bool in_order;
};

static void count_entry(void *data, const struct entry *entry)
{
    struct counted *counted = data;
    uint32_t number = (uint32_t)strtoul(entry->value, NULL, 10);

    counted->in_order = counted->in_order && number == counted->newest + 1;
    counted->newest = number;
}

static void kill_once(const char *path, int microseconds)
{
    struct timespec pause = { 0, microseconds * 1000L };
    struct counted counted = { 0, true };
    struct err err = { 0 };
    uint32_t told, number = 0;
    int fds[2], status;
    void *store;
    pid_t child;

    assert_int_equal(pipe(fds), 0);
    child = fork();
    if (child == 0) {
        close(fds[0]);
        write_numbers(path, fds[1]);
    }
    close(fds[1]);
    nanosleep(&pause, NULL);
    kill(child, SIGKILL);
    waitpid(child, &status, 0);
    assert_true(WIFSIGNALED(status));
    for (told = 0; read(fds[0], &number, sizeof number) == sizeof number;)
        told = number;
    close(fds[0]);
    store = open_store(path, STORE_WRITE);
    assert_int_equal(store_sqlite_ops.read(store, 0, count_entry, &counted, &err), 0);
    assert_true(counted.in_order);
    assert_true(counted.newest >= told);
    store_sqlite_ops.close(store);
}

static void test_killed(void **state)
{
    struct fixture *f = *state;
    const char *given = getenv("RANDOM_SEED");
    unsigned seed = given ? (unsigned)strtoul(given, NULL, 10) : (unsigned)time(NULL);
    struct err err = { 0 };
    char copy[160];

    print_message("# RANDOM_SEED=%u\n", seed);
    srand(seed);
    beside(f, ".copy-2026-11-22", copy);
    for (int i = 0; i < 60; i++) {
        unlink(f->path);
        unlink(copy);
        assert_int_equal(store_create(f->path, &err), 0);
        kill_once(f->path, rand() % 30000);
    }
}

static void test_two_readers(void **state)
{
    struct fixture *f = *state;
    void *writer = open_store(f->path, STORE_WRITE);
    void *first = open_store(f->path, STORE_READ), *second;
    struct buf expected = BUF_INIT;
    char text[16];

    for (int i = 0; i < 20; i++) {
        snprintf(text, sizeof text, "%d", i);
        must_append(writer, text);
        buf_addf(&expected, "%d ", i);
        second = open_store(f->path, STORE_READ);
        assert_values(first, expected.text);
        assert_values(second, expected.text);
        store_sqlite_ops.close(second);
    }
    store_sqlite_ops.close(first);
    store_sqlite_ops.close(writer);
    buf_free(&expected);
}

/* ---- copies ---- */

static void test_copies(void **state)
{
    struct fixture *f = *state;
    struct err err = { 0 };
    struct stat st;
    char path[160], iso[11], first[160];
    void *store;

    for (int day = 0; day < 10; day++) {
        date_iso(help_today() + day, iso);
        snprintf(path, sizeof path, "%s.copy-%s", f->path, iso);
        assert_int_equal(store_open(&store, f->path, STORE_WRITE, help_today() + day, NULL, &err),
                         0);
        assert_null(store_sqlite_ops.copy(store));
        assert_int_equal(append(store, iso, &err), 0);
        assert_int_equal(append(store, "again", &err), 0);
        if (day == 0)
            assert_null(store_sqlite_ops.copy(store));    /* there was nothing to copy */
        else
            assert_string_equal(store_sqlite_ops.copy(store), path);
        store_sqlite_ops.close(store);
        assert_int_equal(store_open(&store, f->path, STORE_WRITE, help_today() + day, NULL, &err),
                         0);
        assert_int_equal(append(store, "later", &err), 0);
        if (day)
            assert_null(store_sqlite_ops.copy(store));
        store_sqlite_ops.close(store);
    }
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    for (int day = 0; day < 10; day++) {
        date_iso(help_today() + day, iso);
        snprintf(path, sizeof path, "%s.copy-%s", f->path, iso);
        assert_int_equal(exists(path), day >= 3);
        if (day == 3)
            memcpy(first, path, sizeof first);
    }
    store = open_store(first, STORE_READ);
    assert_values(store, "2026-11-22 again later 2026-11-23 again later 2026-11-24 again later ");
    store_sqlite_ops.close(store);
}

static void assert_no_copy_to(void *store, const char *path, const char *part)
{
    struct err err = { 0 };

    assert_int_equal(store_sqlite_ops.copy_to(store, path, &err), ERR_OUTPUT);
    if (!strstr(err.msg, path) || !strstr(err.msg, part))
        fail_msg("\"%s\" lacks \"%s\" or \"%s\"", err.msg, path, part);
}

/* The files in the folder, those of the test's own making and those that were left behind. */
static int files_in(const char *folder)
{
    DIR *dir = opendir(folder);
    int count = 0;

    assert_non_null(dir);
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;)
        count += entry->d_name[0] != '.';
    closedir(dir);
    return count;
}

static void test_copy_to(void **state)
{
    struct fixture *f = *state;
    struct err err = { 0 };
    struct stat st;
    char path[160], other[160];
    void *store = open_store(f->path, STORE_WRITE), *copy;

    snprintf(path, sizeof path, "%s/elsewhere.polku", f->folder);
    must_append(store, "one");
    assert_int_equal(store_sqlite_ops.copy_to(store, path, &err), 0);
    must_append(store, "two");
    copy = open_store(path, STORE_WRITE);
    assert_values(copy, "one ");
    must_append(copy, "three");
    store_sqlite_ops.close(copy);
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    assert_int_equal(st.st_nlink, 1);

    assert_no_copy_to(store, path, "exists already");
    assert_no_copy_to(store, f->path, "exists already");
    snprintf(other, sizeof other, "%s/no-such-folder/copy.polku", f->folder);
    assert_no_copy_to(store, other, "there is no such file or folder");
    store_sqlite_ops.close(store);
    copy = open_store(path, STORE_READ);
    assert_values(copy, "one three ");
    snprintf(other, sizeof other, "%s/third.polku", f->folder);
    assert_int_equal(store_sqlite_ops.copy_to(copy, other, &err), 0);
    store_sqlite_ops.close(copy);
    copy = open_store(other, STORE_READ);
    assert_values(copy, "one three ");
    store_sqlite_ops.close(copy);
    assert_int_equal(files_in(f->folder), 4);    /* the change of the copy made a daily copy */
}

/* A memory stick that is full: no half of a copy stays there. */
static void test_copy_to_full_disk(void **state)
{
    struct fixture *f = *state;
    struct rlimit old, small;
    char path[160];
    void *store = open_store(f->path, STORE_WRITE);

    signal(SIGXFSZ, SIG_IGN);
    must_append(store, "one");
    snprintf(path, sizeof path, "%s/elsewhere.polku", f->folder);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
    small = old;
    small.rlim_cur = 8192;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    assert_no_copy_to(store, path, "the disk is full");
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
    store_sqlite_ops.close(store);
    assert_int_equal(files_in(f->folder), 1);
}

#define WITH(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH(test_create),   WITH(test_append),   WITH(test_only_added_to), WITH(test_cleaned),
        WITH(test_small_tables), WITH(test_peek), WITH(test_foreign),       WITH(test_damaged),
        WITH(test_tampered), WITH(test_newer),    WITH(test_older),         WITH(test_locked),
        WITH(test_read_only_file), WITH(test_full_disk), WITH(test_killed),
        WITH(test_two_readers), WITH(test_copies), WITH(test_copy_to),
        WITH(test_copy_to_full_disk), WITH(test_versions), WITH(test_versions_are_only_added),
        WITH(test_damaged_version), WITH(test_format_before_versions),
        WITH(test_version_on_a_full_disk),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("store", tests, NULL, NULL);
}
