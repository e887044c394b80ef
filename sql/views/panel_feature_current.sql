-- Rows of panel_feature made by the live model. One a panel, as wide as the visual backbone.
create or replace view panel_feature_current as
select e.panel_id, e.model_id, e.input_hash, e.v
from panel_feature e
where e.model_id = any (array(select m.id from model m where m.status = 'live'));
comment on view panel_feature_current is 'panel_feature of the live model';
