import { renderToString } from 'react-dom/server';
import { App } from './App';

/** What goes into the page in the place of `<!--app-->`. */
export const render = (): string => renderToString(<App />);
