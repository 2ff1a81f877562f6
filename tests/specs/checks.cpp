// The stages of the program, one after the other, in memory.
#include "checks.hpp"

#include <yaml-cpp/yaml.h>

#include <re2/re2.h>
#include <boost/json.hpp>

#include "generator/cli/inputs.hpp"
#include "generator/read/read.hpp"
#include "generator/render/test_values.hpp"
#include "generator/resolve/resolve.hpp"
#include "generator/support/text.hpp"
#include "openapi_check.hpp"
#include "tests/unit/generator/migrate/sample_migrations.hpp"

namespace tenon::gen {
namespace {

std::string first_of(const diagnostics& found) {
    return found.items.empty() ? "nothing" : code_text(found.items.front().id) + " " + found.items.front().message;
}

spec must_read(const spec_node& made) {
    auto read = read_spec({"spec.yaml", to_yaml(made)});
    if (!read) throw std::runtime_error("not valid: " + first_of(read.error()));
    return std::move(*read);
}

bool is_json(const std::string& text) {
    boost::system::error_code failed;
    boost::json::parse(text, failed);
    return !failed;
}

bool is_yaml(const std::string& text) {
    try {
        YAML::LoadAll(text);
        return true;
    } catch (const YAML::Exception&) {
        return false;
    }
}

/// Whether the service would take a text for the field.
bool is_value_of(const field_model& field, const std::string& json) {
    const auto parsed = boost::json::parse(json);
    const auto& value = field.array ? parsed.as_array() : boost::json::array{parsed};
    for (const auto& one : value) {
        const std::string text(one.as_string());
        const auto length = static_cast<std::int64_t>(count_code_points(text));
        if (field.type.min && length < field.type.min->integer) return false;
        if (field.max_length && length > *field.max_length) return false;
        if (!field.pattern.empty() && !re2::RE2::FullMatch(text, re2::RE2(field.pattern))) return false;
    }
    return true;
}

/// What examples and generated tests promise to be values is taken.
std::string fault_of_values(const model& product) {
    for (const entity_model& entity : product.entities) {
        for (const field_model& field : entity.fields) {
            const bool text = field.max_length || !field.pattern.empty();
            std::vector<std::string> all;
            if (text) all = test_values(field, 8);
            if (text) all.push_back(field.example_json);
            if (text && !field.other_example_json.empty()) all.push_back(field.other_example_json);
            for (const std::string& json : all) {
                if (!is_value_of(field, json))
                    return "value: " + entity.name.pascal + "." + field.member + " cannot be " + json;
            }
        }
    }
    return {};
}

/// Migrates up; the failure, with the statement.
std::string migrated(const sample::project& made, sample::proof_database& database) {
    for (const std::string& name : made.last.names) {
        const std::string sql = made.sql_of(name, database.folder(), "up");
        const std::string failed = database.migrate(sql);
        if (!failed.empty()) return database.folder() + ": " + failed + " in\n" + sql;
    }
    return {};
}

std::string first_difference(const std::string& a, const std::string& b) {
    std::size_t at = 0;
    while (at < a.size() && at < b.size() && a[at] == b[at]) ++at;
    const std::size_t line = at == 0 ? 0 : a.rfind('\n', at - 1) + 1;
    return a.substr(line, a.find('\n', at) - line) + "\n  instead of\n" + b.substr(line, b.find('\n', at) - line);
}

}  // namespace

std::string refusal_of(const spec_node& made) {
    const auto read = read_spec({"spec.yaml", to_yaml(made)});
    return read ? std::string() : first_of(read.error());
}

std::string fault_of_files(const spec_node& made) {
    static const auto templates = template_inputs::load("");
    const std::string text = to_yaml(made);
    render_input input = templates->for_spec(text);
    input.runtime.clear();
    const model product = resolve(must_read(made));
    if (std::string fault = fault_of_values(product); !fault.empty()) return fault;
    const auto files = render_tree(product, input);
    if (!files) return "template: " + files.error().message;
    for (const auto& [path, file] : files->files) {
        if (path.ends_with(".json") && !is_json(file.content)) return path + ": no JSON";
        if (path.ends_with(".yaml") && path != "openapi.yaml" && !is_yaml(file.content)) return path + ": no YAML";
    }
    const std::string fault = openapi_fault(files->files.at("openapi.yaml").content);
    return fault.empty() ? fault : "openapi.yaml: " + fault;
}

std::string fault_of_database(const spec_node& made, sample::proof_database& database) {
    sample::project fresh;
    if (!fresh.generate(must_read(made))) return "migration: " + first_of(fresh.refused);
    database.empty();
    return migrated(fresh, database);
}

std::string fault_of_change(const spec_node& before, const spec_node& after, sample::proof_database& database) {
    sample::project made;
    if (!made.generate(must_read(before))) return "migration: " + first_of(made.refused);
    database.empty();
    if (const std::string failed = migrated(made, database); !failed.empty()) return failed;
    const std::string old = database.shape();
    if (!made.generate(must_read(after), {{true, {}}})) {
        const bool impossible = !made.refused.items.empty() && made.refused.items.front().id == code::impossible_change;
        return impossible ? std::string() : "migration: " + first_of(made.refused);
    }
    if (const std::string failed = migrated(made, database); !failed.empty()) return "next " + failed;
    const std::string changed = database.shape();
    for (auto step = made.last.names.rbegin(); step != made.last.names.rend(); ++step) {
        const std::string sql = made.sql_of(*step, database.folder(), "down");
        if (sql.find("\n-- irreversible: ") != std::string::npos) break;
        const std::string failed = database.migrate(sql);
        if (!failed.empty()) return "down " + database.folder() + ": " + failed + " in\n" + sql;
        if (std::next(step) == made.last.names.rend() && database.shape() != old)
            return "down " + database.folder() + " shape: " + first_difference(database.shape(), old);
    }
    if (const std::string failed = fault_of_database(after, database); !failed.empty()) return failed;
    const std::string fresh = database.shape();
    if (changed == fresh) return {};
    return "shape on " + database.folder() + ": " + first_difference(changed, fresh);
}

}  // namespace tenon::gen
