/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Loading HarfBuzz by the names that configure found for its two libraries.
 */
#include "out/harfbuzz.h"

#ifdef HAVE_CONFIG_H
#include <config.h>
#endif

#include <dlfcn.h>
#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/tr.h"

struct entry {
    const char *name;
    size_t at;                /* of the pointer within struct harfbuzz */
};

#define HB_ENTRY(name) { #name, offsetof(struct harfbuzz, name) },
static const struct entry shaping[] = { HB_FUNCTIONS(HB_ENTRY) };
static const struct entry subsetting[] = { HB_SUBSET_FUNCTIONS(HB_ENTRY) };
#undef HB_ENTRY

/* Opens the library and fills the entries; NULL when the library or a function is missing. */
static void *library_load(struct harfbuzz *hb, const char *soname, const struct entry *entries,
                          size_t count)
{
    void *library = dlopen(soname, RTLD_NOW | RTLD_LOCAL);
    for (size_t i = 0; library != NULL && i < count; i++) {
        void *function = dlsym(library, entries[i].name);
        if (function == NULL) {
            dlclose(library);
            return NULL;
        }
        memcpy((char *)hb + entries[i].at, &function, sizeof function);
    }
    return library;
}

int harfbuzz_load(struct harfbuzz *hb, struct err *err)
{
    memset(hb, 0, sizeof *hb);
    hb->library = library_load(hb, HARFBUZZ_SONAME, shaping, countof(shaping));
    if (hb->library != NULL)
        hb->subset_library = library_load(hb, HARFBUZZ_SUBSET_SONAME, subsetting,
                                          countof(subsetting));
    if (hb->subset_library != NULL)
        return 0;
    return err_set(err, ERR_DEVICE,
                   N_("PDF needs the library HarfBuzz, which is not installed (%s); print as text "
                      "instead"), hb->library == NULL ? HARFBUZZ_SONAME : HARFBUZZ_SUBSET_SONAME);
}

void harfbuzz_unload(struct harfbuzz *hb)
{
    if (hb->subset_library != NULL)
        dlclose(hb->subset_library);
    if (hb->library != NULL)
        dlclose(hb->library);
}
