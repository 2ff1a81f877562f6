// Looks words up in the table of types.
#include "generator/types/type_words.hpp"

#include "generator/support/naming.hpp"
#include "generator/types/type_row.hpp"

namespace tenon::gen {

std::string type_word(type_kind kind) {
    return std::string(row_of(kind).word);
}

std::optional<type_kind> type_of_word(std::string_view word) {
    for (const type_row& one : type_rows()) {
        if (one.word == word) return one.kind;
    }
    return std::nullopt;
}

std::vector<std::string> type_words() {
    std::vector<std::string> out;
    for (const type_row& one : type_rows()) out.emplace_back(one.word);
    return out;
}

std::string_view foreign_type(std::string_view word) {
    const std::string small = snake_case(word);
    for (const foreign_word& one : foreign_words()) {
        if (one.word == small) return one.ours;
    }
    return {};
}

}  // namespace tenon::gen
