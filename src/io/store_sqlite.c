/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The plan file.
 *
 * One SQLite database; store_format.h has the tables. `answer` is the log: rows are only ever
 * added, and triggers refuse everything else. The newest row of a (row, item) is the answer; NULL
 * means cleared. `change` numbers what the user did at once; `takes_back` names the change that an
 * undo or redo reverses. `session` tells who wrote it and with which program. `draft` holds long
 * texts that are being typed, `print` when which document was printed, `version` documents as they
 * were approved (store_versions.h), `setting` small choices such as the language.
 *
 * Durability: rollback journal in DELETE mode with synchronous=EXTRA, so that a commit that
 * returned survives a power cut and only one file lies in the folder. On opening, the
 * tables must be exactly the expected ones and pass quick_check: a foreign or damaged file is
 * refused, never repaired in silence.
 *
 * Beside the plan: who writes holds PLAN.lock (store_lock.h). Before the first change of a day
 * the plan is copied to PLAN.copy-YYYY-MM-DD, before it is brought to a newer format to
 * PLAN.format-N (store_copies.h).
 */
#include "io/store_sqlite.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/tr.h"
#include "core/answers.h"
#include "io/store_copies.h"
#include "io/store_db.h"
#include "io/store_format.h"
#include "io/store_lock.h"
#include "io/store_versions.h"

struct store {
    sqlite3 *db;
    char *path, *copy_path;
    struct store_lock lock;
    int today;
    const struct tr *tr;           /* NULL: messages in English */
    int64_t session;               /* 0: no row written yet in this session */
    char *read_only;
    char *setting;
    sqlite3_stmt *append;
    bool copied;
    char at[20];                   /* time of the newest entries */
};

/* ---- small helpers ---- */

/* The text in the user's language, when there is one. */
static const char *say(const struct store *store, const char *msgid)
{
    return store->tr ? tr_text(store->tr, msgid) : msgid;
}

static void now_text(int today, char out[20])
{
    time_t now = time(NULL);
    struct tm tm;
    char iso[11];

    localtime_r(&now, &tm);
    date_iso(today, iso);
    memcpy(out, iso, 10);
    strftime(out + 10, 10, "T%H:%M:%S", &tm);
}

static int plan_error(const struct store *store, struct err *err, const char *what)
{
    return err_set(err, ERR_PLAN, "%s: %s", store->path, say(store, what));
}

static int write_error(const struct store *store, struct err *err)
{
    const char *why = store_db_why(sqlite3_errcode(store->db), sqlite3_errmsg(store->db));

    return err_set(err, ERR_PLAN, say(store, N_("%1$s: could not be written: %2$s")),
                   store->path, say(store, why));
}

/* ---- copies ---- */

/* Not being able to copy is no reason to refuse a change: the plan itself is what counts. */
static void copy_once(struct store *store)
{
    if (!store->copied)
        store->copy_path = store_copies_daily(store->db, store->path, store->today);
    store->copied = true;
}

static const char *store_copy(void *store)
{
    return ((const struct store *)store)->copy_path;
}

static int store_copy_to(void *data, const char *path, struct err *err)
{
    struct store *store = data;

    return store_copies_write(store->db, path, store->tr, err);
}

/* ---- opening ---- */

static int migrate(struct store *store, int format, struct err *err)
{
    if (store_copies_before_update(store->db, store->path, format) != 0)
        return plan_error(store, err, N_("is of an older version and no copy could be made before "
                                         "updating it"));
    return store_format_update(store->db, format) == SQLITE_OK ? 0 : write_error(store, err);
}

/* What stands in the header decides before anything else is believed. */
static int check_header(struct store *store, int *format, struct err *err)
{
    struct stat st;

    if (stat(store->path, &st) == 0 && st.st_size == 0)
        return plan_error(store, err, N_("is empty, not a kantapolku plan"));
    if (store_db_number(store->db, "PRAGMA schema_version") < 0)
        return plan_error(store, err, N_("is not a kantapolku plan, or is damaged; if it is, take "
                                          "the newest copy beside it (*.copy-*)"));
    if (store_db_number(store->db, "PRAGMA application_id") != STORE_APPLICATION_ID)
        return plan_error(store, err, N_("is a database of another program"));
    *format = (int)store_db_number(store->db, "PRAGMA user_version");
    if (*format < 1)
        return plan_error(store, err, N_("is not a kantapolku plan, or is damaged"));
    if (!store_db_is_sound(store->db))
        return plan_error(store, err, N_("is damaged; take the newest copy beside it (*.copy-*)"));
    if (*format <= STORE_FORMAT && !store_format_is(store->db, *format))
        return plan_error(store, err, N_("has tables that kantapolku did not make"));
    return 0;
}

