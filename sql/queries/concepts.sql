-- define_concept --
insert into concept (name, text_query, series, characters, genres)
values (%(name)s, %(text_query)s, %(series)s, %(characters)s, %(genres)s)
on conflict (name) do update
set text_query = excluded.text_query, series = excluded.series, characters = excluded.characters,
    genres = excluded.genres
