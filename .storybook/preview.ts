import '../components/define.js';
import '../stories/support/furniture.css';
import './docs.css';
import { html } from 'lit';
import { themes } from 'storybook/theming';
import { setCustomElementsManifest } from '@storybook/web-components-vite';
import type { Preview } from '@storybook/web-components-vite';
import manifest from '../custom-elements.json' with { type: 'json' };
import { extractArgTypes } from './arg-types.js';
import { furnish } from '../stories/support/furniture.js';

setCustomElementsManifest(manifest);
furnish();

const prefersDark = globalThis.matchMedia('(prefers-color-scheme: dark)').matches;

const preview: Preview = {
  tags: ['autodocs'],
  parameters: {
    a11y: { test: 'error' },
    layout: 'fullscreen',
    controls: { expanded: true },
    docs: {
      extractArgTypes,
      toc: true,
      theme: prefersDark ? themes.dark : themes.light,
      source: { dark: prefersDark },
    },
    options: {
      storySort: {
        order: [
          'Start',
          'Theming',
          'Accessibility',
          'Elements',
          [
            'pusher-connection',
            'pusher-status',
            'pusher-channel',
            'pusher-value',
            'pusher-list',
            'pusher-presence',
            'pusher-event',
            'pusher-trigger',
            'pusher-toasts',
          ],
          'Channels',
          'Pages',
          ['Shop front', 'Live blog', 'Support desk'],
          'Live',
        ],
      },
    },
  },
  globalTypes: {
    theme: {
      description: 'Light or dark',
      toolbar: {
        title: 'Theme',
        icon: 'mirror',
        items: [
          { value: 'auto', title: 'As the system' },
          { value: 'light', title: 'Light' },
          { value: 'dark', title: 'Dark' },
        ],
        dynamicTitle: true,
      },
    },
    language: {
      description: 'Language of the page',
      toolbar: {
        title: 'Language',
        icon: 'globe',
        items: [
          { value: 'en', title: 'English' },
          { value: 'de', title: 'Deutsch' },
          { value: 'es', title: 'Español' },
          { value: 'ar', title: 'العربية' },
        ],
        dynamicTitle: true,
      },
    },
  },
  initialGlobals: { theme: 'auto', language: 'en' },
  decorators: [
    (story, { globals }) => {
      const language = String(globals['language']);
      return html`<div
        class="story-page sb-unstyled"
        data-theme=${String(globals['theme'])}
        lang=${language}
        dir=${language === 'ar' ? 'rtl' : 'ltr'}
      >
        ${story()}
      </div>`;
    },
  ],
};
export default preview;
