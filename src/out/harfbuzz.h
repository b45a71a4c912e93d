/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * HarfBuzz, loaded when a page is made and not before.
 *
 * The libraries behind it cost more than the whole start of the program, and most runs print
 * nothing. So they are not linked: their functions are looked up by name here, once a document, and
 * called through this table.
 */
#ifndef OUT_HARFBUZZ_H
#define OUT_HARFBUZZ_H

#include <hb-ot.h>
#include <hb-subset.h>
#include <hb.h>

struct err;

#define HB_FUNCTIONS(_) \
    _(hb_blob_create_from_file_or_fail) \
    _(hb_blob_destroy) \
    _(hb_blob_get_data) \
    _(hb_blob_get_length) \
    _(hb_buffer_add_utf8) \
    _(hb_buffer_clear_contents) \
    _(hb_buffer_create) \
    _(hb_buffer_destroy) \
    _(hb_buffer_get_glyph_infos) \
    _(hb_buffer_get_glyph_positions) \
    _(hb_buffer_guess_segment_properties) \
    _(hb_buffer_set_cluster_level) \
    _(hb_buffer_set_direction) \
    _(hb_face_create) \
    _(hb_face_destroy) \
    _(hb_face_get_glyph_count) \
    _(hb_face_get_upem) \
    _(hb_face_reference_blob) \
    _(hb_face_reference_table) \
    _(hb_font_create) \
    _(hb_font_destroy) \
    _(hb_font_get_glyph_h_advance) \
    _(hb_font_get_h_extents) \
    _(hb_font_get_nominal_glyph) \
    _(hb_font_set_scale) \
    _(hb_ot_metrics_get_position_with_fallback) \
    _(hb_set_add) \
    _(hb_shape)

#define HB_SUBSET_FUNCTIONS(_) \
    _(hb_subset_input_create_or_fail) \
    _(hb_subset_input_destroy) \
    _(hb_subset_input_glyph_set) \
    _(hb_subset_input_set) \
    _(hb_subset_input_set_flags) \
    _(hb_subset_or_fail)

#define HB_MEMBER(name) __typeof__(name) *name;
struct harfbuzz {
    void *library, *subset_library;   /* private: handles of dlopen() */
    HB_FUNCTIONS(HB_MEMBER)
    HB_SUBSET_FUNCTIONS(HB_MEMBER)
};
#undef HB_MEMBER

/* Loads both libraries; ERR_DEVICE when one is missing. harfbuzz_unload() in any case. */
int harfbuzz_load(struct harfbuzz *hb, struct err *err);
void harfbuzz_unload(struct harfbuzz *hb);

#endif
