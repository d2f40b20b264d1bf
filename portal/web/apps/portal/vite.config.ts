import { app } from '../../build/app';

export default app({ name: 'portal', base: '/portal/', isSmall: true });
