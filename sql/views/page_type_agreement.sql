-- Where metadata and predictor both name a page's type: how often each pair occurs.
-- share: of the pages declared so, 0 to 1.
create or replace view page_type_agreement as
select
  p.declared_type, p.predicted_type, p.declared_type = p.predicted_type as agrees, count(*) as pages,
  (count(*) / sum(count(*)) over (partition by p.declared_type))::real as share
from page p
where p.declared_type is not null and p.predicted_type is not null
group by p.declared_type, p.predicted_type;
comment on view page_type_agreement is 'Declared against predicted page types, pages and share of the declared';
comment on column page_type_agreement.agrees is 'both name the same type';
comment on column page_type_agreement.pages is 'how many';
comment on column page_type_agreement.share is 'of the pages declared so, 0 to 1';
