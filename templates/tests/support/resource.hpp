// One kind of record as the tests see it: its fields with values to send, who may do what, and what its lists can do.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "support/tenant.hpp"

namespace {{service.space}}::tests {

struct resource;

/// What happens to a record when the one that it refers to is deleted.
enum class on_delete {
    nothing,
    refuse,
    cascade,
    clear,
};

/// Values are JSON texts; an empty one does not exist.
struct field {
    std::string_view name;
    std::vector<std::string> values{};  ///< Valid, and all different. None for references.
    const resource& (*target)() = nullptr;  ///< For a reference to another record.
    bool hidden = false;  ///< What it could refer to cannot be seen by the actor: it stays empty.
    bool tree = false;  ///< It names a parent of the same kind.
    on_delete when_target_goes = on_delete::nothing;
    bool to_member = false;  ///< For a reference to a user.
    std::string refused{};  ///< Of the right type, but a rule refuses it.
    std::string wrong_type{};
    std::string initial{};  ///< What a record has when a request leaves the field out.
    bool is_money = false;
    bool required = false;  ///< A record cannot be made without it.
    bool optional = false;  ///< May be null.
    bool immutable = false;
    bool unique = false;  ///< No two records have the same, alone or together with others.

    bool is_reference() const { return target != nullptr || to_member; }
    std::string pointer() const { return "/" + std::string(name); }
};

enum class may {
    none,
    own,
    all,
};

/// What members with a role may do: `own` is about records that they created.
struct access {
    std::string_view role;
    may read = may::none;
    may create = may::none;
    may update = may::none;
    may remove = may::none;
    may purge = may::none;
};

/// A parameter that lists are filtered by.
struct filter {
    std::string_view name;
    bool ordered = false;  ///< Has `name_from` and `name_to`.
    bool nullable = false;
    bool list = false;  ///< Looks for an element.
    bool text = false;  ///< May have commas.
};

struct resource {
    std::string_view name;
    std::string_view path;  ///< "/v1/tasks"
    std::vector<field> fields{};
    std::vector<access> roles{};  ///< One for each role.
    std::vector<filter> filters{};
    std::vector<std::string_view> sorts{};
    std::string_view usual_sort;  ///< What a list is sorted by that is not asked for an order.
    std::vector<std::string_view> search{};
    bool soft_delete = false;
    bool can_be_made = true;  ///< False when no role may create it.
    std::string_view actor;  ///< The role that may do most with it.
    std::size_t rows = 8;  ///< How many of them can differ in their unique fields.

    const access& of(std::string_view role) const;
    /// Whether a role may see whatever a record has to refer to; else it cannot create one.
    bool shows_targets_to(std::string_view role) const;
    std::string at(std::string_view id) const { return std::string(path) + "/" + std::string(id); }
};

/// The members of a JSON object, in order.
class body {
  public:
    body& set(std::string_view name, std::string_view json);
    body without(std::string_view name) const;
    body with(std::string_view name, std::string_view json) const { return body(*this).set(name, json); }
    /// The value of a member; empty when there is none.
    std::string value(std::string_view name) const;
    std::string text() const;

  private:
    std::vector<std::pair<std::string, std::string>> members_;
};

/// Makes records of all kinds in one tenant.
class maker {
  public:
    explicit maker(tenant& home)
        : home_(home) {}

    /// A valid body with every field; the records that it refers to are made first. Two bodies differ in unique fields,
    /// as long as there are values left.
    body full(const resource& r);
    /// A valid body with nothing that can be left out.
    body lean(const resource& r);
    /// Creates a record as the role that may; gives its id. Throws std::runtime_error when the service refuses.
    std::string make(const resource& r) { return make(r, lean(r)); }
    std::string make(const resource& r, const body& with);

    /// How many more bodies with every field differ in what is unique; `plenty` where nothing is.
    std::size_t left(const resource& r);

    /// The value of a field in the `number`th record; references are made. Null where there is nothing to refer to.
    std::string value_of(const field& f, std::size_t number);

  private:
    static constexpr std::size_t plenty = 1000;

    /// The same of bodies with nothing that can be left out.
    std::size_t left_lean(const resource& r);
    /// By the values of its own fields.
    std::size_t left_alone(const resource& r);
    /// A unique reference gets a new one each time; the others take turns with a few.
    std::string make_target(const field& f);

    tenant& home_;
    std::map<std::string_view, std::size_t> bodies_;  ///< How many were made of each kind.
    std::map<std::string_view, std::vector<std::string>> targets_;  ///< What references can name.
    std::size_t turn_ = 0;
};

/// `text` as a JSON string, for ids and other text without special characters.
inline std::string json_string(std::string_view text) {
    return '"' + std::string(text) + '"';
}

/// True when `got` has the same under the field's name as `want`; both are JSON objects.
testing::AssertionResult same_field(const field& f, const std::string& want, const std::string& got);

}  // namespace {{service.space}}::tests
