import { app } from '../../build/app';

export default app({ name: 'field', base: '/app/', isSmall: true });
