/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The texts that a search runs over.
 *
 * memmem() looks for the longest word of what was asked; only where it stands are row and other
 * words looked at. Which row of the block it is gets counted only for the few that are shown.
 */
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "io/register_store_parts.h"

enum { WORDS_MAX = 16, RANKS = 3 };

static const char row_mark = '\n', text_mark = '\x1F';

/* Folds one letter of Latin-1, two bytes in UTF-8 before and after; false when it takes more
 * thought. */
static bool fold_latin(char *letter)
{
    unsigned char lead = (unsigned char)letter[0], last = (unsigned char)letter[1];

    if (lead == 0xC3 && last == 0x9F)
        memcpy(letter, "ss", 2);
    else if (lead == 0xC3 && last >= 0x80 && last <= 0x9E && last != 0x97)
        letter[1] = (char)(last + 0x20);
    else
        return lead == 0xC3 || (lead == 0xC2 && last != 0xB5 && last != 0xAD);
    return true;
}

void register_search_fold(struct buf *out, const char *text)
{
    size_t before = out->length;
    bool known = true;

    buf_add(out, text);
    for (char *at = out->text + before; *at && known; at++) {
        if ((unsigned char)*at >= 0x80)
            known = fold_latin(at++);
        else if (*at >= 'A' && *at <= 'Z')
            *at = (char)(*at | 0x20);
    }
    if (!known) {
        buf_cut(out, before);
        utf8_fold(out, text);
    }
}

/* The town is often in the municipality, the short name in the long one. */
void register_search_add(struct buf *block, const struct register_row *row, struct buf *scratch)
{
    static const enum register_field fields[] = {
        REGISTER_NAME, REGISTER_SHORT_NAME, REGISTER_MUNICIPALITY, REGISTER_TOWN,
        REGISTER_POSTCODE, REGISTER_BUSINESS_ID
    };
    size_t begin = block->length + 1;

    buf_add_char(block, row_mark);
    for (size_t i = 0; i < countof(fields); i++) {
        const char *text = row->field[fields[i]];
        if (!*text)
            continue;
        buf_clear(scratch);
        register_search_fold(scratch, text);
        if (!memmem(block->text + begin, block->length - begin, scratch->text, scratch->length)) {
            buf_add_n(block, scratch->text, scratch->length);
            buf_add_char(block, text_mark);
        }
    }
}

struct search {
    char *words[WORDS_MAX];
    size_t lengths[WORDS_MAX];
    size_t word_count;
    size_t longest;           /* the word that is looked for first */
    int most;
    int64_t *ids[RANKS];
    int counts[RANKS];
    int total;
};

/* Words beyond the most are not looked at; nobody types so many. */
static void split(struct search *search, char *text)
{
    char *rest = text;

    for (char *word = strtok_r(text, " ", &rest); word && search->word_count < WORDS_MAX;
         word = strtok_r(NULL, " ", &rest)) {
        search->words[search->word_count] = word;
        search->lengths[search->word_count] = strlen(word);
        if (search->lengths[search->word_count] > search->lengths[search->longest])
            search->longest = search->word_count;
        search->word_count++;
    }
}

static bool has_words(const struct search *search, const char *row, size_t length)
{
    for (size_t i = 0; i < search->word_count; i++)
        if (i != search->longest &&
            !memmem(row, length, search->words[i], search->lengths[i]))
            return false;
    return true;
}

/* What ends a word; letters outside ASCII do not. */
static bool is_between(char c)
{
    return c >= 0 && !((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'));
}

/* 0: the name begins with the first word; 1: a word of the row begins with the longest. */
static int rank_of(const struct search *search, const char *row, size_t length, const char *hit)
{
    if (length >= search->lengths[0] && memcmp(row, search->words[0], search->lengths[0]) == 0)
        return 0;
    return is_between(hit[-1]) ? 1 : 2;
}

/* How many rows begin before `end`. */
static int64_t rows_between(const char *begin, const char *end)
{
    int64_t count = 0;

    while ((begin = memchr(begin, row_mark, (size_t)(end - begin)))) {
        count++;
        begin++;
    }
    return count;
}

static void search_block(struct search *search, int64_t first, const char *block, size_t length)
{
    const char *word = search->words[search->longest], *at = block, *end = block + length, *hit;
    const char *counted = block;
    int64_t row_id = first - 1;

    while ((hit = memmem(at, (size_t)(end - at), word, search->lengths[search->longest]))) {
        const char *row = memrchr(block, row_mark, (size_t)(hit - block));
        const char *next = memchr(hit, row_mark, (size_t)(end - hit));
        next = next ? next : end;
        if (row && has_words(search, row + 1, (size_t)(next - row) - 1)) {
            int rank = rank_of(search, row + 1, (size_t)(next - row) - 1, hit);
            search->total++;
            if (search->counts[rank] < search->most) {
                row_id += rows_between(counted, hit);
                counted = hit;
                search->ids[rank][search->counts[rank]++] = row_id;
            }
        }
        at = next;
    }
}

static int search_blocks(struct search *search, sqlite3 *db)
{
    sqlite3_stmt *stmt = NULL;
    int code = sqlite3_prepare_v2(db, "SELECT first, text FROM search ORDER BY first", -1, &stmt,
                                  NULL);

    while (code == SQLITE_OK && (code = sqlite3_step(stmt)) == SQLITE_ROW) {
        const char *block = sqlite3_column_blob(stmt, 1);
        if (block)
            search_block(search, sqlite3_column_int64(stmt, 0), block,
                         (size_t)sqlite3_column_bytes(stmt, 1));
        code = SQLITE_OK;
    }
    sqlite3_finalize(stmt);
    return code == SQLITE_DONE ? SQLITE_OK : code;
}

int register_search_run(sqlite3 *db, const char *text, int most, int64_t *ids, int *count,
                        int *total)
{
    struct search search = { .most = most };
    struct buf folded = BUF_INIT;
    int code = SQLITE_OK;

    register_search_fold(&folded, text);
    split(&search, folded.text);
    for (int rank = 0; rank < RANKS; rank++)
        search.ids[rank] = xcalloc((size_t)most + 1, sizeof *ids);
    if (search.word_count > 0)
        code = search_blocks(&search, db);
    *count = 0;
    *total = search.total;
    for (int rank = 0; rank < RANKS; rank++) {
        for (int i = 0; i < search.counts[rank] && *count < most; i++)
            ids[(*count)++] = search.ids[rank][i];
        free(search.ids[rank]);
    }
    buf_free(&folded);
    return code;
}
