/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Loading HarfBuzz by the names that configure found for its two libraries.
 */
#ifdef HAVE_CONFIG_H
#include <config.h>
#endif

#include "out/harfbuzz.h"

#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/tr.h"
#include "out/late.h"

#define HB_ENTRY(name) { #name, offsetof(struct harfbuzz, name) },
static const struct late_function shaping[] = { HB_FUNCTIONS(HB_ENTRY) };
static const struct late_function subsetting[] = { HB_SUBSET_FUNCTIONS(HB_ENTRY) };
#undef HB_ENTRY

int harfbuzz_load(struct harfbuzz *hb, struct err *err)
{
    memset(hb, 0, sizeof *hb);
    hb->library = late_load(HARFBUZZ_SONAME, shaping, countof(shaping), hb);
    if (hb->library != NULL)
        hb->subset_library = late_load(HARFBUZZ_SUBSET_SONAME, subsetting, countof(subsetting),
                                       hb);
    if (hb->subset_library != NULL)
        return 0;
    return err_set(err, ERR_DEVICE,
                   N_("PDF needs the library HarfBuzz, which is not installed (%s); print as text "
                      "instead"), hb->library == NULL ? HARFBUZZ_SONAME : HARFBUZZ_SUBSET_SONAME);
}

void harfbuzz_unload(struct harfbuzz *hb)
{
    late_unload(hb->subset_library);
    late_unload(hb->library);
}
