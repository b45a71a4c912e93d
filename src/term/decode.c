/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Bytes from a terminal into keys and pastes.
 *
 * Each decode_*() function looks at the first byte of what is left and answers with the number
 * of bytes it used; 0 means that the rest has yet to come.
 */
#include "term/decode.h"

#include <string.h>
#include <wchar.h>

#include "base/mem.h"
#include "base/utf8.h"

#define PASTE_END "\033[201~"

enum { ESC = 27, PASTE_MARK = KEYS_LAST + 1 };

/* ESC [ 1 ; modifiers letter, and ESC O letter. */
static const struct {
    char letter;
    uint32_t key;
} letter_keys[] = {
    { 'A', KEYS_UP }, { 'B', KEYS_DOWN }, { 'C', KEYS_RIGHT }, { 'D', KEYS_LEFT },
    { 'H', KEYS_HOME }, { 'F', KEYS_END }, { 'P', KEYS_F0 + 1 }, { 'Q', KEYS_F0 + 2 },
    { 'R', KEYS_F0 + 3 }, { 'S', KEYS_F0 + 4 }, { 'Z', KEYS_BACK_TAB },
};

/* ESC O letter only: the number pad in application mode. */
static const struct {
    char letter;
    char key;
} pad_keys[] = {
    { 'j', '*' }, { 'k', '+' }, { 'l', ',' }, { 'm', '-' }, { 'n', '.' }, { 'o', '/' },
    { 'p', '0' }, { 'q', '1' }, { 'r', '2' }, { 's', '3' }, { 't', '4' }, { 'u', '5' },
    { 'v', '6' }, { 'w', '7' }, { 'x', '8' }, { 'y', '9' }, { 'X', '=' }, { 'M', '\r' },
};

/* ESC [ number ; modifiers ~ */
static const struct {
    int number;
    uint32_t key;
} number_keys[] = {
    { 1, KEYS_HOME }, { 2, KEYS_INSERT }, { 3, KEYS_DELETE }, { 4, KEYS_END },
    { 5, KEYS_PAGE_UP }, { 6, KEYS_PAGE_DOWN }, { 7, KEYS_HOME }, { 8, KEYS_END },
    { 11, KEYS_F0 + 1 }, { 12, KEYS_F0 + 2 }, { 13, KEYS_F0 + 3 }, { 14, KEYS_F0 + 4 },
    { 15, KEYS_F0 + 5 }, { 17, KEYS_F0 + 6 }, { 18, KEYS_F0 + 7 }, { 19, KEYS_F0 + 8 },
    { 20, KEYS_F0 + 9 }, { 21, KEYS_F0 + 10 }, { 23, KEYS_F0 + 11 }, { 24, KEYS_F0 + 12 },
    { 200, PASTE_MARK },
};

void decode_free(struct decoder *decoder)
{
    buf_free(&decoder->bytes);
    buf_free(&decoder->paste);
    buf_free(&decoder->clean);
}

void decode_put(struct decoder *decoder, const char *bytes, size_t length)
{
    buf_add_n(&decoder->bytes, bytes, length);
}

bool decode_waits(const struct decoder *decoder)
{
    return decoder->bytes.length > 0 || decoder->pasting;
}

static uint32_t key_of_number(int number)
{
    for (size_t i = 0; i < countof(number_keys); i++)
        if (number_keys[i].number == number)
            return number_keys[i].key;
    return KEYS_NONE;
}

static uint32_t key_of_letter(char letter)
{
    for (size_t i = 0; i < countof(letter_keys); i++)
        if (letter_keys[i].letter == letter)
            return letter_keys[i].key;
    return KEYS_NONE;
}

static uint32_t key_of_pad(char letter)
{
    for (size_t i = 0; i < countof(pad_keys); i++)
        if (pad_keys[i].letter == letter)
            return pad_keys[i].key == '\r' ? KEYS_ENTER : (uint32_t)pad_keys[i].key;
    return key_of_letter(letter);
}

/* A control byte, ESC excepted. */
static uint32_t key_of_control(unsigned char c)
{
    switch (c) {
    case '\r':
    case '\n':
        return KEYS_ENTER;
    case '\t':
        return KEYS_TAB;
    case '\b':
    case 127:
        return KEYS_BACKSPACE;
    default:
        return KEYS_CTRL + (c >= 1 && c <= 26 ? c - 1u + 'a' : c + 64u);
    }
}

