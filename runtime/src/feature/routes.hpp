// What a feature answers over HTTP, as data: the table of routes and openapi.yaml are made of it.
//
// Texts may have the words of templates (docs/templates.md), such as `{{tenant.lower_title}}`; those of records, an
// entity's as well.
#pragma once

#include <string_view>
#include <vector>

namespace tenon::feature {

enum class method { get, post, patch, delete_ };

/// Who may ask. There is no default: a route that does not say it does not compile.
class right {
  public:
    enum class whom { anybody, user, member };

    constexpr whom of() const { return of_; }
    /// Of the member's role: one that is declared ("member:manage"), or, of records, its enumerator in the product's
    /// `access::permission`.
    constexpr std::string_view permission() const { return permission_; }

    static constexpr right anybody() { return right(whom::anybody, {}); }
    /// Any signed-in user, outside of a tenant.
    static constexpr right user() { return right(whom::user, {}); }
    static constexpr right member_with(std::string_view permission) { return right(whom::member, permission); }

  private:
    constexpr right(whom of, std::string_view permission) : of_(of), permission_(permission) {}

    whom of_;
    std::string_view permission_;
};

struct answer {
    int status = 200;
    std::string_view meaning;      ///< "The user.", plain in YAML.
    std::string_view schema = {};  ///< Among components/schemas, or one in braces. Empty: there is no body.
    std::string_view media = "application/json";
    std::string_view example = {};  ///< In YAML, on one line.
};

/// Which orders a list can be asked in.
enum class list_of {
    nothing,  ///< It is no list.
    times,    ///< By `sorted_by`, an instant.
    records,  ///< As the entity's `list` says, with its filters and search.
};

struct route {
    method verb;
    std::string_view path;       ///< `{name}` is a parameter: `Name` among components/parameters.
    std::string_view operation;  ///< The operationId.
    right who;
    std::string_view handler;  ///< "tenon::auth::login", of <tenon/auth/handlers.hpp>.
    std::string_view tag;
    std::string_view summary;
    std::string_view description = {};  ///< Sentences. Who may ask is said behind them.
    std::string_view takes = {};        ///< The schema of the body. Empty: it takes none.
    answer gives;
    std::string_view when = {};        ///< A flag of the entity's, without which there is no such route.
    bool versioned = false;            ///< If-Match, and the ETag of what is answered.
    bool makes = false;                ///< Location says where.
    list_of lists = list_of::nothing;  ///< Pages.
    std::string_view sorted_by = {};
    std::vector<int> refusals = {};  ///< Statuses beyond those that follow from the rest.
    std::string_view token = {};     ///< Of securitySchemes, asked for where the service has been given one.
    bool limited = true;             ///< Limits on requests count it; else it is a GET of a path without words.
    bool asks_database = true;
};

/// Under which operations are grouped.
struct tag {
    std::string_view name;
    std::string_view description;
};

}  // namespace tenon::feature
