// What this page does with the events of its tags. Plain DOM: no imports, no framework.
/* global document */

const money = new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const whole = new Intl.NumberFormat('en');
const clock = new Intl.DateTimeFormat('en', { timeStyle: 'medium', hour12: false });
const byId = (id) => document.getElementById(id);

// ---- Prices

const lineLength = 40;
const histories = new Map();

function draw(line, prices) {
  const low = Math.min(...prices);
  const high = Math.max(...prices);
  const x = (index) => (index * 120) / Math.max(1, prices.length - 1);
  const y = (price) => (high === low ? 18 : 33 - ((price - low) / (high - low)) * 30);
  const points = prices.map((price, index) => `${x(index).toFixed(1)},${y(price).toFixed(1)}`);
  if (points.length === 1) points.push(`120,${y(prices[0]).toFixed(1)}`);
  line.setAttribute('points', points.join(' '));
}

function showPrice({ symbol, price, change }) {
  const card = [...document.querySelectorAll('.card')].find((one) => one.dataset.symbol === symbol);
  if (!card) return;
  const history = [...(histories.get(symbol) ?? []), price].slice(-lineLength);
  histories.set(symbol, history);
  card.querySelector('.price').textContent = money.format(price);
  const sign = change > 0 ? '▲ +' : change < 0 ? '▼ −' : '';
  card.querySelector('.change').textContent = sign + money.format(Math.abs(change));
  card.dataset.moved = change > 0 ? 'up' : change < 0 ? 'down' : 'not';
  // Two names for one animation: changing from one to the other starts it again.
  card.dataset.turn = card.dataset.turn === 'a' ? 'b' : 'a';
  draw(card.querySelector('polyline'), history);
}

byId('prices').addEventListener('pusher-event', ({ name, data }) => {
  if (name === 'tick') showPrice(data);
});

byId('counter').addEventListener('pusher-event', ({ name, data }) => {
  if (name === 'count') byId('count').textContent = whole.format(data.count);
});

byId('counter').addEventListener('pusher-subscription-count', ({ count }) => {
  byId('watching').textContent = whole.format(count);
});

byId('live').addEventListener('pusher-gap', ({ duration }) => {
  byId('outage').textContent = `${duration.toFixed(1)} s`;
});

// ---- Who is here

const lobby = byId('lobby');

function showNames() {
  const names = [...(lobby.members ?? [])].map(({ id, info }) => {
    const item = document.createElement('li');
    item.textContent = id === lobby.me?.id ? `${info.name} (you)` : info.name;
    return item;
  });
  byId('names').replaceChildren(...names);
}

for (const change of ['subscribed', 'unsubscribed', 'member-added', 'member-removed'])
  lobby.addEventListener(`pusher-${change}`, showNames);

// ---- The log

const logLength = 60;
const descriptions = {
  'pusher-before-connect': ({ attempt }) => (attempt ? `attempt ${attempt}` : 'first attempt'),
  'pusher-connected': ({ socketId, resumed }) => `${resumed ? 'again' : 'socket'} ${socketId}`,
  'pusher-disconnected': ({ code, reason }) => `${code ?? ''} ${reason}`,
  'pusher-connect-failed': ({ code, reason }) => `${code ?? ''} ${reason}`,
  'pusher-before-reconnect': ({ delay, strategy }) => `${delay.toFixed(1)} s (${strategy})`,
  'pusher-connecting-in': ({ delay, attempt }) => `${delay.toFixed(1)} s, attempt ${attempt}`,
  'pusher-state-change': ({ previous, current }) => `${previous} → ${current}`,
  'pusher-error': ({ message }) => message,
  'pusher-gap': ({ channel, duration }) => `${channel ?? 'connection'}: ${duration.toFixed(1)} s`,
  'pusher-subscribed': ({ channel, resumed }) => `${channel}${resumed ? ', again' : ''}`,
  'pusher-unsubscribed': ({ channel }) => channel,
  'pusher-subscription-count': ({ channel, count }) => `${channel}: ${count}`,
  'pusher-subscription-error': ({ channel, error }) => `${channel}: ${error}`,
  'pusher-before-authorize': ({ channel, request }) => `${channel}: ${request.method} ${request.url}`,
  'pusher-member-added': ({ channel, member }) => `${channel}: ${member.info.name}`,
  'pusher-member-removed': ({ channel, member }) => `${channel}: ${member.info.name}`,
  'pusher-event': ({ channel, name, data }) => `${channel} ${name} ${JSON.stringify(data)}`,
};

const log = document.querySelector('#log ol');

function cell(className, text) {
  const span = document.createElement('span');
  span.className = className;
  span.textContent = text;
  return span;
}

function write(event) {
  if (event.type === 'pusher-event' && !byId('with-ticks').checked) return;
  log.querySelector('.empty')?.remove();
  const line = document.createElement('li');
  line.dataset.type = event.type;
  line.append(
    cell('time', clock.format(new Date())),
    cell('name', event.type),
    cell('text', descriptions[event.type](event).trim()),
  );
  log.prepend(line);
  while (log.childElementCount > logLength) log.lastElementChild.remove();
}

for (const type of Object.keys(descriptions)) document.addEventListener(type, write);
