// A feature that tests switch on and off: something of everything that features declare.
#include "feature/feature.hpp"

namespace tenon::features::notes {

using namespace tenon::feature;

namespace {

construct notes() {
    return {
        .key = "notes",
        .meaning = "what members write down",
        .options = {
            {.name = "longest",
             .what = form::whole,
             .default_text = "500",
             .meaning = "characters of a note",
             .min = 1,
             .max = 10'000},
            {.name = "who", .what = form::word, .default_text = "all", .meaning = "readers", .words = {"all", "own"}},
            {.name = "reminders",
             .meaning = "letters about notes",
             .inner = {{.name = "every", .what = form::duration, .default_text = "7d", .meaning = "how often"},
                       {.name = "sender", .meaning = "the name in the letters", .required = true}}}}};
}

table notes_of_tenants() {
    return {.name = "notes",
            .columns = {{tenant_column, column_type::uuid},
                        {"id", column_type::uuid},
                        {"user_id", column_type::uuid},
                        {"text"},
                        {.name = "kept_until", .type = column_type::instant, .nullable = true}},
            .primary_key = {tenant_column, "id"},
            .references = {{tenant_column, tenants_table}, {"user_id", "users"}},
            .indexes = {{.columns = {"id"}, .unique = true}, {.columns = {tenant_column, "user_id"}}},
            .kept = {"kept_until"},
            .was = "memos"};
}

table settings_of_users() {
    return {.name = "note_settings",
            .columns = {{"user_id", column_type::uuid}, {"reminded_at", column_type::instant}},
            .primary_key = {"user_id"},
            .references = {{"user_id", "users"}},
            .accesses = {{.who = viewer::user, .column = "user_id"}, {.who = viewer::owner}}};
}

/// Rows are written and read, and never changed.
table log() {
    return {
        .name = "note_log",
        .columns = {{tenant_column, column_type::uuid}, {"id", column_type::uuid}, {"event"}},
        .primary_key = {tenant_column, "id"},
        .references = {{tenant_column, tenants_table}},
        .accesses = {{.who = viewer::tenant, .commands = {command::select, command::insert}, .column = tenant_column},
                     {.who = viewer::owner}}};
}

std::vector<setting> settings() {
    return {{.name = "NOTES_KEY", .what = form::secret, .meaning = "key of the letters about notes", .min = 16},
            {.name = "NOTES_PAGE",
             .what = form::whole,
             .default_text = "50",
             .meaning = "notes of a page",
             .min = 1,
             .max = 100}};
}

std::vector<route> routes() {
    return {{.verb = method::get,
             .path = "/v1/notes",
             .operation = "list_notes",
             .who = right::member_with("note:read"),
             .handler = "tenon::notes::list",
             .tag = "Notes",
             .summary = "List the notes",
             .gives = {.meaning = "One page.", .schema = "NoteList"},
             .lists = list_of::times,
             .sorted_by = "created_at"},
            {.verb = method::post,
             .path = "/v1/notes",
             .operation = "create_note",
             .who = right::member_with("note:read"),
             .handler = "tenon::notes::create",
             .tag = "Notes",
             .summary = "Write a note for the {{tenant.lower_title}}",
             .takes = "NewNote",
             .gives = {.status = 201, .meaning = "The note.", .schema = "Note"},
             .makes = true}};
}

}  // namespace

feature::declaration declared() {
    return {
        .name = "notes",
        .needs = {"tenancy"},
        .when = notes(),
        .tables = {notes_of_tenants(), settings_of_users(), log()},
        .settings = settings(),
        .permissions = {{.name = "note:read", .meaning = "Read notes of the {tenant}", .whose = holders::everybody}},
        .tags = {{"Notes", "What members write down."}},
        .routes = routes(),
        .schemas = {"Note", "NewNote", "NoteList"},
        .problems = {{"note_sealed", 409, "The note is sealed.", "Write another one."}},
        .place = 20};
}

}  // namespace tenon::features::notes
