-- How each series tells its story: narrative pages that have panels, low-information pages left out.
-- One row a series, one with a null name for books without.
-- panels_a_page, words_a_panel: means. silent_share: of panels, those without a word, 0 to 1.
-- Layout, by the detected boxes: panel_area: mean area of a panel as a share of its page. full_width_share: of panels,
-- those at least 0.85 of the page wide. splash_share: of pages, those of one panel. grid_share: of pages with several
-- panels, those whose panels differ in area by less than a tenth from the smallest to the largest; null without such.
create or replace view panel_statistics as
select
  s.id as series_id, s.name as series, count(distinct b.id) as books, count(*) as pages,
  sum(laid.panels)::bigint as panels,
  avg(laid.panels)::real as panels_a_page,
  (sum(laid.words)::numeric / sum(laid.panels))::real as words_a_panel,
  (sum(laid.silent) / sum(laid.panels))::real as silent_share,
  (sum(laid.area) / sum(laid.panels) filter (where laid.area is not null))::real as panel_area,
  (sum(laid.full_width) / sum(laid.panels))::real as full_width_share,
  avg((laid.panels = 1)::integer)::real as splash_share,
  avg((laid.smallest >= 0.9 * laid.largest)::integer) filter (where laid.panels > 1)::real as grid_share
from page p
join page_type t on t.name = p.page_type
join book b on b.id = p.book_id
left join series s on s.id = b.series_id
join (
  select
    pa.page_id, count(*) as panels, sum(pa.words) as words, count(*) filter (where pa.words = 0) as silent,
    count(*) filter (where pa.w >= 0.85 * o.width) as full_width,
    sum(pa.w::numeric * pa.h / nullif(o.width::numeric * o.height, 0)) as area,
    min(pa.w::bigint * pa.h) as smallest, max(pa.w::bigint * pa.h) as largest
  from panel pa
  join page o on o.id = pa.page_id
  group by pa.page_id
) laid on laid.page_id = p.id
where t.is_narrative and not p.low_information
group by s.id, s.name;
comment on view panel_statistics is 'Panels a page, words a panel, share of silent panels and layout of every series';
comment on column panel_statistics.series_id is 'series.id';
comment on column panel_statistics.series is 'its name';
comment on column panel_statistics.books is 'books with such pages';
comment on column panel_statistics.pages is 'narrative pages with panels';
comment on column panel_statistics.panels is 'panels on them';
comment on column panel_statistics.panels_a_page is 'mean';
comment on column panel_statistics.words_a_panel is 'mean';
comment on column panel_statistics.silent_share is 'of panels: without a word, 0 to 1';
comment on column panel_statistics.panel_area is 'mean area of a panel as a share of its page, 0 to 1';
comment on column panel_statistics.full_width_share is 'of panels: at least 0.85 of the page wide, 0 to 1';
comment on column panel_statistics.splash_share is 'of pages: one panel only, 0 to 1';
comment on column panel_statistics.grid_share is 'of pages with several panels: all of about one size, 0 to 1';
