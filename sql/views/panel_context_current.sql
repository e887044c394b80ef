-- Rows of panel_context made by the live model. One a panel, 512-d: in the context of its strip.
create or replace view panel_context_current as
select e.panel_id, e.model_id, e.input_hash, e.v
from panel_context e
where e.model_id = any (array(select m.id from model m where m.status = 'live'));
comment on view panel_context_current is 'panel_context of the live model';
