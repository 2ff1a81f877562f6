// Environment variables, as data: configuration, --help, .env.example, compose.yaml and documents are made of it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tenon::feature {

/// How values are written.
enum class form {
    text,      ///< Whatever the reader of it takes.
    word,      ///< One of `words`.
    flag,      ///< "true" or "false".
    whole,     ///< A whole number, `min` to `max`.
    duration,  ///< "500ms", "30s", "15m", "2h": at most 24h.
    rate,      ///< "600/1m", or "0" for no limit.
    secret,    ///< Of `min` bytes at least; never told.
};

struct setting {
    std::string_view name;
    form what = form::text;
    std::string_view default_text = {};  ///< As it is written. Empty: none. `{service}` is the product's name.
    std::string_view meaning;            ///< A phrase without a full stop.
    std::int64_t min = 0, max = 0;
    std::vector<std::string_view> words = {};
    bool required = false;      ///< The service does not start without it.
    bool set_by_image = false;  ///< Containers of the product have it from their image.
};

/// What values look like, such as "1 to 100". Empty where there is no more to say than what it means.
std::string expected(const setting& one);

/// `default_text`, for this product.
std::string default_of(const setting& one, std::string_view service);

}  // namespace tenon::feature
