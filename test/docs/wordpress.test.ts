/** The plugins of the WordPress guide, run with what they need of WordPress (issue 6 §4; elements.md §4.5). */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { root } from '../package/source-files.js';

const hasPhp = spawnSync('php', ['--version']).status === 0;
const skip = hasPhp ? false : 'php is not installed';

function run(file: string, task: object): string {
  const { status, stdout, stderr } = spawnSync(
    'php',
    [
      '-d',
      'display_errors=stderr',
      join(root, 'test/docs/wordpress.php'),
      join(root, file),
      JSON.stringify(task),
    ],
    { encoding: 'utf8' },
  );
  assert.equal(status, 0, `${stdout}${stderr}`);
  assert.equal(stderr, '');
  return stdout;
}

describe('the WordPress plugin', { skip }, () => {
  const plugin = (task: object): string => run('docs/examples/wordpress/pusher-elements.php', task);
  const shortcode = (name: string, attributes: object | string, content: string | null = null): string =>
    plugin({ actions: ['init'], shortcode: [name, attributes, content] });

  it('is a file that PHP can read, and so is its list', () => {
    for (const file of ['pusher-elements.php', 'allow-list.php'])
      assert.equal(spawnSync('php', ['-l', join(root, 'docs/examples/wordpress', file)]).status, 0, file);
  });

  it('has a shortcode for each element that authors may use, and none for the connection', () => {
    const names = JSON.parse(plugin({ actions: ['init'], names: true })) as string[];
    assert.ok(names.includes('pusher_value') && names.includes('pusher_list'));
    assert.ok(!names.includes('pusher_connection'));
  });

  it('makes the tag of a shortcode', () => {
    assert.equal(
      shortcode(
        'pusher_value',
        { 0: 'flash', channel: 'prices', event: 'tick', field: 'bid', 'max-age': '30' },
        '…',
      ),
      '<pusher-value flash="" channel="prices" event="tick" field="bid" max-age="30">…</pusher-value>',
    );
    assert.equal(shortcode('pusher_status', ''), '<pusher-status></pusher-status>');
  });

  it('makes the content of a list its row', () => {
    assert.equal(
      shortcode(
        'pusher_list',
        { channel: 'orders', event: 'created' },
        '<span data-pe-text="number"></span>',
      ),
      '<pusher-list channel="orders" event="created"><ul><template><li><span data-pe-text="number"></span></li></template></ul></pusher-list>',
    );
  });

  it('escapes every value, and leaves out what is not on the list', () => {
    assert.equal(
      shortcode(
        'pusher_value',
        {
          channel: '"><script>alert(1)</script>',
          onclick: 'alert(1)',
          'auth-headers': '{}',
          'x" y': '1',
        },
        '<script>alert(1)</script>1',
      ),
      '<pusher-value channel="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;">1</pusher-value>',
    );
  });

  it('puts the script and the rules of the site into the head once there is a key, escaped', () => {
    const head = (options: object): string => plugin({ actions: ['wp_head'], options });
    assert.equal(head({}), '');
    assert.equal(
      head({
        pusher_elements_key: ' k"ey ',
        pusher_elements_cluster: 'eu',
        pusher_elements_channels: 'news-*,"',
      }),
      '<meta name="pusher-allow" content="channels=news-*,&quot;">\n' +
        '<script type="module" src="/wp-content/plugins/pusher-elements/cdn/loader.js" data-app-key="k&quot;ey" data-cluster="eu"></script>\n',
    );
  });

  it("takes the address of a server of one's own instead of the cluster", () => {
    const settingsOf = (address: string): string =>
      /data-app-key="k"(.*?)></.exec(
        plugin({
          actions: ['wp_head'],
          options: {
            pusher_elements_key: 'k',
            pusher_elements_cluster: 'eu',
            pusher_elements_server: address,
          },
        }),
      )?.[1] ?? '';
    assert.equal(settingsOf('https://ws.example.com'), ' data-host="ws.example.com"');
    assert.equal(settingsOf('ws.example.com:8443'), ' data-host="ws.example.com" data-wss-port="8443"');
    assert.equal(
      settingsOf('http://localhost:6001/live/'),
      ' data-host="localhost" data-encrypted="false" data-ws-port="6001" data-ws-path="/live"',
    );
    assert.ok(!settingsOf('http:///').includes('data-host'));
  });

  it('finds the endpoint that signs channels', () => {
    const options = { pusher_elements_key: 'k' };
    assert.ok(!plugin({ actions: ['wp_head'], options }).includes('auth-endpoint'));
    assert.ok(
      plugin({ actions: ['wp_head'], options, others: ['wp_ajax_pusher_auth'] }).includes(
        ' data-auth-endpoint="/wp-admin/admin-ajax.php?action=pusher_auth"',
      ),
    );
  });

  it('keeps nothing in its settings that cannot be in one, and escapes what it shows of them', () => {
    const fields = plugin({ actions: ['admin_init'], options: { pusher_elements_key: '"><b>' } });
    assert.equal(fields.match(/<input /g)?.length, 4);
    assert.ok(fields.includes('value="&quot;&gt;&lt;b&gt;"'));
    const cleaned = plugin({
      actions: ['admin_init'],
      clean: ['pusher_elements_channels', 'news-*, "x"<i>é\n'],
    });
    assert.ok(cleaned.endsWith('>news-*, xi'), cleaned);
  });

  it('lets authors keep the tags in posts, and nowhere else', () => {
    const allowed = (context: string): Record<string, object> =>
      JSON.parse(plugin({ kses: context })) as Record<string, object>;
    assert.ok('event' in (allowed('post')['pusher-value'] ?? {}));
    assert.ok('data-*' in (allowed('post')['template'] ?? {}));
    assert.ok(!('pusher-connection' in allowed('post')));
    assert.deepEqual(allowed('user_description'), []);
  });
});

describe('the endpoint for WordPress', { skip }, () => {
  const ask = (
    channel: string,
    socketId: string = '1.2',
  ): { status: number; answer: Record<string, string> } =>
    JSON.parse(
      run('docs/guides/endpoints/wordpress.php', {
        actions: ['wp_ajax_pusher_auth'],
        post: { channel_name: channel, socket_id: socketId },
      }),
    ) as { status: number; answer: Record<string, string> };
  const signature = (text: string): string =>
    `guide-key:${createHmac('sha256', 'guide-secret').update(text).digest('hex')}`;

  it('signs what the user may hear, and nothing else', () => {
    assert.equal(ask('private-user-7').answer['auth'], signature('1.2:private-user-7'));
    assert.equal(ask('private-user-8').status, 403);
    assert.equal(ask('private-orders', '1.2:private-x').status, 400);
  });

  it('says who is present, and signs that too', () => {
    const { auth, channel_data: member = '' } = ask('presence-lobby').answer;
    assert.deepEqual(JSON.parse(member), { user_id: '7', user_info: { name: 'Ada' } });
    assert.equal(auth, signature(`1.2:presence-lobby:${member}`));
  });
});
