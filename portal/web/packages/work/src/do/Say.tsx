/** Telling of progress, or saying something: words, photos, how far it is, who is called by name. */
import { words } from '@anhuan/i18n';
import { Button, Card } from '@anhuan/ui';
import { whoIsHere } from '@anhuan/wire';
import { AtSign } from 'lucide-react';
import { useState } from 'react';
import { asHazard, namesIn, type Case } from '../case/shape';
import { WorkComment, WorkProgress } from '../gql';
import { PhotoPicker } from '../photos/PhotoPicker';
import { PickPerson, type Picked } from '../pick/Pickers';
import { SpokenArea } from '../speak/SpokenArea';
import css from './do.module.css';
import { Frame } from './Frame';
import { useDraft } from './use-draft';
import { useSend } from './use-send';

const t = words({
  progress: ['填写整改进展', 'Tell of progress'],
  comment: ['评论', 'Comment'],
  submit: ['发送', 'Send'],
  note: ['进展情况', 'How far it is'],
  body: ['评论内容', 'What you want to say'],
  percent: ['完成比例', 'Done'],
  quick: ['常用语', 'Quick phrases'],
  phrases: ['已到场查看|配件已下单|已设警戒|正在施工|已完工待自检', 'Seen on site|Parts ordered|Fenced off|Work has begun|Done, own check next'],
  photos: ['照片', 'Photos'],
  mention: ['提醒谁看', 'Call somebody by name'],
  other: ['其他人', 'Somebody else'],
  need: ['请先写点内容', 'Write something first'],
});

/** The screen for `progress` or `comment`. */
export function Say({ one, as }: { one: Case; as: 'progress' | 'comment' }) {
  const before = asHazard(one)?.progress.reduce((most, note) => Math.max(most, note.percent ?? 0), 0) ?? 0;
  const draft = useDraft<{ text: string; percent: number; mentions: Picked[] }>(`${one.id}/${as}`, { text: '', percent: before, mentions: [] });
  const sending = useSend(one.id, draft, ['note', 'body', 'percent', 'evidence', 'mentions']);
  const [isTried, setTried] = useState(false);
  const [isOpen, setOpen] = useState(false);
  const { text, percent, mentions } = draft.value;
  const photos = draft.photos[as] ?? [];
  const me = whoIsHere()?.person.id;
  const known = [...namesIn(one)].filter(([id]) => id !== me).map(([id, name]) => ({ id, name }));
  const offered = [...known, ...mentions.filter((one) => !known.some((other) => other.id === one.id))];

  function submit(): void {
    setTried(true);
    const said = text.trim();
    if (!said) return;
    const evidence = photos.map((photo) => photo.id);
    if (as === 'progress') void sending.send({ kind: 'progress', document: WorkProgress, photos, title: said, variables: (id) => ({ input: { id, hazardId: one.id, note: said, percent, evidence } }) });
    else void sending.send({ kind: 'comment', canUndo: true, document: WorkComment, photos, title: said, variables: (id) => ({ input: { id, caseId: one.id, body: said, mentions: mentions.map((person) => person.id), evidence } }) });
  }

  function toggle(person: Picked): void {
    const isThere = mentions.some((other) => other.id === person.id);
    draft.set({ mentions: isThere ? mentions.filter((other) => other.id !== person.id) : [...mentions, { id: person.id, name: person.name }] });
  }

  return (
    <Frame one={one} title={as === 'progress' ? t.progress : t.comment} submit={t.submit} onSubmit={submit} draft={draft} sending={sending} missing={isTried && !text.trim() ? t.need : null}>
      <Card>
        <div className={css.stack}>
          <SpokenArea label={as === 'progress' ? t.note : t.body} maxLength={as === 'progress' ? 2000 : 4000} value={text} wrong={sending.wrong('note') ?? sending.wrong('body') ?? (isTried && !text.trim() ? t.need : null)} onText={(text) => draft.set({ text })} />
          {as === 'progress' && (
            <>
              <div className={css.chips} role="group" aria-label={t.quick}>
                {t.phrases.split('|').map((phrase) => <button key={phrase} type="button" className={css.chip} aria-pressed={text === phrase} onClick={() => draft.set({ text: phrase })}>{phrase}</button>)}
              </div>
              <div>
                <label className={css.label} htmlFor="percent">{t.percent}</label>
                <div className={css.percent}>
                  <input id="percent" type="range" min={0} max={100} step={5} value={percent} onInput={(event) => draft.set({ percent: Number(event.currentTarget.value) })} />
                  <output htmlFor="percent">{percent}%</output>
                </div>
              </div>
            </>
          )}
          <PhotoPicker label={t.photos} photos={photos} place={asHazard(one)?.area?.name} onChange={(some) => draft.setPhotos(as, some)} wrong={sending.wrong('evidence') ?? null} />
        </div>
      </Card>
      {as === 'comment' && (
        <Card title={t.mention}>
          <div className={css.chips}>
            {offered.map((person) => <button key={person.id} type="button" className={css.chip} aria-pressed={mentions.some((other) => other.id === person.id)} onClick={() => toggle(person)}>@{person.name}</button>)}
          </div>
          <Button kind="plain" onClick={() => setOpen(true)}><AtSign size={18} aria-hidden="true" />{t.other}</Button>
          {sending.wrong('mentions') && <p className={css.wrong} role="alert">{sending.wrong('mentions')}</p>}
        </Card>
      )}
      {isOpen && (
        <PickPerson
          without={me}
          onClose={() => setOpen(false)}
          onPick={(person) => {
            if (!mentions.some((other) => other.id === person.id)) toggle(person);
            setOpen(false);
          }}
        />
      )}
    </Frame>
  );
}
