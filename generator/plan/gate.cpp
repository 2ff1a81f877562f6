// The words of --fail-on, and what each of them catches.
#include "generator/plan/gate.hpp"

#include <algorithm>

#include "generator/support/text.hpp"

namespace tenon::gen {
namespace {

bool catches(std::string_view word, const impact& one) {
    const impact_kind* kind = find_impact_kind(one.kind);
    if (kind == nullptr) return false;
    using enum impact_kind::direction;
    if (word == "destructive") return one.level == severity::destructive;
    if (word == "breaking") return one.level == severity::breaking || one.level == severity::destructive;
    if (word == "breaks-api") return kind->area == impact_area::api && one.level >= severity::breaking;
    if (word == "breaks-code") return kind->area == impact_area::code && one.level >= severity::breaking;
    if (word == "changes-api") return kind->area == impact_area::api;
    if (word == "changes-schema") return kind->area == impact_area::schema;
    if (word == "changes-access") return kind->area == impact_area::access;
    if (word == "widens-access") return kind->turn == widens;
    if (word == "narrows-access") return kind->turn == narrows;
    return false;
}

bool catches(std::string_view word, const plan_entry& entry) {
    if (word == "conflicts") return needs_attention(entry);
    return word == "deletes" && entry.action == plan_action::remove;
}

template <class Item>
bool any_catches(const std::vector<std::string>& gates, const Item& item) {
    return std::any_of(gates.begin(), gates.end(), [&](const std::string& word) { return catches(word, item); });
}

}  // namespace

const std::vector<gate_word>& gate_words() {
    static const std::vector<gate_word> all{
        {"destructive",
         "data is lost: a table, column or value goes, a value no longer fits, a bin is emptied earlier, or deletions "
         "take records along that they did not"},
        {"breaking", "anything of the severity breaking or destructive"},
        {"breaks-api", "a client that worked stops working"},
        {"breaks-code", "C++ of yours uses a name of the runtime that is gone or changed, and does not compile"},
        {"changes-api", "any change of the API that a client can see"},
        {"changes-schema", "any change of the database's schema, or of how long bins keep records"},
        {"changes-access", "any change of who may do what"},
        {"widens-access",
         "a role may do more than before, there is a new one, newcomers or founders become another, or deletions take "
         "records along that they did not"},
        {"narrows-access", "a role may do less than before, or is gone"},
        {"conflicts", "a file needs a person: a conflict, new or still open, or an error"},
        {"deletes", "a file goes because it is no longer generated"},
    };
    return all;
}

outcome<std::vector<std::string>> parse_gates(const std::vector<std::string>& texts) {
    std::vector<std::string> known;
    for (const gate_word& word : gate_words()) known.emplace_back(word.name);
    std::vector<std::string> words;
    for (const std::string& text : texts) {
        for (std::size_t at = 0; at <= text.size();) {
            const std::size_t comma = std::min(text.find(',', at), text.size());
            std::string word(trimmed(std::string_view(text).substr(at, comma - at)));
            at = comma + 1;
            if (std::find(known.begin(), known.end(), word) == known.end()) {
                return failure{failure_kind::refused, "there is no class of changes " + quoted(word),
                               did_you_mean(word, known, "the classes are ")};
            }
            words.push_back(std::move(word));
        }
    }
    return words;
}

std::vector<std::string> caught_by(const std::vector<std::string>& gates, const plan& p) {
    std::vector<std::string> caught;
    for (const impact& one : p.impacts) {
        if (!any_catches(gates, one)) continue;
        const std::string place = place_of(one);
        caught.push_back(place + (place.empty() ? "" : ": ") + std::string(to_string(one.level)) + ": " + one.message);
    }
    for (const plan_entry& entry : p.entries) {
        if (!any_catches(gates, entry)) continue;
        caught.push_back(entry.path + ": " + std::string(to_string(entry.action)));
    }
    return caught;
}

std::string gate_message(const std::vector<std::string>& caught) {
    std::string out =
        "--fail-on objects to " + std::to_string(caught.size()) + (caught.size() == 1 ? " change:" : " changes:");
    for (const std::string& one : caught) out += "\n  " + one;
    return out;
}

}  // namespace tenon::gen
