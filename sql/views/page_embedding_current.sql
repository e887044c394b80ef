-- Rows of page_embedding made by the live model. One a page, 512-d.
create or replace view page_embedding_current as
select e.page_id, e.model_id, e.input_hash, e.v
from page_embedding e
where e.model_id = any (array(select m.id from model m where m.status = 'live'));
comment on view page_embedding_current is 'page_embedding of the live model';
