#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# The command line as scripts see it: every command, exit status, and the keys of its JSON. Prints TAP.
# KANTAPOLKU names the program (default ./kantapolku), TEST_DATA the folder tests/data of the source.

program=${KANTAPOLKU:-./kantapolku}
data=${TEST_DATA:-tests/data}
case $program in /*) ;; *) program=$PWD/$program ;; esac
case $data in /*) ;; *) data=$PWD/$data ;; esac
folder=$(mktemp -d "${TMPDIR:-/tmp}/kantapolku-commands-XXXXXX") || exit 1
trap 'rm -rf "$folder"' EXIT
trap 'exit 1' HUP INT TERM
cd "$folder" || exit 1
export LC_ALL=C.UTF-8 KANTAPOLKU_TODAY=2026-11-22 XDG_DATA_HOME="$folder/home" HOME="$folder"
unset CI NO_COLOR ACCESSIBLE

count=0
failed=0

# run STATUS ARGS...: the program ends with STATUS; its output lies in out and err
run() {
    wanted=$1
    shift
    "$program" --data "$data/../.." "$@" >out 2>err </dev/null
    status=$?
    if [ "$status" -eq "$wanted" ]; then
        return 0
    fi
    echo "# $* ended with $status and not $wanted: $(head -c 300 err)"
    return 1
}

# one_line: a single line on standard error that begins with the program's name
one_line() {
    if [ "$(wc -l <err)" -eq 1 ] && grep -q '^kantapolku: ' err; then
        return 0
    fi
    echo "# standard error is not one line: $(head -c 300 err)"
    return 1
}

says() {
    if grep -q -- "$1" err; then
        return 0
    fi
    echo "# standard error lacks \"$1\": $(head -c 300 err)"
    return 1
}

prints() {
    if grep -q -- "$1" out; then
        return 0
    fi
    echo "# standard output lacks \"$1\": $(head -c 300 out)"
    return 1
}

quiet() {
    if [ ! -s err ] && [ ! -s out ]; then
        return 0
    fi
    echo "# there is output: $(head -c 300 out err)"
    return 1
}

# json EXPRESSION: jq's expression over standard output is true
if command -v jq >/dev/null 2>&1; then
    json() {
        jq -e "$1" out >/dev/null 2>jq.err && return 0
        echo "# not so in the JSON: $1 $(cat jq.err)"
        return 1
    }
    json_skip=
else
    json() { return 0; }
    json_skip=" # SKIP jq is not installed"
fi

# check NAME COMMAND...: one test
check() {
    name=$1
    shift
    count=$((count + 1))
    if "$@"; then
        echo "ok $count - $name"
    else
        echo "not ok $count - $name"
        failed=$((failed + 1))
    fi
}

check_json() {
    if [ -n "$json_skip" ]; then
        count=$((count + 1))
        echo "ok $count - $1$json_skip"
    else
        check "$@"
    fi
}

fresh() {
    rm -f plan.polku*
    "$program" --data "$data/../.." new plan.polku </dev/null || exit 1
}

fails() { run "$@" && one_line && [ ! -s out ]; }

# --- help, version, usage

check "--version" run 0 --version
version() { run 0 --version && grep -Eq '^kantapolku [0-9]' out && [ ! -s err ]; }
check "--version prints name and number" version
help() { run 0 --help && prints 'kantapolku check PLAN' && prints '--lang' && [ ! -s err ]; }
check "--help lists commands and options" help
commands='new line status timeline check set get import export print documents id why log undo redo register reader lint'
commands='new line status timeline check set get import export print freeze documents id why log undo redo register lint'
for command in $commands; do
    help_of() { run 0 "$1" --help && prints "^kantapolku $1" && [ ! -s err ]; }
    check "$command --help" help_of "$command"
    listed() { run 0 --help && prints "^kantapolku $1"; }
    check "$command is listed" listed "$command"
    unknown_option() { fails 2 "$1" --no-such-option; }
    check "$command refuses an unknown option" unknown_option "$command"
done
for command in new status timeline check set get import export print freeze id why log undo redo register; do
    check "$command without its arguments" fails 2 "$command"
done
check "an unknown command" fails 2 nonsense
check "an unknown common option" fails 2 --nonsense
check "an option without its value" fails 2 status plan.polku --lang
check "a wrong language" fails 2 documents --lang de
check "a wrong day" fails 2 documents --today 2026-13-01
check "an option of another command" fails 2 documents --json
check "too many arguments" fails 2 status a.polku b.polku
bad_utf8() { fails 2 get "$(printf 'a\377b.polku')"; }
check "an argument that is not UTF-8" bad_utf8
no_data() { run 5 --data /nonexistent documents && one_line; }
check "a content folder that is not there" no_data
wizard_no_terminal() { run 2 && one_line; }
check "the wizard without a terminal" wizard_no_terminal

# --- new

new_plan() { rm -f plan.polku*; run 0 new plan.polku && quiet && [ "$(stat -c %a plan.polku)" = 600 ]; }
check "new makes a plan of mode 600" new_plan
again() { fails 6 new plan.polku && says 'on jo olemassa' && fails 6 new plan.polku --lang en && says 'exists already'; }
check "new never replaces a file" again
check "new in a folder that is not there" fails 6 new no/plan.polku
wrong_example() { fails 2 new other.polku --example nonsense && [ ! -e other.polku ]; }
check "new with an unknown example leaves nothing" wrong_example
climbing() { fails 2 new other.polku --example ../../etc/passwd && [ ! -e other.polku ]; }
check "new with a path as example leaves nothing" climbing
examples() {
    run 0 new --help || return 1
    names=$(sed -n 's/^  \([a-z][a-z0-9_-]*\)  .*/\1/p' out)
    [ -n "$names" ] || return 1
    for name in $names; do
        rm -f e.polku*
        run 0 new e.polku --example "$name" && run 0 check e.polku || return 1
    done
}
check "new --help names examples, and each has no error" examples
kept_lang() { rm -f sv.polku*; run 0 new sv.polku --lang sv && run 0 status sv.polku && prints 'Organisation'; }
check "the language given to new stays" kept_lang

