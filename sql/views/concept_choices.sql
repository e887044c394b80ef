-- Names worth comparing: the defined concepts and, where there are fewer than twelve, the series with the most books
-- beside them.  name can be given to concept_matrix() and its kin.
create or replace view concept_choices as
with defined as materialized (
  select c.name, true as is_defined, null::bigint as books from concept c
)
select d.name, d.is_defined, d.books
from defined d
union all
select r.name, false, r.books
from (
  select s.name, count(*) as books
  from book b
  join series s on s.id = b.series_id
  where b.status <> 'error' and not exists (select from defined d where lower(d.name) = lower(s.name))
  group by s.name
  order by count(*) desc, s.name
  limit greatest(12 - (select count(*) from defined), 0)
) r;
comment on view concept_choices is 'Defined concepts and, where they are few, the largest series: names to compare';
comment on column concept_choices.name is 'of the concept or series';
comment on column concept_choices.is_defined is 'defined in table concept; else it is a series';
comment on column concept_choices.books is 'of the series; null for defined concepts';
