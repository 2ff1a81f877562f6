// What a changed operation means for its callers.
#pragma once

#include <string>
#include <vector>

#include "generator/impact/schema_diff.hpp"

namespace tenon::gen {

/// Two path items: operations that come, go or change. `path`, what it is now, stands in findings.
void compare_paths(const api_document& before, const api_document& after, const std::string& old_path,
                   const std::string& path, std::vector<api_finding>& found);

/// What the operations of a path are called.
std::vector<std::string> operation_ids(const api_document& in, const std::string& path);

/// The operations of a path that only `from` has. `gone`: it is the document of before.
void list_operations(const api_document& from, const std::string& path, bool gone, std::vector<api_finding>& found);

/// Two parameters; `where` is the operation, or "every operation".
void compare_parameters(const api_document& before, const api_document& after, const YAML::Node& was,
                        const YAML::Node& is, const std::string& where, std::vector<api_finding>& found);

/// Two answers with the same status.
void compare_answers(const api_document& before, const api_document& after, const YAML::Node& was, const YAML::Node& is,
                     const std::string& where, std::vector<api_finding>& found);

}  // namespace tenon::gen
