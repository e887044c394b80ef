-- The live vectors of all panels in one space; no rows for a space that does not exist.
--   fused        vision, text and composition together      vision, text, composition   one of them alone
--   context      the panel in the context of its strip      feature   the visual backbone's own features
--   semantic     the sentence vector of its text
-- With a literal space only that table is planned.
create or replace function panel_vectors(space text) returns table (panel_id bigint, v halfvec)
language sql stable parallel safe
begin atomic
  select e.panel_id, e.v from panel_embedding_current e where panel_vectors.space = 'fused'
  union all
  select e.panel_id, e.v from panel_vision_current e where panel_vectors.space = 'vision'
  union all
  select e.panel_id, e.v from panel_text_current e where panel_vectors.space = 'text'
  union all
  select e.panel_id, e.v from panel_composition_current e where panel_vectors.space = 'composition'
  union all
  select e.panel_id, e.v from panel_context_current e where panel_vectors.space = 'context'
  union all
  select e.panel_id, e.v from panel_feature_current e where panel_vectors.space = 'feature'
  union all
  select e.panel_id, e.v from panel_semantic_current e where panel_vectors.space = 'semantic';
end;
comment on function panel_vectors is 'Live panel vectors of one space: fused, vision, text, composition, context, feature, semantic';
