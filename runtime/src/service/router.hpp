// Finds the route of a method and a path.
#pragma once

#include <array>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <tenon/service/route.hpp>

namespace tenon::service {

inline constexpr std::size_t method_count = 7;

struct match {
    enum class outcome { found, no_such_path, bad_path, method_not_allowed };
    outcome what = outcome::no_such_path;
    const service::route* route = nullptr;
    std::size_t index = 0;  ///< Of `route` in the table.
    std::vector<std::pair<std::string, std::string>> parameters;
    std::string allow;  ///< For `method_not_allowed` and for OPTIONS: the value of the Allow header.
};

/// Literal segments win over parameters. A segment matches as a whole after percent-decoding; empty segments ("//", a
/// trailing slash) and dot segments match nothing; broken escapes, U+0000 and invalid UTF-8 are bad_path.
/// HEAD finds the GET route. Thread-safe once made.
class router {
  public:
    /// Keeps the span. A table with two routes of the same method and shape is a bug (std::logic_error).
    explicit router(std::span<const route> routes);
    ~router();

    match find(http::method m, std::string_view path) const;
    std::span<const route> routes() const { return routes_; }

  private:
    struct node;
    void add(const route& added, std::size_t index);
    const node* walk(const node& from, std::span<const std::string> segments,
                     std::vector<const std::string*>& values) const;
    match choose(const node& at, http::method m) const;

    std::span<const route> routes_;
    std::unique_ptr<node> root_;
    std::unordered_map<std::string_view, const node*> literal_paths_;  // the common case without splitting
};

}  // namespace tenon::service
