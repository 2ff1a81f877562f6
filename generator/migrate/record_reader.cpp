// Reads the record of a migration. The file may have been edited or merged by hand, so nothing in it is taken for
// granted.
#include <boost/json.hpp>
#include <set>

#include "generator/migrate/column_table.hpp"
#include "generator/migrate/name_parts.hpp"
#include "generator/migrate/record.hpp"
#include "generator/migrate/schema_words.hpp"
#include "generator/support/sha256.hpp"
#include "generator/types/field_type.hpp"

namespace tenon::gen {

namespace {

/// The first thing wrong with the file; reading goes on with empty values.
class problem {
  public:
    void report(const std::string& what) {
        if (what_.empty()) what_ = what;
    }
    const std::string& what() const { return what_; }

  private:
    std::string what_;
};

/// One object of the file, read member by member.
class reader {
  public:
    reader(const boost::json::value& value, std::string where, problem& found)
        : object_(value.if_object()), where_(std::move(where)), problem_(found) {
        if (object_ == nullptr) fail("is not an object");
    }

    const boost::json::value* find(const char* key) {
        seen_.insert(key);
        return object_ == nullptr ? nullptr : object_->if_contains(key);
    }
    const boost::json::value* need(const char* key) {
        const boost::json::value* found = find(key);
        if (found == nullptr) fail(std::string("has no '") + key + "'");
        return found;
    }
    std::string text(const char* key) {
        const boost::json::value* found = need(key);
        return found == nullptr ? std::string() : as_text(*found, key);
    }
    std::string text_or_empty(const char* key) { return find(key) == nullptr ? std::string() : text(key); }
    bool flag(const char* key) {
        const boost::json::value* found = find(key);
        if (found != nullptr && !found->is_bool()) fail(std::string("says neither true nor false in '") + key + "'");
        return found != nullptr && found->is_bool() && found->get_bool();
    }
    std::int64_t integer_or_zero(const char* key) {
        const boost::json::value* found = find(key);
        if (found == nullptr) return 0;
        if (!found->is_int64()) return fail(std::string("has no whole number in '") + key + "'"), 0;
        return found->get_int64();
    }
    double number_or_zero(const char* key) {
        const boost::json::value* found = find(key);
        if (found == nullptr) return 0;
        boost::system::error_code failed;
        const double number = found->to_number<double>(failed);
        if (failed) fail(std::string("has no number in '") + key + "'");
        return failed ? 0 : number;
    }
    const boost::json::array& list(const char* key) {
        static const boost::json::array nothing;
        const boost::json::value* found = need(key);
        if (found != nullptr && !found->is_array()) fail(std::string("has no list in '") + key + "'");
        return found != nullptr && found->is_array() ? found->get_array() : nothing;
    }
    std::vector<std::string> texts(const char* key) {
        std::vector<std::string> out;
        for (const boost::json::value& one : list(key)) out.push_back(as_text(one, key));
        return out;
    }
    template <class Enum, std::size_t N>
    Enum word(const char* key, const words::table<Enum, N>& all) {
        const auto found = words::from_word(all, text(key));
        if (!found) fail(std::string("has an unknown word in '") + key + "'");
        return found.value_or(all.front().first);
    }
    sql_type type(const char* key) {
        const auto found = sql_type_of_word(text(key));
        if (!found) fail(std::string("has an unknown word in '") + key + "'");
        return found.value_or(sql_type::text);
    }
    template <class Thing>
    std::vector<Thing> things(const char* key, Thing (*read_one)(const boost::json::value&, problem&)) {
        std::vector<Thing> out;
        for (const boost::json::value& one : list(key)) out.push_back(read_one(one, problem_));
        return out;
    }
    /// Members that nobody asked for mean another version of the format.
    void finish() {
        if (object_ == nullptr) return;
        for (const auto& member : *object_) {
            const std::string key(member.key());
            if (!seen_.contains(key)) fail("has an unknown member '" + key + "'");
        }
    }
    void fail(const std::string& what) { problem_.report(where_ + " " + what); }

  private:
    std::string as_text(const boost::json::value& value, const char* key) {
        if (!value.is_string()) return fail(std::string("has no text in '") + key + "'"), std::string();
        return std::string(value.get_string());
    }

