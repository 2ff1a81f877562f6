// Which files have entries, by name.
#include <yaml-cpp/yaml.h>
#include <boost/json/parse.hpp>

#include "generator/merge/outlines.hpp"

namespace tenon::gen {
namespace {

bool parses_as_env(std::string_view text) {
    return outline_env(text).has_value();
}

bool parses_as_json(std::string_view text) {
    boost::system::error_code code;
    boost::json::parse(boost::json::string_view(text.data(), text.size()), code);
    return !code;
}

bool parses_as_yaml(std::string_view text) {
    try {
        YAML::Load(std::string(text));
        return true;
    } catch (const YAML::Exception&) {
        return false;
    }
}

}  // namespace

std::optional<outline_kind> outline_kind_of(std::string_view path) {
    const std::string_view name = path.substr(path.rfind('/') + 1);
    if (name == ".env" || name.starts_with(".env.")) return outline_kind{outline_env, "", parses_as_env};
    if (name.ends_with(".json")) return outline_kind{outline_json, ",", parses_as_json};
    if (name.ends_with(".yaml") || name.ends_with(".yml")) return outline_kind{outline_yaml, "", parses_as_yaml};
    return std::nullopt;
}

}  // namespace tenon::gen
