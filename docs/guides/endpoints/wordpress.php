<?php
// A plugin of its own, or a file in wp-content/mu-plugins. PUSHER_KEY and PUSHER_SECRET are constants in wp-config.php.
// On <pusher-connection>, or with data- in front on the script tag:
//   auth-endpoint="/wp-admin/admin-ajax.php?action=pusher_auth"

declare(strict_types=1);

defined('ABSPATH') || exit;

// Your own rules go here: who may hear what?
function pusher_may_join(WP_User $user, string $channel): bool
{
    return in_array($channel, ["private-user-{$user->ID}", 'private-orders', 'presence-lobby'], true);
}

function pusher_authorize(): void
{
    $user = wp_get_current_user();
    $channel = (string) wp_unslash($_POST['channel_name'] ?? '');
    $socket_id = (string) wp_unslash($_POST['socket_id'] ?? '');
    nocache_headers();
    if (!preg_match('/^\d+\.\d+$/', $socket_id)) {
        wp_send_json(['error' => 'No socket_id'], 400);
    }
    if (!pusher_may_join($user, $channel)) {
        wp_send_json(['error' => 'Not for you'], 403);
    }
    $signed = "{$socket_id}:{$channel}";
    $answer = [];
    if (strpos($channel, 'presence-') === 0) {
        $member = ['user_id' => (string) $user->ID, 'user_info' => ['name' => $user->display_name]];
        $answer['channel_data'] = wp_json_encode($member);
        $signed .= ":{$answer['channel_data']}";
    }
    $answer['auth'] = PUSHER_KEY . ':' . hash_hmac('sha256', $signed, PUSHER_SECRET);
    wp_send_json($answer);
}

add_action('wp_ajax_pusher_auth', 'pusher_authorize');
add_action('wp_ajax_nopriv_pusher_auth', function (): void {
    wp_send_json(['error' => 'Sign in first'], 401);
});
