<?php
// functions.php of a child theme

add_action('wp_head', function (): void {
    wp_print_script_tag([
        'type' => 'module',
        'src' => get_stylesheet_directory_uri() . '/pusher-elements/loader.js',
        'data-app-key' => 'YOUR_KEY',
        'data-cluster' => 'eu',
    ]);
});
