-- The roles of {{service.title}} on PostgreSQL, and its database. May be run again; as an administrator, who need not be
-- a superuser (CREATEROLE and CREATEDB will do, as managed servers give them; but see `backup`):
--
--     psql -d postgres -v database={{service.name.snake}} -v migrator=migrator -v app=app -v backup=backup -f deploy/postgres/roles.sql
--
-- `migrator` owns the database and its tables, and runs migrations. `app` serves: it owns nothing, so that row-level
-- security holds for it and it cannot switch that off. What it may do with each table is granted by every run of
-- `migrate up` and `serve --migrate`. Passwords are yours to set: \password app
-- `backup` reads every row of this database and changes none: row-level security would hide rows from a dump, so it has
-- BYPASSRLS. Only a superuser can give that, from PostgreSQL 16 on also who has CREATEROLE and BYPASSRLS. It holds in
-- every database of the server that the role may use: a role that exists already and lacks it stays as it is, and is
-- named in a warning. Choose another name then, or give it LOGIN and BYPASSRLS yourself.
\set ON_ERROR_STOP on
\if :{?database} \else \set database {{service.name.snake}} \endif
\if :{?migrator} \else \set migrator migrator \endif
\if :{?app} \else \set app app \endif
\if :{?backup} \else \set backup backup \endif

SELECT format('CREATE ROLE %I LOGIN', name) FROM (VALUES (:'migrator'), (:'app')) wanted (name)
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) \gexec
SELECT format('CREATE ROLE %I LOGIN BYPASSRLS', :'backup')
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'backup')
  AND (SELECT rolsuper OR (rolcreaterole AND rolbypassrls AND current_setting('server_version_num')::int >= 160000)
       FROM pg_roles WHERE rolname = current_user) \gexec
SELECT count(*) > 0 AS has_backup, count(*) FILTER (WHERE rolcanlogin AND (rolbypassrls OR rolsuper)) > 0 AS backs_up
FROM pg_roles WHERE rolname = :'backup' \gset

-- Whoever makes a database for another role has to be a member of it; the membership is given back below.
SELECT NOT pg_has_role(:'migrator', 'MEMBER') AS outsider \gset
\if :outsider
GRANT :"migrator" TO CURRENT_USER;
\endif
-- Byte order, whatever the server's own is: the same on every machine, and indexes outlive upgrades of its libraries.
-- Searches ignore the case of all letters where the server can, else of A to Z.
SELECT CASE WHEN count(*) > 0 THEN 'C.UTF-8' ELSE 'C' END AS letters FROM pg_collation
WHERE collname IN ('C.utf8', 'C.UTF-8') \gset
SELECT format('CREATE DATABASE %I OWNER %I TEMPLATE template0 ENCODING %L LOCALE_PROVIDER libc LC_COLLATE %L LC_CTYPE %L',
  :'database', :'migrator', 'UTF8', 'C', :'letters')
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'database') \gexec
REVOKE ALL ON DATABASE :"database" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"database" TO :"app";

\connect :"database"
ALTER SCHEMA public OWNER TO :"migrator";
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO :"app";
\if :backs_up
GRANT CONNECT ON DATABASE :"database" TO :"backup";
GRANT USAGE ON SCHEMA public TO :"backup";
GRANT SELECT ON ALL TABLES IN SCHEMA public TO :"backup";
GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO :"backup";
-- And what later migrations make.
ALTER DEFAULT PRIVILEGES FOR ROLE :"migrator" GRANT USAGE ON SCHEMAS TO :"backup";
ALTER DEFAULT PRIVILEGES FOR ROLE :"migrator" GRANT SELECT ON TABLES TO :"backup";
ALTER DEFAULT PRIVILEGES FOR ROLE :"migrator" GRANT SELECT ON SEQUENCES TO :"backup";
\elif :has_backup
\warn 'No role for backups: the role ':backup' exists and lacks LOGIN or BYPASSRLS. It was left as it is; see the head of this file.'
\else
\warn 'No role for backups: you may not give BYPASSRLS, without which a dump would lack rows. Use snapshots of the server.'
\endif
\if :outsider
REVOKE :"migrator" FROM CURRENT_USER;
\endif

-- Said at once, not at the first request: a role that could pass by row-level security must not serve.
SELECT count(*) > 0 AS unsafe FROM pg_roles
WHERE (rolsuper OR rolbypassrls OR pg_has_role(:'app', :'migrator', 'MEMBER')) AND rolname = :'app' \gset
\if :unsafe
\warn 'The role that serves is a superuser, has BYPASSRLS, or is a member of the owner: row-level security would not hold for it.'
DO $$ BEGIN RAISE EXCEPTION 'unsafe role'; END $$;
\endif
