// The one table of diagnostic codes: title and explanation of each. docs/errors.md is made from it.
#include <array>

#include "generator/support/diagnostics.hpp"

namespace tenon::gen {

namespace {

constexpr auto table = std::to_array<code_info>({
    {code::file_too_large, "file_too_large", "spec too large",
     "A spec may have at most 4 MiB. It describes a product, not its data: a few thousand entities fit."},
    {code::invalid_utf8, "invalid_utf8", "not UTF-8",
     "The file holds bytes that are not UTF-8, often because an editor saved it as Latin-1 or UTF-16. Save it as "
     "UTF-8."},
    {code::control_character, "control_character", "control character",
     "Of the control characters only tab and line end may stand in a spec. NUL, escape and the invisible marks that "
     "turn "
     "the direction of writing are refused, because what one reads would not be what is meant."},
    {code::tab_indentation, "tab_indentation", "indented with a tab",
     "YAML forbids tabs in indentation, since tabs have no agreed width. Indent with two spaces."},
    {code::yaml_syntax, "yaml_syntax", "not valid YAML",
     "The text is no YAML from this place on, so nothing after it was checked. Common reasons: wrong indentation, an "
     "unclosed quote or bracket, or a type with brackets in flow style: `{mode: enum [a, b]}` has to be written "
     "`{mode: \"enum [a, b]\"}`."},
    {code::several_documents, "several_documents", "more than one document",
     "A spec is one YAML document. A line of `---` starts another; take it out, or split the file."},
    {code::duplicate_key, "duplicate_key", "key written twice",
     "The same key stands twice in one map. YAML readers differ on which one counts, so Tenon takes neither."},
    {code::key_not_a_word, "key_not_a_word", "key is not a word",
     "A key of a spec is a plain word. Lists, maps and empty keys cannot be keys."},
    {code::too_deep, "too_deep", "nested too deeply",
     "A spec may be nested 64 levels deep; no construct needs more than ten."},
    {code::too_many_aliases, "too_many_aliases", "aliases expand to too much",
     "Aliases (`*name`) repeat what an anchor (`&name`) marks. All of a spec's aliases together may stand for at most "
     "10,000 nodes and 1 MiB, and an anchor may not contain itself, so that a small file cannot become a huge one."},
    {code::unknown_key, "unknown_key", "unknown key",
     "The language has no such key at this place. Keys are never ignored: a mistyped one would silently do nothing. "
     "The "
     "hint names the nearest key, or lists all of them."},
    {code::missing_key, "missing_key", "missing key", "A key that this construct cannot do without is not there."},
    {code::wrong_kind, "wrong_kind", "wrong kind of value",
     "A map stands where a list is expected, a list where one value is, or nothing at all after a key."},
    {code::bad_value, "bad_value", "value not allowed",
     "The value is none of those possible here, or outside its bounds. Truth values are written `true` and `false`."},
    {code::empty_spec, "empty_spec", "empty spec",
     "There is nothing in the file. `tenon new NAME` writes a spec to start from."},
    {code::yaml_feature, "yaml_feature", "YAML feature not used here",
     "Tags (`!!str`), merge keys (`<<`) and complex keys (`?`) are not part of the spec language. Write the value out, "
     "or "
     "repeat it with an anchor and an alias."},
    {code::language_version, "language_version", "unknown language version",
     "A spec begins with `tenon: 1`, the version of the language it is written in. This Tenon knows version 1 only."},
    {code::type_syntax, "type_syntax", "type not understood",
     "A type is a word, perhaps with bounds in parentheses, perhaps `[]` for a list, perhaps `?` for optional, perhaps "
     "`= default`: `string(1..120)`, `text?`, `enum [a, b] = a`, `ref User`, `decimal(14,2) = 0`, `string[]`."},
    {code::unknown_type, "unknown_type", "unknown type",
     "The message names the nearest type, or lists all of them; `type` in the spec's reference tells what each holds. "
     "Words of other languages (varchar, integer, timestamp) get a hint with Tenon's own."},
    {code::bad_bounds, "bad_bounds", "bounds out of order or range",
     "The smallest value is above the largest, a length is negative or beyond what can be stored, or a decimal has "
     "more "
     "than 18 digits. 18 digits are what a 64-bit integer holds exactly."},
    {code::bad_default, "bad_default", "default does not fit the type",
     "A default has to be a value of its field: within its bounds, one of its enum's values, a real date. A new record "
     "would otherwise be refused by its own rules."},
    {code::comma_in_flow, "comma_in_flow", "comma ends the value",
     "In YAML's flow style (inside `{}` or `[]`) an unquoted comma ends a value: `{score: decimal(3,2)}` arrives as "
     "`decimal(3` and a stray key `2)`. Put the type in quotes: `{score: \"decimal(3,2)\"}`."},
    {code::bad_enum, "bad_enum", "enum values",
     "An enum needs at least one value and at most 100, each once, each in snake_case: they become values in JSON, in "
     "the "
     "database and in code."},
    {code::option_not_for_type, "option_not_for_type", "option does not fit the type",
     "The option means nothing for this type: a pattern for a number, bounds for a date, `on_delete` for what refers "
     "to "
     "nothing, a list of maps."},
    {code::bad_pattern, "bad_pattern", "pattern is not a regular expression",
     "A pattern is a regular expression of at most 200 characters that the whole value has to match, in the syntax "
     "that "
     "ECMAScript and RE2 share. Forms of RE2 alone, such as (?i) and [[:alpha:]], are taken as well, but openapi.yaml "
     "does not have them, for clients read patterns as ECMAScript. A text that matches has to be as long as the type "
     "allows."},
    {code::bad_name, "bad_name", "not a name",
     "Names consist of the letters a to z, digits and underscores, and begin with a letter. They become C++ "
     "identifiers, "
     "tables, columns, routes and file names, so hyphens, spaces, dots and letters beyond ASCII are refused. What "
     "people "
     "read (`title`, `description`) may hold any text."},
    {code::name_style, "name_style", "name in another style",
     "Entities are written in PascalCase, where acronyms may keep their capitals (SKU, HTTPLog), everything else in "
     "snake_case. A name has one spelling in the spec, from which all others (table, route, class) follow. Words of "
     "C++ and SQL are fine: generated code writes `class_` where C++ has `class`, and generated SQL quotes names."},
    {code::name_too_long, "name_too_long", "name too long",
     "Tables and columns made from a name may have at most 63 bytes, PostgreSQL's bound; PostgreSQL would cut the rest "
     "off "
     "without a word."},
    {code::name_clash, "name_clash", "two names collide",
     "Two names of the spec lead to the same table, column, route or class: they differ only in case, one is the "
     "plural of "
     "the other, or one is what Tenon derives from the other (`author: ref User` has the column author_id)."},
    {code::reserved_name, "reserved_name", "name that Tenon uses itself",
     "The name belongs to something every service has: the entities User, Membership, Invitation, ApiKey, AuditEntry "
     "and the tenant; the columns id, created_at, updated_at, deleted_at, deleted_with, version, created_by "
     "and the "
     "tenant's "
     "id; the routes /v1/auth, /v1/me and the tenant's own; the words creator and nobody in access rules. Or a "
     "database "
     "keeps it for itself: PostgreSQL the columns cmax, cmin, ctid, tableoid, xmax and xmin and tables that begin "
     "with pg_, SQLite those that begin with sqlite_."},
    {code::bad_path, "bad_path", "path leads out of the project",
     "Files are named relative to the spec, with `/` between parts, without `..`, without a leading `/` and without "
     "backslashes, so that a spec means the same on every machine and reads nothing outside its folder."},
    {code::unknown_entity, "unknown_entity", "unknown entity",
     "No entity of this name stands under `entities:`. Records may also refer to the built-in User."},
    {code::unknown_role, "unknown_role", "unknown role",
     "No role of this name is in the spec. Without `roles:` there are owner, admin and member. Access rules also know "
     "`creator`, the user who made the record, and `nobody`."},
    {code::unknown_field, "unknown_field", "unknown field",
     "The entity has no such field. Besides its own fields, id, created_at, updated_at and created_by can be named "
     "where "
     "records are listed or indexed."},
    {code::unknown_limit, "unknown_limit", "unknown limit", "No limit of this name stands under `limits:`."},
    {code::unknown_plan, "unknown_plan", "unknown plan", "No plan of this name stands under `plans:`."},
    {code::unknown_agent, "unknown_agent", "unknown agent", "No agent of this name stands under `agents:`."},
    {code::unknown_state, "unknown_state", "unknown state",
     "The workflow has no state of this name under `states:`; every state is a key there, also the last ones."},
    {code::unknown_oauth, "unknown_oauth", "unknown OAuth integration",
     "No integration of this name stands under `integrations: oauth:`."},
    {code::unknown_channel, "unknown_channel", "unknown channel", "No channel of this name stands under `channels:`."},
    {code::unnamed_right, "unnamed_right", "nobody says who may",
     "Nothing is anybody's by default. Who may read, create, update and delete records stands in `access:` of the "
     "entity, "
     "or of the spec for all entities; beside `roles:`, `members:` says who manages members and what new ones are. "
     "docs/rights.md has all of it."},
    {code::role_cycle, "role_cycle", "roles inherit in a circle",
     "A role inherits itself, perhaps through others, so that all roles of the circle would be the same."},
    {code::unusable_field, "unusable_field", "field cannot be used so",
     "Not every type can be searched, sorted, filtered, indexed or unique: text and json are too long to index, lists "
     "have no order, a has-many has no column. A filter's name is a parameter of the list: it must differ from the "
     "parameters of every list and from the bounds of other filters (of a date `valid`: `valid_from` and `valid_to`). "
     "And the values of an index have at most 2,600 bytes together, of which a character may take four."},
    {code::has_many_inverse, "has_many_inverse", "has-many without its other side",
     "`tasks: has_many Task` is the other side of a ref in Task. Task has none that refers here, or several: name the "
     "one "
     "that is meant with `has_many Task via project`."},
    {code::repeated_item, "repeated_item", "listed twice",
     "The same item stands twice in one list, where one of them was probably meant to be another."},
    {code::required_cycle, "required_cycle", "entities require each other",
     "Entities refer to each other in a circle of required refs, so that no first record could ever be made. Make one "
     "of "
     "the refs optional with `?`."},
    {code::bad_on_delete, "bad_on_delete", "on_delete does not fit",
     "`on_delete: set_null` empties the ref when its target is deleted, which only an optional ref allows."},
    {code::default_plan, "default_plan", "one plan has to be the default",
     "New tenants start on the plan with `default: true`; exactly one plan has it."},
    {code::bad_workflow, "bad_workflow", "workflow does not work",
     "A state cannot be reached from the first, or leads to itself, or the workflow's field is also written as a "
     "field."},
    {code::bad_guard, "bad_guard", "agent cannot be a guard",
     "A guard decides whether output may pass: its own output needs `pass: bool`, and an agent cannot guard itself."},
    {code::bad_access, "bad_access", "access rule without sense",
     "`creator` cannot create (nothing is there yet), and `nobody` excludes everybody else in the same list."},
    {code::bad_duration, "bad_duration", "not a duration",
     "Durations are a whole number and a unit: `30s`, `15m`, `6h`, `30d`, `2w`. Months have no fixed length."},
    {code::bad_price, "bad_price", "not a price",
     "Prices are an amount, a currency and perhaps a period: `5.95 USD`, `39 EUR/month`. Plans and add-ons cost whole "
     "minor "
     "units (cents); `price: free` is a plan without charge."},
    {code::bad_route, "bad_route", "not a route",
     "A route is a method and a path under /v1: `POST /v1/regenerate`. Parts in braces, `{id}`, are parameters. Each "
     "route "
     "may be there once."},
    {code::bad_schedule, "bad_schedule", "not a schedule",
     "A schedule has the five fields of cron, in UTC: minute, hour, day of month, month, day of week: `0 9 * * 1-5`."},
    {code::bad_setting, "bad_setting", "not a setting",
     "What differs between environments, and every secret, is read from the environment: `env:SENTRY_DSN`. Variables "
     "are "
     "written in capitals."},
    {code::data_loss, "data_loss", "the migration would lose data",
     "What is in the database already does not all fit the new spec: a table or column goes, a text gets shorter, a "
     "value of an enum is gone, a field becomes required. Such a migration is written only with "
     "`--allow-destructive=NAME`; the message has the name. "
     "Where it says that it fails, it does so before it changes a row, and may be run again once the rows fit. "
     "docs/migrations.md has a way without loss for each of them."},
    {code::unnamed_rename, "unnamed_rename", "a rename that does not say so",
     "Something is gone from the spec and something of the same shape is new. If it was renamed, write what it was "
     "called: `was: old_name` on an entity or a field, `enum [new (was old)]` on a value; then its data is kept. If "
     "both are meant, generate with `--allow-destructive=NAME`."},
    {code::impossible_change, "impossible_change", "no migration leads there",
     "No value of the old type is a value of the new one. Add a field under another name, fill it from the old one in "
     "your own code or by hand, and drop the old one in a later version."},
    {code::lone_role, "lone_role", "role apart from the others",
     "A warning. A role that inherits nothing, unless newcomers have its rights, has none of those that others have by "
     "inheriting: it may only do what access rules name it for. A role that nobody inherits may do what even the "
     "founder may not. Only founders give, change or take a role that the giver's does not inherit. If that is meant, "
     "nothing has to change."},
    {code::unused_bin, "unused_bin", "bin that nothing gets into",
     "A warning. The entity has `soft_delete`, nobody may delete its records, and no deletion takes them along: its "
     "bin stays empty, and `purge` and `keep` have nothing to delete. Only records that were deleted under an earlier "
     "spec are there. If that is meant, nothing has to change."},
    {code::dead_right, "dead_right", "right that can never be used",
     "A warning. Whoever may not read a record is told that there is none (404), so that a role which may update, "
     "delete, restore or purge records and not read them can do none of it. Whoever may delete records of an entity "
     "with `soft_delete` sees its bin; a role that may only purge has to be told what is in it. Add the role to "
     "`read:` or to `delete:`, or take its rights away."},
    {code::idle_on_delete, "idle_on_delete", "on_delete that never acts",
     "A warning. The service never deletes users: who leaves is no member any more, and every ref to the user stays. "
     "`on_delete` at a ref to User acts only when SQL of your own deletes rows of `users`; leave it out if there is "
     "none."},
    {code::not_supported, "not_supported", "not supported yet",
     "The construct is part of the language, but this version of Tenon does not generate it. It is refused, because a "
     "service without it would not be the one described. Take it out for now."},
});

}  // namespace

std::span<const code_info> all_codes() {
    return table;
}

}  // namespace tenon::gen
