// Forgets what is over whenever something is added, and takes no more than so many.
#include "postgres/slow_lately.hpp"

namespace tenon::db {
namespace {

constexpr std::size_t texts_max = 256;
constexpr std::size_t callers_max = 256;
constexpr std::size_t texts_of_a_slow_caller = 3;
constexpr auto slow_for = std::chrono::seconds(10);

}  // namespace

void slow_lately::note(const std::string& text, const uuid& caller, time_point now) {
    std::erase_if(until_, [now](const auto& each) { return each.second <= now; });
    std::erase_if(callers_, [now](const auto& each) { return each.second.until <= now; });
    const bool is_new = !until_.contains(text);
    if (!is_new || until_.size() < texts_max) until_[text] = now + slow_for;
    const bool counts = caller != uuid() && (callers_.contains(caller) || (is_new && callers_.size() < callers_max));
    if (!counts) return;
    asked& of = callers_[caller];
    if (is_new) ++of.texts;
    of.until = now + slow_for;
}

bool slow_lately::has(const std::string& text, const uuid& caller, time_point now) const {
    if (until_.empty()) return false;
    const auto found = until_.find(text);
    if (found != until_.end() && now < found->second) return true;
    const auto theirs = callers_.find(caller);
    return theirs != callers_.end() && theirs->second.texts >= texts_of_a_slow_caller && now < theirs->second.until;
}

}  // namespace tenon::db
