/** A live blog: posts that the server has written, new ones on top, which wait while somebody reads. */
import type { Action } from './actions.js';
import { publishes, visit } from './page.js';
import type { Page } from './page.js';
import type { Scene } from './scene.js';

const words = {
  en: {
    paper: 'The Harbour Gazette',
    live: 'Live',
    minute: 'minute',
    title: 'Harbour Town against Hill United',
    about: 'The last match of the season. Whoever wins it goes up.',
    home: 'Harbour Town',
    away: 'Hill United',
    readers: 'Reading along:',
    posts: 'Minute by minute',
    link: 'Link to this post',
    second: ['61', 'Saved on the line', 'Okafor clears with her heel. Nobody in the stand is sitting.'],
    first: ['38', 'Goal for Harbour Town', 'Lindqvist, from twenty metres, under the bar.'],
  },
  ar: {
    paper: 'جريدة الميناء',
    live: 'مباشر',
    minute: 'دقيقة',
    title: 'مدينة الميناء ضد اتحاد التل',
    about: 'آخر مباراة في الموسم. من يفز بها يصعد.',
    home: 'مدينة الميناء',
    away: 'اتحاد التل',
    readers: 'عدد القراء الآن:',
    posts: 'دقيقة بدقيقة',
    link: 'رابط هذا الخبر',
    second: ['61', 'إنقاذ من على الخط', 'أوكافور تبعد الكرة بكعبها. لا أحد في المدرجات جالس.'],
    first: ['38', 'هدف لمدينة الميناء', 'ليندكفيست من عشرين مترًا تحت العارضة.'],
  },
} as const;

type Words = (typeof words)['en' | 'ar'];

/** A post as the template writes it, and as the server does. */
const post = (
  w: Words,
  key: string,
  goal: string,
  [minute = '', title = '', text = ''] = [] as readonly string[],
): string => {
  const opening = key ? `<li data-pe-key="${key}"${goal} ` : '<li ';
  return `${opening}data-pe-class-goal="goal">
            <article>
              <h3><bdi><span data-pe-text="minute">${minute}</span>′</bdi> <bdi data-pe-text="title">${title}</bdi></h3>
              <p dir="auto" data-pe-text="text">${text}</p>
              <p class="about-post"><a data-pe-attr-href="url" href="#post-${key}">${w.link}</a></p>
            </article>
          </li>`;
};

const write = (w: Words): string => `<header class="bar">
  <a class="brand" href="#match">${w.paper}</a>
  <pusher-status hide-when="connected"></pusher-status>
</header>

<main id="match">
  <pusher-channel name="match-9">
    <div class="match">
      <p class="kicker"><b>${w.live}</b> ${w.minute} <pusher-value event="clock" field="minute">67</pusher-value></p>
      <h1>${w.title}</h1>
      <p>${w.about}</p>
      <dl class="score">
        <div>
          <dt>${w.home}</dt>
          <dd><pusher-value event="score" field="home" initial="1" flash>1</pusher-value></dd>
        </div>
        <div>
          <dt>${w.away}</dt>
          <dd><pusher-value event="score" field="away" initial="0" flash>0</pusher-value></dd>
        </div>
      </dl>
      <p class="readers">${w.readers} <pusher-value source="subscription-count">1</pusher-value></p>
    </div>

    <section aria-labelledby="posts">
      <h2 id="posts">${w.posts}</h2>
      <pusher-list
        event="post"
        update-event="changed"
        remove-event="deleted"
        insert="prepend"
        limit="50"
        hold
        announce
      >
        <ul role="list" class="posts">
          <template>
          ${post(w, '', '')}
          </template>
          ${post(w, '2', '', w.second)}
          ${post(w, '1', ' class="goal"', w.first)}
        </ul>
      </pusher-list>
    </section>
  </pusher-channel>
</main>`;

const channel = 'match-9';
const events = [
  { title: 'Yellow card', text: 'Moreau came too late, and knows it.' },
  { title: 'A shot from far away', text: 'Over the bar, over the stand, into the harbour.' },
  { title: 'Two come on', text: 'Fresh legs on the left; the crowd gets to its feet.' },
];
const minutes = new WeakMap<Scene, number>();

/** The match goes on, and so does what is written of it. */
const writeOf = (scene: Scene, data: object, key: string): void => {
  const minute = (minutes.get(scene) ?? 67) + 1;
  minutes.set(scene, minute);
  scene.app.publish({ channels: channel, event: 'clock', data: { minute } });
  scene.app.publish({
    channels: channel,
    event: 'post',
    data: { id: key, minute, url: `#post-${key}`, ...data },
  });
};

const writePost: Action = {
  label: () => 'Write a post',
  run: (scene) => {
    const at = minutes.get(scene) ?? 67;
    writeOf(scene, events[at % events.length]!, String(at));
  },
};

const goal: Action = {
  label: () => 'Hill United scores',
  run: (scene) => {
    scene.app.publish({ channels: channel, event: 'score', data: { home: 1, away: 1 } });
    writeOf(
      scene,
      { title: 'Goal for Hill United', text: 'Ferrari, with her head. One all.', goal: true },
      'goal',
    );
  },
};

export const blog: Page = {
  name: 'blog',
  english: write(words.en),
  arabic: write(words.ar),
  note: 'Put the pointer or the focus into a post: what is new waits behind a button, and nothing moves.',
  actions: [
    writePost,
    goal,
    publishes('Correct the last but one', channel, [
      'changed',
      {
        id: 2,
        minute: 62,
        title: 'Saved on the line',
        text: 'Okafor clears with her heel, and then with her hand.',
        url: '#post-2',
      },
    ]),
    publishes('Take it back', channel, ['deleted', 2]),
  ],
  setUp: (scene) => {
    visit(scene, channel, 'reader', 'Reader');
  },
};
