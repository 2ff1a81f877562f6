// The description of an API (openapi.yaml) in the other forms that a service hands out.
#pragma once

#include <string>

namespace YAML {
class Node;
}

namespace tenon::describe {

/// The document as JSON, members in the order written. Plain scalars are what YAML's core schema takes them for.
std::string as_json(const YAML::Node& document);

/// A page for people: each operation with its parameters, body and answers, and the schemas. Without scripts, and
/// without anything from elsewhere.
std::string as_page(const YAML::Node& document);

/// `text` with what means something in HTML written as entities.
std::string escaped(const std::string& text);

}  // namespace tenon::describe