/* ESC [ parameters letter. The number is the first parameter; the others are modifiers, which
 * no action uses, so that a modified arrow is an arrow. What is no key is used up silently. */
static size_t decode_csi(const char *text, size_t length, uint32_t *key)
{
    int number = 0;
    size_t i = 2;
    if (i < length && text[i] == '[') {
        if (length < 4)
            return 0;
        *key = text[3] >= 'A' && text[3] <= 'E' ? KEYS_F0 + 1u + (uint32_t)(text[3] - 'A')
                                                : KEYS_NONE;
        return 4;
    }
    for (; i < length && text[i] >= '0' && text[i] <= '9' && number < 1000; i++)
        number = number * 10 + text[i] - '0';
    while (i < length && text[i] >= 0x20 && text[i] < 0x40)
        i++;
    if (i == length)
        return 0;
    if (text[i] < 0x40 || text[i] == 127)
        return i;
    *key = text[i] == '~' ? key_of_number(number) : key_of_letter(text[i]);
    return i + 1;
}

static size_t decode_ss3(const char *text, size_t length, uint32_t *key)
{
    if (length < 3)
        return 0;
    *key = key_of_pad(text[2]);
    return 3;
}

/* Esc with a digit or a letter in one burst. */
static size_t decode_alt(char c, uint32_t *key)
{
    if (c >= '0' && c <= '9')
        *key = KEYS_F0 + (c == '0' ? 10u : (uint32_t)(c - '0'));
    else if (c > ' ' && c < 127)
        *key = KEYS_ALT + (uint32_t)c;
    else
        *key = KEYS_ESCAPE;
    return *key == KEYS_ESCAPE ? 1 : 2;
}

/* The terminal's own sequence at `text`: its length, 0 when it is only a beginning of one, or
 * -1 when it is none. */
static int decode_own(const struct decoder *decoder, const char *text, size_t length, uint32_t *key)
{
    int best = -1;
    for (size_t i = 0; i < decoder->own_count; i++) {
        const struct key_bytes *own = &decoder->own[i];
        size_t whole = own->bytes ? strlen(own->bytes) : 0;
        size_t common = whole < length ? whole : length;
        if (whole < 2 || memcmp(own->bytes, text, common) != 0)
            continue;
        if (whole > length && best < 0)
            best = 0;
        if (whole <= length && (int)whole > best) {
            best = (int)whole;
            *key = own->key;
        }
    }
    return best;
}

static size_t decode_escape(const struct decoder *decoder, const char *text, size_t length,
                            bool silence, uint32_t *key)
{
    size_t used = 0;
    if (length > 1) {
        int own = decode_own(decoder, text, length, key);
        if (own > 0)
            return (size_t)own;
        if (own < 0 && text[1] == '[')
            used = decode_csi(text, length, key);
        else if (own < 0 && text[1] == 'O')
            used = decode_ss3(text, length, key);
        else if (own < 0)
            used = decode_alt(text[1], key);
    }
    if (used > 0 || !silence)
        return used;
    if (length > 1)
        return decode_alt(text[1], key);
    *key = KEYS_ESCAPE;
    return 1;
}

/* Letters that would be cleaned away from a text cannot be typed either. */
static uint32_t key_of_letter_cp(uint32_t cp)
{
    char text[4];
    struct buf clean = BUF_INIT;
    if (cp == UINT32_MAX || cp < 160)
        return KEYS_NONE;
    int replaced = utf8_clean(&clean, text, utf8_encode(cp, text), UTF8_ONE_LINE);
    buf_free(&clean);
    return replaced > 0 ? KEYS_NONE : cp;
}

/* Whether the bytes are the beginning of a UTF-8 letter that goes on. */
static bool utf8_unfinished(const char *text, size_t length)
{
    unsigned char first = (unsigned char)text[0];
    size_t whole = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (first < 0xc2 || first >= 0xf5)
        return false;
    for (size_t i = 1; i < length; i++)
        if (((unsigned char)text[i] & 0xc0) != 0x80)
            return false;
    return length < whole;
}

