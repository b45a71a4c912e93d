/* SPDX-License-Identifier: EUPL-1.2 */
#include "io/typed_path.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"

static void add_with_home(const char *text, struct buf *out)
{
    const char *home = getenv("HOME");

    if (home && text[0] == '~' && (text[1] == '/' || !text[1]))
        buf_addf(out, "%s%s", home, text + 1);
    else
        buf_add(out, text);
}

/* 0 to 15, or -1. */
static int hex_digit(char c)
{
    static const char digits[] = "0123456789abcdef0123456789ABCDEF";
    const char *at = c ? strchr(digits, c) : NULL;

    return at ? (int)((at - digits) % 16) : -1;
}

/* "file:///home/aino/a%20b.csv", also with the name of this computer. */
static void add_address(const char *text, struct buf *out)
{
    text += strcspn(text, "/");
    while (*text) {
        int high = *text == '%' ? hex_digit(text[1]) : -1;
        int low = high >= 0 ? hex_digit(text[2]) : -1;
        bool coded = low >= 0 && (high || low);
        buf_add_char(out, coded ? (char)(high * 16 + low) : *text);
        text += coded ? 3 : 1;
    }
}

/* Without the quotes around, or without the backslashes of a shell. */
static void add_unquoted(const char *text, struct buf *out)
{
    size_t length = strlen(text);

    if (length >= 2 && strchr("'\"", text[0]) && text[length - 1] == text[0]) {
        buf_add_n(out, text + 1, length - 2);
        return;
    }
    for (; *text; text++) {
        if (*text == '\\' && text[1])
            text++;
        buf_add_char(out, *text);
    }
}

void typed_path(const char *text, struct buf *out)
{
    struct buf plain = BUF_INIT;
    size_t start = out->length;

    add_with_home(text, out);
    if (access(out->text + start, F_OK) == 0)
        return;
    if (strncmp(text, "file://", 7) == 0)
        add_address(text + 7, &plain);
    else
        add_unquoted(text, &plain);
    buf_cut(out, start);
    add_with_home(plain.text, out);
    buf_free(&plain);
}
