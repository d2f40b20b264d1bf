/** Forms of steps: what they ask and how any app draws them; `@anhuan/forms/check` judges answers. */
export { opened, placed, pruned, taken } from './answers';
export type { Wrong } from './check';
export { fieldsOf, type Field, type FieldKind, type Names } from './fields';
export { Form, type FieldProps, type FormProps, type RowsProps, type Slots } from './Form';
export { type Json, type Schema } from './schema';
export { lacking, placesOf, type Place } from './places';