static size_t decode_letter(const struct decoder *decoder, const char *text, size_t length,
                            bool silence, uint32_t *key)
{
    size_t used = 1;
    uint32_t cp;
    if (decoder->multibyte) {
        wchar_t wide = 0;
        mbstate_t state = { 0 };
        used = mbrtowc(&wide, text, length, &state);
        if (used == (size_t)-2 && !silence)
            return 0;
        cp = used > length ? UINT32_MAX : (uint32_t)wide;
        used = used > length ? 1 : used;
    } else {
        cp = utf8_decode(text, length, &used);
        if (cp == UINT32_MAX && !silence && utf8_unfinished(text, length))
            return 0;
    }
    *key = key_of_letter_cp(cp);
    return used;
}

static size_t decode_key(const struct decoder *decoder, bool silence, uint32_t *key)
{
    const char *text = decoder->bytes.text;
    size_t length = decoder->bytes.length;
    unsigned char first = (unsigned char)text[0];
    *key = KEYS_NONE;
    if (first == ESC)
        return decode_escape(decoder, text, length, silence, key);
    if (first >= 128)
        return decode_letter(decoder, text, length, silence, key);
    *key = first < ' ' || first == 127 ? key_of_control(first) : first;
    return 1;
}

static void use_bytes(struct decoder *decoder, size_t count)
{
    buf_splice(&decoder->bytes, 0, count, "", 0);
}

static void collect(struct decoder *decoder, size_t count)
{
    size_t room = DECODE_PASTE_MAX - decoder->paste.length;
    buf_add_n(&decoder->paste, decoder->bytes.text, count < room ? count : room);
    use_bytes(decoder, count);
}

/* Turns the collected bytes, which are in the charset of the locale, into UTF-8. */
static void recode(struct buf *out, const struct buf *from)
{
    mbstate_t state = { 0 };
    for (size_t i = 0; i < from->length;) {
        wchar_t wide = 0;
        char letter[4];
        size_t used = mbrtowc(&wide, from->text + i, from->length - i, &state);
        if (used == 0 || used > from->length - i) {
            state = (mbstate_t){ 0 };
            used = 1;
            wide = 0xb7;
        }
        buf_add_n(out, letter, utf8_encode((uint32_t)wide, letter));
        i += used;
    }
}

static void finish_paste(struct decoder *decoder, struct event *out)
{
    struct buf recoded = BUF_INIT;
    const struct buf *from = &decoder->paste;
    if (decoder->multibyte) {
        recode(&recoded, from);
        from = &recoded;
    }
    buf_clear(&decoder->clean);
    utf8_clean(&decoder->clean, from->text, from->length, 0);
    buf_free(&recoded);
    buf_clear(&decoder->paste);
    decoder->pasting = false;
    out->kind = EVENT_PASTE;
    out->paste = decoder->clean.text;
}

/* Silence in the middle of a paste means that its end was lost on the way. */
static bool next_paste(struct decoder *decoder, bool silence, struct event *out)
{
    struct buf *bytes = &decoder->bytes;
    size_t mark = strlen(PASTE_END);
    const char *end = memmem(bytes->text, bytes->length, PASTE_END, mark);
    if (end) {
        collect(decoder, (size_t)(end - bytes->text));
        use_bytes(decoder, mark);
    } else if (silence) {
        collect(decoder, bytes->length);
    } else {
        if (bytes->length >= mark)
            collect(decoder, bytes->length - mark + 1);
        return false;
    }
    finish_paste(decoder, out);
    return true;
}

bool decode_next(struct decoder *decoder, bool silence, struct event *out)
{
    *out = (struct event){ .kind = EVENT_NONE };
    while (out->kind == EVENT_NONE) {
        uint32_t key;
        if (decoder->pasting) {
            if (!next_paste(decoder, silence, out))
                return false;
            break;
        }
        size_t used = decoder->bytes.length ? decode_key(decoder, silence, &key) : 0;
        if (used == 0)
            return false;
        use_bytes(decoder, used);
        if (key == PASTE_MARK)
            decoder->pasting = true;
        else if (key != KEYS_NONE)
            *out = (struct event){ .kind = EVENT_KEY, .key = key };
    }
    out->burst = decoder->bytes.length > 0;
    return true;
}
