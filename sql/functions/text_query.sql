-- A typed query as a tsquery against text_document(): web search syntax.
--   castle night     both words, stemmed by the language or as typed
--   "castle at night" the phrase        castle or tower   either
--   cast*            words that begin so    -night        without that word
-- Never raises, whatever is typed. Null, which matches nothing, for a query without words or of exclusions only.
-- Only the first 2,000 characters count.
create or replace function text_query(language text, query text) returns tsquery
language sql stable parallel safe
begin atomic
  with token as (
    select found.word[1] as word, found.n,
      case
        when found.word[1] ~ '^-.' then 'excluded'
        when found.word[1] ~ '^\w{1,100}\*$' and found.word[1] !~ '[\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff]'
          then 'prefix'
        else 'wanted'
      end as kind
    from regexp_matches(left(text_query.query, 2000), '-?"[^"]*"|\S+', 'g') with ordinality as found (word, n)
  ),
  part as (
    select
      -- an unspaced run of ideographs is looked for as a phrase
      spaced_ideographs(string_agg(
        case
          when word ~ '[\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff]' and word !~ '"' then '"' || word || '"'
          else word
        end, ' ' order by n) filter (where kind = 'wanted')) as wanted,
      string_agg(quote_literal(lower(rtrim(word, '*'))) || ':*', ' & ' order by n)
        filter (where kind = 'prefix') as prefixes,
      spaced_ideographs(string_agg(ltrim(word, '-'), ' or ' order by n)
        filter (where kind = 'excluded')) as excluded
    from token
  ),
  parsed as (
    select
      websearch_to_tsquery(text_configuration(text_query.language), wanted)
        || websearch_to_tsquery('pg_catalog.simple', wanted) as words,
      prefixes::tsquery as prefixes,
      websearch_to_tsquery(text_configuration(text_query.language), excluded)
        || websearch_to_tsquery('pg_catalog.simple', excluded) as excluded
    from part
  ),
  joined as (
    select coalesce(words && prefixes, words, prefixes) as positive, excluded from parsed
  )
  select case when numnode(excluded) > 0 then positive && !!excluded else positive end
  from joined
  where numnode(positive) > 0;
end;
comment on function text_query is 'A typed query (web search syntax, prefix*) as a tsquery for text_document()';
