/** A test message on its way: its tries as they happen, until it is known what became of it. */
import { Button, Modal, Spin } from 'antd';
import { words } from '@anhuan/i18n';
import { ConsoleNoticeNow } from '../gql';
import { useAnswer } from '../shared/query';
import { State, Trouble } from '../shared/states';
import { Attempts } from './Attempts';

const t = words({
  title: [(name: string) => `测试“${name}”`, (name: string) => `Testing “${name}”`],
  sending: ['正在发给您本人…', 'Sending it to you…'],
  done: ['已送达', 'Delivered'],
  doneMore: ['请在对应的应用或手机上查看。', 'Look for it in that app or on your phone.'],
  failed: ['没有送达', 'Not delivered'],
  failedMore: ['请按下面的原因检查渠道设置，或补全您自己的联系方式。', 'See why below; mend the channel, or enter how you can be reached.'],
  close: ['关闭', 'Close'],
});

const EVERY = 1500;

/** Open while there is one. */
export function Trial({ of, onClose }: { of: { notice: string; name: string } | null; onClose: () => void }) {
  return (
    <Modal open={of !== null} title={of && t.title(of.name)} onCancel={onClose} footer={<Button onClick={onClose}>{t.close}</Button>} destroyOnHidden>
      {of && <Progress notice={of.notice} />}
    </Modal>
  );
}

function Progress({ notice }: { notice: string }) {
  const answer = useAnswer(ConsoleNoticeNow, { id: notice }, ['notice'], { every: EVERY });
  if (answer.error && !answer.data) return <Trouble isSmall problem={answer.error} onAgain={answer.refetch} />;
  const found = answer.data?.node;
  const now = found && 'reach' in found ? found : null;
  return (
    <div aria-live="polite">
      {now?.reach === 'DELIVERED' && (
        <State isSmall picture="done" title={t.done}>
          {t.doneMore}
        </State>
      )}
      {now?.reach === 'UNDELIVERED' && (
        <State isSmall picture="broken" title={t.failed}>
          {t.failedMore}
        </State>
      )}
      {(!now || now.reach === 'WAITING') && (
        <div>
          <Spin size="small" /> {t.sending}
        </div>
      )}
      {now && <Attempts of={now.attempts} />}
    </div>
  );
}
