-- forget_sums --
-- The vectors of these books change: until they are summed again, the vectors themselves count.
delete from summed_book where book_id = any(%(book_ids)s)

-- unsummed_books --
select b.id
from book b
where not exists (select from summed_book k where k.book_id = b.id)
order by b.id

-- lock_books_work --
-- No stage and no person changes these books meanwhile.
select stage from work where book_id = any(%(book_ids)s) order by book_id, stage for update

-- delete_sums --
-- Of those that are not summed.
delete from book_vector_sum s
where s.book_id = any(%(book_ids)s)
  and not exists (select from summed_book k where k.book_id = s.book_id)

-- insert_sums --
insert into book_vector_sum (vector_table, model_id, book_id, page_type, pages, vectors, total)
select s.vector_table, s.model_id, s.book_id, s.page_type, s.pages, s.vectors, s.total
from summed_vectors(array(
    select b from unnest(%(book_ids)s) b where not exists (select from summed_book k where k.book_id = b)
)) s

-- mark_summed --
insert into summed_book (book_id)
select b.id from book b where b.id = any(%(book_ids)s)
on conflict do nothing
