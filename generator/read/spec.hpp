// The spec as typed values: what `read` makes of the YAML text, every node with its place, in the order written.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "generator/read/spec_product.hpp"
#include "generator/support/diagnostics.hpp"
#include "generator/support/source.hpp"
#include "generator/types/field_type.hpp"

namespace tenon::gen {

/// Whom users of the API ask. Each may be empty.
struct contact_spec {
    std::string name;
    std::string url;
    std::string email;
};

/// Under which licence the API is. Empty: proprietary.
struct license_spec {
    std::string name;
    std::string identifier;  ///< Of the form of an SPDX expression, or empty.
    std::string url;
};

/// Where the API is served.
struct server_spec {
    std::string url;
    std::string description;
};

/// What is known as `service:`. Its name names the folder, the binary and the CMake project.
struct service_spec {
    name service_name;  ///< [a-z][a-z0-9_]*
    std::string title;  ///< Never empty: without `title:` it is made from the name.
    std::string description;
    std::string version;  ///< MAJOR.MINOR.PATCH; "0.1.0" when not given.
    contact_spec contact;
    license_spec license;
    std::vector<server_spec> servers;
    source_range at;
};

/// What is known as `tenant:`: the word that becomes tables, routes and code.
struct tenant_spec {
    name singular;  ///< snake_case: "workspace"
    name plural;    ///< snake_case: "workspaces"; made from `singular` when not given.
    source_range at;
};

struct token_spec {
    std::chrono::seconds access{std::chrono::minutes{15}};
    std::chrono::seconds refresh{std::chrono::hours{24 * 30}};
};

enum class totp_mode { off, optional, required };

struct issuer_spec {
    name issuer_name;
    setting jwks_url;
    setting audience;
    bool create_profile = false;
    source_range at;
};

struct auth_spec {
    bool password = true;
    token_spec tokens;
    totp_mode totp = totp_mode::off;
    bool cookies = false;
    std::optional<name> api_key_prefix;  ///< Set when API keys are on.
    std::vector<issuer_spec> issuers;
    source_range at;
};

/// A role has every right of the roles it inherits. No cycles.
struct role_spec {
    name role_name;
    std::vector<name> inherits;
    std::string description;
};

/// Who may do one operation. Nobody when both are empty.
struct access_rule {
    std::vector<name> roles;  ///< Each, and every role that inherits it.
    bool creator = false;     ///< The user who created the record.
    source_range at;
};

/// What is known as `members:`. Once a spec has been read, every role is named.
struct members_spec {
    access_rule manage;    ///< Who adds and removes members and changes their roles, beside the founder's role.
    access_rule settings;  ///< Who changes the tenant itself, beside the founder's role.
    name newcomer;         ///< `new:` what members are when nobody says so.
    name founder;          ///< What becomes of whoever founds a tenant; a tenant keeps at least one.
    source_range at;       ///< Empty when the spec has none.
};

struct field_spec {
    name field_name;  ///< snake_case
    field_type type;
    std::optional<default_value> initial;
    bool unique = false;           ///< Within one tenant.
    bool immutable = false;        ///< Given at creation, refused in updates.
    std::optional<name> pattern;   ///< ECMAScript regular expression the whole text has to match.
    std::string pattern_message;   ///< What a text that does not match is told; empty: the pattern itself.
    std::optional<int> max_items;  ///< Arrays: at most so many.
    on_delete_rule on_delete =
        on_delete_rule::restrict_;             ///< ref: what happens when the target goes; see `on_delete_at`.
    std::optional<source_range> on_delete_at;  ///< Set when the spec says so itself.
    std::optional<source_range> tree_at;       ///< Refs to the own entity: no record is its own ancestor.
    std::optional<name> was;                   ///< The name before a rename.
    std::string description;
    std::optional<name> example;
    source_range at;  ///< The whole field: from its name to the end of its value.
};

/// What an entity leaves out is what the spec's own `access:` says; once a spec has been read, entities of its own have
/// all four.
struct access_spec {
    std::optional<access_rule> read;
    std::optional<access_rule> create;
    std::optional<access_rule> update;
    std::optional<access_rule> remove;  ///< `delete:`
};

/// What a list of records can be filtered by, searched in and sorted by. Names of fields or of generated columns.
struct list_spec {
    std::vector<name> filter;
    std::vector<name> search;
    std::vector<name> sort;
};

struct column_list {
    std::vector<name> columns;
    source_range at;
};

struct workflow_state {
    name state;
    std::vector<name> next;
    std::optional<access_rule> who;  ///< Who may move a record into this state.
};

struct workflow_spec {
    name field;                          ///< The generated enum field that keeps the state.
    std::vector<workflow_state> states;  ///< The first is where a record starts.
    std::optional<name> schedule;        ///< The state that may be entered at a set time.
    source_range at;
};

/// An entity of the spec, or (`extends`) the fields a spec adds to a built-in one.
enum class extended_entity { none, user, tenant };

struct entity_spec {
    name entity_name;            ///< PascalCase
    std::optional<name> plural;  ///< snake_case, when the spec gives it
    std::optional<name> path;    ///< "library/assets": the route behind /v1/, when the spec gives it
    std::string description;
    extended_entity extends = extended_entity::none;
    std::vector<field_spec> fields;
    std::vector<column_list> indexes;
    std::vector<column_list> uniques;
    access_spec access;
    list_spec list;
    bool soft_delete = false;
    std::optional<std::chrono::seconds> keep;  ///< How long the bin keeps a record; unset: for ever.
    source_range keep_at;                      ///< Empty where `keep` is unset.
    std::optional<access_rule> purge;          ///< Who may delete from the bin for good; unset: nobody can.
    bool versions = false;
    std::optional<workflow_spec> workflow;
    std::optional<name> was;
    source_range at;
};

/// What a spec says to a feature.
struct feature_choice {
    source_range at;
    /// All options, left out or not: "keep", "reminders.every"; as they are written.
    std::map<std::string, std::string, std::less<>> options;
};

/// The whole spec. Names refer to things that exist, bounds are in order, and no two names clash: `read_spec` has
/// checked it. All ranges are in the text it was read from.
struct spec {
    int language = 1;  ///< `tenon:`
    service_spec service;
    tenant_spec tenant;
    auth_spec auth;
    std::vector<role_spec> roles;
    members_spec members;
    access_spec access;  ///< What entities may leave out.
    std::vector<entity_spec> entities;
    product_spec product;
    std::map<std::string, feature_choice, std::less<>> features;  ///< Those that it switches on, by name.
    diagnostics warnings;                                         ///< Right, and perhaps not meant.
};

}  // namespace tenon::gen
