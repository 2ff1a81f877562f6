// The starter spec and where it goes.
#include "generator/cli/new_spec.hpp"

#include "generator/cli/editor_schema.hpp"
#include "generator/cli/folders.hpp"
#include "generator/read/read.hpp"
#include "generator/support/filesystem.hpp"

namespace tenon::gen {
namespace {

constexpr std::string_view starter_text = R"(# yaml-language-server: $schema=spec.schema.json
# One spec, one service. Change it, then: tenon generate spec.yaml
tenon: 1
service: {name: NAME, title: TITLE}
tenant: {name: workspace}        # what customers own and share: becomes /v1/workspaces, workspace_id, ...

auth:
  password: true
  tokens: {access: 15m, refresh: 30d}

roles:
  owner: {inherits: admin}
  admin: {inherits: member}
  member: {}
members: {manage: admin, settings: admin, new: member}   # who invites, who changes the workspace, what newcomers are

entities:
  Project:
    fields:
      name: string(1..120)
      description: text?         # ? = optional
      archived: bool = false     # = default
    access: {read: member, create: member, update: [admin, creator], delete: admin}
    list: {filter: [archived], search: [name], sort: [created_at, name]}

  Task:
    fields:
      title: string(1..200)
      status: enum [todo, doing, done] = todo
      due: date?
      project: ref Project
    access: {read: member, create: member, update: member, delete: [admin, creator]}
    list: {filter: [status, project], search: [title], sort: [created_at, title]}
)";

/// "line_shop" -> "Line shop"
std::string title_of(std::string name) {
    for (char& c : name) c = c == '_' ? ' ' : c;
    if (!name.empty() && name.front() >= 'a' && name.front() <= 'z')
        name.front() = static_cast<char>(name.front() - 32);
    return name;
}

void replace(std::string& text, std::string_view what, const std::string& with) {
    text.replace(text.find(what), what.size(), with);
}

}  // namespace

std::string starter_spec(const std::string& name) {
    std::string text(starter_text);
    replace(text, "NAME", name);
    replace(text, "TITLE", title_of(name));
    return text;
}

namespace {

/// A name is good when the spec that it leads to is: the reader has the only rule for names. Quotes and line ends would
/// leave the value that they are put into.
outcome<void> check_name(const std::string& name) {
    const std::string hint = "use small letters, digits and _, starting with a letter, for example my_shop";
    const bool plain = name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string::npos;
    if (name.empty() || !plain) {
        return failure{failure_kind::refused, "'" + name + "' cannot be the name of a service", hint};
    }
    const auto checked = read_spec({"spec.yaml", starter_spec(name)});
    if (checked) return {};
    const diagnostic& why = checked.error().items.front();
    return failure{failure_kind::refused, why.message, why.hint.empty() ? hint : why.hint};
}

}  // namespace

outcome<exit_code> write_new_spec(const std::string& name, const console& out) {
    TRY(check_name(name));
    TRY_ASSIGN(const auto folder, open_or_make(name));
    TRY_ASSIGN(const node_info there, folder->inspect("spec.yaml"));
    if (there.kind != node_kind::absent) {
        return failure{failure_kind::refused, "'" + name + "/spec.yaml' is there already", "choose another name"};
    }
    TRY(folder->write("spec.yaml", starter_spec(name), {}));
    TRY_ASSIGN(const node_info schema, folder->inspect("spec.schema.json"));
    if (schema.kind == node_kind::absent) {
        TRY(folder->write("spec.schema.json", editor_schema(), {}));
    }
    out.say("Wrote " + name + "/spec.yaml. Next: tenon generate " + name + "/spec.yaml");
    return exit_code::clean;
}

}  // namespace tenon::gen
