// The comparison of two operations: who may call, what is sent, what comes back.
#include "generator/impact/operation_diff.hpp"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <map>

#include "generator/types/list_bounds.hpp"

namespace tenon::gen {
namespace {

constexpr std::array methods{"get", "put", "post", "delete", "options", "head", "patch", "trace"};

std::string upper(std::string text) {
    for (char& c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return text;
}

YAML::Node follow(const api_document& in, const YAML::Node& node) {
    constexpr std::string_view prefix = "#/components/";
    const std::string target = node.IsMap() ? text_of(node["$ref"]) : std::string();
    if (!target.starts_with(prefix)) return node;
    const std::string name = target.substr(prefix.size());
    return in.components().contains(name) ? YAML::Node(in.component(name)) : node;
}

using parameters = std::map<std::string, YAML::Node>;

/// Those of the path and those of the operation, by where they stand and their name.
parameters parameters_of(const api_document& in, const YAML::Node& path, const YAML::Node& operation) {
    parameters out;
    for (const YAML::Node& list : {path["parameters"], operation["parameters"]}) {
        if (!list) continue;
        for (const auto& item : list) {
            const YAML::Node one = follow(in, item);
            out[text_of(one["in"]) + " parameter '" + text_of(one["name"]) + "'"] = one;
        }
    }
    return out;
}

bool is_list(const YAML::Node& schema) {
    return schema && text_of(schema["type"]) == "array";
}

/// The filter of which a query parameter is a bound ("valid" of "valid_from"); empty when it is none's.
std::string bounded_by(const parameters& all, const std::string& name) {
    for (const std::string_view end : bound_ends) {
        if (!name.ends_with(end)) continue;
        std::string stem = name.substr(0, name.size() - end.size());
        if (all.contains("query parameter '" + stem + "'")) return stem;
    }
    return {};
}

bool is_required(const YAML::Node& node) {
    return text_of(node["required"]) == "true";
}

/// Open to anybody: an empty list, or one whose items include "nothing".
bool is_open(const YAML::Node& security) {
    if (!security || !security.IsSequence() || security.size() == 0) return true;
    return std::any_of(security.begin(), security.end(), [](const auto& one) { return one.size() == 0; });
}

class operation_diff {
  public:
    operation_diff(const api_document& before, const api_document& after, std::string where,
                   std::vector<api_finding>& found)
        : before_(before), after_(after), where_(std::move(where)), found_(found) {}

    void compare(const YAML::Node& old_path, const YAML::Node& was, const YAML::Node& new_path, const YAML::Node& is) {
        access(was, is);
        const std::string old_id = text_of(was["operationId"]), new_id = text_of(is["operationId"]);
        if (old_id != new_id) {
            add("operation_renamed", severity::warning, "is now called '" + new_id + "', was '" + old_id + "'");
        }
        inputs(parameters_of(before_, old_path, was), parameters_of(after_, new_path, is));
        body(was["requestBody"], is["requestBody"]);
        answers(was["responses"], is["responses"]);
    }

  private:
    void add(const char* kind, severity level, const std::string& what) {
        found_.push_back({kind, level, where_, {}, what});
    }

    void access(const YAML::Node& was, const YAML::Node& is) {
        const YAML::Node before = was["security"] ? was["security"] : before_.default_security();
        const YAML::Node after = is["security"] ? is["security"] : after_.default_security();
        if (is_open(before) && !is_open(after)) {
            add("authentication_required", severity::breaking, "needs authentication now");
        } else if (!is_open(before) && is_open(after)) {
            add("authentication_dropped", severity::warning, "is open to anybody now");
        } else if (!is_open(before) && YAML::Dump(before) != YAML::Dump(after)) {
            add("authentication_required", severity::breaking, "needs other credentials now");
        }
    }

    void inputs(const parameters& was, const parameters& is) {
        for (const auto& [name, node] : is) {
            const auto known = was.find(name);
            if (known != was.end()) {
                if (takes_bound_for_filter(was, known->second, node)) continue;
                compare_parameters(before_, after_, known->second, node, where_, found_);
            } else if (is_required(node)) {
                add("parameter_required", severity::breaking, "needs the new " + name);
            } else {
                add("parameter_added", severity::info, "takes the new " + name);
            }
        }
        for (const auto& [name, node] : was) {
            if (!is.contains(name)) add("parameter_removed", severity::breaking, "no longer takes the " + name);
        }
    }

    /// `valid_from` as a bound and as a filter of its own find different records for the same value.
    bool takes_bound_for_filter(const parameters& all, const YAML::Node& was, const YAML::Node& is) {
        const std::string name = text_of(was["name"]);
        if (text_of(was["in"]) != "query" || is_list(was["schema"]) || !is_list(is["schema"])) return false;
        const std::string of = bounded_by(all, name);
        if (of.empty()) return false;
        found_.push_back({"parameter_narrowed", severity::breaking, where_, name,
                          "finds only these values now, and was a bound of '" + of + "'"});
        return true;
    }

    void body(const YAML::Node& was, const YAML::Node& is) {
        const bool needed = is && is_required(is);
        if (needed && (!was || !is_required(was))) {
            return add("request_narrowed", severity::breaking, "needs a body now");
        }
        if (was && !is) return add("request_widened", severity::info, "takes no body any more");
        if (was && is) content(was["content"], is["content"]);
    }

    void content(const YAML::Node& was, const YAML::Node& is) {
        if (!was || !is) return;
        for (const auto& type : was) {
            const YAML::Node other = is[type.first.Scalar()];
            if (!other) {
                add("request_narrowed", severity::breaking, "no longer takes " + type.first.Scalar());
                continue;
            }
            schema_diff(before_, after_, found_)
                .compare(type.second["schema"], other["schema"], flow::request, where_, {});
        }
    }

    void answers(const YAML::Node& was, const YAML::Node& is) {
        const YAML::Node none(YAML::NodeType::Map);
        for (const auto& one : is ? is : none) {
            const std::string status = one.first.Scalar();
            if (was && was[status]) {
                compare_answers(before_, after_, was[status], one.second, where_, found_);
                continue;
            }
            add("status_added", status.starts_with('2') ? severity::warning : severity::info, "may answer " + status);
        }
        for (const auto& one : was ? was : none) {
            const std::string status = one.first.Scalar();
            if (is && is[status]) continue;
            add("status_removed", status.starts_with('2') ? severity::breaking : severity::info,
                "no longer answers " + status);
        }
    }

    const api_document& before_;
    const api_document& after_;
    std::string where_;
    std::vector<api_finding>& found_;
};

}  // namespace

void compare_parameters(const api_document& before, const api_document& after, const YAML::Node& was,
                        const YAML::Node& is, const std::string& where, std::vector<api_finding>& found) {
    const std::string name = text_of(is["name"]);
    if (is_required(is) && !is_required(was)) {
        found.push_back({"parameter_required", severity::breaking, where, name, "has to be given now"});
    }
    const YAML::Node old_schema = was["schema"], new_schema = is["schema"];
    if (old_schema && !is_list(old_schema) && is_list(new_schema)) {
        // One value is sent as it always was: `?a=1` is a list of one (style form).
        found.push_back({"parameter_widened", severity::info, where, name, "takes several values now"});
        return schema_diff(before, after, found).compare(old_schema, new_schema["items"], flow::parameter, where, name);
    }
    schema_diff(before, after, found).compare(old_schema, new_schema, flow::parameter, where, name);
}

void compare_answers(const api_document& before, const api_document& after, const YAML::Node& was, const YAML::Node& is,
                     const std::string& where, std::vector<api_finding>& found) {
    const std::string old_target = text_of(was["$ref"]);
    if (!old_target.empty() && old_target == text_of(is["$ref"])) return;
    const YAML::Node old_content = follow(before, was)["content"], new_content = follow(after, is)["content"];
    if (!old_content || !new_content) {
        if (old_content)
            found.push_back({"response_widened", severity::breaking, where, {}, "answers without a body now"});
        return;
    }
    for (const auto& type : old_content) {
        const YAML::Node other = new_content[type.first.Scalar()];
        if (!other) {
            found.push_back(
                {"response_widened", severity::breaking, where, {}, "no longer answers with " + type.first.Scalar()});
            continue;
        }
        schema_diff(before, after, found).compare(type.second["schema"], other["schema"], flow::response, where, {});
    }
}

void compare_paths(const api_document& before, const api_document& after, const std::string& old_path,
                   const std::string& path, std::vector<api_finding>& found) {
    const YAML::Node& was = before.path(old_path);
    const YAML::Node& is = after.path(path);
    for (const std::string method : methods) {
        const YAML::Node old_one = was[method], new_one = is[method];
        const std::string where = upper(method) + " " + path;
        if (old_one && new_one) {
            operation_diff(before, after, where, found).compare(was, old_one, is, new_one);
        } else if (old_one) {
            found.push_back({"operation_removed", severity::breaking, where, {}, "is gone"});
        } else if (new_one) {
            found.push_back({"operation_added", severity::info, where, {}, "is new"});
        }
    }
}

std::vector<std::string> operation_ids(const api_document& in, const std::string& path) {
    std::vector<std::string> out;
    const YAML::Node& item = in.path(path);
    for (const std::string method : methods) {
        const YAML::Node one = item[method];
        if (std::string id = one ? text_of(one["operationId"]) : std::string(); !id.empty()) out.push_back(id);
    }
    return out;
}

void list_operations(const api_document& from, const std::string& path, bool gone, std::vector<api_finding>& found) {
    const YAML::Node& item = from.path(path);
    for (const std::string method : methods) {
        if (!item[method]) continue;
        found.push_back({gone ? "operation_removed" : "operation_added",
                         gone ? severity::breaking : severity::info,
                         upper(method) + " " + path,
                         {},
                         gone ? "is gone" : "is new"});
    }
}

}  // namespace tenon::gen
