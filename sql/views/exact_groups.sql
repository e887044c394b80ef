-- Pages of the same bytes (MD5), in groups of two or more; one row a page. The canonical page: see comparable_pages.
create or replace view exact_groups as
select g.page_id, g.canonical_page_id
from (
  select
    c.page_id,
    first_value(c.page_id) over (
      partition by c.md5 collate "C" order by c.pixels desc, c.book_rank, c.page_id) as canonical_page_id,
    count(*) over (partition by c.md5 collate "C") as pages
  from comparable_pages c
) g
where g.pages > 1;
comment on view exact_groups is 'Pages of the same bytes, and the canonical one of them';
comment on column exact_groups.page_id is 'page.id';
comment on column exact_groups.canonical_page_id is 'the page that stands for the group';
