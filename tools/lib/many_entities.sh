# Specs of any size, for benches: `many_entities N` prints a spec with N entities of ten fields each. Sourced.
many_entities() {
  local count=$1 i previous
  cat <<'HEAD'
tenon: 1
service: {name: bench, title: Bench}
tenant: {name: workspace}
roles:
  owner: {inherits: admin}
  admin: {inherits: member}
  member: {}
members: {manage: admin, settings: admin, new: member}
entities:
HEAD
  for ((i = 1; i <= count; i++)); do
    previous=$((i > 1 ? i - 1 : 1))
    cat <<ENTITY
  Thing$i:
    description: The thing number $i.
    fields:
      title: string(1..120)
      body: text?
      status: enum [draft, open, closed] = draft
      amount: decimal(12,2) = 0
      price: money?
      count: int(0..1000) = 0
      done: bool = false
      due_at: datetime?
      tags: string(1..40)[] = []
ENTITY
    if ((i > 1)); then echo "      parent: {type: ref Thing$previous, on_delete: cascade}"; fi
    if [[ ${2:-} == one_more_field && $i == 1 ]]; then echo "      added: string(0..60)?"; fi
    cat <<ENTITY
    indexes: [[status, created_at]]
    access: {read: member, create: member, update: [admin, creator], delete: admin}
    list: {filter: [status, done], search: [title], sort: [created_at, title]}
    soft_delete: true
ENTITY
  done
}
