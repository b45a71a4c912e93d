/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Finding names that are out of date in a text.
 *
 * Every text of a plan is asked after every change, and nearly none has such a name. Folding is
 * slow, so the names are made ready once, and a text is folded only when the longest plain part of
 * a name occurs in it.
 */
#include "core/facts_ended.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "core/schema.h"

struct ended_name {
    const struct fact *fact;
    char *folded;
    char *plain;            /* its longest run of ASCII, in small letters */
    bool number;            /* of an act, as 2/2015: a text without a slash has none */
};

struct ended_names {
    struct ended_name *at;
    size_t count, room;
};

static char *small_letters(const char *text, size_t length)
{
    char *small = xstrndup(text, length);

    for (char *at = small; *at; at++)
        *at = (char)tolower((unsigned char)*at);
    return small;
}

static char *longest_plain(const char *name)
{
    const char *longest = name;
    size_t most = 0;

    while (*name) {
        size_t length = 0;
        while (name[length] && (unsigned char)name[length] < 0x80)
            length++;
        if (length > most) {
            longest = name;
            most = length;
        }
        name += length + (length == 0);
    }
    return small_letters(longest, most);
}

/* In "THL 2/2015" the number tells the act, whatever the rest is called in a sentence. */
static const char *telling_part(const char *name)
{
    const char *word = strrchr(name, ' ');

    return word && isdigit((unsigned char)word[1]) && strchr(word, '/') ? word + 1 : name;
}

static void add_name(struct ended_names *names, const struct fact *fact, const char *name)
{
    struct buf folded = BUF_INIT;
    const char *part = telling_part(name);

    utf8_fold(&folded, part);
    if (!folded.length)
        return;
    names->at = vec_room(names->at, &names->room, names->count + 1, sizeof names->at[0]);
    names->at[names->count++] = (struct ended_name){
        fact, folded.text, longest_plain(part), strchr(part, '/') != NULL
    };
}

static void add_names(struct ended_names *names, const struct fact *fact, const char *text)
{
    static const char divider[] = " / ";

    while (*text) {
        const char *end = strstr(text, divider);
        char *name = end ? xstrndup(text, (size_t)(end - text)) : xstrdup(text);
        add_name(names, fact, name);
        free(name);
        text = end ? end + strlen(divider) : "";
    }
}

static bool has_ended(const struct fact *fact, int today)
{
    int first, last;

    return fact->valid_to && date_period(fact->valid_to, &first, &last) == 0 && today > last;
}

struct ended_names *ended_names_new(const struct schema *schema, int today)
{
    struct ended_names *names = xcalloc(1, sizeof *names);

    for (size_t i = 0; i < schema->fact_count; i++) {
        const struct fact *fact = &schema->facts[i];
        for (int lang = 0; lang < LANG_COUNT && has_ended(fact, today); lang++)
            if (fact->name.in[lang] && (lang == 0 || fact->name.in[lang] != fact->name.in[0]))
                add_names(names, fact, fact->name.in[lang]);
    }
    return names;
}

void ended_names_free(struct ended_names *names)
{
    if (!names)
        return;
    for (size_t i = 0; i < names->count; i++) {
        free(names->at[i].folded);
        free(names->at[i].plain);
    }
    free(names->at);
    free(names);
}

/* "12/2015" does not mention 2/2015, nor does 2/20155. */
static bool mentions(const char *folded, const char *name)
{
    size_t length = strlen(name);
    bool found = false;

    for (const char *at = folded; !found && (at = strstr(at, name)); at++) {
        bool inside = at > folded && isdigit((unsigned char)at[-1]) &&
                      isdigit((unsigned char)name[0]);
        found = !inside && !(isdigit((unsigned char)name[length - 1]) &&
                             isdigit((unsigned char)at[length]));
    }
    return found;
}

static bool is_of_group(const struct fact *fact, const char *group, size_t length)
{
    return strncmp(fact->id, group, length) == 0 && fact->id[length] == '.';
}

const struct fact *ended_names_in(const struct ended_names *names, const char *group,
                                  const char *text)
{
    const struct fact *found = NULL;
    char *plain = small_letters(text, strlen(text));
    bool slash = strchr(text, '/') != NULL;
    struct buf folded = BUF_INIT;
    size_t length = strlen(group);

    for (size_t i = 0; i < names->count && !found; i++) {
        const struct ended_name *name = &names->at[i];
        if ((name->number && !slash) || !is_of_group(name->fact, group, length) ||
            !strstr(plain, name->plain))
            continue;
        if (!folded.length)
            utf8_fold(&folded, text);
        if (mentions(folded.text, name->folded))
            found = name->fact;
    }
    buf_free(&folded);
    free(plain);
    return found;
}