# --- set and get

fresh
set_get() { run 0 set plan.polku 'org_name=Koti Äiti' && quiet && run 0 get plan.polku org_name && [ "$(cat out)" = 'Koti Äiti' ]; }
check "set and get" set_get
rows() {
    run 0 set plan.polku person[+].person_name=Aino person[+].email=aino@example.org person[+].name=Bo &&
    run 0 get plan.polku && prints '^person\[1\].person_email=aino@example.org$' &&
    prints '^person\[2\].person_name=Bo$' && run 0 set plan.polku 'person[2].name=Bertil' 'lead_admin=person[2]' &&
    run 0 get plan.polku 'person[2].person_name' && [ "$(cat out)" = Bertil ] &&
    run 0 get plan.polku 'lead_admin' && [ "$(cat out)" = 2 ]
}
check "set and get in rows" rows
remark() { run 0 set plan.polku org_postcode=12 && one_line && says org_postcode; }
check "a wrong value is stored with a remark" remark
clear_it() { run 0 set plan.polku org_postcode= && run 0 get plan.polku org_postcode && [ "$(cat out)" = '' ]; }
check "an empty value clears" clear_it
refused() { fails 1 set plan.polku org_town=Malli 'org_name=131052-308T' && run 0 get plan.polku org_town && [ "$(cat out)" = '' ]; }
check "a personal identity code is refused, and all with it" refused
meant() { fails 2 set plan.polku org_nmae=x --lang en && says 'did you mean "org_name"'; }
check "an unknown item, with what may be meant" meant
check "set without a value" fails 2 set plan.polku org_name
check "set of a row that is not there" fails 2 set plan.polku 'person[9].name=x'
check "set of a repeat" fails 2 set plan.polku person=x
check "get of an unknown item" fails 2 get plan.polku nothing
check "get of a new row" fails 2 get plan.polku 'person[+].name'
get_json() { run 0 get plan.polku --json && json '.org_name == "Koti Äiti" and .["person[1].person_name"] == "Aino"'; }
check_json "get --json" get_json
get_one_json() { run 0 get plan.polku org_name org_town --json && json '.org_name == "Koti Äiti" and .org_town == null'; }
check_json "get ITEM --json" get_one_json

# --- status and check

check "status" run 0 status plan.polku
status_json() {
    run 0 status plan.polku --json &&
    json '(.tasks | length > 3) and (.next | type == "array") and (.tasks | all(has("id") and has("title") and
          has("answered") and has("required") and (.blocked_by | type == "array") and
          (.status | IN("not-started", "in-progress", "done", "cannot-start", "problem"))))'
}
check_json "status --json" status_json
status_last_day() {
    run 0 status plan.polku --json && json '.next[0] | has("activity") and (.last_day | test("^[0-9]{4}-"))' &&
    run 0 status plan.polku --lang en && prints 'Decision and people in charge, begin by '
}
check_json "status says the next step and its last day" status_last_day

# --- timeline

timeline() {
    run 0 timeline plan.polku --lang en --today 2026-01-07 &&
    prints '^With typical durations the start is on 24 June 2026' && prints '^[*] 7 January 2026' &&
    run 0 timeline plan.polku --lang sv --today 2026-01-07 && prints '^Gör nu'
}
check "timeline" timeline
timeline_json() {
    run 0 timeline plan.polku --json --today 2026-01-07 &&
    json '.today == "2026-01-07" and .target == null and .finish.typ == "2026-06-24" and
          (.finish | has("early") and has("late")) and (.activities | length > 40) and
          (.activities | all(has("id") and has("task") and has("title") and has("owner") and has("early_start") and
          has("early_finish") and has("late_start") and has("late_finish") and has("done") and
          (.slack_days | type == "number") and (.critical | type == "boolean"))) and
          (.actions_today | map(.id)) == ["decide"] and (.not_needed | all(has("reason"))) and
          (.activities | map(select(.critical)) | first.id == "decide" and last.id == "production")'
}
check_json "timeline --json" timeline_json
wished_day() {
    run 0 set plan.polku target_date=2026-06-01 && run 0 timeline plan.polku --json --today 2026-01-07 &&
    json '.target == "2026-06-01" and .margin_days == -23 and (.help | length == 3) and
          (.activities | map(select(.id == "decide")) | first.slack_days < 0)' &&
    run 0 set plan.polku target_date=
}
check_json "timeline against a wished day" wished_day
zones() {
    run 0 timeline plan.polku --json --today 2026-03-29 && cp out here &&
    for zone in Pacific/Kiritimati America/St_Johns Pacific/Pago_Pago; do
        TZ=$zone run 0 timeline plan.polku --json --today 2026-03-29 && cmp -s out here || return 1
    done
}
check "timeline is the same wherever the machine is" zones
timeline_document() {
    run 0 print plan.polku timeline --lang sv --today 2026-01-07 && prints '█' && prints '◆' &&
    prints '1,5–2 veckor (2020)' && prints '^– Leveranstid för certifikatkort: 2 veckor'
}
check "the timeline on paper, with both delivery times of the cards" timeline_document
check "check without errors" run 0 check plan.polku
errors() { run 0 set plan.polku org_postcode=12 && run 1 check plan.polku; }
check "check with an error ends with 1" errors
check_keys() {
    run 1 check plan.polku --json &&
    json '.plan == "plan.polku" and .today == "2026-11-22" and .counts.error >= 1 and
          (.findings | all(has("id") and has("severity") and has("task") and has("item") and has("row") and
          has("message") and has("remedy") and has("source"))) and .findings[0].severity == "error" and
          (.findings | map(select(.severity == "error")) | length) == .counts.error'
}
check_json "check --json" check_keys
run 0 set plan.polku org_postcode=

