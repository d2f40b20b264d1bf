/** What is filled in for a channel: what its kind asks for, and where it finds people, which the company decides. Pure. */
import { words } from '@anhuan/i18n';

const t = words({
  url: ['接收地址', 'Receiver’s address'],
  userid: ['怎样找到成员', 'How members are found'],
  own: ['各人自己填写 userid', 'everybody enters their own userid'],
  account: ['账号（工号）就是 userid', 'the account is the userid'],
});

export interface Field {
  name: string;
  labelZh: string;
  labelEn: string;
  secret: boolean;
  required: boolean;
  default: string;
  options?: { value: string; label: string }[];
}

/** Everything for a kind, what is ours last. */
export function fieldsOf(kind: { name: string; fields: readonly Field[] }): Field[] {
  const own = { labelZh: '', labelEn: '', secret: false, default: '' };
  if (kind.name === 'webhook') return [{ ...own, name: 'url', labelZh: t.url, labelEn: t.url, required: true }, ...kind.fields];
  if (kind.name === 'wecom_app')
    return [...kind.fields, { ...own, name: 'userid', labelZh: t.userid, labelEn: t.userid, required: false, options: [{ value: '', label: t.own }, { value: 'account', label: t.account }] }];
  return [...kind.fields];
}

/** What is sent: filled-in fields of the kind; an empty secret is left out, and so stays as it was. */
export function settingsOf(fields: readonly Field[], entered: Readonly<Record<string, string | undefined>>): { name: string; value: string }[] {
  return fields.flatMap(({ name }) => {
    const value = entered[name]?.trim();
    return value ? [{ name, value }] : [];
  });
}
