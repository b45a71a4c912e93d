/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The first picture of a plan, kept from the last time.
 *
 * It is shown only when everything that it was made from is unchanged; the key that says so is its
 * first line. Not being able to keep or show it is no error.
 */
#ifdef HAVE_CONFIG_H
#include <config.h>
#endif

#include "first_screen.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/mem.h"
#include "cmd.h"
#include "io/file.h"
#include "term/frame.h"
#include "term/term.h"

enum { FRAME_MAX = 1 << 20 };

/* What the picture depends on: one line before the frame. Returns 0, or -1 when the plan is not
 * there. */
static int make_key(const struct app *app, const char *plan, bool utf8, struct buf *out)
{
    struct stat st, content = { 0 };
    char *real = realpath(plan, NULL);
    int status = real && stat(real, &st) == 0 ? 0 : -1;

    stat(app->place.image, &content);
    if (status == 0)
        buf_addf(out, "%s %s %d %d %d %d %lld.%09ld %lld %lld.%09ld %s\n", APP_VERSION,
                 lang_code(app->start_lang), app->today,
                 app->options.ascii, app->options.no_color, utf8, (long long)st.st_mtim.tv_sec,
                 st.st_mtim.tv_nsec, (long long)st.st_size, (long long)content.st_mtim.tv_sec,
                 content.st_mtim.tv_nsec, real);
    free(real);
    return status;
}

/* <cache>/kantapolku/first-HASH, one file a plan. */
static int make_path(const char *plan, struct buf *out)
{
    const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    char *real = realpath(plan, NULL);
    bool found;

    for (const char *at = real; at && *at; at++)
        hash = (hash ^ (unsigned char)*at) * UINT64_C(0x100000001b3);
    found = real != NULL;
    free(real);
    if (cache && cache[0] == '/')
        buf_add(out, cache);
    else if (home && home[0] == '/')
        buf_addf(out, "%s/.cache", home);
    if (!out->length || !found)
        return -1;
    mkdir(out->text, 0700);
    buf_add(out, "/kantapolku");
    mkdir(out->text, 0700);
    buf_addf(out, "/first-%016" PRIx64, hash);
    return 0;
}

/* A grid of the terminal's present size, all blank. */
static void make_grid(struct grid *grid, struct term *term)
{
    *grid = (struct grid){ .cursor_row = -1 };
    term->ops->size(term, &grid->rows, &grid->cols);
    grid->cells = xcalloc((size_t)(grid->rows * grid->cols) + 1, sizeof grid->cells[0]);
}

void first_screen_show(const struct app *app, const char *plan, struct term *term)
{
    struct buf path = BUF_INIT, key = BUF_INIT, kept = BUF_INIT;
    struct grid grid;

    if (make_path(plan, &path) == 0 && make_key(app, plan, term->ops->utf8, &key) == 0 &&
        file_read(&kept, path.text, FRAME_MAX, NULL) == 0 && kept.length > key.length &&
        memcmp(kept.text, key.text, key.length) == 0) {
        make_grid(&grid, term);
        if (frame_load(&grid, kept.text + key.length, kept.length - key.length) == 0)
            term->ops->paint(term, &grid);
        free(grid.cells);
    }
    buf_free(&path);
    buf_free(&key);
    buf_free(&kept);
}

void first_screen_keep(const struct app *app, const char *plan, bool utf8,
                       const struct buf *frame)
{
    struct buf path = BUF_INIT, whole = BUF_INIT;

    if (frame->length && make_path(plan, &path) == 0 && make_key(app, plan, utf8, &whole) == 0) {
        buf_add_n(&whole, frame->text, frame->length);
        file_write(path.text, whole.text, whole.length, NULL);
    }
    buf_free(&path);
    buf_free(&whole);
}
