<?php
// routes/channels.php

use App\Models\User;
use Illuminate\Support\Facades\Broadcast;

// private-user-7: the names of Laravel have no prefix.
Broadcast::channel('user-{id}', fn (User $user, string $id) => (string) $user->id === $id);

Broadcast::channel('orders', fn (User $user) => $user->can('viewAny', App\Models\Order::class));

// presence-lobby: what is returned is what the others see.
Broadcast::channel('lobby', fn (User $user) => ['id' => $user->id, 'name' => $user->name]);
