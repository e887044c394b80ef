-- Rows of page_visual made by the live model. One a page, as wide as the visual backbone.
create or replace view page_visual_current as
select e.page_id, e.model_id, e.input_hash, e.v
from page_visual e
where e.model_id = any (array(select m.id from model m where m.status = 'live'));
comment on view page_visual_current is 'page_visual of the live model';
