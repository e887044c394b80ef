-- One part of what a vector is made from, set apart by its length in bytes, so that no two lists of parts are one text.
create or replace function hash_part(part text) returns text
language sql immutable strict parallel safe
begin atomic
  select octet_length(hash_part.part)::text || ':' || hash_part.part;
end;
comment on function hash_part is 'A part of a vector''s input, set apart by its length; see input_hash';