# --- log, undo, redo, why

log_it() { run 0 log plan.polku && prints 'org_name = Koti Äiti'; }
check "log" log_it
log_json() { run 0 log plan.polku --json && json 'type == "array" and length > 3 and .[0].item == "org_name" and all(has("at") and has("who") and has("change"))'; }
check_json "log --json" log_json
undo_redo() {
    fresh
    run 0 set plan.polku org_name=A && run 0 set plan.polku org_name=B && run 0 undo plan.polku &&
    run 0 get plan.polku org_name && [ "$(cat out)" = A ] && run 0 redo plan.polku && run 0 get plan.polku org_name &&
    [ "$(cat out)" = B ] && run 0 undo plan.polku --lang en && prints 'Taken back: Official name. Now: A.' && run 0 undo plan.polku && run 0 undo plan.polku && [ -s out ] &&
    run 0 get plan.polku org_name && [ "$(cat out)" = '' ]
}
check "undo and redo over several runs" undo_redo
why() { run 0 why plan.polku org_name && [ -s out ]; }
check "why" why
check "why of an unknown item" fails 2 why plan.polku nothing

# --- import, export

round_trip() {
    rm -f a.polku* b.polku*
    name=$(ls "$data/../../data/examples" | sed -n '1s/\.yaml$//p')
    run 0 new a.polku --example "$name" && run 0 new b.polku && run 0 export a.polku -o a.yaml &&
    run 0 import b.polku a.yaml && run 0 export b.polku -o b.yaml && cmp a.yaml b.yaml &&
    run 0 export a.polku --format json -o a.json && rm -f b.polku* && run 0 new b.polku &&
    run 0 import b.polku a.json && run 0 export b.polku -o c.yaml && cmp a.yaml c.yaml
}
check "what is exported, imported, is the same" round_trip
export_json() { run 0 export a.polku --format json && json '.kantapolku == 1 and (.answers.org_name | type == "string") and (.answers.person[0] | has("row_key"))'; }
check_json "export --format json" export_json
dry() {
    fresh
    echo 'answers: {org_name: Dry}' >dry.yaml
    run 0 import plan.polku dry.yaml --dry-run && prints 'dry.yaml:1:21' && run 0 get plan.polku org_name && [ "$(cat out)" = '' ]
}
check "import --dry-run changes nothing" dry
bad_import() { printf 'answers:\n  org_nmae: x\n' >bad.yaml; fails 5 import plan.polku bad.yaml --lang en && says 'bad.yaml:2:3: .*did you mean "org_name"'; }
check "import of an unknown item names file, line and column" bad_import
broken_import() { printf 'answers: {org_name: "x' >bad.yaml; fails 5 import plan.polku bad.yaml && says 'bad.yaml:'; }
check "import of a broken file" broken_import
check "import of a file that is not there" fails 5 import plan.polku nothing.yaml
check "export in an unknown format" fails 2 export plan.polku --format pdf
export_nowhere() { fails 6 export plan.polku -o no/such/folder.yaml; }
check "export into a folder that is not there" export_nowhere

# --- import of card tests
run 0 new c.polku; run 0 set c.polku 'person[+].name=Aino Malli' 'workstation[+].ws_name=Toimisto' --today 2026-11-22
card() {
    printf '{"service": "ok", "workstation": "%s", "at": "2026-11-20T09:30", "readers": [{"name": "Lukija", "card":\n' "$1"
    printf '{"kind": "professional", "holder": "%s", "not_after": "2030-05-31"}, "findings": []}]}\n' "$2"
}
card_import() {
    card toimisto 'MALLI AINO' >card.json && card kone-7 'Tuntematon Tiina' >>card.json
    run 0 import c.polku card.json --dry-run --lang en --today 2026-11-22 && prints '^New: 1$' && prints '^  Aino Malli$' &&
        prints 'card.json:3:1: .*nobody called Tuntematon Tiina' && prints '^Nothing was changed' || return 1
    run 0 import c.polku card.json --quiet --today 2026-11-22 && quiet && run 0 get c.polku 'card[1].card_test_how' &&
        [ "$(cat out)" = measured ] && run 0 import c.polku card.json --lang en --today 2026-11-22 && prints 'Unchanged: 1. Left out: 1.'
}
check "import of card tests notes each card at its holder" card_import
card_broken() { printf '{"readers": [\n}' >bad.json; fails 5 import c.polku bad.json && says 'bad.json:2:1: '; }
check "import of broken card tests names the place" card_broken

# --- import of tables