    const boost::json::object* object_ = nullptr;
    std::string where_;
    problem& problem_;
    std::set<std::string> seen_;
};

default_value read_default(const boost::json::value& value, problem& found) {
    reader in(value, "a default", found);
    default_value out;
    out.kind = in.word("kind", words::defaults);
    out.integer = in.integer_or_zero("integer");
    out.number = in.number_or_zero("number");
    out.text = in.text_or_empty("text");
    in.finish();
    return out;
}

schema_column read_column(const boost::json::value& value, problem& found) {
    reader in(value, "a column", found);
    schema_column out;
    out.name = in.text("name");
    out.type = in.type("type");
    out.nullable = in.flag("nullable");
    const std::int64_t precision = in.integer_or_zero("precision");
    const std::int64_t scale = in.integer_or_zero("scale");
    const bool exact = precision >= 1 && precision <= most_digits && scale >= 0 && scale <= precision;
    if (exact != (out.type == sql_type::decimal)) in.fail("has a precision that does not fit its type");
    if (exact) out.precision = static_cast<int>(precision), out.scale = static_cast<int>(scale);
    if (const boost::json::value* initial = in.find("default")) out.initial = read_default(*initial, found);
    out.field = in.text_or_empty("field");
    out.format = in.text_or_empty("format");
    out.items = in.text_or_empty("items");
    if (in.find("item_values") != nullptr) out.item_values = in.texts("item_values");
    in.finish();
    return out;
}

schema_foreign_key read_key(const boost::json::value& value, problem& found) {
    reader in(value, "a foreign key", found);
    schema_foreign_key out;
    out.name = in.text("name");
    out.columns = in.texts("columns");
    out.table = in.text("table");
    out.target_columns = in.texts("target_columns");
    out.on_delete = in.word("on_delete", words::rules);
    in.finish();
    const bool fits = !out.columns.empty() && out.columns.size() <= 2;
    if (!fits || out.columns.size() != out.target_columns.size()) in.fail("has the wrong number of columns");
    return out;
}

schema_check read_check(const boost::json::value& value, problem& found) {
    reader in(value, "a check", found);
    schema_check out;
    out.name = in.text("name");
    out.column = in.text("column");
    if (in.find("values") != nullptr) out.values = in.texts("values");
    out.max_length = in.integer_or_zero("max_length");
    in.finish();
    return out;
}

schema_index read_index(const boost::json::value& value, problem& found) {
    reader in(value, "an index", found);
    schema_index out;
    out.name = in.text("name");
    out.columns = in.texts("columns");
    out.unique = in.flag("unique");
    out.live_only = in.flag("live_only");
    out.bin_only = in.flag("bin_only");
    in.finish();
    return out;
}

schema_policy read_policy(const boost::json::value& value, problem& found) {
    reader in(value, "a policy", found);
    schema_policy out;
    out.name = in.text("name");
    out.restrictive = in.flag("restrictive");
    out.command = in.text_or_empty("command");
    out.owner = in.flag("owner");
    out.rule = in.text("rule");
    out.reads = in.text_or_empty("reads");
    in.finish();
    for (const char* known : {"", "select", "insert", "update", "delete"}) {
        if (out.command == known) return out;
    }
    in.fail("has an unknown 'command'");
    return out;
}

schema_table read_table(const boost::json::value& value, problem& found) {
    reader in(value, "a table", found);
    schema_table out;
    out.name = in.text("name");
    out.entity = in.text_or_empty("entity");
    out.tenant_column = in.text_or_empty("tenant_column");
    out.row_security = in.flag("row_security");
    if (in.find("own_bin") != nullptr) out.own_bin = in.flag("own_bin");
    out.primary_key = in.texts("primary_key");
    out.primary_key_name = in.text_or_empty("primary_key_name");
    if (out.primary_key_name.empty()) out.primary_key_name = usual_primary_key_name(out.name);
    out.columns = in.things("columns", read_column);
    out.foreign_keys = in.things("foreign_keys", read_key);
    out.checks = in.things("checks", read_check);
    out.indexes = in.things("indexes", read_index);
    out.policies = in.things("policies", read_policy);
    in.finish();
    for (const schema_foreign_key& key : out.foreign_keys) {
        for (const std::string& column : key.columns) {
            if (find_column(out, column) == nullptr) in.fail("has a foreign key over a column that is not there");
        }
    }
    return out;
}

renaming read_renaming(const boost::json::value& value, problem& found) {
    reader in(value, "a renamed table", found);
    renaming out;
    out.from = in.text("from");
    out.to = in.text("to");
    in.finish();
    return out;
}

migration_record read_record(const boost::json::value& value, problem& found) {
    reader in(value, "the document", found);
    if (in.integer_or_zero("format_version") != 1) in.fail("has a 'format_version' other than 1");
    in.text("sum");
    migration_record out;
    out.parent = in.text_or_empty("parent");
    out.part_of = in.text_or_empty("part_of");
    if (const boost::json::value* sums = in.need("sql")) {
        reader files(*sums, "'sql'", found);
        for (const char* file : {"postgres.down", "postgres.up", "sqlite.down", "sqlite.up"})
            out.sql.emplace(file, files.text(file));
        files.finish();
    }
    out.dropped = in.texts("dropped");
    out.renamed = in.things("renamed", read_renaming);
    out.tables = in.things("tables", read_table);
    in.finish();
    std::set<std::string> names;
    for (const schema_table& table : out.tables) {
        if (!names.insert(table.name).second) in.fail("has the table '" + table.name + "' twice");
    }
    return out;
}

failure broken(const std::string& path, const std::string& what) {
    return failure(failure_kind::malformed, "'" + path + "' cannot be read: " + what,
                   "restore the file from version control; it never changes once it is written");
}

/// The record has the digest of its own text without the line that says so.
bool has_its_sum(std::string_view text) {
    constexpr std::string_view lead = "  \"sum\": \"";
    const std::size_t begin = text.find(lead);
    const std::size_t end = begin == std::string_view::npos ? begin : text.find('\n', begin);
    if (end == std::string_view::npos) return false;
    const std::string rest = std::string(text.substr(0, begin)) + std::string(text.substr(end + 1));
    return text.substr(begin + lead.size()).starts_with(sha256(rest));
}

}  // namespace

outcome<migration_record> record_from_json(std::string_view text, const std::string& path) {
    boost::system::error_code failed;
    const boost::json::value parsed = boost::json::parse(boost::json::string_view(text.data(), text.size()), failed);
    if (failed) return broken(path, "it is not JSON");
    problem found;
    migration_record out = read_record(parsed, found);
    if (!found.what().empty()) return broken(path, found.what());
    if (!has_its_sum(text)) {
        const bool by_git = text.find('\r') != std::string_view::npos;
        return failure(failure_kind::refused, "'" + path + "' was changed after it was emitted",
                       by_git ? "its line ends were changed, as git does with core.autocrlf: delete .tenon/ and "
                                "migrations/, then git -c core.autocrlf=input checkout -- .tenon migrations"
                              : "restore it from version control");
    }
    return out;
}

}  // namespace tenon::gen
