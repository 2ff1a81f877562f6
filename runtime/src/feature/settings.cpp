// Forms of settings in words.
#include "feature/settings.hpp"

namespace tenon::feature {
namespace {

std::string listed(const std::vector<std::string_view>& words) {
    std::string out;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (i > 0) out += i + 1 == words.size() ? " or " : ", ";
        out += words[i];
    }
    return out;
}

}  // namespace

std::string expected(const setting& one) {
    switch (one.what) {
        case form::word:
            return "one of " + listed(one.words);
        case form::whole:
            return std::to_string(one.min) + " to " + std::to_string(one.max);
        case form::duration:
            return "such as 500ms, 30s or 15m, at most 24h";
        case form::rate:
            return "such as 600/1m, at most 1000000 in 1s to 24h; 0 for no limit";
        case form::secret:
            return "at least " + std::to_string(one.min) + " bytes";
        case form::text:
        case form::flag:
            break;
    }
    return "";
}

std::string default_of(const setting& one, std::string_view service) {
    constexpr std::string_view name = "{service}";
    std::string out(one.default_text);
    if (const std::size_t at = out.find(name); at != std::string::npos) out.replace(at, name.size(), service);
    return out;
}

}  // namespace tenon::feature
