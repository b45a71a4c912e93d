/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Proposals: pieces of a model, what is filled in, answers that are the model, blanks that are
 * left; requirements as the loader makes them; ready-made rows.
 */
#include "core_help.h"

#include "base/date.h"
#include "core/facts_ended.h"
#include "core/model.h"
#include "core/activity.h"
#include "core/requirement.h"
#include "core/schedule.h"
#include "core/starter.h"

#include "mem_plan.h"

struct desk {
    struct mem_store store;
    struct plan *plan;
};

static void desk_open(struct desk *desk)
{
    *desk = (struct desk){ .plan = NULL };
    desk->plan = mem_plan(help_real()->schema, &desk->store, help_today());
}

static void desk_close(struct desk *desk)
{
    plan_close(desk->plan);
    mem_store_free(&desk->store);
}

static const struct item *item_of(const char *id)
{
    const struct item *item = schema_item(help_real()->schema, id);

    if (!item)
        fail_msg("there is no %s", id);
    return item;
}

static void set(struct desk *desk, const char *id, const char *row, const char *value)
{
    struct err err = { 0 };

    if (plan_set(desk->plan, item_of(id), row, value, NULL, &err))
        fail_msg("%s: %s", id, err.msg);
}

static void add_person(struct desk *desk, const char *name)
{
    struct err err = { 0 };
    char key[24] = "";

    assert_int_equal(plan_row_add(desk->plan, item_of("person"), key, &err), 0);
    set(desk, "person_name", key, name);
}

/* The proposal in English; `blanks` is how many are left. */
static void assert_proposal(struct desk *desk, const char *id, int blanks, const char *holds)
{
    struct buf text = BUF_INIT;
    int found = -1;

    assert_true(model_propose(desk->plan, item_of(id), help_english(), &text, &found));
    if (!strstr(text.text, holds))
        fail_msg("%s: \"%s\" is not in: %s", id, holds, text.text);
    assert_int_equal(found, blanks);
    assert_int_equal(model_blanks_left(text.text), blanks);
    assert_true(model_is_answer(&item_of(id)->model, text.text));
    buf_free(&text);
}

/* ---- pieces ---- */

static void test_pieces(void **state)
{
    static const enum model_kind kinds[] = {
        MODEL_LITERAL, MODEL_ITEM, MODEL_OPEN, MODEL_LITERAL, MODEL_FACT, MODEL_CLOSE,
        MODEL_LITERAL, MODEL_END, MODEL_END
    };
    const char *model = "By {{a_1}}[[, limit {{fact:dur.x}}]].";

    (void)state;
    for (size_t i = 0; i < countof(kinds); i++) {
        struct model_piece piece = model_next(&model);
        assert_int_equal(piece.kind, kinds[i]);
        if (piece.kind == MODEL_ITEM)
            assert_memory_equal(piece.text, "a_1", 3);
    }
    model = "half {{open";
    assert_int_equal(model_next(&model).kind, MODEL_LITERAL);
    assert_int_equal(model_next(&model).length, 0);
    assert_int_equal(model_next(&model).kind, MODEL_END);
}

/* ---- answers that are the model ---- */

static void test_is_answer(void **state)
{
    static const struct {
        const char *answer;
        bool is_model;
    } cases[] = {
        { "Made by Aino on Monday.", true },
        { "Made by [Who] on Monday.", true },
        { "Made by Aino on Monday. Kept at home.", true },
        { "Made by Aino on Monday on Monday. Kept at home.", true },
        { "Made by  on Monday.", false },
        { "Made by Aino on Monday. Kept at .", false },
        { "Made by Aino on Monday.\nAnd by Bo.", false },
        { "made by Aino on Monday.", false },
        { "", false },
        { "Tekee Aino maanantaina.", true },
    };
    const struct text model = { { "Tekee {{a}} maanantaina.", "Görs av {{a}} på måndag.",
                                  "Made by {{a}} on Monday.[[ Kept at {{b}}.]]" } };

    (void)state;
    for (size_t i = 0; i < countof(cases); i++)
        if (model_is_answer(&model, cases[i].answer) != cases[i].is_model)
            fail_msg("%s", cases[i].answer);
}

