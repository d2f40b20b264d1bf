/** QR labels for areas and machines, as a sheet to print and cut. */
import { QRCode, Segmented } from 'antd';
import { words } from '@anhuan/i18n';
import { light } from '@anhuan/tokens';
import css from './organisation.module.css';
import { riskLevels } from './words';

const t = words({
  scan: ['发现隐患，扫码上报', 'Seen a hazard? Scan and report'],
  size: ['标签大小', 'Size of labels'],
  small: ['小标签', 'Small'],
  large: ['大标签', 'Large'],
});

export interface Printed {
  id: string;
  label: string;
  name: string;
  about: string;
  risk?: string;
}

/** On paper the four colours are full ones: red, orange, yellow, blue. */
const BANDS: Record<string, string> = { major: light.majorMark, larger: light.largerMark, general: light.generalMark, low: light.lowMark };

/** Two in a row, or one large one. */
export function Labels({ of, isLarge }: { of: readonly Printed[]; isLarge: boolean }) {
  return (
    <div className={isLarge ? `${css.labels} ${css.large}` : css.labels}>
      {of.map((one) => {
        const colour = BANDS[one.risk ?? ''] ?? light.brand;
        return (
          <section key={one.id} className={css.label} style={{ borderLeftColor: colour }}>
            <QRCode type="svg" bordered={false} size={isLarge ? 240 : 112} color="#000000" bgColor="#ffffff" value={`${location.origin}/q/${one.label}`} />
            <div>
              <h4>{one.name}</h4>
              <p>{one.about}</p>
              {one.risk && <b style={{ borderColor: colour }}>{riskLevels(one.risk)}</b>}
              <p>
                {t.scan} · {one.label}
              </p>
            </div>
          </section>
        );
      })}
    </div>
  );
}

/** Which of the two sizes. */
export function LabelSize({ isLarge, onChange }: { isLarge: boolean; onChange: (isLarge: boolean) => void }) {
  return (
    <Segmented
      aria-label={t.size}
      value={isLarge ? 'large' : 'small'}
      onChange={(next) => onChange(next === 'large')}
      options={[
        { value: 'small', label: t.small },
        { value: 'large', label: t.large },
      ]}
    />
  );
}
