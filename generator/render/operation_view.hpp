// One operation, as the table of routes and openapi.yaml have it.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "feature/routes.hpp"
#include "generator/render/phrase.hpp"
#include "generator/render/view.hpp"
#include "generator/resolve/model.hpp"

namespace tenon::gen {

/// Permissions by the names that routes have for them: as they are declared, or, of records, their enumerators.
using permission_numbers = std::map<std::string, std::size_t, std::less<>>;
permission_numbers permissions_of(const model& product);

/// A declared route, with its texts ready to be filled in.
class route_text {
  public:
    explicit route_text(const feature::route& declared);

    /// Whether there is such a route.
    bool applies(const std::vector<const view*>& scopes) const;
    std::string path(const std::vector<const view*>& scopes) const { return path_.in(scopes); }
    /// "tenon::auth" of "tenon::auth::login"; empty for the product's own.
    std::string space() const;

    /// Sets method, maker, permission, handler and path, for the table.
    view row(const model& product, const permission_numbers& permissions, const std::vector<const view*>& scopes) const;

    /// Everything that openapi.yaml says of the operation. `entity` is null for what is no entity's.
    view operation(const model& product, const permission_numbers& permissions, const entity_model* entity,
                   const std::vector<const view*>& scopes) const;

  private:
    void set_answer(view& out, const std::vector<const view*>& scopes) const;
    std::string permission(const model& product, const permission_numbers& permissions,
                           const std::vector<const view*>& scopes) const;
    std::string who(const model& product, const permission_numbers& permissions,
                    const std::vector<const view*>& scopes) const;
    bool takes_key() const { return declared_.verb == feature::method::post; }
    bool takes_version() const { return declared_.versioned && !declared_.makes; }
    bool reads_version() const { return takes_version() && declared_.verb == feature::method::get; }
    view::list parameters() const;
    view::list headers() const;
    view::list refusals() const;

    feature::route declared_;
    phrase path_, operation_, permission_, handler_, tag_, summary_, description_, takes_, meaning_, schema_;
};

/// `Code` of "/problems/{code}", and so on: what stands among components/parameters.
std::vector<std::string> path_parameters(const std::string& path);

}  // namespace tenon::gen
