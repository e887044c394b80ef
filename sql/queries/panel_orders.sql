-- panel_orders --
-- What a person said of the order of panels in a book, by picture.
select page, md5, boxes from panel_order where book_id = %(book_id)s order by page, md5

-- put_panel_order --
insert into panel_order (book_id, md5, page, boxes)
values (%(book_id)s, %(md5)s, %(page)s, %(boxes)s)
on conflict (book_id, md5) do update set page = excluded.page, boxes = excluded.boxes, edited_at = now()

-- delete_panel_orders --
-- Of a page: that of its picture, and those said of pictures that were there before.
delete from panel_order o
where o.book_id = %(book_id)s
  and (
      o.md5 = %(md5)s
      or o.page = %(page)s
      and not exists (select from page p where p.book_id = o.book_id and p.md5 = o.md5)
  )

-- copy_panel_orders --
insert into panel_order (book_id, md5, page, boxes, edited_at)
select %(book_id)s, md5, page, boxes, edited_at from panel_order where book_id = %(of)s

-- page_place --
-- Which book a page is of, and where in it.
select book_id, seq from page where id = %(page_id)s