cp "$data/csv/henkilosto.csv" staff.csv
rows_dry() {
    rm -f s.polku* && run 0 new s.polku --example perhekoti --lang en && run 0 export s.polku -o before.yaml &&
    run 0 import s.polku staff.csv --dry-run && prints '^New: 1$' && prints '^  Cecilia Mallikas (line 2)$' &&
    prints ' → vastaava lähihoitaja$' && prints '^    staff.csv:5:1: Name: Nothing is written here.$' &&
    prints '^New: 1. To change: 1. Unchanged: 1. Left out: 3.$' && prints '^Nothing was changed.$' &&
    run 0 export s.polku -o after.yaml && cmp before.yaml after.yaml
}
check "import of a table --dry-run tells the changes and makes none" rows_dry
rows_in() {
    run 0 import s.polku staff.csv && prints '^New: 1. To change: 1' && ! grep -q 'Nothing was changed' out &&
    run 0 get s.polku 'person[7].name' 'person[4].phone' && prints 'Cecilia Mallikas' && prints '040 000 0124' &&
    run 0 import s.polku staff.csv --quiet && quiet && run 0 undo s.polku && run 0 export s.polku -o after.yaml &&
    cmp before.yaml after.yaml
}
check "import of a table is one change, and the same table changes nothing more" rows_in
rows_bad() {
    for sample in empty blank only_heading no_name double_heading open_quote inner_quote nul utf_16 person_code \
        person_code_unused person_code_parts; do
        fails 5 import s.polku "$data/csv/$sample.csv" && says "$sample.csv:[1-9][0-9]*:[1-9]" || return 1
    done
    run 0 export s.polku -o after.yaml && cmp before.yaml after.yaml
}
check "a table that cannot be used is one line with its place, and changes nothing" rows_bad
rows_many() {
    { echo 'Nimi;Nimike'; seq -f 'Henkilö %g;Hoitaja' 5000; } >many.csv && fails 5 import s.polku many.csv --lang fi &&
    says 'many.csv:2002:1: taulukossa on yli 2000 riviä'
}
check "a table of 5000 rows is refused" rows_many
check "a table that is not there" fails 5 import s.polku nothing.csv
check "a table into a plan that is not there" fails 4 import nothing.polku staff.csv
check "a folder named like a table" fails 5 import s.polku /.csv
rows_formula() { run 0 import s.polku "$data/csv/formula.csv" && run 0 get s.polku 'person[7].name' && [ "$(cat out)" = '=HYPERLINK("x")' ]; }
check "what begins like a formula is just text" rows_formula

# --- print and documents

documents() {
    run 0 documents && [ -s out ] || return 1
    cp out list
    while read -r id rest; do
        formats=${rest##*(}
        for format in ${formats%)}; do
            run 0 print a.polku "$id" --format "$format" -o "print.$format" && [ -s "print.$format" ] || return 1
            [ "$format" != json ] || [ -n "$json_skip" ] || jq . print.json >/dev/null || return 1
        done
    done <list
}
check "every document prints in every format it names" documents
check "print of an unknown document" fails 2 print a.polku nonsense
check "print in an unknown format" fails 2 print a.polku plan --format nonsense
langs() {
    for lang in fi sv en; do
        run 0 print a.polku plan --lang $lang && cp out "plan.$lang" || return 1
    done
    ! cmp -s plan.fi plan.sv && ! cmp -s plan.sv plan.en
}
check "print in three languages" langs

# --- id and lint

ids() { run 0 id ytunnus 9999999-2 && [ "$(cut -f 1-3 out)" = "$(printf '9999999-2\tok\t9999999-2')" ]; }
check "id of a good value" ids
bad_id() { run 1 id ytunnus 9999999-3 && [ "$(cut -f 2 out)" = bad ] && [ -n "$(cut -f 4 out)" ]; }
check "id of a bad value ends with 1" bad_id
id_lines() { printf '9999999-2\r\n9999999-2\n' | "$program" --data "$data/../.." id ytunnus - >out && [ "$(cut -f 2 out | sort -u)" = ok ]; }
check "id reads lines" id_lines
check "id of an unknown kind" fails 2 id shoe 42
lint_own() { run 0 lint "$data/../.." || { head -5 out | sed 's/^/# /'; return 1; }; }
check "lint of the shipped content" lint_own
lint_bad() {
    cp -r "$data/mini" content && printf 'form: {id: mini\n' >content/forms/mini.yaml && run 1 lint content
    result=$?
    rm -rf content
    return $result
}
check "lint of broken content ends with 1" lint_bad

# --- documents that are approved