static int open_database(struct store *store, enum store_mode mode, struct err *err)
{
    int flags = access(store->path, W_OK) == 0 ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
    struct stat st;

    if (stat(store->path, &st) != 0)
        return plan_error(store, err, errno == ENOENT
                                          ? N_("there is no such plan; kantapolku new makes one")
                                          : err_reason(store->tr, errno));
    if (!S_ISREG(st.st_mode))
        return plan_error(store, err, N_("is not a file"));
    if (access(store->path, R_OK) != 0)
        return plan_error(store, err, err_reason(store->tr, errno));
    if (sqlite3_open_v2(store->path, &store->db, flags, NULL) != SQLITE_OK)
        return plan_error(store, err, sqlite3_errmsg(store->db));
    store_db_harden(store->db);
    if (flags == SQLITE_OPEN_READONLY && mode != STORE_READ && !store->read_only)
        store->read_only = xstrdup(say(store, N_("you may read this plan but not change it")));
    return 0;
}

static int decide_format(struct store *store, enum store_mode mode, int format, struct err *err)
{
    struct buf reason = BUF_INIT;

    if (format > STORE_FORMAT && !store->read_only) {
        buf_addf(&reason,
                 say(store, N_("%1$s was made by a newer kantapolku (format %2$d, this one knows "
                               "%3$d)")), store->path, format, STORE_FORMAT);
        store->read_only = buf_detach(&reason);
    }
    if (format < STORE_FORMAT && mode != STORE_READ && !store->read_only)
        return migrate(store, format, err);
    return 0;
}

static void store_close(void *data)
{
    struct store *store = data;

    sqlite3_finalize(store->append);
    sqlite3_close(store->db);
    store_lock_release(&store->lock);
    free(store->path);
    free(store->copy_path);
    free(store->read_only);
    free(store->setting);
    free(store);
}

int store_open(void **out, const char *path, enum store_mode mode, int today,
               const struct tr *tr, struct err *err)
{
    struct store *store = xcalloc(1, sizeof *store);
    int code = 0, format = 0;

    *store = (struct store){ .path = xstrdup(path), .lock = STORE_LOCK_INIT, .today = today,
                             .tr = tr };
    /* the lock comes after the header: beside a foreign file, PLAN.lock may be foreign too */
    code = open_database(store, mode, err);
    if (!code)
        code = check_header(store, &format, err);
    if (!code && mode != STORE_READ && !store->read_only)
        store->read_only = store_lock_take(&store->lock, path, tr);
    if (!code)
        code = decide_format(store, mode,
                             (int)store_db_number(store->db, "PRAGMA user_version"), err);
    if (!code && mode == STORE_WRITE && store->read_only)
        code = err_set(err, ERR_PLAN, "%s", store->read_only);
    if (!code && (mode == STORE_READ || store->read_only))
        store_db_run(store->db, "PRAGMA query_only=ON");
    if (!code && mode == STORE_READ && !store->read_only)
        store->read_only = xstrdup(say(store, N_("this command only reads")));
    if (code) {
        store_close(store);
        return code;
    }
    *out = store;
    return 0;
}

/* ---- reading ---- */

static int store_read(void *data, int64_t after,
                      void (*each)(void *, const struct entry *), void *each_data,
                      struct err *err)
{
    struct store *store = data;
    struct buf value = BUF_INIT, words[5] = { BUF_INIT, BUF_INIT, BUF_INIT, BUF_INIT, BUF_INIT };
    sqlite3_stmt *stmt = NULL;
    int status = sqlite3_prepare_v2(
        store->db,
        "SELECT a.id, a.form, a.repeat_key, a.item, a.value, a.at, a.session, a.change,"
        " coalesce(a.takes_back, 0), s.who FROM answer a LEFT JOIN session s ON s.id = a.session"
        " WHERE a.id > ?1 ORDER BY a.id", -1, &stmt, NULL);

