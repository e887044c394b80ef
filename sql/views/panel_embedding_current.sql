-- Rows of panel_embedding made by the live model. One a panel, 512-d: vision, text and composition fused.
create or replace view panel_embedding_current as
select e.panel_id, e.model_id, e.input_hash, e.v
from panel_embedding e
where e.model_id = any (array(select m.id from model m where m.status = 'live'));
comment on view panel_embedding_current is 'panel_embedding of the live model';
