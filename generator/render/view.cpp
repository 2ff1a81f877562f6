// Views: interned names and member lookup.
#include "generator/render/view.hpp"

#include <cassert>
#include <map>
#include <mutex>

namespace tenon::gen {

view_key key_of(std::string_view name) {
    static std::mutex guard;
    static std::map<std::string, view_key, std::less<>> known;
    const std::lock_guard lock(guard);
    const auto found = known.find(name);
    if (found != known.end()) return found->second;
    const auto next = static_cast<view_key>(known.size());
    known.emplace(std::string(name), next);
    return next;
}

view& view::set(std::string_view name, view value) {
    const view_key key = key_of(name);
    assert(!find(key));
    std::get<object>(value_).emplace_back(key, std::move(value));
    return *this;
}

void set_place(view& of, source_range at) {
    if (at.length > 0) of.set("spec_at", std::to_string(at.offset));
}

const view* view::find(view_key name) const {
    const auto* members = std::get_if<object>(&value_);
    if (!members) return nullptr;
    for (const auto& [key, value] : *members) {
        if (key == name) return &value;
    }
    return nullptr;
}

bool view::truthy() const {
    if (const auto* flag = std::get_if<bool>(&value_)) return *flag;
    if (const auto* text = std::get_if<std::string>(&value_)) return !text->empty();
    if (const auto* items = std::get_if<list>(&value_)) return !items->empty();
    return true;
}

}  // namespace tenon::gen
