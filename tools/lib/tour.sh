# The guided tour of tools/demo: what is asked, what is answered, and what to notice. Sourced by tools/demo.
checks=0 steps=0 answer_file=$(mktemp) headers_file=$(mktemp)

step() { steps=$((steps + 1)); say "" "${bold}$steps. $*${plain}"; }
notice() { say "  ${dim}Notice: $*${plain}"; }
shown() { say "  \$ $*"; "$@" 2>&1 | sed 's/^/  /'; }
stop_tour() { rm -f "$answer_file" "$headers_file"; }

# short TEXT: one line, cut to what fits a screen, tokens first.
short() { local text; text=$(sed -E 's/("[a-z_]*token":"[^"]{6})[^"]*"/\1..."/g' <<<"${1//$'\n'/ }"); if ((${#text} > 150)); then text=${text:0:147}...; fi; printf '%s' "$text"; }

# ask STATUS METHOD PATH [BODY] [HEADER...]: sends it as the current `token`, prints both sides, checks the status.
ask() {
  local expected=$1 method=$2 path=$3 body=${4:-} header arguments=() status
  shift $(($# < 4 ? $# : 4))
  if [[ -n ${token:-} ]]; then arguments+=(-H "Authorization: Bearer $token"); fi
  if [[ -n $body ]]; then arguments+=(-H 'Content-Type: application/json' --data "$body"); fi
  for header in "$@"; do arguments+=(-H "$header"); done
  status=$(curl -sS -m 20 -X "$method" "${arguments[@]}" -o "$answer_file" -D "$headers_file" -w '%{http_code}' "$base$path") ||
    die "no answer to $method $path"
  answer=$(cat "$answer_file")
  say "  ${bold}$method $path${plain} $(short "$body")${*:+  [$*]}"
  say "  $status  $(short "$answer")"
  [[ $status == "$expected" ]] || die "$method $path answered $status, not $expected as told"
  checks=$((checks + 1))
}

# at JQ: a value out of the last answer.
at() { jq -r "$1" <<<"$answer"; }
# is JQ VALUE: fails unless the last answer says so.
# tell JQ: prints what matters of the last answer, one line for each value.
tell() { jq -r "$1" <<<"$answer" | sed 's/^/       /'; }
is() { [[ $(at "$1") == "$2" ]] || die "the answer has '$(at "$1")' at $1, not '$2' as told"; }
header() { sed -n "s/^$1: *\(.*\)\r$/\1/Ip" "$headers_file"; }

tour() {
  tour_accounts
  tour_records
  tour_refusals
  tour_operations
}

tour_accounts() {
  step "Sign up: a user, and the workspace they own"
  token=
  ask 201 POST /v1/auth/sign-up '{"email": "ada@example.com", "password": "correct horse battery", "name": "Ada", "workspace": "Analytical Engines"}'
  ada=$(at .access_token) workspace=$(at .workspace_id)
  notice "the password is kept as an argon2id hash; the access token lasts 15 minutes and carries no role"
  ask 409 POST /v1/auth/sign-up '{"email": "Ada@example.com", "password": "correct horse battery", "name": "Ada", "workspace": "Again"}'
  notice "every error is a problem document (RFC 9457)"
  token=$ada
  ask 200 GET /v1/me
  ask 200 GET "/v1/workspaces/$workspace"
  is .name "Analytical Engines"
}

tour_records() {
  step "Create projects, and list them page by page"
  ask 201 POST /v1/projects '{"name": "Website relaunch", "code": "WEB", "budget": {"amount": 120000, "currency": "EUR"}}'
  project_id=$(at .id) etag=$(header ETag)
  ask 201 POST /v1/projects '{"name": "Move the office", "code": "MOVE", "status": "active"}'
  ask 201 POST /v1/projects '{"name": "Annual report", "code": "YEAR"}'
  ask 422 POST /v1/projects '{"name": "", "code": "x", "status": "someday", "colour": "red"}'
  tell '.errors[] | "\(.pointer)  \(.detail)"'
  notice "all broken fields are named at once, by JSON pointer"
  ask 200 GET '/v1/projects?limit=2'
  tell '.items[] | "\(.code)  \(.name)"'
  is '.items | length' 2
  ask 200 GET "/v1/projects?limit=2&cursor=$(at .next_cursor)"
  tell '.items[] | "\(.code)  \(.name)"'
  is '.items | length' 1
  is .next_cursor null
  notice "pages are found by key, not by offset: they stay right and fast while rows are added"
  ask 200 GET '/v1/projects?status=active&q=office'
  is '.items | length' 1
  ask 201 POST /v1/tasks "{\"project_id\": \"$project_id\", \"title\": \"Draft the landing page\", \"priority\": 1}"
}

tour_refusals() {
  step "A role that may not: a guest cannot create projects"
  local ada_task=/v1/tasks
  token=
  ask 201 POST /v1/auth/sign-up '{"email": "bob@example.com", "password": "another good secret", "name": "Bob", "workspace": "Bob and Sons"}'
  bob=$(at .access_token)
  token=$ada
  ask 201 POST "/v1/workspaces/$workspace/members" '{"email": "bob@example.com", "role": "guest"}'
  token=
  ask 200 POST /v1/auth/login "{\"email\": \"bob@example.com\", \"password\": \"another good secret\", \"workspace_id\": \"$workspace\"}"
  token=$(at .access_token)
  ask 200 GET "$ada_task"
  ask 403 POST /v1/projects '{"name": "Mine", "code": "MINE"}'
  notice "roles are read per request from the membership: a demotion takes effect at once"

  step "A foreign tenant: in Bob's own workspace, Ada's project does not exist"
  token=$bob
  ask 404 GET "/v1/projects/$project_id"
  notice "404, not 403: whether the id exists elsewhere is not told"

  step "Two people edit at once: the second is told"
  token=$ada
  ask 200 PATCH "/v1/projects/$project_id" '{"status": "active"}' "If-Match: $etag"
  ask 412 PATCH "/v1/projects/$project_id" '{"status": "paused"}' "If-Match: $etag"

  step "Delete, and think again"
  ask 204 DELETE "/v1/projects/$project_id"
  ask 404 GET "/v1/projects/$project_id"
  ask 200 POST "/v1/projects/$project_id/restore"

  step "Without a token, or with a forged one"
  token=
  ask 401 GET /v1/projects
  token="${ada%?????}AAAAA"
  ask 401 GET /v1/projects
}

tour_operations() {
  step "Operations: health, metrics by route, and the API's own description"
  token=
  ask 200 GET /health
  ask 200 GET /ready
  ask 200 GET /openapi.yaml
  ask 200 GET /metrics
  grep 'http_requests_total.*"/v1/projects' <<<"$answer" | head -n 4 | sed 's/^/  /' || die "the metrics do not count by route template"
}
