-- Rows of strip_semantic made by the live model. One a strip with text, 384-d, sentence space.
create or replace view strip_semantic_current as
select e.strip_id, e.model_id, e.input_hash, e.v
from strip_semantic e
where e.model_id = any (array(select m.id from model m where m.status = 'live'));
comment on view strip_semantic_current is 'strip_semantic of the live model';
