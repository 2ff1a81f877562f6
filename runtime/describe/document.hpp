// The description of an API (openapi.yaml) in the other forms that a service hands out.
#pragma once

#include <string>

namespace YAML {
class Node;
}

namespace tenon::describe {

/// The document as JSON, members in the order written. Plain scalars are what YAML's core schema (1.2) takes them for,
/// numbers digit for digit; `.inf` and `.nan`, which JSON has no number for, stay texts.
std::string as_json(const YAML::Node& document);

/// A page for people: each operation with its parameters, body and answers, and the schemas. An operation stands under
/// the first of its tags that the document lists, or under "Other". Without scripts, and without anything from
/// elsewhere.
std::string as_page(const YAML::Node& document);
}  // namespace tenon::describe
