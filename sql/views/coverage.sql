-- How complete each model's vectors are: one row a model and table its kind fills.
-- owners: pages, panels or strips that are to have a vector; with_vector: those that have one; missing: those that don't;
-- stale: vectors made from something that has changed since, or of owners that are to have none any more.
-- A model is complete when nothing of it is missing or stale. Reads every vector's key: seconds on a large library.
create or replace view coverage as
select
  k.vector_table, m.id as model_id, m.kind, m.name, m.revision, m.status,
  o.owners, coalesce(v.with_vector, 0) as with_vector, o.owners - coalesce(v.with_vector, 0) as missing,
  coalesce(v.stale, 0) as stale
from model m
join vector_kinds k on k.kind = m.kind
join (
  select 'page_embedding' as vector_table, count(*) as owners from vector_inputs where vector_table = 'page_embedding'
  union all
  select 'panel_embedding', count(*) from vector_inputs where vector_table = 'panel_embedding'
  union all
  select 'panel_vision', count(*) from vector_inputs where vector_table = 'panel_vision'
  union all
  select 'panel_text', count(*) from vector_inputs where vector_table = 'panel_text'
  union all
  select 'panel_composition', count(*) from vector_inputs where vector_table = 'panel_composition'
  union all
  select 'panel_context', count(*) from vector_inputs where vector_table = 'panel_context'
  union all
  select 'strip_embedding', count(*) from vector_inputs where vector_table = 'strip_embedding'
  union all
  select 'page_semantic', count(*) from vector_inputs where vector_table = 'page_semantic'
  union all
  select 'panel_semantic', count(*) from vector_inputs where vector_table = 'panel_semantic'
  union all
  select 'strip_semantic', count(*) from vector_inputs where vector_table = 'strip_semantic'
  union all
  select 'page_visual', count(*) from vector_inputs where vector_table = 'page_visual'
  union all
  select 'panel_feature', count(*) from vector_inputs where vector_table = 'panel_feature'
) o using (vector_table)
left join (
  select 'page_embedding' as vector_table, model_id, count(fresh_hash) as with_vector, count(*) filter (where stale) as stale
  from vector_states where vector_table = 'page_embedding' group by model_id
  union all
  select 'panel_embedding', model_id, count(fresh_hash), count(*) filter (where stale)
  from vector_states where vector_table = 'panel_embedding' group by model_id
  union all
  select 'panel_vision', model_id, count(fresh_hash), count(*) filter (where stale)
  from vector_states where vector_table = 'panel_vision' group by model_id
  union all
  select 'panel_text', model_id, count(fresh_hash), count(*) filter (where stale)
  from vector_states where vector_table = 'panel_text' group by model_id
  union all
  select 'panel_composition', model_id, count(fresh_hash), count(*) filter (where stale)
  from vector_states where vector_table = 'panel_composition' group by model_id
  union all
  select 'panel_context', model_id, count(fresh_hash), count(*) filter (where stale)
  from vector_states where vector_table = 'panel_context' group by model_id
  union all
  select 'strip_embedding', model_id, count(fresh_hash), count(*) filter (where stale)
  from vector_states where vector_table = 'strip_embedding' group by model_id
  union all
  select 'page_semantic', model_id, count(fresh_hash), count(*) filter (where stale)
  from vector_states where vector_table = 'page_semantic' group by model_id
  union all
  select 'panel_semantic', model_id, count(fresh_hash), count(*) filter (where stale)
  from vector_states where vector_table = 'panel_semantic' group by model_id
  union all
  select 'strip_semantic', model_id, count(fresh_hash), count(*) filter (where stale)
  from vector_states where vector_table = 'strip_semantic' group by model_id
  union all
  select 'page_visual', model_id, count(fresh_hash), count(*) filter (where stale)
  from vector_states where vector_table = 'page_visual' group by model_id
  union all
  select 'panel_feature', model_id, count(fresh_hash), count(*) filter (where stale)
  from vector_states where vector_table = 'panel_feature' group by model_id
) v on v.vector_table = k.vector_table and v.model_id = m.id;
comment on view coverage is 'How complete each model''s vectors are, by table: owners, with a vector, missing, stale';
comment on column coverage.vector_table is 'a table that models of this kind fill';
comment on column coverage.status is 'candidate, live or retired';
comment on column coverage.owners is 'pages, panels or strips that are to have a vector';
comment on column coverage.with_vector is 'those of them that have one, fresh or stale';
comment on column coverage.missing is 'those that have none';
comment on column coverage.stale is 'vectors made from what has changed since, or that are not to be any more';
comment on column coverage.model_id is 'as model.id';
comment on column coverage.kind is 'as model.kind';
comment on column coverage.name is 'of the model';
comment on column coverage.revision is 'of the model';
