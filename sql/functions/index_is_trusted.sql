-- Whether an HNSW index may answer searches of this kind unasked: it has been measured by "warehouse index check" at
-- the usual ef_search, and the last measurement was good enough. queries: rows, means.
-- By rows: mean recall of at least 0.98. By means of rows, which lie between the clusters and are found worse, so that
-- the worst one counts: at least 0.95.
create or replace function index_is_trusted(scope text, space text, model_id smallint, queries text) returns boolean
language sql stable
begin atomic
  select coalesce((
    select case
      when index_is_trusted.queries = 'rows' then k.mean_recall >= 0.98::real
      else k.min_recall >= 0.95::real
    end
    from index_check k
    where k.scope = index_is_trusted.scope and k.space = index_is_trusted.space
      and k.model_id = index_is_trusted.model_id and k.queries = index_is_trusted.queries
    order by k.checked_at desc, k.id desc
    limit 1
  ), false);
end;
comment on function index_is_trusted is 'Whether the last check of an index found it exact enough to answer unasked';
