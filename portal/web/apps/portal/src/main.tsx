/** The portal starts: how it looks, whose it is, and the worker that opens it without network. */
import '@anhuan/bridge/old';
import 'virtual:tokens.css';
import '@anhuan/ui/base.css';
import { startShell } from '@anhuan/outbox';
import { show } from '@anhuan/ui';
import { createRoot } from 'react-dom/client';
import { App } from './App';
import { followSession } from './session';

show();
followSession();

const place = document.getElementById('app')!;
place.textContent = '';
createRoot(place).render(<App />);

if (import.meta.env.PROD) void startShell(import.meta.env.BASE_URL);
