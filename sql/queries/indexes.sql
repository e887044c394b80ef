-- vector_indexes --
-- The vectors of one space of one model, the HNSW index over them, and its last checks by rows and by means.
select s.vectors, s.owner, s.model_id, m.name as model, s.dim,
  case when c.relname is not null and i.indisvalid and c.reltuples >= 0 then c.reltuples::bigint end as indexed,
  c.relname::text as index_name, coalesce(i.indisvalid, false) as usable, pg_relation_size(c.oid) as bytes,
  by_rows.min_recall as row_recall, by_means.min_recall as mean_recall, by_rows.checked_at,
  index_is_trusted(%(scope)s, %(space)s, s.model_id, 'rows') as rows_trusted,
  index_is_trusted(%(scope)s, %(space)s, s.model_id, 'means') as means_trusted
from search_space(%(scope)s, %(space)s, %(model_id)s::smallint) s
join model m on m.id = s.model_id
left join pg_index i on i.indrelid = to_regclass(s.vectors)
  and i.indexrelid = to_regclass(s.vectors || '_hnsw_' || s.model_id)
left join pg_class c on c.oid = i.indexrelid
left join lateral (
  select k.min_recall, k.checked_at from index_check k
  where k.scope = %(scope)s and k.space = %(space)s and k.model_id = s.model_id and k.queries = 'rows'
  order by k.checked_at desc, k.id desc limit 1
) by_rows on true
left join lateral (
  select k.min_recall from index_check k
  where k.scope = %(scope)s and k.space = %(space)s and k.model_id = s.model_id and k.queries = 'means'
  order by k.checked_at desc, k.id desc limit 1
) by_means on true;

-- nearest_distances --
-- Distances of the nearest, and whether they were found exactly.
select n.distance, n.exact
from nearest_ids(%(scope)s, %(space)s, %(v)s::halfvec, max_hits => %(hits)s, of_model => %(model_id)s::smallint) n;

-- delete_index_checks --
-- An index built anew is another one: what was measured of the old one says nothing of it.
delete from index_check
where scope = %(scope)s and space = %(space)s and model_id = %(model_id)s;

-- insert_index_check --
-- What a check of an index measured.
insert into index_check (
  scope, space, model_id, vectors, queries, asked, hits, ef_search, mean_recall, min_recall, exact_seconds, index_seconds)
values (
  %(scope)s, %(space)s, %(model_id)s, %(vectors)s, %(queries)s, %(asked)s, %(hits)s, %(ef_search)s, %(mean_recall)s,
  %(min_recall)s, %(exact_seconds)s, %(index_seconds)s);
