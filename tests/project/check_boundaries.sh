#!/usr/bin/env bash
# Boundaries hold by build: each forbidden include or use is planted into a real file of the generated starter, and
# must not compile, while the file as generated does. Uses the project's own compile commands.
#   check_boundaries.sh WORK     where check_project.sh left WORK/project and WORK/build
set -euo pipefail
project=$1/project build=$1/build planted=$(mktemp -d)
trap 'rm -rf "$planted"' EXIT
commands=$build/compile_commands.json
broken=0

# compile FILE SOURCE: checks SOURCE with the flags that the build uses for FILE of the project.
compile() {
  local directory command
  directory=$(jq -r --arg f "$project/$1" '.[] | select(.file == $f) | .directory' "$commands")
  command=$(jq -r --arg f "$project/$1" '.[] | select(.file == $f) | .command' "$commands")
  [[ -n $command ]] || { echo "no compile command for $1"; return 2; }
  command=${command%% -o *}
  (cd "$directory" && eval "$command -fsyntax-only -x c++ '$2'") >"$planted/log" 2>&1
}

# sound FILE: the generated file itself compiles this way, so that what follows fails for its own reason only.
sound() {
  if compile "$1" "$project/$1"; then echo "compiles:  $1"; else
    echo "FAILED: $1 does not compile as generated"
    cat "$planted/log"
    broken=1
  fi
}

# refused WHAT FILE EXPECTED TEXT: FILE with TEXT at its end does not compile, and the message says EXPECTED.
refused() {
  local what=$1 file=$2 expected=$3 text=$4
  cp "$project/$file" "$planted/planted.cpp"
  printf '%s\n' "$text" >>"$planted/planted.cpp"
  if compile "$file" "$planted/planted.cpp"; then
    echo "FAILED: compiles, but must not: $what"
    broken=1
  elif ! grep -qE "$expected" "$planted/log"; then
    echo "FAILED: refused for another reason than '$expected': $what"
    head -n 20 "$planted/log"
    broken=1
  else
    echo "refused:   $what"
  fi
}

domain=src/domain/project.cpp storage=src/storage/project_repository.cpp api=src/api/routes.cpp
hooks=src/hooks/project_hooks.cpp operations=src/operations/project_operations.cpp custom=src/custom/routes.cpp
space=$(sed -n 's/^namespace \([a-z_0-9]*\)::domain {.*/\1/p' "$project/src/domain/project.hpp" | head -n 1)
sound $domain
sound $storage
sound $api
sound $hooks
sound $operations
sound $custom
missing='No such file or directory'
refused "domain includes HTTP" $domain "$missing" '#include <tenon/service/call.hpp>'
refused "domain includes JSON" $domain "$missing" '#include <tenon/json/reader.hpp>'
refused "domain includes SQL" $domain "$missing" '#include <tenon/db/session.hpp>'
refused "domain includes accounts" $domain "$missing" '#include <tenon/auth/handlers.hpp>'
refused "domain includes storage" $domain "$missing" '#include "storage/project_repository.hpp"'
refused "domain includes the API" $domain "$missing" '#include "api/routes.hpp"'
refused "storage includes what can be done with members" $storage "$missing" '#include <tenon/tenants/operations.hpp>'
refused "storage includes the API" $storage "$missing" '#include "api/routes.hpp"'
refused "storage includes the program" $storage "$missing" '#include <tenon/service/services.hpp>'
refused "an operation includes HTTP" $operations "$missing" '#include <tenon/http/message.hpp>'
refused "an operation includes the way of requests" $operations "$missing" '#include <tenon/service/call.hpp>'
refused "an operation includes the API" $operations "$missing" '#include "api/routes.hpp"'
refused "a hook includes HTTP" $hooks "$missing" '#include <tenon/service/call.hpp>'
refused "an operation does without somebody who asks" $operations 'incomplete type|no matching function|no default' \
  'tenon::operation::context planted() { return tenon::operation::context(); }'
refused "code of the product says for whom it works" $custom 'incomplete type' \
  'auto planted(const tenon::operation::surroundings* all) { return sizeof(*all); }'
refused "storage steps the clock" $storage "$missing" '#include <tenon/testing/clock.hpp>'
refused "the API steps the clock" $api "$missing" '#include <tenon/testing/clock.hpp>'
refused "a tenant's statement without the tenant" $storage 'must_name_the_tenant|not a constant expression' \
  'static const tenon::db::tenant_sql planted{"SELECT id FROM projects"};'
refused "a tenant's statement of several literals without the tenant" $storage 'must_name_the_tenant|not a constant expression' \
  'static constexpr tenon::db::tenant_text planted("SELECT id ", "FROM projects");'
refused "a tenant's statement from text that is no literal" $storage 'constant expression|consteval|constexpr' \
  'tenon::db::tenant_sql planted(const char* text) { return tenon::db::tenant_sql(text); }'
refused "a tenant's session without a tenant" $storage 'no matching function|private|deleted' \
  'void planted() { tenon::db::tenant_session session; }'
refused "a route gives itself another tenant" $custom "'set_tenant'|no member" \
  'void planted(tenon::service::tenant_call& call) { call.set_tenant({}, 0, tenon::access::decision::allowed); }'
refused "a route gives itself another user" $custom "'set_user'|no member" \
  'void planted(tenon::service::user_call& call) { call.set_user({}, {}); }'
refused "a route makes a call" $custom 'no matching function|incomplete type' \
  'void planted(tenon::service::open_call& call) { tenon::service::tenant_call mine(call.services(), call.request()); }'
refused "code of the product stands in for the runtime's hand in calls" $custom 'private' \
  'struct tenon::service::call_access { static void move(tenant_call& call) { call.tenant_ = tenant_id::generate(); } };'
refused "a route takes a private part of its call" $custom 'private|incomplete' \
  'void planted(tenon::service::tenant_call& call) { call.tenant_ = tenon::tenant_id::generate(); }'
refused "a route reaches the database by itself" $custom "'database'|no member" \
  $'#include <tenon/service/services.hpp>\nauto& planted(tenon::service::open_call& call) { return call.services().database(); }'
refused "a route looks into the parts of the service" $custom 'incomplete type' \
  $'#include <tenon/service/services.hpp>\nvoid planted(tenon::service::open_call& call) { call.services().internals().get<int>(); }'
for layer in $domain $storage $hooks $operations $custom $api; do
  refused "the raw database in $layer" $layer "$missing" '#include <tenon/db/backend.hpp>'
done
refused "a session of the whole service" $storage 'system_session|does not name a type|not a member' \
  'tenon::db::system_session* planted = nullptr;'
refused "a route counts in any tenant" $custom 'invalid initialization|no matching function|cannot convert|could not convert' \
  $'#include <tenon/operation/limit_keys.hpp>\nauto planted() { return tenon::limits::tenant_key(tenon::tenant_id::generate(), "x"); }'
refused "hooks include the limits of requests" $hooks "$missing" '#include <tenon/limits/limiter.hpp>'
refused "a tenant's handler mounted for everyone" $api 'no matching function|cannot convert|invalid conversion|could not convert' \
  "static const auto planted = tenon::service::open_route(tenon::http::method::get, \"/x\", \"x\", ${space}::api::get_project);"
refused "a tenant's handler mounted for any user" $api 'no matching function|cannot convert|invalid conversion|could not convert' \
  "static const auto planted = tenon::service::user_route(tenon::http::method::get, \"/x\", \"x\", ${space}::api::get_project);"
exit $broken