kept=$data/approved
approved() { wanted=$1; shift; "$program" --data "$kept" --lang en "$@" >out 2>err </dev/null; status=$?; [ "$status" -eq "$wanted" ] || { echo "# $* ended with $status: $(head -c 300 err)"; return 1; }; }
approved_fails() { approved "$@" && one_line && [ ! -s out ]; }
approved 0 new v.polku || exit 1
nothing_kept() { approved 0 freeze v.polku && prints '^No version' && approved 0 freeze v.polku --quiet && quiet; }
check "freeze of a plan without versions" nothing_kept
check "freeze of a document that is not there" approved_fails 2 freeze v.polku manuel
check "freeze of a document that is not approved" approved_fails 2 freeze v.polku plain
unapproved() { approved_fails 3 freeze v.polku manual && says 'boss, approved'; }
check "freeze names the answers that are missing" unapproved
approved 0 set v.polku 'person[+].name=Aino Malli' org_name=Mallikoti || exit 1
approved 0 set v.polku boss=1 approved=2026-11-22 r_logs_state=in_place 'r_logs_text=We look.' || exit 1
keep_first() { approved 0 freeze v.polku manual && prints '^Version 1 of manual is kept' && prints 'print v.polku manual --version 1$'; }
check "freeze keeps version 1" keep_first
check "freeze of the same again" approved_fails 3 freeze v.polku manual
approved 0 print v.polku manual --version 1 || exit 1
cp out version-1
approved 0 set v.polku 'r_logs_text=We look often.' || exit 1
same_version() { approved 0 print v.polku manual --version 1 && cmp out version-1 && approved 0 print v.polku manual --version=1 && cmp out version-1; }
check "the kept version is printed as it was" same_version
another_day() { approved 0 print v.polku manual --version 1 --today 2027-01-05 && prints '5 January 2027  page 1 / ' && ! grep -q 'November 2026  page' out; }
check "with the day of printing in the header" another_day
keep_second() { approved 0 freeze v.polku manual --lang sv && approved 0 freeze v.polku && prints '^manual 1 (en): approved 22 November 2026, Aino Malli$' && prints '^manual 2 (sv)'; }
check "freeze lists what is kept" keep_second
since() { approved 0 set v.polku 'r_logs_text=We look.' && approved 0 freeze v.polku && prints '^manual 2 .*; 1 question has changed since$'; }
check "and how much has changed since" since
own_language() { approved_fails 2 print v.polku manual --version 1 --lang sv && says 'suomi\|English' && "$program" --data "$kept" print v.polku manual --version 2 >out && prints 'version 2'; }
check "a version is printed in its own language" own_language
check "a version that is not kept" approved_fails 2 print v.polku manual --version 3
check "version 0" approved_fails 2 print v.polku manual --version 0
check "a version of huge number" approved_fails 2 print v.polku manual --version 99999999999999999999
check "--version of print without its number" approved_fails 2 print v.polku manual --version
check "--version N belongs to print" approved_fails 2 status v.polku --version 1
check "a kept version in an unknown format" approved_fails 2 print v.polku manual --version 1 --format odt
version_json() { approved 0 print v.polku manual --version 1 --format json && json '.version == "version 1" and .notice == "SECRET" and .title == "Manual"'; }
check_json "a kept version as JSON" version_json
status_versions() { approved 0 status v.polku --json && json '(.versions | length) == 2 and .versions[0].approved_by == "Aino Malli" and .points[1].id == "control" and .points[1].requirements.in_place == 1'; }
check_json "status --json has versions and points" status_versions
status_text() { approved 0 status v.polku && prints '^Requirements of the security plan: 1 in place, 0 planned, 2 open$' && prints '^Some manual: version 2, approved 22 November 2026$'; }
check "status tells how far it is" status_text
no_undo() { for _ in 1 2 3; do approved 0 undo v.polku || return 1; done; approved 0 print v.polku manual --version 1 && cmp out version-1; }
check "undo leaves what is kept" no_undo
only_read() { chmod 400 v.polku; approved 0 print v.polku manual --version 1 && cmp out version-1 && approved_fails 4 freeze v.polku manual; result=$?; chmod 600 v.polku; return $result; }
if [ "$(id -u)" -ne 0 ]; then
    check "a plan that may only be read" only_read
else
    count=$((count + 1))
    echo "ok $count - a plan that may only be read # SKIP root may write everything"
fi
full_disk() {
    approved 0 set v.polku approved=2026-11-22 boss=1 r_logs_state=in_place 'r_logs_text=Now and then.' && cp v.polku full.polku || return 1
    ( ulimit -f $((($(stat -c %s full.polku) + 511) / 512)); approved_fails 4 freeze full.polku manual ) || return 1
    approved 0 freeze full.polku && ! grep -q '^manual 3' out && approved 0 freeze full.polku manual && prints '^Version 3'
}
check "a full disk keeps no half of a version" full_disk

# --- the language of messages

speak() {
    fails 2 --lang sv --bogus && says 'okänd flagga --bogus' &&
    fails 2 --bogus --lang fi && says 'tuntematon valitsin --bogus' &&
    fails 2 status --lang sv && says 'användning: kantapolku status PLAN' &&
    fails 2 status a.polku --today x --lang sv && says 'ett datum' &&
    fails 2 get a.polku nothing --lang sv && says 'frågan ”nothing” finns inte' &&
    fails 2 get a.polku 'unit[99].unit_name' --lang fi && says 'sellaista riviä ei ole' &&
    fails 5 import a.polku nothing.yaml --lang fi && says 'nothing.yaml: .*: tiedostoa tai kansiota ei ole' &&
    fails 6 export a.polku -o no/folder.yaml --lang sv && says 'filen eller mappen finns inte' &&
    fails 4 status nothing.polku --lang sv && ! grep -q 'there is' err
}
check "a message is in the language asked for, wherever that stands" speak
import_speak() {
    printf 'answers: {org_name: x\n' >bad.yaml && fails 5 import a.polku bad.yaml --lang sv && says 'saknas' &&
    printf 'answers: {org_name: [x]}\n' >bad.yaml && fails 5 import a.polku bad.yaml --lang fi && says 'yksi teksti' &&
    printf 'answers: {org_name: 131052-308T}\n' >bad.yaml && fails 5 import a.polku bad.yaml --lang sv && ! grep -q 'personal' err
}
check "what is wrong in an imported file, too" import_speak

