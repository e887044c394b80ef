-- What could not be read and why: books and pages by error code, see docs/errors.md.  One row a kind of thing and code.
-- status: of books partial (can be used) or error; of pages error.  for_example: the path of one of the books.
create or replace view reading_failures as
select 'book' as thing, b.status, b.error_code, count(*) as failures, count(*) as books, min(b.path) as for_example
from book b
where b.error_code is not null
group by b.status, b.error_code
union all
select
  'page', p.status, p.error_code, count(*), count(distinct p.book_id),
  (select k.path from book k where k.id = min(p.book_id))
from page p
where p.status = 'error'
group by p.status, p.error_code;
comment on view reading_failures is 'Books and pages that could not be read, by error code';
comment on column reading_failures.thing is 'book or page';
comment on column reading_failures.status is 'partial: the book can be used; error: the book or page cannot';
comment on column reading_failures.error_code is 'see docs/errors.md';
comment on column reading_failures.failures is 'books or pages with this code';
comment on column reading_failures.books is 'that it is about';
comment on column reading_failures.for_example is 'path of one of them';
