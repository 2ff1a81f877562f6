// Words of other languages, and what to write instead of them.
#include "generator/types/type_words.hpp"

#include <array>

#include "generator/support/naming.hpp"
#include "generator/types/type_row.hpp"

namespace tenon::gen {

namespace {

struct foreign_word {
    std::string_view word;
    std::string_view ours;
};

constexpr auto foreign_words = std::to_array<foreign_word>({
    {"varchar", "string(..255)"},
    {"char", "string"},
    {"str", "string"},
    {"integer", "int"},
    {"bigint", "int"},
    {"smallint", "int"},
    {"long", "int"},
    {"int32", "int"},
    {"int64", "int"},
    {"number", "int, float or decimal(12,2)"},
    {"serial", "int"},
    {"double", "float"},
    {"real", "float"},
    {"boolean", "bool"},
    {"timestamp", "datetime"},
    {"timestamptz", "datetime"},
    {"time", "datetime"},
    {"instant", "datetime"},
    {"numeric", "decimal(12,2)"},
    {"currency", "money"},
    {"price", "money"},
    {"uri", "url"},
    {"link", "url"},
    {"jsonb", "json"},
    {"object", "json"},
    {"map", "json"},
    {"dict", "json"},
    {"id", "uuid"},
    {"guid", "uuid"},
    {"mail", "email"},
    {"array", "string[]"},
    {"list", "string[]"},
    {"reference", "ref"},
    {"belongs_to", "ref"},
    {"references", "ref"},
    {"hasmany", "has_many"},
    {"choice", "enum [a, b]"},
    {"markdown", "text"},
    {"blob", "url"},
    {"file", "url"},
    {"image", "url"},
    {"longtext", "text"},
    {"clob", "text"},
});

}  // namespace

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
    for (const foreign_word& one : foreign_words) {
        if (one.word == small) return one.ours;
    }
    return {};
}

}  // namespace tenon::gen
