// Cutting openapi.yaml by indentation, and following references in its text.
#include "generator/impact/api_document.hpp"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <stdexcept>
#include <vector>

namespace tenon::gen {
namespace {

std::size_t indent_of(std::string_view line) {
    const auto at = line.find_first_not_of(' ');
    return at == std::string_view::npos ? line.size() : at;
}

bool says_nothing(std::string_view line) {
    const auto at = line.find_first_not_of(" \r");
    return at == std::string_view::npos || line[at] == '#';
}

std::string_view key_of_line(std::string_view line) {
    line.remove_prefix(indent_of(line));
    const auto colon = line.rfind(": ") == std::string_view::npos ? line.rfind(':') : line.find(": ");
    std::string_view key = line.substr(0, colon);
    if (key.size() > 1 && (key.front() == '\'' || key.front() == '"')) key = key.substr(1, key.size() - 2);
    return key;
}

/// Calls `take(key, block)` for every key of the mapping in `text` that is indented by just `indent`.
template <class Take>
void cut(std::string_view text, std::size_t indent, const Take& take) {
    std::size_t begin = std::string_view::npos;
    std::string_view key;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size() - 1) + 1;
        std::string_view line = text.substr(at, end - at);
        if (line.ends_with('\n')) line.remove_suffix(1);
        if (!says_nothing(line) && indent_of(line) <= indent) {
            if (begin != std::string_view::npos) take(key, text.substr(begin, at - begin));
            begin = indent_of(line) == indent ? at : std::string_view::npos;
            key = key_of_line(line);
        }
        at = end;
    }
    if (begin != std::string_view::npos) take(key, text.substr(begin));
}

std::string_view without_first_line(std::string_view block) {
    return block.substr(std::min(block.find('\n'), block.size() - 1) + 1);
}

/// Every "#/components/KIND/NAME" of a line, as "KIND/NAME".
template <class Take>
void references(std::string_view text, const Take& take) {
    constexpr std::string_view prefix = "#/components/";
    for (auto at = text.find(prefix); at != std::string_view::npos; at = text.find(prefix, at)) {
        at += prefix.size();
        const auto end = std::min(text.find_first_of("'\" \n}", at), text.size());
        take(text.substr(at, end - at));
        at = end;
    }
}

using usages = std::map<std::string, usage, std::less<>>;

class following {
  public:
    explicit following(const api_document::blocks& components) : components_(components) {}

    void from_path(std::string_view block) {
        bool answers = false;
        for (std::size_t at = 0; at < block.size();) {
            const std::size_t end = std::min(block.find('\n', at), block.size() - 1) + 1;
            const std::string_view line = block.substr(at, end - at);
            // Keys of the path (its parameters) stand at 4, those of an operation at 6.
            if (!says_nothing(line) && indent_of(line) <= 6) answers = key_of_line(line).starts_with("responses");
            from_text(line, {!answers, answers});
            at = end;
        }
    }

    usages take() { return std::move(schemas_); }

  private:
    void from_text(std::string_view text, usage how) {
        references(text, [&](std::string_view name) { use(name, how); });
    }

    void use(std::string_view name, usage how) {
        usage& known = seen_[std::string(name)];
        if ((known.request || !how.request) && (known.response || !how.response)) return;
        known.request = known.request || how.request;
        known.response = known.response || how.response;
        constexpr std::string_view schemas = "schemas/";
        if (name.starts_with(schemas)) schemas_[std::string(name.substr(schemas.size()))] = known;
        const auto block = components_.find(name);
        if (block != components_.end()) from_text(block->second, how);
    }

    const api_document::blocks& components_;
    usages seen_, schemas_;
};

}  // namespace

std::string text_of(const YAML::Node& node) {
    return node && node.IsScalar() ? node.Scalar() : std::string();
}

struct api_document::parsed {
    std::map<std::string, YAML::Node> paths, components;
    std::optional<usages> schemas;
};

api_document::api_document(std::string_view text) : text_(text), parsed_(std::make_unique<parsed>()) {
    cut(text, 0, [&](std::string_view section, std::string_view block) {
        if (section == "security") security_ = block;
        if (section == "paths") {
            cut(without_first_line(block), 2,
                [&](std::string_view path, std::string_view lines) { paths_.emplace(path, lines); });
        }
        if (section != "components") return;
        cut(without_first_line(block), 2, [&](std::string_view kind, std::string_view all) {
            cut(without_first_line(all), 4, [&](std::string_view name, std::string_view lines) {
                components_.emplace(std::string(kind) + "/" + std::string(name), lines);
            });
        });
    });
}

api_document::~api_document() = default;

namespace {

const YAML::Node& parse_once(std::map<std::string, YAML::Node>& known, const std::string& name,
                             std::string_view block) {
    const auto found = known.find(name);
    if (found != known.end()) return found->second;
    const YAML::Node whole = YAML::Load(std::string(block));
    if (!whole.IsMap() || whole.size() == 0) throw std::runtime_error("'" + name + "' is no mapping");
    return known.emplace(name, whole.begin()->second).first->second;
}

}  // namespace

const YAML::Node& api_document::path(const std::string& name) const {
    return parse_once(parsed_->paths, name, paths_.at(name));
}

const YAML::Node& api_document::component(const std::string& name) const {
    return parse_once(parsed_->components, name, components_.at(name));
}

YAML::Node api_document::default_security() const {
    return security_.empty() ? YAML::Node() : YAML::Load(std::string(security_))["security"];
}

const std::map<std::string, usage, std::less<>>& api_document::schema_usage() const {
    if (!parsed_->schemas) {
        following all(components_);
        for (const auto& [path, block] : paths_) all.from_path(block);
        parsed_->schemas = all.take();
    }
    return *parsed_->schemas;
}

}  // namespace tenon::gen
