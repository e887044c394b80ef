-- Panels that the border between two slices of a webtoon cuts, put together again. One row a joined panel.
-- first_panel and last_panel are ids of panel; first_page and last_page are seqs, 0-based; pages counts them.
-- x, y, w, h bound the whole panel in pixels of the run's first slice, y from the top of the run: h is its
-- height over all slices. text is that of its parts, a line a part.
create or replace view panel_across_slices as
with recursive placed as (
  select
    pa.id, p.book_id, p.chain, p.seq as page_seq, pa.seq as panel_seq, pa.from_previous, pa.to_next, pa.text,
    pa.x * one.width::numeric / p.width as low_x, (pa.x + pa.w) * one.width::numeric / p.width as high_x,
    p.chain_y + pa.y * one.width::numeric / p.width as low_y,
    p.chain_y + (pa.y + pa.h) * one.width::numeric / p.width as high_y
  from panel pa
  join page p on p.id = pa.page_id
  join page one on one.book_id = p.book_id and one.chain = p.chain and one.chain_y = 0
  where pa.from_previous or pa.to_next
),
part as (
  select
    t.id as first_panel, t.page_seq as first_page, t.id, t.book_id, t.chain, t.page_seq, t.to_next, t.text,
    t.low_x, t.high_x, t.low_y, t.high_y
  from placed t
  where t.to_next and not t.from_previous
  union all
  select
    u.first_panel, u.first_page, n.id, n.book_id, n.chain, n.page_seq, n.to_next, n.text, n.low_x, n.high_x,
    n.low_y, n.high_y
  from part u
  cross join lateral (
    select t.*
    from placed t
    where t.book_id = u.book_id and t.chain = u.chain and t.page_seq = u.page_seq + 1 and t.from_previous
      and least(t.high_x, u.high_x) > greatest(t.low_x, u.low_x)
    order by least(t.high_x, u.high_x) - greatest(t.low_x, u.low_x) desc, t.panel_seq
    limit 1
  ) n
  where u.to_next
)
select
  b.id as book_id, s.name as series, b.number, j.chain, j.first_panel, j.last_panel, j.first_page, j.last_page,
  j.pages, j.x, j.y, j.w, j.h, j.text
from (
  select
    part.book_id, part.chain, part.first_panel, part.first_page, max(part.page_seq) as last_page,
    (array_agg(part.id order by part.page_seq desc))[1] as last_panel, count(*)::integer as pages,
    round(min(part.low_x))::integer as x, round(min(part.low_y))::integer as y,
    round(max(part.high_x) - min(part.low_x))::integer as w,
    round(max(part.high_y) - min(part.low_y))::integer as h,
    coalesce(string_agg(nullif(part.text, ''), E'\n' order by part.page_seq), '') as text
  from part
  group by part.book_id, part.chain, part.first_panel, part.first_page
) j
join book b on b.id = j.book_id
left join series s on s.id = b.series_id
where j.pages > 1;
comment on view panel_across_slices is 'Panels that slices of a webtoon cut, put together, with their height in the run';
comment on column panel_across_slices.series is 'name of the series';
comment on column panel_across_slices.first_panel is 'panel.id of its first part';
comment on column panel_across_slices.last_panel is 'panel.id of its last part';
comment on column panel_across_slices.first_page is 'page.seq of the first part, 0-based';
comment on column panel_across_slices.last_page is 'page.seq of the last part, 0-based';
comment on column panel_across_slices.pages is 'slices it spans';
comment on column panel_across_slices.x is 'left edge, pixels of the run''s first slice';
comment on column panel_across_slices.y is 'top edge in the run, pixels of its first slice';
comment on column panel_across_slices.w is 'width, pixels of the run''s first slice';
comment on column panel_across_slices.h is 'height over all slices, pixels of the run''s first slice';
comment on column panel_across_slices.text is 'of its parts, a line a part';
