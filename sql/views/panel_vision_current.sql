-- Rows of panel_vision made by the live model. One a panel that has a picture vector, 512-d.
create or replace view panel_vision_current as
select e.panel_id, e.model_id, e.input_hash, e.v
from panel_vision e
where e.model_id = any (array(select m.id from model m where m.status = 'live'));
comment on view panel_vision_current is 'panel_vision of the live model';
