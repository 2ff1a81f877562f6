// A value or an error, with the member names of std::expected (C++23), which g++ 12 lacks in C++20 mode.
#pragma once

#include <cassert>
#include <optional>
#include <type_traits>
#include <utility>
#include <variant>

namespace tenon {

struct error;  // <tenon/core/error.hpp>

/// Wraps an error on its way into a `result`: `return unexpected(some_error);`.
template <class E>
struct unexpected {
    E value;
    explicit unexpected(E e) : value(std::move(e)) {}
};
template <class E>
unexpected(E) -> unexpected<E>;

/// Holds a `T` or an `E`. Reading the side that is not there is a bug (asserted).
template <class T, class E = error>
class [[nodiscard]] result {
  public:
    using value_type = T;
    using error_type = E;

    template <class U = T>
    requires(std::is_constructible_v<T, U&&> && !std::is_same_v<std::remove_cvref_t<U>, result> &&
             !std::is_same_v<std::remove_cvref_t<U>, E>) result(U&& value)
        : state_(std::in_place_index<0>, std::forward<U>(value)) {}
    result(E error) : state_(std::in_place_index<1>, std::move(error)) {}
    template <class G>
    requires std::is_constructible_v<E, G&&> result(unexpected<G> e)
        : state_(std::in_place_index<1>, std::move(e.value)) {}

    bool has_value() const noexcept { return state_.index() == 0; }
    explicit operator bool() const noexcept { return has_value(); }

    T& value() & { return assert(has_value()), *std::get_if<0>(&state_); }
    const T& value() const& { return assert(has_value()), *std::get_if<0>(&state_); }
    T&& value() && { return assert(has_value()), std::move(*std::get_if<0>(&state_)); }
    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }
    T&& operator*() && { return std::move(*this).value(); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }

    E& error() & { return assert(!has_value()), *std::get_if<1>(&state_); }
    const E& error() const& { return assert(!has_value()), *std::get_if<1>(&state_); }
    E&& error() && { return assert(!has_value()), std::move(*std::get_if<1>(&state_)); }

    template <class U>
    T value_or(U&& fallback) const& {
        return has_value() ? value() : static_cast<T>(std::forward<U>(fallback));
    }

  private:
    std::variant<T, E> state_;
};

/// The form for operations that return nothing but may fail.
template <class E>
class [[nodiscard]] result<void, E> {
  public:
    using value_type = void;
    using error_type = E;

    result() = default;
    result(E error) : error_(std::move(error)) {}
    template <class G>
    requires std::is_constructible_v<E, G&&> result(unexpected<G> e) : error_(std::move(e.value)) {}

    bool has_value() const noexcept { return !error_.has_value(); }
    explicit operator bool() const noexcept { return has_value(); }
    void value() const { assert(has_value()); }

    E& error() & { return assert(!has_value()), *error_; }
    const E& error() const& { return assert(!has_value()), *error_; }
    E&& error() && { return assert(!has_value()), std::move(*error_); }

  private:
    std::optional<E> error_;
};

}  // namespace tenon

#define TENON_CONCAT_(a, b) a##b
#define TENON_CONCAT(a, b) TENON_CONCAT_(a, b)

#define TENON_TRY_ASSIGN_(temporary, declaration, return_keyword, ...)                \
    auto temporary = __VA_ARGS__;                                                     \
    if (!temporary) return_keyword ::tenon::unexpected(std::move(temporary).error()); \
    declaration = std::move(*temporary)

/// `TRY_ASSIGN(auto x, f());` binds the value of `f()`, or returns its error. A statement, never an expression.
#define TRY_ASSIGN(declaration, ...) \
    TENON_TRY_ASSIGN_(TENON_CONCAT(tenon_try_, __LINE__), declaration, return, __VA_ARGS__)

/// The same in a coroutine; the operand may hold one `co_await`.
#define CO_TRY_ASSIGN(declaration, ...) \
    TENON_TRY_ASSIGN_(TENON_CONCAT(tenon_try_, __LINE__), declaration, co_return, __VA_ARGS__)

#define TENON_TRY_(temporary, return_keyword, ...)                                        \
    do {                                                                                  \
        auto temporary = __VA_ARGS__;                                                     \
        if (!temporary) return_keyword ::tenon::unexpected(std::move(temporary).error()); \
    } while (false)

/// `TRY(f());` returns the error of `f()`, if any.
#define TRY(...) TENON_TRY_(TENON_CONCAT(tenon_try_, __LINE__), return, __VA_ARGS__)
#define CO_TRY(...) TENON_TRY_(TENON_CONCAT(tenon_try_, __LINE__), co_return, __VA_ARGS__)
