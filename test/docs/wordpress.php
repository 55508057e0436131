<?php
// What the plugins of the guides need of WordPress, so far that they run: what they register is called, and what they
// print is looked at. Called with a file and a task in JSON; prints the answer in JSON.

declare(strict_types=1);

[, $file, $task] = $argv;
$task = json_decode($task, true, 512, JSON_THROW_ON_ERROR);

const ABSPATH = __DIR__;
const PUSHER_KEY = 'guide-key';
const PUSHER_SECRET = 'guide-secret';

final class WP_User
{
    public int $ID = 7;
    public string $display_name = 'Ada';
}

final class Registered
{
    /** @var array<string, list<callable>> */
    public static array $actions = [];
    /** @var array<string, callable> */
    public static array $shortcodes = [];
    /** @var array<string, callable> */
    public static array $filters = [];
    /** @var array<string, array{label: string, clean: callable}> */
    public static array $settings = [];
}

function add_action(string $name, callable $do): void
{
    Registered::$actions[$name][] = $do;
}
function has_action(string $name): bool
{
    global $task;
    return in_array($name, $task['others'] ?? [], true) || isset(Registered::$actions[$name]);
}
function admin_url(string $path, string $scheme): string
{
    return $scheme === 'relative' ? "/wp-admin/$path" : "https://example.com/wp-admin/$path";
}
function add_filter(string $name, callable $do, int $priority = 10, int $count = 1): void
{
    Registered::$filters[$name] = $do;
}
function add_shortcode(string $name, callable $do): void
{
    Registered::$shortcodes[$name] = $do;
}
function get_option(string $name, $default)
{
    global $task;
    return $task['options'][$name] ?? $default;
}
function register_setting(string $group, string $name, array $about): void
{
    Registered::$settings[$name]['clean'] = $about['sanitize_callback'];
}
function add_settings_field(string $name, string $label, callable $print): void
{
    $print();
}
function esc_attr(string $text): string
{
    return htmlspecialchars($text, ENT_QUOTES, 'UTF-8', false);
}
function esc_html(string $text): string
{
    return esc_attr($text);
}
function esc_url(string $text): string
{
    return esc_attr($text);
}
// The real one keeps harmless tags; that is not what is looked at here.
function wp_kses_post(string $text): string
{
    return preg_replace('/<script\b.*?<\/script>/s', '', $text);
}
function plugins_url(string $path, string $file): string
{
    return '/wp-content/plugins/' . basename($file, '.php') . "/$path";
}
function wp_print_script_tag(array $attributes): void
{
    $written = '';
    foreach ($attributes as $name => $value) {
        $written .= sprintf(' %s="%s"', $name, esc_attr($value));
    }
    echo "<script$written></script>\n";
}
function wp_get_current_user(): WP_User
{
    return new WP_User();
}
function wp_unslash(string $text): string
{
    return stripslashes($text);
}
function wp_json_encode($value): string
{
    return json_encode($value);
}
function nocache_headers(): void
{
}
function wp_send_json($answer, int $status = 200): never
{
    echo json_encode(['status' => $status, 'answer' => $answer]);
    exit;
}

$_POST = $task['post'] ?? [];
require $file;

foreach ($task['actions'] ?? [] as $name) {
    foreach (Registered::$actions[$name] as $do) {
        $do();
    }
}
$clean = fn (string $name, string $value): string => (Registered::$settings[$name]['clean'])($value);
$shortcode = fn (string $name, $attributes, ?string $content): string =>
    (Registered::$shortcodes[$name])($attributes, $content, $name);
if (isset($task['clean'])) {
    echo $clean(...$task['clean']);
}
if (isset($task['shortcode'])) {
    echo $shortcode(...$task['shortcode']);
}
if (isset($task['names'])) {
    echo json_encode(array_keys(Registered::$shortcodes));
}
if (isset($task['kses'])) {
    echo json_encode((Registered::$filters['wp_kses_allowed_html'])([], $task['kses']));
}
