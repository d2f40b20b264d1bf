/** One case, whole: what it is, how far it has come, who is to act, and everything that was ever done about it. */
import { useParams } from 'react-router';
import { words } from '@anhuan/i18n';
import { ConsoleCase } from '../gql';
import { useTitle } from '../shared/Page';
import { FRESH } from '../shared/Photo';
import { useAnswer } from '../shared/query';
import { Empty, Loading, Trouble } from '../shared/states';
import { About } from './About';
import { Alarms } from './Alarms';
import css from './case.module.css';
import { Deadline } from './Deadline';
import { Escalations, Lookalikes } from './Around';
import { Head } from './Head';
import { History } from './History';
import { People } from './People';
import { Photos } from './Photos';
import { ProgressNotes } from './ProgressNotes';
import { asHazard } from './shape';
import { Steps } from './Steps';
import { Talk } from './Talk';

const t = words({
  title: ['隐患详情', 'Case'],
  gone: ['找不到这条记录，或您无权查看', 'Not found, or not yours to see'],
  goneMore: ['它可能不在您的管理范围内。如需协助处理，请让责任人邀请您加入处理组。', 'It may lie outside your scope. Ask who is responsible to invite you to its group.'],
});

/** Live: whatever others do in the case appears by itself. */
export default function CasePage() {
  const { id = '' } = useParams();
  const { data, error, isLoading, refetch } = useAnswer(ConsoleCase, { id }, [`case:${id}`], { every: FRESH });
  const one = data?.case;
  useTitle(one ? `${one.number} ${one.title}` : t.title);
  if (isLoading) return <Loading shape="page" rows={12} />;
  if (error && !data) return <Trouble problem={error} onAgain={refetch} />;
  if (!one) return <Empty title={t.gone}>{t.goneMore}</Empty>;
  const hazard = asHazard(one);
  return (
    <div className={css.page}>
      <Head one={one} />
      <Alarms one={one} />
      <div className={css.columns}>
        <div className={css.main}>
          {hazard && <About hazard={hazard} />}
          <Photos one={one} />
          <Steps one={one} />
          {hazard && <ProgressNotes hazard={hazard} />}
          <Talk one={one} />
        </div>
        <div className={css.side}>
          <Deadline one={one} />
          <People one={one} />
          {hazard && <Lookalikes hazard={hazard} />}
          <Escalations one={one} />
          <History one={one} />
        </div>
      </div>
    </div>
  );
}
