/** What the stories of `<pusher-presence>` check when they are opened. */
import { expect } from 'storybook/test';
import type { StoryObj } from '@storybook/web-components-vite';
import { eventually, find, loggedTypes, pass } from './looking.js';
import type { PresenceArgs } from './presence-views.js';

type Play = NonNullable<StoryObj<PresenceArgs>['play']>;
type Looking = Pick<Parameters<Play>[0], 'canvas' | 'canvasElement' | 'userEvent'>;

const press = async ({ canvas, userEvent }: Looking, name: string): Promise<void> => {
  await userEvent.click(canvas.getByRole('button', { name }));
};

const presenceIn = ({ canvasElement }: Looking): Element => find(canvasElement, 'pusher-presence');

/** What can be seen, or is read, of a part: one text for each. */
const texts = (element: Element, part: string): string[] =>
  [...(element.shadowRoot?.querySelectorAll<HTMLElement>(`[part~="${part}"]`) ?? [])]
    .filter((found) => found.checkVisibility())
    .map(({ innerText }) => innerText.trim());

const shows = async (looking: Looking, part: string, wanted: readonly string[]): Promise<void> => {
  await eventually(() => expect(texts(presenceIn(looking), part)).toEqual(wanted));
};

const four = ['Grace Hopper', 'Hedy Lamarr', '王小明', 'محمد علي'];

export const playPlayground: Play = async (looking) => {
  await shows(looking, 'name', four);
  await press(looking, 'Somebody comes');
  await shows(looking, 'name', [...four, 'Katherine Johnson']);
  await expect(loggedTypes(looking.canvasElement)).toContain('pusher-member-added');
};

export const playNames =
  (...names: string[]): Play =>
  async (looking) => {
    await shows(looking, 'name', names);
  };

export const playCount =
  (text: string): Play =>
  async (looking) => {
    await shows(looking, 'count', [text]);
  };

export const playOverflow: Play = async (looking) => {
  await shows(looking, 'name', four.slice(0, 3));
  await eventually(() => expect(texts(presenceIn(looking), 'overflow')[0]).toContain('+1'));
  await press(looking, 'Twenty come');
  await eventually(() => expect(texts(presenceIn(looking), 'overflow')[0]).toContain('+21'));
};

export const playPictures: Play = async (looking) => {
  const element = presenceIn(looking);
  const pictures = (): HTMLImageElement[] => [...(element.shadowRoot?.querySelectorAll('img') ?? [])];
  // One is there, one cannot be had.
  await eventually(() => expect(pictures().map(({ className }) => className)).toEqual(['loaded', '']));
  await eventually(() => expect(pictures().every(({ complete }) => complete)).toBe(true));
  await expect(texts(element, 'avatar').at(-1)).toBe('K\u200CJ');
};

export const playEmpty: Play = async (looking) => {
  const words = looking.canvas.getByText('Only you');
  await eventually(() => expect(words.checkVisibility()).toBe(true));
  await press(looking, 'Somebody comes');
  await eventually(() => expect(words.checkVisibility()).toBe(false));
};

export const playReload: Play = async (looking) => {
  await shows(looking, 'name', four);
  await press(looking, 'Somebody reloads their page');
  const before = loggedTypes(looking.canvasElement).length;
  await pass(1200);
  await shows(looking, 'name', four);
  await expect(loggedTypes(looking.canvasElement)).toHaveLength(before);
};

export const playLoss: Play = async (looking) => {
  const element = presenceIn(looking);
  await shows(looking, 'name', four);
  await press(looking, 'Stop the server');
  await eventually(() => expect(element.matches(':state(stale)')).toBe(true));
  await shows(looking, 'name', four);
  await press(looking, 'Start the server');
  await eventually(() => expect(element.matches(':state(stale)')).toBe(false));
};

export const playTemplate: Play = async ({ canvas, canvasElement }) => {
  await eventually(() => expect(canvasElement.querySelectorAll('[data-pe-key]')).toHaveLength(4));
  await expect(canvas.getByText('Grace Hopper').checkVisibility()).toBe(true);
};

export const playBefore: Play = async (looking) => {
  const words = looking.canvas.getByText('Who is here?');
  await pass(300);
  await expect(words.checkVisibility()).toBe(true);
  await press(looking, 'Sign it');
  await shows(looking, 'name', four);
  await expect(words.checkVisibility()).toBe(false);
};

export const playLanguages: Play = async ({ canvasElement }) => {
  const sentences = (): string[] =>
    [...canvasElement.querySelectorAll('pusher-presence')].flatMap((element) => texts(element, 'count'));
  await eventually(() =>
    expect(sentences()).toEqual([
      '4 people here',
      '4 Personen hier',
      '4 personas aquí',
      expect.stringContaining('أشخاص هنا'),
    ]),
  );
};
