-- Rows of page_semantic made by the live model. One a page with text, 384-d, sentence space.
create or replace view page_semantic_current as
select e.page_id, e.model_id, e.input_hash, e.v
from page_semantic e
where e.model_id = any (array(select m.id from model m where m.status = 'live'));
comment on view page_semantic_current is 'page_semantic of the live model';
