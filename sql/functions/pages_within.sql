-- The pages a search may answer from: those that pass every filter given, low-information pages never.
-- of_series, of_publisher, with_character: names as whole words, case aside. of_type, in_language: exact, case aside.
-- year_from, year_to: inclusive. min_panels, max_panels: panels on the page, inclusive; panels are numbered without gaps.
-- Filters that are null cost nothing: they are planned away. What is asked of books is asked once a book, not once a page.
create or replace function pages_within(
  of_series text default null,
  of_publisher text default null,
  of_type text default null,
  with_character text default null,
  in_language text default null,
  year_from integer default null,
  year_to integer default null,
  min_panels integer default null,
  max_panels integer default null
) returns table (page_id bigint)
language sql stable parallel safe
begin atomic
  select p.id
  from page p
  where not p.low_information
    and (pages_within.of_type is null or p.page_type = lower(pages_within.of_type))
    and (num_nonnulls(pages_within.of_series, pages_within.of_publisher, pages_within.with_character,
          pages_within.in_language, pages_within.year_from, pages_within.year_to) = 0
      or p.book_id = any (array(
        select b.id
        from book b
        left join series s on s.id = b.series_id
        where (pages_within.of_series is null or mentions(s.name, pages_within.of_series))
          and (pages_within.of_publisher is null or mentions(s.publisher, pages_within.of_publisher))
          and (pages_within.in_language is null or lower(b.language) = lower(pages_within.in_language))
          and (pages_within.year_from is null or b.year >= pages_within.year_from)
          and (pages_within.year_to is null or b.year <= pages_within.year_to)
          and (pages_within.with_character is null or exists (
            select from tag t
            where t.book_id = b.id and t.kind = 'character' and mentions(t.name, pages_within.with_character))))))
    and (pages_within.min_panels is null or pages_within.min_panels <= 0 or exists (
      select from panel where panel.page_id = p.id and panel.seq = pages_within.min_panels - 1))
    and (pages_within.max_panels is null or pages_within.max_panels >= 0 and not exists (
      select from panel where panel.page_id = p.id and panel.seq = pages_within.max_panels));
end;
comment on function pages_within is 'Pages that pass the given filters; low-information pages never do';
