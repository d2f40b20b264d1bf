import { app } from '../../build/app';

export default app({ name: 'console', base: '/console/', isSmall: false });