/* A text that nearly fits in very many ways is given up and does not hang. */
static void test_is_answer_ends(void **state)
{
    static const char many[] = "{{a}} {{b}} {{c}} {{d}} {{e}} {{f}} {{g}} {{h}}x";
    const struct text model = { { many, many, many } };
    struct buf answer = BUF_INIT;

    (void)state;
    buf_add_repeat(&answer, "a ", 4000);
    assert_false(model_is_answer(&model, answer.text));
    buf_free(&answer);
}

static void test_blanks_left(void **state)
{
    static const struct {
        const char *answer;
        int blanks;
    } cases[] = {
        { "[Name]", 1 }, { "a [Ääni] b [x y]", 2 }, { "[1] and []", 0 }, { "[open", 0 },
        { "[a\nb]", 0 }, { "", 0 }, { "[[Name]]", 1 }, { "x[", 0 },
    };

    (void)state;
    for (size_t i = 0; i < countof(cases); i++)
        assert_int_equal(model_blanks_left(cases[i].answer), cases[i].blanks);
}

/* ---- names that are out of date ---- */

static void test_ended_names(void **state)
{
    static const struct {
        const char *group, *text, *fact;      /* fact NULL: none is named */
    } cases[] = {
        { "laki", "Perustuu lakiin 784/2021.", "laki.784_2021" },
        { "laki", "Perustuu lakiin 703/2023.", NULL },
        { "laki", "THL:n m\u00e4\u00e4r\u00e4ys 2/2015, luku 6", "laki.thl_2_2015" },
        { "laki", "Kokous 12/2015 ja p\u00e4\u00e4t\u00f6s 2/20155", NULL },
        { "laki", "HENKIL\u00d6TIETOLAKI on kumottu", "laki.523_1999" },
        { "laki", "personuppgiftslagen", "laki.523_1999" },
        { "laki", "Valvira", NULL },
        { "vir", "Ilmoitamme Valviraan.", "vir.avi_valvira" },
        { "vir", "V\u00c4EST\u00d6REKISTERIKESKUS", "vir.vrk" },
        { "vir", "Digi- ja v\u00e4est\u00f6tietovirasto", NULL },
        { "la", "784/2021", NULL },
        { "laki", "", NULL },
    };
    const struct schema *schema = help_real()->schema;
    struct ended_names *now = ended_names_new(schema, help_today());
    struct ended_names *last_day = ended_names_new(schema, date_make(2023, 12, 31));
    struct ended_names *day_after = ended_names_new(schema, date_make(2024, 1, 1));

    (void)state;
    for (size_t i = 0; i < countof(cases); i++) {
        const struct fact *fact = ended_names_in(now, cases[i].group, cases[i].text);
        if (!fact != !cases[i].fact || (fact && strcmp(fact->id, cases[i].fact) != 0))
            fail_msg("%s: %s", cases[i].text, fact ? fact->id : "none");
    }
    assert_null(ended_names_in(last_day, "laki", "784/2021"));
    assert_non_null(ended_names_in(day_after, "laki", "784/2021"));
    ended_names_free(now);
    ended_names_free(last_day);
    ended_names_free(day_after);
}

/* ---- filling ---- */

static void test_propose(void **state)
{
    struct desk desk;

    (void)state;
    desk_open(&desk);
    assert_false(model_propose(desk.plan, item_of("org_name"), help_english(), NULL, NULL));
    set(&desk, "sp_here", NULL, "1");
    assert_proposal(&desk, "sp_sc_2_text", 1, "role: [Role of controller]. Data are always");
    set(&desk, "sp_sc_2_state", NULL, "in_place");
    set(&desk, "sp_role", NULL, "behalf");
    assert_proposal(&desk, "sp_sc_2_text", 0, "role: on behalf of the organiser. Data are");
    set(&desk, "sp_co_1_state", NULL, "in_place");
    set(&desk, "sp_entry_hours", NULL, "24");
    set(&desk, "sp_fallback", NULL, "forms phone");
    set(&desk, "system_name", NULL, "Malli");
    assert_proposal(&desk, "sp_co_1_text", 0,
                    "follows: paper forms and a spare connection by phone. The data are entered in "
                    "the system Malli at the latest 24 hours after");
    desk_close(&desk);
}

