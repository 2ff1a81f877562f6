// What every entity of a spec answers to.
#include "feature/feature.hpp"

namespace tenon::features::records {

using namespace tenon::feature;

namespace {

std::vector<route> routes_of_all() {
    return {
        {.verb = method::get,
         .path = "{{route}}",
         .operation = "{{list_operation}}",
         .who = right::member_with("{{read_permission}}"),
         .handler = "list_{{plural_snake}}",
         .tag = "{{tag}}",
         .summary = "List {{plural_lower_title}}",
         .description = "In pages of `limit`: pass `next_cursor` on as `cursor` until it is null.",
         .gives = {.meaning = "One page.", .schema = "{{schema}}List"},
         .lists = list_of::records},
        {.verb = method::post,
         .path = "{{route}}",
         .operation = "{{create_operation}}",
         .who = right::member_with("{{create_permission}}"),
         .handler = "create_{{snake}}",
         .tag = "{{tag}}",
         .summary = "Create {{article}} {{lower_title}}",
         .takes = "New{{schema}}",
         .gives = {.status = 201, .meaning = "The new {{lower_title}}.", .schema = "{{schema}}"},
         .versioned = true,
         .makes = true},
    };
}

std::vector<route> routes_of_one() {
    return {
        {.verb = method::get,
         .path = "{{route}}/{id}",
         .operation = "{{get_operation}}",
         .who = right::member_with("{{read_permission}}"),
         .handler = "get_{{snake}}",
         .tag = "{{tag}}",
         .summary = "Get {{article}} {{lower_title}}",
         .gives = {.meaning = "The {{lower_title}}.", .schema = "{{schema}}"},
         .versioned = true,
         .refusals = {409}},
        {.verb = method::patch,
         .path = "{{route}}/{id}",
         .operation = "{{update_operation}}",
         .who = right::member_with("{{update_permission}}"),
         .handler = "update_{{snake}}",
         .tag = "{{tag}}",
         .summary = "Change {{article}} {{lower_title}}",
         .description = "Only what is sent changes; null clears a field that may be empty.",
         .takes = "{{schema}}Changes",
         .gives = {.meaning = "The {{lower_title}} as it is now.", .schema = "{{schema}}"},
         .versioned = true,
         .refusals = {409}},
        {.verb = method::delete_,
         .path = "{{route}}/{id}",
         .operation = "{{delete_operation}}",
         .who = right::member_with("{{delete_permission}}"),
         .handler = "delete_{{snake}}",
         .tag = "{{tag}}",
         .summary = "Delete {{article}} {{lower_title}}",
         .description = "{{#soft_delete}}Moves it into the bin.{{/soft_delete}}",
         .gives = {.status = 204, .meaning = "Deleted."},
         .versioned = true,
         .refusals = {409}},
    };
}

std::vector<route> routes_of_bin() {
    return {
        {.verb = method::post,
         .path = "{{route}}/{id}/restore",
         .operation = "{{restore_operation}}",
         .who = right::member_with("{{delete_permission}}"),
         .handler = "restore_{{snake}}",
         .tag = "{{tag}}",
         .summary = "Take {{article}} {{lower_title}} out of the bin",
         .gives = {.meaning = "The {{lower_title}}, back where it was.", .schema = "{{schema}}"},
         .when = "soft_delete",
         .versioned = true},
        {.verb = method::post,
         .path = "{{route}}/{id}/purge",
         .operation = "{{purge_operation}}",
         .who = right::member_with("{{purge_permission}}"),
         .handler = "purge_{{snake}}",
         .tag = "{{tag}}",
         .summary = "Delete {{article}} {{lower_title}} of the bin for good",
         .gives = {.status = 204, .meaning = "Gone for good."},
         .when = "has_purge",
         .versioned = true},
    };
}

std::vector<route> routes() {
    std::vector<route> out = routes_of_all();
    for (const route& each : routes_of_one()) out.push_back(each);
    for (const route& each : routes_of_bin()) out.push_back(each);
    return out;
}

std::vector<problem> problems() {
    return {
        {"bad_cursor", 400, "The cursor was altered, or belongs to another list, filter or order.",
         "Begin with the first page: leave the cursor out."},
        {"list_too_slow", 422, "The list keeps the database busy for longer than LIST_TIMEOUT.",
         "Filter by more, or search for less."},
        {"not_creator", 403, "The role allows this for records only that the user created.", ask_an_admin},
        {"reference", 409,
         "Something still refers to the record, or the record refers to something that is gone; `detail` says which.",
         "Delete or change what refers to it first, or refer to something else."},
        {"stale_version", 412, "If-Match names a version that is no longer the current one: somebody else was faster.",
         "Read the record anew, and send the change with its ETag."},
        {"too_long", 422, "A value, or several together, are longer than the database takes.", "Send less."},
        {"unique", 409, "A value that must be unique is taken; `errors` names it, or all that are unique together.",
         "Choose another value."},
        {"unreadable", 409, "The record is stored with values that cannot be read; `errors` names them.",
         "Give all of them new values, or delete the record."},
    };
}

}  // namespace

feature::declaration declared() {
    return {.name = "records",
            .needs = {"tenancy"},
            .record_routes = routes(),
            .schemas = {"Money"},
            .problems = problems(),
            .place = 9};
}

}  // namespace tenon::features::records
