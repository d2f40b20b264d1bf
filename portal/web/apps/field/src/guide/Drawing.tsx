/** The drawings of the guide: a phone and what is on it, moving a little where motion is welcome. */
import { cx } from '@anhuan/ui';
import type { ReactNode } from 'react';
import css from './drawing.module.css';

const scenes = {
  camera: () => (
    <Phone>
      <rect x="112" y="34" width="96" height="34" rx="6" className={css.deep} />
      <rect x="118" y="58" width="84" height="34" rx="8" className={css.card} />
      <rect x="124" y="64" width="24" height="22" rx="7" className={css.camera} />
      <circle cx="136" cy="75" r="5" className={css.ring} />
      <path d="M156 71h38M156 80h26" className={css.text} />
      <path d="M118 104h84M118 116h84M118 128h60" className={css.text} />
      <Finger x={136} y={82} />
    </Phone>
  ),
  tiles: () => (
    <Phone>
      {[0, 1, 2, 3, 4, 5, 6, 7].map((n) => (
        <rect key={n} x={118 + (n % 4) * 22} y={48 + Math.floor(n / 4) * 26} width="18" height="22" rx="5" className={n === 5 ? css.picked : css.tile} />
      ))}
      <path d="M118 112h84M118 124h50" className={css.text} />
      <Finger x={150} y={88} />
    </Phone>
  ),
  submit: () => (
    <Phone>
      <rect x="118" y="40" width="40" height="40" rx="6" className={css.photo} />
      <path d="m120 76 12-14 9 9 6-7 9 12z" className={css.deep} />
      <path d="M118 94h84M118 106h60" className={css.text} />
      <rect x="118" y="128" width="84" height="20" rx="8" className={css.picked} />
      <Finger x={164} y={140} />
    </Phone>
  ),
  saved: () => (
    <Phone>
      <circle cx="160" cy="66" r="22" className={cx(css.good, css.beat)} />
      <path d="m150 66 8 8 14-15" className={css.tick} />
      {[0, 1, 2].map((n) => (
        <g key={n} className={css.turn} style={{ animationDelay: `${n * 0.6}s` }}>
          <circle cx="126" cy={106 + n * 18} r="6" className={css.good} />
          <path d={`M140 ${106 + n * 18}h54`} className={css.text} />
        </g>
      ))}
    </Phone>
  ),
  task: () => (
    <Phone>
      {[0, 1, 2].map((n) => (
        <g key={n}>
          <rect x="118" y={42 + n * 36} width="84" height="30" rx="7" className={css.card} />
          <rect x="122" y={47 + n * 36} width="4" height="20" rx="2" className={n === 0 ? css.major : n === 1 ? css.larger : css.low} />
          <path d={`M132 ${53 + n * 36}h40M132 ${62 + n * 36}h26`} className={css.text} />
        </g>
      ))}
      <g className={css.beat}><circle cx="192" cy="57" r="8" className={css.major} /><path d="M192 52v5l3 3" className={css.hand} /></g>
    </Phone>
  ),
  fence: () => (
    <g>
      <rect x="110" y="44" width="100" height="86" rx="8" className={css.deep} />
      <path d="m160 56 22 38h-44z" className={css.general} />
      <path d="M160 70v12M160 87v1" className={css.hand} />
      <path d="M60 150h200" className={css.text} />
      <path d="M74 106v46M246 106v46" className={css.pole} />
      <path d="M74 116h172v12H74z" className={css.camera} />
      <path d="m88 116-10 12m30-12-10 12m30-12-10 12m30-12-10 12m30-12-10 12m30-12-10 12m30-12-10 12m30-12-10 12m30-12-10 12" className={css.stripe} />
    </g>
  ),
  pair: () => (
    <g>
      <rect x="38" y="50" width="104" height="80" rx="10" className={css.card} />
      <path d="m54 118 20-30 14 16 12-12 26 26z" className={css.major} />
      <rect x="178" y="50" width="104" height="80" rx="10" className={css.card} />
      <path d="m194 118 20-30 14 16 12-12 26 26z" className={css.good} />
      <path d="M150 90h16m-6-6 6 6-6 6" className={cx(css.arrow, css.nudge)} />
      <path d="m244 64 6 6 12-13" className={css.tickGood} />
    </g>
  ),
  check: () => (
    <g>
      <rect x="108" y="34" width="104" height="120" rx="12" className={css.card} />
      <rect x="140" y="26" width="40" height="16" rx="6" className={css.deep} />
      {[0, 1, 2].map((n) => (
        <g key={n}>
          <path d={`m122 ${70 + n * 26} 5 5 9-10`} className={cx(css.tickGood, css.turn)} style={{ animationDelay: `${n * 0.5}s` }} />
          <path d={`M146 ${70 + n * 26}h50`} className={css.text} />
        </g>
      ))}
    </g>
  ),
  pass: () => (
    <g>
      <Person x={86} tone={css.picked!} />
      <Person x={234} tone={css.low!} />
      <g className={css.nudge}>
        <rect x="132" y="76" width="44" height="30" rx="6" className={css.card} />
        <path d="M140 86h28M140 95h18" className={css.text} />
      </g>
      <path d="M182 91h18m-7-7 7 7-7 7" className={css.arrow} />
    </g>
  ),
  pill: () => (
    <Phone>
      <rect x="112" y="34" width="96" height="52" rx="6" className={css.deep} />
      <g className={css.beat}>
        <rect x="118" y="42" width="52" height="18" rx="9" className={css.white} />
        <path d="m126 51 4 4 7-8" className={css.tickGood} />
        <path d="M143 51h20" className={css.text} />
      </g>
      <path d="M118 100h84M118 114h84M118 128h50" className={css.text} />
    </Phone>
  ),
  keep: () => (
    <Phone>
      <g className={css.drop}>
        <rect x="142" y="46" width="36" height="30" rx="5" className={css.photo} />
        <path d="m144 72 10-12 8 8 5-6 9 10z" className={css.deep} />
      </g>
      <path d="M124 104h72v38h-72z" className={css.card} />
      <path d="M120 104h80v10h-80z" className={css.picked} />
      <path d="M150 124h20" className={css.text} />
    </Phone>
  ),
  upload: () => (
    <g>
      <path d="M120 96a28 28 0 0 1 4-55 38 38 0 0 1 72 6 25 25 0 0 1 6 49z" className={css.cloud} />
      <g className={css.rise}>
        <path d="M160 138V84m-16 16 16-16 16 16" className={css.arrow} />
      </g>
      <rect x="130" y="142" width="60" height="12" rx="6" className={css.picked} />
    </g>
  ),
  people: () => (
    <g>
      <Person x={84} tone={css.picked!} />
      <Person x={236} tone={css.larger!} />
      <rect x="138" y="40" width="44" height="84" rx="9" className={css.frame} />
      <rect x="143" y="48" width="34" height="66" rx="4" className={css.card} />
      <path d="M151 78v-6a9 9 0 0 1 18 0v6" className={css.lock} />
      <rect x="147" y="78" width="26" height="20" rx="4" className={css.good} />
    </g>
  ),
  scan: () => (
    <Phone>
      <rect x="128" y="52" width="64" height="64" rx="6" className={css.white} />
      <path d="M136 60h16v16h-16zM168 60h16v16h-16zM136 92h16v16h-16zM160 82h8v8h-8zM172 94h12v12h-12zM158 96h6v6h-6z" className={css.code} />
      <path d="M122 62V46h16M198 62V46h-16M122 106v16h16M198 106v16h-16" className={css.arrow} />
      <path d="M122 84h76" className={cx(css.beam, css.sweep)} />
    </Phone>
  ),
  risk: () => (
    <Phone>
      <rect x="118" y="42" width="84" height="46" rx="8" className={css.card} />
      <rect x="118" y="42" width="6" height="46" rx="3" className={css.major} />
      <path d="M132 54h44M132 64h30" className={css.text} />
      <rect x="132" y="71" width="30" height="11" rx="5" className={cx(css.major, css.beat)} />
      {[css.larger, css.general, css.low].map((tone, n) => <rect key={tone} x={118 + n * 29} y="102" width="25" height="12" rx="6" className={tone} />)}
      <path d="M118 130h84" className={css.text} />
    </Phone>
  ),
  here: () => (
    <Phone>
      <path d="M160 106c-18-20-26-32-26-44a26 26 0 0 1 52 0c0 12-8 24-26 44z" className={cx(css.picked, css.drop)} />
      <circle cx="160" cy="62" r="9" className={css.white} />
      <rect x="118" y="126" width="84" height="22" rx="8" className={css.camera} />
      <Finger x={172} y={138} />
    </Phone>
  ),
  light: () => (
    <g>
      <path d="m140 84 120-40v96z" className={cx(css.lightBeam, css.beat)} />
      <rect x="52" y="74" width="66" height="32" rx="8" className={css.frame} />
      <path d="m118 70 24-8v56l-24-8z" className={css.deep} />
      <rect x="226" y="66" width="46" height="46" rx="6" className={css.white} />
      <path d="M232 72h12v12h-12zM254 72h12v12h-12zM232 94h12v12h-12zM252 92h6v6h-6z" className={css.code} />
    </g>
  ),
} satisfies Record<string, () => ReactNode>;

