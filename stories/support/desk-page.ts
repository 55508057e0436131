/** A support desk: who else is on the ticket, who is writing, what was said, and what is waiting. */
import type { Pusher } from '../../src/index.js';
import type { Action } from './actions.js';
import { answerPath } from './own-server.js';
import { fieldsOf, publishes, visit } from './page.js';
import type { Page } from './page.js';
import type { Scene } from './scene.js';

const words = {
  en: {
    desk: 'Support desk',
    open: 'Open:',
    ticket: 'Ticket 1042',
    title: 'The parcel has not arrived',
    here: 'Also here:',
    nobody: 'nobody yet',
    said: 'Messages',
    writing: 'is writing…',
    answer: 'Your answer',
    send: 'Send',
    failed: 'This was not sent. Please try again.',
    waiting: 'Waiting',
    none: 'Nobody is waiting.',
    subjects: ['Change of address', 'Invoice for March'],
    messages: [
      'My parcel was to come on Monday. Do you know where it is?',
      'It left our house on Saturday. I am asking the carrier.',
    ],
  },
  ar: {
    desk: 'مكتب الدعم',
    open: 'المفتوحة:',
    ticket: 'التذكرة 1042',
    title: 'لم يصل الطرد',
    here: 'هنا أيضًا:',
    nobody: 'لا أحد بعد',
    said: 'الرسائل',
    writing: 'يكتب الآن…',
    answer: 'ردّك',
    send: 'أرسل',
    failed: 'لم تُرسَل. حاول مرة أخرى.',
    waiting: 'في الانتظار',
    none: 'لا أحد ينتظر.',
    subjects: ['تغيير العنوان', 'فاتورة شهر مارس'],
    messages: [
      'كان يجب أن يصل طردي يوم الاثنين. هل تعرفون أين هو؟',
      'غادر مخزننا يوم السبت. أنا أسأل شركة الشحن.',
    ],
  },
} as const;

type Words = (typeof words)['en' | 'ar'];

const message = (opening: string, from = '', text = ''): string => `<li ${opening}data-pe-class-ours="ours">
              <b data-pe-text="from">${from}</b>
              <p dir="auto" data-pe-text="text">${text}</p>
            </li>`;

const ticket = (opening: string, number = '', subject = ''): string => `<li${opening}>
          <a data-pe-attr-href="url" href="#ticket-${number}"><b data-pe-text="number">${number}</b>
            <span dir="auto" data-pe-text="subject">${subject}</span></a>
        </li>`;

const write = (w: Words): string => `<header class="bar">
  <a class="brand" href="#ticket">${w.desk}</a>
  <pusher-status hide-when="connected"></pusher-status>
  <p>${w.open}
    <pusher-value channel="private-desk" event="queue" field="open" initial="3" flash>3</pusher-value></p>
</header>

<div class="desk">
  <main id="ticket">
    <pusher-channel name="ticket-1042" type="presence">
      <div class="ticket-head">
        <div>
          <p class="kicker">${w.ticket}</p>
          <h1>${w.title}</h1>
        </div>
        <p class="team">${w.here} <pusher-presence max="5">${w.nobody}</pusher-presence></p>
      </div>

      <section aria-labelledby="said">
        <h2 id="said" class="unseen">${w.said}</h2>
        <pusher-list event="said" announce>
          <ol role="list" class="messages">
            <template>
            ${message('')}
            </template>
            ${message('data-pe-key="1" ', 'Hedy Lamarr', w.messages[0])}
            ${message('data-pe-key="2" class="ours" ', 'Ada Lovelace', w.messages[1])}
          </ol>
        </pusher-list>
        <p class="typing">
          <pusher-value event="client-typing" max-age="4">
            <template>
              <span><b data-pe-text="name"></b> ${w.writing}</span>
            </template>
          </pusher-value>
        </p>
      </section>

      <pusher-trigger event="typing" for="answer" payload='{"name": "Ada Lovelace"}' throttle="2" queue="none"></pusher-trigger>
      <pusher-trigger post-url="/tickets/1042/messages" reset>
        <form action="/tickets/1042/messages" method="post">
          <label for="answer">${w.answer}</label>
          <textarea id="answer" name="text" rows="3" dir="auto" required></textarea>
          <button>${w.send}</button>
        </form>
        <p class="not-sent" role="status">${w.failed}</p>
      </pusher-trigger>
    </pusher-channel>
  </main>

  <aside aria-labelledby="waiting">
    <h2 id="waiting">${w.waiting}</h2>
    <pusher-list channel="private-desk" event="opened" remove-event="closed" item-key="number">
      <ul role="list">
        <template>
        ${ticket('')}
        </template>
        ${ticket(' data-pe-key="1043"', '1043', w.subjects[0])}
        ${ticket(' data-pe-key="1044"', '1044', w.subjects[1])}
      </ul>
      <p slot="empty">${w.none}</p>
    </pusher-list>
  </aside>
</div>

<pusher-toasts channel="private-desk" event="opened" title-path="subject" body-path="number" href-path="url"></pusher-toasts>`;

const room = 'presence-ticket-1042';
/** Grace, who is on the ticket as well. */
const colleagues = new WeakMap<Scene, Pusher>();
const counts = new WeakMap<Scene, number>();

function say(scene: Scene, data: object): void {
  const id = (counts.get(scene) ?? 2) + 1;
  counts.set(scene, id);
  scene.app.publish({ channels: room, event: 'said', data: { id, ...data } });
}

const graceWrites: Action = {
  label: () => 'Grace is writing',
  run: (scene) => {
    colleagues.get(scene)?.channel(room)?.trigger('client-typing', { name: 'Grace Hopper' });
  },
};
const hedyAnswers: Action = {
  label: () => 'Hedy answers',
  run: (scene) => {
    say(scene, { from: 'Hedy Lamarr', text: 'Thank you. I am at home until six.' });
  },
};
const katherineComes: Action = {
  label: () => 'Katherine comes',
  run: (scene) => {
    visit(scene, room, 'katherine', 'Katherine Johnson');
  },
};

export const desk: Page = {
  name: 'desk',
  english: write(words.en),
  arabic: write(words.ar),
  note: 'You are Ada. The buttons are the others on this ticket, and the desk.',
  actions: [
    graceWrites,
    hedyAnswers,
    katherineComes,
    publishes(
      'A ticket comes in',
      'private-desk',
      ['opened', { number: 1045, subject: 'A button is missing', url: '#ticket-1045' }],
      ['queue', { open: 4 }],
    ),
    publishes('A ticket is closed', 'private-desk', ['closed', 1043], ['queue', { open: 2 }]),
  ],
  setUp: (scene) => {
    scene.endpoint.user = { id: 'ada', name: 'Ada Lovelace' };
    colleagues.set(scene, visit(scene, room, 'grace', 'Grace Hopper'));
    visit(scene, room, 'hedy', 'Hedy Lamarr');
    answerPath('/tickets/1042/messages', (init) => {
      say(scene, { from: 'Ada Lovelace', text: fieldsOf(init).get('text'), ours: true });
      return new Response(null, { status: 204 });
    });
  },
};