    sqlite3_bind_int64(stmt, 1, after);
    while (status == SQLITE_OK || status == SQLITE_ROW) {
        struct entry entry;
        status = sqlite3_step(stmt);
        if (status != SQLITE_ROW)
            break;
        entry = (struct entry){
            .id = sqlite3_column_int64(stmt, 0),
            .form = store_db_word(stmt, 1, &words[0]),
            .row = store_db_word(stmt, 2, &words[1]),
            .item = store_db_word(stmt, 3, &words[2]),
            .value = store_db_text(stmt, 4, &value),
            .at = store_db_word(stmt, 5, &words[3]),
            .session = sqlite3_column_int64(stmt, 6), .change = sqlite3_column_int64(stmt, 7),
            .takes_back = sqlite3_column_int64(stmt, 8),
            .who = store_db_word(stmt, 9, &words[4])
        };
        each(each_data, &entry);
    }
    sqlite3_finalize(stmt);
    buf_free(&value);
    for (size_t i = 0; i < countof(words); i++)
        buf_free(&words[i]);
    if (status == SQLITE_DONE)
        return 0;
    return err_set(err, ERR_PLAN, N_("%s: could not be read: %s"), store->path,
                   sqlite3_errmsg(store->db));
}

static const char *store_setting(void *data, const char *name)
{
    struct store *store = data;
    sqlite3_stmt *stmt = NULL;

    free(store->setting);
    store->setting = NULL;
    if (sqlite3_prepare_v2(store->db, "SELECT value FROM setting WHERE name=?1", -1, &stmt,
                           NULL) == SQLITE_OK) {
        sqlite3_bind_text(stmt, 1, name, -1, SQLITE_STATIC);
        if (sqlite3_step(stmt) == SQLITE_ROW)
            store->setting = xstrdup((const char *)sqlite3_column_text(stmt, 0));
    }
    sqlite3_finalize(stmt);
    return store->setting;
}

static int store_drafts(void *data,
                        void (*each)(void *, const char *, const char *, const char *,
                                     const char *),
                        void *each_data, struct err *err)
{
    struct store *store = data;
    struct buf value = BUF_INIT, words[3] = { BUF_INIT, BUF_INIT, BUF_INIT };
    sqlite3_stmt *stmt = NULL;

    (void)err;
    if (sqlite3_prepare_v2(store->db, "SELECT item, repeat_key, value, at FROM draft ORDER BY at",
                           -1, &stmt, NULL) == SQLITE_OK)
        while (sqlite3_step(stmt) == SQLITE_ROW)
            each(each_data, store_db_word(stmt, 0, &words[0]),
                 store_db_word(stmt, 1, &words[1]),
                 store_db_text(stmt, 2, &value),
                 store_db_word(stmt, 3, &words[2]));
    sqlite3_finalize(stmt);
    buf_free(&value);
    for (size_t i = 0; i < countof(words); i++)
        buf_free(&words[i]);
    return 0;
}

static int64_t store_last_print(void *data, const char *document, char *at)
{
    struct store *store = data;
    sqlite3_stmt *stmt = NULL;
    int64_t last = 0;

    at[0] = 0;
    if (sqlite3_prepare_v2(store->db, "SELECT last_answer, at FROM print WHERE document=?1"
                                      " ORDER BY id DESC LIMIT 1", -1, &stmt, NULL) ==
        SQLITE_OK) {
        sqlite3_bind_text(stmt, 1, document, -1, SQLITE_STATIC);
        if (sqlite3_step(stmt) == SQLITE_ROW) {
            last = sqlite3_column_int64(stmt, 0);
            snprintf(at, 24, "%.19s", (const char *)sqlite3_column_text(stmt, 1));
        }
    }
    sqlite3_finalize(stmt);
    return last;
}

static const char *store_read_only(void *data)
{
    return ((struct store *)data)->read_only;
}

/* ---- writing ---- */

/* Runs one statement with up to five text arguments in its own transaction. */
static int write_texts(struct store *store, const char *sql, const char *const *texts, int count,
                       struct err *err)
{
    sqlite3_stmt *stmt = NULL;
    int status;

