-- Who may read: the group role `analyst`, which owns nothing and cannot log in, and logins that are members of it.
-- An analyst reads every table and view of the warehouse and calls every function; nothing lets it write.
-- Settings are not inherited from a group, so each login carries its own: read-only transactions, a statement
-- timeout, and an end to transactions left open, which would keep upgrades waiting.
-- Functions and views are made anew at upgrades, which loses their grants: analyst_grants is run again after that.
-- Statements are made by format(), which quotes every name (%I) and text (%L), and run as they come.

-- create_analyst --
-- The group, where it is not there yet.
do $$
begin
  if not exists (select from pg_roles where rolname = 'analyst') then
    create role analyst nologin;
    comment on role analyst is 'Reads the comic warehouse; made by "warehouse db grant-analyst"';
  end if;
end
$$

-- analyst_is_harmless --
-- False where a role called analyst was made by somebody for something else.
select not (rolcanlogin or rolsuper or rolcreaterole or rolcreatedb or rolreplication or rolbypassrls)
from pg_roles
where rolname = 'analyst'

-- analysts_read_here --
-- Whether analysts were granted this database: they keep what tables they have, since tables are not made anew.
select coalesce(
  (
    select bool_or(has_table_privilege(r.oid, c.oid, 'select'))
    from pg_roles r, pg_class c
    where r.rolname = 'analyst' and c.relname = 'book' and c.relnamespace = current_schema()::regnamespace
  ), false)

-- analyst_grants --
-- The statements that let analysts read, for the relations and functions of these names.  Nobody but owners may make
-- tables, temporary ones too: one of the name of ours would answer instead of ours.
select format('revoke temporary on database %%I from public', current_database())
union all
select format('revoke create on schema %%I from public', current_schema())
union all
select format('grant connect on database %%I to analyst', current_database())
union all
select format('grant usage on schema %%I to analyst', current_schema())
union all
select format('grant select on %%I.%%I to analyst', current_schema(), c.relname)
from pg_class c
where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p', 'v', 'm')
  and c.relname = any(%(relations)s)
union all
select format('grant execute on function %%s to analyst', p.oid::regprocedure)
from pg_proc p
where p.pronamespace = current_schema()::regnamespace and p.proname = any(%(functions)s)

-- login_of --
-- Whether there is a role of this name, and whether it is an analyst's login.
select
  r.rolcanlogin and exists (
    select
    from pg_auth_members m
    join pg_roles g on g.oid = m.roleid
    where m.member = r.oid and g.rolname = 'analyst'
  )
from pg_roles r
where r.rolname = %(name)s

-- create_login --
select format('create role %%I login nosuperuser nocreatedb nocreaterole inherit', %(name)s::text)
union all
select format('grant analyst to %%I', %(name)s::text)

-- set_login --
-- What holds for every session of the login in this database, and its password, hashed, where one is given.
select format('alter role %%I in database %%I set %%s to %%s', %(name)s::text, current_database(), s.setting, s.value)
from (
  values
    ('default_transaction_read_only', 'on'),
    ('statement_timeout', quote_literal(%(timeout)s::text)),
    ('idle_in_transaction_session_timeout', quote_literal('10min')),
    ('search_path', current_setting('search_path'))
) s (setting, value)
union all
select format('alter role %%I password %%L', %(name)s::text, %(verifier)s::text)
where %(verifier)s::text is not null
