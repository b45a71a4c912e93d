/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Documents that were kept as they were approved.
 *
 * A row holds the whole document model, so that later it needs neither the answers of that day nor
 * the content that the program had then. Like the log, the table is only added to. The
 * digest is looked at on reading: a version is printed as it was kept, or not at all.
 */
#include "io/store_versions.h"

#include <sqlite3.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/sha256.h"
#include "io/store_db.h"

const char store_versions_step[] =
    "CREATE TABLE version(document TEXT NOT NULL, number INTEGER NOT NULL, lang TEXT NOT NULL,"
    " at TEXT NOT NULL, session INTEGER NOT NULL REFERENCES session(id),"
    " last_answer INTEGER NOT NULL, approved_by TEXT NOT NULL, approved_on TEXT NOT NULL,"
    " content TEXT NOT NULL, digest TEXT NOT NULL, PRIMARY KEY(document, number)) STRICT;"
    "CREATE TRIGGER version_is_kept BEFORE DELETE ON version"
    " BEGIN SELECT RAISE(ABORT, 'versions are only added'); END;"
    "CREATE TRIGGER version_is_final BEFORE UPDATE ON version"
    " BEGIN SELECT RAISE(ABORT, 'versions are only added'); END;"
    "CREATE TRIGGER version_is_next BEFORE INSERT ON version"
    " WHEN NEW.number <> 1 + (SELECT count(*) FROM version WHERE document = NEW.document)"
    " BEGIN SELECT RAISE(ABORT, 'versions are only added'); END;";

static void digest_text(const char *content, char out[SHA256_TEXT])
{
    struct sha256 sha;

    sha256_init(&sha);
    sha256_add(&sha, content, strlen(content));
    sha256_end(&sha, out);
}

int store_versions_add(sqlite3 *db, const struct version *version, const char *content,
                       const char *at, int64_t session)
{
    sqlite3_stmt *stmt = NULL;
    char digest[SHA256_TEXT];
    int status = sqlite3_prepare_v2(
        db, "INSERT INTO version VALUES(?1, ?2, ?3, ?4, ?5,"
            " (SELECT coalesce(max(id), 0) FROM answer), ?6, ?7, ?8, ?9)", -1, &stmt, NULL);

    digest_text(content, digest);
    sqlite3_bind_text(stmt, 1, version->document, -1, SQLITE_STATIC);
    sqlite3_bind_int(stmt, 2, version->number);
    sqlite3_bind_text(stmt, 3, version->lang, -1, SQLITE_STATIC);
    sqlite3_bind_text(stmt, 4, at, -1, SQLITE_STATIC);
    sqlite3_bind_int64(stmt, 5, session);
    sqlite3_bind_text(stmt, 6, version->approved_by, -1, SQLITE_STATIC);
    sqlite3_bind_text(stmt, 7, version->approved_on, -1, SQLITE_STATIC);
    sqlite3_bind_text(stmt, 8, content, -1, SQLITE_STATIC);
    sqlite3_bind_text(stmt, 9, digest, -1, SQLITE_STATIC);
    if (status == SQLITE_OK)
        status = sqlite3_step(stmt);
    sqlite3_finalize(stmt);
    return status == SQLITE_DONE ? SQLITE_OK : status;
}

int store_versions_read(sqlite3 *db, const char *document,
                        void (*each)(void *data, const struct version *version), void *data)
{
    struct buf words[6] = { BUF_INIT, BUF_INIT, BUF_INIT, BUF_INIT, BUF_INIT, BUF_INIT };
    sqlite3_stmt *stmt = NULL;
    int status;

    if (store_db_number(db, "PRAGMA user_version") < STORE_VERSIONS_FORMAT)
        return SQLITE_OK;
    status = sqlite3_prepare_v2(
        db, "SELECT v.document, v.number, v.lang, v.at, s.who, v.last_answer, v.approved_by,"
            " v.approved_on FROM version v LEFT JOIN session s ON s.id = v.session"
            " WHERE ?1 IS NULL OR v.document = ?1 ORDER BY v.document, v.number", -1, &stmt, NULL);
    sqlite3_bind_text(stmt, 1, document, -1, SQLITE_STATIC);
    while (status == SQLITE_OK || status == SQLITE_ROW) {
        status = sqlite3_step(stmt);
        if (status != SQLITE_ROW)
            break;
        struct version version = {
            .document = store_db_word(stmt, 0, &words[0]), .number = sqlite3_column_int(stmt, 1),
            .lang = store_db_word(stmt, 2, &words[1]), .at = store_db_word(stmt, 3, &words[2]),
            .who = store_db_word(stmt, 4, &words[3]), .last_answer = sqlite3_column_int64(stmt, 5),
            .approved_by = store_db_word(stmt, 6, &words[4]),
            .approved_on = store_db_word(stmt, 7, &words[5]),
        };
        each(data, &version);
    }
    sqlite3_finalize(stmt);
    for (size_t i = 0; i < countof(words); i++)
        buf_free(&words[i]);
    return status == SQLITE_DONE ? SQLITE_OK : status;
}

enum store_content store_versions_content(sqlite3 *db, const char *document, int number,
                                          struct buf *out)
{
    enum store_content found = STORE_CONTENT_NONE;
    sqlite3_stmt *stmt = NULL;
    char digest[SHA256_TEXT];

    if (sqlite3_prepare_v2(db, "SELECT content, digest FROM version"
                               " WHERE document=?1 AND number=?2", -1, &stmt, NULL) ==
        SQLITE_OK) {
        sqlite3_bind_text(stmt, 1, document, -1, SQLITE_STATIC);
        sqlite3_bind_int(stmt, 2, number);
        if (sqlite3_step(stmt) == SQLITE_ROW) {
            const char *content = (const char *)sqlite3_column_text(stmt, 0);
            digest_text(content, digest);
            found = strcmp(digest, (const char *)sqlite3_column_text(stmt, 1)) == 0
                        ? STORE_CONTENT_FOUND : STORE_CONTENT_DAMAGED;
            if (found == STORE_CONTENT_FOUND)
                buf_add(out, content);
        }
    }
    sqlite3_finalize(stmt);
    return found;
}
