/** The eleven JavaScript samples of the seed, letter for letter, in its order. */
export const samples = {
  create: 'var pusher = new Pusher(applicationKey, options);',

  authParams: `var pusher = new Pusher('app_key', {
  auth: {
    params: {
      CSRFToken: 'some_csrf_token'
    }
  }
});`,

  authHeaders: `var pusher = new Pusher('app_key', {
  auth: {
    headers: {
      'X-CSRF-Token': 'some_csrf_token'
    }
  }
});`,

  cluster: `// will connect to the 'eu' cluster
var pusher = new Pusher('app_key', { cluster: 'eu' });`,

  encrypted: "var pusher = new Pusher('app_key', { encrypted: true } );",

  limit: `var pusher = new Pusher('app_key');
pusher.connection.bind( 'error', function( err ) { 
  if( err.data.code === 4004 ) {
    log('>>> detected limit error');
  }
});`,

  disconnect: 'pusher.disconnect();',

  connected: `var pusher = new Pusher('YOUR_APP_KEY');

pusher.connection.bind('connected', function() {
  $('div#status').text('Real time is go!');
});`,

  connectingIn: `pusher.connection.bind('connecting_in', function(delay) {
  alert("I haven't been able to establish a connection for this feature.  " +
        "I will try again in " + delay + " seconds.")
});`,

  stateChange: `pusher.connection.bind('state_change', function(states) {
  // states = {previous: 'oldState', current: 'newState'}
  $('div#status').text("Pusher's current state is " + states.current);
});`,

  state: 'var state = pusher.connection.state;',
} as const;

/** The options of the seed's first section, letter for letter, for the first sample. */
export const optionsSample = `{
  encrypted: true, // true/false
  auth: {
    params: { // {key: value} pairs
      param1: 'value1',
      param2: 'value2'
    },
    headers: { // {key: value} pairs
      header1: 'value1',
      header2: 'value2'
    }
  }
}`;
