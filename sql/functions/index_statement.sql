-- The statement of a search by HNSW index: the vectors that the index holds for the nearest, in its order.
-- Bound: $1 the vector, $2 how many. Returns owner's id and cosine distance.
-- Nothing stands beside the distance in the order, and no other condition beside the model: either would make
-- the planner read every row, or the index walk all of its graph.
create or replace function index_statement(vectors text, owner text, model_id smallint, dim integer) returns text
language sql immutable parallel safe
begin atomic
  select format(
    'select e.%1$I as id, e.v::halfvec(%4$s) <=> $1 as distance from %2$I e where e.model_id = %3$s'
      ' order by e.v::halfvec(%4$s) <=> $1 limit $2',
    index_statement.owner || '_id', index_statement.vectors, index_statement.model_id, index_statement.dim);
end;
comment on function index_statement is 'The SQL of a search for the nearest vectors by HNSW index';
