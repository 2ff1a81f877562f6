// One blocking PostgreSQL connection, for what happens outside requests: migrations.
#pragma once

#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <tenon/core/error.hpp>

struct pg_conn;

namespace tenon::db {

/// The rows of an answer, as text; NULL and the empty text look the same.
using text_rows = std::vector<std::vector<std::string>>;

class postgres_session {
  public:
    /// errc::invalid for a URL that cannot be read, errc::unavailable when no server lets us in within ten seconds
    /// (`connect_timeout` in the URL says otherwise). No message has the password.
    static result<postgres_session> open(std::string_view url);

    /// Any number of statements. Those that are not in a transaction of their own share one. An error names the line of
    /// `text`, counted from `first_line`, when the server says where.
    result<void> script(std::string_view text, std::size_t first_line = 1);
    /// One statement, with its parameters as text.
    result<text_rows> query(const char* text, std::initializer_list<std::string> parameters = {});
    bool in_transaction() const;

  private:
    struct finish {
        void operator()(pg_conn* handle) const;
    };
    using handle_ptr = std::unique_ptr<pg_conn, finish>;
    explicit postgres_session(handle_ptr handle) : handle_(std::move(handle)) {}
    handle_ptr handle_;
};

}  // namespace tenon::db
