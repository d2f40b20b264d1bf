/** The console for managers: what it starts with. */
import 'virtual:tokens.css';
import './shell/base.css';
import { createRoot } from 'react-dom/client';
import { show } from '@anhuan/ui/wishes';
import { hurry } from './shell/hurry';
import { Root } from './shell/Root';
import { forgetOthers } from './shell/turn';

show();
forgetOthers();
hurry(location.pathname);
createRoot(document.getElementById('root')!).render(<Root />);
