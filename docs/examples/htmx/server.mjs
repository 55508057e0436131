// The server of the htmx example: a page, a list of orders as HTML, and an event whenever it changes.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import Pusher from 'pusher';

// The local server of "npm start". For an app at Pusher: its id, key, secret and cluster.
const { PUSHER_PORT = '6001', PORT = '8080' } = process.env;
const pusher = new Pusher({
  appId: '1',
  key: 'demo-key',
  secret: 'demo-key-secret',
  host: 'localhost',
  port: PUSHER_PORT,
  useTLS: false,
});

const orders = ['1 × Alpha'];

const escapeHTML = (words) =>
  words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** The two scripts of the page; any other file of the packages is nobody's business. */
const scripts = /^\/node_modules\/(?:htmx\.org|pusher-elements)\/dist\/[\w/.-]+\.js$/;

const server = createServer(async (request, response) => {
  const { pathname } = new URL(request.url, 'http://localhost');
  const answer = (status, type, body) => response.writeHead(status, { 'content-type': type }).end(body);

  if (pathname === '/orders' && request.method === 'POST') {
    orders.push(new URLSearchParams(await text(request)).get('text') ?? '');
    await pusher.trigger('orders', 'changed', {});
    response.writeHead(204).end();
  } else if (pathname === '/orders') {
    answer(200, 'text/html', orders.map((order) => `<li>${escapeHTML(order)}</li>`).join(''));
  } else if (pathname === '/') {
    answer(200, 'text/html', await readFile(new URL('index.html', import.meta.url)));
  } else if (scripts.test(pathname) && !pathname.includes('..')) {
    answer(200, 'text/javascript', await readFile(new URL(`..${pathname}`, import.meta.url)));
  } else {
    answer(404, 'text/plain', 'Not found');
  }
});

server.listen(PORT, 'localhost', () => {
  console.log(`http://localhost:${server.address().port}/`);
});
