-- The live vectors of all pages in one space; no rows for a space that does not exist.
--   page      pooled over the page's panels      visual   the visual backbone's features of the whole page
--   semantic  the sentence vector of its text
-- With a literal space only that table is planned.
create or replace function page_vectors(space text) returns table (page_id bigint, v halfvec)
language sql stable parallel safe
begin atomic
  select e.page_id, e.v from page_embedding_current e where page_vectors.space = 'page'
  union all
  select e.page_id, e.v from page_visual_current e where page_vectors.space = 'visual'
  union all
  select e.page_id, e.v from page_semantic_current e where page_vectors.space = 'semantic';
end;
comment on function page_vectors is 'Live page vectors of one space: page, visual, semantic';
