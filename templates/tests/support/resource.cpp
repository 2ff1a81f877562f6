// Bodies that the service takes, and records made from them.
#include "support/resource.hpp"

#include <algorithm>
#include <stdexcept>

namespace {{service.space}}::tests {

namespace {

answer document(const std::string& json) {
    answer out;
    out.body = json;
    return out;
}

bool same_at(const answer& want, const answer& got, const std::string& pointer) {
    if (want.has(pointer) != got.has(pointer)) return false;
    return want.at(pointer) == got.at(pointer) && want.size_at(pointer) == got.size_at(pointer);
}

}  // namespace

const access& resource::of(std::string_view role) const {
    return *std::find_if(roles.begin(), roles.end(), [&](const access& one) { return one.role == role; });
}

body& body::set(std::string_view name, std::string_view json) {
    for (auto& [known, value] : members_) {
        if (known == name) return value = json, *this;
    }
    members_.emplace_back(name, json);
    return *this;
}

body body::without(std::string_view name) const {
    body out = *this;
    std::erase_if(out.members_, [&](const auto& one) { return one.first == name; });
    return out;
}

std::string body::value(std::string_view name) const {
    for (const auto& [known, value] : members_) {
        if (known == name) return value;
    }
    return {};
}

std::string body::text() const {
    std::string out = "{";
    for (const auto& [name, value] : members_) {
        if (out.size() > 1) out += ',';
        out += json_string(name) + ':' + value;
    }
    return out + '}';
}

std::string maker::value_of(const field& f, std::size_t number) {
    if (f.target != nullptr) return json_string(make_target(f));
    if (f.to_member) return json_string(home_.member_id(f.unique ? number : 0));
    return f.values[number % f.values.size()];
}

std::string maker::make_target(const field& f) {
    const resource& target = f.target();
    std::vector<std::string>& known = targets_[target.name];
    const bool again = (f.optional && !f.unique) || left(target) == 0;
    if (known.empty() || !again) known.push_back(make(target));
    return known.back();
}

body maker::full(const resource& r) {
    const std::size_t number = bodies_[r.name]++;
    body out;
    for (const field& f : r.fields) out.set(f.name, value_of(f, number));
    return out;
}

body maker::lean(const resource& r) {
    const std::size_t number = bodies_[r.name]++;
    body out;
    for (const field& f : r.fields) {
        if (f.required || (f.unique && !f.optional)) out.set(f.name, value_of(f, number));
    }
    return out;
}

std::string maker::make(const resource& r, const body& with) {
    const answer made = home_.as(r.actor).post(r.path, with.text());
    if (made.status != 201) throw std::runtime_error("no " + std::string(r.name) + " from " + with.text() + ": " + made.body);
    return made.at("/id");
}

testing::AssertionResult same_field(const field& f, const std::string& want, const std::string& got) {
    const answer left = document(want);
    const answer right = document(got);
    bool same = same_at(left, right, f.pointer());
    // Enough for what the tests send: amounts of money, documents with one key, lists of these.
    std::vector<std::string> inside;
    for (std::size_t i = 0; i < left.size_at(f.pointer()); ++i) inside.push_back(f.pointer() + "/" + std::to_string(i));
    inside.push_back(f.pointer());
    for (const std::string& one : inside) {
        for (const char* member : {"", "/amount", "/currency", "/key"}) same = same && same_at(left, right, one + member);
    }
    if (same) return testing::AssertionSuccess();
    return testing::AssertionFailure() << f.name << " differs: " << want << " and " << got;
}

}  // namespace {{service.space}}::tests
