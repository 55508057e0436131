// Signs private and presence channels. Start it with PUSHER_APP_ID, PUSHER_KEY, PUSHER_SECRET and PUSHER_CLUSTER set.
import { createServer } from 'node:http';
import Pusher from 'pusher';

const { PUSHER_APP_ID, PUSHER_KEY, PUSHER_SECRET, PUSHER_CLUSTER = 'mt1', PORT = '3000' } = process.env;
const pusher = new Pusher({
  appId: PUSHER_APP_ID,
  key: PUSHER_KEY,
  secret: PUSHER_SECRET,
  cluster: PUSHER_CLUSTER,
});

// Your own login goes here: who sends this cookie?
const sessions = new Map([['ada-session', { id: '7', name: 'Ada' }]]);
const userOf = (request) => sessions.get(/\bsession=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1]);

// Your own rules go here: who may hear what?
const mayJoin = (user, channel) =>
  channel === `private-user-${user.id}` || channel === 'private-orders' || channel === 'presence-lobby';

async function read(request, limit = 10_000) {
  let text = '';
  for await (const part of request) {
    text += part;
    if (text.length > limit) throw new Error('The request is too large.');
  }
  return new URLSearchParams(text);
}

async function authorize(request) {
  if (request.method !== 'POST' || request.url !== '/pusher/auth') return [404, { error: 'Not found' }];
  const user = userOf(request);
  if (!user) return [401, { error: 'Sign in first' }];
  const form = await read(request);
  const channel = form.get('channel_name') ?? '';
  if (!mayJoin(user, channel)) return [403, { error: 'Not for you' }];
  const member = channel.startsWith('presence-') && { user_id: user.id, user_info: { name: user.name } };
  return [200, pusher.authorizeChannel(form.get('socket_id'), channel, member || undefined)];
}

createServer(async (request, response) => {
  const [status, body] = await authorize(request).catch((error) => [400, { error: error.message }]);
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}).listen(Number(PORT), () => console.log(`Listening on port ${PORT}`));
