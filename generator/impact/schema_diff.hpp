// What a changed JSON Schema means for those who send such values, and for those who get them.
#pragma once

#include <string>
#include <vector>

#include "generator/impact/api_document.hpp"
#include "generator/plan/impact.hpp"

namespace tenon::gen {

/// One difference, before it has a place in the spec.
struct api_finding {
    std::string kind;
    severity level = severity::info;
    std::string where;       ///< A schema ("NewTask") or an operation ("GET /v1/tasks").
    std::string member;      ///< "budget.amount", "labels[]"; empty: the whole.
    std::string what;        ///< "takes at most 100 characters instead of 200"
    std::string route = {};  ///< Where `where` has moved to; empty when it has not.
};

enum class flow { request, response, parameter };

/// Compares two schemas of two documents, following references where they differ. `where` and `member` name the place
/// in findings.
class schema_diff {
  public:
    schema_diff(const api_document& before, const api_document& after, std::vector<api_finding>& found)
        : before_(before), after_(after), found_(found) {}

    void compare(const YAML::Node& before, const YAML::Node& after, flow direction, const std::string& where,
                 const std::string& member, int depth = 0);

  private:
    struct place;

    void narrower(const place& at, const std::string& what);
    void wider(const place& at, const std::string& what, severity for_readers);
    void add(const place& at, const char* kind, severity level, const std::string& what);

    bool types(const YAML::Node& before, const YAML::Node& after, const place& at);
    void values(const YAML::Node& before, const YAML::Node& after, const place& at);
    void bounds(const YAML::Node& before, const YAML::Node& after, const place& at);
    /// `freed`: any text may stand where only named ones did, so a new pattern narrows nothing.
    void texts(const YAML::Node& before, const YAML::Node& after, const place& at, bool freed);
    void members(const YAML::Node& before, const YAML::Node& after, const place& at);
    void member_gone(const YAML::Node& after, const place& at);
    void member_new(bool required, const place& at);
    void member_need(bool before, bool after, const place& at);

    const api_document& before_;
    const api_document& after_;
    std::vector<api_finding>& found_;
};

}  // namespace tenon::gen
