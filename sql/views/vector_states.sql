-- Every stored vector and whether it is fresh: its table, model, owner, and input_hash beside the one it should have.
-- fresh_hash is null where the owner is to have no such vector any more (its page is no story page now).
-- With a literal vector_table only that table is read.
create or replace view vector_states as
select
  'panel_feature' as vector_table, e.model_id, e.panel_id as owner_id, e.input_hash,
  i.picture as fresh_hash, i.picture is distinct from e.input_hash as stale
from panel_feature e
left join panel_inputs i using (panel_id)
union all
select
  'panel_vision', e.model_id, e.panel_id, e.input_hash,
  i.picture, i.picture is distinct from e.input_hash
from panel_vision e
left join panel_inputs i using (panel_id)
union all
select
  'panel_text', e.model_id, e.panel_id, e.input_hash,
  i.words, i.words is distinct from e.input_hash
from panel_text e
left join panel_inputs i using (panel_id)
union all
select
  'panel_composition', e.model_id, e.panel_id, e.input_hash,
  i.place, i.place is distinct from e.input_hash
from panel_composition e
left join panel_inputs i using (panel_id)
union all
select
  'panel_embedding', e.model_id, e.panel_id, e.input_hash,
  i.whole, i.whole is distinct from e.input_hash
from panel_embedding e
left join panel_inputs i using (panel_id)
union all
select
  'panel_semantic', e.model_id, e.panel_id, e.input_hash,
  i.words, i.words is distinct from e.input_hash
from panel_semantic e
left join panel_inputs i using (panel_id)
union all
select
  'panel_context', e.model_id, e.panel_id, e.input_hash,
  i.whole, i.whole is distinct from e.input_hash
from panel_context e
left join context_inputs i using (panel_id)
union all
select
  'strip_embedding', e.model_id, e.strip_id, e.input_hash,
  i.whole, i.whole is distinct from e.input_hash
from strip_embedding e
left join strip_inputs i using (strip_id)
union all
select
  'strip_semantic', e.model_id, e.strip_id, e.input_hash,
  i.words, i.words is distinct from e.input_hash
from strip_semantic e
left join strip_inputs i using (strip_id)
union all
select
  'page_embedding', e.model_id, e.page_id, e.input_hash,
  i.whole, i.whole is distinct from e.input_hash
from page_embedding e
left join pooled_inputs i using (page_id)
union all
select
  'page_semantic', e.model_id, e.page_id, e.input_hash,
  i.words, i.words is distinct from e.input_hash
from page_semantic e
left join page_inputs i using (page_id)
union all
select
  'page_visual', e.model_id, e.page_id, e.input_hash,
  i.picture, i.picture is distinct from e.input_hash
from page_visual e
left join page_inputs i using (page_id);
comment on view vector_states is 'Every stored vector and whether what it was made from has changed since';
comment on column vector_states.vector_table is 'where the vector lies';
comment on column vector_states.owner_id is 'page, panel or strip';
comment on column vector_states.input_hash is 'of what the vector was made from';
comment on column vector_states.fresh_hash is 'of what it is to be made from now; null where there is to be none';
comment on column vector_states.stale is 'made from something else than what is stored now';
comment on column vector_states.model_id is 'the model that made it';
