-- Rows of panel_composition made by the live model. One a panel, 512-d: shape and place.
create or replace view panel_composition_current as
select e.panel_id, e.model_id, e.input_hash, e.v
from panel_composition e
where e.model_id = any (array(select m.id from model m where m.status = 'live'));
comment on view panel_composition_current is 'panel_composition of the live model';
