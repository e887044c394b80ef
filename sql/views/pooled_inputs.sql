-- What the pooled vector of each readable narrative page with panels is to be made from now: its panels' hashes.
create or replace view pooled_inputs as
select i.page_id, i.book_id, input_hash(string_agg(hash_part(i.whole::text), '' order by i.seq)) as whole
from panel_inputs i
group by i.page_id, i.book_id;
comment on view pooled_inputs is 'Hash of what each page''s pooled vector is to be made from now';
comment on column pooled_inputs.page_id is 'the page';
comment on column pooled_inputs.book_id is 'its book';
comment on column pooled_inputs.whole is 'input_hash over its panels';
