<?php
/**
 * Plugin Name: Pusher Elements
 * Description: Live values, lists and status from Pusher Channels, as shortcodes and as tags.
 * Version: 0.1.0
 * Requires at least: 5.7
 * Requires PHP: 7.4
 * License: MIT
 *
 * This file and allow-list.php belong into wp-content/plugins/pusher-elements, with the folder dist/cdn of the package
 * beside them, under the name "cdn". The key and the cluster of the app are set under Settings, General.
 */

declare(strict_types=1);

namespace PusherElements;

defined('ABSPATH') || exit;

/** The settings, and what is written above their fields. */
const SETTINGS = [
    'pusher_elements_key' => 'Pusher: key of the app',
    'pusher_elements_cluster' => 'Pusher: cluster',
    'pusher_elements_server' => 'Pusher: server of your own, such as https://ws.example.com:6001 (empty: Pusher)',
    'pusher_elements_channels' => 'Pusher: channels that authors may use, such as news-*,prices (empty: all)',
];

/** @return array<string, list<string>> The attributes that authors may write, by tag. */
function allow_list(): array
{
    static $list = null;
    return $list ??= require __DIR__ . '/allow-list.php';
}

function setting(string $name): string
{
    return trim((string) get_option($name, ''));
}

/** Only these characters are in keys, in clusters, in addresses and in names of channels. */
function clean_setting($value): string
{
    return (string) preg_replace('/[^A-Za-z0-9_\-=@,.;* :\/]/', '', (string) $value);
}

/** @return array<string, string> Where the server is, as settings of the connection. */
function server_settings(): array
{
    $address = setting('pusher_elements_server');
    if ($address === '') {
        return ['data-cluster' => setting('pusher_elements_cluster')];
    }
    $parts = parse_url(strpos($address, '//') === false ? "https://{$address}" : $address);
    $is_plain = in_array($parts['scheme'] ?? '', ['http', 'ws'], true);
    return array_filter([
        'data-host' => $parts['host'] ?? '',
        'data-encrypted' => $is_plain ? 'false' : '',
        $is_plain ? 'data-ws-port' : 'data-wss-port' => (string) ($parts['port'] ?? ''),
        'data-ws-path' => rtrim($parts['path'] ?? '', '/'),
    ]);
}

add_action('admin_init', function (): void {
    foreach (SETTINGS as $name => $label) {
        register_setting('general', $name, [
            'type' => 'string',
            'default' => '',
            'sanitize_callback' => __NAMESPACE__ . '\clean_setting',
        ]);
        add_settings_field($name, esc_html($label), function () use ($name): void {
            printf(
                '<input name="%1$s" id="%1$s" class="regular-text" value="%2$s">',
                esc_attr($name),
                esc_attr(setting($name))
            );
        }, 'general', 'default', ['label_for' => $name]);
    }
});

add_action('wp_head', function (): void {
    if (setting('pusher_elements_key') === '') {
        return;
    }
    $channels = setting('pusher_elements_channels');
    if ($channels !== '') {
        printf("<meta name=\"pusher-allow\" content=\"%s\">\n", esc_attr("channels={$channels}"));
    }
    // The endpoint of the guide, once it is there.
    $endpoint = has_action('wp_ajax_pusher_auth')
        ? ['data-auth-endpoint' => admin_url('admin-ajax.php?action=pusher_auth', 'relative')]
        : [];
    wp_print_script_tag([
        'type' => 'module',
        'src' => esc_url(plugins_url('cdn/loader.js', __FILE__)),
        'data-app-key' => setting('pusher_elements_key'),
    ] + server_settings() + $endpoint);
});

/**
 * [pusher_value channel="prices" event="tick" field="bid"]…[/pusher_value]
 *
 * What is inside is shown until there is something live. Inside [pusher_list] is what one row looks like.
 *
 * @param array<int|string, string>|string $attributes An empty text where there are none.
 */
function render($attributes, ?string $content, string $shortcode): string
{
    $tag = str_replace('_', '-', $shortcode);
    $allowed = allow_list()[$tag] ?? null;
    if ($allowed === null) {
        return '';
    }
    $written = '';
    foreach (is_array($attributes) ? $attributes : [] as $name => $value) {
        // A word without a value: [pusher_value flash].
        if (is_int($name)) {
            [$name, $value] = [$value, ''];
        }
        if (in_array($name, $allowed, true)) {
            $written .= sprintf(' %s="%s"', $name, esc_attr((string) $value));
        }
    }
    $inside = wp_kses_post(trim((string) $content));
    if ($tag === 'pusher-list') {
        $inside = "<ul><template><li>{$inside}</li></template></ul>";
    }
    return "<{$tag}{$written}>{$inside}</{$tag}>";
}

add_action('init', function (): void {
    foreach (array_keys(allow_list()) as $tag) {
        add_shortcode(str_replace('-', '_', $tag), __NAMESPACE__ . '\render');
    }
});

// Authors without the right to write any HTML keep the tags too. They choose what is shown, and can do nothing else.
add_filter('wp_kses_allowed_html', function ($tags, $context) {
    if ($context !== 'post' || !is_array($tags)) {
        return $tags;
    }
    $everywhere = ['id', 'class', 'lang', 'dir', 'title', 'hidden', 'slot', 'data-*'];
    foreach (allow_list() as $tag => $names) {
        $tags[$tag] = array_fill_keys(array_merge($names, $everywhere), true);
    }
    $tags['template'] = ['data-*' => true];
    return $tags;
}, 10, 2);
