-- What a vector was made from, as one 128-bit value: the first half of the SHA-256 of its parts, each by hash_part().
--   input_hash(hash_part(page.md5) || hash_part(panel.text))
-- warehouse/fingerprint.py computes the same; a vector whose input_hash is another one now is stale.
create or replace function input_hash(parts text) returns uuid
language sql stable strict parallel safe
begin atomic
  select encode(substring(sha256(convert_to(input_hash.parts, 'UTF8')) for 16), 'hex')::uuid;
end;
comment on function input_hash is 'Hash of a vector''s input, from parts by hash_part(); equals the input_hash of a fresh vector';
