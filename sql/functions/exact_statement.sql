-- The statement of an exact search: the nearest vectors of one model, each row read and compared.
-- Bound: $1 the vector, $2 how many, $3 pages to look in (only with within_pages), $4 owners to leave out.
-- Returns owner's id and cosine distance, nearest first, ties by id; NaN, of a zero vector, last.
-- "+ 0" keeps the planner from answering with an HNSW index.
create or replace function exact_statement(
  vectors text, owner text, model_id smallint, any_width boolean, within_pages boolean
) returns text
language sql immutable parallel safe
begin atomic
  select format(
    'select e.%1$I as id, (e.v <=> $1) + 0 as distance from %2$I e'
      ' where e.model_id = %3$s%4$s%5$s and e.%1$I <> all ($4) order by 2, 1 limit $2',
    exact_statement.owner || '_id', exact_statement.vectors, exact_statement.model_id,
    case
      when not exact_statement.within_pages then ''
      when exact_statement.owner = 'page' then ' and e.page_id = any ($3)'
      else format(
        ' and e.%I in (select o.id from %I o where o.page_id = any ($3))',
        exact_statement.owner || '_id', exact_statement.owner)
    end,
    case when exact_statement.any_width then ' and vector_dims(e.v) = vector_dims($1)' else '' end);
end;
comment on function exact_statement is 'The SQL of an exact search for the nearest vectors';
