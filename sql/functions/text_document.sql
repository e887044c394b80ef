-- What page.text_search and panel.text_search hold: the words stemmed by the book's language, then the same
-- words as printed, so that a query in another language or a name still finds them.
-- The two are 100 positions apart, so that no phrase is found across the seam.
-- Only the first 100,000 characters count (a tsvector holds at most 1 MB).
create or replace function text_document(language text, body text) returns tsvector
language sql stable parallel safe
begin atomic
  select case
    when text_configuration(text_document.language) = 'pg_catalog.simple'::regconfig then
      to_tsvector('pg_catalog.simple', spaced_ideographs(left(text_document.body, 100000)))
    else
      ts_delete(
        to_tsvector(text_configuration(text_document.language), spaced_ideographs(left(text_document.body, 100000)))
          || ''' '':100'::tsvector
          || to_tsvector('pg_catalog.simple', spaced_ideographs(left(text_document.body, 100000))),
        ' ')
  end;
end;
comment on function text_document is 'Searchable form of a text: stemmed by its language, and as printed';
