-- How each series tells its story: narrative pages that have panels, low-information pages left out.
-- panels_a_page and words_a_panel are means; silent_share: share of panels without a word, 0 to 1.
create or replace view panel_statistics as
select
  s.id as series_id, s.name as series, count(distinct b.id) as books, count(distinct p.id) as pages,
  count(*) as panels,
  (count(*)::numeric / count(distinct p.id))::real as panels_a_page,
  avg(pa.words)::real as words_a_panel,
  avg((pa.words = 0)::integer)::real as silent_share
from panel pa
join page p on p.id = pa.page_id
join page_type t on t.name = p.page_type
join book b on b.id = p.book_id
left join series s on s.id = b.series_id
where t.is_narrative and not p.low_information
group by s.id, s.name;
comment on view panel_statistics is 'Panels a page, words a panel and share of silent panels of every series';
