/** The four colours of risk, each with its word. */
import { words } from '@anhuan/i18n';
import { toneOf, type Tone } from '@anhuan/ui';

const t = words({
  major: ['重大风险', 'Major risk'],
  larger: ['较大风险', 'Larger risk'],
  general: ['一般风险', 'General risk'],
  low: ['低风险', 'Low risk'],
});

export function riskName(risk: string): string {
  return t[risk as keyof typeof t] ?? risk;
}

export function riskTone(risk: string): Tone {
  return toneOf(risk);
}
