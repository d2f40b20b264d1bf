/** What a password needs, told before the server has to. */
import { words } from '@anhuan/i18n';

const t = words({
  need: ['请设置密码', 'Choose a password'],
  rule: ['至少 10 个字符，含大写、小写、数字、符号中的三种', 'At least 10 characters, three of: capitals, small letters, digits, signs'],
});

/** Whether it is long and mixed enough; the server also knows common ones and those used before. */
export function isStrong(password: string): boolean {
  const kinds = [/[A-Z]/, /[a-z]/, /\d/, /[^A-Za-z0-9]/].filter((kind) => kind.test(password)).length;
  return password.length >= 10 && kinds >= 3;
}

/** For a field of a form. */
export function passwordRules() {
  return [
    { required: true, message: t.need },
    { validator: async (_rule: unknown, value: string) => (!value || isStrong(value) ? undefined : Promise.reject(new Error(t.rule))) },
  ];
}
