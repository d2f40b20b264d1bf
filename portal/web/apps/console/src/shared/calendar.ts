/** The calendar of antd's pickers in the language of the moment, Monday first. Whoever shows a picker imports this. */
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import updateLocale from 'dayjs/plugin/updateLocale';
import { onLanguage, spoken } from '@anhuan/i18n';

dayjs.extend(updateLocale);
dayjs.updateLocale('en', { weekStart: 1 });
follow();
onLanguage(follow);

function follow(): void {
  dayjs.locale(spoken() === 'zh' ? 'zh-cn' : 'en');
}

export { dayjs };
