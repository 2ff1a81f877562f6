{{!tenon executable when=deploys_compose}}
#!/bin/sh
# Run once by the image of PostgreSQL, while its volume is empty: the roles, with the passwords of the environment.
psql -X -U "${POSTGRES_USER:-postgres}" -d postgres -f "${ROLES_SQL:-/roles.sql}" || exit 1
# Passwords do not go by the command line, where everybody could see them.
psql -X -v ON_ERROR_STOP=1 -U "${POSTGRES_USER:-postgres}" -d postgres <<'END' || exit 1
\getenv migrator_password MIGRATOR_PASSWORD
\getenv app_password APP_PASSWORD
ALTER ROLE migrator PASSWORD :'migrator_password';
ALTER ROLE app PASSWORD :'app_password';
\getenv backup_password BACKUP_PASSWORD
\if :{?backup_password}
ALTER ROLE backup PASSWORD :'backup_password';
\endif
END
