// A @web/test-runner browser launcher for WebKitGTK: WebKitWebDriver and its MiniBrowser on a private Xvfb.
// It says it is of type "playwright" and offers the few Page methods that @web/test-runner-commands calls,
// because that branch is the complete one: sendKeys (type/press/down/up), sendMouse, setViewport, selectOption.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const onPath = (name) =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .map((dir) => join(dir, name))
    .find((file) => existsSync(file));

/** The WebDriver server (it knows where its own MiniBrowser is), or undefined. Xvfb is needed too. */
export const findWebKit = () => onPath('Xvfb') && (process.env.WEBKIT_DRIVER ?? onPath('WebKitWebDriver'));

// Without a window manager X gives the focus to the window under the pointer, which Xvfb parks mid-screen:
// keep the browser window there at every size, or document.hasFocus() and :focus turn false after a resize.
const POINTER = [1400, 1100];

const KEYS = {
  Enter: '\uE007',
  Tab: '\uE004',
  Escape: '\uE00C',
  Backspace: '\uE003',
  Delete: '\uE017',
  Insert: '\uE016',
  Shift: '\uE008',
  Control: '\uE009',
  Alt: '\uE00A',
  Meta: '\uE03D',
  Space: ' ',
  ArrowLeft: '\uE012',
  ArrowUp: '\uE013',
  ArrowRight: '\uE014',
  ArrowDown: '\uE015',
  Home: '\uE011',
  End: '\uE010',
  PageUp: '\uE00E',
  PageDown: '\uE00F',
};
const keyOf = (k) => KEYS[k] ?? (/^Key[A-Z]$/.test(k) ? k[3].toLowerCase() : /^Digit\d$/.test(k) ? k[5] : k);

const freePort = () =>
  new Promise((ok, no) => {
    const s = createServer().once('error', no);
    s.listen(0, '127.0.0.1', () => {
      const { port } = s.address();
      s.close(() => ok(port));
    });
  });

