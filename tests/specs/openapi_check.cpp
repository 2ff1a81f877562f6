// Walks the document once for names and references, and once for its operations.
#include "openapi_check.hpp"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <cstdlib>
#include <set>
#include <vector>

namespace tenon::gen {
namespace {

/// Without quotes, YAML makes of it nothing, a boolean or a number.
bool is_no_text(const std::string& word) {
    static const std::set<std::string> words{"y", "n", "yes", "no", "on", "off", "true", "false", "null", "~", ""};
    std::string small = word;
    std::transform(small.begin(), small.end(), small.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    if (words.contains(small)) return true;
    char* end = nullptr;
    std::strtod(word.c_str(), &end);
    const char first = word.front();
    const bool numeral = (first >= '0' && first <= '9') || first == '.' || first == '-' || first == '+';
    return numeral && *end == '\0';
}

/// yaml-cpp gives the tag "?" to what stands without quotes.
bool is_plain(const YAML::Node& node) {
    return node.IsScalar() && node.Tag() == "?";
}

class document {
  public:
    explicit document(const std::string& text) : root_(YAML::Load(text)) {}

    std::string fault() {
        for (const char* key : {"openapi", "info", "paths", "components"}) {
            if (!root_[key]) return std::string("no member ") + key;
        }
        walk(root_, "", false);
        for (const auto& path : root_["paths"]) operations(path.first.Scalar(), path.second);
        return fault_;
    }

  private:
    void note(const std::string& what, const std::string& where) {
        if (fault_.empty()) fault_ = what + " at " + where;
    }

    /// `data`: an example or a default, whose names and values are the product's.
    void walk(const YAML::Node& node, const std::string& where, bool data) {
        for (std::size_t i = 0; node.IsSequence() && i < node.size(); ++i)
            walk(node[i], where + "/" + std::to_string(i), data);
        if (!node.IsMap()) return;
        const bool members = where.ends_with("/properties") && !data;
        std::set<std::string> keys;
        for (const auto& entry : node) {
            const std::string name = entry.first.IsScalar() ? entry.first.Scalar() : "(no word)";
            const bool status = name.size() == 3 && where.ends_with("/responses");
            if (is_plain(entry.first) && is_no_text(name) && !status) note("key without quotes: " + name, where);
            if (!keys.insert(name).second) note("key stands twice: " + name, where);
            const bool literal = name == "examples" || name == "default" || name == "const";
            walk(entry.second, where + "/" + name, data || (literal && !members));
        }
        if (!data && !members) check_object(node, where);
    }

    void check_object(const YAML::Node& node, const std::string& where) {
        const YAML::Node reference = node["$ref"], required = node["required"], properties = node["properties"];
        if (reference && reference.IsScalar()) follow(reference.Scalar(), where);
        check_words(node["enum"], where);
        if (const YAML::Node name = node["name"]; name && node["in"] && is_plain(name) && is_no_text(name.Scalar()))
            note("name without quotes: " + name.Scalar(), where);
        if (!required || !required.IsSequence()) return;
        check_words(required, where);
        for (const auto& one : required) {
            if (properties && properties.IsMap() && !properties[one.Scalar()])
                note("required is not there: " + one.Scalar(), where);
        }
    }

    /// All of them texts, or null where that is meant.
    void check_words(const YAML::Node& list, const std::string& where) {
        if (!list || !list.IsSequence()) return;
        for (const auto& one : list) {
            if (is_plain(one) && is_no_text(one.Scalar()) && one.Scalar() != "null")
                note("word without quotes: " + one.Scalar(), where);
        }
    }

    void follow(const std::string& reference, const std::string& where) {
        if (!reference.starts_with("#/")) return note("reference out of the document", where);
        YAML::Node at;
        at.reset(root_);
        for (std::size_t begin = 2; begin <= reference.size();) {
            const std::size_t end = std::min(reference.find('/', begin), reference.size());
            const YAML::Node next = at[reference.substr(begin, end - begin)];
            if (!next) return note("reference to nothing: " + reference, where);
            at.reset(next);
            begin = end + 1;
        }
    }

    void operations(const std::string& path, const YAML::Node& item) {
        for (const auto& entry : item) {
            const YAML::Node& operation = entry.second;
            if (!operation.IsMap() || !operation["responses"]) continue;
            const std::string where = entry.first.Scalar() + " " + path;
            const std::string id = operation["operationId"] ? operation["operationId"].Scalar() : "";
            if (id.empty() || !ids_.insert(id).second)
                note("operationId is missing or not its own: '" + id + "'", where);
            std::set<std::string> in_path;
            parameters(item["parameters"], where, in_path);
            parameters(operation["parameters"], where, in_path);
            for (std::size_t open = path.find('{'); open != std::string::npos; open = path.find('{', open + 1)) {
                const std::string name = path.substr(open + 1, path.find('}', open) - open - 1);
                if (in_path.erase(name) == 0) note("parameter of the path is not described: " + name, where);
            }
            if (!in_path.empty()) note("described, but not in the path: " + *in_path.begin(), where);
        }
    }

    void parameters(const YAML::Node& list, const std::string& where, std::set<std::string>& in_path) {
        if (!list) return;
        std::set<std::string> names;
        for (const auto& entry : list) {
            YAML::Node one = entry;
            if (const YAML::Node reference = entry["$ref"]; reference) {
                const std::string name = reference.Scalar().substr(reference.Scalar().rfind('/') + 1);
                one.reset(root_["components"]["parameters"][name]);
            }
            if (!one["name"] || !one["in"]) {
                note("parameter without a name", where);
                continue;
            }
            const std::string place = one["in"].Scalar(), name = one["name"].Scalar();
            if (!names.insert(place + " " + name).second) note("parameter stands twice: " + name, where);
            if (place == "path") in_path.insert(name);
        }
    }

    YAML::Node root_;
    std::string fault_;
    std::set<std::string> ids_;
};

}  // namespace

std::string openapi_fault(const std::string& text) {
    try {
        return document(text).fault();
    } catch (const YAML::Exception& broken) {
        return std::string("no YAML: ") + broken.what();
    }
}

}  // namespace tenon::gen
