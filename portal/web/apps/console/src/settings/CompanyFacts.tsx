/** What the company is called and on which clock it lives. */
import { words } from '@anhuan/i18n';
import { moment } from '@anhuan/i18n/time';
import { ConsoleCompany } from '../gql';
import { Answered } from '../shared/Answered';
import { useNow } from '../shared/now';
import { useAnswer } from '../shared/query';
import css from './settings.module.css';

const t = words({
  name: ['企业名称', 'Name'],
  code: ['企业代码', 'Code'],
  codeHint: ['登录时填写', 'to sign in with'],
  zone: ['时区', 'Time zone'],
  now: [(at: string) => `现在 ${at}`, (at: string) => `now ${at}`],
  language: ['默认语言', 'Usual language'],
  industry: ['行业代码', 'Industry code'],
  region: ['行政区划代码', 'Region code'],
});

/** Facts; they were given when the company signed up. */
export function CompanyFacts() {
  const now = useNow();
  const answer = useAnswer(ConsoleCompany, {}, ['me']);
  return (
    <Answered of={answer} rows={6}>
      {({ me: { company } }) => (
        <dl className={css.facts}>
          <dt>{t.name}</dt>
          <dd>{company.name}</dd>
          <dt>{t.code}</dt>
          <dd>
            {company.code} <span className={css.quiet}>{t.codeHint}</span>
          </dd>
          <dt>{t.zone}</dt>
          <dd>
            {company.zone} <span className={css.quiet}>{t.now(moment(now))}</span>
          </dd>
          <dt>{t.language}</dt>
          <dd>{company.language === 'en' ? 'English' : '中文'}</dd>
          <dt>{t.industry}</dt>
          <dd>{company.industryCode ?? '—'}</dd>
          <dt>{t.region}</dt>
          <dd>{company.regionCode ?? '—'}</dd>
        </dl>
      )}
    </Answered>
  );
}
