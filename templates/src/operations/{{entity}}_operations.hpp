// What can be done with {{plural_lower_title}}, whoever asks and by whatever means.
#pragma once

#include "domain/{{snake}}.hpp"

#include <tenon/core/task.hpp>
#include <tenon/operation/context.hpp>
#include <tenon/operation/keeper.hpp>
#include <tenon/paging/list_request.hpp>

namespace {{service.space}}::operations {

/// Each asks for its permission and sees only rows that `who` may see; else it is errc::forbidden or errc::not_found.
/// Those that change something do so in one transaction, with the hooks in it; `kept` is told of what was done as its
/// last part.
tenon::task<tenon::result<tenon::paging::page<domain::{{type}}>>> list_{{plural_snake}}(
    const tenon::operation::context& who, tenon::paging::list_request request);
tenon::task<tenon::result<domain::{{type}}>> get_{{snake}}(const tenon::operation::context& who,
    tenon::id<domain::{{type}}> id);

/// errc::invalid with every field that is wrong, references included; errc::conflict when a unique value is taken.
tenon::task<tenon::result<domain::{{type}}>> create_{{snake}}(const tenon::operation::context& who,
    domain::new_{{snake}} input, tenon::operation::keeper<domain::{{type}}>* kept = nullptr);
/// As above; also errc::precondition_failed for a version that `who` did not mean.
tenon::task<tenon::result<domain::{{type}}>> update_{{snake}}(const tenon::operation::context& who,
    tenon::id<domain::{{type}}> id, domain::{{snake}}_changes changes);

/// errc::conflict with what stands in the way, as far as `who` may see it.
tenon::task<tenon::result<tenon::operation::nothing>> delete_{{snake}}(const tenon::operation::context& who,
    tenon::id<domain::{{type}}> id);
{{#soft_delete}}
/// Out of the bin, with what went there along with it.
tenon::task<tenon::result<domain::{{type}}>> restore_{{snake}}(const tenon::operation::context& who,
    tenon::id<domain::{{type}}> id, tenon::operation::keeper<domain::{{type}}>* kept = nullptr);
{{/soft_delete}}
{{#has_purge}}
/// Out of the bin for good.
tenon::task<tenon::result<tenon::operation::nothing>> purge_{{snake}}(const tenon::operation::context& who,
    tenon::id<domain::{{type}}> id, tenon::operation::keeper<tenon::operation::nothing>* kept = nullptr);
{{/has_purge}}

}  // namespace {{service.space}}::operations
