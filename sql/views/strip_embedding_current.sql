-- Rows of strip_embedding made by the live model. One a strip, 512-d.
create or replace view strip_embedding_current as
select e.strip_id, e.model_id, e.input_hash, e.v
from strip_embedding e
where e.model_id = any (array(select m.id from model m where m.status = 'live'));
comment on view strip_embedding_current is 'strip_embedding of the live model';
