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

/// So many records are enough for references to differ.
constexpr std::size_t few = 3;

bool same_at(const answer& want, const answer& got, const std::string& pointer) {
    if (want.has(pointer) != got.has(pointer) || want.is_null(pointer) != got.is_null(pointer)) return false;
    return want.at(pointer) == got.at(pointer) && want.size_at(pointer) == got.size_at(pointer);
}

}  // namespace

const access& resource::of(std::string_view role) const {
    return *std::find_if(roles.begin(), roles.end(), [&](const access& one) { return one.role == role; });
}

bool resource::shows_targets_to(std::string_view role) const {
    return std::all_of(fields.begin(), fields.end(), [&](const field& one) {
        return !one.required || one.target == nullptr || one.target().of(role).read == may::all;
    });
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

std::size_t maker::left_alone(const resource& r) {
    const bool unique = std::any_of(r.fields.begin(), r.fields.end(), [](const field& f) { return f.unique; });
    return unique ? r.rows - std::min(r.rows, bodies_[r.name]) : plenty;
}

std::size_t maker::left_lean(const resource& r) {
    std::size_t left = left_alone(r);
    for (const field& f : r.fields) {
        if (f.required && f.unique && f.target != nullptr) left = std::min(left, left_lean(f.target()));
    }
    return left;
}

std::size_t maker::left(const resource& r) {
    std::size_t left = left_alone(r);
    for (const field& f : r.fields) {
        if (!f.unique || f.target == nullptr) continue;
        const auto beside = [&](const field& other) { return other.unique && other.target == f.target; };
        const auto each = std::count_if(r.fields.begin(), r.fields.end(), beside) + (&f.target() == &r ? 1 : 0);
        const std::size_t targets = left_lean(f.target()), kept = targets == plenty ? 0 : std::min(targets, few);
        left = std::min(left, (targets - kept) / static_cast<std::size_t>(each));
    }
    return left;
}

std::string maker::value_of(const field& f, std::size_t number) {
    if (f.hidden) return "null";
    const bool none = f.optional && f.target != nullptr && targets_[f.target().name].empty() &&
                      (!f.target().can_be_made || left_lean(f.target()) == 0);
    if (none) return "null";
    if (f.target != nullptr) return json_string(make_target(f));
    if (f.to_member) return json_string(home_.member_id(f.unique ? number : 0));
    return f.values[number % f.values.size()];
}

std::string maker::make_target(const field& f) {
    const resource& target = f.target();
    if (f.unique) return make(target);
    std::vector<std::string>& known = targets_[target.name];
    const bool one_more = known.size() < few && left_lean(target) > 0;
    if (known.empty() || one_more) known.push_back(make(target));
    return one_more ? known.back() : known[turn_++ % known.size()];
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
        // Left out, a unique one with a default would be the same in each.
        const bool has_default = !f.initial.empty() && f.initial != "null";
        const bool repeats = f.unique && (!f.optional || has_default);
        if (f.required || repeats) out.set(f.name, value_of(f, number));
    }
    return out;
}

std::string maker::make(const resource& r, const body& with) {
    const answer made = home_.as(r.actor).post(r.path, with.text());
    if (made.status != 201)
        throw std::runtime_error("no " + std::string(r.name) + " from " + with.text() + ": " + made.body);
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
        for (const char* member : {"", "/amount", "/currency", "/key"})
            same = same && same_at(left, right, one + member);
    }
    if (same) return testing::AssertionSuccess();
    return testing::AssertionFailure() << f.name << " differs: " << want << " and " << got;
}

}  // namespace {{service.space}}::tests
