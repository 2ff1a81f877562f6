{{!tenon executable}}
#!/bin/sh
# Dumps the database of {{service.title}}: every row, as of one moment, while the service runs.
#     PGHOST=db.example.com PGPASSWORD=... deploy/postgres/backup.sh FILE
# FILE must not exist; '-' is standard output. Where to connect is said by libpq's variables (PGHOST, PGPORT, PGPASSFILE
# ...); PGUSER is `backup`, the role of roles.sql, and PGDATABASE {{service.name.snake}}, unless they are set. pg_dump must not be
# older than the server.
set -eu
umask 077
file=${1:-}
if [ $# -ne 1 ] || [ -z "$file" ]; then echo "usage: $0 FILE | -" >&2; exit 2; fi
export PGUSER="${PGUSER:-backup}" PGDATABASE="${PGDATABASE:-{{service.name.snake}}}"

# pg_dump refuses as well, table by table; this says what to do. Never give it --enable-row-security: the dump would be
# of the rows that the role may see, which are none, and end with success.
sees_all=$(psql -X -A -t -w -c 'SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user')
if [ "$sees_all" != t ]; then
  echo "error: the role $PGUSER does not see every row: it has no BYPASSRLS. deploy/postgres/roles.sql makes one that has" >&2
  exit 1
fi
if [ "$file" = - ]; then exec pg_dump -w --format=custom; fi

if [ -e "$file" ]; then echo "error: $file exists already" >&2; exit 1; fi
part=$(mktemp "$file.XXXXXX")
trap 'rm -f "$part"' EXIT
trap 'exit 1' HUP INT TERM
pg_dump -w --format=custom --file="$part"
pg_restore --list "$part" >/dev/null
sync "$part"
# Whether mv fails when another one has made FILE meanwhile is up to its version; that it leaves FILE alone is not.
mv -n -T "$part" "$file" || :
if [ -e "$part" ]; then echo "error: $file exists by now, or cannot be written" >&2; exit 1; fi
