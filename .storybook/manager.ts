import { addons } from 'storybook/manager-api';
import { create } from 'storybook/theming';

const prefersDark = globalThis.matchMedia('(prefers-color-scheme: dark)').matches;

addons.setConfig({
  theme: create({
    base: prefersDark ? 'dark' : 'light',
    brandTitle: 'pusher-elements',
    brandTarget: '_self',
    colorPrimary: '#4338ca',
    colorSecondary: prefersDark ? '#8f88ff' : '#4338ca',
  }),
});
