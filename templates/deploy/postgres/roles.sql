-- The two roles of {{service.title}} on PostgreSQL, and its database. May be run again; as an administrator, who need not be
-- a superuser (CREATEROLE and CREATEDB will do, as managed servers give them):
--
--     psql -d postgres -v database={{service.name.snake}} -v migrator=migrator -v app=app -f deploy/postgres/roles.sql
--
-- `migrator` owns the database and its tables, and runs migrations. `app` serves: it owns nothing, so that row-level
-- security holds for it and it cannot switch that off. What it may do with each table is granted by every run of
-- `migrate up` and `serve --migrate`. Passwords are yours to set: \password app
\set ON_ERROR_STOP on
\if :{?database} \else \set database {{service.name.snake}} \endif
\if :{?migrator} \else \set migrator migrator \endif
\if :{?app} \else \set app app \endif

SELECT format('CREATE ROLE %I LOGIN', name) FROM (VALUES (:'migrator'), (:'app')) wanted (name)
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) \gexec

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
