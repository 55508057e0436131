// Sends one event. PUSHER_HOST and PUSHER_PORT are for a server of your own.
import Pusher from 'pusher';

const {
  PUSHER_APP_ID,
  PUSHER_KEY,
  PUSHER_SECRET,
  PUSHER_CLUSTER = 'mt1',
  PUSHER_HOST,
  PUSHER_PORT,
} = process.env;
const pusher = new Pusher({
  appId: PUSHER_APP_ID,
  key: PUSHER_KEY,
  secret: PUSHER_SECRET,
  cluster: PUSHER_CLUSTER,
  ...(PUSHER_HOST && { host: PUSHER_HOST, port: PUSHER_PORT, useTLS: false }),
});

await pusher.trigger('prices', 'tick', { bid: 41 });