# --- plans that cannot be used

for command in status check get log export undo redo; do
    check "$command of a plan that is not there" fails 4 "$command" nothing.polku
done
echo 'a letter' >letter
cp letter letter.lock
foreign() { fails 4 status letter && fails 4 set letter org_name=x && cmp -s letter letter.lock; }
check "a foreign file is refused and left as it is" foreign
: >empty
check "an empty file is refused" fails 4 set empty org_name=x
check "a folder is no plan" fails 4 status "$folder"
damaged() { cp a.polku d.polku && printf 'xxxxxxxxxxxxxxxxxxxxxxxx' | dd of=d.polku bs=1 seek=4096 conv=notrunc 2>/dev/null && fails 4 status d.polku; }
check "a damaged plan is refused" damaged
if command -v sqlite3 >/dev/null 2>&1; then
    newer() { cp a.polku n.polku && sqlite3 n.polku 'PRAGMA user_version=99' && run 0 status n.polku && fails 4 set n.polku org_name=x; }
    check "a newer plan is read and not written" newer
else
    count=$((count + 1))
    echo "ok $count - a newer plan is read and not written # SKIP sqlite3 is not installed"
fi

# --- the organisation register

register=$data/register
own_cache="$folder/register cache"
mkdir "$own_cache"
in_register() { XDG_CACHE_HOME=$own_cache run "$@"; }
fails_register() { in_register "$@" && one_line && [ ! -s out ]; }
check "find before an import" fails_register 5 register find x
imported() { in_register 0 register import "$register/latin1.csv" --lang en && prints '^6 rows are in the register now' && [ ! -s err ]; }
check "import of delimited text" imported
private() { [ "$(stat -c %a "$own_cache/kantapolku/register.db")" = 600 ]; }
check "nobody else reads the register" private
found() { in_register 0 register find ÖLJY --lang en && prints '^Perhekoti Öljymäki' && prints '1.2.246.10.12345671.10.1  1234567-1' && prints 'service unit of social welfare'; }
check "find by a part of a name" found
words() { in_register 0 register find mallikoti seinäjoki --lang en && prints 'Åkertupa' && prints 'valid until 31 December 2025' && ! grep -q Öljymäki out; }
check "find by several words" words
none() { in_register 0 register find zzzz --lang en && prints 'Nothing was found'; }
check "nothing is found" none
register_json() { in_register 0 register find 1234567-1 --json && json '.total == 4 and (.rows | length) == 4 and .rows[1].social_service == true and .rows[0].begins == null and .rows[0].oid == "1.2.246.10.12345671.10.0" and .register.rows == 6 and (.register.sha256 | length) == 64 and .register.imported == "2026-11-22"'; }
check_json "find --json by business ID" register_json
for file in nul.csv gzip.csv columns.csv quote.csv utf16.csv workbook.csv broken.xml cut.xml bomb.xml external.xml deep.xml broken.json other.xml; do
    refused_file() { fails_register 5 register import "$register/$1" && says "$1"; }
    check "$file is refused in one line" refused_file "$file"
done
check "a file that is not there" fails_register 5 register import missing.csv
still_there() { in_register 0 register find öljy --lang en && prints '^Perhekoti Öljymäki' && [ "$(ls "$own_cache/kantapolku")" = register.db ]; }
check "what is refused changes nothing and leaves nothing" still_there
broken_rows() { in_register 0 register import "$register/broken-rows.csv" --lang en && prints 'broken-rows.csv:3: row left out: ' && prints '^5 rows were left out' && prints '^4 rows have something doubtful' && prints '^5 rows are in'; }
check "broken rows are told and passed over" broken_rows
no_remarks() { in_register 0 register import "$register/broken-rows.csv" --quiet && quiet; }
check "import --quiet" no_remarks
asks() { fails_register 5 register import "$register/no-oid.csv" --lang en && says 'no-oid.csv:1: .*--map "HEADING=oid".*Koodi'; }
check "a heading that is missing is asked for" asks
mapped() { in_register 0 register import "$register/no-oid.csv" --lang en --map Koodi=oid --map=Lisä=not_kept && prints '^1 row is in' && ! grep -q 'not read' out; }
check "import --map" mapped
check "--map without a field" fails_register 2 register import "$register/no-oid.csv" --map Koodi
check "--map with an unknown field" fails_register 2 register import "$register/no-oid.csv" --map Koodi=koodi
unknown_headings() { in_register 0 register import "$register/english.tsv" --lang en && prints '^Columns that were not read: Lisätieto$'; }
check "unknown headings are listed" unknown_headings
other_formats() { in_register 0 register import "$register/register.xml" && in_register 0 register import "$register/pages.json" && in_register 0 register find åkertupa && prints 'Åkertupa'; }
check "import of XML and JSON" other_formats
check "an unknown part of register" fails_register 2 register remove x
check "find with an option of import" fails_register 2 register find x --map a=oid
check "import with an option of find" fails_register 2 register import "$register/latin1.csv" --json
check "import of two files" fails_register 2 register import a b
check "find of nothing" fails_register 2 register find ' '
damaged_register() { echo x >"$own_cache/kantapolku/register.db"; fails_register 5 register find x && in_register 0 register import "$register/latin1.csv"; }
check "a damaged register is told, and made anew" damaged_register
closed_cache() { fails_register 6 register import "$register/latin1.csv"; }
chmod a-w "$own_cache/kantapolku"
if [ -w "$own_cache/kantapolku" ]; then
    count=$((count + 1))
    echo "ok $count - a folder that cannot be written # SKIP root writes everywhere"
