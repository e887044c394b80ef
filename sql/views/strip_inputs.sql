-- What the vectors of each strip are to be made from now: one row a strip of a readable narrative page.
-- whole: over the hashes of its panels; words: of their texts, a line each, null where there are none.
create or replace view strip_inputs as
select
  s.id as strip_id, s.page_id, i.book_id, s.first_panel, s.last_panel,
  input_hash(string_agg(hash_part(i.whole::text), '' order by i.seq)) as whole,
  case when bool_or(i.words is not null) then
    input_hash(hash_part(string_agg(i.text, E'\n' order by i.seq) filter (where i.text <> '')))
  end as words
from strip s
join panel_inputs i on i.page_id = s.page_id and i.seq between s.first_panel and s.last_panel
group by s.id, i.book_id;
comment on view strip_inputs is 'Hashes of what each strip''s vectors are to be made from now';
comment on column strip_inputs.whole is 'input_hash over its panels';
comment on column strip_inputs.words is 'input_hash of its panels'' texts; null without text';
comment on column strip_inputs.strip_id is 'the strip';
comment on column strip_inputs.page_id is 'its page';
comment on column strip_inputs.book_id is 'its book';
comment on column strip_inputs.first_panel is 'panel.seq of its first panel';
comment on column strip_inputs.last_panel is 'panel.seq of its last panel';
