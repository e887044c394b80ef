-- Rows of panel_semantic made by the live model. One a panel with text, 384-d, sentence space.
create or replace view panel_semantic_current as
select e.panel_id, e.model_id, e.input_hash, e.v
from panel_semantic e
where e.model_id = any (array(select m.id from model m where m.status = 'live'));
comment on view panel_semantic_current is 'panel_semantic of the live model';