    if (store->read_only)
        return err_set(err, ERR_PLAN, "%s", store->read_only);
    status = sqlite3_prepare_v2(store->db, sql, -1, &stmt, NULL);
    for (int i = 0; status == SQLITE_OK && i < count; i++)
        sqlite3_bind_text(stmt, i + 1, texts[i], -1, SQLITE_STATIC);
    if (status == SQLITE_OK)
        status = sqlite3_step(stmt);
    sqlite3_finalize(stmt);
    return status == SQLITE_DONE ? 0 : write_error(store, err);
}

static int store_set_setting(void *data, const char *name, const char *value, struct err *err)
{
    const char *texts[] = { name, value };

    return write_texts(data, "REPLACE INTO setting VALUES(?1, ?2)", texts, 2, err);
}

static int store_set_draft(void *data, const char *item, const char *row, const char *text,
                           struct err *err)
{
    struct store *store = data;
    char at[20];
    const char *texts[] = { item, row, text, at };

    now_text(store->today, at);
    if (!text)
        return write_texts(data, "DELETE FROM draft WHERE item=?1 AND repeat_key=?2", texts, 2,
                           err);
    return write_texts(data, "REPLACE INTO draft VALUES(?1, ?2, ?3, ?4)", texts, 4, err);
}

static int store_note_print(void *data, const char *document, const char *lang, struct err *err)
{
    struct store *store = data;
    char at[20];
    const char *texts[] = { document, lang, at };

    now_text(store->today, at);
    return write_texts(data, "INSERT INTO print(document, lang, at, last_answer) VALUES"
                             "(?1, ?2, ?3, (SELECT coalesce(max(id), 0) FROM answer))",
                       texts, 3, err);
}

static int begin_session(struct store *store, const char *at)
{
    sqlite3_stmt *stmt = NULL;
    char host[128] = "?";
    int status = sqlite3_prepare_v2(store->db, "INSERT INTO session(started, who, host, program)"
                                               " VALUES(?1, ?2, ?3, ?4)", -1, &stmt, NULL);

    gethostname(host, sizeof host - 1);
    sqlite3_bind_text(stmt, 1, at, -1, SQLITE_STATIC);
    sqlite3_bind_text(stmt, 2, store_lock_user(), -1, SQLITE_TRANSIENT);
    sqlite3_bind_text(stmt, 3, host, -1, SQLITE_STATIC);
    sqlite3_bind_text(stmt, 4, "kantapolku", -1, SQLITE_STATIC);
    if (status == SQLITE_OK)
        status = sqlite3_step(stmt);
    sqlite3_finalize(stmt);
    if (status == SQLITE_DONE)
        store->session = sqlite3_last_insert_rowid(store->db);
    return status == SQLITE_DONE ? SQLITE_OK : status;
}

static int append_one(struct store *store, struct entry *entry, const char *at)
{
    sqlite3_stmt *stmt = store->append;
    int status;

    sqlite3_bind_text(stmt, 1, entry->form, -1, SQLITE_STATIC);
    sqlite3_bind_text(stmt, 2, entry->row, -1, SQLITE_STATIC);
    sqlite3_bind_text(stmt, 3, entry->item, -1, SQLITE_STATIC);
    sqlite3_bind_text(stmt, 4, entry->value, -1, SQLITE_STATIC);
    sqlite3_bind_text(stmt, 5, at, -1, SQLITE_STATIC);
    sqlite3_bind_int64(stmt, 6, store->session);
    sqlite3_bind_int64(stmt, 7, entry->change);
    if (entry->takes_back)
        sqlite3_bind_int64(stmt, 8, entry->takes_back);
    else
        sqlite3_bind_null(stmt, 8);
    status = sqlite3_step(stmt);
    sqlite3_reset(stmt);
    entry->id = sqlite3_last_insert_rowid(store->db);
    entry->session = store->session;
    entry->at = at;
    return status == SQLITE_DONE ? SQLITE_OK : status;
}

