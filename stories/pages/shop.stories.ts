import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { pageParameters, pageStage } from '../support/page.js';
import { shop } from '../support/shop-page.js';
import * as plays from '../support/shop-plays.js';

const meta: Meta = {
  title: 'Pages/Shop front',
  parameters: pageParameters(shop),
  render: (_args, context) => pageStage(shop, context),
};
export default meta;

/**
 * A price that flashes, a stock, how many people are looking, a basket, and a toast when the sale begins. The page is
 * HTML; without the script it says what the server knew, and the form is posted as forms are.
 */
export const ShopFront: StoryObj = { play: plays.playShopWithoutScript };

/** The same in the dark. */
export const InTheDark: StoryObj = { globals: { theme: 'dark' }, play: plays.playShop };

/** In Arabic, from right to left. */
export const RightToLeft: StoryObj = {
  globals: { language: 'ar' },
  parameters: pageParameters(shop, 'ar'),
  play: plays.playArabicShop,
};
