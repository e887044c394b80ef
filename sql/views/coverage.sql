-- How complete each model's vectors are: one row a model and table that its kind fills.
-- owners: pages, panels or strips that are to have a vector; with_vector: those that have one; missing: those that don't;
-- stale: vectors made from something that has changed since, or of owners that are to have none any more.
-- A model is complete when nothing of it is missing or stale. Hashes every input once: seconds on a large library.
create or replace view coverage as
with panels as materialized (
  select panel_id, picture, place, words, whole from panel_inputs
), strips as materialized (
  select strip_id, whole, words from strip_inputs
), contexts as materialized (
  select panel_id, whole from context_inputs
), pooled as materialized (
  select page_id, whole from pooled_inputs
), pages as materialized (
  select page_id, picture, words from page_inputs
), wanted as (
  select 'panel_feature' as vector_table, count(i.picture) as owners from panels i
  union all
  select 'panel_vision', count(i.picture) from panels i
  union all
  select 'panel_text', count(i.words) from panels i
  union all
  select 'panel_composition', count(i.place) from panels i
  union all
  select 'panel_embedding', count(i.whole) from panels i
  union all
  select 'panel_semantic', count(i.words) from panels i
  union all
  select 'panel_context', count(i.whole) from contexts i
  union all
  select 'strip_embedding', count(i.whole) from strips i
  union all
  select 'strip_semantic', count(i.words) from strips i
  union all
  select 'page_embedding', count(i.whole) from pooled i
  union all
  select 'page_semantic', count(i.words) from pages i
  union all
  select 'page_visual', count(i.picture) from pages i
), stored as (
  select
    'panel_feature' as vector_table, e.model_id, count(i.picture) as with_vector,
    count(*) filter (where i.picture is distinct from e.input_hash) as stale
  from panel_feature e
  left join panels i using (panel_id)
  group by e.model_id
  union all
  select
    'panel_vision', e.model_id, count(i.picture),
    count(*) filter (where i.picture is distinct from e.input_hash)
  from panel_vision e
  left join panels i using (panel_id)
  group by e.model_id
  union all
  select
    'panel_text', e.model_id, count(i.words),
    count(*) filter (where i.words is distinct from e.input_hash)
  from panel_text e
  left join panels i using (panel_id)
  group by e.model_id
  union all
  select
    'panel_composition', e.model_id, count(i.place),
    count(*) filter (where i.place is distinct from e.input_hash)
  from panel_composition e
  left join panels i using (panel_id)
  group by e.model_id
  union all
  select
    'panel_embedding', e.model_id, count(i.whole),
    count(*) filter (where i.whole is distinct from e.input_hash)
  from panel_embedding e
  left join panels i using (panel_id)
  group by e.model_id
  union all
  select
    'panel_semantic', e.model_id, count(i.words),
    count(*) filter (where i.words is distinct from e.input_hash)
  from panel_semantic e
  left join panels i using (panel_id)
  group by e.model_id
  union all
  select
    'panel_context', e.model_id, count(i.whole),
    count(*) filter (where i.whole is distinct from e.input_hash)
  from panel_context e
  left join contexts i using (panel_id)
  group by e.model_id
  union all
  select
    'strip_embedding', e.model_id, count(i.whole),
    count(*) filter (where i.whole is distinct from e.input_hash)
  from strip_embedding e
  left join strips i using (strip_id)
  group by e.model_id
  union all
  select
    'strip_semantic', e.model_id, count(i.words),
    count(*) filter (where i.words is distinct from e.input_hash)
  from strip_semantic e
  left join strips i using (strip_id)
  group by e.model_id
  union all
  select
    'page_embedding', e.model_id, count(i.whole),
    count(*) filter (where i.whole is distinct from e.input_hash)
  from page_embedding e
  left join pooled i using (page_id)
  group by e.model_id
  union all
  select
    'page_semantic', e.model_id, count(i.words),
    count(*) filter (where i.words is distinct from e.input_hash)
  from page_semantic e
  left join pages i using (page_id)
  group by e.model_id
  union all
  select
    'page_visual', e.model_id, count(i.picture),
    count(*) filter (where i.picture is distinct from e.input_hash)
  from page_visual e
  left join pages i using (page_id)
  group by e.model_id
)
select
  k.vector_table, m.id as model_id, m.kind, m.name, m.revision, m.status,
  w.owners, coalesce(s.with_vector, 0) as with_vector, w.owners - coalesce(s.with_vector, 0) as missing,
  coalesce(s.stale, 0) as stale
from model m
join vector_kinds k on k.kind = m.kind
join wanted w on w.vector_table = k.vector_table
left join stored s on s.vector_table = k.vector_table and s.model_id = m.id;
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
