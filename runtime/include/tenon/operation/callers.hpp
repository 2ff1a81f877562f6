// Who may ask for something that belongs to no tenant: anybody, or a user who has signed in.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include <tenon/core/uuid.hpp>

namespace tenon::limits {
class rates_seen;
}

namespace tenon::operation {

struct surroundings;  // the runtime's own: what one running service consists of

/// Somebody who has not signed in, or need not have. Only the runtime makes one. Cheap to copy; what it was made from
/// outlives it.
class visitor_context {
  public:
    visitor_context(const surroundings& all, std::string_view address, std::chrono::steady_clock::time_point deadline,
                    limits::rates_seen* seen = nullptr)
        : all_(&all), address_(address), deadline_(deadline), seen_(seen) {}

    std::string_view address() const { return address_; }  ///< Of the client, as text; what tries are counted by.
    /// Whatever is asked of the database by then ends with errc::deadline_exceeded.
    std::chrono::steady_clock::time_point deadline() const { return deadline_; }

  private:
    friend struct inner;
    const surroundings* all_;
    std::string_view address_;
    std::chrono::steady_clock::time_point deadline_;
    limits::rates_seen* seen_;
};

/// A signed-in user; no tenant's data is in reach. Only the runtime makes one: who it stands for has been proved. Cheap
/// to copy; what it was made from outlives it.
class user_context {
  public:
    user_context(const surroundings& all, user_id user, uuid auth_session,
                 std::chrono::steady_clock::time_point deadline)
        : all_(&all), user_(user), auth_session_(auth_session), deadline_(deadline) {}

    user_id user() const { return user_; }
    uuid auth_session() const { return auth_session_; }  ///< The family of tokens that the user is known by.
    /// Whatever is asked of the database by then ends with errc::deadline_exceeded.
    std::chrono::steady_clock::time_point deadline() const { return deadline_; }

  private:
    friend struct inner;
    const surroundings* all_;
    user_id user_;
    uuid auth_session_;
    std::chrono::steady_clock::time_point deadline_;
};

}  // namespace tenon::operation
