-- A value that is another one as soon as pages have come, gone or been read again, or a book's status has changed.
-- What was computed from all pages keeps it, so that everyone can see whether that still holds.
create or replace function library_state() returns text
language sql stable
begin atomic
  select md5(concat_ws(' ', p.pages, p.ids, b.books, b.readings))
  from (select count(*) as pages, sum(page.id) as ids from page) p
  cross join (
    select
      count(*) as books,
      sum(hashtextextended(concat_ws(' ', book.id, book.status, extract(epoch from w.updated_at)), 0)) as readings
    from book
    left join work w on w.book_id = book.id and w.stage = 'pages' and w.state = 'done'
  ) b;
end;
comment on function library_state is 'Changes whenever pages come, go or are read again';
