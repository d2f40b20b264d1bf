/** What a step asks to be filled in, as a small table. */
import { words } from '@anhuan/i18n';
import { fieldsOf } from './fields';
import css from './loops.module.css';

const t = words({
  field: ['字段', 'Field'],
  takes: ['填什么', 'Takes'],
  must: ['必填', 'Required'],
  may: ['选填', 'Optional'],
});

/** The fields of a JSON Schema. */
export function FormFields({ schema }: { schema: Record<string, unknown> }) {
  return (
    <table className={css.fields}>
      <thead>
        <tr>
          <th scope="col">{t.field}</th>
          <th scope="col">{t.takes}</th>
          <th scope="col">{t.must}</th>
        </tr>
      </thead>
      <tbody>
        {fieldsOf(schema).map((field) => (
          <tr key={field.path}>
            <td>{field.name}</td>
            <td>{field.takes}</td>
            <td>{field.isRequired ? t.must : t.may}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