else
    check "a folder that cannot be written" closed_cache
fi
chmod u+w "$own_cache/kantapolku"
little_room() { ( ulimit -f 8; fails_register 6 register import "$register/latin1.csv" ) && [ "$(ls "$own_cache/kantapolku")" = register.db ] && in_register 0 register find öljy && prints Öljymäki; }
check "a disk that is full leaves the earlier register" little_room
line_ends() { tr '\n' '\r' <"$register/utf8-bom.csv" >cr.csv && in_register 0 register import cr.csv --lang en && prints '^6 rows are in'; }
check "lines that end with CR alone" line_ends
mkfifo pipe.csv
a_pipe() { fails_register 5 register import pipe.csv --lang en && says 'pipe.csv: a pipe cannot be read'; }
check "a pipe is refused at once" a_pipe
a_folder() { fails_register 5 register import "$register" --lang en && says 'this is a folder'; }
check "a folder is no register" a_folder

# An import of many rows, stopped while it writes.
awk 'BEGIN { print "Tunniste;Lyhenne"; for (i = 1; i <= 200000; i++) print "1.2.3." i ";Paljon " i }' >many.csv
begin_import() {
    XDG_CACHE_HOME=$own_cache "$program" --data "$data/../.." register import many.csv --quiet >/dev/null 2>&1 &
    import=$!
    while [ ! -s "$own_cache/kantapolku/register.db.new" ] && kill -0 $import 2>/dev/null; do :; done
    kill -STOP $import && [ -e "$own_cache/kantapolku/register.db.new" ]
}
two_at_once() {
    begin_import && fails_register 6 register import "$register/latin1.csv" && in_register 0 register find öljy && prints Öljymäki
    result=$?
    kill -CONT $import && wait $import && [ $result = 0 ] && in_register 0 register find 'paljon 199999' && prints 'Paljon 199999'
}
check "a second import at the same time is refused" two_at_once
killed() {
    in_register 0 register import "$register/latin1.csv" && begin_import
    kill -KILL $import
    wait $import
    in_register 0 register find öljy && prints Öljymäki && in_register 0 register import "$register/latin1.csv" && [ "$(ls "$own_cache/kantapolku")" = register.db ]
}
check "an import that was killed leaves the earlier register" killed

# --- the card-reader test, on a computer without any (tests/rig has the readers)

computer=$folder/computer
mkdir -p "$computer/usr/sbin" "$computer/run/systemd/timesync"
: >"$computer/run/systemd/timesync/synchronized"
on_computer() { PCSCLITE_CSOCK_NAME=$folder/no-socket KANTAPOLKU_SYSTEM_ROOT=$computer run "$@"; }
no_service() { on_computer 7 reader --lang en && prints '^Card reader service *does not answer' && prints '^Does not work: The computer has no card reader service' && prints '^        sudo apt install pcscd libccid$' && [ ! -s err ]; }
check "reader without the service" no_service
: >"$computer/usr/sbin/pcscd"
reader_json() { on_computer 7 reader --json && json '.service == "8010001D" and .readers == [] and .case == "a7_nothing_starts" and .severity == "error" and (.cause | length) > 0 and (.remedy | length) > 0 and (.workstation | length) > 0 and (.at | length) == 16 and .findings[0].case == .case'; }
check_json "reader --json" reader_json
wrong_clock() { on_computer 7 reader --today 2020-01-01 --json && json '[.findings[].case] | index("e4_clock_early") != null'; }
check_json "reader on a computer whose clock is wrong" wrong_clock
check "reader --wait without a number" fails 2 reader --wait soon
check "reader --wait below nothing" fails 2 reader --wait -1
check "reader with a plan's name" fails 2 reader a.polku
no_cards() { mkdir -p bare/data && cp -r "$data/../../forms" bare/ && cp -r "$data/../../data/." bare/data/ && rm -r bare/data/cards && "$program" --data bare reader >out 2>err; status=$?; [ "$status" -eq 5 ] && one_line && says data/cards; }
check "reader without the data about cards" no_cards

# --- output that cannot be written

if [ -w /dev/full ]; then
    full() {
        "$program" --data "$data/../.." "$@" >/dev/full 2>err </dev/null
        status=$?
        [ "$status" -eq 6 ] && one_line && return 0
        echo "# $* ended with $status"
        return 1
    }
    for command in 'status a.polku' 'status a.polku --json' 'check a.polku' 'get a.polku' 'export a.polku' 'print a.polku plan' \
        'log a.polku' 'log a.polku --json' documents 'id ytunnus 9999999-2' 'why a.polku org_name' --help --version; do
        # shellcheck disable=SC2086
        check "$command to a full device" full $command
    done
else
    count=$((count + 1))
    echo "ok $count - full devices # SKIP there is no /dev/full"
fi
# ---- who has which right ----

