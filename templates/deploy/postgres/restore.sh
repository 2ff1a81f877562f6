{{!tenon executable}}
#!/bin/sh
# Puts a dump of backup.sh into a database that holds nothing yet, all of it or nothing.
#     PGHOST=db.example.com PGPASSWORD=... deploy/postgres/restore.sh FILE
# The database and its roles are made by roles.sql first, the roles under the same names as where the dump was made. '-'
# is standard input. Where to connect is said by libpq's variables; PGUSER is `migrator`, the owner of the tables, and
# PGDATABASE {{service.name.snake}}, unless they are set. `serve --migrate` or `migrate up` afterwards lets `app` read and write.
set -eu
file=${1:-}
if [ $# -ne 1 ] || [ -z "$file" ]; then echo "usage: $0 FILE | -" >&2; exit 2; fi
export PGUSER="${PGUSER:-migrator}" PGDATABASE="${PGDATABASE:-{{service.name.snake}}}"

tables=$(psql -X -A -t -w -c "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')")
if [ "$tables" != 0 ]; then
  echo "error: the database $PGDATABASE has $tables tables already; restore into a new one" >&2
  exit 1
fi
if [ "$file" = - ]; then set --; else set -- "$file"; fi
# Who owns what, and who may do what with it, is of this server: roles.sql and the migrations say so.
pg_restore -w --exit-on-error --single-transaction --no-owner --no-privileges --dbname="$PGDATABASE" "$@"
# What the planner knows of the rows is not in a dump. The server's own tables are not ours, as it would say one by one.
psql -X -q -w -c 'SET client_min_messages = error' -c ANALYZE
