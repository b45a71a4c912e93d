/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Division of words by rule.
 *
 * A Finnish syllable begins at a consonant before a vowel, wherever that is: the rule needs no
 * dictionary. It fails where the first part of a compound ends in a consonant and the second begins
 * with a vowel (käyttöön|otto), and it does not know where a reader would like to see the word
 * divided. So common first parts are listed. In Swedish one consonant goes to the next line, with
 * the same kind of list. English words are divided between two consonants only.
 */
#include "out/hyphen.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"

enum { LETTERS_LEAST = 3 };   /* on either side of the hyphen */

struct letter {
    size_t at;                /* byte of the word */
    uint32_t cp;              /* in lower case */
    bool vowel, consonant;
};

/* First parts of compounds, each with the rest of the word never less than LETTERS_LEAST long. */
static const char *const parts_fi[] = {
    "ammatti", "asiakas", "asiakirja", "henkilö", "henkilöstön", "huoltajan", "huolto",
    "hyvinvointi", "järjestelmä", "järjestelmän", "kortin", "koulutus", "käyttö", "käyttöön",
    "lasten", "lääke", "ohjelma", "oikeus", "omavalvonta", "palvelu", "palvelun",
    "perhe", "perus", "rekisteri", "rekisterin", "sisään", "sosiaali", "suojelu", "terveyden",
    "terveys", "tiedon", "tieto", "tietojen", "tietosuoja", "tietoturva", "toimi", "tuotanto",
    "turva", "työ", "valvonta", "varmenne", "vastuu", "yhteyden", NULL
};
static const char *const parts_sv[] = {
    "anslutnings", "barn", "dataskydds", "egen", "hand", "ibruktagnings", "informations", "klient",
    "kommunikations", "kort", "person", "personal", "projekt", "register", "säkerhets", "service",
    "social", "system", "tillstånds", "tjänste", "upp", "uppgifts", "utbildnings", "välfärds",
    "åtkomst", NULL
};
static const char *const parts_en[] = { NULL };

static bool is_among(uint32_t cp, const char *letters)
{
    char text[5] = "";
    text[utf8_encode(cp, text)] = '\0';
    return strstr(letters, text) != NULL;
}

static uint32_t lower(uint32_t cp)
{
    bool latin = (cp >= 'A' && cp <= 'Z') || (cp >= 0xc0 && cp <= 0xde && cp != 0xd7);
    return latin ? cp + 0x20 : cp;
}

static size_t letters_of(const char *word, size_t length, struct letter *letters)
{
    size_t count = 0, used;
    for (size_t i = 0; i < length; i += used) {
        uint32_t cp = lower(utf8_decode(word + i, length - i, &used));
        bool vowel = is_among(cp, "aeiouyåäöéü");
        bool letter = vowel || (cp >= 'a' && cp <= 'z') || is_among(cp, "šž");
        letters[count++] = (struct letter){ i, cp, vowel, letter && !vowel };
    }
    return count;
}

/* The part stands in the word at letter `i`. */
static bool part_is_at(const struct letter *letters, size_t count, size_t i, const char *part,
                       size_t *end)
{
    size_t length = strlen(part), used;
    for (size_t at = 0; at < length; at += used, i++)
        if (i >= count || letters[i].cp != utf8_decode(part + at, length - at, &used))
            return false;
    *end = i;
    return true;
}

/* Where the longest part ends that stands at letter `i`; `i` when none does. */
static size_t longest_part(const char *const *parts, const struct letter *letters, size_t count,
                           size_t i)
{
    size_t longest = i, end;
    for (size_t p = 0; parts[p] != NULL; p++)
        if (part_is_at(letters, count, i, parts[p], &end) && end > longest)
            longest = end;
    return longest;
}

/* A syllable begins at letter `i`. */
static bool begins_syllable(enum lang lang, const struct letter *letters, size_t i)
{
    if (!letters[i].consonant || !letters[i + 1].vowel)
        return false;
    if (lang == LANG_FI)
        return letters[i - 1].vowel || letters[i - 1].consonant;
    if (lang == LANG_SV && letters[i - 1].vowel)
        return true;
    return i >= 2 && letters[i - 2].vowel && letters[i - 1].consonant
           && !is_among(letters[i].cp, "hkjlr");
}

static bool had_vowel(const struct letter *letters, size_t i)
{
    while (i-- > 0 && (letters[i].vowel || letters[i].consonant))
        if (letters[i].vowel)
            return true;
    return false;
}

static void mark_syllables(enum lang lang, const struct letter *letters, size_t count, char *marks)
{
    for (size_t i = 1; i + 1 < count; i++)
        marks[i] = begins_syllable(lang, letters, i) && had_vowel(letters, i) ? HYPHEN_SYLLABLE
                                                                           : HYPHEN_NONE;
}

/* What follows a first part can begin a word: a vowel, or one consonant before a vowel; in Swedish
 * anything. A few letters that begin with a vowel are rather an ending. */
static bool can_follow(enum lang lang, const struct letter *letters, size_t count, size_t end)
{
    enum { WORD_LEAST = 5 };
    size_t rest = count - end;
    if (letters[end].vowel)
        return rest >= WORD_LEAST || (lang == LANG_FI && letters[end - 1].consonant);
    return letters[end].consonant && (lang != LANG_FI || letters[end + 1].vowel);
}

/* After a known first part a division is best, and one letter to either side of it wrong. */
static void mark_parts(enum lang lang, const char *const *parts, const struct letter *letters,
                       size_t count, char *marks)
{
    for (size_t i = 0; i < count; i++) {
        size_t end = longest_part(parts, letters, count, i);
        if (end == i || end + 1 >= count || (i > 0 && marks[i] == HYPHEN_NONE)
            || !can_follow(lang, letters, count, end))
            continue;
        marks[end] = HYPHEN_PART;
        marks[end - 1] = marks[end + 1] = HYPHEN_NONE;
    }
}

/* Letters only, on both sides of the place. */
static bool has_room(const struct letter *letters, size_t count, size_t i)
{
    if (i < LETTERS_LEAST || i + LETTERS_LEAST > count)
        return false;
    for (size_t k = i - LETTERS_LEAST; k < i + LETTERS_LEAST; k++)
        if (!letters[k].vowel && !letters[k].consonant)
            return false;
    return true;
}

void hyphen_points(enum lang lang, const char *word, size_t length, char *points)
{
    static const char *const *const parts[LANG_COUNT] = {
        [LANG_FI] = parts_fi, [LANG_SV] = parts_sv, [LANG_EN] = parts_en,
    };
    struct letter *letters = xcalloc(length + 1, sizeof *letters);
    char *marks = xcalloc(length + 2, 1);
    size_t count = letters_of(word, length, letters);
    memset(points, HYPHEN_NONE, length);
    mark_syllables(lang, letters, count, marks);
    mark_parts(lang, parts[lang], letters, count, marks);
    for (size_t i = 1; i < count; i++)
        points[letters[i].at] = has_room(letters, count, i) ? marks[i] : HYPHEN_NONE;
    free(letters);
    free(marks);
}

bool hyphen_is_address(const char *word, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (strchr("/@_=&#\\", word[i]) != NULL || (word[i] >= '0' && word[i] <= '9')
            || (word[i] == '.' && i + 1 < length))
            return true;
    return false;
}
