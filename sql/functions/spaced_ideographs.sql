-- The text with a space around every kana and ideograph, so that text search, which splits at spaces,
-- sees each as a word; Japanese and Chinese are written without spaces.
create or replace function spaced_ideographs(body text) returns text
language sql immutable parallel safe
begin atomic
  select regexp_replace(spaced_ideographs.body, '([\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff])', ' \1 ', 'g');
end;
comment on function spaced_ideographs is 'The text with every kana and ideograph set apart by spaces';
