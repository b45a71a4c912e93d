/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Fuzz target: any bytes as a register file of FUZZ_FORMAT, then as what is searched for.
 *
 * The bytes themselves tell the format, as those of a real file do; inputs of another one are not
 * kept, so that each reader has a target, and all the time, of its own. Whatever comes out is
 * clean UTF-8, without line breaks, within its limits, and a second reading gives the same.
 */
#include "fuzz_help.h"

#include <sys/mman.h>
#include <unistd.h>

#include "base/err.h"
#include "io/register_file.h"
#include "io/register_store_parts.h"

#include "../unit/register_read.h"

struct seen {
    struct buf all;           /* of all rows */
    struct buf search;
    int rows, remarks;
    enum register_format format;
};

static void check_fold(const char *text)
{
    struct buf fast = BUF_INIT, slow = BUF_INIT;

    register_search_fold(&fast, text);
    utf8_fold(&slow, text);
    need(strcmp(fast.text, slow.text) == 0);
    buf_free(&fast);
    buf_free(&slow);
}

static int take_row(void *data, const struct register_row *row, struct err *err)
{
    struct seen *seen = data;
    struct buf scratch = BUF_INIT;

    (void)err;
    seen->rows++;
    need(*row->field[REGISTER_OID] && strlen(row->field[REGISTER_OID]) < 128);
    for (int i = 0; i < REGISTER_FIELD_COUNT; i++) {
        need_clean(row->field[i]);
        check_fold(row->field[i]);
        buf_addf(&seen->all, "%s;", row->field[i]);
    }
    register_search_add(&seen->search, row, &scratch);
    buf_free(&scratch);
    return 0;
}

static void take_remark(void *data, int line, const char *text)
{
    struct seen *seen = data;

    need(line > 0 && utf8_valid(text, strlen(text)));
    seen->remarks++;
}

static int read_once(int fd, const struct register_headings *headings, struct seen *seen)
{
    const struct register_take take = { take_row, take_remark, seen };
    struct register_summary summary;
    struct err err = { 0 };
    int code;

    code = register_read_all(fd, headings, &take, &summary, &err);
    need(code == 0 || (code == ERR_INPUT && err.msg[0] && utf8_valid(err.msg, strlen(err.msg))));
    need(summary.rows == seen->rows && summary.heading_count <= REGISTER_COLUMNS_MAX);
    need(code != 0 || summary.rows > 0);
    seen->format = summary.format;
    register_summary_free(&summary);
    return code;
}

static struct register_headings *load_headings(void)
{
    const char *source = getenv("TEST_SRCDIR");
    struct register_headings *headings = NULL;
    struct err err = { 0 };

    if (register_headings_load(&headings, source ? source : ".", &err) != 0) {
        fprintf(stderr, "%s\n", err.msg);
        abort();
    }
    return headings;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct register_headings *headings;
    struct seen first = { .all = BUF_INIT, .search = BUF_INIT };
    struct seen second = { .all = BUF_INIT, .search = BUF_INIT };
    int fd = memfd_create("fuzz", MFD_CLOEXEC);

    if (!headings)
        headings = load_headings();
    need(fd >= 0 && write(fd, data, size) == (ssize_t)size);
    need(read_once(fd, headings, &first) == read_once(fd, headings, &second));
    need(strcmp(first.all.text, second.all.text) == 0 && first.remarks == second.remarks);
    buf_free(&first.all);
    buf_free(&first.search);
    buf_free(&second.all);
    buf_free(&second.search);
    close(fd);
    return first.format == FUZZ_FORMAT ? 0 : -1;
}
