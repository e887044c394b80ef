-- The Hamming distance of two pHashes, in bits of 64, up to which two pages count as the same picture.
-- On real books every picture that was saved again, resized or made grey stayed within 4, and pages of other pictures
-- were 10 and more apart, but for title banners and credits that differ in small type alone: docs/benchmarks.md.
-- pHashes have 32 bits set and so differ by even numbers.
create or replace function duplicate_distance() returns integer
language sql immutable parallel safe
begin atomic
  select 4;
end;
comment on function duplicate_distance is 'Bits by which the pHashes of the same picture may differ';
