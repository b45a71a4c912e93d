/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The floor of saving: one row in one transaction, with the settings of a plan file. What SQLite
 * and the disk cost.
 *
 *     floor_commit FILE [COUNT [REST]]
 *
 * Before each commit it rests REST milliseconds (60), as the keys that it is compared with do: a
 * disk and a processor that have just been at rest are slower than busy ones. Prints the times in
 * milliseconds, one a line. The file is made anew and removed.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include <sqlite3.h>

static double now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void rest(long ms)
{
    nanosleep(&(struct timespec){ ms / 1000, ms % 1000 * 1000000 }, NULL);
}

static void run(sqlite3 *db, const char *sql)
{
    char *message = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &message) == SQLITE_OK)
        return;
    fprintf(stderr, "floor_commit: %s\n", message ? message : sqlite3_errmsg(db));
    exit(1);
}

static void prepare(sqlite3 *db)
{
    run(db, "PRAGMA journal_mode=DELETE");
    run(db, "PRAGMA synchronous=EXTRA");
    run(db, "CREATE TABLE answer (id INTEGER PRIMARY KEY, form TEXT, repeat_key TEXT,"
            " item TEXT, value TEXT, at TEXT, session INTEGER) STRICT");
}

int main(int argc, char **argv)
{
    sqlite3 *db;
    int count = argc > 2 ? atoi(argv[2]) : 40;
    long pause = argc > 3 ? atol(argv[3]) : 60;
    if (argc < 2) {
        fputs("usage: floor_commit FILE [COUNT [REST]]\n", stderr);
        return 2;
    }
    unlink(argv[1]);
    if (sqlite3_open(argv[1], &db) != SQLITE_OK) {
        fprintf(stderr, "floor_commit: %s\n", sqlite3_errmsg(db));
        return 1;
    }
    prepare(db);
    for (int i = 0; i < count; i++) {
        rest(pause);
        double start = now_ms();
        run(db, "INSERT INTO answer(form, repeat_key, item, value, at, session)"
                " VALUES ('form', '', 'item', 'value', '2026-01-01T00:00:00', 1)");
        printf("%.4f\n", now_ms() - start);
    }
    sqlite3_close(db);
    unlink(argv[1]);
    return 0;
}
