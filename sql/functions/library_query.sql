-- A typed query read in the given language or, where none is given, in every language of the library.
-- Null, which matches nothing, for a query without words and for an empty library.
create or replace function library_query(query text, language text default null) returns tsquery
language sql stable parallel safe
begin atomic
  with spoken as (
    select library_query.language as language where library_query.language is not null
    union
    select b.language from book b where library_query.language is null group by b.language
  ),
  read as (
    select distinct text_query(language, library_query.query) as meaning from spoken
  )
  select string_agg('(' || meaning::text || ')', ' | ' order by meaning)::tsquery from read;
end;
comment on function library_query is 'A typed query as a tsquery, read in one language or in all of the library''s';