/* An answer that is not asked any more, or not known, is a blank. */
static void test_propose_forgets(void **state)
{
    struct desk desk;

    (void)state;
    desk_open(&desk);
    set(&desk, "sp_here", NULL, "1");
    set(&desk, "sp_sc_3_state", NULL, "in_place");
    add_person(&desk, "Aino Malli");
    add_person(&desk, "Bo Exempel");
    set(&desk, "sec_manager", NULL, "1");
    set(&desk, "sp_deputy", NULL, "2");
    assert_proposal(&desk, "sp_sc_3_text", 0, "manager Aino Malli answers");
    assert_proposal(&desk, "sp_sc_3_text", 0, "The deputy is Bo Exempel.");
    set(&desk, "sp_deputy", NULL, "?");
    assert_proposal(&desk, "sp_sc_3_text", 1, "The deputy is [Deputy].");
    set(&desk, "sp_deputy", NULL, "2");
    set(&desk, "sp_sc_3_state", NULL, "open");
    assert_proposal(&desk, "sp_sc_3_text", 1, "The deputy is [Deputy].");
    desk_close(&desk);
}

/* A proposal is no answer. */
static void test_propose_stores_nothing(void **state)
{
    struct desk desk;
    struct buf text = BUF_INIT;
    int64_t before;

    (void)state;
    desk_open(&desk);
    before = desk.plan->last_entry;
    model_propose(desk.plan, item_of("sp_ge_1_text"), help_english(), &text, NULL);
    assert_int_equal(desk.plan->last_entry, before);
    assert_null(answers_value(desk.plan->answers, item_of("sp_ge_1_text"), NULL));
    buf_free(&text);
    desk_close(&desk);
}

/* ---- requirements ---- */

static void test_requirements(void **state)
{
    const struct schema *schema = help_real()->schema;
    const struct requirement *of = requirement_find(schema, "sp_lo_1");
    bool covered[16] = { false };

    (void)state;
    assert_non_null(of);
    assert_null(requirement_find(schema, "sp_lo_99"));
    assert_int_equal(schema->requirements->count, 58);
    assert_string_equal(of->parts[REQUIREMENT_STATE]->id, "sp_lo_1_state");
    assert_string_equal(of->parts[REQUIREMENT_REVIEW]->id, "sp_lo_1_review");
    assert_string_equal(of->responsible->id, "sp_lo_lead");
    assert_ptr_equal(schema_item(schema, "sp_lo_1_text"), of->parts[REQUIREMENT_TEXT]);
    for (size_t i = 0; i < schema->requirements->count; i++)
        for (const char **point = schema->requirements->all[i].covers; *point; point++)
            covered[list_choice(schema->requirements->points, *point) -
                    schema->requirements->points->choices] = true;
    for (size_t i = 0; i < schema->requirements->points->choice_count; i++)
        assert_true(covered[i]);
}

/* The state decides what is asked; what has no relevance is not asked at all. */
static void test_requirement_asks(void **state)
{
    static const struct {
        const char *state;
        bool text, by, why, proof, own;
    } cases[] = {
        { "in_place", true, false, false, true, true },
        { "planned", true, true, false, false, true },
        { "not_us", false, false, true, false, false },
        { "open", false, false, false, false, false },
    };
    struct desk desk;

    (void)state;
    desk_open(&desk);
    set(&desk, "sp_here", NULL, "1");
    for (size_t i = 0; i < countof(cases); i++) {
        const struct engine *engine = desk.plan->engine;
        set(&desk, "sp_lo_1_state", NULL, cases[i].state);
        assert_int_equal(engine_is_relevant(engine, item_of("sp_lo_1_text"), NULL), cases[i].text);
        assert_int_equal(engine_is_relevant(engine, item_of("sp_lo_1_by"), NULL), cases[i].by);
        assert_int_equal(engine_is_relevant(engine, item_of("sp_lo_1_why"), NULL), cases[i].why);
        assert_int_equal(engine_is_relevant(engine, item_of("sp_lo_1_proof"), NULL),
                         cases[i].proof);
        assert_int_equal(engine_is_relevant(engine, item_of("sp_log_users"), NULL), cases[i].own);
    }
    assert_false(engine_is_relevant(desk.plan->engine, item_of("sp_ne_3_state"), NULL));
    set(&desk, "sp_remote", NULL, "1");
    assert_true(engine_is_relevant(desk.plan->engine, item_of("sp_ne_3_state"), NULL));
    desk_close(&desk);
}

