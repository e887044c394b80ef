-- What the vector of each panel in the context of its strip is to be made from now: all panels of the strip.
create or replace view context_inputs as
select n.id as panel_id, s.book_id, s.whole
from strip_inputs s
join panel n on n.page_id = s.page_id and n.seq between s.first_panel and s.last_panel;
comment on view context_inputs is 'Hash of what each panel''s vector in context is to be made from now';
comment on column context_inputs.panel_id is 'the panel';
comment on column context_inputs.book_id is 'its book';
comment on column context_inputs.whole is 'input_hash over the panels of its strip';
