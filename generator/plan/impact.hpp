// What a change means beyond its files: for the data, for who may do what, for those who call the API, for code of the
// user's own.
#pragma once

#include <boost/json/value.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "generator/support/failure.hpp"
#include "generator/support/terminal.hpp"

namespace tenon::gen {

enum class impact_area { schema, access, api, code };

enum class severity {
    info,         ///< Nobody has to act.
    warning,      ///< Fine for most; somebody should look.
    breaking,     ///< Something that worked stops working.
    destructive,  ///< Data is lost.
};

struct impact {
    std::string kind;  ///< One of `impact_kinds()`.
    severity level = severity::info;
    std::string message;        ///< One sentence without a full stop.
    std::size_t spec_line = 0;  ///< In spec.yaml, from 1; 0 when the spec no longer says anything about it.
    std::string path{};    ///< Of an impact on code: the file, as it is once the plan is applied; empty for others.
    std::size_t line = 0;  ///< In that file, from 1.
};

struct impact_kind {
    std::string_view name;
    impact_area area;
    /// Of an access impact: more people may do more, or fewer less. Neither for the rest.
    enum class direction { none, widens, narrows } turn = direction::none;
};

/// Every kind there is, grouped by area.
const std::vector<impact_kind>& impact_kinds();
/// Nothing for an unknown name.
const impact_kind* find_impact_kind(std::string_view name);

std::string_view to_string(impact_area area);
std::string_view to_string(severity level);

/// "src/custom/routes.cpp:12" or "spec.yaml:7"; empty when it has no place.
std::string place_of(const impact& one);

/// Whether it lets people do what they could not: nobody notices that by himself.
bool widens(const impact& one);

/// What widens rights first, then the worst; within a severity by area, then by place and kind.
void sort_impacts(std::vector<impact>& all);

/// The entries of plan.json, one a line; each begins with `indent`.
std::string write_impacts(const std::vector<impact>& all, std::string_view indent);
/// Distrusts what it reads, as `read_plan` does; `where` names the value in messages.
outcome<std::vector<impact>> read_impacts(const boost::json::value& value, const std::string& where);

/// For people: all that widens rights, is destructive or breaking, and of the other warnings no more than make
/// `max_lines` in all, and how much else there is. Empty when there is nothing; else ends with a newline.
std::string summarize_impacts(const std::vector<impact>& all, const painter& paint, std::size_t max_lines = 15);

}  // namespace tenon::gen
