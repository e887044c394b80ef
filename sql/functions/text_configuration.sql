-- The text search configuration for a language: ISO 639-1, region ignored ('en', 'pt-BR').
-- 'simple' (no stemming, no stop words) for unknown languages and for those this server does not know.
create or replace function text_configuration(language text) returns regconfig
language sql stable parallel safe
begin atomic
  select coalesce(
    (
      select c.oid::regconfig
      from pg_catalog.pg_ts_config c
      where c.cfgnamespace = 'pg_catalog'::regnamespace
        and c.cfgname = case lower(split_part(replace(text_configuration.language, '_', '-'), '-', 1))
          when 'ar' then 'arabic' when 'hy' then 'armenian' when 'eu' then 'basque' when 'ca' then 'catalan'
          when 'da' then 'danish' when 'nl' then 'dutch' when 'en' then 'english' when 'et' then 'estonian'
          when 'fi' then 'finnish' when 'fr' then 'french' when 'de' then 'german' when 'el' then 'greek'
          when 'hi' then 'hindi' when 'hu' then 'hungarian' when 'id' then 'indonesian' when 'ga' then 'irish'
          when 'it' then 'italian' when 'lt' then 'lithuanian' when 'ne' then 'nepali'
          when 'no' then 'norwegian' when 'nb' then 'norwegian' when 'nn' then 'norwegian'
          when 'pt' then 'portuguese' when 'ro' then 'romanian' when 'ru' then 'russian' when 'sr' then 'serbian'
          when 'es' then 'spanish' when 'sv' then 'swedish' when 'ta' then 'tamil' when 'tr' then 'turkish'
          when 'yi' then 'yiddish'
        end
    ),
    'pg_catalog.simple'::regconfig
  );
end;
comment on function text_configuration is 'Text search configuration for an ISO 639-1 language; simple when unknown';