export function webkitLauncher({ width = 800, height = 600, env = {} } = {}) {
  const driver = findWebKit();
  if (!driver) throw new Error('WebKit not found. Debian/Ubuntu: apt-get install -y webkit2gtk-driver xvfb');
  const children = [];
  const kill = () => {
    for (const c of children.splice(0).reverse()) c.kill();
  };
  process.once('exit', kill);
  let base, session, active, starting;

  const run = (cmd, args, more) => {
    const child = spawn(cmd, args, {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
      env: { ...process.env, ...more },
    });
    children.push(child);
    return child;
  };
  const call = async (method, path, body) => {
    const r = await fetch(base + path, { method, ...(body && { body: JSON.stringify(body) }) });
    const { value } = await r.json();
    if (!r.ok) throw new Error(`WebDriver ${method} ${path}: ${value?.error} ${value?.message ?? ''}`);
    return value;
  };
  const cmd = (method, path, body) => call(method, `/session/${session}${path}`, body);
  const js = (script, ...args) => cmd('POST', '/execute/sync', { script, args });

  async function boot() {
    const x = run('Xvfb', [
      '-displayfd',
      '3',
      '-screen',
      '0',
      `${POINTER[0] * 2}x${POINTER[1] * 2}x24`,
      '-nolisten',
      'tcp',
    ]);
    const display = await new Promise((ok, no) => {
      let s = '';
      x.stdio[3].on('data', (d) => {
        s += d;
        if (s.includes('\n')) ok(`:${s.trim()}`);
      });
      x.once('error', no).once('exit', (code) => no(new Error(`Xvfb exited with ${code}`)));
    });
    const port = await freePort();
    base = `http://127.0.0.1:${port}`;
    run(driver, [`--port=${port}`, '--host=127.0.0.1'], {
      DISPLAY: display,
      GDK_BACKEND: 'x11',
      WAYLAND_DISPLAY: '',
      LIBGL_ALWAYS_SOFTWARE: '1',
      NO_AT_BRIDGE: '1',
      ...env,
    });
    for (let i = 0; ; i++) {
      try {
        await call('GET', '/status');
        break;
      } catch (e) {
        if (i > 200) throw e;
        await sleep(50);
      }
    }
    session = (await call('POST', '/session', { capabilities: { alwaysMatch: {} } })).sessionId;
    await page.setViewportSize({ width, height });
  }

  const act = (type, id, actions, more) =>
    cmd('POST', '/actions', { actions: [{ type, id, ...more, actions }] });
  const press = (...steps) =>
    act(
      'key',
      'keyboard',
      steps.map(([type, k]) => ({ type, value: keyOf(k) })),
    );
  const point = (...actions) => act('pointer', 'mouse', actions, { parameters: { pointerType: 'mouse' } });
  const to = (x, y) => ({ type: 'pointerMove', duration: 0, x, y });
  const button = (type, { button: b = 'left' } = {}) => ({
    type,
    button: ['left', 'middle', 'right'].indexOf(b),
  });

  const page = {
    keyboard: {
      type: (text) =>
        press(
          ...[...text].flatMap((k) => [
            ['keyDown', k],
            ['keyUp', k],
          ]),
        ),
      press: (k) => press(['keyDown', k], ['keyUp', k]),
      down: (k) => press(['keyDown', k]),
      up: (k) => press(['keyUp', k]),
    },
    mouse: {
      move: (x, y) => point(to(x, y)),
      down: (o) => point(button('pointerDown', o)),
      up: (o) => point(button('pointerUp', o)),
      click: (x, y, o) => point(to(x, y), button('pointerDown', o), button('pointerUp', o)),
    },
    async setViewportSize({ width: w0, height: h0 }) {
      let [w, h] = [w0, h0];
      for (let i = 0; i < 6; i++) {
        await cmd('POST', '/window/rect', { x: POINTER[0] - 20, y: POINTER[1] - 20, width: w, height: h });
        let now;
        for (let j = 0; j < 10; j++) {
          now = await js('return [innerWidth, innerHeight]');
          if (now[0] === w0 && now[1] === h0) return;
          await sleep(20);
        }
        w = Math.max(1, w + w0 - now[0]);
        h = Math.max(1, h + h0 - now[1]);
      }
      throw new Error(
        `could not give the WebKit page ${w0}x${h0} (its window is never narrower than about 450 pixels)`,
      );
    },
    screenshot: async () => Buffer.from(await cmd('GET', '/screenshot'), 'base64'),
    locator: (selector) => ({
      selectOption: (v) =>
        js(
          `const [s, v] = arguments, el = document.querySelector(s), want = [v].flat();
        for (const o of el.options) o.selected = v.label ? o.label === v.label : want.includes(o.value);
        for (const t of ['input', 'change']) el.dispatchEvent(new Event(t, { bubbles: true }));`,
          selector,
          v,
        ),
    }),
    emulateMedia: () =>
      Promise.reject(
        new Error('WebKitGTK cannot change media features at run time: start it with other GTK settings'),
      ),
  };

  return {
    name: 'WebKit',
    type: 'playwright',
    concurrency: 1,
    initialize: async () => {},
    async startSession(id, url) {
      await (starting ??= boot());
      active = id;
      await cmd('POST', '/url', { url });
    },
    isActive: (id) => active === id,
    getBrowserUrl: () => cmd('GET', '/url'),
    async stopSession() {
      active = undefined;
      await cmd('POST', '/url', { url: 'about:blank' });
      return {};
    },
    async stop() {
      try {
        await starting;
        if (session) await call('DELETE', `/session/${session}`);
      } catch {
        /* already gone */
      }
      kill();
    },
    startDebugSession: () =>
      Promise.reject(new Error('open the printed address in a WebKit browser by hand')),
    getPage: () => page,
  };
}
