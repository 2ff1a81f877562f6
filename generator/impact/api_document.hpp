// openapi.yaml cut into blocks, so that only those that differ have to be parsed.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace YAML {
class Node;
}

namespace tenon::gen {

/// Who sees a schema: those who send it, those who get it.
struct usage {
    bool request = false;
    bool response = false;
};

/// The text of a scalar; empty for everything else, and for a key that is not there.
std::string text_of(const YAML::Node& node);

/// The text has to outlive it. Understands the layout that Tenon's templates give openapi.yaml in every version: block
/// style, two spaces a level. Parsing fails with yaml-cpp's exceptions.
class api_document {
  public:
    explicit api_document(std::string_view text);
    ~api_document();
    api_document(const api_document&) = delete;
    api_document& operator=(const api_document&) = delete;

    using blocks = std::map<std::string, std::string_view, std::less<>>;
    const blocks& paths() const { return paths_; }            ///< "/v1/tasks" -> its lines
    const blocks& components() const { return components_; }  ///< "schemas/Task" -> its lines
    std::string_view security() const { return security_; }   ///< What operations need unless they say otherwise.

    /// The content of a path or component, parsed once. Requires: it is there.
    const YAML::Node& path(const std::string& name) const;
    const YAML::Node& component(const std::string& name) const;
    YAML::Node default_security() const;

    /// Where the schemas are used, directly or through others: "Task" -> usage. From text alone.
    const std::map<std::string, usage, std::less<>>& schema_usage() const;

  private:
    struct parsed;

    std::string_view text_, security_;
    blocks paths_, components_;
    std::unique_ptr<parsed> parsed_;
};

}  // namespace tenon::gen
