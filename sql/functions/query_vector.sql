-- The vector of a typed query, by the live sentence model, from table query_embedding.
-- Its key is the query without outer spaces, at most 600 characters of it.
-- Raises SQLSTATE CW001, the key as detail, when it has not been stored yet. Put it in a scalar subquery,
-- (select query_vector('castle at night')), so that it is looked up once and not for every row.
create or replace function query_vector(query text) returns halfvec
language plpgsql stable parallel safe
as $$
declare
  key constant text := left(btrim(query, E' \t\r\n'), 600);
  found_vector halfvec;
begin
  select q.v into found_vector
  from query_embedding q
  join model m on m.id = q.model_id
  where m.kind = 'sentence_encoder' and m.status = 'live' and q.text = key;
  if found_vector is null then
    raise exception using
      errcode = 'CW001',
      message = format('no vector is stored for the query %L', left(key, 80)),
      detail = key,
      hint = 'ask through "warehouse search" or "warehouse sql", which store it and ask again';
  end if;
  return found_vector;
end
$$;
comment on function query_vector is 'Vector of a typed query from query_embedding; SQLSTATE CW001 when it is not stored yet';
