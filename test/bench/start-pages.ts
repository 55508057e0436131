/** Row 5: three pages that show the state of the connection and the first event: with tags, by hand, and bare. */

/** Where to connect, and for what. */
export interface Place {
  readonly key: string;
  readonly port: number;
  readonly channel: string;
  readonly event: string;
}

const page = (body: string): string =>
  '<!doctype html><html lang="en"><meta charset="utf-8"><title>loading</title><link rel="icon" href="data:,">' +
  `<p>State: <span id="state"></span>, price: <b id="price"></b></p>${body}`;

/** What all three do with the first event. */
const show =
  "const show = (payload) => { if (document.title === 'shown') return;" +
  "document.getElementById('price').textContent = payload.price;" +
  "globalThis.shownAt = performance.now(); document.title = 'shown'; };" +
  "const say = (state) => { document.getElementById('state').textContent = state; };";

export const taggedPage = ({ key, port, channel, event }: Place): string =>
  page(
    `<pusher-connection app-key="${key}" host="127.0.0.1" ws-port="${port}" encrypted="false" ` +
      'enabled-transports="ws"></pusher-connection><pusher-status></pusher-status>' +
      `<pusher-channel name="${channel}"></pusher-channel><script>${show}` +
      `document.addEventListener('pusher-event', ({ name, data }) => { if (name === '${event}') show(data); });</script>` +
      ['connection', 'status', 'channel']
        .map((name) => `<script type="module" src="/elements/${name}.js"></script>`)
        .join(''),
  );

export const peerPage = ({ key, port, channel, event }: Place): string =>
  page(
    `<script src="/peer.js"></script><script>${show}` +
      `const pusher = new Pusher('${key}', { cluster: 'mt1', wsHost: '127.0.0.1', wsPort: ${port}, forceTLS: false, ` +
      "enabledTransports: ['ws'] });" +
      "pusher.connection.bind('state_change', ({ current }) => { say(current); });" +
      `pusher.subscribe('${channel}').bind('${event}', show);</script>`,
  );

export const barePage = ({ key, port, channel, event }: Place): string =>
  page(
    `<script>${show}` +
      `const socket = new WebSocket('ws://127.0.0.1:${port}/app/${key}?protocol=7');` +
      'socket.onmessage = (message) => { const { event, data } = JSON.parse(message.data);' +
      "if (event === 'pusher:connection_established') { say('connected');" +
      `socket.send(JSON.stringify({ event: 'pusher:subscribe', data: { channel: '${channel}' } })); }` +
      `if (event === '${event}') show(JSON.parse(data)); };</script>`,
  );
