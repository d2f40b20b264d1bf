/** What is asked for and sent for a channel. */
import { describe, expect, it } from 'vitest';
import { fieldsOf, settingsOf, type Field } from '../../src/notices/fields';

const field = (name: string, more: Partial<Field> = {}): Field => ({ name, labelZh: name, labelEn: name, secret: false, required: true, default: '', ...more });

describe('the fields of a channel', () => {
  it('ask for the receiver of a webhook beside what its kind asks for', () => {
    expect(fieldsOf({ name: 'webhook', fields: [field('secret', { secret: true })] }).map((one) => one.name)).toEqual(['url', 'secret']);
  });

  it('let a WeCom application find members by account', () => {
    const [, userid] = fieldsOf({ name: 'wecom_app', fields: [field('corp_id')] });
    expect(userid!.options!.map((one) => one.value)).toEqual(['', 'account']);
  });

  it('are those of the kind elsewhere', () => {
    expect(fieldsOf({ name: 'email', fields: [field('host')] }).map((one) => one.name)).toEqual(['host']);
  });
});

describe('what is sent', () => {
  const fields = [field('host'), field('password', { secret: true })];

  it('leaves an empty secret out, so that it stays', () => {
    expect(settingsOf(fields, { host: ' mail.example.com ', password: '' })).toEqual([{ name: 'host', value: 'mail.example.com' }]);
  });

  it('never sends what belongs to another kind', () => {
    expect(settingsOf(fields, { host: 'a', agent_id: '7' })).toEqual([{ name: 'host', value: 'a' }]);
  });
});
