-- Rows of panel_text made by the live model. One a panel with text, 512-d, the panel encoder's own space.
create or replace view panel_text_current as
select e.panel_id, e.model_id, e.input_hash, e.v
from panel_text e
where e.model_id = any (array(select m.id from model m where m.status = 'live'));
comment on view panel_text_current is 'panel_text of the live model';
