// The product, fully resolved: every name in every case, every reference followed, every permission decided. Templates
// print it; they work nothing out. Plain values, deterministic order: the order of the spec.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "generator/features/chosen_features.hpp"
#include "generator/read/spec.hpp"
#include "generator/read/spec_product.hpp"
#include "generator/support/source.hpp"
#include "generator/types/field_type.hpp"
#include "generator/types/type_kinds.hpp"

namespace tenon::gen {

/// One thing's name in the forms that generated files need.
struct names {
    std::string snake;         ///< line_item: C++ types, files, JSON members
    std::string pascal;        ///< LineItem: OpenAPI schemas, tests
    std::string kebab;         ///< line-item: URLs
    std::string title;         ///< Line item: documentation
    std::string plural_snake;  ///< line_items: tables, namespaces of repositories
    std::string plural_pascal;
    std::string plural_kebab;  ///< line-items: /v1/line-items
    std::string plural_title;
    std::string lower_title;  ///< "line item", inside a sentence
    std::string article;      ///< "a" or "an"
};

struct service_model {
    names name;
    std::string space;  ///< The C++ namespace: the snake name, kept clear of keywords, `std` and `tenon`.
    std::string title;
    std::string description;
    std::string version;
    contact_spec contact;
    license_spec license;
    std::vector<server_spec> servers;
};

struct tenant_model {
    names name;
    std::string table;   ///< workspaces
    std::string column;  ///< workspace_id
    std::string route;   ///< /v1/workspaces
    std::string schema;  ///< Workspace in openapi.yaml
};

enum class decision { denied, own, allowed };

struct role_model {
    std::string name;
    std::string enumerator;  ///< `name`, with '_' behind it when it is a C++ keyword
    std::string description;
    std::vector<std::size_t> includes;  ///< Indexes of this role and of every role it inherits from, ascending.
    source_range at;                    ///< In the spec; empty for the standard roles.
};

/// One operation that a role may or may not do.
struct permission_model {
    std::string enumerator;  ///< project_read
    std::string label;       ///< project:read
    std::string description;
    std::vector<decision> by_role;  ///< One per role, in the roles' order.
    source_range at;                ///< The access rule, or the entity when it has none; empty for what is built in.
};

/// One column of a table, the same for both databases but for its type (generator/migrate/ has the SQL types).
struct column_model {
    std::string name;
    type_kind kind = type_kind::string;  ///< `reference` and `uuid` are ids; arrays are kept as json.
    bool nullable = false;
    int precision = 0, scale = 0;
    std::optional<default_value> initial;  ///< For rows that exist when the column is added, and for plain SQL inserts.
};

/// A check that a model's field must pass, as a call of <tenon/core/check.hpp>.
struct check_model {
    std::string call;  ///< "length", "range", "at_least", "at_most", "email", "url", "identity", "pattern", "count",
                       ///< "currency"
    std::string
        arguments;         ///< What follows the value: ", 1, 120" ("" when nothing does); pattern: ", " and its literal
    std::string sentence;  ///< "1 to 120 characters", for documentation
    bool each = false;     ///< Arrays: a rule for every element ("count" is about the array itself).
};

struct enum_value_model {
    std::string name;        ///< As in the spec, JSON and the database.
    std::string enumerator;  ///< A valid C++ identifier.
    std::string was;         ///< What rows had for it before a rename; empty: it was always named so.
};

struct field_model {
    names name;
    std::string member;      ///< JSON member and first column: "title"; for references "author_id".
    std::string cpp_member;  ///< The same in C++: "class_" for "class".
    field_type type;
    std::string cpp_type;  ///< Without optional: "std::string", "domain::draft_platform", "tenon::id<domain::project>",
                           ///< "std::vector<std::string>"
    std::string cpp_member_type;  ///< With std::optional when optional.
    std::string cpp_default;      ///< Initialiser text such as ` = 0` or `` when the type's own default is right.
    std::string enum_type;        ///< "draft_platform" when kind is enumeration (scalar or array); else empty.
    std::vector<enum_value_model> values;
    bool optional = false;
    bool array = false;
    bool has_default = false;
    bool required_on_create = false;  ///< Not optional and without a default.
    bool immutable = false;
    bool unique = false;
    std::optional<std::size_t> target;  ///< References: index into model::entities; unset for User.
    bool to_user = false;               ///< References to the built-in User.
    on_delete_rule on_delete = on_delete_rule::restrict_;
    bool tree = false;  ///< A reference to the own entity; no record is its own ancestor.
    std::vector<check_model> checks;
    std::string pattern;          ///< RE2 text; empty: none.
    std::string spec_pattern;     ///< The pattern as the spec has it, ECMAScript; empty: none.
    std::string pattern_literal;  ///< `pattern` as a C++ string literal, quotes included, and behind a comma what a
                                  ///< text is told that does not match; empty: none.
    std::optional<std::int64_t> max_length;  ///< Text: in code points, also when the spec does not say it.
    std::optional<int> max_items;            ///< Arrays: always set.
    std::vector<column_model> columns;       ///< One; two for money (amount in minor units, currency).
    std::string description;
    std::string schema;              ///< Of its values in openapi.yaml: "TaskStatus", "Money"; empty: written in place.
    std::string example_json;        ///< A valid JSON value: the spec's example, else one made from the type.
    std::string other_example_json;  ///< A valid value that differs, where the type has one.
    std::string invalid_json;  ///< A JSON value of the right JSON type that a check refuses; empty: there is none.
    std::string default_json;  ///< The default as JSON; empty: none or `now`.
    std::optional<default_value> initial;  ///< The default as read.
    std::optional<names> was;              ///< Its name before a rename. Stays in the spec for good: may be long done.
    source_range at;
};

/// Something a list can be filtered or sorted by.
struct list_column_model {
    std::string parameter;  ///< "author_id"
    std::string column;
    list_column_type type = list_column_type::text;
    std::string type_name;  ///< The enumerator of tenon::paging::column_type: "text", "enumeration", …
    int precision = 0, scale = 0;
    std::string enum_type;     ///< For enumerations: the domain type.
    std::string written_type;  ///< For types that bring their own form: "tenon::time_of_day".
    bool list = false;         ///< A list of texts or enums; filters look for one of its elements.
    bool nullable = false;
    bool bounds = false;               ///< A filter by it takes bounds as well: `PARAMETER_from` and `PARAMETER_to`.
    std::string example;               ///< A value as it stands in a query string, percent-encoded.
    std::optional<std::size_t> field;  ///< Index into entity_model::fields; unset for generated columns.
};

struct index_model {
    std::vector<std::string> columns;  ///< Without the tenant column, which always comes first.
    bool unique = false;
    bool live_only = false;  ///< Uniqueness among rows outside the bin.
    bool bin_only = false;   ///< Only rows in the bin.
};

/// The inverse side of a reference: no column, a list filtered by it.
struct has_many_model {
    names name;
    std::size_t target = 0;    ///< Index into model::entities.
    std::string target_field;  ///< The filter's parameter: "project_id".
};

/// What the operations of an entity are called, each like no other of the service.
struct operation_names {
    std::string list, create, get, update, remove, restore, purge;
};

struct entity_model {
    names name;
    std::string cpp_class;      ///< line_item, in `domain`; "case_" for Case.
    std::string cpp_namespace;  ///< line_items, in `storage`.
    std::string schema;         ///< LineItem in openapi.yaml, where New…, …Changes and …List come of it.
    operation_names operations;
    std::string description;
    std::string table;
    std::string route;                ///< /v1/line-items, or what the spec names
    std::vector<field_model> fields;  ///< Without has-many.
    std::vector<has_many_model> has_many;
    std::vector<std::size_t> referenced_by;  ///< Entities with a reference here, ascending, each once.
    std::vector<list_column_model> filters;
    std::vector<list_column_model> sorts;  ///< Never empty: created_at is added when the spec names none.
    std::vector<std::string> search;       ///< Columns.
    std::vector<index_model> indexes;
    bool soft_delete = false;          ///< It has a bin that can be listed, and restored from.
    bool goes_along = false;           ///< A deletion of what it refers to can take it into the bin.
    std::int64_t keep_seconds = 0;     ///< How long the bin keeps a record; 0: for ever.
    std::optional<std::size_t> purge;  ///< Index into model::permissions; unset: there is no purge.
    std::size_t read = 0, create = 0, update = 0, remove = 0;  ///< Indexes into model::permissions.
    std::optional<names> was;  ///< Its name before a rename. Stays in the spec for good: may be long done.
    source_range at;

    /// Its rows can be in the bin: it has the column deleted_at.
    bool has_bin() const { return soft_delete || goes_along; }
};

/// Where the service runs: which files for that are made.
struct deploy_model {
    bool docker = true;  ///< compose builds its image.
    bool compose = true;
    bool systemd = true;
};

struct model {
    service_model service;
    deploy_model deploy;
    tenant_model tenant;
    std::int64_t access_token_seconds = 900;
    std::int64_t refresh_token_seconds = 2'592'000;
    std::vector<role_model> roles;
    std::size_t owner_role = 0;                 ///< The founder's.
    std::size_t default_role = 0;               ///< A new member's.
    std::vector<permission_model> permissions;  ///< Those that features declare, then four or five an entity.
    /// Which of them a feature declares under this name.
    std::map<std::string, std::size_t, std::less<>> declared_permissions;
    std::vector<entity_model> entities;
    /// Those that the product has, in the order of documents.
    feature_list features;
};

}  // namespace tenon::gen
