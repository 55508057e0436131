/** The eleven JavaScript samples of the seed page, character for character. */
export const seedSamples = {
  /** C-01, C-03 */
  create: `var pusher = new Pusher(applicationKey, options);`,
  /** O-11 */
  authParams: `var pusher = new Pusher('app_key', {
  auth: {
    params: {
      CSRFToken: 'some_csrf_token'
    }
  }
});`,
  /** O-13 */
  authHeaders: `var pusher = new Pusher('app_key', {
  auth: {
    headers: {
      'X-CSRF-Token': 'some_csrf_token'
    }
  }
});`,
  /** O-16 */
  cluster: `// will connect to the 'eu' cluster
var pusher = new Pusher('app_key', { cluster: 'eu' });`,
  /** O-01 */
  encrypted: `var pusher = new Pusher('app_key', { encrypted: true } );`,
  /** L-03 */
  limit: `var pusher = new Pusher('app_key');
pusher.connection.bind( 'error', function( err ) { 
  if( err.data.code === 4004 ) {
    log('>>> detected limit error');
  }
});`,
  /** C-08 */
  disconnect: `pusher.disconnect();`,
  /** E-01 */
  connected: `var pusher = new Pusher('YOUR_APP_KEY');

pusher.connection.bind('connected', function() {
  $('div#status').text('Real time is go!');
});`,
  /** E-03 */
  connectingIn: `pusher.connection.bind('connecting_in', function(delay) {
  alert("I haven't been able to establish a connection for this feature.  " +
        "I will try again in " + delay + " seconds.")
});`,
  /** E-02 */
  stateChange: `pusher.connection.bind('state_change', function(states) {
  // states = {previous: 'oldState', current: 'newState'}
  $('div#status').text("Pusher's current state is " + states.current);
});`,
  /** S-13 */
  state: `var state = pusher.connection.state;`,
} as const;