users_plan() { run 0 new u.polku --example perhekoti && run 0 new empty.polku; }
check "a plan with rights" users_plan
printf 'Tunnus;Nimi;Taso\naino.malli;Aino Malli;Hallinto\nveikko.esimerkki;Veikko Esimerkki;Vastaava\nsaara.nayte;Saara Näyte;Perustaso\nonni.kuvitelma;Onni Kuvitelma;Perustaso\nhelmi.sepite;Helmi Sepite;\neero.mallikas;Eero Mallikas;\n' >same.csv
agrees() { run 0 users compare u.polku same.csv --lang en && prints 'Users in the list: 6. In agreement: 6. Differences: 0.'; }
check "users compare: a list that agrees" agrees
sed 's/Onni Kuvitelma;Perustaso/Onni Kuvitelma;Vastaava/; s/^eero.*/vieras;Outi Outo;/' same.csv >other.csv
differs() { run 1 users compare u.polku other.csv --lang en && prints '^other.csv:5: onni.kuvitelma, Onni Kuvitelma: .*level.*(Perustaso, not Vastaava)' && prints '^other.csv:7: vieras, Outi Outo: is in the system but not' && prints '^eero.mallikas, Eero Mallikas: is in the matrix but not'; }
check "users compare: what differs" differs
differs_json() { run 1 users compare u.polku other.csv --json && json '.users == 6 and (.differences | map(.id)) == ["level", "unknown", "missing"] and .differences[0].line == 5'; }
check_json "users compare --json" differs_json
printf 'a;b\n1;2\n' >strange.csv
strange() { fails 5 users compare u.polku strange.csv --lang en && says 'strange.csv:1:1: no heading means'; }
check "users compare: a list of something else" strange
no_list() { fails 5 users compare u.polku nowhere.csv; }
check "users compare: a file that is not there" no_list
compare_writes_nothing() { cp u.polku before.polku && run 1 users compare u.polku other.csv && cmp u.polku before.polku; }
check "users compare writes nothing" compare_writes_nothing
no_rights() { run 1 users compare empty.polku same.csv --lang en && prints 'Differences: 6'; }
check "users compare with an empty plan" no_rights
on_day() { run 0 users on u.polku 2099-01-01 --lang en && prints '^Veikko Esimerkki, Vastaava ohjaaja; Perhekoti Esimerkki; .*: D01 V D03 VKMA'; }
check "users on a day" on_day
long_ago() { run 0 users on u.polku 1.3.2020 --lang en && prints '^Nobody had rights on that day'; }
check "users on a day before the plan" long_ago
on_json() { run 0 users on u.polku 2099-01-01 --json && json '(.assignments | length) == 9 and .assignments[0].rights.d03 == "VKMA"'; }
check_json "users on --json" on_json
no_day() { fails 2 users on u.polku someday; }
check "users on no day" no_day
no_part_of_users() { fails 2 users dance u.polku x; }
check "users: an unknown part" no_part_of_users
matrix_csv() { run 0 print u.polku rights --format csv --lang en && prints '^Vastaava ohjaaja;V;VKMA;V;V;V;VKMA;' && head -c 3 out | od -An -tx1 | grep -q 'ef bb bf'; }
check "print rights as CSV" matrix_csv
ordered() { run 0 print u.polku change-order --lang en && prints 'Nothing has changed since then' && run 0 set u.polku 'role[2].role_d07=v k m' && run 0 print u.polku change-order --format csv --lang en && prints '^change;Saara Näyte;Ohjaaja;Perustaso;' && prints '^change;Onni Kuvitelma' && ! grep -q Veikko out; }
check "an order holds only what changed since the last" ordered
printf 'key;oid;version;code;fi\nLASU;1.2.246.537.6.1221;201601;X9;lastensuojelu\n' >codes.csv
codes() { run 0 import u.polku codes.csv --lang en && run 0 get u.polku && prints '^national_code\[1\].nat_code=X9$' && run 0 check u.polku --json && json '.findings | map(select(.id == "r45")) | length == 0'; }
check_json "national codes from a CSV file" codes
staff_with_roles() { printf 'Nimi;Rooli\nUusi Ohjaaja;ohjaaja\n' >roles.csv && run 0 import u.polku roles.csv --lang en && prints 'Uusi Ohjaaja'; }
check "a staff list with roles is one of people" staff_with_roles
accounts() { printf 'Tunnus;Nimi;Taso\nuusi.ohjaaja;Uusi Ohjaaja;Perustaso\n' >accounts.csv && run 0 import u.polku accounts.csv --lang en && run 0 get u.polku && prints '^account\[7\].sys_user=uusi.ohjaaja$'; }
check "accounts from the supplier's list" accounts
blocked() { run 0 set u.polku 'role[2].role_d16=v' && run 1 check u.polku --lang en && prints 'over the ceiling of the work task. D16 .*(R04)'; }
check "check tells of rights over the ceiling" blocked
blocked_json() { run 1 check u.polku --json && json '.findings | map(select(.id == "r04")) | length == 1 and .[0].item == "role_d16" and .[0].row == 2 and .[0].severity == "error" and .[0].task == "rights"'; }
check_json "check --json of rights" blocked_json
no_approval() { run 0 set u.polku acc_approved_on=2026-11-01 && run 0 print u.polku rights --lang en && prints '^Approved on:  *no approval is in force while there are errors' && run 0 new approved.polku --example perhekoti && run 0 print approved.polku rights --lang en && prints '^Approved on:  *13 November 2026'; }
check "errors are in the way of an approval of rights" no_approval

no_part() { ls -- *.new-* ./*.?????? 2>/dev/null | grep -v -e polku -e yaml -e json | grep . && return 1; ls -- *.lock 2>/dev/null | grep -v letter && return 1; return 0; }
check "no temporary file and no lock is left" no_part

echo "1..$count"
[ "$failed" -eq 0 ]
