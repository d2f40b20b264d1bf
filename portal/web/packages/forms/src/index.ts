/** Forms of steps: what they ask, whether answers fit, and how any app draws them. */
export { check, fits, pruned, type Wrong } from './check';
export { fieldsOf, type Field, type FieldKind, type Names } from './fields';
export { Form, placed, taken, type FieldProps, type FormProps, type RowsProps, type Slots } from './Form';
export { type Json, type Schema } from './schema';
