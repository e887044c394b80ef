-- The live vectors of one space with the page each lies on; one row a page, panel or strip. owner_id: id of that.
-- The spaces are those of view vector_space; no rows for one that does not exist.
create or replace function space_vectors(space text) returns table (page_id bigint, owner_id bigint, v halfvec)
language sql stable parallel safe
begin atomic
  select e.page_id, e.page_id, e.v from page_embedding_current e where space_vectors.space = 'page'
  union all
  select e.page_id, e.page_id, e.v from page_visual_current e where space_vectors.space = 'visual'
  union all
  select e.page_id, e.page_id, e.v from page_semantic_current e where space_vectors.space = 'semantic'
  union all
  select o.page_id, o.id, e.v from panel_embedding_current e join panel o on o.id = e.panel_id
  where space_vectors.space in ('panel', 'fused')
  union all
  select o.page_id, o.id, e.v from panel_vision_current e join panel o on o.id = e.panel_id
  where space_vectors.space = 'vision'
  union all
  select o.page_id, o.id, e.v from panel_text_current e join panel o on o.id = e.panel_id
  where space_vectors.space = 'text'
  union all
  select o.page_id, o.id, e.v from panel_composition_current e join panel o on o.id = e.panel_id
  where space_vectors.space = 'composition'
  union all
  select o.page_id, o.id, e.v from panel_feature_current e join panel o on o.id = e.panel_id
  where space_vectors.space = 'feature'
  union all
  select o.page_id, o.id, e.v from panel_semantic_current e join panel o on o.id = e.panel_id
  where space_vectors.space = 'panel_semantic'
  union all
  select o.page_id, o.id, e.v from panel_context_current e join panel o on o.id = e.panel_id
  where space_vectors.space = 'context'
  union all
  select o.page_id, o.id, e.v from strip_embedding_current e join strip o on o.id = e.strip_id
  where space_vectors.space = 'strip'
  union all
  select o.page_id, o.id, e.v from strip_semantic_current e join strip o on o.id = e.strip_id
  where space_vectors.space = 'strip_semantic';
end;
comment on function space_vectors is 'Live vectors of one space with their pages: see vector_space';