export type Drawing = keyof typeof scenes;

/** One of them; what it shows is said in the text beside it. */
export function Picture({ of }: { of: Drawing }) {
  return (
    <svg viewBox="0 0 320 176" className={css.scene} aria-hidden="true">
      <rect width="320" height="176" rx="14" className={css.ground} />
      {scenes[of]()}
    </svg>
  );
}

function Phone({ children }: { children: ReactNode }) {
  return (
    <g>
      <rect x="104" y="14" width="112" height="180" rx="16" className={css.frame} />
      <rect x="110" y="26" width="100" height="170" rx="8" className={css.screen} />
      {children}
    </g>
  );
}

function Finger({ x, y }: { x: number; y: number }) {
  return (
    <g className={css.tap}>
      <circle cx={x} cy={y} r="11" className={css.wave} />
      <circle cx={x} cy={y} r="6" className={css.finger} />
    </g>
  );
}

function Person({ x, tone }: { x: number; tone: string }) {
  return (
    <g>
      <path d={`M${x - 30} 150c0-26 12-38 30-38s30 12 30 38z`} className={tone} />
      <circle cx={x} cy="86" r="18" className={css.face} />
      <path d={`M${x - 22} 82a22 22 0 0 1 44 0z`} className={css.general} />
    </g>
  );
}
