/** How a late step climbs, rung by rung, and which steps climb which ladder. */
import { spoken, words } from '@anhuan/i18n';
import { Empty } from '../shared/states';
import { spokenName, type Loop, type Rung } from './definition';
import css from './loops.module.css';
import { effectInWords, momentInWords } from './words';

const t = words({
  for: [(steps: string) => `适用于：${steps}`, (steps: string) => `for: ${steps}`],
  none: ['此流程没有升级规则', 'Nothing climbs in this loop'],
  noneMore: ['超期后不会自动通知上级。', 'Nobody above is told when a step is late.'],
  ladder: [(n: number) => `升级规则 ${n}`, (n: number) => `Ladder ${n}`],
});

/** All ladders of a loop. */
export function Ladders({ loop }: { loop: Loop }) {
  const all = Object.entries(loop.ladders);
  if (!all.length) return <Empty title={t.none}>{t.noneMore}</Empty>;
  return (
    <>
      {all.map(([code, rungs], at) => (
        <section key={code}>
          <h3 className={css.section}>
            {t.ladder(at + 1)}
            <span className={css.used}>
              {t.for(
                loop.steps
                  .filter((step) => step.ladder === code)
                  .map((step) => spokenName(step.name, spoken()))
                  .join(' · '),
              )}
            </span>
          </h3>
          <Rungs of={rungs} />
        </section>
      ))}
    </>
  );
}

/** One ladder. */
export function Rungs({ of }: { of: readonly Rung[] }) {
  return (
    <ol className={css.rungs}>
      {of.map((rung, at) => {
        const tone = rung.effect === 'stop_work' ? css.stopNo : rung.side === 'after' ? css.lateNo : '';
        return (
          <li key={`${rung.side}${rung.minutes}/${rung.percent}/${rung.effect}`}>
            <span className={`${css.no} ${tone}`}>{at + 1}</span>
            <span className={css.when}>{momentInWords(rung)}</span>
            <span>{effectInWords(rung)}</span>
          </li>
        );
      })}
    </ol>
  );
}
