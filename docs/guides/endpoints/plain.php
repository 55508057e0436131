<?php
// composer require pusher/pusher-php-server

declare(strict_types=1);

require __DIR__ . '/vendor/autoload.php';

session_start(['cookie_samesite' => 'Lax']);
header('Content-Type: application/json');

function refuse(int $status, string $reason): never
{
    http_response_code($status);
    exit(json_encode(['error' => $reason]));
}

// Your own login goes here.
$user = $_SESSION['user'] ?? null;
if ($_SERVER['REQUEST_METHOD'] !== 'POST') refuse(405, 'POST only');
if ($user === null) refuse(401, 'Sign in first');

$channel = (string) ($_POST['channel_name'] ?? '');
$socketId = (string) ($_POST['socket_id'] ?? '');

// Your own rules go here: who may hear what?
$allowed = ["private-user-{$user['id']}", 'private-orders', 'presence-lobby'];
if (!in_array($channel, $allowed, true)) refuse(403, 'Not for you');

$pusher = new Pusher\Pusher(
    getenv('PUSHER_KEY'),
    getenv('PUSHER_SECRET'),
    getenv('PUSHER_APP_ID'),
    ['cluster' => getenv('PUSHER_CLUSTER') ?: 'mt1'],
);

echo str_starts_with($channel, 'presence-')
    ? $pusher->authorizePresenceChannel($channel, $socketId, (string) $user['id'], ['name' => $user['name']])
    : $pusher->authorizeChannel($channel, $socketId);
