import type { StorybookConfig } from '@storybook/web-components-vite';

const config: StorybookConfig = {
  framework: '@storybook/web-components-vite',
  stories: ['../stories/**/*.mdx', '../stories/**/*.stories.ts'],
  addons: ['@storybook/addon-docs', '@storybook/addon-a11y'],
  features: { sidebarOnboardingChecklist: false },
  core: { disableTelemetry: true, disableWhatsNewNotifications: true },
  viteFinal: (vite) => ({
    ...vite,
    build: {
      ...vite.build,
      // Browsers that know light-dark(): its replacement for others cannot change inside a page.
      cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
      // Storybook's own chunks are what they are.
      chunkSizeWarningLimit: 2000,
    },
  }),
};
export default config;