static int prepare_append(struct store *store)
{
    if (store->append)
        return SQLITE_OK;
    return sqlite3_prepare_v3(store->db,
                              "INSERT INTO answer(form, repeat_key, item, value, at, session,"
                              " change, takes_back) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                              -1, SQLITE_PREPARE_PERSISTENT, &store->append, NULL);
}

/* Writes in one transaction that has a session; nothing is written when `write` fails. */
static int write_together(struct store *store, int (*write)(struct store *store, void *data),
                          void *data, struct err *err)
{
    int64_t session = store->session;
    int status, code = 0;

    if (store->read_only)
        return err_set(err, ERR_PLAN, "%s", store->read_only);
    copy_once(store);
    now_text(store->today, store->at);
    status = store_db_run(store->db, "BEGIN IMMEDIATE");
    if (status == SQLITE_OK && !store->session)
        status = begin_session(store, store->at);
    if (status == SQLITE_OK)
        status = write(store, data);
    if (status == SQLITE_OK)
        status = store_db_run(store->db, "COMMIT");
    if (status != SQLITE_OK) {
        code = write_error(store, err);
        store_db_run(store->db, "ROLLBACK");
        store->session = session;
    }
    return code;
}

struct entries {
    struct entry *at;
    size_t count;
};

static int append_all(struct store *store, void *data)
{
    struct entries *entries = data;
    int status = prepare_append(store);

    for (size_t i = 0; status == SQLITE_OK && i < entries->count; i++)
        status = append_one(store, &entries->at[i], store->at);
    return status;
}

static int store_append(void *data, struct entry *entries, size_t count, struct err *err)
{
    return write_together(data, append_all, &(struct entries){ entries, count }, err);
}

/* ---- versions ---- */

struct kept {
    const struct version *version;
    const char *content;
};

static int add_version(struct store *store, void *data)
{
    const struct kept *kept = data;

    return store_versions_add(store->db, kept->version, kept->content, store->at, store->session);
}

static int store_keep_version(void *data, const struct version *version, const char *content,
                              struct err *err)
{
    return write_together(data, add_version, &(struct kept){ version, content }, err);
}

static int store_versions(void *data, const char *document,
                          void (*each)(void *, const struct version *), void *each_data,
                          struct err *err)
{
    struct store *store = data;

    if (store_versions_read(store->db, document, each, each_data) == SQLITE_OK)
        return 0;
    return err_set(err, ERR_PLAN, N_("%s: could not be read: %s"), store->path,
                   sqlite3_errmsg(store->db));
}

static int store_version_content(void *data, const char *document, int number, struct buf *out,
                                 struct err *err)
{
    struct store *store = data;
    enum store_content found = store_versions_content(store->db, document, number, out);

    if (found == STORE_CONTENT_NONE)
        return err_set(err, ERR_USAGE, N_("version %d of %s has not been kept; see kantapolku "
                                          "freeze PLAN"), number, document);
    if (found == STORE_CONTENT_DAMAGED)
        return err_set(err, ERR_PLAN, N_("%s: version %d of %s is damaged; take the newest copy "
                                         "beside it (*.copy-*)"), store->path, number, document);
    return 0;
}

const struct store_ops store_sqlite_ops = {
    .read = store_read,
    .append = store_append,
    .setting = store_setting,
    .set_setting = store_set_setting,
    .set_draft = store_set_draft,
    .drafts = store_drafts,
    .note_print = store_note_print,
    .last_print = store_last_print,
    .keep_version = store_keep_version,
    .versions = store_versions,
    .version_content = store_version_content,
    .copy = store_copy,
    .copy_to = store_copy_to,
    .read_only = store_read_only,
    .close = store_close,
};

/* ---- lists of plans ---- */

int store_peek(const char *path, const char *name_item, char *name, char *changed,
               unsigned long size, struct err *err)
{
    void *opened;
    sqlite3_stmt *stmt = NULL;
    int code = store_open(&opened, path, STORE_READ, 0, NULL, err);

    name[0] = changed[0] = 0;
    if (code)
        return code;
    if (sqlite3_prepare_v2(((struct store *)opened)->db,
                           "SELECT (SELECT value FROM answer WHERE item=?1 ORDER BY id DESC"
                           " LIMIT 1), (SELECT max(at) FROM answer)", -1, &stmt, NULL) ==
        SQLITE_OK) {
        sqlite3_bind_text(stmt, 1, name_item, -1, SQLITE_STATIC);
        if (sqlite3_step(stmt) == SQLITE_ROW) {
            struct buf clean = BUF_INIT;
            const char *found = store_db_text(stmt, 0, &clean);
            snprintf(name, size, "%s", found ? found : "");
            found = store_db_text(stmt, 1, &clean);
            snprintf(changed, size, "%.16s", found ? found : "");
            buf_free(&clean);
        }
    }
    sqlite3_finalize(stmt);
    store_close(opened);
    return 0;
}
