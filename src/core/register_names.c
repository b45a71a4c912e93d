/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Comparing what people write: names, addresses, dates and sectors as the register has them.
 *
 * Names are compared word by word, because one wrong word makes another unit ("Koivu", "Kaivo")
 * while a slip of the pen inside a word does not. Words with digits must be the same.
 */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "core/register_check.h"

enum { WORDS_MAX = 16, WORD_LETTERS = 40, LONG_WORD = 8, SAME_PERCENT = 80 };

struct words {
    uint32_t letter[WORDS_MAX][WORD_LETTERS];
    size_t length[WORDS_MAX], count;
    bool digits[WORDS_MAX];
};

static const char *const legal_forms[] = {
    "oy", "ab", "oyj", "abp", "ky", "kb", "ay", "tmi", "fma", "ry", "rf", "sr", "osk", "anl",
    "kuntayhtymä",
};

static bool is_legal_form(const char *word)
{
    for (size_t i = 0; i < countof(legal_forms); i++)
        if (strcmp(word, legal_forms[i]) == 0)
            return true;
    return false;
}

static void add_word(struct words *words, const struct buf *word, bool with_forms)
{
    size_t n = words->count, used;

    if (word->length == 0 || n == WORDS_MAX || (!with_forms && is_legal_form(word->text)))
        return;
    words->length[n] = 0;
    words->digits[n] = strpbrk(word->text, "0123456789") != NULL;
    for (size_t at = 0; at < word->length && words->length[n] < WORD_LETTERS; at += used)
        words->letter[n][words->length[n]++] = utf8_decode(word->text + at, word->length - at,
                                                           &used);
    words->count++;
}

static bool is_in_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

/* The words of a name, up to its first comma, without legal forms unless that leaves nothing. */
static void split(struct words *words, const char *name, bool with_forms)
{
    struct buf folded = BUF_INIT, word = BUF_INIT;

    words->count = 0;
    utf8_fold(&folded, name);
    buf_cut(&folded, strcspn(folded.text, ","));
    for (size_t i = 0; i <= folded.length; i++) {
        if (i < folded.length && is_in_word(folded.text[i])) {
            buf_add_char(&word, folded.text[i]);
            continue;
        }
        add_word(words, &word, with_forms);
        buf_clear(&word);
    }
    buf_free(&word);
    buf_free(&folded);
    if (words->count == 0 && !with_forms)
        split(words, name, true);
}

static int smallest(int a, int b, int c)
{
    int least = a < b ? a : b;

    return least < c ? least : c;
}

/* Letters to add, take away, change or swap with the next to turn one word into the other. */
static int slips(const uint32_t *a, size_t a_length, const uint32_t *b, size_t b_length)
{
    int rows[3][WORD_LETTERS + 1];
    int *before = rows[0], *last = rows[1], *now = rows[2], *swap;

    for (size_t j = 0; j <= b_length; j++)
        last[j] = (int)j;
    for (size_t i = 1; i <= a_length; i++) {
        now[0] = (int)i;
        for (size_t j = 1; j <= b_length; j++) {
            now[j] = smallest(last[j] + 1, now[j - 1] + 1, last[j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]
                && before[j - 2] + 1 < now[j])
                now[j] = before[j - 2] + 1;
        }
        swap = before;
        before = last;
        last = now;
        now = swap;
    }
    return last[b_length];
}

static bool words_match(const struct words *a, size_t i, const struct words *b, size_t j)
{
    size_t longer = a->length[i] > b->length[j] ? a->length[i] : b->length[j];
    int allowed = longer >= LONG_WORD ? 2 : longer > 3 ? 1 : 0;

    if (a->digits[i] || b->digits[j])
        allowed = 0;
    return slips(a->letter[i], a->length[i], b->letter[j], b->length[j]) <= allowed;
}

bool register_is_garbled(const char *text)
{
    static const char *const marks[] = { "\xEF\xBF\xBD", "Ã¤", "Ã¶", "Ã¥", "Ã…", "Ã„", "Ã–" };

    for (size_t i = 0; text && i < countof(marks); i++)
        if (strstr(text, marks[i]))
            return true;
    return false;
}

int register_name_likeness(const char *a, const char *b)
{
    struct words left, right;
    bool taken[WORDS_MAX] = { false };
    size_t same = 0, longer;

    split(&left, a, false);
    split(&right, b, false);
    longer = left.count > right.count ? left.count : right.count;
    for (size_t i = 0; i < left.count; i++)
        for (size_t j = 0; j < right.count; j++)
            if (!taken[j] && words_match(&left, i, &right, j)) {
                taken[j] = true;
                same++;
                break;
            }
    return longer ? (int)(same * 100 / longer) : 0;
}

bool register_names_match(const char *a, const char *b)
{
    if (register_is_garbled(a) || register_is_garbled(b))
        return false;
    return utf8_same_folded(a, b) || register_name_likeness(a, b) >= SAME_PERCENT;
}

/* Letters and digits only, case folded, up to a comma or a post office box. */
static void plain_address(struct buf *out, const char *address)
{
    struct buf folded = BUF_INIT;

    utf8_fold(&folded, address);
    buf_cut(&folded, strcspn(folded.text, ","));
    for (size_t i = 0; i < folded.length; i++)
        if (is_in_word(folded.text[i]))
            buf_add_char(out, folded.text[i]);
    buf_free(&folded);
}

bool register_addresses_match(const char *a, const char *b)
{
    struct buf left = BUF_INIT, right = BUF_INIT;
    bool same;

    plain_address(&left, a);
    plain_address(&right, b);
    same = strcmp(left.text, right.text) == 0;
    buf_free(&left);
    buf_free(&right);
    return same;
}

/* ---- dates and sectors ---- */

/* A number of at most `digits` digits; -1 when there is none. */
static int read_number(const char **text, int digits)
{
    int number = 0, count = 0;

    for (; count < digits && **text >= '0' && **text <= '9'; count++)
        number = number * 10 + *(*text)++ - '0';
    return count ? number : -1;
}

/* Three numbers with a mark between; a time of day may follow. */
static int marked_date(const char *text)
{
    int part[3];
    char mark;

    part[0] = read_number(&text, 4);
    mark = *text;
    if (part[0] < 0 || (mark != '-' && mark != '.'))
        return DATE_NONE;
    text++;
    part[1] = read_number(&text, 2);
    if (part[1] < 0 || *text++ != mark)
        return DATE_NONE;
    part[2] = read_number(&text, 4);
    if (part[2] < 0 || (*text && *text != ' ' && *text != 'T'))
        return DATE_NONE;
    return mark == '-' ? date_make(part[0], part[1], part[2])
                       : date_make(part[2], part[1], part[0]);
}

static int compact_date(const char *text)
{
    int year = read_number(&text, 4), month = read_number(&text, 2), day = read_number(&text, 2);

    return *text ? DATE_NONE : date_make(year, month, day);
}

bool regcheck_date(const char *text, int *date)
{
    int day = marked_date(text);

    if (day == DATE_NONE)
        day = compact_date(text);
    *date = day;
    if (day == date_make(1900, 1, 1) || day == date_make(2100, 12, 31))
        *date = DATE_NONE;
    return day != DATE_NONE;
}

char regcheck_sector(const char *text)
{
    static const char *const known[] = {
        "1 julkinen", "2 yksityinen", "3 yksityinen itseilmoitettu yksikkö",
    };

    for (size_t i = 0; i < countof(known); i++)
        if (utf8_same_folded(text, known[i]))
            return known[i][0];
    return 0;
}
