/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Names that are out of date: repealed acts and authorities that are no more, as a user's text may
 * still have them.
 */
#ifndef CORE_FACTS_ENDED_H
#define CORE_FACTS_ENDED_H

struct fact;
struct schema;

/* The names of all facts that are no longer valid on `today`, in every language. */
struct ended_names;
struct ended_names *ended_names_new(const struct schema *schema, int today);
void ended_names_free(struct ended_names *names);

/* The first fact whose id begins with `group` and a full stop and whose name the text mentions;
 * NULL when there is none. Of a name like "THL 2/2015" the number is looked for, and "a / b" are
 * two names. */
const struct fact *ended_names_in(const struct ended_names *names, const char *group,
                                  const char *text);

#endif