static const struct schedule_expiry *expiry_of(const struct schedule_expiries *all, const char *id)
{
    for (size_t i = 0; i < all->count; i++)
        if (strcmp(all->at[i].expiry->id, id) == 0)
            return &all->at[i];
    return NULL;
}

/* The day by which a requirement will be in place is in the schedule while it is planned. */
static void test_requirement_in_schedule(void **state)
{
    struct schedule_expiries all = { 0 };
    struct schedule *schedule = NULL;
    struct err err = { 0 };
    struct desk desk;

    (void)state;
    desk_open(&desk);
    set(&desk, "sp_here", NULL, "1");
    set(&desk, "sp_lo_1_state", NULL, "planned");
    set(&desk, "sp_lo_1_by", NULL, "2027-01-15");
    assert_int_equal(schedule_new(&schedule, desk.plan, NULL, 0, &err), 0);
    schedule_expiries(desk.plan, schedule, &all);
    assert_non_null(expiry_of(&all, "security_point.sp_lo_1"));
    assert_string_equal(expiry_of(&all, "security_point.sp_lo_1")->expiry->task->id, "sp_people");
    assert_null(expiry_of(&all, "security_point.sp_lo_2"));
    set(&desk, "sp_lo_1_state", NULL, "in_place");
    schedule_expiries(desk.plan, schedule, &all);
    assert_null(expiry_of(&all, "security_point.sp_lo_1"));
    schedule_expiries_free(&all);
    schedule_free(schedule);
    desk_close(&desk);
}

/* ---- ready-made rows ---- */

static void test_starter(void **state)
{
    const struct item *repeat = item_of("sp_risk");
    const struct choice *left[32];
    struct desk desk;
    struct err err = { 0 };
    size_t all;

    (void)state;
    desk_open(&desk);
    assert_int_equal(starter_left(desk.plan, item_of("person"), left), 0);
    all = starter_left(desk.plan, repeat, left);
    assert_int_equal(all, repeat->starter->list->choice_count);
    assert_int_equal(starter_take(desk.plan, repeat, left[1], help_english(), &err), 0);
    assert_string_equal(answers_value(desk.plan->answers, item_of("sp_risk_what"), "1"),
                        left[1]->label.in[LANG_EN]);
    assert_string_equal(answers_value(desk.plan->answers, item_of("sp_risk_harm"), "1"), "high");
    assert_string_equal(answers_value(desk.plan->answers, item_of("sp_risk_measure"), "1"),
                        left[1]->hint.in[LANG_EN]);
    assert_int_equal(starter_left(desk.plan, repeat, left), all - 1);
    set(&desk, "sp_risk_what", "1", repeat->starter->list->choices[0].label.in[LANG_SV]);
    assert_int_equal(starter_left(desk.plan, repeat, left), all - 1);
    assert_string_equal(left[0]->id, repeat->starter->list->choices[1].id);
    desk_close(&desk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pieces),
        cmocka_unit_test(test_is_answer),
        cmocka_unit_test(test_is_answer_ends),
        cmocka_unit_test(test_blanks_left),
        cmocka_unit_test(test_ended_names),
        cmocka_unit_test(test_propose),
        cmocka_unit_test(test_propose_forgets),
        cmocka_unit_test(test_propose_stores_nothing),
        cmocka_unit_test(test_requirements),
        cmocka_unit_test(test_requirement_asks),
        cmocka_unit_test(test_requirement_in_schedule),
        cmocka_unit_test(test_starter),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("model", tests, help_load_real, help_free_real);
}
