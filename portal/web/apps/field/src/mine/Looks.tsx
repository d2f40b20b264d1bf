/** How the screen should be: language, size of letters, light or dark or sun, left hand, gloves. */
import { speak, spoken, words, type Language } from '@anhuan/i18n';
import { Card, Segment, Switch, toast, wish, wished } from '@anhuan/ui';
import { act, fetchWho } from '@anhuan/wire';
import { Hand, Snowflake } from 'lucide-react';
import { useState } from 'react';
import { FieldLanguage } from '../gql';
import { useWho } from '../session';
import css from './mine.module.css';

const t = words({
  language: ['语言', 'Language'],
  zh: ['中文', '中文'],
  en: ['English', 'English'],
  kept: ['通知语言要联网后才能同时更改', 'Your notices change language once there is network'],
  scale: ['字号', 'Letters'],
  usual: ['标准', 'Usual'],
  large: ['大', 'Large'],
  huge: ['特大', 'Huge'],
  theme: ['显示', 'Screen'],
  auto: ['自动', 'Auto'],
  light: ['浅色', 'Light'],
  dark: ['深色', 'Dark'],
  sun: ['强光', 'Sun'],
  left: ['左手操作', 'Left hand'],
  leftMore: ['按钮放到左手拇指一侧', 'Buttons under the left thumb'],
  gloves: ['戴手套', 'Gloves'],
  glovesMore: ['按钮更大，更好点', 'Larger buttons'],
});

export function Looks() {
  const who = useWho();
  const [now, set] = useState(wished());
  const change = (some: Parameters<typeof wish>[0]): void => set(wish(some));

  async function changeLanguage(next: Language): Promise<void> {
    speak(next);
    try {
      await act(FieldLanguage, { input: { personId: who.person.id, language: next } });
      await fetchWho();
    } catch {
      toast(t.kept);
    }
  }

  return (
    <Card>
      <div className={css.looks}>
        <span>{t.language}</span>
        <Segment label={t.language} value={spoken()} options={[{ value: 'zh', text: t.zh }, { value: 'en', text: t.en }]} onChange={(next) => void changeLanguage(next)} />
        <span>{t.scale}</span>
        <Segment label={t.scale} value={now.scale} options={[{ value: 'usual', text: t.usual }, { value: 'large', text: t.large }, { value: 'huge', text: t.huge }]} onChange={(scale) => change({ scale })} />
        <span>{t.theme}</span>
        <Segment label={t.theme} value={now.theme} options={[{ value: 'auto', text: t.auto }, { value: 'light', text: t.light }, { value: 'dark', text: t.dark }, { value: 'sun', text: t.sun }]} onChange={(theme) => change({ theme })} />
      </div>
      <Switch lead={<Hand size={22} aria-hidden="true" />} title={t.left} below={t.leftMore} isOn={now.isLeftHanded} onChange={(isLeftHanded) => change({ isLeftHanded })} />
      <Switch lead={<Snowflake size={22} aria-hidden="true" />} title={t.gloves} below={t.glovesMore} isOn={now.wearsGloves} onChange={(wearsGloves) => change({ wearsGloves })} />
    </Card>
  );
}
