-- How many books there are of each decade and publisher.
create or replace view books_by_decade as
select h.decade, h.publisher, count(*) as books
from book_shelves h
group by h.decade, h.publisher;
comment on view books_by_decade is 'Books by decade and publisher';
comment on column books_by_decade.books is 'how many, failed ones too';
